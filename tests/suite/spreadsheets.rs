//! Tables that nobody wrote for this project, and workbooks that nobody could have written.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Cursor, Read as _, Write as _};
use std::path::PathBuf;

use bulletin::artifact::Kind;
use bulletin::diagnostic::Report;
use bulletin::model::table::Table;
use bulletin::pipeline::{self, Job};
use bulletin::read::csv::{Expected, Sheet};
use bulletin::read::workbook::{Workbook, is_workbook};
use bulletin::record::Value;
use bulletin::source::{Folder, Origin, Sources};
use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::support::{name, root};

const CONFIG: &str = "[edition]\ntitle = \"Tables\"\ndate = 2024-06-26\n";

/// Finds a folder of foreign data; where it is absent, says so.
#[expect(clippy::print_stderr, reason = "who runs the tests is to know what was not looked at")]
fn real_data(name: &str) -> Option<PathBuf> {
    let data = std::env::var_os("BULLETIN_REAL_DATA").map_or_else(|| root().join("../shared/data"), PathBuf::from);
    let folder = data.join(name);
    if !folder.is_dir() {
        eprintln!("skipped: {name}: no such data");
        return None;
    }
    Some(folder)
}

/// Reads a publication of one file; gives the codes of all that is told.
fn told(name: &str, bytes: Vec<u8>) -> Vec<&'static str> {
    let files = BTreeMap::from([("bulletin.toml".to_owned(), CONFIG.as_bytes().to_vec()), (name.to_owned(), bytes)]);
    let checked = pipeline::check(&Job::new(Folder::Memory(files))).expect("nothing but the data can be wrong");
    checked.report.diagnostics().iter().map(|diagnostic| diagnostic.code.as_str()).collect()
}

/// The rows of csv-spectrum are those of its JSON, letter by letter.
#[test]
fn csv_spectrum_is_read_exactly() {
    let Some(folder) = real_data("csv-spectrum") else { return };
    let mut files = 0;
    for entry in std::fs::read_dir(folder.join("csvs")).expect("a folder") {
        let path = entry.expect("an entry").path();
        let json = folder.join("json").join(path.with_extension("json").file_name().expect("a name"));
        let expected: serde_json::Value = serde_json::from_slice(&std::fs::read(json).expect("a file")).expect("JSON");
        // One row stands without its list.
        let expected = if expected.is_array() { expected } else { serde_json::Value::from(vec![expected]) };
        let (mut report, mut sources) = (Report::default(), Sources::default());
        let bytes = std::fs::read(&path).expect("a file");
        let id = sources.add_table("a.csv", bytes.as_slice().into(), None, &mut report).expect("text");
        let sheet = Sheet::open(id, &sources, Expected { table: Table::Calls, input: None }, &mut report);
        let records = bulletin::read::all(&sheet.expect("a header"), &mut report);
        let rows = records.iter().map(|record| {
            let cells = record.fields().map(|(name, value)| match value {
                Value::Text(text) => (name.to_string(), text.value.to_string().into()),
                _ => (name.to_string(), "".into()),
            });
            serde_json::Value::Object(cells.collect())
        });
        let mut rows = serde_json::Value::Array(rows.collect());
        if path.ends_with("location_coordinates.csv") {
            // Its authors changed a telephone number in the JSON, and not in the CSV.
            rows[0]["Contact Phone Number"] = expected[0]["Contact Phone Number"].clone();
        }
        assert_eq!(rows, expected, "{}", path.display());
        assert!(report.diagnostics().is_empty(), "{}: {:?}", path.display(), report.diagnostics());
        files += 1;
    }
    assert_eq!(files, 12);
}

/// Reads every row of a file, by its form; gives what was recognised and how many rows there are.
fn counted(name: &str, bytes: &[u8]) -> String {
    let (mut report, mut sources) = (Report::default(), Sources::default());
    let mut ids = Vec::new();
    if is_workbook(bytes) {
        let mut book = Workbook::open(bytes).map_err(|error| format!("{error:?}")).expect("a workbook");
        for (sheet, _) in book.sheets.clone() {
            let (text, grid) = book.read(&sheet).map_err(|error| format!("{error:?}")).expect("a sheet");
            ids.push(sources.add_sheet(name, text, grid));
        }
    } else {
        ids.extend(sources.add_table(name, bytes.into(), None, &mut report));
    }
    let mut lines = String::new();
    for id in ids {
        let file = sources.file(id);
        let form = match &file.origin {
            Origin::Verbatim => "verbatim".to_owned(),
            Origin::Decoded { encoding, is_guess } => {
                format!("{}{}", encoding.name(), if *is_guess { ", guessed" } else { "" })
            }
            Origin::Sheet(_) => "sheet".to_owned(),
        };
        let mut found = Report::default();
        let sheet = Sheet::open(id, &sources, Expected { table: Table::Calls, input: None }, &mut found);
        let records = sheet.map(|sheet| bulletin::read::all(&sheet, &mut found)).unwrap_or_default();
        let columns = records.first().map_or(0, |record| record.names.len());
        let header = records.first().map_or(0, |record| sources.position(record.names[0].span).0);
        let separator = file.separator.get().map_or('-', |byte| char::from(*byte));
        let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
        for diagnostic in found.diagnostics() {
            *codes.entry(diagnostic.code.as_str()).or_default() += 1;
        }
        let codes: String = codes.iter().map(|(code, count)| format!(", {count} {code}")).collect();
        let _ = writeln!(
            lines,
            "{name}: {form}, separator {separator:?}, header in {header}, {columns} columns, {} rows{codes}",
            records.len()
        );
    }
    lines
}

/// Tables of governments as they were published: each is read as it was, and what is skipped is told.
#[test]
fn messy_tables_are_read_as_they_were() {
    let Some(folder) = real_data("messytables-horror") else { return };
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let is_table = |path: &&PathBuf| path.extension().is_some_and(|end| end != "md" && end != "txt");
    let lines: String =
        paths.iter().filter(is_table).map(|path| counted(name(path), &std::fs::read(path).expect("a file"))).collect();
    let expected = root().join("tests/suite/spreadsheets/messytables-horror.txt");
    snapbox::assert_data_eq!(lines, snapbox::Data::read_from(&expected, None).raw());
}

/// A workbook says the same as the CSV that was made of it, and both newsletters are alike.
#[test]
fn a_workbook_is_its_csv() {
    let Some(folder) = real_data("eu-horizon-calls-dev") else { return };
    for day in ["2024-06-26", "2024-07-11"] {
        let newsletter = |end: &str| {
            let path = format!("topics.{end}");
            let bytes = std::fs::read(folder.join(format!("HE_calls_{day}.{end}"))).expect("a file");
            let config = format!(
                "[edition]\ntitle = \"Topics\"\ndate = {day}\n[newsletter]\nfrom = \"news@example.org\"\n\
                 [[input]]\ntable = \"calls\"\npath = \"{path}\"\n\
                 map = {{ id = \"topicId\", title = \"topicTitle\", opens = \"openDate\", deadline = \"closeDate\" }}\n\
                 where = {{ status = [\"Open\", \"Forthcoming\"] }}\n"
            );
            let files = BTreeMap::from([("bulletin.toml".to_owned(), config.into_bytes()), (path, bytes)]);
            let job = Job { only: vec![Kind::Newsletter], ..Job::new(Folder::Memory(files)) };
            let built = pipeline::build(&job, &|_, _| {}).expect("nothing but the data can be wrong");
            let calls = &built.checked.edition.as_ref().expect("an edition").calls;
            assert!(calls.len() > 100 && calls.iter().all(|call| call.url.is_some()), "{day}: {} calls", calls.len());
            let mut artifacts =
                built.artifacts.unwrap_or_else(|| panic!("{day}: {:#?}", built.checked.report.diagnostics()));
            // Where a fact stands differs.
            artifacts.retain(|artifact| artifact.kind != Kind::Facts);
            artifacts
        };
        assert_eq!(newsletter("xlsx"), newsletter("derived.csv"), "{day}");
    }
}

/// A workbook as a spreadsheet program writes it.
fn workbook() -> Vec<u8> {
    std::fs::read(root().join("tests/editions/spreadsheet/harbour.xlsx")).expect("a workbook")
}

/// A small one of OpenDocument.
pub fn open_document(content: &str) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let manifest = "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>";
    for (path, text) in [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", content),
    ] {
        archive.start_file(path, stored).expect("memory");
        archive.write_all(text.as_bytes()).expect("memory");
    }
    archive.finish().expect("memory").into_inner()
}

const CONTENT: &str = "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"calls\">\
    <table:table-row><table:table-cell office:value-type=\"string\"><text:p>title</text:p></table:table-cell>\
    <table:table-cell office:value-type=\"string\"><text:p>deadline</text:p></table:table-cell></table:table-row>\
    <table:table-row table:number-rows-repeated=\"2\"><table:table-cell office:value-type=\"string\">\
    <text:p>Quiet<text:s text:c=\"2\"/>engines</text:p></table:table-cell><table:table-cell \
    office:value-type=\"date\" office:date-value=\"2024-11-17\"><text:p>17.11.24</text:p></table:table-cell>\
    </table:table-row></table:table></office:spreadsheet></office:body></office:document-content>";

/// Changes one file inside an archive, so that what is wrong is not found by its checksum.
pub fn with_inside(bytes: &[u8], change: impl Fn(&str, &mut Vec<u8>)) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut written = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).expect("a file");
        let (name, mut content) = (file.name().expect("a name").into_owned(), Vec::new());
        file.read_to_end(&mut content).expect("memory");
        change(&name, &mut content);
        written.start_file(name, stored).expect("memory");
        written.write_all(&content).expect("memory");
    }
    written.finish().expect("memory").into_inner()
}

/// Puts other bytes into a text at a place between 0 and 1.
fn put(content: &mut Vec<u8>, place: f64, bytes: &[u8]) {
    let at = ((content.len() as f64) * place) as usize;
    let end = (at + bytes.len()).min(content.len());
    content.splice(at.min(end)..end, bytes.iter().copied());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    /// A workbook that ends anywhere is told, and nothing else happens.
    #[test]
    fn a_workbook_that_is_cut_is_told(part in 0.0..1.0f64) {
        let mut bytes = workbook();
        bytes.truncate((bytes.len() as f64 * part) as usize);
        prop_assert!(told("calls.xlsx", bytes).contains(&"bad-workbook"));
    }

    /// Whatever stands in the parts of a workbook, there is an end, and no panic.
    #[test]
    fn a_workbook_of_anything_ends(
        place in 0.0..1.0f64,
        bytes in prop_oneof![
            "[<>/=\"a-z0-9 ]{1,12}".prop_map(String::into_bytes),
            "[0-9-]{1,3}".prop_map(String::into_bytes),
            proptest::collection::vec(any::<u8>(), 1..8),
        ],
        part in prop_oneof![Just("sheet1"), Just("sheet2"), Just("workbook.xml"), Just("styles"), Just("sharedStrings")],
    ) {
        let changed = with_inside(&workbook(), |name, content| if name.contains(part) { put(content, place, &bytes) });
        told("harbour.xlsx", changed);
        let mut content = CONTENT.as_bytes().to_vec();
        put(&mut content, place, &bytes);
        told("calls.ods", open_document(&String::from_utf8_lossy(&content)));
    }

    /// Bytes that only begin as a workbook does.
    #[test]
    fn what_begins_as_a_workbook_is_told(
        start in prop_oneof![Just(b"PK\x03\x04".to_vec()), Just(vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])],
        rest in proptest::collection::vec(any::<u8>(), 0..2000),
    ) {
        prop_assert!(told("calls.csv", [start, rest].concat()).contains(&"bad-workbook"));
    }
}

/// The same of an old workbook, where there is one.
#[test]
fn an_old_workbook_of_anything_ends() {
    let Some(folder) = real_data("messytables-horror") else { return };
    let sound = std::fs::read(folder.join("simple.xls")).expect("a workbook");
    for at in (0..sound.len()).step_by(67) {
        let mut bytes = sound.clone();
        bytes[at] ^= 0xFF;
        told("calls.xls", bytes);
        told("calls.xls", sound[..at].to_vec());
    }
}

/// Says another size of every file in an archive's directory (APPNOTE §4.3.12) than it has.
fn lying(mut bytes: Vec<u8>, size: u32) -> Vec<u8> {
    let entries: Vec<usize> =
        bytes.windows(4).enumerate().filter(|(_, b)| b == b"PK\x01\x02").map(|(at, _)| at).collect();
    for at in entries {
        bytes[at + 24..at + 28].copy_from_slice(&size.to_le_bytes());
    }
    bytes
}

/// What a workbook expands to is looked at before it is expanded, and while.
#[test]
fn archives_that_are_too_much_are_told() {
    assert_eq!(told("calls.xlsx", lying(workbook(), u32::MAX - 1)), ["too-large"]);
    assert_eq!(told("calls.xlsx", lying(workbook(), 10)), ["bad-workbook"]);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..10_001 {
        archive.start_file(at.to_string(), SimpleFileOptions::default()).expect("memory");
    }
    assert_eq!(told("calls.xlsx", archive.finish().expect("memory").into_inner()), ["too-large"]);
    let bomb = CONTENT.replace("text:c=\"2\"", "text:c=\"99999999999\"");
    assert_eq!(told("calls.ods", open_document(&bomb)), ["too-large"]);
    let bomb = CONTENT.replace("rows-repeated=\"2\"", "rows-repeated=\"1048576\" table:style-name=\"x\"");
    let bomb =
        bomb.replace("<table:table-cell office", "<table:table-cell table:number-columns-repeated=\"1000\" office");
    assert_eq!(told("calls.ods", open_document(&bomb)), ["too-large"]);
}

#[test]
fn open_documents_are_read() {
    assert_eq!(told("calls.ods", open_document(CONTENT)), ["missing-field", "repeated-row"]);
}
