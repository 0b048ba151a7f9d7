//! What must hold for all input.

use bulletin::artifact::Kind;
use bulletin::diagnostic::Report;
use bulletin::model::table::Table;
use bulletin::pipeline::{self, Built, Job};
use bulletin::read;
use bulletin::record::Value;
use bulletin::source::{Folder, Sources};
use proptest::prelude::*;

use crate::support::{artifacts, build};

const CONFIG: &str = "\
[edition]
title = \"News\"
date = 2024-06-26
timezone = \"Europe/Brussels\"
[newsletter]
from = \"News <news@example.org>\"
unsubscribe-url = \"https://example.org/u\"
";

/// Text of a cell: letters of many scripts, signs that some format gives a meaning, line breaks.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-zA-Z0-9äöüéßλж .,;:'-]{0,24}",
        2 => "[a-z\"',;\t\n\\\\{}<>#$@&%*_`|\\[\\]()-]{0,16}",
        1 => proptest::collection::vec(any::<char>(), 0..8).prop_map(String::from_iter),
    ]
}

/// Text that wants to be more than text.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("\"#panic(\\".to_owned()),
        Just("\") #panic(\"".to_owned()),
        Just("</title><script>alert(1)</script>".to_owned()),
        Just("\"><img src=x onerror=alert(1)>".to_owned()),
        Just("--><!--[if mso]>".to_owned()),
        Just("\r\nBcc: victim@example.org".to_owned()),
        Just("\nEND:VCALENDAR".to_owned()),
        Just("{{ 7*7 }}{% if %}".to_owned()),
        Just("../../x".to_owned()),
        Just("#read(\"/etc/passwd\")".to_owned()),
        Just("\u{202E}txet".to_owned()),
        Just("a\u{0}b\u{7}".to_owned()),
        Just("[x](javascript:alert(1))".to_owned()),
        Just("*x* _y_ `z` $a$ @b <c>".to_owned()),
        "[a-zA-Z<>&\"'#\\\\ ]{1,12}",
    ];
    // A letter before or after, so that it is not empty when all that is harmful has been dropped.
    (proptest::collection::vec(piece, 1..4), any::<bool>()).prop_map(|(pieces, first)| {
        let text = pieces.concat();
        if first { format!("x{text}") } else { format!("{text}x") }
    })
}

fn csv_of(names: &[&str], rows: &[Vec<String>], delimiter: u8, crlf: bool) -> String {
    let terminator = if crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).terminator(terminator).from_writer(Vec::new());
    writer.write_record(names).expect("memory");
    for row in rows {
        writer.write_record(row).expect("memory");
    }
    String::from_utf8(writer.into_inner().expect("memory")).expect("UTF-8")
}

fn json_of(names: &[&str], rows: &[Vec<String>]) -> String {
    let rows: Vec<serde_json::Value> = rows
        .iter()
        .map(|row| names.iter().zip(row).map(|(name, cell)| ((*name).to_owned(), cell.clone().into())).collect())
        .map(serde_json::Value::Object)
        .collect();
    serde_json::to_string_pretty(&rows).expect("JSON")
}

/// A table of which nothing is known but what its file shows.
const EXPECTED: read::csv::Expected<'static> = read::csv::Expected { table: Table::Calls, input: None };

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// What the `csv` crate writes is read back, and the text at each span is the value.
    #[test]
    fn cells_come_back_with_their_places(
        rows in proptest::collection::vec(proptest::collection::vec(cell(), 3), 1..6),
        delimiter in prop_oneof![Just(b','), Just(b';'), Just(b'\t')],
        crlf: bool,
        bom: bool,
    ) {
        // Names of the table, so that no cell is a better header.
        let text = csv_of(&["title", "deadline", "programme"], &rows, delimiter, crlf);
        let text = if bom { format!("\u{FEFF}{text}") } else { text };
        let (mut report, mut sources) = (Report::default(), Sources::default());
        let id = sources.add("a.csv", text.into(), &mut report).expect("UTF-8");
        let mut read = Vec::new();
        let sheet = read::csv::Sheet::open(id, &sources, EXPECTED, &mut report).expect("a header");
        for record in read::all(&sheet, &mut report) {
            let cells: Vec<String> = record.values.iter().map(|value| match value {
                Value::Text(text) => {
                    assert_eq!(sources.slice(text.span).replace("\"\"", "\""), text.as_str());
                    text.value.to_string()
                }
                _ => String::new(),
            }).collect();
            read.push(cells);
        }
        prop_assert!(report.diagnostics().is_empty(), "{:?}", report.diagnostics());
        // A row without any text is none.
        let expected: Vec<Vec<String>> =
            rows.into_iter().filter(|row| row.iter().any(|cell| !cell.trim().is_empty())).collect();
        prop_assert_eq!(read, expected);
    }

    /// No bytes make the program panic, whatever file they stand in.
    #[test]
    fn nothing_panics(
        bytes in proptest::collection::vec(any::<u8>(), 0..200),
        text in "[\\[\\]{}\",:;=a-z0-9 \\n\\\\-]{0,120}",
        table in prop_oneof![Just("sessions"), Just("calls"), Just("news"), Just("people"), Just("agenda")],
    ) {
        for end in ["csv", "json"] {
            for content in [bytes.clone(), text.clone().into_bytes()] {
                let files = [("bulletin.toml".to_owned(), CONFIG.into()), (format!("{table}.{end}"), content)];
                let _ = pipeline::check(&Job::new(Folder::Memory(files.into())));
            }
        }
        for content in [bytes, text.into_bytes()] {
            let _ = pipeline::check(&Job::new(Folder::Memory([("bulletin.toml".to_owned(), content)].into())));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// The same rows as CSV and as JSON give the same files, byte for byte.
    #[test]
    fn csv_and_json_give_the_same_edition(
        rows in proptest::collection::vec(
            ("[a-z]{1,8}", "[A-Za-zäö<&\"' ]{1,30}", "2024-(0[7-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])", cell()), 1..6),
        delimiter in prop_oneof![Just(b','), Just(b';')],
    ) {
        let mut seen = std::collections::BTreeSet::new();
        let rows: Vec<Vec<String>> = rows
            .into_iter()
            .filter(|(id, title, ..)| seen.insert(id.clone()) && !title.trim().is_empty())
            .map(|(id, title, date, summary)| vec![id, title, date, summary])
            .collect();
        prop_assume!(!rows.is_empty());
        for (table, names) in [
            ("calls", ["id", "title", "deadline", "summary"]),
            ("sessions", ["id", "title", "date", "summary"]),
            ("news", ["id", "title", "date", "summary"]),
        ] {
            let csv = build(&[("bulletin.toml", CONFIG), (&format!("{table}.csv"), &csv_of(&names, &rows, delimiter, true))]);
            let json = build(&[("bulletin.toml", CONFIG), (&format!("{table}.json"), &json_of(&names, &rows))]);
            // A cell may hold a link that cannot be used; then neither is made.
            prop_assert_eq!(csv.artifacts.is_some(), !csv.checked.report.has_errors());
            // Facts tell where the user wrote them, and that is another file.
            let files = |built: Built| built.artifacts.map(|all| all.into_iter().filter(|one| one.kind != Kind::Facts).collect::<Vec<_>>());
            prop_assert_eq!(files(csv), files(json));
        }
    }

    /// Text of the user never becomes a tag, a header or a line of the calendar.
    #[test]
    fn text_stays_text(title in hostile(), other in hostile()) {
        let files = |title: &str, other: &str| {
            let rows = |names: &[&str], row: &[&str]| csv_of(names, &[row.iter().map(|s| (*s).to_owned()).collect()], b',', false);
            [
                ("bulletin.toml".to_owned(), CONFIG.to_owned()),
                ("calls.csv".to_owned(), rows(&["id", "title", "deadline", "programme"], &["c", title, "2024-09-01", other])),
                ("news.csv".to_owned(), rows(&["id", "title", "place", "action"], &["n", title, other, other])),
                ("sessions.csv".to_owned(), rows(
                    &["id", "title", "date", "place", "series", "speakers", "key-messages"],
                    &["s", title, "2024-07-01", other, title, "A, b, c", ""],
                )),
            ]
        };
        let make = |title: &str, other: &str| {
            let files = files(title, other);
            let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
            artifacts(&files)
        };
        let (plain, hostile) = (make("Title", "Other"), make(&title, &other));
        for (plain, hostile) in plain.iter().zip(&hostile) {
            prop_assert_eq!(&plain.name, &hostile.name);
            let (plain_text, text) = (String::from_utf8_lossy(&plain.bytes), String::from_utf8_lossy(&hostile.bytes));
            if plain.name.ends_with(".html") {
                // The tags are the same, so no text became one.
                prop_assert_eq!(tags(&plain_text), tags(&text));
            } else if plain.name.ends_with(".eml") {
                let headers = |bytes: &[u8]| -> Vec<String> {
                    let (headers, _) = mailparse::parse_headers(bytes).expect("headers");
                    headers.iter().map(|header| header.get_key()).collect()
                };
                prop_assert_eq!(headers(&plain.bytes), headers(&hostile.bytes));
            } else if plain.name.ends_with(".ics") {
                let names = |text: &str| -> Vec<String> {
                    let unfolded = text.replace("\r\n ", "");
                    let lines = unfolded.split("\r\n").map(|line| line.split([':', ';']).next().unwrap_or("").to_owned());
                    lines.collect()
                };
                prop_assert_eq!(names(&plain_text), names(&text));
            }
        }
    }
}

/// Gives the names of all tags in order.
fn tags(html: &str) -> Vec<String> {
    html.split('<').skip(1).map(|rest| rest.split([' ', '>', '\n']).next().unwrap_or("").to_owned()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    /// Text of the user is never Typst code: the document has the same calls, and it can be set.
    #[test]
    fn text_is_never_typst_code(title in hostile(), body in hostile()) {
        let make = |title: &str, body: &str| {
            let session = serde_json::json!([{
                "id": "s", "title": title, "date": "2024-06-20", "series": title,
                "speakers": [{"name": title}], "agenda": [{"title": title, "speakers": [{"name": title}]}],
                "key-messages": ["message"], "summary": "summary", "place": body,
            }]);
            let built = build(&[("bulletin.toml", CONFIG), ("sessions.json", &session.to_string())]);
            let edition = built.checked.edition.expect("an edition");
            let locale = bulletin::locale::Locale::new(edition.lang);
            let theme = bulletin::theme::Theme::named(bulletin::theme::DEFAULT).expect("a theme");
            let typ = bulletin::render::summary::summary(&edition, &edition.held[0], &locale, &theme);
            (skeleton(&typ), built.artifacts.is_some(), built.checked.report)
        };
        let (plain, _, _) = make("Title", "Body");
        let (hostile, made, report) = make(&title, &body);
        prop_assert_eq!(plain, hostile);
        prop_assert!(made, "{:?}", report.diagnostics());
    }
}

/// Gives the Typst text without what stands in its string literals.
fn skeleton(typ: &str) -> String {
    let mut skeleton = String::new();
    let (mut inside, mut escaped) = (false, false);
    for c in typ.chars() {
        if inside {
            inside = escaped || c != '"';
            escaped = !escaped && c == '\\';
        } else {
            inside = c == '"';
            skeleton.push(c);
        }
    }
    skeleton
}

/// Prose as deep as is allowed can be set and sent; one level more is a finding, not a crash.
#[test]
fn the_deepest_prose_can_be_printed() {
    let lists = |levels: usize| (0..levels).map(|at| format!("{}- x\n", "  ".repeat(at))).collect::<String>();
    let quotes = |levels: usize| format!("{}x", "> ".repeat(levels));
    let make = |summary: &str| {
        let session = serde_json::json!([{ "id": "s", "title": "S", "date": "2024-06-20", "summary": summary }]);
        build(&[("bulletin.toml", CONFIG), ("sessions.json", &session.to_string())])
    };
    let (mut made, mut refused) = (0, 0);
    for levels in (1..14).chain([1000, 100_000]) {
        for summary in [quotes(levels), if levels < 14 { lists(levels) } else { quotes(levels) }] {
            match make(&summary).artifacts {
                Some(_) => made += 1,
                None => refused += 1,
            }
        }
    }
    assert!(made > 14 && refused > 8, "{made} made, {refused} refused");
}
