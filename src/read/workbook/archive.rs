//! What a workbook of today is before it is opened: an archive (ZIP) that may expand to more than anyone has.

use std::io::{Cursor, Read as _};
use std::thread;

use memchr::memmem::Finder;
use zip::ZipArchive;
use zip::result::ZipError;

use super::{Unreadable, repeats};

/// The largest workbook that is opened, expanded, in bytes (1 GiB).
const LARGEST: u64 = 1 << 30;

/// The most files that an archive holds.
const MOST: usize = 10_000;

/// A file of more bytes than this, as it lies in the archive, is worth a thread.
const PART: u64 = 1 << 16;

/// The form of a workbook in an archive.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Form {
    /// Office Open XML (ECMA-376).
    #[default]
    Xlsx,
    /// The same in binary.
    Xlsb,
    /// OpenDocument.
    Ods,
}

/// What was seen on the way.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Survey {
    /// What form it is.
    pub form: Form,
    /// Whether some sheet may have merged cells.
    pub has_merged: bool,
    /// Whether some sheet has links on its cells.
    pub has_links: bool,
    /// Whether some sheet may have formulas.
    pub has_formulas: bool,
    /// Whether some sheet may have rows or columns that nobody sees, or cells with errors.
    pub has_oddities: bool,
}

/// Looks at every file of an archive, and refuses one that is too large or says a size that it does not have.
pub(super) fn survey(bytes: &[u8]) -> Result<Survey, Unreadable> {
    let mut archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::damaged("its list of contents is missing"))?;
    if archive.len() > MOST {
        let why = format!("it holds {}", archive.len());
        return Err(Unreadable::too_large(format!("the workbook holds more than {MOST} files"), why));
    }
    let mut total: u64 = 0;
    for at in 0..archive.len() {
        total = total.saturating_add(archive.by_index_raw(at).map_err(Unreadable::damaged)?.size());
    }
    if total > LARGEST {
        let message = format!("the workbook expands to more than {} GiB", LARGEST >> 30);
        return Err(Unreadable::too_large(message, format!("from {} KB", bytes.len() / 1000)));
    }
    let form = form(&mut archive)?;
    if form == Form::Ods {
        repeats::check(&content_of(&mut archive)?)?;
    }
    let mut survey = Survey { form, ..Survey::default() };
    let seen = thread::scope(|scope| {
        // A large file is read beside the others.
        let looks = (0..archive.len()).map(|at| {
            let mut archive = archive.clone();
            let is_large = archive.by_index_raw(at).is_ok_and(|file| file.compressed_size() > PART);
            let mut look = move || look(&mut archive, at);
            if is_large { Ok(scope.spawn(look)) } else { Err(look()) }
        });
        let looks: Vec<_> = looks.collect();
        let looks = looks.into_iter().map(|look| match look {
            Ok(large) => large.join().unwrap_or_else(|_| Err(Unreadable::damaged("a file in it cannot be expanded"))),
            Err(small) => small,
        });
        looks.collect::<Result<Vec<Survey>, Unreadable>>()
    })?;
    for seen in seen {
        survey.has_merged |= seen.has_merged;
        survey.has_links |= seen.has_links;
        survey.has_formulas |= seen.has_formulas;
        survey.has_oddities |= seen.has_oddities;
    }
    Ok(survey)
}

/// Gives the content of an OpenDocument that was surveyed.
pub(super) fn content(bytes: &[u8]) -> Result<Vec<u8>, Unreadable> {
    content_of(&mut ZipArchive::new(Cursor::new(bytes)).map_err(Unreadable::damaged)?)
}

fn content_of(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<Vec<u8>, Unreadable> {
    // What is too large was refused before; a lie about the size ends the reading.
    let mut content = Vec::new();
    if let Ok(file) = archive.by_name("content.xml") {
        file.take(LARGEST).read_to_end(&mut content).map_err(Unreadable::damaged)?;
    }
    Ok(content)
}

/// Expands one file of an archive, to know its size and what is in it.
fn look(archive: &mut ZipArchive<Cursor<&[u8]>>, at: usize) -> Result<Survey, Unreadable> {
    let (merged, link) = (Finder::new("mergeCell "), Finder::new("/relationships/hyperlink"));
    let formulas = ["<f>", "<f ", ":f>", ":f "].map(Finder::new);
    let oddities = [" hidden=", " t=\"e\"", " t='e'"].map(Finder::new);
    let mut survey = Survey::default();
    let mut file = archive.by_index(at).map_err(|error| match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Unreadable::locked(),
        error => Unreadable::damaged(error),
    })?;
    let size = file.size();
    // The size that the directory says is no bound to the bytes that follow.
    let (mut chunk, mut read, mut kept) = (vec![0; 1 << 16], 0u64, 0);
    loop {
        let more = file.read(&mut chunk[kept..]).map_err(Unreadable::damaged)?;
        read += more as u64;
        if read > size {
            return Err(Unreadable::damaged("it holds more than it says"));
        }
        if more == 0 {
            return Ok(survey);
        }
        let seen = &chunk[..kept + more];
        survey.has_merged = survey.has_merged || merged.find(seen).is_some();
        survey.has_links = survey.has_links || link.find(seen).is_some();
        survey.has_formulas = survey.has_formulas || formulas.iter().any(|formula| formula.find(seen).is_some());
        survey.has_oddities = survey.has_oddities || oddities.iter().any(|oddity| oddity.find(seen).is_some());
        // A word may lie across two chunks.
        let tail = seen.len().saturating_sub(32);
        kept = seen.len() - tail;
        chunk.copy_within(tail..tail + kept, 0);
    }
}

/// Knows a workbook by the files that it must hold.
fn form(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<Form, Unreadable> {
    if archive.index_for_name("xl/workbook.bin").is_some() {
        return Ok(Form::Xlsb);
    }
    if archive.index_for_name("[Content_Types].xml").is_some() {
        return Ok(Form::Xlsx);
    }
    let mut kind = String::new();
    if let Ok(file) = archive.by_name("mimetype") {
        let _ = file.take(100).read_to_string(&mut kind);
    }
    if kind.starts_with("application/vnd.oasis.opendocument.spreadsheet") {
        return Ok(Form::Ods);
    }
    Err(Unreadable::damaged("it is an archive of something else"))
}
