//! `[[input]]`: any file as a table, its columns under our names.

use std::borrow::Cow;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use super::{Dialect, Preferred, Section, decode_table};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::cell::Cells;
use crate::model::table::Table;
use crate::record::{Record, Value, fold};
use crate::source::Text;

/// One file, or all files that a pattern matches.
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
    /// Our field and the columns that fill it, joined by a comma. `None`: columns go by their names.
    pub map: Option<Vec<(&'static str, Vec<Column>)>>,
    /// Only rows that pass all of these are read.
    pub conditions: Vec<Condition>,
    /// Our field and the value that it has where the row has none.
    pub defaults: Vec<(&'static str, Value<'static>)>,
    /// Which of its fields win over those of other files.
    pub prefer: Preferred,
    /// Whether there was any row.
    read: AtomicBool,
    /// Whether one passed all conditions.
    kept: AtomicBool,
}

/// A column of theirs: its name or, after a slash, a JSON pointer into the row.
#[derive(Debug)]
pub struct Column {
    name: Text,
    /// Whether any row had it.
    seen: AtomicBool,
}

impl Column {
    fn new(name: Text) -> Column {
        Column { name, seen: AtomicBool::new(false) }
    }

    /// Gives the name of the column itself, without the way that a pointer goes on inside.
    fn first(&self) -> &str {
        let name = self.name.as_str();
        name.strip_prefix('/').map_or(name, |pointer| pointer.split('/').next().unwrap_or(""))
    }

    /// Finds its value in a row.
    pub fn find<'r, 's>(&self, record: &'r Record<'s>) -> Option<Cow<'r, Value<'s>>> {
        let name = self.name.as_str();
        let value = if name.starts_with('/') {
            record.pointer(name)
        } else {
            let exact = record.fields().find(|(known, _)| known.as_str() == name).map(|(_, value)| value);
            exact.or_else(|| record.value(name)).map(Cow::Borrowed)
        };
        if value.is_some() {
            self.seen.store(true, Relaxed);
        }
        value
    }
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
        let unseen = |column: &&Column| !column.seen.load(Relaxed);
        let mut tell = |column: &Column, start: fn(Code, String) -> Diagnostic| {
            cells.report.add(
                start(Code::UnknownField, format!("no row has a column `{}`", column.name))
                    .at(column.name.span, format!("looked for in `{}`", self.path))
                    .help("write it as in the file; a JSON pointer starts with `/`"),
            );
        };
        // A condition on nothing keeps no row, or every one: most likely not what was meant.
        for column in self.conditions.iter().map(|condition| &condition.column).filter(unseen) {
            tell(column, Diagnostic::error);
        }
        let mapped = self.map.iter().flatten().flat_map(|(_, columns)| columns);
        for column in mapped.filter(unseen).filter(|_| self.kept.load(Relaxed)) {
            tell(column, Diagnostic::warning);
        }
    }

    /// Says whether it has a use for a column of this name.
    pub fn asks_for(&self, name: &str) -> bool {
        let mapped = self.map.iter().flatten().flat_map(|(_, columns)| columns);
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

    pub(super) fn decode(record: &Record<'_>, cells: &mut Cells<'_>) -> Option<Input> {
        let mut section = Section::new(record, "input");
        let table = section.line("table", cells);
        let path = section.line("path", cells);
        let at = section.line("at", cells);
        let dialect = Dialect::decode(&mut section, cells);
        let map = section.section("map", cells);
        let conditions = section.section("where", cells);
        let defaults = section.section("defaults", cells);
        let prefer = section.take("prefer");
        section.finish(cells);
        for (key, missing, help) in [
            ("table", table.is_none(), "name the table that it fills: `table = \"sessions\"`"),
            ("path", path.is_none(), "name the file, or a pattern: `path = \"talks/*.json\"`"),
        ] {
            if missing {
                cells.report.add(
                    Diagnostic::error(Code::MissingField, format!("an `[[input]]` has no `{key}`"))
                        .at(record.span, "")
                        .help(help),
                );
            }
        }
        let table = decode_table(&table?, cells)?;
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
                let columns = cells.lines(value, name.as_str()).into_iter().map(Column::new).collect();
                Some((our_field(name, table, cells)?, columns))
            });
            fields.collect()
        });
        let conditions = conditions.map(|record| decode_conditions(&record, cells)).unwrap_or_default();
        let defaults = defaults.map(|defaults| {
            let fields = defaults
                .fields()
                .filter_map(|(name, value)| Some((our_field(name, table, cells)?, value.clone().into_owned())));
            fields.collect()
        });
        let defaults = defaults.unwrap_or_default();
        let prefer = prefer.map(|value| Preferred::decode(value, table, cells)).unwrap_or_default();
        Some(Input {
            table,
            path: path?,
            at,
            dialect,
            map,
            conditions,
            defaults,
            prefer,
            read: AtomicBool::new(false),
            kept: AtomicBool::new(false),
        })
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

fn decode_conditions(record: &Record<'_>, cells: &mut Cells<'_>) -> Vec<Condition> {
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
