//! JSON (RFC 8259) to records, each value with its very bytes. Objects that follow each other, one in a line or not, are
//! a list of rows (JSON Lines).
//!
//! Values are taken as `RawValue`, whose address inside the text is its place. Pairs are collected in a list, because
//! a map would drop a repeated key in silence.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use rustc_hash::FxHashMap;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::read::tree::DEEPEST;
use crate::read::{LONGEST_CELL, Rows};
use crate::record::{Record, Value, fold, steps};
use crate::source::{Quote, SourceId, Span, Text};

/// A list of rows, found and not looked into.
#[derive(Debug)]
pub struct Sheet<'s> {
    id: SourceId,
    text: &'s str,
    rows: Vec<&'s RawValue>,
}

impl<'s> Sheet<'s> {
    /// Finds the rows: `at` is a JSON pointer to them, in which `*` stands for every key or number; without one they are
    /// the whole file, or the value of the key `table`. `None`: there are none, and that has been told.
    pub fn open(id: SourceId, text: &'s str, table: &str, at: Option<&Text>, report: &mut Report) -> Option<Sheet<'s>> {
        let mut reader = Json { id, text, report };
        let rows = match reader.roots(body(text))?.as_slice() {
            [root] => reader.rows(root, table, at)?,
            roots => roots.to_vec(),
        };
        Some(Sheet { id, text, rows })
    }
}

/// Reads a whole file, or the part of one that is JSON. `None`: it is none, and that has been told.
pub fn tree<'s>(id: SourceId, text: &'s str, part: &'s str, report: &mut Report) -> Option<Value<'s>> {
    let mut reader = Json { id, text, report };
    match reader.roots(body(part))?.as_slice() {
        [root] => reader.value(root, 0),
        roots => {
            let values = roots.iter().filter_map(|root| reader.value(root, 1)).collect();
            Some(Value::List(values, reader.span(part)))
        }
    }
}

impl<'s> super::Sheet<'s> for Sheet<'s> {
    fn parts(&self) -> Box<dyn Iterator<Item = Range<usize>> + '_> {
        Box::new(super::parts_of(self.rows.len()))
    }

    fn end(&self) -> usize {
        self.rows.len()
    }

    fn rows<'a>(&'a self, part: Range<usize>) -> Box<dyn Rows<'s> + 'a> {
        Box::new(Part { sheet: self, rows: self.rows[part].iter() })
    }
}

/// The rows of one part.
struct Part<'a, 's> {
    sheet: &'a Sheet<'s>,
    rows: std::slice::Iter<'a, &'s RawValue>,
}

impl<'s> Rows<'s> for Part<'_, 's> {
    fn next(&mut self, report: &mut Report) -> Option<Record<'s>> {
        let mut reader = Json { id: self.sheet.id, text: self.sheet.text, report };
        for row in &mut self.rows {
            if row.get().starts_with('{') {
                if let Some(Value::Record(record)) = reader.value(row, 0) {
                    return Some(*record);
                }
            } else {
                let span = reader.span(row.get());
                reader.report.add(
                    Diagnostic::error(Code::BadJson, "a row is not an object")
                        .at(span, "")
                        .help("write a row as `{\"id\": …, \"title\": …}`"),
                );
            }
        }
        None
    }
}

fn body(text: &str) -> &str {
    text.trim_start_matches('\u{FEFF}')
}

struct Json<'a, 'r> {
    id: SourceId,
    text: &'a str,
    report: &'r mut Report,
}

impl<'a> Json<'a, '_> {
    /// Gives the place of a slice of the text.
    fn span(&self, part: &str) -> Span {
        let start = (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        Span::new(self.id, start..start + part.len())
    }

    fn parse<T: Deserialize<'a>>(&mut self, part: &'a str) -> Option<T> {
        match serde_json::from_str(part) {
            Ok(value) => Some(value),
            Err(error) => {
                let at = self.span(part).start as usize + offset(part, error.line(), error.column());
                let at = self.text.floor_char_boundary(at.min(self.text.len()));
                let end = self.text[at..].chars().next().map_or(at, |c| at + c.len_utf8());
                // serde_json appends the place, counted in this part; ours is counted in the file.
                let said = error.to_string();
                let why = match said.split(" at line ").next().unwrap_or(&said) {
                    "key must be a string" if self.text[at..end].starts_with('}') => "trailing comma",
                    _ if part.trim().is_empty() => "nothing stands in it",
                    why => why,
                };
                self.report.add(
                    Diagnostic::error(Code::BadJson, "the file is not JSON")
                        .at(Span::new(self.id, at..end), why)
                        .help(cure(why)),
                );
                None
            }
        }
    }

    /// Gives the value that the text is, or the objects that follow each other in it.
    fn roots(&mut self, text: &'a str) -> Option<Vec<&'a RawValue>> {
        if let Ok(root) = serde_json::from_str(text) {
            return Some(vec![root]);
        }
        let mut values = serde_json::Deserializer::from_str(text).into_iter::<&RawValue>();
        let (mut objects, mut end) = (Vec::new(), 0);
        while let Some(Ok(value)) = values.next()
            && value.get().starts_with('{')
        {
            objects.push(value);
            end = values.byte_offset();
        }
        if objects.len() > 1 && text[end..].trim().is_empty() {
            return Some(objects);
        }
        // A mistake in a later object has its place there.
        let rest = text[end..].trim_start();
        let rest = if rest.starts_with('{') || objects.len() > 1 { rest } else { text };
        if self.parse::<&RawValue>(rest).is_some() {
            let span = self.span(rest);
            let told = Diagnostic::error(Code::BadJson, "the file is not JSON").at(span, "not an object");
            self.report
                .add(told.help("write one object after the other, each in its line, or all of them in one list"));
        }
        None
    }

    fn rows(&mut self, root: &'a RawValue, table: &str, at: Option<&Text>) -> Option<Vec<&'a RawValue>> {
        let mut value = root;
        if let Some(at) = at {
            let mut found = vec![root];
            let steps = steps(at.as_str());
            if steps.is_empty() && root.get().starts_with('{') {
                return Some(found);
            }
            for step in steps {
                found = found.into_iter().flat_map(|value| self.steps(value, &step)).collect();
                if found.is_empty() {
                    self.report.add(
                        Diagnostic::error(Code::BadValue, format!("`at` leads nowhere in `{step}`"))
                            .at(at.span, "")
                            .at(self.span(root.get().get(..1).unwrap_or("")), "in this file")
                            .help("`at` is a JSON pointer to the rows, as in `/schedule/talks`"),
                    );
                    return None;
                }
            }
            let lists: Option<Vec<_>> = found.into_iter().map(|value| self.list(value)).collect();
            return lists.map(|lists| lists.concat());
        } else if value.get().starts_with('{') {
            let Pairs(pairs) = self.parse(value.get())?;
            match pairs.into_iter().find(|(key, _)| fold(key) == table) {
                Some((_, rows)) => value = rows,
                None => {
                    let span = self.span(&value.get()[..1]);
                    self.report.add(
                        Diagnostic::error(Code::BadJson, format!("the file has no key `{table}`"))
                            .at(span, "this object")
                            .help(format!("write a list of rows, or `{{\"{table}\": […]}}`")),
                    );
                    return None;
                }
            }
        }
        self.list(value)
    }

    /// Gives the rows of a list; anything else is told.
    fn list(&mut self, value: &'a RawValue) -> Option<Vec<&'a RawValue>> {
        if value.get().starts_with('[') {
            return self.parse(value.get());
        }
        let span = self.span(value.get());
        self.report.add(Diagnostic::error(Code::BadJson, "the rows are not a list").at(span, "").help("write `[…]`"));
        None
    }

    /// Goes one step of a pointer; `*` goes to every value of a list or object, a name into every object of a list.
    fn steps(&mut self, value: &'a RawValue, step: &str) -> Vec<&'a RawValue> {
        if value.get().starts_with('{') {
            let pairs = self.parse(value.get()).map(|Pairs(pairs)| pairs).unwrap_or_default();
            let wanted = pairs.into_iter().filter(|(key, _)| step == "*" || key == step);
            let values = wanted.map(|(_, value)| value);
            return if step == "*" { values.collect() } else { values.take(1).collect() };
        }
        let list: Vec<&RawValue> = match value.get().starts_with('[') {
            true => self.parse(value.get()).unwrap_or_default(),
            false => return Vec::new(),
        };
        match step.parse::<usize>() {
            Ok(at) => list.get(at).copied().into_iter().collect(),
            Err(_) if step == "*" => list,
            Err(_) => {
                let inside = list.into_iter().filter(|value| value.get().starts_with(['{', '[']));
                inside.flat_map(|value| self.steps(value, step)).collect()
            }
        }
    }

    fn value(&mut self, raw: &'a RawValue, depth: usize) -> Option<Value<'a>> {
        let text = raw.get();
        let span = self.span(text);
        if depth > DEEPEST {
            self.report.add(Diagnostic::error(Code::BadJson, "objects are nested too deep").at(span, ""));
            return None;
        }
        Some(match text.as_bytes().first() {
            Some(b'{') => {
                let Pairs(pairs) = self.parse(text)?;
                Value::Record(Box::new(self.record(pairs, span, depth)))
            }
            Some(b'[') => {
                let list: Vec<&RawValue> = self.parse(text)?;
                Value::List(list.into_iter().filter_map(|value| self.value(value, depth + 1)).collect(), span)
            }
            Some(b'"') => {
                let Value::Text(value) = self.string(text, span)? else { return Some(Value::Empty(span)) };
                if value.value.is_empty() { Value::Empty(value.span) } else { Value::Text(value) }
            }
            Some(b'n') => Value::Empty(span),
            _ => Value::Text(Quote::new(Cow::Borrowed(text), span)),
        })
    }

    fn string(&mut self, text: &'a str, span: Span) -> Option<Value<'a>> {
        let inside = span.part(1..text.len() - 1);
        if text.len() > LONGEST_CELL {
            let first = text[1..].chars().next().map_or(0, char::len_utf8);
            self.report.add(
                Diagnostic::error(Code::TooLarge, "a text has more than 1 MiB")
                    .at(inside.part(0..first), "it starts here"),
            );
            return None;
        }
        let Key(value) = self.parse(text)?;
        Some(Value::Text(Quote::new(value, inside)))
    }

    fn record(&mut self, pairs: Vec<(Cow<'a, str>, &'a RawValue)>, span: Span, depth: usize) -> Record<'a> {
        let (mut names, mut values) = (Vec::<Text>::with_capacity(pairs.len()), Vec::with_capacity(pairs.len()));
        let mut known: FxHashMap<Cow<'a, str>, Span> = FxHashMap::default();
        for (key, raw) in pairs {
            // An escaped key has no text of its own in the file; its value is the nearest place.
            let place = match &key {
                Cow::Borrowed(key) => self.span(key),
                Cow::Owned(_) => self.span(raw.get()),
            };
            if let Some(first) = known.get(&key) {
                self.report.add(
                    Diagnostic::error(Code::RepeatedField, format!("the object has the key `{key}` twice"))
                        .at(place, "again here")
                        .at(*first, "first here")
                        .help("delete one of the two"),
                );
                continue;
            }
            let empty = Value::Empty(self.span(raw.get()));
            let value = self.value(raw, depth + 1).unwrap_or(empty);
            names.push(Text::new(key.as_ref().into(), place));
            values.push(value);
            known.insert(key, place);
        }
        Record { span, names: names.into(), values }
    }
}

/// Turns serde_json's line and column (from 1, in bytes, of the last byte read) into an offset.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start = if line <= 1 {
        0
    } else {
        memchr::memchr_iter(b'\n', text.as_bytes()).nth(line - 2).map_or(text.len(), |at| at + 1)
    };
    start + column.saturating_sub(1)
}

fn cure(why: &str) -> &'static str {
    if why.contains("trailing comma") {
        "delete the comma before the closing bracket"
    } else if why.contains("nothing stands") {
        "save it again; a table without rows is `[]`"
    } else if why.contains("EOF") {
        "a bracket or quote is never closed"
    } else if why.contains("control character") {
        "write a line break inside a text as `\\n`"
    } else {
        "check commas, quotes and brackets around this place"
    }
}

struct Key<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Keys;
        impl<'de> Visitor<'de> for Keys {
            type Value = Key<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }
            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Borrowed(text)))
            }
            fn visit_str<E>(self, text: &str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(Keys)
    }
}

struct Pairs<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de> Deserialize<'de> for Pairs<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct All;
        impl<'de> Visitor<'de> for All {
            type Value = Pairs<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs<'de>, A::Error> {
                let mut pairs = Vec::new();
                while let Some((Key(key), value)) = map.next_entry()? {
                    pairs.push((key, value));
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(All)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn told(text: &str) -> String {
        let (mut report, mut sources) = (Report::default(), Sources::default());
        let id = sources.add("a.json", text.into(), &mut report).expect("UTF-8");
        let mut rows = Vec::new();
        let sheet = Sheet::open(id, &sources.file(id).text, "calls", None, &mut report);
        for record in sheet.map(|sheet| crate::read::all(&sheet, &mut report)).unwrap_or_default() {
            rows.push(
                record
                    .fields()
                    .map(|(name, value)| {
                        assert_eq!(sources.slice(name.span), name.as_str());
                        format!("{name}={}", sources.slice(value.span()))
                    })
                    .collect::<Vec<_>>()
                    .join("|"),
            );
        }
        let said: Vec<String> = report
            .diagnostics()
            .iter()
            .map(|d| format!("!{} {:?} {}", d.code, sources.position(d.labels[0].span), d.labels[0].text))
            .collect();
        format!("{} {}", rows.join("/"), said.join(" ")).trim().to_owned()
    }

    #[test]
    fn rows_have_the_places_of_their_values() {
        for (text, expected) in [
            (r#"[{"id": "a", "n": 12, "t": true, "x": null}]"#, "id=a|n=12|t=true|x=null"),
            ("\u{FEFF}{\"Calls\": [{\"id\": [\"a\", {\"b\": 1}]}]}", r#"id=["a", {"b": 1}]"#),
            (r#"[{"id": "a\n\"b\""}]"#, r#"id=a\n\"b\""#),
            (r#"{"rows": []}"#, "!bad-json (1, 1) this object"),
            ("[\n{\"id\": 1,}]", "!bad-json (2, 10) trailing comma"),
            ("[{\"id\": 1}", "!bad-json (1, 10) EOF while parsing a list"),
            (r#"[1]"#, "!bad-json (1, 2)"),
            (r#"[{"id": 1, "id": 2}]"#, "id=1 !repeated-field (1, 13) again here"),
            (r#"[{"id": "\ud800"}]"#, "id=\"\\ud800\" !bad-json (1, 16) unexpected end of hex escape"),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
    }

    #[test]
    fn deep_nesting_is_told() {
        assert!(told(&format!("[{{\"a\":{}1{}}}]", "[".repeat(500), "]".repeat(500))).contains("!bad-json"));
    }
}
