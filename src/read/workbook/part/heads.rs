//! The cells of a sheet as they say their places and styles (ECMA-376 part 1, §18.3.1.4), without their values.

use memchr::memmem;

use super::{Part, place};

/// What a cell says of itself before its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Its row and column, from 0.
    pub place: (u32, u32),
    /// The number of its style.
    pub style: usize,
    /// Whether it names its place, and does not only follow the one before.
    pub is_named: bool,
}

/// Goes through the rows of a sheet from cell to cell, and looks at nothing in them.
#[derive(Debug)]
pub struct Heads<'x> {
    rows: &'x [u8],
    at: usize,
    /// Where a cell is that does not say it.
    place: (u32, u32),
}

impl<'x> Heads<'x> {
    pub fn new(part: &Part<'x>) -> Heads<'x> {
        Heads { rows: part.rows, at: 0, place: (0, 0) }
    }

    /// Gives the next cell; calls with each row before it that nobody sees.
    pub fn next(&mut self, mut hide: impl FnMut(u32)) -> Option<Head> {
        loop {
            self.at += memchr::memchr(b'<', &self.rows[self.at..])? + 1;
            let rest = &self.rows[self.at..];
            let (is_end, rest) = match rest.first()? {
                b'!' | b'?' => {
                    self.at += ignored(rest)?;
                    continue;
                }
                b'/' => (true, &rest[1..]),
                _ => (false, rest),
            };
            let name = rest.iter().position(|byte| matches!(byte, b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n'))?;
            let local = rest[..name].iter().rposition(|byte| *byte == b':').map_or(0, |colon| colon + 1);
            let mut attributes = Attributes(&rest[name..]);
            match (&rest[local..name], is_end) {
                (b"row", true) => self.place = (self.place.0.saturating_add(1), 0),
                (b"row", false) => {
                    let mut is_hidden = false;
                    for (name, value) in &mut attributes {
                        match name {
                            b"r" => self.place.0 = number(value).map_or(self.place.0, |row| row.saturating_sub(1)),
                            b"hidden" => is_hidden = matches!(value, b"1" | b"true"),
                            _ => {}
                        }
                    }
                    if is_hidden {
                        hide(self.place.0);
                    }
                    if attributes.0.starts_with(b"/") {
                        self.place = (self.place.0.saturating_add(1), 0);
                    }
                }
                (b"c", false) => {
                    let mut head = Head { place: self.place, style: 0, is_named: false };
                    for (name, value) in attributes {
                        match name {
                            b"r" => (head.place, head.is_named) = (place(std::str::from_utf8(value).ok()?)?, true),
                            b"s" => head.style = number(value).and_then(|style| style.try_into().ok()).unwrap_or(0),
                            _ => {}
                        }
                    }
                    self.place = (head.place.0, head.place.1.saturating_add(1));
                    return Some(head);
                }
                _ => {}
            }
        }
    }
}

/// Gives the length of a comment, of text as it is, or of an instruction, whose `<` was read.
fn ignored(text: &[u8]) -> Option<usize> {
    let ends = [("!--", "-->"), ("![CDATA[", "]]>"), ("", ">")];
    let (_, end) = ends.iter().find(|(start, _)| text.starts_with(start.as_bytes()))?;
    Some(memmem::find(text, end.as_bytes())? + end.len())
}

fn number(text: &[u8]) -> Option<u32> {
    std::str::from_utf8(text).ok()?.trim().parse().ok()
}

/// The attributes of an element, whose name was read: names and values as they are written.
struct Attributes<'x>(&'x [u8]);

impl<'x> Iterator for Attributes<'x> {
    type Item = (&'x [u8], &'x [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        self.0 = self.0.trim_ascii_start();
        if matches!(self.0.first()?, b'>' | b'/') {
            return None;
        }
        let (name, rest) = self.0.split_at(self.0.iter().position(|byte| matches!(byte, b'=' | b'>'))?);
        let rest = rest.get(1..)?.trim_ascii_start();
        let quote = *rest.first().filter(|quote| matches!(quote, b'"' | b'\''))?;
        let end = 1 + rest[1..].iter().position(|byte| *byte == quote)?;
        self.0 = &rest[end + 1..];
        Some((name.trim_ascii_end(), &rest[1..end]))
    }
}
