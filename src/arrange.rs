//! Records under foreign names to rows under ours: folds, maps and joins columns, keeps the rows that are wanted.

use std::sync::Arc;

use crate::config::{Input, Languages, Mapping};
use crate::diagnostic::Report;
use crate::model::Foreign;
use crate::model::row::{Row, columns, unfolded};
use crate::model::table::Table;
use crate::record::{Record, Value};
use crate::source::Text;

use fill::Fill;

mod fill;

use languages::{Plan, localise};

mod languages;

/// Arranges all records of one file.
#[derive(Debug, Clone)]
pub struct Arranger<'a, 's> {
    table: Table,
    input: Option<&'a Input>,
    fill: Fill<'a, 's>,
    languages: &'a Languages,
    /// What is shown in another language than the edition's, so far.
    pub foreign: Foreign,
    /// The names as they are in the file, and what is to be chosen among them.
    plan: Option<(Arc<[Text]>, Option<Plan>)>,
    /// The names that the columns below belong to; all rows of a CSV file share them.
    names: Option<Arc<[Text]>>,
    columns: Vec<Option<&'static str>>,
}

impl<'a, 's> Arranger<'a, 's> {
    /// Starts on a file of `table`, as `input` describes it, for an edition in some languages; `tree` is all of it, where
    /// it was read whole.
    pub fn new(table: Table, input: Option<&'a Input>, languages: &'a Languages, tree: Option<&'a Value<'s>>) -> Self {
        let (fill, foreign) = (Fill::new(input, tree), Foreign::default());
        Arranger { table, input, fill, languages, foreign, plan: None, names: None, columns: Vec::new() }
    }

    /// Arranges a record. `None`: it is not wanted.
    pub fn row(&mut self, record: Record<'s>, report: &mut Report) -> Option<Row<'s>> {
        let Some(input) = self.input else {
            let mut row = self.by_name(record, report);
            self.address(&mut row);
            return Some(row);
        };
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
                let cells = map.iter().filter_map(|(field, mapping)| {
                    let value = self.fill.value(mapping, &record)?;
                    let value = localise(value, self.table, field, self.languages, &mut self.foreign);
                    Some((*field, unfolded(value, field, self.table)))
                });
                Row { span, cells: cells.collect() }
            }
        };
        self.address(&mut row);
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

    fn by_name(&mut self, record: Record<'s>, report: &mut Report) -> Row<'s> {
        let planned = self.plan.as_ref().is_some_and(|(names, _)| Arc::ptr_eq(names, &record.names));
        if !planned {
            self.plan = Some((Arc::clone(&record.names), Plan::of(&record.names, self.table, self.languages)));
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
