//! Email addresses and telephone numbers that stand where a person or an organisation is named.

use std::ops::Range;

/// Finds email addresses and telephone numbers in a line, with the brackets around them.
pub fn private_parts(line: &str) -> Vec<Range<usize>> {
    if !line.bytes().any(|b| b == b'@' || b.is_ascii_digit()) {
        return Vec::new();
    }
    let mut parts: Vec<Range<usize>> = mailboxes(line);
    for phone in phones(line) {
        if parts.iter().all(|part| part.end <= phone.start || phone.end <= part.start) {
            parts.push(phone);
        }
    }
    parts.sort_unstable_by_key(|part| part.start);
    parts
}

/// Finds words that have an `@` between a name and a host.
fn mailboxes(line: &str) -> Vec<Range<usize>> {
    let ends_word = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '<' | '>' | '(' | ')' | '[' | ']' | '"');
    let mut found = Vec::new();
    for (at, _) in line.match_indices('@') {
        let start = line[..at].rfind(ends_word).map_or(0, |before| before + char_len(line, before));
        let end = line[at..].find(ends_word).map_or(line.len(), |after| at + after);
        let (name, host) = (&line[start..at], line[at + 1..end].trim_end_matches('.'));
        // A handle (`@ada`, `@ada@example.social`) is no mailbox.
        let is_host = host.contains('.') && !host.starts_with('.') && !host.contains('@');
        let name = name.trim_start_matches("mailto:");
        if !name.is_empty() && !name.contains('@') && is_host {
            found.push(with_brackets(line, start..at + 1 + host.len()));
        }
    }
    found
}

/// Finds at least seven digits that start with `+` or `0` and have nothing between them but what structures a number.
fn phones(line: &str) -> Vec<Range<usize>> {
    let bytes = line.as_bytes();
    let is_inside = |b: u8| b.is_ascii_digit() || matches!(b, b' ' | b'-' | b'.' | b'/' | b'(' | b')');
    let (mut found, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        // In the middle of a word, or of an id such as `3d5a217b-0765-4698`, no number starts.
        let is_joined = |b: u8| b.is_ascii_alphanumeric() || b >= 0x80 || matches!(b, b'-' | b'_' | b'.' | b'/');
        let fresh = at == 0 || !is_joined(bytes[at - 1]);
        let starts = bytes[at] == b'+' || bytes[at] == b'0' || bytes[at] == b'(' && bytes.get(at + 1) == Some(&b'0');
        if !(fresh && starts) {
            at += 1;
            continue;
        }
        let length = bytes[at + 1..].iter().take_while(|b| is_inside(**b)).count();
        let text = line[at..at + 1 + length].trim_end_matches(|c: char| !c.is_ascii_digit());
        let goes_on = bytes.get(at + text.len()).is_some_and(|b| is_joined(*b) && !matches!(b, b'.' | b'/'));
        let is_number = text.bytes().filter(u8::is_ascii_digit).count() >= 7;
        if is_number && !is_date(text) && !goes_on && !is_in_uuid(line, at) {
            let closes = text.starts_with('(') && !text.contains(')') && line[at + text.len()..].starts_with(')');
            found.push(with_brackets(line, at..at + text.len() + usize::from(closes)));
        }
        at += 1 + length;
    }
    found
}

/// Says whether a place lies in a UUID (RFC 9562 §4), by which event systems name people: none of it is a number.
fn is_in_uuid(line: &str, at: usize) -> bool {
    let is_inside = |c: char| c.is_ascii_hexdigit() || c == '-';
    let start = line[..at].rfind(|c| !is_inside(c)).map_or(0, |before| before + char_len(line, before));
    let end = line[at..].find(|c| !is_inside(c)).map_or(line.len(), |length| at + length);
    line[start..end].split('-').map(str::len).eq([8, 4, 4, 4, 12])
}

/// Says whether digits are a day: `01.02.2024`, `01/02/2024`, `01-02-2024`.
fn is_date(text: &str) -> bool {
    let first = text.split(' ').next().unwrap_or(text);
    let groups: Vec<usize> = first.split(['.', '/', '-']).map(str::len).collect();
    groups == [2, 2, 4]
}

fn char_len(line: &str, at: usize) -> usize {
    line[at..].chars().next().map_or(0, char::len_utf8)
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
            ("3d5a217b-0765-4698-999b-1fd2a749b344", ""),
            ("0765-4698-999b-1fd2a749b344", ""),
            ("Ada (0765 4698 999)", "(0765 4698 999)"),
            ("Working Group 2024-2025, Unit 4", ""),
            ("Days of 01.02.2024", ""),
            ("Room 0.12", ""),
            ("é 01234567-0765-4698-9990-012345678901, 0660 1234567", "0660 1234567"),
            ("01234567-0765-4698-999b-1fd2a749b344", ""),
        ] {
            let found: Vec<&str> = private_parts(line).into_iter().map(|part| &line[part]).collect();
            assert_eq!(found.join("|"), expected, "{line}");
        }
    }
}
