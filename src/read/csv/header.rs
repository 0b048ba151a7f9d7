//! Where a table starts: what stands between its cells, and which row names its columns.

use super::fields::Fields;
use super::{Expected, Guess};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::record::Value;
use crate::source::{Origin, Source, SourceId, Span};

/// How many rows are looked at, at most: what names the columns stands at the top.
const ROWS: usize = 30;

/// What may stand between cells; the first of equals is taken.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Where a table starts.
#[derive(Debug)]
pub(super) struct Start {
    /// What stands between cells.
    pub separator: u8,
    /// The offset of the header row.
    pub header: usize,
    /// What was not stated and might be otherwise.
    pub guesses: Vec<Guess>,
}

/// A row that may be the header.
#[derive(Debug)]
struct Candidate {
    start: usize,
    end: usize,
    /// The number of its line.
    line: usize,
    cells: usize,
    filled: usize,
    /// How many cells hold a name that somebody asks for.
    named: usize,
}

/// Finds the start of a table. `None`: there is none, and that has been told.
pub(super) fn find(id: SourceId, file: &Source, expected: Expected<'_>, report: &mut Report) -> Option<Start> {
    let dialect = expected.input.map(|input| &input.dialect);
    let (mut separator, top) = top(file);
    let stated = dialect.and_then(|dialect| dialect.separator);
    separator = stated.map(|stated| stated.value).or(separator);
    let header = dialect.and_then(|dialect| dialect.header);
    let signs = separator.map_or(SEPARATORS.to_vec(), |separator| vec![separator]);
    let most = header.map_or(ROWS, |header| header.value.max(ROWS));
    let mut readings: Vec<(u8, Vec<Candidate>)> =
        signs.into_iter().map(|sign| (sign, candidates(id, file, top, sign, most, expected))).collect();
    if let Some(header) = header {
        readings.iter_mut().for_each(|(_, rows)| rows.retain(|row| row.line == header.value));
        if readings.iter().all(|(_, rows)| rows.is_empty()) {
            let unit = if file.grid().is_some() { "row" } else { "line" };
            report.add(
                Diagnostic::error(Code::BadValue, format!("no row of the table starts in {unit} {}", header.value))
                    .at(header.span, format!("looked for in `{}`", file.name))
                    .help(format!("give the number of the {unit} that names the columns, counted from 1")),
            );
            return None;
        }
    }
    let (at, is_plain) = best(&readings);
    let (separator, rows) = readings.swap_remove(at);
    let Some(row) = header_of(&rows) else {
        report.add(
            Diagnostic::error(Code::BadCsv, "the file is empty")
                .at(Span::new(id, 0..0), "a header row is missing")
                .help("name the columns in the first row; `bulletin schema` lists the fields"),
        );
        return None;
    };
    let found = &rows[row];
    if header.is_none()
        && let Some(first) = table_above(&rows[..row])
    {
        let unit = if file.grid().is_some() { "row" } else { "line" };
        let place = |row: &Candidate| Span::new(id, row.start..row.end);
        let (above, below, lost) = (rows[first].line, found.line, row - first - 1);
        report.add(
            Diagnostic::error(Code::BadCsv, format!("two tables stand one below the other, from {unit} {above} and from {unit} {below}"))
                .at(place(&rows[first]), format!("the columns of {} row{} that would not be read", lost, if lost == 1 { "" } else { "s" }))
                .at(place(found), "these name more of them")
                .help(format!(
                    "put each into a file of its own, or state in an `[[input]]` which one is meant: `header = {above}` or `header = {below}`"
                )),
        );
        return None;
    }
    let mut guesses = Vec::new();
    if let Origin::Decoded { encoding, is_guess: true } = file.origin {
        let name = encoding.name();
        guesses.push(Guess { said: format!("as `{name}`"), key: format!("`encoding = \"{name}\"`") });
    }
    if stated.is_none() && !is_plain {
        let sign = if separator == b'\t' { "tab".into() } else { char::from(separator).to_string() };
        guesses.push(Guess { said: format!("with `{sign}` between cells"), key: format!("`separator = \"{sign}\"`") });
    }
    if row > 0 && header.is_none() {
        let unit = if file.grid().is_some() { "row" } else { "line" };
        let line = found.line;
        guesses.push(Guess { said: format!("with its header in {unit} {line}"), key: format!("`header = {line}`") });
    }
    Some(Start { separator, header: found.start, guesses })
}

/// Finds what states the separator, and where the first row starts: after a byte order mark and a `sep=` line.
fn top(file: &Source) -> (Option<u8>, usize) {
    let text = file.text.as_str();
    if file.grid().is_some() {
        return (Some(b','), 0);
    }
    let start = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let rest = &text[start..];
    let end = rest.find('\n').map_or(rest.len(), |at| at + 1);
    let line = rest[..end].trim_end().trim_matches('"');
    if let Some((_, sign)) = line.split_at_checked(4).filter(|(word, _)| word.eq_ignore_ascii_case("sep="))
        && let [sign @ (b',' | b';' | b'\t' | b'|')] = sign.as_bytes()
    {
        return (Some(*sign), start + end);
    }
    (None, start)
}

/// Reads the first rows as they are with a separator.
fn candidates(
    id: SourceId,
    file: &Source,
    top: usize,
    separator: u8,
    most: usize,
    expected: Expected<'_>,
) -> Vec<Candidate> {
    // What is wrong with these rows is told when they are read as what they are.
    let mut report = Report::default();
    let (mut fields, mut cells) = (Fields::new(id, file, top..file.text.len(), separator), Vec::new());
    let mut rows = Vec::new();
    while rows.len() < most {
        let Some(Ok(row)) = fields.row(&mut cells, &mut report) else { break };
        let texts = cells.iter().filter_map(|cell| match cell {
            Value::Text(text) => Some(text.as_str()),
            Value::Link(link) => Some(link.text.as_str()),
            _ => None,
        });
        let texts: Vec<&str> = texts.filter(|text| !text.trim().is_empty()).collect();
        if texts.is_empty() {
            continue;
        }
        let start = row.range().start;
        // The row starts with the quote of its first cell.
        let start = if file.text[..start].ends_with('"') { start - 1 } else { start };
        let line = file.grid().map_or_else(|| file.line(start).0, |grid| grid.row(start, &file.text).0);
        let named = texts.iter().filter(|text| text.len() < 100 && expected.knows(text.trim())).count();
        let end = row.range().end;
        rows.push(Candidate { start, end, line, cells: cells.len(), filled: texts.len(), named });
    }
    rows
}

/// Chooses one of several readings; says whether nobody would choose another.
fn best(readings: &[(u8, Vec<Candidate>)]) -> (usize, bool) {
    let first_of = |score: &dyn Fn(&[Candidate]) -> usize| {
        let scores: Vec<usize> = readings.iter().map(|(_, rows)| score(rows)).collect();
        let most = scores.iter().copied().max().unwrap_or(0);
        (scores.iter().position(|score| *score == most).unwrap_or(0), most)
    };
    let is_usual = |at: usize| readings.len() < 2 || readings[at].0 != b'|';
    // Names that are asked for decide: no other reading finds them.
    let (at, named) = first_of(&|rows| rows.iter().map(|row| row.named).max().unwrap_or(0));
    if named >= 2 {
        return (at, is_usual(at));
    }
    // Then the first row, for what stands in the rows below may hold any sign; unless they agree on another one, and
    // not with it: a title has commas as well.
    let agreed = |rows: &[Candidate]| {
        let width = usual(rows.iter().map(|row| row.cells));
        if width > 1 { rows.iter().filter(|row| row.cells == width).count() } else { 0 }
    };
    let (at, cells) = first_of(&|rows| rows.first().map_or(0, |row| row.cells));
    let (other, most) = first_of(&agreed);
    let own = &readings[at].1;
    let is_alone = own.iter().filter(|row| row.cells == cells).count() == 1;
    if named == 0 && other != at && is_alone && most >= 2 && most > agreed(own) {
        return (other, false);
    }
    (at, is_usual(at))
}

/// Chooses the row that names the columns.
fn header_of(rows: &[Candidate]) -> Option<usize> {
    let named = rows.iter().map(|row| row.named).max()?;
    if named > 0 {
        return rows.iter().position(|row| row.named == named);
    }
    // Nothing is known by its name. A text alone above rows of several cells is a title.
    let width = usual(rows.iter().map(|row| row.filled));
    if rows[0].filled > 1 || width < 2 {
        return Some(0);
    }
    Some(rows.iter().position(|row| row.filled > 1 && row.filled * 2 >= width).unwrap_or(0))
}

/// Finds, among the rows above the one that names most columns, one that names columns as well and has rows of its own: a
/// table that would be lost. What stands above a table otherwise are titles.
fn table_above(rows: &[Candidate]) -> Option<usize> {
    rows.iter().enumerate().position(|(at, header)| {
        let own = rows[at + 1..].iter().filter(|row| row.named == 0 && row.filled > 1 && row.filled <= header.cells);
        // One name alone may be the first of a pair such as `Date: | 26 June`.
        let fewest = if header.named > 1 { 1 } else { 2 };
        header.named > 0 && header.named + header.filled > 3 && own.count() >= fewest
    })
}

/// Gives the most frequent of some numbers, the greatest of equals.
fn usual(numbers: impl Iterator<Item = usize>) -> usize {
    let mut numbers: Vec<usize> = numbers.collect();
    numbers.sort_unstable();
    let runs = numbers.chunk_by(|one, next| one == next);
    runs.max_by_key(|run| run.len()).map_or(0, |run| run[0])
}
