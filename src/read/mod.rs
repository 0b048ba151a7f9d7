//! Bytes to records: one file for each format; and new text back into its place.

use std::ops::Range;

use crate::config::Input;
use crate::diagnostic::Report;
use crate::model::table::Table;
use crate::record::{Record, Value};
use crate::source::{Form, SourceId, Sources};

pub mod calendar;
pub mod csv;
pub mod json;
pub mod mend;
pub mod outline;
pub mod page;
pub mod picture;
pub mod toml;
pub mod tree;
pub mod workbook;
pub mod xml;

/// The longest text of one cell, in bytes (1 MiB).
pub const LONGEST_CELL: usize = 1 << 20;

/// A file of rows, opened. It falls into parts that can be read at once.
pub trait Sheet<'s>: Sync {
    /// Finds one after the other the parts that hold whole rows; the last one ends at [`Sheet::end`].
    fn parts(&self) -> Box<dyn Iterator<Item = Range<usize>> + '_>;

    /// Says where the last part ends.
    fn end(&self) -> usize;

    /// Starts to read a part.
    fn rows<'a>(&'a self, part: Range<usize>) -> Box<dyn Rows<'s> + 'a>;

    /// Gives all of the file, where it was read whole.
    fn tree(&self) -> Option<&Value<'s>> {
        None
    }
}

/// So many rows are a part, where rows were found before they are read.
const PART: usize = 512;

/// Gives the parts of so many rows.
fn parts_of(rows: usize) -> impl Iterator<Item = Range<usize>> {
    (0..rows).step_by(PART).map(move |start| start..(start + PART).min(rows))
}

/// Opens a file of rows of `table`; `input` says where they are in it. `None`: no row can be read, and that has been told.
pub fn open<'s>(
    id: SourceId,
    sources: &'s Sources,
    table: Table,
    input: Option<&Input>,
    report: &mut Report,
) -> Option<Box<dyn Sheet<'s> + 's>> {
    let text = &sources.file(id).text;
    let at = input.and_then(|input| input.at.as_ref());
    let form = sources.form(id);
    let is_whole = !matches!(form, Form::Json) || input.is_some_and(Input::is_outside);
    if matches!(form, Form::Csv | Form::Toml) {
        return Some(Box::new(csv::Sheet::open(id, sources, csv::Expected { table, input }, report)?));
    } else if !is_whole {
        return Some(Box::new(json::Sheet::open(id, text, table.name(), at, report)?));
    }
    let tree = tree(id, sources, report)?;
    Some(Box::new(tree::Sheet::open(tree, table, input, report)?))
}

/// Reads a file of trees whole. `None`: it cannot be read, and that has been told.
fn tree<'s>(id: SourceId, sources: &'s Sources, report: &mut Report) -> Option<Value<'s>> {
    let text = &sources.file(id).text;
    match sources.form(id) {
        Form::Xml => xml::read(id, text, report),
        Form::Calendar => calendar::read(id, text, report),
        Form::Page => page::read(id, text, report),
        Form::Json | Form::Csv | Form::Toml => json::tree(id, text, text, report),
    }
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
