//! The proof of facts holds the plain engine to the same word: what is dropped, changed or swapped in what it sets is
//! found missing in the file that comes of it.

use bulletin::artifact::{Body, Engine, Kind, Manuscript, Plain};
use bulletin::diagnostic::Report;
use bulletin::model::Item;
use bulletin::pipeline::{self, Job};
use bulletin::prose::{Block, Inline};
use bulletin::reading::Reading;
use bulletin::render::{self, summary};
use bulletin::source::Folder;
use bulletin::theme::{DEFAULT, Theme};
use bulletin::typeset::Typesetter;

use crate::harbour::{CALLS, CONFIG, CONTENT, NEWS, SESSIONS};
use crate::proof::{Bench, FILES, changed};

/// A kind of fact: how two items of one kind say theirs.
type Stated = (&'static str, &'static str);

const SUMMARY: [Stated; 13] = [
    ("Seed fund", "Bridge fund"),
    ("New reading hall", "Maps online"),
    ("Ada Moreau", "Ben Ito"),
    ("Librarian", "Adviser"),
    ("Town Library", "Grants Office"),
    ("150,000", "275,000"),
    ("Lakeside Grants", "Harbour Grants"),
    ("Bruges", "Leuven"),
    ("https://example.org/seed", "https://example.org/bridge"),
    ("17:00", "12:00"),
    ("8:40", "9:10"),
    ("19\u{A0}September", "23\u{A0}October"),
    ("4\u{A0}July", "15\u{A0}July"),
];

const HANDOUT: [Stated; 41] = [
    ("Autumn school", "Winter forum"),
    ("10:00–11:15", "13:30–15:45"),
    ("Blue hall", "Red hall"),
    ("Ghent · ", "Lille · "),
    ("workshop", "debate"),
    ("Dutch", "French"),
    ("https://example.org/autumn", "https://example.org/winter"),
    ("Cleo Brandt", "Dov Castell"),
    ("Archivist", "Curator"),
    ("City Archive", "Ship Museum"),
    ("https://example.org/cleo", "https://example.org/dov"),
    ("Nora Falk", "Olaf Gray"),
    ("Map Society", "Boat Guild"),
    ("https://meet.example.net/autumn", "https://meet.example.net/winter"),
    ("Reader", "Plans"),
    ("https://example.org/reader", "https://example.org/plans"),
    ("Old charts are drawn anew", "New hulls are weighed"),
    ("10:05", "10:40"),
    ("Sources", "Colours"),
    ("Ada Moreau", "Ben Ito"),
    ("Where charts lie", "How paper ages"),
    ("Lakeside Library", ""),
    ("Harbour days", ""),
    ("Three meetings on maps", ""),
    ("Tuesday, 10\u{A0}September 2024", "Thursday, 21\u{A0}November 2024"),
    ("Cancelled", ""),
    ("2–9\u{A0}December 2024, 9:00", ""),
    ("12\u{A0}June 2024", "5\u{A0}June 2024"),
    ("8:30–9:45 CEST", "14:15 CEST"),
    ("Attic, Brussels", "Cellar, Namur"),
    ("Maps come first", "Boats come second"),
    ("Seed fund", "Bridge fund"),
    ("17:00 CEST", "12:00 CEST"),
    ("150,000", "275,000"),
    ("https://example.org/seed", "https://example.org/bridge"),
    ("4\u{A0}July 2024", "15\u{A0}July 2024"),
    ("Bruges", "Leuven"),
    ("It has forty seats", "They are all drawn"),
    ("Quay 7, Ghent", ""),
    ("Funded by the region", ""),
    ("office@library.test", ""),
];

/// Says something else in place of each text and address.
fn said(plain: &Plain, say: &dyn Fn(&str) -> String) -> Plain {
    Plain { blocks: plain.blocks.iter().map(|block| block_said(block, say)).collect(), marks: plain.marks.clone() }
}

fn block_said(block: &Block, say: &dyn Fn(&str) -> String) -> Block {
    match block {
        Block::Paragraph(inlines) => Block::Paragraph(inlines_said(inlines, say)),
        Block::Heading(level, inlines) => Block::Heading(*level, inlines_said(inlines, say)),
        Block::List(start, items) => {
            let item = |item: &Vec<Block>| item.iter().map(|block| block_said(block, say)).collect();
            Block::List(*start, items.iter().map(item).collect())
        }
        other => other.clone(),
    }
}

fn inlines_said(inlines: &[Inline], say: &dyn Fn(&str) -> String) -> Vec<Inline> {
    let one = |inline: &Inline| match inline {
        Inline::Text(text) => Inline::Text(say(text).as_str().into()),
        Inline::Strong(inner) => Inline::Strong(inlines_said(inner, say)),
        Inline::Link(address, inner) => match say(address.as_str()).parse() {
            Ok(address) => Inline::Link(address, inlines_said(inner, say)),
            Err(_) => Inline::Emph(inlines_said(inner, say)),
        },
        other => other.clone(),
    };
    inlines.iter().map(one).collect()
}

/// Sets a document and reads it back.
fn reading(kind: Kind, meta: bulletin::artifact::Meta, plain: Plain) -> Reading {
    let body = Body::Plain(plain);
    let manuscript = Manuscript { name: "plain.pdf".into(), kind, meta, body, attachments: Vec::new() };
    let pdf = Typesetter::new(None, None).pdf(&manuscript, false, &mut Report::default());
    pdf.unwrap_or_else(|refused| panic!("{refused}")).expect("it has no look").reading
}

/// Drops, changes and swaps each, and says what nobody noticed.
fn unnoticed(good: &Plain, stated: &[Stated], missing: &dyn Fn(Plain) -> Vec<String>) -> Vec<String> {
    assert_eq!(missing(good.clone()), [""; 0]);
    let mut faults = Vec::new();
    for &(one, other) in stated {
        let mut told = |what: &str, say: &dyn Fn(&str) -> String| {
            let bad = said(good, say);
            assert_ne!(bad, *good, "{one} cannot be {what}");
            if missing(bad).is_empty() {
                faults.push(format!("{one} was {what}"));
            }
        };
        told("dropped", &|text| text.replace(one, "–"));
        told("changed", &|text| text.replace(one, &changed(one)));
        if !other.is_empty() {
            told("swapped", &|text| text.replace(one, "\u{1}").replace(other, one).replace('\u{1}', other));
        }
    }
    faults
}

#[test]
fn a_fact_of_a_plain_summary_that_is_dropped_changed_or_swapped_is_missing() {
    let bench = Bench::new(&FILES);
    let (edition, theme) = (bench.edition(), Theme::named(DEFAULT).expect("the theme"));
    let session = edition.summaries().next().expect("a session");
    let meta = summary::meta(edition, session, &bench.locale);
    let missing = |plain: Plain| {
        let reading = reading(Kind::Summary, meta.clone(), plain);
        bench.missing(|proof| proof.summary("summary.pdf", &reading, session))
    };
    let good = summary::blocks(edition, session, &bench.locale, &theme);
    assert_eq!(unnoticed(&good, &SUMMARY, &missing), [""; 0]);
}

#[test]
fn a_fact_of_a_plain_handout_that_is_dropped_changed_or_swapped_is_missing() {
    let config = format!("{CONFIG}{CONTENT}qr = \"all\"\n");
    let files = [("bulletin.toml", &config[..]), ("sessions.json", SESSIONS), ("calls.csv", CALLS), ("news.csv", NEWS)];
    let bench = Bench::new(&files);
    let theme = Theme::named(DEFAULT).expect("the theme");
    let (_, sheets) = render::sheets(Kind::Handout, Engine::Genpdf, bench.edition(), &bench.locale, &theme);
    let Some((Body::Plain(good), meta)) = sheets else { panic!("a plain handout") };
    let missing = |plain: Plain| {
        let reading = reading(Kind::Handout, meta.clone(), plain);
        bench.missing(|proof| proof.sheets(Kind::Handout, Engine::Genpdf, "handout.pdf", &reading))
    };
    assert_eq!(unnoticed(&good, &HANDOUT, &missing), [""; 0]);
    // The words of a series begin other lines as well.
    let of_series = said(&good, &|text| if text == "Maps" { "Boats".into() } else { text.into() });
    assert_eq!(missing(of_series), ["`handout.pdf` does not say the `series` of `sessions/one`"]);
}

/// Items are where their marks say, on whichever page, and what is listed twice has two marks.
#[test]
fn marks_and_links_stand_with_their_items() {
    let bench = Bench::new(&FILES);
    let session = bench.edition().summaries().next().expect("a session");
    let theme = Theme::named(DEFAULT).expect("the theme");
    let mut plain = summary::blocks(bench.edition(), session, &bench.locale, &theme);
    let (blocks, marks) = (plain.blocks.clone(), plain.marks.clone());
    for round in 1..=20 {
        plain.marks.extend(marks.iter().map(|(at, item)| (at + round * blocks.len(), item.clone())));
        plain.blocks.extend(blocks.clone());
    }
    let expected: Vec<String> = plain.marks.iter().map(|(_, item)| item.clone()).collect();
    let reading = reading(Kind::Summary, summary::meta(bench.edition(), session, &bench.locale), plain);
    let found: Vec<String> = reading.marks().iter().filter_map(|mark| mark.item.clone()).collect();
    assert_eq!(found, expected);
    assert!(reading.page_of(reading.whole().end) > Some(5));
    let ends = reading.marks().iter().skip(1).map(|mark| mark.at).chain([reading.whole().end]);
    for (mark, end) in reading.marks().iter().zip(ends) {
        let calls = bench.edition().calls.iter().map(|call| (Item::Call(call), &call.url));
        let news = bench.edition().news.iter().map(|news| (Item::News(news), &news.url));
        for (item, url) in calls.chain(news) {
            let own = mark.item.as_ref() == Some(&item.name());
            assert_eq!(reading.find(item.title().as_str(), mark.at..end) == Some(mark.at), own, "{}", item.name());
            let address = url.as_ref().expect("each has one").value.as_str();
            assert_eq!(reading.links(mark.at + 1..end).any(|known| known == address), own, "{}", item.name());
        }
    }
}

/// The list of facts says on which page of a plain document each stands.
#[test]
fn facts_of_plain_documents_have_pages() {
    let files = FILES.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
    let folder = Folder::Memory(files.into());
    let job = Job { only: vec![Kind::Summary, Kind::Handout], engine: Engine::Genpdf, ..Job::new(folder) };
    let built = pipeline::build(&job, &|_, _| {}).expect("it is in memory");
    let artifacts = built.artifacts.unwrap_or_else(|| panic!("{:?}", built.checked.report.diagnostics()));
    let facts = artifacts.iter().find(|artifact| artifact.name == "facts.json").expect("the list of facts");
    let facts: serde_json::Value = serde_json::from_slice(&facts.bytes).expect("JSON");
    let facts = facts.as_array().expect("a list");
    for file in ["summary-held.pdf", "handout.pdf"] {
        let of_file = |fact: &&serde_json::Value| {
            let mut found = fact["found"].as_array().into_iter().flatten();
            found.any(|found| found["file"] == file && found["page"].is_u64())
        };
        let count = facts.iter().filter(of_file).count();
        assert!(count > 20, "{file}: {count}");
    }
}
