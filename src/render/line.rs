//! Lines put together of texts that may be written either way, and the way of prose.

use std::borrow::Cow;
use std::fmt::{self, Write};

use crate::locale::{Direction, LTR_ISOLATE, Locale, POP_ISOLATE, RTL_ISOLATE};
use crate::prose::{Block, Inline};
use crate::render::escape::escape;

/// A text that may hold isolates. In plain text they stand as they are; HTML says them with elements, because Outlook
/// knows `dir` and not these characters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line<'a>(pub Cow<'a, str>);

impl<'a> Line<'a> {
    /// Takes a text of the data as it stands beside other words.
    pub fn beside(text: &'a str, locale: &Locale) -> Line<'a> {
        Line(locale.part(text))
    }

    /// Takes a text of the data that stands alone.
    pub fn alone(text: &'a str, locale: &Locale) -> Line<'a> {
        Line(locale.direction().alone(text))
    }
}

impl Line<'_> {
    /// Gives the text with its isolates.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::ops::Deref for Line<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Line<'_> {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<String> for Line<'_> {
    fn from(text: String) -> Self {
        Line(text.into())
    }
}

impl Line<'_> {
    fn html(&self, dest: &mut dyn Write) -> fmt::Result {
        // Isolates begin with this byte; most lines have none.
        if memchr::memchr(0xE2, self.as_str().as_bytes()).is_none() {
            return escape(self.as_str(), dest);
        }
        let mut open = 0_usize;
        let mut rest = self.as_str();
        while let Some(at) = rest.find([LTR_ISOLATE, RTL_ISOLATE, POP_ISOLATE]) {
            let (text, tail) = rest.split_at(at);
            escape(text, dest)?;
            let mut tail = tail.chars();
            match tail.next() {
                Some(POP_ISOLATE) if open == 0 => {}
                Some(POP_ISOLATE) => {
                    open -= 1;
                    dest.write_str("</span>")?;
                }
                way => {
                    open += 1;
                    dest.write_str(if way == Some(LTR_ISOLATE) { "<span dir=\"ltr\">" } else { "<span dir=\"rtl\">" })?;
                }
            }
            rest = tail.as_str();
        }
        escape(rest, dest)?;
        (0..open).try_for_each(|_| dest.write_str("</span>"))
    }
}

html!(Line<'_>, |line, out| line.html(out));

/// Gives the way of a line: that of its first letter that is not code.
pub(super) fn way(inlines: &[Inline]) -> Option<Direction> {
    inlines.iter().find_map(|inline| match inline {
        Inline::Text(text) => Direction::of(text),
        Inline::Emph(inner) | Inline::Strong(inner) | Inline::Link(_, inner) => way(inner),
        Inline::Code(_) | Inline::Break => None,
    })
}

/// Gives the way of some blocks: that of the first that has one.
pub(super) fn way_of_blocks(blocks: &[Block]) -> Option<Direction> {
    blocks.iter().find_map(|block| match block {
        Block::Paragraph(inlines) | Block::Heading(_, inlines) => way(inlines),
        Block::List(_, items) => items.iter().find_map(|item| way_of_blocks(item)),
        Block::Quote(blocks) => way_of_blocks(blocks),
        Block::Table(table) => table.head.iter().chain(table.rows.iter().flatten()).find_map(|cell| way(cell)),
        Block::Code(_) | Block::Rule => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn isolates_are_elements_in_html() {
        for (text, expected) in [
            ("a & b", "a &amp; b"),
            (
                "\u{2066}a <b>\u{2069} · \u{2067}لغة\u{2069}",
                "<span dir=\"ltr\">a &lt;b&gt;</span> · <span dir=\"rtl\">لغة</span>",
            ),
            ("a\u{2069} \u{2066}b", "a <span dir=\"ltr\">b</span>"),
        ] {
            assert_eq!(Line(text.into()).to_string(), expected);
        }
    }
}
