//! Lines of plain text: as wide as their characters are on the screen, not as their bytes are many.

use std::borrow::Cow;
use std::fmt::{self, Display, Write};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::bytes;

/// Columns of a line (RFC 5322 §2.1.1 recommends at most 78).
pub const WIDTH: usize = 76;

/// Writes a text in lines of at most [`WIDTH`] columns where it can be broken so: at spaces, and between the
/// characters of Chinese and Japanese. The first line begins with `first`, the others with `rest`. A word that is
/// longer than a line, as an address may be, stays whole on its own.
pub fn wrap(text: &str, first: &str, rest: &str, out: &mut dyn Write) -> fmt::Result {
    let bytes = text.as_bytes();
    let controls = bytes::any(bytes, |byte| byte < b' ');
    let is_tidy = !controls && bytes.first().is_some_and(|&byte| byte != b' ') && bytes.last() != Some(&b' ');
    // Most texts are short, and no character is wider than its bytes are many.
    if is_tidy && first.len() + bytes.len() <= WIDTH {
        write_line(first, text, out)
    } else if is_tidy && text.is_ascii() && first.is_ascii() && rest.is_ascii() {
        wrap_ascii(text, first, rest, out)
    } else {
        wrap_any(text, first, rest, out)
    }
}

/// The same for any text.
fn wrap_any(text: &str, first: &str, rest: &str, out: &mut dyn Write) -> fmt::Result {
    let ideographs = text.contains(is_ideograph);
    let tidy;
    let text = if text.contains(['\t', '\r']) {
        tidy = text.replace(['\t', '\r'], " ");
        &tidy
    } else {
        text
    };
    let mut prefix = first;
    for line in text.split('\n') {
        let mut lines = Filling { line: String::with_capacity(2 * WIDTH), column: 0, prefix, rest, out };
        for word in line.split(' ').filter(|word| !word.is_empty()) {
            if ideographs {
                let mut pieces = Pieces(word);
                lines.add(pieces.next().unwrap_or_default(), true)?;
                pieces.try_for_each(|piece| lines.add(piece, false))?;
            } else {
                lines.add(word, true)?;
            }
        }
        if lines.finish()? {
            prefix = rest;
        }
    }
    Ok(())
}

/// The same for a text of ASCII: a byte is a column, so the end of a line is looked for from behind and the line written
/// as it stands.
fn wrap_ascii(text: &str, first: &str, rest: &str, out: &mut dyn Write) -> fmt::Result {
    let (mut text, mut prefix) = (text, first);
    loop {
        let room = WIDTH.saturating_sub(prefix.len());
        let bytes = text.as_bytes();
        let ends = bytes.get(..=room).and_then(|line| memchr::memrchr(b' ', line).or(memchr::memchr(b' ', bytes)));
        let (line, next) = ends.map_or((text, ""), |end| text.split_at(end));
        write_line(prefix, line.trim_end_matches(' '), out)?;
        (text, prefix) = (next.trim_start_matches(' '), rest);
        if text.is_empty() {
            return Ok(());
        }
    }
}

/// Writes a line.
fn write_line(prefix: &str, line: &str, out: &mut dyn Write) -> fmt::Result {
    if !prefix.is_empty() {
        out.write_str(prefix)?;
    }
    out.write_str(line)?;
    out.write_char('\n')
}

/// A line while it is filled.
struct Filling<'a> {
    line: String,
    column: usize,
    prefix: &'a str,
    rest: &'a str,
    out: &'a mut dyn Write,
}

impl Filling<'_> {
    fn add(&mut self, piece: &str, space: bool) -> fmt::Result {
        let width = columns(piece);
        if self.line.is_empty() {
            self.begin();
        } else if self.column + usize::from(space) + width > WIDTH {
            self.finish()?;
            self.prefix = self.rest;
            self.begin();
        } else if space {
            self.line.push(' ');
            self.column += 1;
        }
        self.line.push_str(piece);
        self.column += width;
        Ok(())
    }

    fn begin(&mut self) {
        self.line.push_str(self.prefix);
        self.column = columns(self.prefix);
    }

    /// Writes the line, if there is one.
    fn finish(&mut self) -> Result<bool, fmt::Error> {
        if self.line.is_empty() {
            return Ok(false);
        }
        self.line.push('\n');
        self.out.write_str(&self.line)?;
        self.line.clear();
        Ok(true)
    }
}

/// Gives the columns that a text takes on the screen.
fn columns(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.width() }
}

/// The parts of a word between which a line may end.
struct Pieces<'a>(&'a str);

impl<'a> Iterator for Pieces<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        if self.0.is_empty() {
            return None;
        }
        let mut at = self.0.len();
        if !self.0.is_ascii() {
            let mut characters = self.0.char_indices().peekable();
            while let Some((_, here)) = characters.next() {
                if let Some(&(next, after)) = characters.peek()
                    && (is_ideograph(here) || is_ideograph(after))
                    && after.width() != Some(0)
                    && !"、。，．！？：；）」』】〉》〕’”…ー々".contains(after)
                    && !"（「『【〈《〔‘“".contains(here)
                {
                    at = next;
                    break;
                }
            }
        }
        let (piece, rest) = self.0.split_at(at);
        self.0 = rest;
        Some(piece)
    }
}

/// Says whether a line may end beside a character: ideographs, kana, and their punctuation.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF01}'..='\u{FF60}' | '\u{20000}'..='\u{3FFFD}')
}

/// Some text, wrapped, ready to be written into a template; each line ends with a line break.
#[derive(Debug, Clone)]
pub struct Wrapped<'a> {
    /// What is written.
    pub text: Cow<'a, str>,
    /// Stands before the first line.
    pub first: &'a str,
    /// Stands before all others.
    pub rest: &'a str,
}

impl askama::FastWritable for Wrapped<'_> {
    fn write_into(&self, dest: &mut dyn Write, _: &dyn askama::Values) -> askama::Result<()> {
        Ok(wrap(&self.text, self.first, self.rest, dest)?)
    }
}

impl Display for Wrapped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        wrap(&self.text, self.first, self.rest, f)
    }
}

/// A heading with a line beneath it, as long as its last line is wide.
#[derive(Debug, Clone, Copy)]
pub struct Underlined<'a> {
    /// What is written.
    pub text: &'a str,
    /// What the line is drawn with.
    pub with: char,
}

impl Display for Underlined<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines = String::new();
        wrap(self.text, "", "", &mut lines)?;
        f.write_str(&lines)?;
        let longest = lines.lines().map(|line| line.width()).max().unwrap_or(0);
        (0..longest.min(WIDTH)).try_for_each(|_| f.write_char(self.with))?;
        f.write_char('\n')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(text: &str) -> String {
        Wrapped { text: text.into(), first: "- ", rest: "  " }.to_string()
    }

    #[test]
    fn lines_are_as_wide_as_they_look() {
        let latin = "word ".repeat(40);
        let chinese = "欧洲集群合作平台，".repeat(12);
        let accents = "e\u{301}\u{302} ".repeat(60);
        let faces = "👩‍🔬 🇪🇺 👍🏽 ".repeat(20);
        for text in [&latin, &chinese, &accents, &faces] {
            let lines = wrapped(text);
            assert!(lines.lines().all(|line| line.width() <= WIDTH), "{lines}");
            assert!(lines.lines().count() > 1, "{lines}");
            let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect::<String>();
            assert_eq!(letters(&lines), letters(text));
        }
        assert!(wrapped(&chinese).lines().all(|line| !line.trim_start().starts_with('，')));
        // A character of several code points stays one.
        assert!(wrapped(&faces).lines().all(|line| !line.trim_start().starts_with('\u{200D}')));
    }

    #[test]
    fn a_long_address_stays_whole_on_its_own_line() {
        let url = format!("https://example.org/{}", "path/".repeat(30));
        assert_eq!(wrapped(&format!("See {url} now")), format!("- See\n  {url}\n  now\n"));
    }

    #[test]
    fn what_must_not_be_parted_is_not() {
        let text = format!("{} 10\u{A0}September", "x".repeat(66));
        assert_eq!(wrapped(&text), format!("- {}\n  10\u{A0}September\n", "x".repeat(66)));
        assert_eq!(wrapped(""), "");
        assert_eq!(wrapped("  a  \n b"), "- a\n  b\n");
    }
}
