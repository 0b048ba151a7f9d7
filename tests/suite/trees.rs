//! Trees, feeds and HTML: what holds for all of them, and what our own files say when they are read again.

use std::collections::BTreeMap;
use std::path::PathBuf;

use bulletin::model::{Edition, Session};
use bulletin::pipeline::{self, Job};
use bulletin::prose::{Block, Inline, Prose, html};
use bulletin::source::{Folder, Sources, Span, Text};
use proptest::prelude::*;

use crate::support::{artifacts, root};

/// Gives a folder of real data; `None` where it is absent, which is said.
#[expect(clippy::print_stderr, reason = "a test that skips says so")]
fn real(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("BULLETIN_REAL_DATA").map_or_else(|| root().join("../shared/data"), PathBuf::from);
    let found = Some(folder.join(name)).filter(|folder| folder.is_dir());
    if found.is_none() {
        eprintln!("skipped: there is no `{name}` in the real data");
    }
    found
}

fn checked(files: &[(&str, Vec<u8>)]) -> pipeline::Checked {
    let files: BTreeMap<String, Vec<u8>> =
        files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.clone())).collect();
    pipeline::check(&Job::new(Folder::Memory(files))).expect("nothing but the data can be wrong")
}

/// Reads CommonMark, which must have no finding.
fn blocks(markdown: &str) -> Vec<Block> {
    let mut report = bulletin::diagnostic::Report::default();
    let id = Sources::default().add("a.csv", markdown.into(), &mut report).expect("UTF-8");
    let text = Text::new(markdown.into(), Span::new(id, 0..markdown.len()));
    let prose = Prose::decode(text, markdown, &mut report);
    assert!(report.diagnostics().is_empty(), "{markdown:?}: {:?}", report.diagnostics());
    prose.blocks()
}

fn letters(markdown: &str) -> String {
    fn all(blocks: &[Block], out: &mut String) {
        for block in blocks {
            match block {
                Block::Paragraph(inlines) | Block::Heading(_, inlines) => line(inlines, out),
                Block::List(_, items) => items.iter().for_each(|item| all(item, out)),
                Block::Quote(inner) => all(inner, out),
                Block::Code(code) => out.push_str(code),
                Block::Table(table) => table.head.iter().chain(table.rows.iter().flatten()).for_each(|c| line(c, out)),
                Block::Rule => {}
            }
        }
    }
    fn line(inlines: &[Inline], out: &mut String) {
        for inline in inlines {
            match inline {
                Inline::Text(text) | Inline::Code(text) => out.push_str(text),
                Inline::Emph(inner) | Inline::Strong(inner) => line(inner, out),
                Inline::Link(address, inner) => {
                    let ways = ["https:", "http:", "mailto:", "tel:"];
                    assert!(ways.iter().any(|way| address.as_str().starts_with(way)), "{address}");
                    line(inner, out);
                }
                Inline::Break => {}
            }
        }
    }
    let mut out = String::new();
    all(&blocks(markdown), &mut out);
    out.retain(|c| !c.is_whitespace());
    out
}

/// Words that mean something in HTML or CommonMark, and tags that open and close as they like.
fn soup() -> impl Strategy<Value = Vec<(bool, String)>> {
    let word = prop_oneof![
        "[a-zé中]{1,6}",
        "[-#*_+=>|.:)(0-9\\[\\]`~!\\\\$ ]{1,5}",
        Just("1. ".to_owned()),
        Just("--- | ---".to_owned()),
        Just("\n\n    x".to_owned()),
    ];
    let tag = prop_oneof![
        Just("p"),
        Just("em"),
        Just("b"),
        Just("code"),
        Just("ul"),
        Just("ol"),
        Just("li"),
        Just("blockquote"),
        Just("h2"),
        Just("table"),
        Just("tr"),
        Just("td"),
        Just("th"),
        Just("a href='https://a.test/?b=(1)'"),
        Just("a href='javascript:x'"),
        Just("div"),
        Just("br"),
        Just("hr"),
        Just("span onclick='x()'"),
        Just("pre"),
        Just("/a"),
        Just("/p"),
        Just("/em"),
        Just("/b"),
        Just("/code"),
        Just("/ul"),
        Just("/ol"),
        Just("/li"),
        Just("/blockquote"),
        Just("/h2"),
        Just("/table"),
        Just("/tr"),
        Just("/td"),
        Just("/div"),
        Just("/pre"),
    ];
    let piece = prop_oneof![
        3 => word.prop_map(|word| (true, word)),
        2 => tag.prop_map(|tag| (false, format!("<{tag}>"))),
        1 => Just((false, "<script>if (a < b) no()</script>".to_owned())),
        1 => Just((false, "<!-- no -->".to_owned())),
    ];
    proptest::collection::vec(piece, 1..24)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2048, failure_persistence: None, ..ProptestConfig::default() })]

    /// All letters of a page come through in their order, whatever is closed too late or never, and none of them becomes
    /// markup; what nobody sees does not.
    #[test]
    fn no_letter_of_html_is_lost(pieces in soup()) {
        let page: String = pieces.iter().map(|(_, piece)| piece.as_str()).collect::<String>() + "<i></i>";
        let (markdown, _) = html::commonmark(&page);
        let mut expected: String = pieces.iter().filter(|(is_word, _)| *is_word).map(|(_, word)| word.as_str()).collect();
        expected.retain(|c| !c.is_whitespace());
        prop_assert_eq!(letters(&markdown), expected, "{} -> {}", page, markdown);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// No bytes make the program panic, whatever they pretend to be.
    #[test]
    fn no_tree_panics(
        bytes in proptest::collection::vec(any::<u8>(), 0..120),
        xml in "(<(rss|channel|item|link|a:b|title)( @?[a-z]=[\"'][a-z&;#<]{0,3}[\"'])?/?>|</(rss|channel|item|title)>|[a-zé &;#]{0,5}|<!\\[CDATA\\[|\\]\\]>){0,24}",
        calendar in "((BEGIN|END):(VCALENDAR|VEVENT|VTIMEZONE|STANDARD)|(DTSTART|DTEND|DURATION|RRULE|EXDATE|RDATE|RECURRENCE-ID|UID|TZID|TZOFFSETTO|X)(;TZID=[A-Z/a-z]{0,8})?:[-+A-Z0-9=;,é]{0,20}|DTSTART:20[0-9]{6}T[0-9]{6}Z?|RRULE:FREQ=(DAILY|YEARLY|SECONDLY|X)(;(COUNT|INTERVAL|BYDAY|UNTIL)=[-0-9A-Z]{0,9})?|[é ]x|\\PC{0,5}|\r?\n|\r?\n ){0,30}",
        json in "(\\{|\\}|\\[|\\]|:|,|\"[@a-z*é/]{0,6}\"|[0-9]|\n){0,40}",
    ) {
        let config = "[edition]\ntitle = \"N\"\ndate = 2026-05-04\n[[input]]\ntable = \"sessions\"\npath = \"a.*\"\nat = \"/**\"\n\
                      map = { title = \"../title\", id = \"//a/*/b=c\", summary = { paragraphs = [\"x\", \"/y\"] }, \
                      speakers = { rows = \"*\", map = { name = \".\" } }, room = { find = \"a\", in = \"/*\", by = \"a\", take = \"b\" } }\n\
                      html = [\"summary\"]\n";
        let calendar = format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\n{calendar}\nEND:VEVENT\nEND:VCALENDAR\n");
        let xml = format!("<rss><channel>{xml}</channel></rss>");
        for (name, content) in [("xml", xml), ("ics", calendar), ("jsonl", json.clone()), ("html", format!("<script type='application/ld+json'>{json}"))] {
            for content in [bytes.clone(), content.into_bytes()] {
                let file = format!("a.{name}");
                let _ = checked(&[("bulletin.toml", config.into()), (&file, content.clone())]);
                let alone = "[edition]\ntitle = \"N\"\ndate = 2026-05-04\n[[input]]\npath = \"a.*\"\n";
                let _ = checked(&[("bulletin.toml", alone.into()), (&file, content)]);
            }
        }
    }
}

/// What is nested without end is told, however it is written.
#[test]
fn nesting_is_bounded() {
    let config = "[edition]\ntitle = \"N\"\ndate = 2026-05-04\n[[input]]\ntable = \"sessions\"\npath = \"a.*\"\nat = \"/a\"\nmap = { title = \"//a\" }\n";
    const DEEP: usize = 200_000;
    let around = |open: &str, close: &str| format!("{}{}", open.repeat(DEEP), close.repeat(DEEP)).into_bytes();
    for (name, content) in [
        ("a.xml", around("<a>", "</a>")),
        ("a.json", around("{\"a\":[", "]}")),
        ("a.json", around("[", "]")),
        ("a.ics", around("BEGIN:A\n", "END:A\n")),
        ("a.ics", "BEGIN:A\n".repeat(DEEP).into_bytes()),
    ] {
        let found = checked(&[("bulletin.toml", config.into()), (name, content)]);
        assert!(found.report.has_errors(), "{name}");
    }
    let (markdown, _) = html::commonmark(&format!("{}x{}", "<ul><li><blockquote>".repeat(DEEP), "</b>".repeat(DEEP)));
    assert_eq!(letters(&markdown), "x");
}

/// Of each vector of the HTML5 Security Cheatsheet the text comes through, and nothing that a browser would run.
#[test]
fn html_that_attacks_is_text() {
    let Some(folder) = real("xss-h5sc") else { return };
    let text = std::fs::read_to_string(folder.join("vectors.txt")).expect("text");
    let vectors: Vec<&str> = text.split("<div id=\"").skip(1).collect();
    assert!(vectors.len() >= 139, "{}", vectors.len());
    for vector in vectors {
        let vector = format!("<div id=\"{vector}");
        let (markdown, _) = html::commonmark(&vector);
        let said = letters(&markdown);
        for (at, sign) in vector.match_indices("<script>") {
            let (before, after) = (&vector[..at], &vector[at + sign.len()..]);
            // Within another tag or a comment it is no script.
            let is_inside = before.rfind('<') > before.rfind('>') || before.rfind("<!--") > before.rfind("-->");
            let code: String = after.split("</script>").next().unwrap_or("").split_whitespace().collect();
            assert!(is_inside || code.is_empty() || !said.contains(&code), "{vector} -> {markdown}");
        }
        // Where a tag is written out as text, a browser shows it too.
        let is_shown = ["&lt;", "&#x3c;"].iter().any(|sign| vector.to_lowercase().contains(sign));
        for sign in ["<script", "onerror=\"", "onload=\"", "<iframe", "<style"].iter().filter(|_| !is_shown) {
            assert!(!said.to_lowercase().contains(sign), "{vector} -> {markdown}");
        }
    }
}

/// JSONTestSuite: what is JSON is read with all its values, what is not is told with its place, and what may be either
/// makes nothing fall over.
#[test]
fn json_is_what_the_suite_says() {
    let Some(folder) = real("json-test-suite/test_parsing") else { return };
    let config = "[edition]\ntitle = \"News\"\ndate = 2024-06-26\n[[input]]\ntable = \"news\"\npath = \"a.json\"\n\
                  at = \"/rows\"\nmap = { title = \"/x\" }\n";
    let mut counts = BTreeMap::<char, usize>::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let kind = name.chars().next().expect("a letter");
        let bytes = std::fs::read(&path).expect("a file");
        let found = checked(&[("bulletin.toml", config.as_bytes().to_vec()), ("a.json", bytes.clone())]);
        let told = |found: &pipeline::Checked| {
            let mut findings = found.report.diagnostics().iter();
            findings.any(|d| d.message == "the file is not JSON" || d.message == "the file is not UTF-8")
        };
        match kind {
            'n' => assert!(told(&found), "{name} was taken"),
            'y' => {
                assert!(!told(&found), "{name}: {:?}", found.report.diagnostics());
                let inner = [b"{\"rows\": [{\"x\": ".to_vec(), bytes, b"}]}".to_vec()].concat();
                let found = checked(&[("bulletin.toml", config.as_bytes().to_vec()), ("a.json", inner)]);
                assert!(!told(&found), "{name}: {:?}", found.report.diagnostics());
            }
            _ => {}
        }
        *counts.entry(kind).or_default() += 1;
    }
    assert_eq!(counts, [('i', 35), ('n', 188), ('y', 95)].into());
}

/// Gives what a session says, without its places.
fn said(session: &Session) -> String {
    let people: Vec<String> = session.speakers.iter().map(|person| person.value.name.to_string()).collect();
    format!(
        "{} {} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
        session.id,
        session.title,
        session.date.map(|date| date.value),
        session.start.map(|time| time.value),
        session.end.map(|time| time.value),
        session.room.as_ref().map(ToString::to_string),
        session.series.as_ref().map(ToString::to_string),
        session.url.as_ref().map(|url| url.value.to_string()),
        people,
        session.summary.as_ref().map(|prose| prose.source().to_string()),
    )
}

fn sessions(edition: &Edition) -> Vec<String> {
    edition.held.iter().chain(&edition.coming).map(said).collect()
}

/// The same schedule as XML and as JSON gives the same sessions.
#[test]
fn xml_and_json_say_the_same() {
    let Some(folder) = real("fosdem-2026") else { return };
    for (snapshot, count) in [("2026-early-883", 883), ("2026-final-1079", 1079)] {
        let read = |end: &str| {
            let config = format!(
                "[edition]\ntitle = \"F\"\ndate = 2026-01-01\ntimezone = \"Europe/Brussels\"\n[[input]]\n\
                 path = \"a.{end}\"\nformat = \"pretalx\"\n"
            );
            let name = if end == "xml" { format!("{snapshot}.xml") } else { format!("{snapshot}.derived.json") };
            let bytes = std::fs::read(folder.join(name)).expect("a file");
            let found = checked(&[("bulletin.toml", config.into_bytes()), (&format!("a.{end}"), bytes)]);
            assert!(!found.report.has_gaps(), "{:?}", found.report.diagnostics());
            sessions(&found.edition.expect("an edition"))
        };
        let (xml, json) = (read("xml"), read("json"));
        assert_eq!(xml.len(), count);
        for (one, other) in xml.iter().zip(&json) {
            assert_eq!(one, other);
        }
        assert_eq!(xml.len(), json.len());
    }
}

const OWN: &str = r#"[{"id": "a", "title": "One, two; three", "date": "2024-09-25", "start": "09:00", "end": "10:30",
    "place": "Ghent", "summary": "A *word* with a comma, and one more.\n\nTwo.", "url": "https://a.example.eu/x?y=1&z=2",
    "tags": ["Water", "Air, fresh"]},
  {"id": "b", "title": "Three days", "date": "2024-10-01", "end-date": "2024-10-03", "place": "Lyon"},
  {"id": "c", "title": "Over night", "date": "2024-11-01", "start": "22:00", "end": "01:00", "end-date": "2024-11-02",
   "timezone": "Asia/Tokyo", "status": "cancelled"},
  {"id": "d", "title": "A very long title that has to be folded, for it has more than seventy-five octets – é", "date": "2024-12-01"}]"#;

const CONFIG: &str = "[edition]\ntitle = \"News\"\ndate = 2024-06-26\ntimezone = \"Europe/Brussels\"\n[publisher]\nname = \"P\"\n\
    [newsletter]\nfrom = \"p@example.org\"\nweb-url = \"https://p.example.eu/n.html\"\n";

fn made(name: &str) -> Vec<u8> {
    let calls = "id,title,deadline\nc,Seed fund,2024-09-19\n";
    let files = artifacts(&[("bulletin.toml", CONFIG), ("sessions.json", OWN), ("calls.csv", calls)]);
    files.into_iter().find(|file| file.name == name).expect("it was made").bytes
}

/// Gives titles and instants, which every form of a session keeps.
fn whens(edition: &Edition) -> Vec<String> {
    let when = |session: &Session| {
        let zone = edition.zone(session);
        let date = session.date.expect("a date").value;
        let start = session.start.map(|time| zone.instant(date, time.value));
        let last = session.last_day().expect("a date");
        let end = session.end.map(|time| zone.instant(last, time.value));
        let last = Some(last).filter(|_| session.end.is_none());
        let status = session.status.as_ref().map(|status| status.value);
        format!(
            "{} {date} {start:?} {last:?} {end:?} {status:?} {:?}",
            session.title,
            session.place.as_ref().map(ToString::to_string)
        )
    };
    // The day is that of the zone in which it is shown.
    edition.coming.iter().map(when).map(|text| text.replace("2024-11-01 ", "").replace("\"", "")).collect()
}

/// Our own calendar, read again, has the same sessions; deadlines stand in it as what takes no time.
#[test]
fn our_calendar_is_read_again() {
    let config = format!("{CONFIG}[[input]]\npath = \"calendar.ics\"\nwhere = {{ transp = {{ present = false }} }}\n");
    let found = checked(&[("bulletin.toml", config.into_bytes()), ("calendar.ics", made("calendar.ics"))]);
    assert!(!found.report.has_gaps(), "{:?}", found.report.diagnostics());
    let first = checked(&[("bulletin.toml", CONFIG.into()), ("sessions.json", OWN.into())]);
    let (first, again) = (first.edition.expect("an edition"), found.edition.expect("an edition"));
    let mut again = whens(&again);
    again.iter_mut().for_each(|text| *text = text.replace("Cancelled: ", ""));
    assert_eq!(again, whens(&first));
}

/// The events of our own page, read again, are the coming sessions.
#[test]
fn our_page_is_read_again() {
    let config = format!("{CONFIG}[[input]]\npath = \"page.html\"\n");
    let found = checked(&[("bulletin.toml", config.into_bytes()), ("page.html", made("newsletter-web.html"))]);
    assert!(!found.report.has_gaps(), "{:?}", found.report.diagnostics());
    let first = checked(&[("bulletin.toml", CONFIG.into()), ("sessions.json", OWN.into())]);
    assert_eq!(whens(&found.edition.expect("an edition")), whens(&first.edition.expect("an edition")));
}
