//! Placeholders of mailing services, which put a word for each recipient in their place: `{{ unsubscribe }}` (Brevo,
//! listmonk), `*|UNSUB|*` (Mailchimp), `%unsubscribe%` (Mailgun and others).

use std::borrow::Cow;
use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::Spanned;

/// Finds all placeholders of a text. `Err`: where one opens that nothing closes.
pub fn placeholders(text: &str) -> Result<Vec<Range<usize>>, usize> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some((start, close)) = opening(text, at) {
        // One that opens inside another was never closed.
        let inside = start + 2;
        let end = text[inside..].find(close).map(|end| inside + end).ok_or(start)?;
        if opening(&text[..end], inside).is_some() {
            return Err(start);
        }
        at = end + close.len();
        found.push(start..at);
    }
    Ok(found)
}

/// Finds the first opening sign from `at` on, and what closes it. Mailchimp's is followed by a capital: a star before a
/// bar may also be the end of a word in a table.
fn opening(text: &str, at: usize) -> Option<(usize, &'static str)> {
    let bytes = text.as_bytes();
    memchr::memchr2_iter(b'{', b'*', &bytes[at..]).map(|found| at + found).find_map(|at| match &bytes[at..] {
        [b'{', b'{', ..] => Some((at, "}}")),
        [b'*', b'|', b'A'..=b'Z', ..] => Some((at, "|*")),
        _ => None,
    })
}

/// Gives a text as it is for somebody for whom nobody fills them in.
pub fn without_placeholders(text: &str) -> Cow<'_, str> {
    let found = placeholders(text).unwrap_or_default();
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    let ends = std::iter::once(0).chain(found.iter().map(|mark| mark.end));
    let starts = found.iter().map(|mark| mark.start).chain([text.len()]);
    let words: String = ends.zip(starts).map(|(end, start)| &text[end..start]).collect();
    Cow::Owned(words.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Says whether a text is one placeholder and nothing else.
pub fn is_placeholder(text: &str) -> bool {
    let name = text.strip_prefix('%').and_then(|rest| rest.strip_suffix('%'));
    let percent = name.is_some_and(|name| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'))
    });
    percent || placeholders(text).is_ok_and(|found| matches!(found.as_slice(), [whole] if *whole == (0..text.len())))
}

/// Tells a placeholder that is never closed.
pub fn check_placeholders(text: Spanned<&str>, field: &str, report: &mut Report) {
    let Err(at) = placeholders(text.value) else { return };
    let whole = text.span.range().len() == text.value.len();
    let place = if whole { text.span.part(at..at + 2) } else { text.span };
    let close = if text.value[at..].starts_with("{{") { "}}" } else { "|*" };
    report.add(
        Diagnostic::error(Code::BadPlaceholder, format!("a placeholder in `{field}` is never closed"))
            .at(place, format!("no `{close}` follows"))
            .help("write it as your mailing service does: `{{ contact.FIRSTNAME }}`, `*|FNAME|*`"),
    );
}

#[cfg(test)]
#[expect(clippy::single_range_in_vec_init, reason = "one placeholder is one range")]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_found_whole_or_told() {
        for (text, expected) in [
            ("Dear {{ contact.FIRSTNAME }}, news", Ok(vec![5..28])),
            ("*|FNAME|* and *|LNAME|*", Ok(vec![0..9, 14..23])),
            ("70 % of {a} and *this* | *a*|b|*c* |", Ok(vec![])),
            ("Dear {{ name, {{ other }}", Err(5)),
            ("Dear *|FNAME, hello", Err(5)),
        ] {
            assert_eq!(placeholders(text), expected, "{text}");
        }
        assert_eq!(without_placeholders("*|FNAME|*, 5 calls for {{ you }}"), ", 5 calls for");
        for (text, expected) in [
            ("%unsubscribe%", true),
            ("{{ unsubscribe }}", true),
            ("*|UNSUB|*", true),
            ("x *|UNSUB|*", false),
            ("%", false),
        ] {
            assert_eq!(is_placeholder(text), expected, "{text}");
        }
    }
}
