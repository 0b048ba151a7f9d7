//! Records under foreign names to rows under ours: folds, maps and joins columns, keeps the rows that are wanted.

use std::borrow::Cow;
use std::sync::Arc;

use ecow::EcoString;

use crate::config::{Column, Input, Languages};
use crate::diagnostic::Report;
use crate::model::Foreign;
use crate::model::row::{Row, columns, unfolded};
use crate::model::table::Table;
use crate::record::{Record, Value};
use crate::source::{Quote, Text};

use languages::{Plan, localise};

mod languages;

/// Arranges all records of one file.
#[derive(Debug, Clone)]
pub struct Arranger<'a> {
    table: Table,
    input: Option<&'a Input>,
    languages: &'a Languages,
    /// What is shown in another language than the edition's, so far.
    pub foreign: Foreign,
    /// The names as they are in the file, and what is to be chosen among them.
    plan: Option<(Arc<[Text]>, Option<Plan>)>,
    /// The names that the columns below belong to; all rows of a CSV file share them.
    names: Option<Arc<[Text]>>,
    columns: Vec<Option<&'static str>>,
}

impl<'a> Arranger<'a> {
    /// Starts on a file of `table`, as `input` describes it, for an edition in some languages.
    pub fn new(table: Table, input: Option<&'a Input>, languages: &'a Languages) -> Self {
        Arranger { table, input, languages, foreign: Foreign::default(), plan: None, names: None, columns: Vec::new() }
    }

    /// Arranges a record. `None`: it is not wanted.
    pub fn row<'s>(&mut self, record: Record<'s>, report: &mut Report) -> Option<Row<'s>> {
        let Some(input) = self.input else {
            let mut row = self.by_name(record, report);
            self.address(&mut row);
            return Some(row);
        };
        input.note_row();
        // Each condition looks, so that each knows whether its column is there.
        let passed = input.conditions.iter().filter(|condition| {
            let value = condition.column.find(&record).and_then(|value| plain(&value));
            condition.test.passes(value.as_deref())
        });
        if passed.count() < input.conditions.len() {
            return None;
        }
        input.note_kept();
        let mut row = match &input.map {
            None => self.by_name(record, report),
            Some(map) => {
                let span = record.span;
                let cells = map.iter().filter_map(|(field, columns)| {
                    let value = join(&record, columns)?;
                    let value = localise(value, self.table, field, self.languages, &mut self.foreign);
                    Some((*field, unfolded(value, field, self.table)))
                });
                Row { span, cells: cells.collect() }
            }
        };
        self.address(&mut row);
        for (field, value) in &input.defaults {
            if !row.cells.iter().any(|(known, _)| known == field) && !value.is_empty() {
                row.cells.push((field, value.clone()));
            }
        }
        Some(row)
    }

    /// Lets a title or id that leads somewhere be the row's address where it has none.
    fn address(&self, row: &mut Row<'_>) {
        if self.table.field("url").is_none() || row.cells.iter().any(|(field, _)| *field == "url") {
            return;
        }
        let url = ["title", "id"].iter().find_map(|name| {
            let (_, value) = row.cells.iter().find(|(field, _)| field == name)?;
            let Value::Link(link) = value else { return None };
            Some(Value::Text(link.url.clone()))
        });
        row.cells.extend(url.map(|url| ("url", url)));
    }

    fn by_name<'s>(&mut self, record: Record<'s>, report: &mut Report) -> Row<'s> {
        let planned = self.plan.as_ref().is_some_and(|(names, _)| Arc::ptr_eq(names, &record.names));
        if !planned {
            self.plan = Some((Arc::clone(&record.names), Plan::of(&record.names, self.table)));
        }
        let record = match &self.plan {
            Some((_, Some(plan))) => plan.choose(record, self.languages, &mut self.foreign),
            _ => record,
        };
        let same = self.names.as_ref().is_some_and(|names| Arc::ptr_eq(names, &record.names));
        if !same {
            self.columns = columns(&record, self.table, report);
            self.names = Some(Arc::clone(&record.names));
        }
        let mut cells = Vec::with_capacity(record.values.len());
        for (value, field) in record.values.into_iter().zip(&self.columns) {
            if let Some(field) = field.filter(|_| !value.is_empty()) {
                let value = localise(value, self.table, field, self.languages, &mut self.foreign);
                cells.push((field, unfolded(value, field, self.table)));
            }
        }
        Row { span: record.span, cells }
    }
}

/// Gives a value as text.
fn plain(value: &Value<'_>) -> Option<EcoString> {
    match value {
        Value::Empty(_) | Value::Record(_) => None,
        Value::Text(text) => Some(text.value.trim().into()),
        Value::Link(link) => Some(link.text.value.trim().into()),
        Value::List(values, _) => {
            let texts: Vec<EcoString> = values.iter().filter_map(plain).collect();
            Some(texts.join("; ").into())
        }
    }
}

/// Joins the values of some columns by a comma; a single one stays what it is.
fn join<'s>(record: &Record<'s>, columns: &[Column]) -> Option<Value<'s>> {
    let mut values = columns.iter().filter_map(|column| column.find(record)).filter(|v| !v.is_empty());
    let first = values.next()?;
    let rest: Vec<Cow<'_, Value<'_>>> = values.collect();
    if rest.is_empty() {
        return Some(first.into_owned());
    }
    let span = first.span();
    let texts: Vec<EcoString> = std::iter::once(first).chain(rest).filter_map(|value| plain(&value)).collect();
    Some(Value::Text(Quote::new(Cow::Owned(texts.join(", ")), span)))
}
