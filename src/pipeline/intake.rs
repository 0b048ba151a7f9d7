//! Files to tables: which files there are, and their rows, several parts of a file at once.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Arc;
use std::thread::{self, ScopedJoinHandle};

use crate::arrange::Arranger;
use crate::config::{Input, Request};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::error::Error;
use crate::merge::{Records, Tables};
use crate::model::cell::Cells;
use crate::model::table::Table;
use crate::read::{self, Sheet};
use crate::source::{Folder, Form, SourceId, Sources};

use super::formats::Formats;

/// A file of data, its table and how its rows become those of it. Without an id it is not text, which has been told;
/// without a table it is not read.
pub type File = (Option<SourceId>, Option<Table>, Option<Arc<Input>>);

/// Loads every file of data: those of the folder by their names, then those that `[[input]]` names. A file that belongs
/// to no table may have a format that is known.
pub fn load(
    folder: &Folder,
    requests: &[Request],
    sources: &mut Sources,
    report: &mut Report,
) -> Result<Vec<File>, Error> {
    let mut named: Vec<(String, &Request)> = Vec::new();
    for request in requests {
        let names = folder.matching(request.path.as_str())?;
        if names.is_empty() {
            report.add(
                Diagnostic::error(Code::BadValue, format!("no file matches `{}`", request.path))
                    .at(request.path.span, "")
                    .help("the path starts at the folder of `bulletin.toml`"),
            );
        }
        named.extend(names.into_iter().map(|name| (name, request)));
    }
    let mut files = Vec::new();
    let mut formats = Formats::default();
    for name in folder.list()? {
        let Some((stem, end)) = name.rsplit_once('.') else { continue };
        let table = Table::from_name(stem);
        if named.iter().any(|(known, _)| *known == name) {
            continue;
        }
        if is_data(end) && table.is_some() {
            let id = sources.add(&folder.shown(&name), folder.read(&name)?, report);
            files.push((id, table, None));
        } else if is_data(end) || is_feed(end) {
            let id = sources.add(&folder.shown(&name), folder.read(&name)?, report);
            let found = id.map(|id| formats.recognise(id, None, sources, report)).unwrap_or_default();
            if found.is_empty() {
                files.push((id, None, None));
            }
            files.extend(found.into_iter().map(|input| (id, Some(input.table), Some(input))));
        } else if table.is_some() && is_spreadsheet(end) {
            // Nobody asked for it, so it is named and not opened.
            files.push((sources.add(&folder.shown(&name), "".into(), report), None, None));
        }
    }
    for (name, request) in named {
        let id = sources.add(&folder.shown(&name), folder.read(&name)?, report);
        let found = match (&request.input, id) {
            (Some(input), _) => {
                tell_idle_at(input, id, sources, report);
                vec![Arc::clone(input)]
            }
            (None, Some(id)) => formats.recognise(id, Some(request), sources, report),
            (None, None) => Vec::new(),
        };
        files.extend(found.into_iter().map(|input| (id, Some(input.table), Some(input))));
    }
    Ok(files)
}

/// Gives what was asked of the files, each once: several may have been asked for the same.
pub fn inputs(files: &[File]) -> Vec<&Arc<Input>> {
    let mut inputs: Vec<&Arc<Input>> = Vec::new();
    for input in files.iter().filter_map(|(_, _, input)| input.as_ref()) {
        if !inputs.iter().any(|known| Arc::ptr_eq(known, input)) {
            inputs.push(input);
        }
    }
    inputs
}

/// Tells a way into a tree that is to lead into a table.
fn tell_idle_at(input: &Input, id: Option<SourceId>, sources: &Sources, report: &mut Report) {
    if let (Some(at), Some(Form::Csv)) = (&input.at, id.map(|id| sources.form(id))) {
        let told = Diagnostic::error(Code::BadValue, "`at` leads into JSON, and this input reads CSV");
        report.add(told.at(at.span, "").help("delete the line"));
    }
}

fn is_data(extension: &str) -> bool {
    let known = ["csv", "tsv", "json", "jsonl", "ndjson", "xml"];
    known.iter().any(|known| extension.eq_ignore_ascii_case(known))
}

fn is_feed(extension: &str) -> bool {
    ["ics", "rss", "atom", "jsonld"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

fn is_spreadsheet(extension: &str) -> bool {
    ["xlsx", "xls", "ods", "numbers"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// Reads the rows of a file and puts them into their table.
pub fn read_table<'s>(
    id: SourceId,
    table: Table,
    input: Option<&Input>,
    tables: &mut Tables<'s>,
    cells: &mut Cells<'s>,
) {
    if let Some(sheet) = read::open(id, cells.sources, table, input, cells.report) {
        let arranger = Arranger::new(table, input, sheet.tree());
        take_all(table, &*sheet, &arranger, tables, cells);
    }
    let unread = [
        Code::BadCalendar,
        Code::BadCsv,
        Code::BadJson,
        Code::BadXml,
        Code::RaggedRow,
        Code::RepeatedField,
        Code::TooLarge,
    ];
    let place = |d: &Diagnostic| d.labels.first().is_some_and(|label| label.span.source == id);
    if cells.report.diagnostics().iter().any(|d| unread.contains(&d.code) && place(d)) {
        tables.note_broken(table);
    }
}

/// What became of one part of a file.
struct Part<'s> {
    records: Records<'s>,
    report: Report,
    is_broken: bool,
}

/// Reads all parts of a file, as many at once as there are processors, and puts them into `tables` in their order.
fn take_all<'s>(
    table: Table,
    sheet: &dyn Sheet<'s>,
    arranger: &Arranger<'_, 's>,
    tables: &mut Tables<'s>,
    cells: &mut Cells<'s>,
) {
    let (sources, zone) = (cells.sources, &cells.zone);
    let read = |part: Range<usize>| {
        let (mut records, mut report, mut arranger) = (Records::new(table), Report::default(), arranger.clone());
        let mut cells = Cells { sources, report: &mut report, zone: zone.clone() };
        let mut rows = sheet.rows(part);
        while let Some(record) = rows.next(cells.report) {
            if let Some(row) = arranger.row(record, cells.report) {
                let before = cells.report.diagnostics().len();
                records.decode(row, &mut cells);
                if cells.report.diagnostics().len() > before {
                    cells.report.name_record(before, &records.last());
                }
            }
        }
        Part { records, is_broken: rows.is_broken(), report }
    };
    let mut found = Report::default();
    let mut put = |Part { records, report, is_broken }| {
        found.append(report);
        tables.put(records, &mut Cells { sources, report: &mut found, zone: zone.clone() });
        is_broken
    };
    let mut parts = sheet.parts();
    // A small file never leaves its thread.
    let last = parts.pop();
    let most = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let mut ahead = VecDeque::new();
        for part in parts {
            if ahead.len() == most && ahead.pop_front().map(finish).is_some_and(&mut put) {
                return;
            }
            ahead.push_back(scope.spawn(|| read(part)));
        }
        let last = last.map(read);
        // What follows a broken part means nothing.
        let _ = ahead.into_iter().map(finish).chain(last).any(&mut put);
    });
    cells.report.append(found);
}

/// Waits for a part; a panic in it goes on here.
fn finish<T>(part: ScopedJoinHandle<'_, T>) -> T {
    part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}
