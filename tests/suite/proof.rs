//! The proof of facts is held to its word: a fact that is dropped, changed or put beside another item is found missing,
//! whatever its kind and whichever the file.

use bulletin::artifact::{Body, Manuscript};
use bulletin::diagnostic::{Code, Report};
use bulletin::locale::Locale;
use bulletin::model::{Edition, Item};
use bulletin::pipeline::{self, Job};
use bulletin::prove::{Depth, Ledger, Proof};
use bulletin::render::newsletter::Newsletter;
use bulletin::render::newsletter::style::Styles;
use bulletin::render::summary;
use bulletin::source::Folder;
use bulletin::theme::{DEFAULT, Theme};
use bulletin::typeset::Typesetter;

const CONFIG: &str = "\
[edition]
title = \"Lakeside research news\"
date = 2024-06-26
timezone = \"Europe/Brussels\"
[publisher]
url = \"https://example.org\"
[newsletter]
from = \"news@example.org\"
unsubscribe-url = \"https://example.org/unsubscribe\"
utm = { source = \"newsletter\" }
";

const SESSIONS: &str = r#"[
  { "id": "held", "title": "Spring talk", "date": "2024-06-12", "start": "08:30", "end": "09:45",
    "place": "Brussels", "url": "https://example.org/spring", "summary": "Forty people came.",
    "moderators": ["Nora Falk, Editor, Lakeside Press"],
    "agenda": [
      { "title": "Sources", "start": "08:40", "speakers": ["Ada Moreau, Librarian, Town Library"], "body": "Maps first." },
      { "title": "Calls", "start": "09:10", "kind": "calls", "speakers": ["Ben Ito, Adviser, Grants Office"] },
      { "title": "News", "start": "09:30", "kind": "news" }
    ] },
  { "id": "one", "title": "Autumn school", "date": "2024-09-10", "start": "10:00", "place": "Ghent",
    "url": "https://example.org/autumn", "speakers": ["Cleo Brandt, Archivist"] },
  { "id": "two", "title": "Winter forum", "date": "2024-11-21", "start": "13:30", "place": "Lille",
    "url": "https://example.org/winter", "speakers": ["Dov Castell, Curator"] }
]"#;

const CALLS: &str = "\
id,title,deadline,time,budget,url,programme
seed,Seed fund,2024-09-19,17:00,EUR 150000,https://example.org/seed,Lakeside Grants
bridge,Bridge fund,2024-10-23,12:00,EUR 275000,https://example.org/bridge,Harbour Grants
";

const NEWS: &str = "\
id,title,date,place,url
hall,New reading hall,2024-07-04,Bruges,https://example.org/hall
maps,Maps online,2024-07-15,Leuven,https://example.org/maps
";

pub const FILES: [(&str, &str); 4] =
    [("bulletin.toml", CONFIG), ("sessions.json", SESSIONS), ("calls.csv", CALLS), ("news.csv", NEWS)];

type Missing<'b> = Box<dyn Fn(&str) -> Vec<String> + 'b>;

/// What a file is proved with.
pub struct Bench {
    checked: pipeline::Checked,
    pub locale: Locale,
}

impl Bench {
    /// Reads a publication; its files are proved in the language of its sheets.
    pub fn new(files: &[(&str, &str)]) -> Bench {
        let files = files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
        let checked = pipeline::check(&Job::new(Folder::Memory(files.collect()))).expect("the files are in memory");
        assert!(!checked.report.has_errors(), "{:?}", checked.report.diagnostics());
        let edition = checked.edition.as_ref().expect("an edition");
        let locale = Locale::new(edition.print.lang.unwrap_or(edition.lang));
        Bench { checked, locale }
    }

    pub fn edition(&self) -> &Edition {
        self.checked.edition.as_ref().expect("an edition")
    }

    /// Gives the items and fields that are missing.
    pub fn missing<'b>(&'b self, prove: impl FnOnce(&mut Proof<'b, '_>)) -> Vec<String> {
        let (mut ledger, mut report) = (Ledger::default(), Report::default());
        let (edition, locale) = (self.edition(), &self.locale);
        prove(&mut Proof { edition, locale, ledger: &mut ledger, report: &mut report });
        assert!(report.diagnostics().iter().all(|one| one.code == Code::MissingFact));
        report.diagnostics().iter().map(|one| one.message.clone()).collect()
    }

    /// Gives each file with the text that it is made of, and what is missing in a text that takes its place.
    fn files(&self) -> Vec<(&'static str, String, Missing<'_>)> {
        let (edition, theme) = (self.edition(), Theme::named(DEFAULT).expect("the theme"));
        let styles = Styles::new(&theme);
        let newsletter = Newsletter::new(edition, &self.locale, &styles);
        let items: Vec<_> = edition.items().map(|item: Item<'_>| (item, Depth::Mail)).collect();
        let (all, same) = (items.clone(), items.clone());
        let session = edition.summaries().next().expect("a session");
        let meta = summary::meta(edition, session, &self.locale);
        let typesetter = Typesetter::new(None, None);
        let mut files: Vec<(_, _, Missing<'_>)> = vec![
            (
                "newsletter.html",
                newsletter.html(),
                Box::new(move |page| self.missing(|proof| proof.html("newsletter.html", page, &items))),
            ),
            (
                "newsletter-web.html",
                newsletter.web(&theme),
                Box::new(move |page| self.missing(|proof| proof.html("newsletter-web.html", page, &all))),
            ),
            (
                "newsletter.txt",
                newsletter.text(),
                Box::new(move |page| self.missing(|proof| proof.text("newsletter.txt", page, &same))),
            ),
            (
                "summary.pdf",
                summary::summary(edition, session, &self.locale, &theme),
                Box::new(move |typ| {
                    let manuscript = Manuscript {
                        name: "summary.pdf".into(),
                        kind: bulletin::artifact::Kind::Summary,
                        meta: meta.clone(),
                        body: Body::Typst(typ.to_owned()),
                        attachments: Vec::new(),
                    };
                    match typesetter.pdf(&manuscript, false, &mut Report::default()) {
                        Ok(pdf) => {
                            let reading = pdf.expect("no look of its own is at fault").reading;
                            self.missing(|proof| proof.summary("summary.pdf", &reading, session))
                        }
                        // A heading without words, a link to nowhere: no such file comes into being.
                        Err(refused) => vec![refused.to_string()],
                    }
                }),
            ),
        ];
        files.retain(|(name, ..)| *name != "summary.pdf" || cfg!(feature = "typst"));
        files
    }
}

/// A kind of fact: how two items of one kind say theirs, in the mail as HTML, on the web, in the text, and in a summary.
struct Kind {
    name: &'static str,
    one: [&'static str; 4],
    other: [&'static str; 4],
}

fn alike(name: &'static str, one: &'static str, other: &'static str) -> Kind {
    Kind { name, one: [one; 4], other: [other; 4] }
}

/// Changes the last digit, else the last letter.
pub fn changed(text: &str) -> String {
    let digit = text.char_indices().rfind(|(_, c)| c.is_ascii_digit());
    let letter = text.char_indices().rfind(|(_, c)| c.is_alphabetic());
    let (end, last) = digit.or(letter).expect("a letter");
    format!("{}{}{}", &text[..end], if last == '3' { '4' } else { '3' }, &text[end + last.len_utf8()..])
}

#[test]
fn a_fact_that_is_dropped_changed_or_swapped_is_missing() {
    let bench = Bench::new(&FILES);
    let kinds = [
        alike("title", "Seed fund", "Bridge fund"),
        alike("title of news", "New reading hall", "Maps online"),
        alike("person", "Ada Moreau", "Ben Ito"),
        alike("role", "Librarian", "Adviser"),
        alike("organisation", "Town Library", "Grants Office"),
        alike("amount", "150,000", "275,000"),
        alike("programme", "Lakeside Grants", "Harbour Grants"),
        alike("place of news", "Bruges", "Leuven"),
        alike("address", "https://example.org/seed", "https://example.org/bridge"),
        alike("time", "17:00", "12:00"),
        alike("time on the agenda", "8:40", "9:10"),
        Kind {
            name: "day",
            one: [">19</b>", ">19</b>", "19\u{A0}September 2024", "day: \"19\""],
            other: [">23</b>", ">23</b>", "23\u{A0}October 2024", "day: \"23\""],
        },
        Kind {
            name: "day of news",
            one: ["4\u{A0}July", "4\u{A0}July", "4\u{A0}July", "4\u{A0}July"],
            other: ["15\u{A0}July", "15\u{A0}July", "15\u{A0}July", "15\u{A0}July"],
        },
    ];
    for (at, (file, good, missing)) in bench.files().into_iter().enumerate() {
        assert_eq!(missing(&good), [""; 0], "{file}");
        for Kind { name, one, other } in &kinds {
            let (one, other) = (one[at], other[at]);
            let told = |what: &str, bad: &str| {
                assert_ne!(bad, good, "{file}: {name} cannot be {what}");
                assert!(!missing(bad).is_empty(), "{file}: {name} was {what}, and nobody noticed");
            };
            told("dropped", &good.replace(one, ""));
            told("changed", &good.replace(one, &changed(one)));
            told("swapped", &good.replace(one, "\u{1}").replace(other, one).replace('\u{1}', other));
        }
    }
}

#[test]
fn titles_of_which_nothing_is_seen_stop_nobody() {
    let sessions = r#"[
      { "id": "a", "title": "-", "date": "2024-07-01", "agenda": [{ "title": "-" }, { "title": "---" }, { "title": "Ü" }] },
      { "id": "b", "title": "Żółw", "date": "2024-06-01", "agenda": [{ "title": "-", "body": "—" }, { "title": "\u00AD" }],
        "key-messages": ["-"] }
    ]"#;
    let calls = "id,title,deadline\nx,---,2024-09-01\ny,-,2024-09-02\n";
    let built = crate::support::build(&[("bulletin.toml", CONFIG), ("sessions.json", sessions), ("calls.csv", calls)]);
    assert!(built.artifacts.is_some(), "{:?}", built.checked.report.diagnostics());
}

type Proved<'b> = &'b dyn Fn(&str) -> Vec<String>;

/// Of an item for which the mail has no room, its title still says the day and leads to its page.
#[test]
fn a_title_that_is_folded_still_says_its_day_and_address() {
    let config = CONFIG.replace("[newsletter]", "[newsletter]\noverhead = 79000");
    let prose = "What is told of it fills the mail. ".repeat(60);
    let calls =
        (1..=8).map(|n| format!("c{n},Fund number {n},2024-09-{:02},https://example.org/calls/{n},{prose}\n", 10 + n));
    let calls = std::iter::once("id,title,deadline,url,summary\n".to_owned()).chain(calls).collect::<String>();
    let bench = Bench::new(&[("bulletin.toml", &config), ("calls.csv", &calls)]);
    let styles = Styles::new(&Theme::named(DEFAULT).expect("the theme"));
    let newsletter = Newsletter::new(bench.edition(), &bench.locale, &styles);
    let depth = |full| if full { Depth::Mail } else { Depth::Title };
    let items: Vec<_> = newsletter.items().into_iter().map(|(item, full)| (item, depth(full))).collect();
    let folded = items.iter().position(|(_, depth)| *depth == Depth::Title).expect("not all of them fit") + 1;
    assert!((2..8).contains(&folded), "{folded}");

    let html = |page: &str| bench.missing(|proof| proof.html("newsletter.html", page, &items));
    let text = |page: &str| bench.missing(|proof| proof.text("newsletter.txt", page, &items));
    let files: [(String, Proved<'_>); 2] = [(newsletter.html(), &html), (newsletter.text(), &text)];
    for (good, missing) in files {
        assert_eq!(missing(&good), [""; 0]);
        for say in [
            |n: usize| format!("Fund number {n}"),
            |n: usize| format!("{}\u{a0}September", 10 + n),
            |n: usize| format!("https://example.org/calls/{n}"),
        ] {
            let (one, other) = (say(folded), say(folded + 1));
            for bad in [
                good.replace(&one, ""),
                good.replace(&one, &changed(&one)),
                good.replace(&one, "\u{1}").replace(&other, &one).replace('\u{1}', &other),
            ] {
                assert_ne!(bad, good, "{one}");
                assert!(!missing(&bad).is_empty(), "{one}: nobody noticed");
            }
        }
    }
}
