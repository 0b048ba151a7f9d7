//! What the cells of a workbook show, form by form: a small sheet, and the text that is made of it.

use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};
use std::time::Instant;

use bulletin::diagnostic::Report;
use bulletin::model::Zone;
use bulletin::model::cell::Cells;
use bulletin::model::table::Table;
use bulletin::pipeline::{self, Checked, Job};
use bulletin::read::csv::{Expected, Sheet};
use bulletin::read::workbook::Workbook;
use bulletin::record::Value;
use bulletin::source::{Folder, Grid, Mark, Quote, Sources, Span};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::spreadsheets::open_document;

/// A workbook of Office Open XML with one sheet: what stands in it, its number formats, the relations of its links.
fn office(sheet: &str, formats: &[&str], links: &[&str]) -> Vec<u8> {
    const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation = |id: &str, kind: &str, target: &str, mode: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{RELATIONS}/{kind}\" Target=\"{target}\"{mode}/>")
    };
    let relations = |inside: String| format!("<Relationships>{inside}</Relationships>");
    let escaped = |text: &str| text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
    let codes = formats.iter().enumerate();
    let codes = codes.map(|(at, code)| format!("<numFmt numFmtId=\"{}\" formatCode=\"{}\"/>", 200 + at, escaped(code)));
    let styles = (0..formats.len()).map(|at| format!("<xf numFmtId=\"{}\"/>", 200 + at));
    let styles = format!(
        "<styleSheet><numFmts>{}</numFmts><cellXfs><xf numFmtId=\"0\"/>{}</cellXfs></styleSheet>",
        codes.collect::<String>(),
        styles.collect::<String>()
    );
    let links = links.iter().enumerate();
    let links =
        links.map(|(at, url)| relation(&format!("link{at}"), "hyperlink", &escaped(url), " TargetMode=\"External\""));
    let book = "<workbook><sheets><sheet name=\"A &amp; B\" sheetId=\"1\" r:id=\"one\"/></sheets></workbook>";
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (path, text) in [
        ("[Content_Types].xml", "<Types/>".to_owned()),
        ("_rels/.rels", relations(relation("book", "officeDocument", "xl/workbook.xml", ""))),
        ("xl/workbook.xml", book.to_owned()),
        ("xl/_rels/workbook.xml.rels", relations(relation("one", "worksheet", "worksheets/first.xml", ""))),
        ("xl/styles.xml", styles),
        ("xl/worksheets/first.xml", format!("<worksheet>{sheet}</worksheet>")),
        ("xl/worksheets/_rels/first.xml.rels", relations(links.collect())),
    ] {
        archive.start_file(path, stored).expect("memory");
        archive.write_all(text.as_bytes()).expect("memory");
    }
    archive.finish().expect("memory").into_inner()
}

/// Reads the first sheet; gives its text.
fn text(bytes: &[u8]) -> String {
    let mut book = Workbook::open(bytes).map_err(|error| format!("{error:?}")).expect("a workbook");
    let (sheet, _) = book.sheets[0].clone();
    book.read(&sheet).map_err(|error| format!("{error:?}")).expect("a sheet").0
}

/// Reads the first sheet through the reader of tables; gives each cell, and where it leads.
fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut book = Workbook::open(bytes).map_err(|error| format!("{error:?}")).expect("a workbook");
    let (sheet, _) = book.sheets[0].clone();
    let (text, grid) = book.read(&sheet).map_err(|error| format!("{error:?}")).expect("a sheet");
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let id = sources.add_sheet("calls.xlsx", text, grid);
    let expected = Expected { table: Table::Calls, input: None };
    let sheet = Sheet::open(id, &sources, expected, &mut report).expect("a header");
    let records = bulletin::read::all(&sheet, &mut report);
    let cell = |value: &Value<'_>| match value {
        Value::Text(text) => text.as_str().to_owned(),
        Value::Link(link) => format!("{} -> {}", link.text.as_str(), link.url.as_str()),
        _ => String::new(),
    };
    records.iter().map(|record| record.values.iter().map(cell).collect()).collect()
}

fn row(number: usize, attributes: &str, cells: &str) -> String {
    format!("<row r=\"{number}\" {attributes}>{cells}</row>")
}

fn said(place: &str, text: &str) -> String {
    format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

/// Checks a publication of one workbook that an `[[input]]` describes.
fn checked(bytes: Vec<u8>, input: &str) -> Checked {
    let config = format!(
        "[edition]\ntitle = \"Calls\"\ndate = 2024-06-26\n[[input]]\ntable = \"calls\"\npath = \"open.xlsx\"\n{input}"
    );
    let files = BTreeMap::from([("bulletin.toml".to_owned(), config.into_bytes()), ("open.xlsx".to_owned(), bytes)]);
    pipeline::check(&Job::new(Folder::Memory(files))).expect("nothing but the data can be wrong")
}

#[test]
fn what_is_hidden_is_not_read() {
    let sheet = [
        "<cols><col min=\"2\" max=\"2\" hidden=\"1\"/></cols><sheetData>".to_owned(),
        row(1, "", &[said("A1", "title"), said("B1", "notes"), said("C1", "place")].concat()),
        row(2, "", &[said("A2", "Seen"), said("B2", "hidden"), said("C2", "Here")].concat()),
        row(3, "hidden=\"1\"", &[said("A3", "Hidden"), said("C3", "There")].concat()),
        row(4, "hidden=\"0\"", &said("A4", "Last")),
        "</sheetData>".to_owned(),
    ];
    assert_eq!(text(&office(&sheet.concat(), &[], &[])), "title,,place\nSeen,,Here\nLast\n");
}

#[test]
fn a_merged_block_says_its_text_in_each_row() {
    let mut sheet =
        vec!["<sheetData>".to_owned(), row(1, "", &[said("A1", "title"), said("E1", "programme")].concat())];
    sheet.push(row(2, "", &[said("A2", "One"), said("E2", "Fund")].concat()));
    sheet.extend((3..=5).map(|number| row(number, "", &said(&format!("A{number}"), "Next"))));
    sheet.push("</sheetData><mergeCells><mergeCell ref=\"E2:F4\"/><mergeCell ref=\"A1:A1\"/></mergeCells>".to_owned());
    let expected = "title,,,,programme\nOne,,,,Fund\nNext,,,,Fund\nNext,,,,Fund\nNext\n";
    assert_eq!(text(&office(&sheet.concat(), &[], &[])), expected);
}

/// Areas that lie over each other are no more work than others.
#[test]
fn areas_that_overlap_are_read_in_no_time() {
    const ROWS: usize = 20_000;
    let rows: String = (1..=ROWS).map(|number| row(number, "", &said(&format!("A{number}"), "x"))).collect();
    let areas: String = (1..ROWS).map(|number| format!("<mergeCell ref=\"A{number}:B{ROWS}\"/>")).collect();
    let sheet = format!("<sheetData>{rows}</sheetData><mergeCells>{areas}</mergeCells>");
    let start = Instant::now();
    assert_eq!(text(&office(&sheet, &[], &[])), "x\n".repeat(ROWS));
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
}

#[test]
fn a_link_keeps_what_follows_its_address() {
    let cells_of = [said("A1", "title"), said("B1", "place")].concat();
    let rows = [row(1, "", &cells_of), row(2, "", &[said("A2", "One"), said("B2", "Two")].concat())].concat();
    let links = "<hyperlinks><hyperlink ref=\"A2\" r:id=\"link0\" location=\"part-2\"/>\
                 <hyperlink ref=\"B2\" r:id=\"link1\" location=\"more\"/></hyperlinks>";
    let sheet = format!("<sheetData>{rows}</sheetData>{links}");
    let bytes = office(&sheet, &[], &["https://example.org/a", "https://example.org/b#c"]);
    assert_eq!(cells(&bytes), [["One -> https://example.org/a#part-2", "Two -> https://example.org/b#c"]]);
}

#[test]
fn text_that_begins_as_a_formula_stays_text() {
    let texts = ["=\"x\"", "=HYPERLINK(\"https://example.org\",\"Seed\")", "=SUM(A1:A3)", "=A2"];
    let rows: String =
        (2..).zip(texts).map(|(number, text)| row(number, "", &said(&format!("A{number}"), text))).collect();
    let sheet = format!("<sheetData>{}{rows}</sheetData>", row(1, "", &said("A1", "title")));
    assert_eq!(cells(&office(&sheet, &[], &[])).concat(), texts);
    let told = checked(office(&sheet, &[], &[]), "");
    let codes: Vec<&str> = told.report.diagnostics().iter().map(|diagnostic| diagnostic.code.as_str()).collect();
    assert!(!codes.contains(&"formula"), "{codes:?}");
}

/// Errors that `calamine` does not know are told where they stand, and all else is read.
#[test]
fn an_error_of_any_kind_is_told_at_its_cell() {
    for formula in ["", "<f>A1</f>"] {
        let cells = format!("<c r=\"C3\" t=\"e\">{formula}<v>#FIELD!</v></c><c r=\"D3\" t=\"e\"><v>#N/A</v></c>");
        let rows = [
            row(
                1,
                "",
                &["title", "place", "programme", "rate"]
                    .iter()
                    .zip(["A1", "B1", "C1", "D1"])
                    .map(|(name, place)| said(place, name))
                    .collect::<String>(),
            ),
            row(
                2,
                "",
                &format!("{}<c r=\"B2\" t=\"e\">{formula}<v>#SPILL!</v></c>{}", said("A2", "One"), said("C2", "Fund")),
            ),
            row(3, "", &format!("{}{cells}", said("A3", "Two"))),
            row(4, "", &said("A4", "Three")),
        ];
        let told = checked(office(&format!("<sheetData>{}</sheetData>", rows.concat()), &[], &[]), "");
        let places = told.report.diagnostics().iter().filter(|diagnostic| diagnostic.code.as_str() == "formula");
        let places: Vec<String> =
            places.map(|diagnostic| told.sources.place(diagnostic.labels[0].span).to_string()).collect();
        let at = |cell: &str| format!("open.xlsx, sheet A & B, cell {cell}");
        assert_eq!(places, [at("C3"), at("D3")], "{formula}: {:?}", told.report.diagnostics());
        assert_eq!(told.rows, 3);
        // A cell need not say its place: then it follows the one before.
        let error = format!("<c t=\"e\">{formula}<v>#SPILL!</v></c>");
        let nameless =
            format!("<sheetData><row><c><v>1</v></c>{error}<c><v>2</v></c></row><row>{error}</row></sheetData>");
        assert_eq!(text(&office(&nameless, &[], &[])), "1,#SPILL!,2\n#SPILL!\n");
    }
}

/// A decimal sign is stated of texts; a number has none.
#[test]
fn a_stated_decimal_sign_is_that_of_texts() {
    let rows = [
        row(1, "", &[said("A1", "title"), said("B1", "budget"), said("C1", "deadline")].concat()),
        row(2, "", &format!("{}<c r=\"B2\" s=\"1\"><v>1500.5</v></c>{}", said("A2", "One"), said("C2", "2024-09-01"))),
        row(3, "", &[said("A3", "Two"), said("B3", "1.500,25 EUR"), said("C3", "2024-09-02")].concat()),
        row(4, "", &format!("{}<c r=\"B4\" s=\"2\"><v>1.125</v></c>{}", said("A4", "Six"), said("C4", "2024-09-03"))),
    ];
    let bytes = office(&format!("<sheetData>{}</sheetData>", rows.concat()), &["[$€-2] #,##0.00", "0.0 \"M€\""], &[]);
    let told = checked(bytes, "decimal = \",\"\n");
    let calls = &told.edition.expect("an edition").calls;
    let budgets = calls.iter().map(|call| call.budget.as_ref().expect("a budget").value.hundredths);
    assert_eq!(budgets.collect::<Vec<_>>(), [150_050, 150_025, 112_500_000]);
}

/// The old forms do not say how a number is shown, so that it may be none of what it seems.
#[test]
fn a_number_that_may_be_per_cent_or_an_amount_is_told() {
    let mut grid = Grid::new("Calls");
    grid.start_row(0, 1);
    grid.start_row(12, 2);
    grid.mark(12..15, Mark::Bare);
    grid.mark(16..22, Mark::Bare);
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let id = sources.add_sheet("calls.xls", "rate,budget\n0.7,1500.5\n".to_owned(), grid);
    let text = |range: std::ops::Range<usize>| {
        let span = Span::new(id, range);
        Value::Text(Quote::new(sources.slice(span).to_owned().into(), span))
    };
    let mut cells = Cells { sources: &sources, report: &mut report, zone: Zone::utc() };
    assert!(cells.rate(&text(12..15), "rate").is_some() && cells.rate(&text(12..15), "rate").is_some());
    assert!(cells.money(&text(16..22), "budget").is_none());
    let told = report.diagnostics().iter().map(|told| (told.code.as_str(), told.severity.as_str(), told.help.len()));
    assert_eq!(told.collect::<Vec<_>>(), [("guessed", "warning", 1), ("bad-amount", "error", 2)]);
}

/// OpenDocument says of each cell what it is and what it shows.
#[test]
fn open_documents_are_read_as_they_are_seen() {
    let string = |text: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let cell = |attributes: &str, text: &str| {
        format!("<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>")
    };
    let line = |attributes: &str, cells: &[String]| {
        format!("<table:table-row {attributes}>{}</table:table-row>", cells.concat())
    };
    let covered =
        "<table:covered-table-cell office:value-type=\"string\"><text:p>under it</text:p></table:covered-table-cell>";
    let content = [
        "<office:document-content xmlns:x=\"x\"><office:body><office:spreadsheet><table:table table:name=\"other\"/>\
         <table:table table:name=\"calls\"><table:table-column table:number-columns-repeated=\"3\"/>\
         <table:table-column table:visibility=\"collapse\"/><table:table-column/>"
            .to_owned(),
        line("", &["title", "rate", "budget", "notes", "programme"].map(string)),
        line(
            "",
            &[
                cell(
                    "office:value-type=\"string\"",
                    "<text:a xlink:href=\"https://example.org/a?b=1&amp;c=2\">Seed <text:span>fund</text:span></text:a>\
                  <office:annotation><text:p>a remark</text:p></office:annotation>",
                ),
                cell("office:value-type=\"percentage\" office:value=\"0.7\"", "70%"),
                cell("office:value-type=\"currency\" office:currency=\"SEK\" office:value=\"1500.5\"", "1 500,50 kr"),
                string("between us"),
                cell(
                    "office:value-type=\"string\" table:number-rows-spanned=\"3\" table:number-columns-spanned=\"2\"",
                    "Harbour",
                ),
                covered.to_owned(),
            ],
        ),
        line(
            "table:number-rows-repeated=\"2\"",
            &[
                cell("office:value-type=\"string\"", "Root</text:p><text:p>&lt;fund&gt;&#x2014;"),
                cell("office:value-type=\"float\" office:value=\"1.5\"", "1,5 M€"),
                cell("office:value-type=\"float\" office:value=\"7\"", "007"),
                "<table:table-cell/>".to_owned(),
                covered.to_owned(),
            ],
        ),
        line("table:visibility=\"filter\"", &[string("Hidden"), string("x")]),
        line(
            "table:number-rows-repeated=\"4\"",
            &["<table:table-cell table:number-columns-repeated=\"9\"/>".to_owned()],
        ),
        line(
            "",
            &[
                cell(
                    "table:formula=\"of:=HYPERLINK(&quot;https://example.org/b&quot;;&quot;Leaf&quot;)\" office:value-type=\"string\" office:string-value=\"Leaf\"",
                    "Leaf",
                ),
                cell("office:value-type=\"float\" office:value=\"22.5\"", "22,5"),
                cell("office:value-type=\"date\" office:date-value=\"2026-09-01\"", "Sep 2026"),
            ],
        ),
        line(
            "",
            &[
                cell("office:value-type=\"time\" office:time-value=\"PT09H30M00S\"", "09:30"),
                cell("office:value-type=\"time\" office:time-value=\"PT23H59M59.991S\"", "00:00"),
                cell("office:value-type=\"boolean\" office:boolean-value=\"true\"", "WAHR"),
            ],
        ),
        "</table:table></office:spreadsheet></office:body></office:document-content>".to_owned(),
    ];
    let bytes = open_document(&content.concat());
    let mut book = Workbook::open(&bytes).map_err(|error| format!("{error:?}")).expect("a workbook");
    let (text, grid) = book.read("calls").map_err(|error| format!("{error:?}")).expect("a sheet");
    assert_eq!((grid.hidden_rows, grid.hidden_columns.as_slice()), (1, [4].as_slice()));
    let lines = [
        "title,rate,budget,,programme",
        "\"=HYPERLINK(\"\"https://example.org/a?b=1&c=2\"\",\"\"Seed fund\"\")\",70%,SEK 1500.50,,Harbour",
        "\"Root\n<fund>—\",\"1,5 M€\",007,,Harbour",
        "\"Root\n<fund>—\",\"1,5 M€\",007,,Harbour",
        "\"=HYPERLINK(\"\"https://example.org/b\"\",\"\"Leaf\"\")\",22.5,2026-09",
        "09:30,00:00,true",
        "",
    ];
    assert_eq!(text, lines.join("\n"));
}
