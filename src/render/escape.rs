//! Text inside a Typst string literal, text in HTML.

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
    let mut rest = text;
    while let Some(at) = find_sign(rest.as_bytes()) {
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

/// Finds the first of `&`, `'`, `<`, `>` and `"`. It looks at eight letters at once: texts are short, and to set out for
/// more takes longer than it brings.
fn find_sign(text: &[u8]) -> Option<usize> {
    let each = |byte: u8| u64::from_le_bytes([byte; 8]);
    // The lowest byte that is nought has its highest bit set, and none below it has.
    let nought = |word: u64| word.wrapping_sub(each(1)) & !word & each(0x80);
    let find = |word: &[u8; 8]| {
        let word = u64::from_le_bytes(*word);
        // `&` and `'` differ in their last bit, `<` and `>` in the one before it.
        let found =
            nought((word | each(1)) ^ each(b'\'')) | nought((word | each(2)) ^ each(b'>')) | nought(word ^ each(b'"'));
        (found != 0).then(|| found.trailing_zeros() as usize / 8)
    };
    let is_sign = |byte: &u8| matches!(byte, b'&' | b'\'' | b'<' | b'>' | b'"');
    let Some(last) = text.last_chunk() else { return text.iter().position(is_sign) };
    let found = text.as_chunks().0.iter().enumerate().find_map(|(number, word)| Some(8 * number + find(word)?));
    found.or_else(|| Some(text.len() - 8 + find(last)?))
}

/// A text in HTML that can hold no isolates: an address, or words of the program.
#[derive(Debug, Clone, Copy)]
pub struct Escaped<'a>(pub &'a str);

html!(Escaped<'_>, |text, out| escape(text.0, out));

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

    #[test]
    fn every_sign_is_found_wherever_it_stands() {
        for sign in ['&', '<', '>', '"', '\''] {
            for (before, after) in (0..20).flat_map(|before| (0..20).map(move |after| (before, after))) {
                let text = format!("{}{sign}{}", "%=?·".repeat(before), "!;".repeat(after));
                let mut out = String::new();
                escape(&text, &mut out).expect("a String takes everything");
                assert!(out.len() > text.len() + 2 && out.matches(sign).count() == usize::from(sign == '&'), "{text}");
            }
        }
        let plain: String = (' '..='\u{17F}').filter(|c| !"&<>\"'".contains(*c)).collect();
        let mut out = String::new();
        escape(&plain, &mut out).expect("a String takes everything");
        assert_eq!(out, plain);
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
