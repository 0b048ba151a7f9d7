//! Workbooks: which of their sheets are read, and into which table.

use std::sync::Arc;

use super::File;
use crate::config::{Dialect, Input};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::model::table::Table;
use crate::read::workbook::{Unreadable, Workbook};
use crate::source::{Grid, SourceId, Sources, Span, letters};

/// A workbook that is taken in: what is known of it from outside.
pub struct Taken<'c, 'b> {
    /// Its name, as it is shown.
    pub name: &'b str,
    /// What is in it.
    pub bytes: &'b [u8],
    /// The table that its name or its `[[input]]` says.
    pub table: Option<Table>,
    /// How its rows become those of the table.
    pub input: Option<&'c Arc<Input>>,
    /// How it is written.
    pub dialect: Option<&'c Dialect>,
}

impl Taken<'_, '_> {
    /// Gives a file for each sheet that is read.
    pub fn files(self, sources: &mut Sources, report: &mut Report) -> Vec<File> {
        self.sheets(sources, report).unwrap_or_else(|unreadable| {
            let id = sources.add(self.name, "".into(), report);
            if let (Some(id), Some(_)) = (id, self.table) {
                report.add(unreadable.at(Span::new(id, 0..0)));
                return vec![(None, self.table, self.input.cloned())];
            }
            vec![(id, None, None)]
        })
    }

    fn sheets(&self, sources: &mut Sources, report: &mut Report) -> Result<Vec<File>, Unreadable> {
        let mut book = Workbook::open(self.bytes)?;
        if let Some(stated) = self.dialect.and_then(|dialect| dialect.sheet.as_ref()) {
            let mut names = book.sheets.iter().map(|(name, _)| name);
            let wanted = stated.as_str();
            let name = names.clone().find(|name| *name == wanted);
            let name = name.or_else(|| names.find(|name| name.to_lowercase() == wanted.to_lowercase())).cloned();
            let Some(name) = name else {
                let names: Vec<String> = book.sheets.iter().map(|(name, _)| format!("`{name}`")).collect();
                report.add(
                    Diagnostic::error(Code::BadValue, format!("the workbook has no sheet `{stated}`"))
                        .at(stated.span, format!("looked for in `{}`", self.name))
                        .help(format!("it has {}", names.join(", "))),
                );
                return Ok(vec![(None, self.table, self.input.cloned())]);
            };
            return Ok(vec![self.take(&mut book, &name, self.table, sources, report)?]);
        }
        // What its author hid is no part of the publication, unless somebody asks for it.
        let seen = book.sheets.iter().filter(|(_, is_seen)| *is_seen).map(|(name, _)| name.clone());
        let seen: Vec<String> = seen.collect();
        let of_table = |name: &String| Some((Table::from_name(name)?, name.clone()));
        let mut named: Vec<(Table, String)> = seen.iter().filter_map(of_table).collect();
        if self.input.is_some() {
            named.retain(|(table, _)| Some(*table) == self.table);
        }
        let others: Vec<String> = seen.iter().filter(|name| Table::from_name(name).is_none()).cloned().collect();
        if named.is_empty() {
            let Some(table) = self.table else {
                return Ok(vec![(sources.add(self.name, "".into(), report), None, None)]);
            };
            let seen = if others.is_empty() { &seen } else { &others };
            return Ok(match self.first(&mut book, seen, table, sources, report)? {
                Some(file) => vec![file],
                // An empty text, of which it is told that it is empty.
                None => vec![(sources.add(self.name, "".into(), report), Some(table), self.input.cloned())],
            });
        }
        let mut files = Vec::new();
        for (table, name) in &named {
            files.push(self.take(&mut book, name, Some(*table), sources, report)?);
        }
        // The table that the workbook is named after may stand in a sheet of another name.
        if let (Some(table), None) = (self.table, self.input)
            && named.iter().all(|(known, _)| *known != table)
            && let Some(file) = self.first(&mut book, &others, table, sources, report)?
        {
            files.push(file);
            return Ok(files);
        }
        if let (None, [(Some(first), ..), ..], false) = (self.input, files.as_slice(), others.is_empty()) {
            report.add(
                Diagnostic::note(Code::Guessed, "the sheets that are named after tables were read")
                    .at(Span::new(*first, 0..0), format!("not read: {}", list(&others)))
                    .help("to settle it, name each table in an `[[input]]`, with its `sheet`"),
            );
        }
        Ok(files)
    }

    /// Takes the first sheet with anything in it, and tells that it did so where there is a choice. `None`: all are empty.
    fn first(
        &self,
        book: &mut Workbook<'_>,
        among: &[String],
        table: Table,
        sources: &mut Sources,
        report: &mut Report,
    ) -> Result<Option<File>, Unreadable> {
        let (mut chosen, mut rest) = (None, Vec::new());
        for name in among {
            let (text, grid) = book.read(name)?;
            match chosen {
                None if !text.is_empty() => chosen = Some((name, text, grid)),
                Some(_) if !text.is_empty() => rest.push(name.clone()),
                _ => {}
            }
        }
        let Some((name, text, grid)) = chosen else { return Ok(None) };
        let id = self.add(text, grid, sources, report);
        let is_chosen = among.len() < book.sheets.iter().filter(|(_, is_seen)| *is_seen).count();
        if !rest.is_empty() || is_chosen {
            let (message, label) = if rest.is_empty() {
                (
                    format!(
                        "the sheet `{name}` was read as `{}`, the first that no table is named after",
                        table.name()
                    ),
                    String::new(),
                )
            } else {
                (format!("the sheet `{name}` was read, the first of several"), format!("not read: {}", list(&rest)))
            };
            report.add(
                Diagnostic::note(Code::Guessed, message)
                    .at(Span::new(id, 0..0), label)
                    .help(format!("to settle it, state it in an `[[input]]`: `sheet = \"{name}\"`")),
            );
        }
        Ok(Some((Some(id), Some(table), self.input.cloned())))
    }

    fn take(
        &self,
        book: &mut Workbook<'_>,
        sheet: &str,
        table: Option<Table>,
        sources: &mut Sources,
        report: &mut Report,
    ) -> Result<File, Unreadable> {
        let (text, grid) = book.read(sheet)?;
        Ok((Some(self.add(text, grid, sources, report)), table, self.input.cloned()))
    }

    /// Adds the text of a sheet, and tells what nobody sees in it and so is not read.
    fn add(&self, text: String, grid: Grid, sources: &mut Sources, report: &mut Report) -> SourceId {
        let of_rows = match grid.hidden_rows {
            0 => None,
            1 => Some("a row".to_owned()),
            rows => Some(format!("{rows} rows")),
        };
        let columns: Vec<String> = grid.hidden_columns.iter().map(|column| letters(*column)).collect();
        let of_columns = match columns.as_slice() {
            [] => None,
            [column] => Some(format!("column {column}")),
            columns => Some(format!("columns {}", columns.join(", "))),
        };
        let hidden: Vec<String> = of_rows.into_iter().chain(of_columns).collect();
        let id = sources.add_sheet(self.name, text, grid);
        if !hidden.is_empty() {
            report.add(
                Diagnostic::note(Code::Guessed, "what is hidden in the sheet was not read")
                    .at(Span::new(id, 0..0), hidden.join(" and "))
                    .help("to have it read, take filters away and show all rows and columns"),
            );
        }
        id
    }
}

fn list(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
