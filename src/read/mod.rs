//! Bytes to records: one file for each format; and new text back into its place.

use std::ops::Range;

use crate::config::Input;
use crate::diagnostic::Report;
use crate::model::table::Table;
use crate::record::Record;
use crate::source::{Form, SourceId, Sources};

pub mod csv;
pub mod json;
pub mod mend;
pub mod picture;
pub mod toml;
pub mod workbook;

/// The longest text of one cell, in bytes (1 MiB).
pub const LONGEST_CELL: usize = 1 << 20;

/// A file of rows, opened. It falls into parts that can be read at once.
pub trait Sheet<'s>: Sync {
    /// Gives parts that hold whole rows, in their order.
    fn parts(&self) -> Vec<Range<usize>>;

    /// Starts to read a part.
    fn rows<'a>(&'a self, part: Range<usize>) -> Box<dyn Rows<'s> + 'a>;
}

/// Opens a file of rows of `table`, as `input` describes it. `None`: no row can be read, and that has been told.
pub fn open<'s>(
    id: SourceId,
    sources: &'s Sources,
    table: Table,
    input: Option<&Input>,
    report: &mut Report,
) -> Option<Box<dyn Sheet<'s> + 's>> {
    let text = &sources.file(id).text;
    Some(match sources.form(id) {
        Form::Json => {
            let at = input.and_then(|input| input.at.as_ref());
            Box::new(json::Sheet::open(id, text, table.name(), at, report)?)
        }
        Form::Csv | Form::Toml => Box::new(csv::Sheet::open(id, sources, csv::Expected { table, input }, report)?),
    })
}

/// The rows of one part.
pub trait Rows<'s> {
    /// Reads the next row. What is wrong with one row is told, and the others are read.
    fn next(&mut self, report: &mut Report) -> Option<Record<'s>>;

    /// Says whether the reading stopped, so that what follows in the file means nothing.
    fn is_broken(&self) -> bool {
        false
    }
}

/// Reads all rows, one part after the other.
pub fn all<'s>(sheet: &dyn Sheet<'s>, report: &mut Report) -> Vec<Record<'s>> {
    let mut records = Vec::new();
    for part in sheet.parts() {
        let mut rows = sheet.rows(part);
        while let Some(record) = rows.next(report) {
            records.push(record);
        }
        if rows.is_broken() {
            break;
        }
    }
    records
}
