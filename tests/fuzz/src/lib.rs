//! What the targets share: how bytes become files, and what must hold of everything that is told.

use std::collections::BTreeMap;

use bulletin::diagnostic::Report;
use bulletin::model::Zone;
use bulletin::model::cell::Cells;
use bulletin::model::table::Table;
use bulletin::pipeline::{Checked, Job, check};
use bulletin::prose::Prose;
use bulletin::read;
use bulletin::record::{Record, Value};
use bulletin::source::{Folder, Quote, Sources, Span};

/// A `bulletin.toml` that is in order.
pub const CONFIG: &str = "[edition]\ntitle = \"News\"\ndate = 2026-09-16\ntimezone = \"Europe/Brussels\"\n\
    [newsletter]\nfrom = \"News <news@example.org>\"\nunsubscribe-url = \"https://example.org/u\"\n";

/// Reads a file as each table in turn: every value stands where it says, every finding too.
pub fn rows(name: &str, bytes: &[u8]) {
    for table in Table::ALL {
        let (mut sources, mut report) = (Sources::default(), Report::default());
        if let Some(id) = sources.add_table(name, bytes.into(), None, &mut report)
            && let Some(sheet) = read::open(id, &sources, table, None, &mut report)
        {
            for record in read::all(&*sheet, &mut report) {
                in_place(&sources, &record);
            }
        }
        told_in_place(&sources, &report);
    }
}

fn in_place(sources: &Sources, record: &Record<'_>) {
    stands(sources, record.span);
    for (name, value) in record.fields() {
        stands(sources, name.span);
        value_in_place(sources, value);
    }
}

fn value_in_place(sources: &Sources, value: &Value<'_>) {
    stands(sources, value.span());
    match value {
        Value::List(values, _) => values.iter().for_each(|value| value_in_place(sources, value)),
        Value::Record(record) => in_place(sources, record),
        Value::Link(link) => {
            stands(sources, link.text.span);
            stands(sources, link.url.span);
        }
        Value::Empty(_) | Value::Text(_) => {}
    }
}

/// Every finding can be drawn, and says something.
pub fn told_in_place(sources: &Sources, report: &Report) {
    for finding in report.diagnostics() {
        assert!(!finding.message.is_empty());
        finding.labels.iter().for_each(|label| stands(sources, label.span));
    }
}

fn stands(sources: &Sources, span: Span) {
    let text = &sources.file(span.source).text;
    assert!(text.get(span.range()).is_some(), "{span:?} is no place in a file of {} bytes", text.len());
    let (line, column) = sources.position(span);
    assert!(line > 0 && column > 0);
}

/// Takes a publication out of one text: `=== name` begins a file.
pub fn publication(text: &str) -> Folder {
    let mut files = BTreeMap::from([("bulletin.toml".to_owned(), CONFIG.as_bytes().to_vec())]);
    for file in text.split("=== ").skip(1) {
        let (name, content) = file.split_once('\n').unwrap_or((file, ""));
        files.insert(name.trim().to_owned(), content.as_bytes().to_vec());
    }
    Folder::Memory(files)
}

/// Checks a publication that reads one file: in a format that is recognised, and as rows that it knows by name.
pub fn file(name: &str, bytes: &[u8]) {
    let all = format!("{CONFIG}\n[[input]]\npath = {name:?}\n");
    let mapped = format!(
        "{all}table = \"sessions\"\nhtml = [\"summary\"]\n[input.map]\ntitle = \"title\"\nsummary = \"description\"\n"
    );
    for config in [all, mapped] {
        let files = [("bulletin.toml", config.as_bytes()), (name, bytes)];
        let files = files.map(|(name, bytes)| (name.to_owned(), bytes.to_vec()));
        checked(Folder::Memory(files.into()));
    }
}

/// Makes a publication in which one text stands wherever a text may stand.
pub fn full_of(text: &str) -> Folder {
    let row = serde_json::json!([{
        "id": "a", "title": text, "date": "2026-09-15", "start": "09:00", "place": text, "room": text,
        "series": text, "organiser": text, "status": "held", "summary": text, "key-messages": [text],
        "speakers": [{"name": text, "role": text}], "agenda": [{"title": text, "body": text, "start": "09:10"}],
        "programme": text, "funder": text, "deadline": "2026-10-01", "eligibility": text, "tags": [text],
    }]);
    let files =
        ["sessions.json", "calls.json", "news.json"].map(|name| (name.to_owned(), row.to_string().into_bytes()));
    Folder::Memory(files.into_iter().chain([("bulletin.toml".to_owned(), CONFIG.into())]).collect())
}

/// Checks a publication; what is told must stand where it says.
pub fn checked(folder: Folder) -> Option<Checked> {
    let checked = check(&Job::new(folder)).ok()?;
    told_in_place(&checked.sources, &checked.report);
    Some(checked)
}

/// Decodes prose as that of a cell; `None`: there is none.
pub fn prose(text: &str) -> Option<Prose> {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let id = sources.add("prose.csv", text.into(), &mut report)?;
    let value = Value::Text(Quote::new(text.into(), Span::new(id, 0..text.len())));
    let prose = Cells { sources: &sources, report: &mut report, zone: Zone::utc() }.prose(&value, "summary");
    told_in_place(&sources, &report);
    prose
}

/// Leaves out what may differ between a text and its page: spaces, and what nobody sees.
pub fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !c.is_control() && *c != '\u{FEFF}').collect()
}
