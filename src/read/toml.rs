//! TOML 1.0 to a record, each value with its very bytes.

use std::borrow::Cow;

use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::record::{Record, Value};
use crate::source::{Quote, SourceId, Span, Text};

/// Reads a whole file. `None`: it is not TOML, and all that is wrong with it has been told.
pub fn read<'s>(id: SourceId, text: &'s str, report: &mut Report) -> Option<Record<'s>> {
    let body = text.trim_start_matches('\u{FEFF}');
    let base = text.len() - body.len();
    let (table, errors) = DeTable::parse_recoverable(body);
    let sound = errors.is_empty();
    for error in errors {
        let range = error.span().unwrap_or(0..0);
        let (start, end) = (base + range.start, base + range.end.max(range.start));
        let said = error.message().lines().next().unwrap_or("").to_owned();
        let repeated = said.contains("duplicate key");
        report.add(if repeated {
            Diagnostic::error(Code::RepeatedField, "a key stands twice")
                .at(Span::new(id, start..end), "again here")
                .help("delete one of the two")
        } else {
            Diagnostic::error(Code::BadToml, "the file is not TOML")
                .at(Span::new(id, start..end), said)
                .help(cure(text, start))
        });
    }
    let reader = Toml { id, base, text };
    sound.then(|| reader.table(table.get_ref(), table.span()))
}

/// Says how the value should be written in whose line an error is.
fn cure(text: &str, at: usize) -> &'static str {
    let at = text.floor_char_boundary(at);
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let line = text[start..].lines().next().unwrap_or("");
    let value = line.split_once('=').map_or(line, |(_, value)| value).trim_start();
    if value.starts_with(['„', '“', '”', '«', '»', '‘', '’', '‚']) {
        "write straight quotes: `title = \"News\"`"
    } else if value.starts_with(|c: char| c.is_ascii_digit()) {
        "write a date as `date = 2026-10-15`, and text in quotes: `title = \"News\"`"
    } else {
        "write text in quotes: `title = \"News\"`"
    }
}

struct Toml<'a> {
    id: SourceId,
    base: usize,
    text: &'a str,
}

impl<'a> Toml<'a> {
    fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.id, self.base + range.start..self.base + range.end)
    }

    fn table(&self, table: &DeTable<'_>, range: std::ops::Range<usize>) -> Record<'a> {
        let mut pairs: Vec<_> = table.iter().collect();
        pairs.sort_by_key(|(key, _)| key.span().start);
        let names = pairs.iter().map(|(key, _)| Text::new(key.get_ref().as_ref().into(), self.span(key.span())));
        let names: Vec<Text> = names.collect();
        let values = pairs.iter().map(|(_, value)| self.value(value.get_ref(), value.span())).collect();
        Record { span: self.span(range), names: names.into(), values }
    }

    fn value(&self, value: &DeValue<'_>, range: std::ops::Range<usize>) -> Value<'a> {
        let span = self.span(range.clone());
        match value {
            DeValue::String(text) => {
                let raw = &self.text[span.range()];
                let quote = if raw.starts_with("\"\"\"") || raw.starts_with("'''") { 3 } else { 1 };
                let inside = span.part(quote..raw.len() - quote);
                if text.is_empty() {
                    Value::Empty(inside)
                } else {
                    Value::Text(Quote::new(Cow::Owned(text.to_string()), inside))
                }
            }
            DeValue::Array(values) => {
                Value::List(values.iter().map(|value| self.value(value.get_ref(), value.span())).collect(), span)
            }
            DeValue::Table(table) => Value::Record(Box::new(self.table(table, range))),
            DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {
                Value::Text(Quote::new(Cow::Borrowed(&self.text[span.range()]), span))
            }
        }
    }
}
