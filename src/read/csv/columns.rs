//! The columns of a table, and the cells of a row under them: nameless ones, repeated ones, too few, too many.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::Expected;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::model::cell::shorten;
use crate::record::{Value, fold};
use crate::source::{Span, Str, Text};

/// The columns of a table.
#[derive(Debug)]
pub(super) struct Columns {
    /// The names of those that have one, each once.
    pub names: Arc<[Text]>,
    /// All of them, in the order of the file.
    all: Vec<Column>,
    /// Whether each of them has a name of its own.
    is_plain: bool,
    /// Whether a cell's column is known by its place, however many cells the row has.
    is_sheet: bool,
    /// Whether a nameless column is to be told: nobody said which columns are wanted.
    tells_nameless: bool,
}

/// A column of the file.
#[derive(Debug, Clone, Copy)]
enum Column {
    /// Has a name of its own.
    Named,
    /// Has no name.
    Nameless,
    /// Has the name of an earlier one, that with this number among the names.
    Again {
        of: usize,
        /// Whether somebody reads it.
        is_wanted: bool,
    },
}

impl Columns {
    /// Takes the cells of the header row.
    pub fn new(cells: Vec<Value<'_>>, is_sheet: bool, expected: Expected<'_>) -> Columns {
        let mut names: Vec<Text> = Vec::with_capacity(cells.len());
        let mut known: FxHashMap<String, usize> = FxHashMap::default();
        let all = cells.into_iter().map(|cell| {
            let text = match &cell {
                Value::Text(text) => text.as_str(),
                Value::Link(link) => link.text.as_str(),
                _ => "",
            };
            let name = text.trim();
            if name.is_empty() {
                return Column::Nameless;
            }
            // Who maps columns may tell them apart by their capitals.
            let key = if expected.is_mapped() { name.to_owned() } else { fold(name) };
            if let Some(of) = known.get(&key) {
                return Column::Again { of: *of, is_wanted: expected.knows(name) };
            }
            known.insert(key, names.len());
            names.push(Text::new(Str::from(name), place_of(name, text, cell.span())));
            Column::Named
        });
        let all: Vec<Column> = all.collect();
        let is_plain = names.len() == all.len();
        Columns { names: names.into(), all, is_plain, is_sheet, tells_nameless: !expected.is_mapped() }
    }

    /// Puts the cells of a row under the names. Nothing: the row has too few cells or too many, and that was told.
    pub fn arrange<'s>(&self, mut values: Vec<Value<'s>>, row: Span, report: &mut Report) -> Option<Vec<Value<'s>>> {
        let width = self.all.len();
        while values.len() > width && values.last().is_some_and(Value::is_empty) {
            values.pop();
        }
        if values.len() != width && !self.is_sheet {
            report.add(ragged(width, &values, row));
            return None;
        }
        if values.len() == width && self.is_plain {
            return Some(values);
        }
        for beyond in values.drain(width.min(values.len())..) {
            self.tell_nameless(&beyond, report);
        }
        let end = Span { start: row.end, ..row };
        values.resize(width, Value::Empty(end));
        let mut named: Vec<Value<'s>> = Vec::with_capacity(self.names.len());
        for (value, column) in values.into_iter().zip(&self.all) {
            match column {
                Column::Named => named.push(value),
                _ if value.is_empty() => {}
                Column::Nameless => self.tell_nameless(&value, report),
                Column::Again { of, .. } if named[*of].is_empty() => named[*of] = value,
                Column::Again { of, is_wanted } => {
                    if *is_wanted && text(&value) != text(&named[*of]) {
                        tell_repeated(self.names[*of].as_str(), &named[*of], &value, report);
                    }
                }
            }
        }
        Some(named)
    }

    fn tell_nameless(&self, value: &Value<'_>, report: &mut Report) {
        let message = "a column without a name has text in it";
        let is_told = !self.tells_nameless || value.is_empty();
        if !is_told && report.is_news(Code::UnknownField, value.span().source, message) {
            report.add(
                Diagnostic::warning(Code::UnknownField, message)
                    .at(value.span(), "it is not printed")
                    .help("name the column in the header row, or delete it"),
            );
        }
    }
}

/// Gives the place of a cell's text without the spaces around it.
fn place_of(name: &str, text: &str, span: Span) -> Span {
    if span.range().len() != text.len() {
        return span;
    }
    let start = text.len() - text.trim_start().len();
    span.part(start..start + name.len())
}

fn text<'v>(value: &'v Value<'_>) -> &'v str {
    match value {
        Value::Text(text) => text.as_str().trim(),
        Value::Link(link) => link.text.as_str().trim(),
        Value::Empty(_) | Value::List(..) | Value::Record(_) => "",
    }
}

fn tell_repeated(name: &str, first: &Value<'_>, again: &Value<'_>, report: &mut Report) {
    let message = format!("two columns are named `{}` and say different things", shorten(name));
    if report.is_news(Code::RepeatedField, again.span().source, &message) {
        report.add(
            Diagnostic::error(Code::RepeatedField, message)
                .at(again.span(), "the one says this")
                .at(first.span(), "the other this")
                .help("rename or delete one of the two columns"),
        );
    }
}

fn ragged(expected: usize, values: &[Value<'_>], row: Span) -> Diagnostic {
    let found = values.len();
    let (place, label) = match values.get(expected) {
        Some(first) => (first.span().to(row), "more cells than the header has"),
        None => (row, "fewer cells than the header has"),
    };
    Diagnostic::error(Code::RaggedRow, format!("the row has {found} cells, the header has {expected}"))
        .at(place, label)
        .help("put a text with a separator or a line break in quotes: `\"Rust, a first look\"`")
}
