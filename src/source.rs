//! Where bytes come in: files with their text, and places in them.
//!
//! This is one of the two rooms that touch the disk (the other is
//! `deliver::folder`).

use std::borrow::Cow;
use std::ops::{Deref, Range};
use std::sync::OnceLock;

use arcstr::ArcStr;

use crate::diagnostic::{Code, Diagnostic, Report};

pub use folder::Folder;
pub use form::Form;

mod folder;
mod form;

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

    /// Gives the first reading of the same file: two inputs may read one.
    pub fn first(&self, id: SourceId) -> SourceId {
        let file = self.file(id);
        let first = self.files.iter().position(|known| known.name == file.name && known.text == file.text);
        first.map_or(id, |at| SourceId(u32::try_from(at).expect("fewer than 2^32 files")))
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

    /// Gives the form in which a file writes its text.
    pub fn form(&self, id: SourceId) -> Form {
        let file = self.file(id);
        Form::of(&file.name, &file.text)
    }

    /// Gives the place of a part of a text, `range` counted in its value; `None` where the file says it otherwise.
    pub fn part(&self, text: &Text, range: Range<usize>) -> Option<Span> {
        let raw = self.slice(text.span);
        let inside = self.form(text.span.source).part(raw, text.as_str(), range)?;
        Some(text.span.part(inside))
    }

    /// Gives line and column of a place's start, both from 1, the column counted in characters.
    pub fn position(&self, span: Span) -> (usize, usize) {
        let file = self.file(span.source);
        let (line, start) = file.line(span.start as usize);
        let upto = &file.text[start..file.text.floor_char_boundary(span.start as usize).max(start)];
        (line, upto.trim_start_matches('\u{FEFF}').chars().count() + 1)
    }
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
