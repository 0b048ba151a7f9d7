//! `[[input]]`: any file as a table, its columns under our names.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use super::mapping::{Words, words};
use super::{Column, Dialect, Mapping, Preferred, Request, Section};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::cell::Cells;
use crate::model::table::Table;
use crate::record::{Record, Value, fold};
use crate::source::Text;

/// How the rows of some files become those of a table.
#[derive(Debug)]
pub struct Input {
    /// Which table it fills.
    pub table: Table,
    /// Path or pattern (`*`, `?`, `**`), from the data folder.
    pub path: Text,
    /// JSON pointer to the rows.
    pub at: Option<Text>,
    /// How the file is written.
    pub dialect: Dialect,
    /// Our field and what fills it. `None`: columns go by their names.
    pub map: Option<Vec<(&'static str, Mapping)>>,
    /// Our fields whose columns hold HTML.
    pub html: Vec<&'static str>,
    /// Our field, their words for its values, and ours.
    pub values: Vec<(&'static str, Words)>,
    /// Only rows that pass all of these are read.
    pub conditions: Vec<Condition>,
    /// Our field and the value that it has where the row has none.
    pub defaults: Vec<(&'static str, Value<'static>)>,
    /// Which of its fields win over those of other files.
    pub prefer: Preferred,
    /// How many fields of the map, from the end, and conditions a format knows: rows need not have those columns.
    usual: (usize, usize),
    /// Whether there was any row.
    read: AtomicBool,
    /// Whether one passed all conditions.
    kept: AtomicBool,
}

/// What a row must be like to be read.
#[derive(Debug)]
pub struct Condition {
    /// Whose value is tested.
    pub column: Column,
    /// What its value must pass.
    pub test: Test,
}

/// A test of a value, as text.
#[derive(Debug)]
pub enum Test {
    /// Is one of these.
    OneOf(Vec<Text>),
    /// Is none of these.
    NoneOf(Vec<Text>),
    /// Is this or after it, letter by letter (right for ISO dates).
    From(Text),
    /// Is this or before it, letter by letter.
    Until(Text),
    /// Has this in it.
    Contains(Text),
    /// Is there, or is not.
    Present(bool),
}

impl Test {
    /// Says whether a value passes.
    pub fn passes(&self, value: Option<&str>) -> bool {
        let value = value.unwrap_or("");
        match self {
            Test::OneOf(values) => values.iter().any(|known| known.as_str() == value),
            Test::NoneOf(values) => values.iter().all(|known| known.as_str() != value),
            Test::From(first) => !value.is_empty() && value >= first.as_str(),
            Test::Until(last) => {
                // `2026-12-31` also covers the times of that day.
                !value.is_empty() && (value <= last.as_str() || value.starts_with(last.as_str()))
            }
            Test::Contains(part) => value.contains(part.as_str()),
            Test::Present(wanted) => value.is_empty() != *wanted,
        }
    }
}

impl Input {
    /// Tells the columns that no row of any of its files had: most likely misspelt.
    pub fn tell_unseen(&self, cells: &mut Cells<'_>) {
        if !self.read.load(Relaxed) {
            return;
        }
        let unseen = |column: &&Column| !column.was_seen();
        let mut tell = |column: &Column, start: fn(Code, String) -> Diagnostic| {
            cells.report.add(
                start(Code::UnknownField, format!("no row has a column `{}`", column.name()))
                    .at(column.name().span, format!("looked for in `{}`", self.path))
                    .help("write it as in the file; a JSON pointer starts with `/`"),
            );
        };
        // A condition on nothing keeps no row, or every one: most likely not what was meant.
        let own = self.conditions.len() - self.usual.1;
        for column in self.conditions[..own].iter().map(|condition| &condition.column).filter(unseen) {
            tell(column, Diagnostic::error);
        }
        let map = self.map.as_deref().unwrap_or_default();
        let mapped = map[..map.len() - self.usual.0].iter().flat_map(|(_, mapping)| mapping.columns());
        for column in mapped.filter(unseen).filter(|_| self.kept.load(Relaxed)) {
            tell(column, Diagnostic::warning);
        }
    }

    /// Gives the names of what it asks of the objects around a row, folded.
    pub fn around(&self) -> Vec<String> {
        let conditions = self.conditions.iter().map(|condition| &condition.column);
        let columns = conditions.chain(self.map.iter().flatten().flat_map(|(_, mapping)| mapping.columns()));
        let names = columns.map(|column| column.name().as_str()).filter(|name| name.starts_with("../"));
        names.map(|name| fold(name.trim_start_matches("../"))).collect()
    }

    /// Says whether it needs more of a file than its rows: what is around them, or at another place.
    pub fn is_outside(&self) -> bool {
        let deep = self.at.as_ref().is_some_and(|at| at.as_str().contains("**"));
        let columns = self.conditions.iter().map(|condition| &condition.column);
        deep || columns.into_iter().any(Column::is_outside)
            || self.map.iter().flatten().any(|(_, mapping)| mapping.is_outside())
    }

    /// Says whether it has a use for a column of this name.
    pub fn asks_for(&self, name: &str) -> bool {
        let mapped = self.map.iter().flatten().flat_map(|(_, mapping)| mapping.columns());
        let tested = self.conditions.iter().map(|condition| &condition.column);
        let (folded, by_name) = (fold(name), self.map.is_none());
        mapped.chain(tested).any(|column| column.first() == name || fold(column.first()) == folded)
            || by_name && self.table.field(&folded).is_some()
    }

    /// Notes that a row was read.
    pub fn note_row(&self) {
        self.read.store(true, Relaxed);
    }

    /// Notes that a row was kept.
    pub fn note_kept(&self) {
        self.kept.store(true, Relaxed);
    }

    /// Decodes what an `[[input]]` says of the rows of `table`.
    pub(super) fn decode(record: &Record<'_>, table: Table, path: Text, cells: &mut Cells<'_>) -> Option<Input> {
        let mut section = Section::new(record, "input");
        let _ = ["table", "path", "format"].map(|key| section.take(key));
        let at = section.line("at", cells);
        let dialect = Dialect::decode(&mut section, cells);
        let (map, conditions) = (section.section("map", cells), section.section("where", cells));
        let (defaults, values) = (section.section("defaults", cells), section.section("values", cells));
        let html = section.take("html").map(|value| cells.lines(value, "html")).unwrap_or_default();
        let prefer = section.take("prefer");
        section.finish(cells);
        if let Some(at) = &at
            && !at.as_str().starts_with('/')
        {
            cells.report.add(
                Diagnostic::error(Code::BadValue, "`at` is not a JSON pointer")
                    .at(at.span, "")
                    .help(format!("write `/{}`", at.as_str())),
            );
        }
        let map = map.map(|map| {
            let fields = map.fields().filter_map(|(name, value)| {
                Some((our_field(name, table, cells)?, Mapping::decode(value, name.as_str(), cells)?))
            });
            fields.collect()
        });
        let html = html.iter().filter_map(|name| our_field(name, table, cells)).collect();
        let values = values.iter().flat_map(Record::fields).filter_map(|(name, theirs)| {
            let field = our_field(name, table, cells)?;
            Some((field, words(name, theirs, cells)?))
        });
        let values = values.collect();
        let conditions = conditions.map(|record| decode_conditions(&record, cells)).unwrap_or_default();
        let defaults = defaults
            .iter()
            .flat_map(Record::fields)
            .filter_map(|(name, value)| Some((our_field(name, table, cells)?, value.clone().into_owned())));
        let defaults = defaults.collect();
        let prefer = prefer.map(|value| Preferred::decode(value, table, cells)).unwrap_or_default();
        let (usual, read, kept) = ((0, 0), AtomicBool::new(false), AtomicBool::new(false));
        Some(Input { table, path, at, dialect, map, html, values, conditions, defaults, prefer, usual, read, kept })
    }

    /// Decodes what a format says of the rows of `table`, after what the `[[input]]` that asks for it says: its own
    /// fields win.
    pub fn of_format(
        format: &Record<'_>,
        table: Table,
        request: Option<&Request>,
        path: Text,
        cells: &mut Cells<'_>,
    ) -> Option<Input> {
        let usual = Input::decode(format, table, path.clone(), cells)?;
        let Some(request) = request else {
            let counts = (usual.map.as_ref().map_or(0, Vec::len), usual.conditions.len());
            return Some(Input { usual: counts, ..usual });
        };
        let mut own = Input::decode(&request.record, table, path, cells)?;
        own.at = own.at.or(usual.at);
        let mut map = own.map.unwrap_or_default();
        let known = map.len();
        let rest = usual.map.unwrap_or_default().into_iter();
        let rest: Vec<_> = rest.filter(|(field, _)| !map.iter().any(|(own, _)| own == field)).collect();
        // What fills a field of their own may be no HTML.
        own.html.extend(usual.html.iter().filter(|field| rest.iter().any(|(known, _)| known == *field)));
        map.extend(rest);
        own.usual = (map.len() - known, usual.conditions.len());
        own.map = Some(map);
        own.values.extend(usual.values);
        own.conditions.extend(usual.conditions);
        own.defaults.extend(usual.defaults);
        Some(own)
    }
}

/// Finds the field of a table that a key names, or tells that there is none.
pub(super) fn our_field(name: &Text, table: Table, cells: &mut Cells<'_>) -> Option<&'static str> {
    let folded = fold(name.as_str());
    let field = table.field(&folded);
    if field.is_none() {
        let help = match table.near(&folded) {
            Some(near) => format!("perhaps `{near}` is meant"),
            None => format!("`bulletin schema {}` lists its fields", table.name()),
        };
        cells.report.add(
            Diagnostic::error(Code::UnknownKey, format!("`{}` has no field `{folded}`", table.name()))
                .at(name.span, "our field stands left, their column right")
                .help(help),
        );
    }
    field
}

pub(super) fn decode_conditions(record: &Record<'_>, cells: &mut Cells<'_>) -> Vec<Condition> {
    let mut conditions = Vec::new();
    for (column, value) in record.fields() {
        let mut add = |test| conditions.push(Condition { column: Column::new(column.clone()), test });
        let Value::Record(tests) = value else {
            // `column = ""` asks for an empty cell.
            add(if value.is_empty() { Test::Present(false) } else { Test::OneOf(cells.lines(value, column.as_str())) });
            continue;
        };
        let mut section = Section::new(tests, "input.where");
        if let Some(values) = section.take("not") {
            add(Test::NoneOf(cells.lines(values, "not")));
        }
        if let Some(first) = section.line("from", cells) {
            add(Test::From(first));
        }
        if let Some(last) = section.line("until", cells) {
            add(Test::Until(last));
        }
        if let Some(part) = section.line("contains", cells) {
            add(Test::Contains(part));
        }
        if let Some(wanted) = section.take("present")
            && let Some(wanted) = cells.word(wanted, "present", &[("true", true), ("false", false)])
        {
            add(Test::Present(wanted.value));
        }
        section.finish(cells);
    }
    conditions
}
