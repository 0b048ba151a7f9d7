//! What fills a field of ours: columns of theirs, joined, chosen, looked up, or put into a text.

use super::input::decode_conditions;
use super::{Column, Condition, Section};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Zone;
use crate::model::cell::Cells;
use crate::record::{Record, Value};
use crate::source::{Span, Text};

/// What fills one field.
#[derive(Debug)]
pub enum Mapping {
    /// Some columns, joined by a comma; a single one stays what it is.
    Joined(Vec<Column>),
    /// The first that is not empty; of a list its first value.
    First(Vec<Mapping>),
    /// Some columns, each a paragraph; what another one begins with is said once.
    Paragraphs(Vec<Column>),
    /// A text with columns in braces: `{first} {last}`.
    Template(Vec<Piece>),
    /// What other rows of the file say under the key that a column holds.
    Lookup(Lookup),
    /// The days of times, as they are written; midnight in the zone is the day that begins there.
    Day(Column, Option<Zone>),
    /// The objects or texts of some columns, under our names.
    Rows(Inner),
}

/// Their words for the values of a field, and ours.
pub type Words = Vec<(Text, Value<'static>)>;

/// Rows inside of a row.
#[derive(Debug)]
pub struct Inner {
    /// What holds them.
    pub columns: Vec<Column>,
    /// Only those that pass all of these are taken.
    pub conditions: Vec<Condition>,
    /// Our fields and what fills them.
    pub map: Vec<(Text, Mapping)>,
    /// Our fields, and their words for the values.
    pub values: Vec<(Text, Words)>,
}

/// A piece of a template.
#[derive(Debug)]
pub enum Piece {
    /// Letters.
    Text(String),
    /// What a column says.
    Column(Column),
}

/// Where a key of one row is the key of another.
#[derive(Debug)]
pub struct Lookup {
    /// Holds the key, or several.
    pub find: Column,
    /// Pointer to the other rows, from the whole file.
    pub within: Text,
    /// Their column that holds the key.
    pub by: Column,
    /// Their column that is taken.
    pub take: Column,
}

impl Mapping {
    pub(super) fn decode(value: &Value<'_>, field: &str, cells: &mut Cells<'_>) -> Option<Mapping> {
        let columns = |value: &Value<'_>, cells: &mut Cells<'_>| -> Vec<Column> {
            cells.lines(value, field).into_iter().map(Column::new).collect()
        };
        match value {
            Value::Text(text) if text.as_str().contains('{') => template(text.as_str(), text.span, cells),
            Value::Record(record) => {
                let mut section = Section::new(record, "input.map");
                let (first, paragraphs) = (section.take("first"), section.take("paragraphs"));
                let (rows, day) = (section.take("rows"), section.line("day", cells).map(Column::new));
                let (fields, values) = (section.section("map", cells), section.section("values", cells));
                let conditions = section.section("where", cells);
                let zone = section.take("timezone").and_then(|value| cells.zone(value, "timezone"));
                let keys = ["find", "in", "by", "take"].map(|key| section.line(key, cells));
                section.finish(cells);
                match (first, paragraphs, rows, day, keys) {
                    (Some(first), None, None, None, [None, None, None, None]) => {
                        Some(Mapping::First(choices(first, field, cells)?))
                    }
                    (None, Some(all), None, None, [None, None, None, None]) => {
                        Some(Mapping::Paragraphs(columns(all, cells)))
                    }
                    (None, None, None, Some(day), [None, None, None, None]) => {
                        Some(Mapping::Day(day, zone.map(|zone| zone.value)))
                    }
                    (None, None, Some(rows), None, [None, None, None, None]) => {
                        let fields = fields.iter().flat_map(Record::fields);
                        let fields = fields.filter_map(|(name, value)| {
                            Some((name.clone(), Mapping::decode(value, name.as_str(), cells)?))
                        });
                        let map = fields.collect();
                        let values = values.iter().flat_map(Record::fields);
                        let values =
                            values.filter_map(|(name, value)| Some((name.clone(), words(name, value, cells)?)));
                        let values = values.collect();
                        let columns = columns(rows, cells);
                        let conditions = conditions.map(|record| decode_conditions(&record, cells)).unwrap_or_default();
                        Some(Mapping::Rows(Inner { columns, conditions, map, values }))
                    }
                    (None, None, None, None, [Some(find), Some(within), Some(by), Some(take)]) => {
                        let [find, by, take] = [find, by, take].map(Column::new);
                        Some(Mapping::Lookup(Lookup { find, within, by, take }))
                    }
                    _ => {
                        cells.report.add(
                            Diagnostic::error(Code::BadValue, format!("`{field}` is filled by nothing"))
                                .at(record.span, "")
                                .help("write a column or a list of some, `{ first = […] }`, `{ paragraphs = […] }`, `{ day = … }`")
                                .help("or `{ rows = …, map = {…} }`, or `{ find = …, in = …, by = …, take = … }`"),
                        );
                        None
                    }
                }
            }
            other => Some(Mapping::Joined(columns(other, cells))),
        }
    }

    /// Gives all columns that are looked for in the row.
    pub fn columns(&self) -> Vec<&Column> {
        match self {
            Mapping::Joined(columns) | Mapping::Paragraphs(columns) => columns.iter().collect(),
            Mapping::Rows(inner) => inner.columns.iter().collect(),
            Mapping::First(choices) => choices.iter().flat_map(Mapping::columns).collect(),
            Mapping::Template(pieces) => {
                let columns = pieces.iter().filter_map(|piece| match piece {
                    Piece::Column(column) => Some(column),
                    Piece::Text(_) => None,
                });
                columns.collect()
            }
            Mapping::Lookup(lookup) => vec![&lookup.find],
            Mapping::Day(column, _) => vec![column],
        }
    }

    /// Says whether it needs more of the file than the row.
    pub fn is_outside(&self) -> bool {
        matches!(self, Mapping::Lookup(_)) || self.columns().iter().any(|column| column.is_outside())
    }
}

/// Decodes columns or templates of which the first counts that says something.
fn choices(value: &Value<'_>, field: &str, cells: &mut Cells<'_>) -> Option<Vec<Mapping>> {
    match value {
        Value::List(values, _) => values.iter().map(|value| Mapping::decode(value, field, cells)).collect(),
        value => Some(vec![Mapping::decode(value, field, cells)?]),
    }
}

/// Decodes their words for the values of a field, and ours.
pub(super) fn words(name: &Text, value: &Value<'_>, cells: &mut Cells<'_>) -> Option<Words> {
    let Value::Record(words) = value else {
        let told = Diagnostic::error(Code::BadValue, "their words and ours are no table");
        cells.report.add(told.at(value.span(), "").help(format!("write `{name} = {{ Accepted = \"planned\" }}`")));
        return None;
    };
    Some(words.fields().map(|(word, ours)| (word.clone(), ours.clone().into_owned())).collect())
}

/// Decodes a text with columns in braces.
fn template(text: &str, span: Span, cells: &mut Cells<'_>) -> Option<Mapping> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}').filter(|(name, _)| !name.trim().is_empty()) else {
            cells.report.add(
                Diagnostic::error(Code::BadValue, "a brace is never closed, or empty")
                    .at(span, "")
                    .help("write a column between two braces: `{first} {last}`"),
            );
            return None;
        };
        pieces.extend((!before.is_empty()).then(|| Piece::Text(before.to_owned())));
        pieces.push(Piece::Column(Column::new(Text::new(name.trim().into(), span))));
        rest = after;
    }
    pieces.extend((!rest.is_empty()).then(|| Piece::Text(rest.to_owned())));
    Some(Mapping::Template(pieces))
}
