//! How a file writes text: what its quotes and escapes stand for, so that a part of a value is found in the file again.

use std::ops::Range;

/// How a file writes text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// RFC 4180: a quote inside quotes stands twice.
    Csv,
    /// RFC 8259 §7: `\` starts an escape.
    Json,
    /// TOML 1.0: as JSON, and text over several lines.
    Toml,
    /// XML 1.0: `&` starts a reference.
    Xml,
    /// iCalendar (RFC 5545 §3.1, §3.3.11): `\` starts an escape, and a line goes on after a space.
    Calendar,
    /// HTML with JSON-LD in it: as JSON.
    Page,
}

impl Form {
    /// Knows the form of a file by its name, else by how its text begins; what is none of the others is read as CSV.
    pub fn of(name: &str, text: &str) -> Form {
        let end = name.rsplit_once('.').map_or("", |(_, end)| end).to_ascii_lowercase();
        match end.as_str() {
            "json" | "jsonl" | "ndjson" | "jsonld" => Form::Json,
            "toml" => Form::Toml,
            "xml" | "rss" | "atom" | "rdf" => Form::Xml,
            "ics" | "ical" | "ifb" => Form::Calendar,
            "html" | "htm" | "xhtml" => Form::Page,
            "csv" | "tsv" | "txt" => Form::Csv,
            _ => Form::of_text(text),
        }
    }

    fn of_text(text: &str) -> Form {
        let start = text.trim_start_matches('\u{FEFF}').trim_start();
        let begins = |with: &str| start.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
        match () {
            () if start.starts_with(['{', '[']) => Form::Json,
            () if begins("BEGIN:VCALENDAR") => Form::Calendar,
            () if begins("<!doctype html") || begins("<html") => Form::Page,
            () if start.starts_with('<') => Form::Xml,
            () => Form::Csv,
        }
    }

    /// Finds the bytes of `raw` that say the part `range` of `value`, whatever the form: the one that reads `raw` as
    /// `value` is right.
    pub fn find(raw: &str, value: &str, range: &Range<usize>) -> Option<Range<usize>> {
        [Form::Json, Form::Toml, Form::Csv].iter().find_map(|form| form.part(raw, value, range.clone()))
    }

    /// Finds the bytes of `raw` that say the part `range` of `value`. A value may be tidier than what stands in the
    /// file: trimmed, runs of spaces made one, invisible characters left out. `None`: it says something else.
    pub(super) fn part(self, raw: &str, value: &str, range: Range<usize>) -> Option<Range<usize>> {
        if std::ptr::eq(raw, value) || raw == value {
            return Some(range);
        }
        let (mut at, mut start) = (0, None);
        let mut wanted = value.char_indices().peekable();
        while let Some(&(inside, c)) = wanted.peek() {
            if inside >= range.end {
                break;
            }
            let (read, len) = self.unit(raw.get(at..)?)?;
            let blank = c == ' ' && read.is_some_and(char::is_whitespace);
            if read == Some(c) || blank {
                if inside >= range.start {
                    start.get_or_insert(at);
                }
                wanted.next();
            } else if read.is_some_and(|read| !read.is_whitespace() && !read.is_control() && !is_left_out(read)) {
                return None;
            }
            at += len;
            // One space may stand for a run of them.
            while blank && let Some((Some(next), len)) = self.unit(raw.get(at..)?).filter(|_| at < raw.len()) {
                let more = next.is_whitespace() && wanted.peek().is_some_and(|(_, c)| *c != next);
                if !more {
                    break;
                }
                at += len;
            }
        }
        Some(start?..at)
    }

    /// Reads one character as the file writes it; with it the bytes that it takes. A character may stand for nothing.
    fn unit(self, raw: &str) -> Option<(Option<char>, usize)> {
        let first = raw.chars().next()?;
        match (self, first) {
            (Form::Calendar, '\r' | '\n') => {
                let fold = raw.find([' ', '\t']).filter(|at| raw[..*at].trim_end_matches(['\r', '\n']).is_empty())?;
                Some((None, fold + 1))
            }
            (Form::Calendar, '\\') => {
                let c = raw[1..].chars().next()?;
                Some((Some(if matches!(c, 'n' | 'N') { '\n' } else { c }), 1 + c.len_utf8()))
            }
            (_, '\r') if raw.starts_with("\r\n") => Some((Some('\n'), 2)),
            (_, '\r') => Some((Some('\n'), 1)),
            (Form::Csv, '"') if raw.starts_with("\"\"") => Some((Some('"'), 2)),
            (Form::Json | Form::Toml | Form::Page, '\\') => escape(&raw[1..]).map(|(c, len)| (c, len + 1)),
            (Form::Xml, '&') => reference(&raw[1..]).map(|(c, len)| (Some(c), len + 1)),
            _ => Some((Some(first), first.len_utf8())),
        }
    }
}

/// Reads what follows a `&` (XML 1.0 §4.1, §4.6).
fn reference(rest: &str) -> Option<(char, usize)> {
    let (name, _) = rest.split_once(';')?;
    let number = name.strip_prefix('#').map(|number| match number.strip_prefix('x') {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => number.parse(),
    });
    let c = match (name, number) {
        (_, Some(number)) => char::from_u32(number.ok()?)?,
        ("amp", _) => '&',
        ("lt", _) => '<',
        ("gt", _) => '>',
        ("quot", _) => '"',
        ("apos", _) => '\'',
        _ => return None,
    };
    Some((c, name.len() + 1))
}

/// Reads what follows a `\`.
fn escape(rest: &str) -> Option<(Option<char>, usize)> {
    let hex = |from: usize, len: usize| u32::from_str_radix(rest.get(from..from + len)?, 16).ok();
    let sign = rest.chars().next()?;
    let c = match sign {
        'n' | 'r' => '\n',
        't' => '\t',
        'b' => '\u{8}',
        'f' => '\u{C}',
        'e' => '\u{1B}',
        'u' => {
            let first = hex(1, 4)?;
            if (0xD800..0xDC00).contains(&first) {
                let second = hex(7, 4)?.checked_sub(0xDC00)?;
                return Some((char::from_u32(0x1_0000 + ((first - 0xD800) << 10) + second), 11));
            }
            return Some((char::from_u32(first), 5));
        }
        'U' => return Some((char::from_u32(hex(1, 8)?), 9)),
        // A line that goes on below (TOML).
        '\n' | '\r' | ' ' => return Some((None, rest.len() - rest.trim_start().len())),
        other => other,
    };
    Some((Some(c), sign.len_utf8()))
}

/// Says whether a character is one of those that decoding leaves out.
fn is_left_out(c: char) -> bool {
    matches!(c, '\u{FEFF}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FFF9}'..='\u{FFFB}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_value_is_found_in_the_file() {
        for (form, raw, value, part, expected) in [
            (Form::Csv, "a big dog", "a big dog", "big", Some("big")),
            (Form::Csv, "say \"\"so\"\" now", "say \"so\" now", "now", Some("now")),
            (Form::Csv, "say \"\"so\"\" now", "say \"so\" now", "\"so\"", Some("\"\"so\"\"")),
            (Form::Csv, "  one \r\n two ", "one two", "two", Some("two")),
            (Form::Csv, "one\r\ntwo", "one\ntwo", "e\nt", Some("e\r\nt")),
            (Form::Json, r"one\n\ntwo \u00e9", "one\n\ntwo é", "two", Some("two")),
            (Form::Json, r"one\n\ntwo \u00e9", "one\n\ntwo é", "é", Some(r"\u00e9")),
            (Form::Json, r"\ud83d\ude00 x\\ny", "😀 x\\ny", "ny", Some("ny")),
            (Form::Toml, "\none \\\n  two", "one two", "two", Some("two")),
            (Form::Csv, "zwo", "two", "wo", None),
        ] {
            let start = value.find(part).expect("a part of the value");
            let found = form.part(raw, value, start..start + part.len());
            assert_eq!(found.map(|range| &raw[range]), expected, "{raw}");
        }
    }
}
