//! Text inside a Typst string literal, text in HTML.

use std::fmt::{self, Write};

use askama::filters::Escaper;
use memchr::{memchr2, memchr3};

/// Escapes what askama prints into a `.typ` template, where every value stands between quotation marks.
///
/// `\` and `"` could end the literal. Line breaks and tabs become spaces, other controls and noncharacters vanish:
/// PDF/UA-1 has no place for them. What changes the direction of writing is written by its number, so that the
/// Typst text reads as it is.
#[derive(Debug, Clone, Copy, Default)]
pub struct TypstString;

impl Escaper for TypstString {
    fn write_escaped_str<W: Write>(&self, mut dest: W, string: &str) -> fmt::Result {
        string.chars().try_for_each(|c| self.write_escaped_char(&mut dest, c))
    }

    fn write_escaped_char<W: Write>(&self, mut dest: W, c: char) -> fmt::Result {
        match printable(c) {
            Some('"') => dest.write_str("\\\""),
            Some('\\') => dest.write_str("\\\\"),
            Some(c @ ('\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')) => {
                write!(dest, "\\u{{{:x}}}", u32::from(c))
            }
            Some(c) => dest.write_char(c),
            None => Ok(()),
        }
    }
}

/// Writes text into HTML so that none of it can be a tag, an attribute's end or an entity.
pub(super) fn escape(text: &str, out: &mut dyn Write) -> fmt::Result {
    let bytes = text.as_bytes();
    // Most texts have no such sign.
    if memchr3(b'&', b'<', b'>', bytes).or_else(|| memchr2(b'"', b'\'', bytes)).is_none() {
        return out.write_str(text);
    }
    let is_sign = |byte: u8| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'');
    let mut rest = text;
    while let Some(at) = rest.bytes().position(is_sign) {
        out.write_str(&rest[..at])?;
        out.write_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        })?;
        rest = &rest[at + 1..];
    }
    out.write_str(rest)
}

/// Gives the character as it can be printed: what breaks a line is a space, other controls and noncharacters are
/// nothing.
fn printable(c: char) -> Option<char> {
    match c {
        '\n' | '\r' | '\t' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        '\u{FEFF}' | '\u{FDD0}'..='\u{FDEF}' => None,
        c if c.is_control() || u32::from(c) & 0xFFFE == 0xFFFE => None,
        c => Some(c),
    }
}

/// Gives a text in one line without anything that cannot be printed, for what is said about a document.
pub(super) fn one_line(text: &str) -> String {
    text.chars().filter_map(printable).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Writes a text as a Typst string literal, quotation marks included.
pub(super) fn literal(text: &str, out: &mut String) {
    out.push('"');
    TypstString.write_escaped_str(&mut *out, text).expect("a String takes everything");
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_stays_text() {
        for (text, expected) in [
            (r#"#panic(\"#, r##""#panic(\\""##),
            (r##"") #panic("##, r##""\") #panic(""##),
            (r#"\"#, r#""\\""#),
            ("a\r\nb\tc", r#""a  b c""#),
            ("a\0b\u{7}\u{9F}\u{FFFE}\u{1FFFF}\u{FEFF}c", r#""abc""#),
            ("a\u{202E}b", r#""a\u{202e}b""#),
            ("„ä“ 中 😀", "\"„ä“ 中 😀\""),
        ] {
            let mut out = String::new();
            literal(text, &mut out);
            assert_eq!(out, expected, "{text:?}");
        }
    }

    #[test]
    fn what_is_said_about_a_document_is_one_line() {
        assert_eq!(one_line(" a\r\n\tb\0 \u{FEFF}c "), "a b c");
    }

    /// The whole defence against user text that would be code.
    #[test]
    fn every_value_in_a_typst_template_stands_in_a_string_literal() {
        let template = concat!(
            include_str!("../../templates/summary.typ"),
            include_str!("../../templates/handout.typ"),
            include_str!("../../templates/speakers.typ"),
            include_str!("../../templates/signs.typ"),
            include_str!("../../templates/parts/macros.typ"),
            include_str!("../../templates/parts/sheet.typ"),
        );
        for (number, line) in template.lines().enumerate() {
            for (at, _) in line.match_indices("{{") {
                let value = line[at..].split("}}").next().expect("a value");
                let quoted = line[..at].ends_with('"') && line[at + value.len()..].starts_with("}}\"");
                assert!(quoted || value.ends_with(".code() "), "line {}: {value}", number + 1);
            }
        }
        let theme = concat!(include_str!("../../templates/theme.typ"), include_str!("../../templates/theme/print.typ"));
        for word in ["eval(", "plugin(", "sys.", "import", "read(", "datetime.today"] {
            assert!(!theme.contains(word) && (word == "import" || !template.contains(word)), "{word}");
        }
    }
}
