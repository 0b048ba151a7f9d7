//! Where bytes come in: files with their text, and places in them.
//!
//! This is one of the two rooms that touch the disk (the other is
//! `deliver::folder`).

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

use arcstr::ArcStr;

use crate::diagnostic::{Code, Diagnostic, Report};

pub use encoding::Encoding;
pub use folder::Folder;
pub use form::Form;
pub use grid::{Grid, Mark, Place, letters};
pub use span::{Quote, Span, Spanned, Str, Text};

use encoding::{Decoded, Undecodable};

mod encoding;
mod folder;
mod form;
mod grid;
mod span;
mod walk;

/// The largest file that is read, in bytes (1 GiB).
pub const LARGEST_FILE: usize = 1 << 30;

/// Names a [`Source`] inside its [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceId(u32);

/// One file.
#[derive(Debug)]
pub struct Source {
    /// Its name as it is shown, with `/` between folders.
    pub name: String,
    /// Its text. Where the bytes are not UTF-8 the text shows U+FFFD, after it was told.
    pub text: ArcStr,
    /// What the text was made of.
    pub origin: Origin,
    /// The decimal sign of its amounts, where it is stated.
    pub decimal: Option<char>,
    /// The byte between its cells, once it was found.
    pub separator: OnceLock<u8>,
    /// Where each line starts; found when the first place is asked for.
    lines: OnceLock<Vec<u32>>,
    /// How many characters come before each [`STRETCH`] of the text; counted when a place far into a line is asked for.
    characters: OnceLock<Vec<u32>>,
}

/// How many bytes of a text are counted anew for a place in them.
const STRETCH: usize = 4096;

/// What the text of a source was made of.
#[derive(Debug)]
pub enum Origin {
    /// The very bytes of the file.
    Verbatim,
    /// Bytes in an encoding, UTF-8 with line ends of its own among them.
    Decoded {
        /// The encoding.
        encoding: Encoding,
        /// Whether it was recognised, and not stated by anyone.
        is_guess: bool,
    },
    /// The cells of a sheet in a workbook.
    Sheet(Grid),
}

impl Source {
    fn new(name: String, text: ArcStr, origin: Origin) -> Self {
        Source {
            name,
            text,
            origin,
            decimal: None,
            separator: OnceLock::new(),
            lines: OnceLock::new(),
            characters: OnceLock::new(),
        }
    }

    /// Says whether the text is the file byte for byte, so that a part of it can be written back.
    pub fn is_verbatim(&self) -> bool {
        matches!(self.origin, Origin::Verbatim)
    }

    /// Gives the cells that the text was made of, where it is a sheet.
    pub fn grid(&self) -> Option<&Grid> {
        match &self.origin {
            Origin::Sheet(grid) => Some(grid),
            Origin::Verbatim | Origin::Decoded { .. } => None,
        }
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

    /// Counts the characters of a part of the text. A file may be one line: a long part is not counted anew each time.
    fn count(&self, part: Range<usize>) -> usize {
        let bytes = self.text.as_bytes();
        // All but the first byte of a character are `10xxxxxx` (RFC 3629 §3).
        let count = |part: Range<usize>| bytes[part].iter().filter(|byte| **byte & 0xC0 != 0x80).count();
        if part.len() <= STRETCH {
            return count(part);
        }
        let before = self.characters.get_or_init(|| {
            let mut sum = 0;
            let sums = bytes.chunks(STRETCH).map(|stretch| {
                let before = sum;
                sum += u32::try_from(stretch.iter().filter(|byte| **byte & 0xC0 != 0x80).count()).unwrap_or(0);
                before
            });
            sums.collect()
        });
        let upto = |offset: usize| {
            let stretch = offset.min(bytes.len().saturating_sub(1)) / STRETCH;
            before[stretch] as usize + count(stretch * STRETCH..offset)
        };
        upto(part.end) - upto(part.start)
    }

    /// Gives a word by which a person sees whether the encoding was guessed rightly, where it is not certain.
    pub fn doubtful_word(&self) -> Option<Range<usize>> {
        match self.origin {
            Origin::Decoded { encoding, is_guess: true } => encoding::doubtful_word(&self.text, encoding),
            Origin::Verbatim | Origin::Decoded { .. } | Origin::Sheet(_) => None,
        }
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

impl Content<'_> {
    /// Gives the bytes to look at.
    pub fn bytes(&self) -> &[u8] {
        match self {
            Content::Text(text) => text.as_bytes(),
            Content::Bytes(bytes) => bytes,
        }
    }
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
    /// Takes a file of UTF-8. `None`: it is not UTF-8 or too large, and that has been told.
    pub fn add(&mut self, name: &str, content: Content<'_>, report: &mut Report) -> Option<SourceId> {
        self.take(name, content, report, |bytes| {
            let text = Cow::Borrowed(encoding::utf_8(bytes)?);
            Ok(Decoded { text, encoding: Encoding::UTF_8, is_guess: false })
        })
    }

    /// Takes a file of rows in the encoding that is stated, or that its bytes show. `None`: it is no text or too large,
    /// and that has been told.
    pub fn add_table(
        &mut self,
        name: &str,
        content: Content<'_>,
        stated: Option<Encoding>,
        report: &mut Report,
    ) -> Option<SourceId> {
        let is_utf_8 = stated.is_none_or(|stated| stated == Encoding::UTF_8);
        let text;
        let content = match content {
            Content::Text(text) if is_utf_8 && !encoding::may_be_another(&text) => {
                if let Some(text) = encoding::with_line_ends(&text) {
                    let origin = Origin::Decoded { encoding: Encoding::UTF_8, is_guess: false };
                    return Some(self.push(name, text.into(), origin));
                }
                Content::Text(text)
            }
            Content::Text(content) => {
                text = content;
                Content::Bytes(Cow::Borrowed(text.as_bytes()))
            }
            Content::Bytes(bytes) => Content::Bytes(bytes),
        };
        self.take(name, content, report, |bytes| {
            let decoded = encoding::decode(bytes, stated)?;
            let text = encoding::with_line_ends(&decoded.text).map_or(decoded.text, Cow::Owned);
            Ok(Decoded { text, ..decoded })
        })
    }

    /// Takes a sheet of a workbook as the text that was made of it.
    pub fn add_sheet(&mut self, name: &str, text: String, grid: Grid) -> SourceId {
        self.push(name, text.into(), Origin::Sheet(grid))
    }

    fn push(&mut self, name: &str, text: ArcStr, origin: Origin) -> SourceId {
        let id = SourceId(u32::try_from(self.files.len()).expect("fewer than 2^32 files"));
        self.files.push(Source::new(name.replace('\\', "/"), text, origin));
        id
    }

    fn take<'c>(
        &mut self,
        name: &str,
        content: Content<'c>,
        report: &mut Report,
        decode: impl for<'b> Fn(&'b [u8]) -> Result<Decoded<'b>, Undecodable>,
    ) -> Option<SourceId> {
        let len = match &content {
            Content::Text(text) => text.len(),
            Content::Bytes(bytes) => bytes.len(),
        };
        if len > LARGEST_FILE {
            let id = self.push(name, ArcStr::new(), Origin::Verbatim);
            report.add(
                Diagnostic::error(Code::TooLarge, format!("`{}` is larger than 1 GiB", self.file(id).name))
                    .at(Span::new(id, 0..0), "")
                    .help("split it into several files; they are merged by `id`"),
            );
            return None;
        }
        let bytes = match content {
            Content::Text(text) => return Some(self.push(name, text, Origin::Verbatim)),
            Content::Bytes(bytes) => bytes,
        };
        match decode(&bytes) {
            Ok(Decoded { text, encoding, is_guess }) => {
                let is_verbatim = matches!(text, Cow::Borrowed(part) if part.len() == len);
                let origin = if is_verbatim { Origin::Verbatim } else { Origin::Decoded { encoding, is_guess } };
                Some(self.push(name, text.as_ref().into(), origin))
            }
            Err(Undecodable { text, at, what, stated, is_utf_8 }) => {
                let id = self.push(name, text.into(), Origin::Verbatim);
                let (message, help) = match stated {
                    Some(encoding) => {
                        let help = if is_utf_8 {
                            "delete `encoding`: the file is UTF-8"
                        } else {
                            "correct `encoding`, or save the file as UTF-8 (in Excel: `CSV UTF-8`)"
                        };
                        (format!("the file is not text in `{}`", encoding.name()), help)
                    }
                    None if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) => {
                        ("the file is not UTF-8".into(), "the file is UTF-16; save it as UTF-8 (in Excel: `CSV UTF-8`)")
                    }
                    None => ("the file is not UTF-8".into(), "save the file as UTF-8 (in Excel: `CSV UTF-8`)"),
                };
                report.add(Diagnostic::error(Code::NotUtf8, message).at(Span::new(id, at), what).help(help));
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

    /// Says what the cell of a sheet is that a place is in; nothing where its text says it, or where it is no sheet.
    pub fn mark(&self, span: Span) -> Option<Mark> {
        self.file(span.source).grid()?.mark_at(span.start as usize)
    }

    /// Gives the very characters at a place.
    pub fn slice(&self, span: Span) -> &str {
        self.file(span.source).text.get(span.range()).unwrap_or("")
    }

    /// Gives the form in which a file writes its text.
    pub fn form(&self, id: SourceId) -> Form {
        let file = self.file(id);
        // A sheet is written out as CSV, whatever its first cell begins with.
        if file.grid().is_some() { Form::Csv } else { Form::of(&file.name, &file.text) }
    }

    /// Gives the place of a part of a text, `range` counted in its value; `None` where the file says it otherwise.
    pub fn part(&self, text: &Text, range: Range<usize>) -> Option<Span> {
        let raw = self.slice(text.span);
        let inside = self.form(text.span.source).part(raw, text.as_str(), range)?;
        Some(text.span.part(inside))
    }

    /// Gives a file, to say what is known of it.
    pub fn file_mut(&mut self, id: SourceId) -> &mut Source {
        &mut self.files[id.0 as usize]
    }

    /// Gives where a place starts, as a person finds it.
    pub fn place(&self, span: Span) -> Place<'_> {
        let file = self.file(span.source);
        let (line, column) = self.position(span);
        Place { file: &file.name, sheet: file.grid().map(|grid| grid.sheet.as_str()), line, column }
    }

    /// Gives line and column of a place's start, both from 1, the column counted in characters; of a sheet the numbers
    /// of row and column.
    pub fn position(&self, span: Span) -> (usize, usize) {
        let file = self.file(span.source);
        if let Some(grid) = file.grid() {
            return grid.cell(span.start as usize, &file.text);
        }
        let (line, start) = file.line(span.start as usize);
        let end = file.text.floor_char_boundary(span.start as usize).max(start);
        let mark = if file.text[start..end].starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
        (line, file.count(start + mark..end) + 1)
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
    fn a_place_far_into_a_line_is_counted_in_characters() {
        let (mut report, mut sources) = (Report::default(), Sources::default());
        let text = format!("\u{FEFF}a\n{}", "é漢x".repeat(STRETCH));
        let id = sources.add("a.json", text.as_str().into(), &mut report).expect("UTF-8");
        for (at, (offset, _)) in text.char_indices().skip(3).enumerate().step_by(97) {
            assert_eq!(sources.position(Span::new(id, offset..offset)), (2, at + 1));
        }
        assert_eq!(sources.position(Span::new(id, text.len()..text.len())), (2, STRETCH * 3 + 1));
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

    #[test]
    fn a_sheet_is_a_table_whatever_it_begins_with() {
        let mut sources = Sources::default();
        let id = sources.add_sheet("a.xlsx", "<Name>,Title\n".into(), Grid::new("Open"));
        assert_eq!(sources.form(id), Form::Csv);
    }
}
