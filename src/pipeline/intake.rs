//! Files to tables: which files there are, and their rows, several parts of a file at once.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Arc;
use std::thread::{self, ScopedJoinHandle};

use super::watch::Tally;
use crate::arrange::Arranger;
use crate::config::{Dialect, Input, Languages, Request, Written};
use crate::cores;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::error::Error;
use crate::merge::{Records, Tables};
use crate::model::Foreign;
use crate::model::cell::Cells;
use crate::model::table::{Table, near};
use crate::read::workbook::{is_called_workbook, is_workbook, refuse};
use crate::read::{self, Sheet};
use crate::source::{Encoding, Folder, Form, SourceId, Sources, Span, Text};

use super::formats::Formats;

mod workbook;

/// The most files that one input may match.
const MOST_FILES: usize = 10_000;

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
    for input in requests {
        if !inside(&input.path, input.path.as_str(), folder, report) {
            continue;
        }
        let Some(mut names) = folder.matching(input.path.as_str(), MOST_FILES)? else {
            report.add(
                Diagnostic::error(Code::TooLarge, format!("`{}` matches more than {MOST_FILES} files", input.path))
                    .at(input.path.span, "")
                    .help("name fewer, or put their rows together"),
            );
            continue;
        };
        names.retain(|name| inside(&input.path, name, folder, report));
        if names.is_empty() {
            let starts = "the path starts at the folder of `bulletin.toml`";
            let help = match meant(folder, input.path.as_str()) {
                Some(name) => format!("perhaps `{name}` is meant; {starts}"),
                None => starts.to_owned(),
            };
            report.add(
                Diagnostic::error(Code::BadValue, format!("no file matches `{}`", input.path))
                    .at(input.path.span, "")
                    .help(help),
            );
        }
        named.extend(names.into_iter().map(|name| (name, input)));
    }
    let (mut files, mut formats) = (Vec::new(), Formats::default());
    for name in folder.list()? {
        let Some((stem, end)) = name.rsplit_once('.') else { continue };
        let table = Table::from_name(stem);
        if named.iter().any(|(known, _)| *known == name) || is_lock(&name) {
            continue;
        }
        let is_table = is_data(end) && table.is_some() || is_called_workbook(&name);
        if is_table && folder.leads_out(&name) {
            if let Some(id) = sources.add(&folder.shown(&name), "".into(), report) {
                report.add(out(&name).at(Span::new(id, 0..0), ""));
            }
            files.push((None, table, None));
        } else if is_table {
            let taken = take(folder, &name, Wanted { table, ..Wanted::default() }, sources, report)?;
            if taken.iter().all(|(_, table, _)| table.is_none()) {
                let found = of_format(folder, &name, &mut formats, sources, report)?;
                files.extend(if found.is_empty() { taken } else { found });
            } else {
                files.extend(taken);
            }
        } else if (is_data(end) || is_feed(end)) && !folder.leads_out(&name) {
            let found = of_format(folder, &name, &mut formats, sources, report)?;
            if found.is_empty() {
                files.push((sources.add(&folder.shown(&name), "".into(), report), None, None));
            }
            files.extend(found);
        } else if is_data(end) || table.is_some() && end.eq_ignore_ascii_case("numbers") {
            // Nobody asked for it, so it is named and not opened.
            files.push((sources.add(&folder.shown(&name), "".into(), report), None, None));
        }
    }
    for (name, request) in named {
        let (input, dialect) = (request.input.as_ref(), Some(&request.dialect));
        // Which table a format fills is known when its file has been looked at.
        let table = request.table.or(Some(Table::Calls));
        let taken = take(folder, &name, Wanted { table, input, dialect }, sources, report)?;
        for (id, table, input) in taken {
            // A feed has columns of its own: where nothing is said of them, its format says it.
            let is_feed = id.is_some_and(|id| matches!(sources.form(id), Form::Calendar | Form::Page | Form::Xml));
            let is_plain = input.as_ref().is_some_and(|input| input.at.is_none() && input.map.is_none());
            if let (true, true, Some(id)) = (is_feed, is_plain, id) {
                let found = formats.recognise(id, Some(request), sources, report);
                if !found.is_empty() {
                    files.extend(found.into_iter().map(|input| (Some(id), Some(input.table), Some(input))));
                    continue;
                }
            }
            match (input, id) {
                (Some(input), _) => {
                    tell_idle_at(&input, id, sources, report);
                    files.push((id, table, Some(input)));
                }
                (None, Some(id)) => {
                    let found = formats.recognise(id, Some(request), sources, report);
                    files.extend(found.into_iter().map(|input| (Some(id), Some(input.table), Some(input))));
                }
                (None, None) => {}
            }
        }
    }
    Ok(files)
}

/// Finds the file that was probably meant: one that has this name, or nearly, in another folder or in other letters.
fn meant(folder: &Folder, path: &str) -> Option<String> {
    let names = folder.matching("**/*", MOST_FILES).ok()??;
    let last = |name: &str| name.rsplit('/').next().unwrap_or(name).to_lowercase();
    let known: Vec<String> = names.iter().map(|name| last(name)).collect();
    let meant = near(&last(path), known.iter().map(String::as_str))?;
    names.into_iter().zip(&known).find(|(_, known)| *known == meant).map(|(name, _)| name)
}

/// Takes in a file that belongs to no table, if its format is known. Empty: it is not; why it cannot be read is no news,
/// since nobody asked for it.
fn of_format(
    folder: &Folder,
    name: &str,
    formats: &mut Formats<'_>,
    sources: &mut Sources,
    report: &mut Report,
) -> Result<Vec<File>, Error> {
    // Which table a format fills is known when its file has been looked at.
    let wanted = Wanted { table: Some(Table::Calls), ..Wanted::default() };
    let mut files = Vec::new();
    for (id, ..) in take(folder, name, wanted, sources, &mut Report::default())? {
        let found = id.map(|id| formats.recognise(id, None, sources, report)).unwrap_or_default();
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

/// Says whether a file that an input names lies in the publication, and tells it where not.
fn inside(path: &Text, name: &str, folder: &Folder, report: &mut Report) -> bool {
    let inside = !folder.leads_out(name);
    if !inside {
        report.add(out(name).at(path.span, ""));
    }
    inside
}

/// Says that a file lies elsewhere.
fn out(name: &str) -> Diagnostic {
    Diagnostic::error(Code::BadValue, format!("`{name}` leads out of the publication"))
        .help("put the file itself into the folder of `bulletin.toml`")
}

/// What is wanted of a file.
#[derive(Debug, Clone, Copy, Default)]
struct Wanted<'c> {
    /// The table that its name or its `[[input]]` says.
    table: Option<Table>,
    /// How its rows become those of the table.
    input: Option<&'c Arc<Input>>,
    /// How it is written.
    dialect: Option<&'c Dialect>,
}

/// Takes in a file: a text, or sheets of a workbook, which is known by what is in it.
fn take(
    folder: &Folder,
    name: &str,
    wanted: Wanted<'_>,
    sources: &mut Sources,
    report: &mut Report,
) -> Result<Vec<File>, Error> {
    let Wanted { table, input, dialect } = wanted;
    let (shown, content) = (folder.shown(name), folder.read(name)?);
    let is_workbook = is_workbook(content.bytes());
    let form = Form::of(name, &start(content.bytes()));
    if let Some(dialect) = dialect {
        let is_book = is_workbook || is_called_workbook(name);
        dialect.tell_unfit(if is_book { Written::Workbook } else { Written::of(form) }, report);
    }
    let files = if is_workbook {
        let taken = workbook::Taken { name: &shown, bytes: content.bytes(), table, input, dialect };
        taken.files(sources, report)
    } else if table.is_none() {
        vec![(sources.add(&shown, "".into(), report), None, None)]
    } else if is_called_workbook(name)
        && let Some(refused) = refuse(content.bytes())
    {
        let id = sources.add(&shown, "".into(), report);
        report.add(refused.at(Span::new(id.expect("it is empty"), 0..0)));
        vec![(None, table, input.cloned())]
    } else {
        let encoding = dialect.and_then(|dialect| dialect.encoding).map(|encoding| encoding.value);
        let encoding = encoding.or_else(|| declared(content.bytes()).filter(|_| form == Form::Xml));
        let id = if form == Form::Csv || encoding.is_some() {
            sources.add_table(&shown, content, encoding, report)
        } else {
            sources.add(&shown, content, report)
        };
        vec![(id, table, input.cloned())]
    };
    let decimal = dialect.and_then(|dialect| dialect.decimal);
    for id in files.iter().filter_map(|(id, ..)| *id) {
        sources.file_mut(id).decimal = decimal.map(|decimal| decimal.value);
    }
    Ok(files)
}

/// Knows the file that a spreadsheet program keeps beside one that is open.
fn is_lock(name: &str) -> bool {
    name.starts_with("~$") || name.starts_with(".~lock.")
}

/// Gives how a file begins.
fn start(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(&bytes[..bytes.len().min(256)])
}

/// Gives the encoding that an XML declaration states (XML 1.0 §4.3.3), if it is another than UTF-8.
fn declared(bytes: &[u8]) -> Option<Encoding> {
    let start = start(bytes);
    let (declaration, _) = start.strip_prefix("<?xml")?.split_once("?>")?;
    let (_, rest) = declaration.split_once("encoding")?;
    let label = rest.trim_start().strip_prefix('=')?.trim_start();
    let label = label.strip_prefix(['"', '\''])?.split(['"', '\'']).next()?;
    Encoding::from_label(label).filter(|encoding| *encoding != Encoding::UTF_8)
}

fn is_data(extension: &str) -> bool {
    let known = ["csv", "tsv", "psv", "ssv", "json", "jsonl", "ndjson", "xml"];
    known.iter().any(|known| extension.eq_ignore_ascii_case(known))
}

fn is_feed(extension: &str) -> bool {
    ["ics", "rss", "atom", "jsonld"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// Reads the rows of a file and puts them into their table.
pub fn read_table<'s>(
    id: SourceId,
    table: Table,
    input: Option<&Input>,
    languages: &Languages,
    tables: &mut Tables<'s>,
    cells: &mut Cells<'s>,
    tally: &Tally<'_>,
) {
    let (before, len) = (tally.bytes(), cells.sources.file(id).text.len());
    tables.note_origin(id, &cells.sources.file(id).name, input);
    if let Some(sheet) = read::open(id, cells.sources, table, input, cells.report) {
        let arranger = Arranger::new(table, input, languages, sheet.tree());
        take_all(table, &*sheet, &arranger, tables, cells, |rows, end| {
            tally.take(rows, before + len / sheet.end() * end);
        });
    }
    tally.take(0, before + len);
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
    /// What is shown in another language than the edition's.
    foreign: Foreign,
    /// How many rows it has.
    rows: usize,
    /// Where it ends.
    end: usize,
    is_broken: bool,
}

/// Reads all parts of a file, as many at once as there are processors, and puts them into `tables` in their order.
fn take_all<'s>(
    table: Table,
    sheet: &dyn Sheet<'s>,
    arranger: &Arranger<'_, 's>,
    tables: &mut Tables<'s>,
    cells: &mut Cells<'s>,
    mut took: impl FnMut(usize, usize),
) {
    let (sources, zone) = (cells.sources, &cells.zone);
    let read = |part: Range<usize>| {
        let (mut records, mut report, mut arranger) = (Records::new(table), Report::default(), arranger.clone());
        let mut cells = Cells { sources, report: &mut report, zone: zone.clone() };
        let (end, mut rows, mut count) = (part.end, sheet.rows(part), 0);
        while let Some(record) = rows.next(cells.report) {
            count += 1;
            if let Some(row) = arranger.row(record, cells.report) {
                let before = cells.report.diagnostics().len();
                records.decode(row, &mut cells);
                if cells.report.diagnostics().len() > before {
                    cells.report.name_record(before, &records.last());
                }
            }
        }
        Part { records, rows: count, end, is_broken: rows.is_broken(), foreign: arranger.foreign, report }
    };
    let mut found = Report::default();
    let mut put = |Part { records, report, foreign, rows, end, is_broken }| {
        took(rows, end);
        tables.note_foreign(foreign);
        found.append(report);
        tables.put(records, &mut Cells { sources, report: &mut found, zone: zone.clone() });
        is_broken
    };
    let mut parts = sheet.parts().peekable();
    // One part more than there are processors lies ready while another is put away.
    let most = cores::count() + 1;
    thread::scope(|scope| {
        let (mut ahead, mut last) = (VecDeque::new(), None);
        while let Some(part) = parts.next() {
            // A small file never leaves its thread.
            if parts.peek().is_none() {
                last = Some(read(part));
                break;
            }
            if ahead.len() == most && ahead.pop_front().map(finish).is_some_and(&mut put) {
                return;
            }
            ahead.push_back(scope.spawn(|| read(part)));
        }
        // What follows a broken part means nothing.
        let _ = ahead.into_iter().map(finish).chain(last).any(&mut put);
    });
    cells.report.append(found);
}

/// Waits for a part; a panic in it goes on here.
fn finish<T>(part: ScopedJoinHandle<'_, T>) -> T {
    part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}
