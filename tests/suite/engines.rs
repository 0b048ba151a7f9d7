//! Both engines print the same facts: each word of one file stands in the other.

use std::collections::BTreeSet;

use bulletin::artifact::{Engine, Kind};
use bulletin::diagnostic::Code;
use bulletin::locale::{Lang, Locale};
use bulletin::model::print::Paper;
use bulletin::model::{Date, Time};
use bulletin::pipeline::{self, Job, OnPaper};
use bulletin::source::Folder;

use crate::support::{cases, name, tool};

/// Gives the text of each document, as `pdftotext` reads it.
fn texts(job: &Job) -> Vec<String> {
    let built = pipeline::build(job, &|_, _| {}).expect("the case can be read");
    let artifacts = built.artifacts.unwrap_or_else(|| panic!("{:#?}", built.checked.report.diagnostics()));
    let folder = tempfile::tempdir().expect("a folder");
    let text = |bytes: &[u8]| {
        let path = folder.path().join("document.pdf");
        std::fs::write(&path, bytes).expect("written");
        tool("pdftotext", &["-raw", "-enc", "UTF-8", path.to_str().expect("a Unicode path"), "-"])
    };
    artifacts.iter().filter(|artifact| artifact.name.ends_with(".pdf")).map(|artifact| text(&artifact.bytes)).collect()
}

/// Takes out what lines add and lose where they break, and marks that no reader sees.
fn squeezed(text: &str) -> String {
    text.chars()
        .filter(|c| {
            !c.is_whitespace() && !matches!(c, '-' | '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2066}'..='\u{2069}')
        })
        .collect()
}

/// Lists the words of `text` that `other` has nowhere.
fn missing(text: &str, other: &str) -> BTreeSet<String> {
    let other = squeezed(other);
    let words = text.split_whitespace().map(|word| squeezed(word.trim_matches(|c: char| !c.is_alphanumeric())));
    words.filter(|word| !other.contains(word.as_str())).collect()
}

#[test]
fn both_engines_print_the_same_facts() {
    let mut compared = [0, 0];
    for case in cases("editions") {
        for (kind, compared) in [Kind::Summary, Kind::Handout].into_iter().zip(&mut compared) {
            let job = Job { only: vec![kind], ..crate::editions::job(&case) };
            let edition = pipeline::check(&job).expect("the case can be read").edition.expect("an edition");
            let own = edition.print.lang.filter(|_| kind == Kind::Handout);
            let lang = own.unwrap_or(edition.lang);
            if lang == Lang::Arabic {
                continue; // not a language of genpdf, which says so
            }
            let locale = Locale::new(lang);
            let beside = beside(&locale, kind);
            let typst = texts(&job);
            let genpdf = texts(&Job { engine: Engine::Genpdf, paper: OnPaper::default(), ..job });
            assert_eq!(typst.len(), genpdf.len(), "{}", name(&case));
            for (typst, genpdf) in typst.iter().zip(&genpdf) {
                let lost = missing(typst, &format!("{genpdf}{beside}"));
                let is_beside = |word: &str| word.split('–').all(|part| beside.contains(part.trim_end_matches('.')));
                let lost: Vec<_> = lost.iter().filter(|word| !is_beside(word)).collect();
                assert!(lost.is_empty(), "{}: the {} of genpdf lacks {lost:?}", name(&case), kind.as_str());
                // genpdf numbers its pages as well; the head of a page has the title that Typst keeps inside the file.
                let added = missing(genpdf, &format!("{typst}0123456789 {}", locale.labels.handout));
                assert!(added.is_empty(), "{}: the {} of Typst lacks {added:?}", name(&case), kind.as_str());
                *compared += 1;
            }
        }
    }
    assert!(compared[0] > 8 && compared[1] > 8, "{compared:?}");
}

/// Gives what Typst's pages have beside their facts: their numbers, the axis of a picture, and on a handout the hours
/// of a grid and the heads of what finds pages and of its table.
fn beside(locale: &Locale, kind: Kind) -> String {
    let labels = &locale.labels;
    let page = locale.say("page-of", &[("page", "0123456789"), ("pages", "0")]);
    let months = (1..=12).map(|month| locale.date(Date::constant(2024, month, 1)));
    let hours = (0..24).map(|hour| locale.time(Time::constant(hour, 0, 0, 0)));
    let heads = [
        &labels.table_of_contents,
        &labels.index_of_speakers,
        &labels.index_of_rooms,
        &labels.time_of_day,
        &labels.deadline,
        &labels.call,
        &labels.status,
        &labels.notes,
    ];
    let of_handout = heads.into_iter().cloned().chain(hours).filter(|_| kind == Kind::Handout);
    months.chain([page]).chain(of_handout).collect()
}

#[test]
fn a_lost_word_is_found() {
    assert_eq!(missing("the seed fund: EUR 5", "the seed-\nfund EUR 5"), BTreeSet::new());
    assert_eq!(missing("until 19 June", "until 18 June"), BTreeSet::from(["19".to_owned()]));
}

#[test]
fn the_plain_engine_claims_nothing_and_gives_the_same_bytes() {
    let case = cases("editions").into_iter().find(|case| name(case) == "every-field").expect("the case");
    let job = Job { only: vec![Kind::Summary], engine: Engine::Genpdf, ..crate::editions::job(&case) };
    let made = || pipeline::build(&job, &|_, _| {}).expect("it can be read").artifacts.expect("no errors");
    let first = made();
    for _ in 0..3 {
        assert_eq!(first, made());
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("plain.pdf");
    std::fs::write(&path, &first[0].bytes).expect("written");
    let path = path.to_str().expect("a Unicode path");
    let about = tool("pdfinfo", &[path]);
    for claim in ["PDF/", "Metadata Stream: yes", "PDF subtype"] {
        assert!(!about.replace(' ', "").contains(&claim.replace(' ', "")), "{about}");
    }
    assert!(!String::from_utf8_lossy(&first[0].bytes).contains("GTS_PDFX"));
    tool("qpdf", &["--check", path]);
}

/// Whatever comes, the plain engine sets it, and nothing stands outside of the page.
#[test]
fn the_plain_engine_takes_what_is_long() {
    let word = "x".repeat(3000);
    let row = format!("|{}\n", format!(" {} |", &word[..90]).repeat(5));
    let wide = format!("|{}\n", " cell |".repeat(40));
    let rule = |columns: usize| format!("|{}\n", "---|".repeat(columns));
    let nested = format!("- {0}\n  - {0}\n    - {0}\n      - {0}\n", &word[..300]);
    let body = format!(
        "{row}{}{}\n\n{wide}{}{}\n\n{nested}\n\n    {word}\n\n<https://example.org/{}>",
        rule(5),
        row.repeat(40),
        rule(40),
        wide.repeat(3),
        &word[..1900]
    );
    let agenda: Vec<_> = (1..=300)
        .map(
            |n| serde_json::json!({ "title": format!("Item {n} {}", &word[..100]), "body": "Text.", "speakers": format!("Ann, {word}") }),
        )
        .collect();
    let session = serde_json::json!([{
        "id": "x", "title": word, "series": word, "status": "held", "date": "2024-06-19", "place": word,
        "summary": format!("{body}\n\n{}", "A long text, and no end in sight. ".repeat(1100)), "agenda": agenda,
    }]);
    let config = "[edition]\ntitle = \"N\"\ndate = 2024-06-21\n[newsletter]\nfrom = \"a@example.org\"\n";
    let files = [("bulletin.toml", config.to_owned()), ("sessions.json", session.to_string())];
    let folder = Folder::Memory(files.map(|(name, text)| (name.to_owned(), text.into_bytes())).into());
    let job = Job { only: vec![Kind::Summary], engine: Engine::Genpdf, ..Job::new(folder) };
    let built = pipeline::build(&job, &|_, _| {}).expect("it can be set");
    let artifacts = built.artifacts.unwrap_or_else(|| panic!("{:?}", built.checked.report.diagnostics()));
    let words = crate::pages::words(&artifacts[0].bytes);
    for word in &words {
        let [left, top, right, bottom] = word.edges;
        assert!(left > 50.0 && right < 545.0 && top > 20.0 && bottom < 800.0, "{:?} {:?}", word.text, word.edges);
    }
    assert!(words.iter().any(|word| word.text == "300"));
}

#[test]
fn the_plain_engine_refuses_what_it_cannot_set() {
    let refusal = |folder: &str, only: Vec<Kind>, paper: OnPaper| {
        let case = cases("editions").into_iter().find(|case| name(case) == folder).expect("the case");
        let job = Job { engine: Engine::Genpdf, only, paper, ..crate::editions::job(&case) };
        pipeline::build(&job, &|_, _| {}).expect_err("a refusal").to_string()
    };
    for kind in [Kind::Summary, Kind::Handout] {
        let said = refusal("arabic", vec![kind], OnPaper::default());
        assert!(said.contains("cannot set text in `ar`"), "{said}");
    }
    for kind in Kind::ONE_EACH {
        let said = refusal("handout", vec![Kind::Handout, kind], OnPaper::default());
        assert!(said.contains(&format!("does not make `{}`", kind.as_str())), "{said}");
    }
    let a5 = OnPaper { paper: Some(Paper::A5), ..OnPaper::default() };
    let large = OnPaper { large_print: true, ..OnPaper::default() };
    for paper in [a5, large] {
        let said = refusal("handout", vec![Kind::Handout], paper);
        assert!(said.contains("on A4 in 10 pt alone"), "{said}");
    }
}

/// A letter that only Typst can set is told with what else would do, on a handout as in a summary.
#[test]
fn letters_that_go_the_other_way_are_told() {
    let config = "[edition]\ntitle = \"N\"\ndate = 2024-06-21\n[newsletter]\nfrom = \"a@example.org\"\n";
    let sessions = "id,title,date,status,summary\ns,Talk of \u{5E9}\u{5DC}\u{5D5}\u{5DD},2024-06-19,held,\
        Said: \u{645}\u{631}\u{62D}\u{628}\u{627}\n";
    for kind in [Kind::Summary, Kind::Handout] {
        let files = [("bulletin.toml", config), ("sessions.csv", sessions)];
        let folder = Folder::Memory(files.map(|(name, text)| (name.to_owned(), text.into())).into());
        let job = Job { only: vec![kind], engine: Engine::Genpdf, ..Job::new(folder) };
        let built = pipeline::build(&job, &|_, _| {}).expect("it can be read");
        let found = built.checked.report.diagnostics();
        let glyphs: Vec<_> = found.iter().filter(|found| found.code == Code::MissingGlyph).collect();
        assert!(built.artifacts.is_none() && glyphs.len() == 2, "{found:#?}");
        for glyph in glyphs {
            let help = glyph.help.join("\n");
            assert_eq!(help, "write it in Latin, Greek or Cyrillic letters, or delete it");
        }
    }
}
