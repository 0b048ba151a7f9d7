//! What a workbook of today is before it is opened: an archive (ZIP) that may expand to more than anyone has.

use std::io::{Cursor, Read as _, Write as _};
use std::sync::Arc;
use std::thread;

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::{Unreadable, repeats};

/// The largest workbook that is opened, expanded, in bytes (1 GiB).
const LARGEST: u64 = 1 << 30;

/// The most files that an archive holds.
const MOST: usize = 10_000;

/// A file of more bytes than this, as it lies in the archive, is worth a thread.
const PART: u64 = 1 << 16;

/// Where an OpenDocument has its sheets.
pub(super) const CONTENT: &str = "content.xml";

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

/// The bytes of an archive in which files lie as they are: who reads one of them again need not expand it again.
#[derive(Debug, Clone)]
pub(super) struct Expanded(Arc<Vec<u8>>);

impl AsRef<[u8]> for Expanded {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// A file of an archive: its name, and what is in it where somebody may want to read it.
type Part = Option<(String, Vec<u8>)>;

/// Expands every file of an archive, each once, and refuses one that is too large or says a size that it does not have.
pub(super) fn expand(bytes: &[u8]) -> Result<(Form, Expanded), Unreadable> {
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
    let parts = thread::scope(|scope| {
        // A large file is expanded beside the others.
        let parts = (0..archive.len()).map(|at| {
            let mut archive = archive.clone();
            let is_large = archive.by_index_raw(at).is_ok_and(|file| file.compressed_size() > PART);
            let mut part = move || part(&mut archive, at);
            if is_large { Ok(scope.spawn(part)) } else { Err(part()) }
        });
        let parts: Vec<_> = parts.collect();
        let parts = parts.into_iter().map(|part| match part {
            Ok(large) => large.join().unwrap_or_else(|_| Err(Unreadable::damaged("a file in it cannot be expanded"))),
            Err(small) => small,
        });
        parts.collect::<Result<Vec<Part>, Unreadable>>()
    })?;
    let parts = parts.into_iter().flatten().collect();
    let expanded = Expanded(Arc::new(joined(parts).map_err(Unreadable::damaged)?));
    if form == Form::Ods {
        repeats::check(expanded.file(CONTENT).unwrap_or_default())?;
    }
    Ok((form, expanded))
}

/// Puts files into an archive as they are.
fn joined(parts: Vec<(String, Vec<u8>)>) -> Result<Vec<u8>, ZipError> {
    /// What is said of a file, twice, besides its name.
    const ENTRY: usize = 100;
    let length = parts.iter().map(|(name, content)| content.len() + 2 * name.len() + ENTRY).sum();
    let mut archive = ZipWriter::new(Cursor::new(Vec::with_capacity(length)));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, content) in parts {
        archive.start_file(name, options)?;
        archive.write_all(&content)?;
    }
    Ok(archive.finish()?.into_inner())
}

/// Expands one file of an archive.
fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, at: usize) -> Result<Part, Unreadable> {
    let file = archive.by_index(at).map_err(|error| match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Unreadable::locked(),
        error => Unreadable::damaged(error),
    })?;
    let (size, name) = (file.size(), file.name().map_err(Unreadable::damaged)?.into_owned());
    // Nobody looks at pictures and the like, nor at folders.
    let is_wanted = [".xml", ".rels", ".bin", "mimetype"].iter().any(|end| name.to_ascii_lowercase().ends_with(end));
    // The size that the directory says is no bound to the bytes that follow.
    let mut file = file.take(size + 1);
    let mut content = Vec::new();
    let read = if is_wanted {
        content.reserve_exact(usize::try_from(size).map_err(Unreadable::damaged)? + 1);
        file.read_to_end(&mut content).map(|read| read as u64)
    } else {
        std::io::copy(&mut file, &mut std::io::sink())
    };
    if read.map_err(Unreadable::damaged)? > size {
        return Err(Unreadable::damaged("it holds more than it says"));
    }
    Ok(is_wanted.then_some((name, content)))
}

impl Expanded {
    /// Opens it as an archive.
    pub fn reader(&self) -> Cursor<Expanded> {
        Cursor::new(self.clone())
    }

    /// Gives a file by its path; not everybody writes that as it is.
    pub fn file(&self, path: &str) -> Option<&[u8]> {
        let mut archive = ZipArchive::new(Cursor::new(self.as_ref())).ok()?;
        let is_it = |known: &str| known.replace('\\', "/").eq_ignore_ascii_case(path);
        let at = (0..archive.len()).find(|&at| matches!(archive.name_for_index(at), Some(Ok(name)) if is_it(&name)))?;
        let file = archive.by_index(at).ok()?;
        let (start, size) = (usize::try_from(file.data_start()?).ok()?, usize::try_from(file.size()).ok()?);
        self.0.get(start..start.checked_add(size)?)
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
