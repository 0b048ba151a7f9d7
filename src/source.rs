//! Where bytes come in: files with their text, and places in them.
//!
//! This is one of the two rooms that touch the disk (the other is
//! `deliver::folder`).
#![expect(clippy::disallowed_methods, reason = "the one room where bytes come in")]

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::ops::{Deref, Range};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use arcstr::ArcStr;

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::error::Error;

/// The largest file that is read, in bytes (1 GiB).
pub const LARGEST_FILE: usize = 1 << 30;

/// Names a [`Source`] inside its [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceId(u32);

/// A place: some bytes of one source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub source: SourceId,
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

impl Span {
    /// Names the bytes `range` of `source`.
    pub fn new(source: SourceId, range: Range<usize>) -> Self {
        let offset = |n: usize| u32::try_from(n).expect("sources are at most LARGEST_FILE long");
        Span { source, start: offset(range.start), end: offset(range.end) }
    }

    /// Gives the bytes as a range.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Names a part of this place, `range` counted from its start.
    pub fn part(self, range: Range<usize>) -> Self {
        let start = self.start as usize;
        Span::new(self.source, start + range.start..start + range.end)
    }

    /// Names all from the start of this place to the end of `other`.
    pub fn to(self, other: Span) -> Self {
        Span { end: other.end.max(self.end), ..self }
    }
}

/// A value and the place where the user wrote it. Equality looks at the value alone.
#[derive(Debug, Clone, Copy)]
pub struct Spanned<T> {
    /// What was meant.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

/// A part of a file's text that keeps the whole alive, or text of its own: nothing is copied that stands in a file.
pub type Str = arcstr::Substr;

/// Text as the user wrote it (quotes and escapes of the format undone), and where.
pub type Text = Spanned<Str>;

/// The same while it is looked at: it lies in its file and nobody keeps it yet.
pub type Quote<'a> = Spanned<Cow<'a, str>>;

impl<T> Spanned<T> {
    /// Puts a value and its place together.
    pub fn new(value: T, span: Span) -> Self {
        Spanned { value, span }
    }

    /// Gives another value the same place.
    pub fn with<U>(&self, value: U) -> Spanned<U> {
        Spanned { value, span: self.span }
    }
}

impl<T: PartialEq> PartialEq for Spanned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Spanned<T> {}

impl<T: Deref<Target = str>> Spanned<T> {
    /// Gives the text.
    pub fn as_str(&self) -> &str {
        &self.value
    }

    /// Gives the text to look at, with its place.
    pub fn quote(&self) -> Spanned<&str> {
        Spanned { value: &self.value, span: self.span }
    }
}

impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.value)
    }
}

/// One file.
#[derive(Debug)]
pub struct Source {
    /// Its name as it is shown, with `/` between folders.
    pub name: String,
    /// Its text. Where the bytes are not UTF-8 the text shows U+FFFD, after it was told.
    pub text: ArcStr,
    /// Where each line starts; found when the first place is asked for.
    lines: OnceLock<Vec<u32>>,
}

impl Source {
    fn new(name: String, text: ArcStr) -> Self {
        Source { name, text, lines: OnceLock::new() }
    }

    /// Gives the number of the line that an offset is in, from 1, and the offset of its start.
    pub fn line(&self, offset: usize) -> (usize, usize) {
        let lines = self.lines.get_or_init(|| {
            let ends = memchr::memchr_iter(b'\n', self.text.as_bytes());
            let starts = ends.map(|at| u32::try_from(at + 1).expect("sources are at most LARGEST_FILE long"));
            std::iter::once(0).chain(starts).collect()
        });
        let number = lines.partition_point(|&start| start as usize <= offset);
        (number, lines[number - 1] as usize)
    }
}

/// What a file holds.
#[derive(Debug)]
pub enum Content<'f> {
    /// UTF-8.
    Text(ArcStr),
    /// Nobody looked yet.
    Bytes(Cow<'f, [u8]>),
}

impl<'f> From<&'f str> for Content<'f> {
    fn from(text: &'f str) -> Self {
        Content::Bytes(Cow::Borrowed(text.as_bytes()))
    }
}

impl From<String> for Content<'_> {
    fn from(text: String) -> Self {
        Content::Text(text.into())
    }
}

impl<'f> From<&'f [u8]> for Content<'f> {
    fn from(bytes: &'f [u8]) -> Self {
        Content::Bytes(Cow::Borrowed(bytes))
    }
}

/// All files that were read in one run.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// Takes a file. `None`: it is not UTF-8 or too large, and that has been told.
    pub fn add(&mut self, name: &str, content: Content<'_>, report: &mut Report) -> Option<SourceId> {
        let id = SourceId(u32::try_from(self.files.len()).expect("fewer than 2^32 files"));
        let name = name.replace('\\', "/");
        let len = match &content {
            Content::Text(text) => text.len(),
            Content::Bytes(bytes) => bytes.len(),
        };
        if len > LARGEST_FILE {
            self.files.push(Source::new(name.clone(), ArcStr::new()));
            report.add(
                Diagnostic::error(Code::TooLarge, format!("`{name}` is larger than 1 GiB"))
                    .at(Span::new(id, 0..0), "")
                    .help("split it into several files; they are merged by `id`"),
            );
            return None;
        }
        let bytes = match content {
            Content::Text(text) => {
                self.files.push(Source::new(name, text));
                return Some(id);
            }
            Content::Bytes(bytes) => bytes,
        };
        match std::str::from_utf8(&bytes) {
            Ok(text) => {
                self.files.push(Source::new(name, text.into()));
                Some(id)
            }
            Err(error) => {
                let at = error.valid_up_to();
                let byte = bytes[at];
                let help = if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
                    "the file is UTF-16; save it as UTF-8 (in Excel: `CSV UTF-8`)"
                } else {
                    "save the file as UTF-8 (in Excel: `CSV UTF-8`)"
                };
                let text = String::from_utf8_lossy(&bytes);
                self.files.push(Source::new(name, text.into()));
                report.add(
                    Diagnostic::error(Code::NotUtf8, "the file is not UTF-8")
                        .at(Span::new(id, at..at + '\u{FFFD}'.len_utf8()), format!("the byte 0x{byte:02X}"))
                        .help(help),
                );
                None
            }
        }
    }

    /// Gives a file.
    pub fn file(&self, id: SourceId) -> &Source {
        &self.files[id.0 as usize]
    }

    /// Keeps a text that was looked at: as a part of its file where it stands there, as a copy otherwise.
    pub fn keep(&self, quote: Quote<'_>) -> Text {
        let value = match &quote.value {
            Cow::Borrowed(part) => self.file(quote.span.source).text.try_substr_from(part),
            Cow::Owned(_) => None,
        };
        Text::new(value.unwrap_or_else(|| Str::from(quote.value.as_ref())), quote.span)
    }

    /// Gives the very characters at a place.
    pub fn slice(&self, span: Span) -> &str {
        self.file(span.source).text.get(span.range()).unwrap_or("")
    }

    /// Gives line and column of a place's start, both from 1, the column counted in characters.
    pub fn position(&self, span: Span) -> (usize, usize) {
        let file = self.file(span.source);
        let (line, start) = file.line(span.start as usize);
        let upto = &file.text[start..file.text.floor_char_boundary(span.start as usize).max(start)];
        (line, upto.trim_start_matches('\u{FEFF}').chars().count() + 1)
    }
}

/// Where a publication's files lie.
#[derive(Debug, Clone)]
pub enum Folder {
    /// On disk.
    Disk(PathBuf),
    /// In memory, by name: for tests, and for programs that have the data at hand.
    Memory(BTreeMap<String, Vec<u8>>),
}

impl Folder {
    /// Gives a file's name as it is shown.
    pub fn shown(&self, name: &str) -> String {
        match self {
            Folder::Disk(folder) => folder.join(name).display().to_string().replace('\\', "/"),
            Folder::Memory(_) => name.to_owned(),
        }
    }

    /// Lists the files directly in it, sorted by name.
    pub fn list(&self) -> Result<Vec<String>, Error> {
        let folder = match self {
            Folder::Memory(files) => return Ok(files.keys().filter(|name| !name.contains('/')).cloned().collect()),
            Folder::Disk(folder) => folder,
        };
        let fail = |cause| Error::Read { path: folder.clone(), cause };
        let mut names = Vec::new();
        for entry in fs::read_dir(folder).map_err(fail)? {
            let entry = entry.map_err(fail)?;
            // A name that is not Unicode cannot be that of a table. What is no file is told when it is read.
            names.extend(entry.file_name().into_string());
        }
        names.sort();
        Ok(names)
    }

    /// Lists the files that a path or pattern (`*`, `?`, `[…]`, `**`) names, sorted.
    ///
    /// # Errors
    /// A path without pattern that names no file, or a folder that cannot be read.
    pub fn matching(&self, pattern: &str) -> Result<Vec<String>, Error> {
        // `./news.csv` is `news.csv`: a file must not be read twice.
        let parts: Vec<&str> = pattern.split('/').collect();
        let parts = parts.iter().enumerate().filter(|(at, part)| **part != "." && (*at == 0 || !part.is_empty()));
        let pattern = &parts.map(|(_, part)| *part).collect::<Vec<_>>().join("/");
        let plain = !pattern.contains(['*', '?', '[']);
        match self {
            Folder::Memory(files) if plain => {
                Ok(files.contains_key(pattern).then(|| pattern.to_owned()).into_iter().collect())
            }
            Folder::Memory(files) => {
                let pattern = glob::Pattern::new(pattern).unwrap_or_default();
                Ok(files.keys().filter(|name| pattern.matches(name)).cloned().collect())
            }
            Folder::Disk(_) if plain => Ok(vec![pattern.to_owned()]),
            Folder::Disk(folder) => {
                // What stands before the pattern may itself hold such signs; only the pattern's own count.
                let base = glob::Pattern::escape(&folder.to_string_lossy());
                let Ok(paths) = glob::glob(&format!("{base}/{pattern}")) else { return Ok(Vec::new()) };
                let mut names = Vec::new();
                for path in paths {
                    let path = path.map_err(|error| Error::Read { path: error.path().into(), cause: error.into() })?;
                    if path.is_file() {
                        let name = path.strip_prefix(folder).unwrap_or(&path);
                        names.push(name.to_string_lossy().replace('\\', "/"));
                    }
                }
                names.sort();
                Ok(names)
            }
        }
    }

    /// Reads a file, at most so many bytes of it.
    pub fn bytes(&self, name: &str, most: usize) -> Result<Cow<'_, [u8]>, Error> {
        match self {
            Folder::Disk(folder) => {
                let path = folder.join(name);
                let mut bytes = Vec::new();
                let read = fs::File::open(&path).and_then(|file| file.take(most as u64).read_to_end(&mut bytes));
                read.map(|_| bytes.into()).map_err(|cause| Error::Read { path, cause })
            }
            Folder::Memory(files) => files
                .get(name)
                .map(|bytes| bytes[..bytes.len().min(most)].into())
                .ok_or_else(|| Error::Read { path: name.into(), cause: std::io::ErrorKind::NotFound.into() }),
        }
    }

    /// Reads a file of text.
    pub fn read(&self, name: &str) -> Result<Content<'_>, Error> {
        if let Folder::Disk(folder) = self
            && let Some(text) = read_text(&folder.join(name))
        {
            return Ok(Content::Text(text));
        }
        // One byte more than is taken tells that there is more; a file without end is not read for ever.
        self.bytes(name, LARGEST_FILE + 1).map(Content::Bytes)
    }
}

/// Reads a file into the place where its text stays, so that a large one is never held twice. `None`: it is no file of
/// UTF-8, or cannot be read.
fn read_text(path: &Path) -> Option<ArcStr> {
    let mut file = fs::File::open(path).ok()?;
    let len = usize::try_from(file.metadata().ok().filter(fs::Metadata::is_file)?.len()).ok()?;
    if len == 0 || len > LARGEST_FILE {
        return None;
    }
    let mut whole = true;
    let text = ArcStr::init_with(len, |bytes| whole = file.read_exact(bytes).is_ok());
    // It may have grown since it was measured.
    let ended = file.read(&mut [0]).is_ok_and(|more| more == 0);
    text.ok().filter(|_| whole && ended)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn position_counts_lines_and_characters_from_one() {
        let mut report = Report::default();
        let mut sources = Sources::default();
        let id = sources.add("a.csv", "\u{FEFF}id\r\nnö,x".into(), &mut report).expect("UTF-8");
        let at = |range: Range<usize>| sources.position(Span::new(id, range));
        assert_eq!(at(3..5), (1, 1));
        assert_eq!(at(7..8), (2, 1));
        assert_eq!(at(11..12), (2, 4));
        assert_eq!(sources.slice(Span::new(id, 8..10)), "ö");
    }

    #[test]
    fn a_byte_that_is_not_utf8_is_told_with_its_place() {
        let mut report = Report::default();
        let mut sources = Sources::default();
        assert!(sources.add("a.csv", b"id\nM\xFCnchen".as_slice().into(), &mut report).is_none());
        let diagnostic = &report.diagnostics()[0];
        assert_eq!(diagnostic.code, Code::NotUtf8);
        assert_eq!(sources.position(diagnostic.labels[0].span), (2, 2));
    }
}
