//! Email addresses and telephone numbers that stand where a person or an organisation is named.

use std::borrow::Cow;
use std::ops::Range;

use super::phone::phones;

/// Finds email addresses and telephone numbers in a line, with the brackets around them.
pub fn private_parts(line: &str) -> Vec<Range<usize>> {
    if !line.bytes().any(|b| b == b'@' || b.is_ascii_digit() || b >= 0x80) {
        return Vec::new();
    }
    let plain = Plain::of(line);
    let mut parts: Vec<Range<usize>> = mailboxes(&plain.text);
    let is_free = |phone: &Range<usize>| {
        let next = parts.partition_point(|part| part.end <= phone.start);
        parts.get(next).is_none_or(|part| phone.end <= part.start)
    };
    let phones: Vec<Range<usize>> = phones(&plain.text).into_iter().filter(is_free).collect();
    parts.extend(phones.into_iter().map(|phone| with_brackets(&plain.text, phone)));
    parts.sort_unstable_by_key(|part| part.start);
    parts.into_iter().map(|part| plain.place(part)).collect()
}

/// A line with its digits, spaces, hyphens and signs in ASCII, whatever the script or the typesetting.
struct Plain<'l> {
    text: Cow<'l, str>,
    /// Where each byte of the text, and its end, stands in the line; nothing where they are the same.
    places: Vec<usize>,
}

impl Plain<'_> {
    fn of(line: &str) -> Plain<'_> {
        let folds = |c: char| plain(c) != Some(c);
        if line.is_ascii() || !line.contains(folds) {
            return Plain { text: Cow::Borrowed(line), places: Vec::new() };
        }
        let (mut text, mut places) = (String::with_capacity(line.len()), Vec::with_capacity(line.len() + 1));
        for (at, c) in line.char_indices() {
            text.extend(plain(c));
            places.resize(text.len(), at);
        }
        places.push(line.len());
        Plain { text: Cow::Owned(text), places }
    }

    /// Gives the place in the line of a part of the text.
    fn place(&self, part: Range<usize>) -> Range<usize> {
        if self.places.is_empty() { part } else { self.places[part.start]..self.places[part.end] }
    }
}

/// Gives the plain form of a character; nothing for one that cannot be seen.
fn plain(c: char) -> Option<char> {
    let digit = |zero: char| char::from_digit(u32::from(c) - u32::from(zero), 10);
    match c {
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' => None,
        '\u{2010}' | '\u{2011}' | '\u{FE63}' | '\u{FF0D}' => Some('-'),
        '\u{2012}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' => Some('–'),
        '\u{FE6B}' | '\u{FF20}' => Some('@'),
        '\u{FE62}' | '\u{FF0B}' => Some('+'),
        '\u{FF08}' => Some('('),
        '\u{FF09}' => Some(')'),
        '\u{FF0E}' => Some('.'),
        '\u{FF0F}' => Some('/'),
        '\u{FF1A}' => Some(':'),
        '\u{FF10}'..='\u{FF19}' => digit('\u{FF10}'),
        '\u{660}'..='\u{669}' => digit('\u{660}'),
        '\u{6F0}'..='\u{6F9}' => digit('\u{6F0}'),
        c if c.is_whitespace() => Some(' '),
        c => Some(c),
    }
}

/// Finds words that have an `@` between a name and a host.
fn mailboxes(line: &str) -> Vec<Range<usize>> {
    let ends_word = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '<' | '>' | '(' | ')' | '[' | ']' | '"');
    let (mut found, mut start) = (Vec::new(), 0);
    for word in line.split(ends_word) {
        if let Some((name, host)) = word.rsplit_once('@') {
            let host = host.trim_end_matches('.');
            // A handle (`@ada`, `@ada@example.social`) is no mailbox.
            let is_handle = matches!(name.trim_start_matches("mailto:").chars().next(), None | Some('@'));
            if !is_handle && host.contains('.') && !host.starts_with('.') {
                found.push(with_brackets(line, start..start + name.len() + 1 + host.len()));
            }
        }
        start += word.len();
        start += line[start..].chars().next().map_or(0, char::len_utf8);
    }
    found
}

/// Takes in the brackets around a part.
fn with_brackets(line: &str, part: Range<usize>) -> Range<usize> {
    let (before, after) = (line[..part.start].chars().next_back(), line[part.end..].chars().next());
    let is_pair = matches!((before, after), (Some('<'), Some('>')) | (Some('('), Some(')')) | (Some('['), Some(']')));
    if is_pair { part.start - 1..part.end + 1 } else { part }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_numbers_are_found() {
        for (line, expected) in [
            ("Ann Lee <ann@x.org>", "<ann@x.org>"),
            ("Ann Lee (ann.lee@mail.x.org), Director", "(ann.lee@mail.x.org)"),
            ("Ann, mailto:ann@x.org, +32 2 555 12 34", "mailto:ann@x.org|+32 2 555 12 34"),
            ("Ann, (02) 555 12 34", "(02) 555 12 34"),
            ("Ännä@köln.example.", "Ännä@köln.example"),
            ("Ada, @ada, X", ""),
            ("Ada -- @ada@social.example.org", ""),
            ("Ada (0765 4698 999)", "(0765 4698 999)"),
            ("Working Group 2024-2025, Unit 4", ""),
            ("Days of 01.02.2024", ""),
            ("Room 0.12", ""),
            ("é 01234567-0765-4698-9990-012345678901, 0660 1234567", "0660 1234567"),
            ("Ann ann＠x.org", "ann＠x.org"),
            ("Ann ａ＠x．org, B", "ａ＠x．org"),
            ("Bo (0660 1234567), tél. 02\u{A0}555\u{A0}12\u{A0}34", "(0660 1234567)|tél. 02\u{A0}555\u{A0}12\u{A0}34"),
            ("Bo +32\u{A0}2\u{202F}555\u{2011}12\u{2013}34 é", "+32\u{A0}2\u{202F}555\u{2011}12\u{2013}34"),
            ("Bo +32\u{200B} 2 555 ١٢ ٣٤", "+32\u{200B} 2 555 ١٢ ٣٤"),
            ("Years 01.2024\u{2013}12.2026", ""),
            ("会議 – Ünit", ""),
        ] {
            let found: Vec<&str> = private_parts(line).into_iter().map(|part| &line[part]).collect();
            assert_eq!(found.join("|"), expected, "{line}");
        }
    }
}
