//! How fast a large table is read: 100,000 calls, against the plain `csv` crate with `serde`, of the same file.
//!
//! The baseline takes each row into a struct of strings, keeps it and believes all of it. The program also remembers the
//! place of each cell, checks dates, amounts and addresses, and merges the rows; the distance between the two is what
//! that costs. A sheet of a workbook is held against `calamine` alone. Run it with `cargo bench --bench reading`.
#![expect(clippy::disallowed_methods, reason = "a bench writes the file that it reads")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::ops::RangeInclusive;

use bulletin::diagnostic::Report;
use bulletin::model::table::Table;
use bulletin::pipeline::{self, Job};
use bulletin::read::csv::{Expected, Sheet};
use bulletin::read::{self, workbook::Workbook};
use bulletin::source::{Folder, Sources};
use calamine::Reader as _;
use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use serde::Deserialize;
use tempfile::TempDir;

fn main() {
    divan::main();
}

const PROGRAMMES: [&str; 5] =
    ["Capacity Building", "Digital Transition", "Green Business", "Skills and Training", "Regional Innovation"];
const FUNDERS: [&str; 4] = ["Lakeside region", "Ministry of the Environment", "Research Council", "Crafts Foundation"];

const SUMMARY: &str = "Pays for the first year of joint work between \"those who make\" and those who use, \
    from the plan to the first delivery; half of the partners must be small or new to the programme, and at least \
    two of them come from another country.";

/// Writes a table of calls like those in a funder's export: quoted prose, two forms of dates, grouped amounts.
fn calls(rows: usize) -> String {
    let mut text = String::with_capacity(rows * 360);
    text.push_str("id,title,programme,funder,opens,deadline,budget,url,summary\n");
    for row in 0..rows {
        let (month, day) = (1 + row % 12, 1 + row % 28);
        let programme = PROGRAMMES[row % PROGRAMMES.len()];
        let funder = FUNDERS[row % FUNDERS.len()];
        let summary = SUMMARY.replace('"', "\"\"");
        let _ = writeln!(
            text,
            "call-{row:06},\"{programme}: round {row}\",{programme},{funder},2026-{month:02}-{day:02},\
             {day}.{month}.2027,EUR {} 500 000,https://example.org/calls/{row},\"{summary}\"",
            1 + row % 9,
        );
    }
    text
}

/// A row, as the baseline takes it.
#[derive(Deserialize)]
#[allow(dead_code, reason = "read, and not looked at")]
struct Row {
    id: String,
    title: String,
    programme: String,
    funder: String,
    opens: String,
    deadline: String,
    budget: String,
    url: String,
    summary: String,
}

/// The file that is read.
const CALLS: &str = "calls.csv";

/// On this day all calls are open.
const SUMMER: &str = "2026-06-01";

/// On this day one call in 84 is open: those with a deadline on the next.
const LAST_DAYS: &str = "2027-12-27";

/// The same table as a publication of a day.
fn publication(text: &str, date: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let head = format!("[edition]\ntitle = \"Calls\"\ndate = {date}\n");
    for (name, text) in [("bulletin.toml", head.as_str()), (CALLS, text)] {
        fs::write(folder.path().join(name), text).expect("written");
    }
    folder
}

/// The plain way: each row into a struct of strings, all rows kept.
#[divan::bench(args = [10_000, 100_000], sample_count = 10)]
fn csv_and_serde(bencher: Bencher<'_, '_>, rows: usize) {
    let text = calls(rows);
    let folder = publication(&text, SUMMER);
    let path = folder.path().join(CALLS);
    let bencher = bencher.counter(BytesCount::of_str(&text));
    bencher.bench(|| {
        let mut reader = csv::Reader::from_path(black_box(&path)).expect("a file");
        reader.deserialize().collect::<Result<Vec<Row>, _>>().expect("a sound table")
    });
}

/// Reading, decoding, checking, merging and choosing; the desk reads the words of what is chosen, some 1,200 of 100,000.
#[divan::bench(args = [10_000, 100_000], sample_count = 10)]
fn bulletin_check(bencher: Bencher<'_, '_>, rows: usize) {
    check(bencher, rows, LAST_DAYS, rows / 84..=rows / 84 + 1);
}

/// The same where everything is chosen, and every word of it read.
#[divan::bench(args = [10_000, 100_000], sample_count = 5)]
fn bulletin_check_and_read_all(bencher: Bencher<'_, '_>, rows: usize) {
    check(bencher, rows, SUMMER, rows..=rows);
}

fn check(bencher: Bencher<'_, '_>, rows: usize, date: &str, chosen: RangeInclusive<usize>) {
    let text = calls(rows);
    let folder = publication(&text, date);
    let job = Job::new(Folder::Disk(folder.path().to_owned()));
    let checked = pipeline::check(&job).expect("the files are there");
    assert_eq!(checked.report.count(bulletin::diagnostic::Severity::Error), 0, "the table is sound");
    let calls = checked.edition.expect("an edition").calls.len();
    assert!(chosen.contains(&calls), "{calls}");
    let bencher = bencher.counter(BytesCount::of_str(&text));
    bencher.bench(|| pipeline::check(black_box(&job)));
}

/// The same table as a sheet of a workbook, with its dates as dates and its budgets as amounts.
fn sheet(rows: usize) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("calls").expect("a name");
    let dates = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
    let euro = rust_xlsxwriter::Format::new().set_num_format("[$EUR] #,##0.00");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(std::io::Cursor::new(calls(rows)));
    for (row, record) in (0..).zip(reader.records()) {
        for (column, cell) in (0..).zip(record.expect("a sound table").iter()) {
            let written = match column {
                4 | 5 if row > 0 => {
                    let serial = 46_000.0 + f64::from(row % 700);
                    sheet.write_number_with_format(row, column, serial, &dates)
                }
                6 if row > 0 => sheet.write_number_with_format(row, column, f64::from(row) * 100.0, &euro),
                _ => sheet.write_string(row, column, cell),
            };
            written.expect("a sheet is large enough");
        }
    }
    book.save_to_buffer().expect("memory")
}

/// The cells of a sheet as `calamine` gives them, and nothing made of them.
#[divan::bench(args = [50_000], sample_count = 5)]
fn plain_calamine(bencher: Bencher<'_, '_>, rows: usize) {
    let bytes = sheet(rows);
    bencher.bench(|| {
        let mut book = calamine::Xlsx::new(std::io::Cursor::new(black_box(bytes.as_slice()))).expect("a workbook");
        book.worksheet_range("calls").expect("a sheet")
    });
}

/// The same sheet as records, each value with its cell.
#[divan::bench(args = [50_000], sample_count = 5)]
fn bulletin_sheet(bencher: Bencher<'_, '_>, rows: usize) {
    let bytes = sheet(rows);
    bencher.bench(|| {
        let (text, grid) = Workbook::open(black_box(&bytes)).and_then(|mut book| book.read("calls")).expect("a sheet");
        let (mut report, mut sources) = (Report::default(), Sources::default());
        let id = sources.add_sheet("calls.xlsx", text, grid);
        let expected = Expected { table: Table::Calls, input: None };
        let sheet = Sheet::open(id, &sources, expected, &mut report).expect("a header");
        assert_eq!(read::all(&sheet, &mut report).len(), rows);
    });
}

/// The same calls from two portals, each under ids of its own: matched by their addresses, or by title and date.
#[divan::bench(args = [10_000, 100_000], sample_count = 10)]
fn bulletin_check_two_portals(bencher: Bencher<'_, '_>, rows: usize) {
    let first = calls(rows / 2);
    let second =
        first.replace("\ncall-", "\nother-").replace("https://example.org/calls/1", "http://www.example.org/calls/1");
    let head = "[edition]\ntitle = \"Calls\"\ndate = 2027-12-27\n[merge]\nprefer = \"last\"\n\
                [[input]]\ntable = \"calls\"\npath = \"*.csv\"\n";
    let files = [("bulletin.toml", head), ("one.csv", &first), ("two.csv", &second)];
    let files = files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
    let job = Job::new(Folder::Memory(BTreeMap::from(files)));
    let checked = pipeline::check(&job).expect("the files are in memory");
    assert_eq!(checked.counts.calls, rows / 2);
    let bencher = bencher.counter(BytesCount::new(first.len() + second.len()));
    bencher.bench(|| pipeline::check(black_box(&job)));
}
