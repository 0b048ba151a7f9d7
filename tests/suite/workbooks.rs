//! The workbooks of the cases. They are files like all others; this is how they were made.
//!
//! `SNAPSHOTS=overwrite cargo test` writes them anew.

use std::path::Path;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Formula, Url, Workbook, Worksheet, XlsxError};

use crate::spreadsheets::with_inside;
use crate::support::root;

/// A workbook without a clock: the same bytes each time.
fn workbook() -> Workbook {
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_ymd(2024, 6, 26).expect("a day");
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    book
}

fn rows(sheet: &mut Worksheet, rows: &[&[&str]]) -> Result<(), XlsxError> {
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(*cells).filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string(row, column, *cell)?;
        }
    }
    Ok(())
}

fn day(year: u16, month: u8, day: u8) -> ExcelDateTime {
    ExcelDateTime::from_ymd(year, month, day).expect("a day")
}

fn time(hour: u16, minute: u8) -> ExcelDateTime {
    ExcelDateTime::from_hms(hour, minute, 0).expect("a time")
}

/// A whole publication in one workbook: a sheet for each table, and two that are none.
fn spreadsheet() -> Result<Vec<u8>, XlsxError> {
    let mut book = workbook();
    let (dates, times) = (Format::new().set_num_format("dd/mm/yyyy"), Format::new().set_num_format("hh:mm"));

    let sheet = book.add_worksheet().set_name("Sessions")?;
    let title = Format::new().set_bold();
    sheet.merge_range(0, 0, 0, 6, "Meetings of the Harbour Cluster", &title)?;
    let names = ["ID", "Title", "Series", "Date", "Start", "End", "Room"];
    for (column, name) in (0..).zip(names) {
        sheet.write_string_with_format(2, column, name, &title)?;
    }
    let meetings = [
        ("quay-1", "Shore power, a first look", 3, time(9, 0), time(10, 30)),
        ("quay-2", "Quiet engines", 3, time(11, 0), time(12, 15)),
        ("quay-3", "Clean berths: \"who pays?\"\nAn open hour", 10, time(14, 0), time(15, 0)),
    ];
    for (row, (id, title, on, start, end)) in (3..).zip(meetings) {
        sheet.write_string(row, 0, id)?.write_string(row, 1, title)?;
        sheet.write_datetime_with_format(row, 3, day(2026, 11, on), &dates)?;
        sheet.write_datetime_with_format(row, 4, start, &times)?.write_datetime_with_format(row, 5, end, &times)?;
        sheet.write_number(row, 6, 101.0)?;
    }
    // One cell says the series of all three.
    sheet.merge_range(3, 2, 5, 2, "Harbour talks", &Format::new())?;

    let sheet = book.add_worksheet().set_name("Calls")?;
    rows(sheet, &[&["Id", "Title", "Programme", "Opens", "Deadline", "Budget", "Rate", "", "Summary"]])?;
    let (euro, percent) = (Format::new().set_num_format("#,##0.00 [$€-407]"), Format::new().set_num_format("0%"));
    let link = Url::new("https://example.org/calls/berths").set_text("Green berths");
    sheet.write_string(1, 0, "berths")?.write_url(1, 1, link)?;
    let formula = Formula::new("HYPERLINK(\"https://example.org/calls/pilots\", \"Pilots at sea\")");
    sheet.write_string(2, 0, "pilots")?.write_formula(2, 1, formula)?;
    for (row, (deadline, budget, rate)) in (1..).zip([(17, 2_500_000.0, 0.7), (24, 800_000.5, 0.455)]) {
        sheet.write_formula(row, 2, Formula::new("UPPER(\"h\")&\"arbour fund\"").set_result("Harbour fund"))?;
        sheet.write_datetime_with_format(row, 3, day(2026, 9, 1), &dates)?;
        sheet.write_datetime_with_format(row, 4, day(2026, 11, deadline).and_hms(17, 0, 0)?, &dates)?;
        sheet.write_number_with_format(row, 5, budget, &euro)?;
        sheet.write_number_with_format(row, 6, rate, &percent)?;
    }
    sheet.write_string(1, 8, "For ports that charge ships from land.")?;

    let sheet = book.add_worksheet().set_name("Notes")?;
    rows(sheet, &[&["Who looks after the coffee?"]])?;
    let sheet = book.add_worksheet().set_name("News")?.set_hidden(true);
    rows(sheet, &[&["Title"], &["Nobody is to read this"]])?;
    book.save_to_buffer()
}

/// Cells that say nothing that could be printed.
fn formulas() -> Result<Vec<u8>, XlsxError> {
    let mut book = workbook();
    let sheet = book.add_worksheet().set_name("Open")?;
    rows(sheet, &[&["id", "title", "programme", "deadline"], &["a", "", "", "2026-11-17"], &["b", "Quiet engines"]])?;
    sheet.write_formula(1, 1, Formula::new("Funds!#REF!").set_result("#REF!"))?;
    sheet.write_number(2, 3, 22.5)?;
    book.save_to_buffer()
}

/// Several sheets of which nobody says which is meant.
fn sheets() -> Result<Vec<u8>, XlsxError> {
    let mut book = workbook();
    book.add_worksheet().set_name("Cover")?;
    let sheet = book.add_worksheet().set_name("Open")?;
    rows(sheet, &[&["id", "title", "deadline"], &["a", "Quiet engines", "2024-11-17"]])?;
    let sheet = book.add_worksheet().set_name("Closed")?;
    rows(sheet, &[&["id", "title", "deadline"], &["b", "Loud engines", "2023-11-17"]])?;
    book.save_to_buffer()
}

/// Sheets of which one is named after a table, and not the one that the workbook is named after.
fn others() -> Result<Vec<u8>, XlsxError> {
    let mut book = workbook();
    let sheet = book.add_worksheet().set_name("Open")?;
    rows(sheet, &[&["id", "title", "deadline"], &["a", "Quiet engines", "2024-11-17"]])?;
    let sheet = book.add_worksheet().set_name("News")?;
    rows(sheet, &[&["id", "title", "date"], &["b", "A new quay", "2024-06-20"]])?;
    book.save_to_buffer()
}

/// One that ends in the middle.
fn cut() -> Result<Vec<u8>, XlsxError> {
    let mut bytes = sheets()?;
    bytes.truncate(bytes.len() / 2);
    Ok(bytes)
}

/// Amounts, shares and days that are shown otherwise than they are kept.
fn formats() -> Result<Vec<u8>, XlsxError> {
    let mut book = workbook();
    let sheet = book.add_worksheet().set_name("Calls")?;
    rows(sheet, &[&["id", "title", "deadline", "budget", "rate"]])?;
    let calls = [
        ("shared", "Shared berths", 46_266.0, "mmm yyyy", 1_500_000.0, "#,##0.00 [$kr]", 70.0, "0\"%\""),
        ("south", "Southern berths", 46_266.0, "d mmm yyyy", 1_500_000.0, "\"A$\"#,##0", 0.455, "0.0%"),
        ("north", "Northern berths", 46_266.0, "d mmm yyyy", 1_500_000.0, "#,##0.00 [$kr-41D]", 0.7, "0%"),
        ("large", "Large berths", 46_266.0, "d mmm yyyy", 1.5, "0.0 \"M€\"", 0.7, "0%"),
        ("old", "Old berths", -5.0, "d mmm yyyy", 1500.5, "#,##0.00 [$€-407]", 0.7, "0%"),
    ];
    for (row, (id, title, day, on, budget, money, rate, share)) in (1..).zip(calls) {
        sheet.write_string(row, 0, id)?.write_string(row, 1, title)?;
        sheet.write_number_with_format(row, 2, day, &Format::new().set_num_format(on))?;
        sheet.write_number_with_format(row, 3, budget, &Format::new().set_num_format(money))?;
        sheet.write_number_with_format(row, 4, rate, &Format::new().set_num_format(share))?;
    }
    book.save_to_buffer()
}

/// Formulas of which no value was kept, an error that is not in the standard, an address that only a formula knows.
fn unread() -> Result<Vec<u8>, XlsxError> {
    let mut book = workbook();
    let sheet = book.add_worksheet().set_name("Calls")?;
    rows(sheet, &[&["id", "title", "programme", "deadline"]])?;
    for (row, id) in (1..).zip(["a", "b", "c", "d", "e"]) {
        sheet.write_string(row, 0, id)?.write_string(row, 3, "2026-11-17")?;
    }
    sheet.write_formula(1, 1, Formula::new("A2&\" \"&D2").set_result("none"))?;
    sheet.write_formula(2, 1, Formula::new("HYPERLINK(\"https://example.org/\"&A3,\"Seed\")").set_result("Seed"))?;
    sheet.write_formula(3, 1, Formula::new("HYPERLINK(\"https://example.org/\"&A4,\"Root\")").set_result("Root"))?;
    sheet.write_formula(4, 1, Formula::new("UNIQUE(A2:A5)").set_result("#SPILL!"))?;
    sheet.write_string(5, 1, "=\"x\"")?.write_string(5, 2, "=A2")?;
    let bytes = book.save_to_buffer()?;
    // The library writes what other programs leave out, and knows no errors but the usual ones.
    Ok(with_inside(&bytes, |name, content| {
        if name.ends_with("sheet1.xml") {
            let text = String::from_utf8_lossy(content).replace("<v>none</v>", "");
            *content = text.replace("t=\"str\"><f>UNIQUE", "t=\"e\"><f>UNIQUE").into_bytes();
        }
    }))
}

/// Rows and columns that nobody sees, and one that a merged block fills.
fn hidden() -> Result<Vec<u8>, XlsxError> {
    let mut book = workbook();
    let sheet = book.add_worksheet().set_name("Calls")?;
    rows(
        sheet,
        &[
            &["id", "title", "notes", "deadline", "programme"],
            &["a", "Quiet engines", "between us", "2026-11-17", ""],
            &["b", "Loud engines", "dropped", "2026-11-18"],
            &["c", "Slow engines", "", "2026-11-19"],
        ],
    )?;
    sheet.merge_range(1, 4, 3, 5, "Harbour fund", &Format::new())?;
    sheet.set_row_hidden(2)?.set_column_hidden(2)?;
    book.save_to_buffer()
}

type Made = fn() -> Result<Vec<u8>, XlsxError>;

const CASES: [(&str, Made); 9] = [
    ("editions/spreadsheet/harbour.xlsx", spreadsheet),
    ("diagnostics/bad-amount.workbook/calls.xlsx", formats),
    ("diagnostics/formula/calls.xlsx", formulas),
    ("diagnostics/formula.unread/calls.xlsx", unread),
    ("diagnostics/guessed.hidden/calls.xlsx", hidden),
    ("diagnostics/guessed.sheet/calls.xlsx", sheets),
    ("diagnostics/guessed.table/calls.xlsx", others),
    ("diagnostics/bad-value.sheet/all.xlsx", sheets),
    ("diagnostics/bad-workbook/calls.xlsx", cut),
];

#[test]
fn workbooks_are_those_that_are_made() {
    let overwrite = std::env::var("SNAPSHOTS").is_ok_and(|word| word == "overwrite");
    for (path, make) in CASES {
        let path: &Path = &root().join("tests").join(path);
        let bytes = make().unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        if overwrite {
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(path, &bytes).expect("written");
        }
        assert!(std::fs::read(path).is_ok_and(|known| known == bytes), "{}: other bytes", path.display());
    }
}
