//! The pictures of an edition: those on the web by their address, files read and measured.

use std::io::ErrorKind;

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::error::Error;
use crate::model::picture::{self, Picture, Place};
use crate::model::{Address, Edition, Target};
use crate::source::{Folder, Text};

/// Gives the edition its pictures; what is wrong with one is told.
pub fn load(
    edition: &mut Edition,
    logo: &(Option<Text>, Option<Text>),
    folder: &Folder,
    report: &mut Report,
) -> Result<(), Error> {
    if let (Some(at), size) = logo {
        edition.publisher.logo = picture(at, size.as_ref(), folder, report)?;
    }
    for session in edition.held.iter_mut().chain(&mut edition.coming) {
        let Some(at) = session.image.as_deref() else { continue };
        session.picture = picture(at, session.image_size.as_deref(), folder, report)?.map(Box::new);
        if session.image_alt.is_none() {
            report.add(
                Diagnostic::warning(Code::MissingField, "a picture has no `image-alt`")
                    .at(at.span, "who does not see it learns nothing")
                    .help("say in a few words what it shows"),
            );
        }
    }
    if !matches!(edition.mailing.target, Target::Eml | Target::Html)
        && let (Some(at), _) = logo
        && edition.publisher.logo.as_ref().is_some_and(|logo| matches!(logo.place, Place::File(_)))
    {
        report.add(
            Diagnostic::warning(Code::BadPicture, "a mailing service does not take this file along")
                .at(at.span, "its readers see the words in its place")
                .help("put the picture on the web: `logo = \"https://…\"` and `logo-size`"),
        );
    }
    Ok(())
}

fn picture(at: &Text, size: Option<&Text>, folder: &Folder, report: &mut Report) -> Result<Option<Picture>, Error> {
    let path = at.as_str();
    if path.contains("://") {
        let address = path.parse::<Address>();
        return Ok(match address {
            Ok(address) if address.is_https() => Picture::hosted(address, at, size, report),
            Ok(_) => tell(at, "mail programs load pictures from `https` alone", "write `https://…`", report),
            Err((why, help)) => tell(at, &why, &help, report),
        });
    }
    let inside =
        !path.starts_with(['/', '\\']) && path.split(['/', '\\']).all(|part| part != "..") && !path.contains(':');
    if !inside {
        return Ok(tell(at, "it leads out of the publication", "put the file beside `bulletin.toml`", report));
    }
    match folder.bytes(path, picture::LARGEST + 1) {
        Ok(bytes) => Ok(Picture::file(at, bytes.into_owned(), report)),
        Err(Error::Read { cause, .. }) if cause.kind() == ErrorKind::NotFound => {
            Ok(tell(at, "there is no such file", "the path starts at the folder of `bulletin.toml`", report))
        }
        Err(Error::Read { cause, .. }) => Ok(tell(at, &cause.to_string(), "name a PNG or JPEG file", report)),
        Err(error) => Err(error),
    }
}

fn tell(at: &Text, why: &str, help: &str, report: &mut Report) -> Option<Picture> {
    let message = format!("`{at}` cannot go into a mail");
    report.add(Diagnostic::error(Code::BadPicture, message).at(at.span, why).help(help));
    None
}
