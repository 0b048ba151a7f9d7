//! Records under foreign names to rows under ours: folds, maps and joins columns, keeps the rows that are wanted.

use std::sync::Arc;

use ecow::EcoString;

use crate::config::Input;
use crate::diagnostic::Report;
use crate::model::row::{Row, columns};
use crate::model::table::Table;
use crate::record::{Record, Value};
use crate::source::Text;

/// Arranges all records of one file.
#[derive(Debug)]
pub struct Arranger<'a> {
    table: Table,
    input: Option<&'a Input>,
    /// The names that the columns below belong to; all rows of a CSV file share them.
    names: Option<Arc<[Text]>>,
    columns: Vec<Option<&'static str>>,
}

impl<'a> Arranger<'a> {
    /// Starts on a file of `table`, as `input` describes it.
    pub fn new(table: Table, input: Option<&'a Input>) -> Self {
        Arranger { table, input, names: None, columns: Vec::new() }
    }

    /// Arranges a record. `None`: it is not wanted.
    pub fn row(&mut self, record: Record, report: &mut Report) -> Option<Row> {
        let Some(input) = self.input else { return Some(self.by_name(record, report)) };
        let wanted = input.conditions.iter().all(|condition| {
            let value = find(&record, condition.column.as_str());
            condition.test.passes(value.and_then(plain).as_deref())
        });
        if !wanted {
            return None;
        }
        let mut row = match &input.map {
            None => self.by_name(record, report),
            Some(map) => {
                let span = record.span;
                let cells = map.iter().filter_map(|(field, columns)| Some((*field, join(&record, columns)?)));
                Row { span, cells: cells.collect() }
            }
        };
        for (field, value) in &input.defaults {
            if !row.cells.iter().any(|(known, _)| known == field) && !value.is_empty() {
                row.cells.push((field, value.clone()));
            }
        }
        Some(row)
    }

    fn by_name(&mut self, record: Record, report: &mut Report) -> Row {
        let same = self.names.as_ref().is_some_and(|names| Arc::ptr_eq(names, &record.names));
        if !same {
            self.columns = columns(&record, self.table, report);
            self.names = Some(Arc::clone(&record.names));
        }
        let cells = record.values.into_iter().zip(&self.columns);
        let cells =
            cells.filter_map(|(value, field)| (*field).filter(|_| !value.is_empty()).map(|field| (field, value)));
        Row { span: record.span, cells: cells.collect() }
    }
}

/// Finds a column by name or, after a slash, by JSON pointer.
fn find<'r>(record: &'r Record, column: &str) -> Option<&'r Value> {
    if column.starts_with('/') {
        return record.pointer(column);
    }
    let exact = record.fields().find(|(name, _)| name.as_str() == column).map(|(_, value)| value);
    exact.or_else(|| record.value(column))
}

/// Gives a value as text.
fn plain(value: &Value) -> Option<EcoString> {
    match value {
        Value::Empty(_) | Value::Record(_) => None,
        Value::Text(text) => Some(text.value.trim().into()),
        Value::List(values, _) => {
            let texts: Vec<EcoString> = values.iter().filter_map(plain).collect();
            Some(texts.join("; ").into())
        }
    }
}

/// Joins the values of some columns by a comma; a single one stays what it is.
fn join(record: &Record, columns: &[Text]) -> Option<Value> {
    let mut values = columns.iter().filter_map(|column| find(record, column.as_str())).filter(|v| !v.is_empty());
    let first = values.next()?;
    let rest: Vec<&Value> = values.collect();
    if rest.is_empty() {
        return Some(first.clone());
    }
    let texts: Vec<EcoString> = std::iter::once(first).chain(rest).filter_map(plain).collect();
    Some(Value::Text(Text::new(texts.join(", ").into(), first.span())))
}
