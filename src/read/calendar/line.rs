//! Content lines (RFC 5545 §3.1): unfolded, each part in its place.

use std::borrow::Cow;

use crate::record::Value;
use crate::source::{Quote, SourceId, Span, Text};

/// A property with its parameters.
#[derive(Debug)]
pub(super) struct Line<'s> {
    /// In capitals.
    pub(super) name: String,
    /// All of it.
    pub(super) place: Span,
    /// Where its value stands.
    pub(super) value: Span,
    /// The value as written, unfolded.
    pub(super) raw: Cow<'s, str>,
    /// Names in capitals, values without quotes.
    parameters: Vec<(String, String)>,
}

impl<'s> Line<'s> {
    /// Gives a parameter.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Gives the name in small letters.
    pub(super) fn title(&self) -> Text {
        Text::new(self.name.to_ascii_lowercase().into(), self.place)
    }

    /// Gives the value as text (§3.3.11).
    pub(super) fn text(&self) -> Value<'s> {
        let value = unescaped(&self.raw);
        if value.trim().is_empty() { Value::Empty(self.value) } else { Value::Text(Quote::new(value, self.value)) }
    }

    /// Gives its values as texts, split at commas.
    pub(super) fn texts(&self) -> Vec<Value<'s>> {
        let mut parts = vec![String::new()];
        let mut letters = self.raw.chars();
        while let Some(c) = letters.next() {
            let last = parts.last_mut().expect("there is one");
            match c {
                '\\' => {
                    last.push(c);
                    last.extend(letters.next());
                }
                ',' => parts.push(String::new()),
                c => last.push(c),
            }
        }
        let parts = parts
            .into_iter()
            .map(|part| unescaped(&Cow::Borrowed(part.trim())).into_owned())
            .filter(|part| !part.is_empty());
        parts.map(|part| Value::Text(Quote::new(Cow::Owned(part), self.value))).collect()
    }
}

fn unescaped<'s>(raw: &Cow<'s, str>) -> Cow<'s, str> {
    if !raw.contains('\\') {
        return raw.clone();
    }
    let mut value = String::with_capacity(raw.len());
    let mut letters = raw.chars();
    while let Some(c) = letters.next() {
        match (c, letters.clone().next()) {
            ('\\', Some('n' | 'N')) => value.push('\n'),
            ('\\', Some(sign @ ('\\' | ';' | ','))) => value.push(sign),
            // Some write a backslash that escapes nothing.
            (c, _) => {
                value.push(c);
                continue;
            }
        }
        letters.next();
    }
    Cow::Owned(value)
}

/// Gives all lines; the place of one that is none.
pub(super) fn lines<'s>(id: SourceId, text: &'s str) -> impl Iterator<Item = Result<Line<'s>, Span>> {
    let mut at = text.len() - text.trim_start_matches('\u{FEFF}').len();
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
            let start = at;
            let mut end = memchr::memchr(b'\n', rest.as_bytes()).map_or(text.len(), |end| start + end);
            // A line goes on where the next one begins with a space.
            while text[end..].starts_with("\n ") || text[end..].starts_with("\n\t") {
                end = memchr::memchr(b'\n', &text.as_bytes()[end + 1..]).map_or(text.len(), |next| end + 1 + next);
            }
            at = end + 1;
            let line = text[start..end].trim_end_matches('\r');
            if !line.trim().is_empty() {
                return Some(read(id, start, line).ok_or(Span::new(id, start..start + line.len())));
            }
        }
    })
}

fn read<'s>(id: SourceId, start: usize, line: &'s str) -> Option<Line<'s>> {
    let mut quoted = false;
    let colon = line.bytes().position(|b| {
        quoted ^= b == b'"';
        b == b':' && !quoted
    })?;
    let head = unfolded(&line[..colon]);
    let mut parts = Vec::new();
    let (mut from, mut quoted) = (0, false);
    for (at, b) in head.bytes().enumerate() {
        quoted ^= b == b'"';
        if b == b';' && !quoted {
            parts.push(&head[from..at]);
            from = at + 1;
        }
    }
    parts.push(&head[from..]);
    let name = parts[0].trim();
    // A group before a point is of vCard.
    let is_name =
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
    let parameters = parts[1..].iter().filter_map(|part| {
        let (name, value) = part.split_once('=')?;
        Some((name.trim().to_ascii_uppercase(), value.trim().trim_matches('"').to_owned()))
    });
    let parameters = parameters.collect();
    is_name.then(|| Line {
        name: name.to_ascii_uppercase(),
        place: Span::new(id, start..start + line.len()),
        value: Span::new(id, start + colon + 1..start + line.len()),
        raw: unfolded(&line[colon + 1..]),
        parameters,
    })
}

fn unfolded(raw: &str) -> Cow<'_, str> {
    if !raw.contains('\n') {
        return Cow::Borrowed(raw);
    }
    let mut lines = raw.split('\n').map(|line| line.trim_end_matches('\r'));
    let mut whole = lines.next().unwrap_or_default().to_owned();
    lines.for_each(|line| whole.push_str(&line[1..]));
    Cow::Owned(whole)
}
