//! Records under foreign names to rows under ours: folds, maps and joins columns, keeps the rows that are wanted.

use std::sync::Arc;

use crate::config::{Input, Mapping};
use crate::diagnostic::Report;
use crate::model::row::{Row, columns};
use crate::model::table::Table;
use crate::record::{Record, Value};
use crate::source::Text;

use fill::Fill;

mod fill;

/// Arranges all records of one file.
#[derive(Debug, Clone)]
pub struct Arranger<'a, 's> {
    table: Table,
    input: Option<&'a Input>,
    fill: Fill<'a, 's>,
    /// The names that the columns below belong to; all rows of a CSV file share them.
    names: Option<Arc<[Text]>>,
    columns: Vec<Option<&'static str>>,
}

impl<'a, 's> Arranger<'a, 's> {
    /// Starts on a file of `table`, as `input` describes it; `tree` is all of it, where it was read whole.
    pub fn new(table: Table, input: Option<&'a Input>, tree: Option<&'a Value<'s>>) -> Self {
        Arranger { table, input, fill: Fill::new(input, tree), names: None, columns: Vec::new() }
    }

    /// Arranges a record. `None`: it is not wanted.
    pub fn row(&mut self, record: Record<'s>, report: &mut Report) -> Option<Row<'s>> {
        let Some(input) = self.input else { return Some(self.by_name(record, report)) };
        input.note_row();
        // Each condition looks, so that each knows whether its column is there.
        let passed = input.conditions.iter().filter(|condition| self.fill.passes(condition, &record));
        if passed.count() < input.conditions.len() {
            return None;
        }
        input.note_kept();
        let mut row = match &input.map {
            None => self.by_name(record, report),
            Some(map) => {
                let span = record.span;
                let cells =
                    map.iter().filter_map(|(field, mapping)| Some((*field, self.fill.value(mapping, &record)?)));
                Row { span, cells: cells.collect() }
            }
        };
        for (field, value) in &mut row.cells {
            if let Some((_, words)) = input.values.iter().find(|(known, _)| known == field) {
                fill::translate(value, words);
            }
            if input.html.contains(field) {
                fill::prose(value, report);
            }
            let mapping = input.map.iter().flatten().find(|(known, _)| known == field);
            let is_paragraphs = mapping.is_some_and(|(_, mapping)| matches!(mapping, Mapping::Paragraphs(_)));
            if let Some(form) = self.table.form(field).filter(|_| mapping.is_some()) {
                fill::unlisted(value, form, is_paragraphs);
            }
        }
        row.cells.retain(|(_, value)| !value.is_empty());
        for (field, value) in &input.defaults {
            if !row.cells.iter().any(|(known, _)| known == field) && !value.is_empty() {
                row.cells.push((field, value.clone()));
            }
        }
        Some(row)
    }

    fn by_name(&mut self, record: Record<'s>, report: &mut Report) -> Row<'s> {
        let same = self.names.as_ref().is_some_and(|names| Arc::ptr_eq(names, &record.names));
        if !same {
            self.columns = columns(&record, self.table, report);
            self.names = Some(Arc::clone(&record.names));
        }
        let mut cells = Vec::with_capacity(record.values.len());
        for (value, field) in record.values.into_iter().zip(&self.columns) {
            if let Some(field) = field.filter(|_| !value.is_empty()) {
                cells.push((field, value));
            }
        }
        Row { span: record.span, cells }
    }
}
