//! The pictures of an edition: those on the web by their address, files read and measured.

use std::io::ErrorKind;

use crate::config::Logo;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::error::Error;
use crate::model::picture::{Picture, Place};
use crate::model::{Address, Edition, Target};
use crate::read::picture::{self, Clean};
use crate::source::{Folder, Text};

/// What all files together may have before it is told, in bytes (1 MiB).
const ALL: usize = 1024 * 1024;

/// Gives the edition its pictures; what is wrong with one is told.
pub fn load(edition: &mut Edition, logo: &Logo, folder: &Folder, report: &mut Report) -> Result<(), Error> {
    let carries = matches!(edition.mailing.target, Target::Eml | Target::Html);
    let mut album = Album { folder, carries, names: Vec::new(), bytes: 0, report };
    match logo {
        Logo { at: Some(at), size } => {
            edition.publisher.logo = album.take(at, size.as_ref(), "logo = \"https://…\"` and `logo-size")?;
        }
        Logo { at: None, size: Some(size) } => album.without(size, "logo"),
        Logo { at: None, size: None } => {}
    }
    for session in edition.held.iter_mut().chain(&mut edition.coming) {
        let Some(at) = session.image.as_deref() else {
            if let Some(size) = &session.image_size {
                album.without(size, "image");
            }
            continue;
        };
        let size = session.image_size.as_deref();
        session.picture = album.take(at, size, "https://…` and `image-size")?.map(Box::new);
        if session.image_alt.is_none() {
            album.report.add(
                Diagnostic::warning(Code::MissingField, "a picture has no `image-alt`")
                    .at(at.span, "who does not see it learns nothing")
                    .help("say in a few words what it shows"),
            );
        }
    }
    Ok(())
}

/// The pictures so far.
struct Album<'a> {
    folder: &'a Folder,
    /// Whether files go out with the mail.
    carries: bool,
    /// The files, each once.
    names: Vec<String>,
    /// What they have together.
    bytes: usize,
    report: &'a mut Report,
}

impl Album<'_> {
    /// Takes a picture; `hosted` says how one writes an address in its place.
    fn take(&mut self, at: &Text, size: Option<&Text>, hosted: &str) -> Result<Option<Picture>, Error> {
        let picture = picture(at, size, self.folder, self.report)?;
        let Some(Picture { place: Place::File(file), .. }) = &picture else { return Ok(picture) };
        if !self.carries {
            self.report.add(
                Diagnostic::warning(Code::BadPicture, "a mailing service does not take this file along")
                    .at(at.span, "its readers see the words in its place")
                    .help(format!("put the picture on the web: `{hosted}`")),
            );
        } else if !self.names.contains(&file.name) {
            let before = self.bytes;
            self.bytes += file.bytes.len();
            self.names.push(file.name.clone());
            if before <= ALL && self.bytes > ALL {
                self.report.add(
                    Diagnostic::warning(Code::BadPicture, "the pictures make the mail heavy")
                        .at(at.span, format!("with this one they have more than {} KiB together", ALL / 1024))
                        .help(format!("make them smaller, or put them on the web: `{hosted}`")),
                );
            }
        }
        Ok(picture)
    }

    /// Tells a size that belongs to no picture.
    fn without(&mut self, size: &Text, field: &str) {
        self.report.add(
            Diagnostic::warning(Code::BadPicture, format!("`{field}-size` stands without `{field}`"))
                .at(size.span, "it says how large a picture is that is not there")
                .help(format!("name the picture in `{field}`, or delete the size")),
        );
    }
}

fn picture(at: &Text, size: Option<&Text>, folder: &Folder, report: &mut Report) -> Result<Option<Picture>, Error> {
    let path = at.as_str();
    if path.contains("://") {
        let address = path.parse::<Address>();
        return Ok(match address {
            Ok(address) if address.is_https() => {
                if is_unseen(&address) {
                    report.add(
                        Diagnostic::warning(Code::BadPicture, "not every mail program shows this picture")
                            .at(at.span, "by its name it is no PNG, JPEG or GIF")
                            .help("put it on the web as PNG or JPEG"),
                    );
                }
                Picture::hosted(address, at, size, report)
            }
            Ok(_) => tell(at, "mail programs load pictures from `https` alone", "write `https://…`", report),
            Err((why, help)) => tell(at, &why, &help, report),
        });
    }
    if folder.leads_out(path) {
        return Ok(tell(at, "it leads out of the publication", "put the file beside `bulletin.toml`", report));
    }
    match folder.bytes(path, picture::LARGEST + 1) {
        Ok(bytes) => Ok(match picture::clean(&bytes) {
            Ok(Clean { bytes, end, width, height, moved }) => {
                if moved {
                    report.add(
                        Diagnostic::warning(Code::BadPicture, "this picture moves, in the mail it stands still")
                            .at(at.span, "its first frame is shown")
                            .help("nobody can stop it in a mail; link to it, or take a picture that stands"),
                    );
                }
                Some(Picture::file(at, bytes, end, width, height))
            }
            Err((why, help)) => tell(at, &why, help, report),
        }),
        Err(Error::Read { cause, .. }) if cause.kind() == ErrorKind::NotFound => {
            Ok(tell(at, "there is no such file", "the path starts at the folder of `bulletin.toml`", report))
        }
        Err(Error::Read { cause, .. }) => Ok(tell(at, &cause.to_string(), "name a PNG or JPEG file", report)),
        Err(error) => Err(error),
    }
}

/// Says whether an address names, by its ending, a picture that Gmail or Outlook do not show.
fn is_unseen(address: &Address) -> bool {
    let page = address.as_str().split(['?', '#']).next().unwrap_or_default();
    let end = page.rsplit('/').next().and_then(|file| file.rsplit_once('.')).map(|(_, end)| end.to_ascii_lowercase());
    end.is_some_and(|end| ["svg", "svgz", "webp", "avif", "heic", "tif", "tiff", "bmp", "pdf"].contains(&end.as_str()))
}

fn tell(at: &Text, why: &str, help: &str, report: &mut Report) -> Option<Picture> {
    let message = format!("`{at}` cannot go into a mail");
    report.add(Diagnostic::error(Code::BadPicture, message).at(at.span, why).help(help));
    None
}
