//! Tables that nobody wrote for this project, and workbooks that nobody could have written.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};
use std::path::PathBuf;

use bulletin::diagnostic::Report;
use bulletin::model::table::Table;
use bulletin::pipeline::{self, Job};
use bulletin::read::csv::{Expected, Sheet};
use bulletin::record::Value;
use bulletin::source::{Folder, Sources};
use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::support::root;

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

/// A workbook as a spreadsheet program writes it.
fn workbook() -> Vec<u8> {
    std::fs::read(root().join("tests/editions/spreadsheet/harbour.xlsx")).expect("a workbook")
}

/// A small one of OpenDocument.
fn open_document(content: &str) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let manifest = "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>";
    for (name, text) in [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", content),
    ] {
        archive.start_file(name, stored).expect("memory");
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
fn with_inside(bytes: &[u8], change: impl Fn(&str, &mut Vec<u8>)) -> Vec<u8> {
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

#[test]
fn open_documents_are_read() {
    assert_eq!(told("calls.ods", open_document(CONTENT)), ["missing-field", "repeated-row"]);
}
