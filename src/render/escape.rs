//! Text inside a Typst string literal.

use std::fmt::{self, Write};

use askama::filters::Escaper;

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
        match c {
            '"' => dest.write_str("\\\""),
            '\\' => dest.write_str("\\\\"),
            '\n' | '\r' | '\t' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => dest.write_char(' '),
            '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}' | '\u{FDD0}'..='\u{FDEF}' => Ok(()),
            '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
                write!(dest, "\\u{{{:x}}}", u32::from(c))
            }
            c if c.is_control() || u32::from(c) & 0xFFFE == 0xFFFE => Ok(()),
            c => dest.write_char(c),
        }
    }
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
}
