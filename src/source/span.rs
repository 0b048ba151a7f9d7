//! Places in files, and what stands there.

use std::borrow::Cow;
use std::ops::{Deref, Range};

use super::SourceId;

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
