//! The proof of facts on paper: what is dropped, changed or swapped on a sheet is found missing, and what goes on over
//! columns and pages or from right to left is not.

use bulletin::artifact::{Body, Engine, Kind, Manuscript};
use bulletin::diagnostic::Report;
use bulletin::pipeline::{self, Job};
use bulletin::reading::Reading;
use bulletin::render;
use bulletin::source::Folder;
use bulletin::theme::{DEFAULT, Theme};
use bulletin::typeset::Typesetter;

use crate::harbour::{CALLS, CONFIG, CONTENT, NEWS, SESSIONS};
use crate::proof::{Bench, changed};

/// Sheets of one publication, as Typst text and as they are read back.
struct Sheets {
    bench: Bench,
    typesetter: Typesetter,
}

impl Sheets {
    fn new(config: &str, sessions: &str) -> Sheets {
        let files = [("bulletin.toml", config), ("sessions.json", sessions), ("calls.csv", CALLS), ("news.csv", NEWS)];
        Sheets { bench: Bench::new(&files), typesetter: Typesetter::new(None, None) }
    }

    fn typ(&self, kind: Kind) -> String {
        let theme = Theme::named(DEFAULT).expect("the theme");
        let (_, sheets) = render::sheets(kind, Engine::Typst, self.bench.edition(), &self.bench.locale, &theme);
        match sheets.expect("there is something to print").0 {
            Body::Typst(typ) => typ,
            Body::Plain(_) => unreachable!("Typst was asked for"),
        }
    }

    fn reading(&self, kind: Kind, typ: &str) -> Reading {
        let theme = Theme::named(DEFAULT).expect("the theme");
        let (_, sheets) = render::sheets(kind, Engine::Typst, self.bench.edition(), &self.bench.locale, &theme);
        let (_, meta) = sheets.expect("there is something to print");
        let body = Body::Typst(typ.to_owned());
        let manuscript = Manuscript { name: "sheets.pdf".into(), kind, meta, body, attachments: Vec::new() };
        let pdf = self.typesetter.pdf(&manuscript, false, &mut Report::default());
        let pdf = pdf.unwrap_or_else(|refused| panic!("{refused}"));
        pdf.expect("no look of its own is at fault").reading
    }

    fn missing(&self, kind: Kind, typ: &str) -> Vec<String> {
        let reading = self.reading(kind, typ);
        self.bench.missing(|proof| proof.sheets(kind, Engine::Typst, "sheets.pdf", &reading))
    }
}

/// A kind of fact: what stands before it in the Typst text, and how two items of one kind say theirs.
type Stated = (&'static str, &'static str, &'static str);

const TALKS: [Stated; 22] = [
    ("  title: \"", "Autumn school", "Winter forum"),
    ("  time: \"", "10:00–11:15", "13:30–15:45"),
    ("  room: \"", "Blue hall", "Red hall"),
    ("  place: \"", "Ghent", "Lille"),
    ("  about: \"", "workshop · Dutch", "debate · French"),
    ("  series: \"", "Maps", "Boats"),
    ("  url: \"", "https://example.org/autumn", "https://example.org/winter"),
    ("  address: \"", "example.org/autumn", "example.org/winter"),
    ("name: \"", "Cleo Brandt", "Dov Castell"),
    ("role: \"", "Archivist", "Curator"),
    ("organisation: \"", "City Archive", "Ship Museum"),
    ("url: \"", "https://example.org/cleo", "https://example.org/dov"),
    ("name: \"", "Nora Falk", "Olaf Gray"),
    ("organisation: \"", "Map Society", "Boat Guild"),
    ("url: \"", "https://meet.example.net/autumn", "https://meet.example.net/winter"),
    ("label: \"", "Reader", "Plans"),
    ("address: \"", "example.org/reader", "example.org/plans"),
    ("paragraph(\"", "Old charts are drawn anew", "New hulls are weighed"),
    ("time: \"", "10:05", "10:40"),
    ("title: \"", "Sources", "Colours"),
    ("name: \"", "Ada Moreau", "Ben Ito"),
    ("paragraph(\"", "Where charts lie", "How paper ages"),
];

const HANDOUT: [Stated; 21] = [
    ("masthead(\n  look,\n  publisher: \"", "Lakeside Library", ""),
    ("  title: \"", "Harbour days", ""),
    ("  subtitle: \"", "Three meetings on maps", ""),
    ("  date: \"", "10\u{A0}September\u{A0}– 9\u{A0}December 2024", ""),
    ("part-heading(look, title: \"", "Tuesday, 10\u{A0}September 2024", "Thursday, 21\u{A0}November 2024"),
    ("note: \"All times are ", "CEST", "CET"),
    ("  state: \"", "Cancelled", ""),
    ("time: \"", "2–9\u{A0}December 2024, 9:00", ""),
    ("item: \"sessions/spring\", title: \"", "Spring talk", ""),
    ("when: \"", "12\u{A0}June 2024", "5\u{A0}June 2024"),
    ("time: \"", "8:30–9:45 CEST", "14:15 CEST"),
    ("place: \"", "Attic, Brussels", "Cellar, Namur"),
    ("paragraph(\"", "Maps come first", "Boats come second"),
    ("    title: \"", "Seed fund", "Bridge fund"),
    ("day: \"", "19", "23"),
    ("    time: \"", "17:00 CEST", "12:00 CEST"),
    ("\"Budget:\", \"EUR\u{A0}", "150,000", "275,000"),
    ("    address: \"", "example.org/seed", "example.org/bridge"),
    ("when: \"", "4\u{A0}July 2024", "15\u{A0}July 2024"),
    ("place: \"", "Bruges", "Leuven"),
    ("paragraph(\"", "It has forty seats", "They are all drawn"),
];

const CONTACT: [Stated; 4] = [
    ("lines: (\"Lakeside Library\", \"", "Quay 7, Ghent", ""),
    ("\"Quay 7, Ghent\", \"", "Funded by the region", ""),
    ("reference(label: \"", "example.org", ""),
    ("email: \"", "office@library.test", ""),
];

const SPEAKERS: [Stated; 6] = [
    ("  name: \"", "Cleo Brandt", "Dov Castell"),
    ("  role: \"", "Archivist", "Curator"),
    ("  organisation: \"", "City Archive", "Ship Museum"),
    ("  url: \"", "https://example.org/cleo", "https://example.org/dov"),
    ("  address: \"", "example.org/cleo", "example.org/dov"),
    ("part-heading(look, title: \"", "Tuesday, 10\u{A0}September 2024", "Thursday, 21\u{A0}November 2024"),
];

const SIGNS: [Stated; 11] = [
    ("room: \"", "Blue hall", "Red hall"),
    ("day: \"", "Tuesday, 10\u{A0}September 2024", "Thursday, 21\u{A0}November 2024"),
    ("place: \"", "Ghent", "Lille"),
    ("note: \"All times are ", "CEST", "CET"),
    ("time: \"", "10:00–11:15", "13:30–15:45"),
    ("title: \"", "Autumn school", "Winter forum"),
    ("state: \"", "Cancelled", ""),
    ("name: \"", "Cleo Brandt", "Dov Castell"),
    ("role: \"", "Archivist", "Curator"),
    ("organisation: \"", "City Archive", "Ship Museum"),
    ("url: \"", "https://example.org/cleo", "https://example.org/dov"),
];

/// Drops, changes and swaps each, and says what nobody noticed.
fn unnoticed(sheets: &Sheets, kind: Kind, stated: impl IntoIterator<Item = Stated>) -> Vec<String> {
    let good = sheets.typ(kind);
    assert_eq!(sheets.missing(kind, &good), [""; 0], "{kind:?}");
    let mut faults = Vec::new();
    for (before, one, other) in stated {
        let say = |what: &str| format!("{before}{what}");
        assert!(good.contains(&say(one)), "{kind:?} does not hold {:?}", say(one));
        let mut told = |what: &str, bad: String| {
            assert_ne!(bad, good, "{kind:?}: {one} cannot be {what}");
            if sheets.missing(kind, &bad).is_empty() {
                faults.push(format!("{kind:?}: {:?} was {what}", say(one)));
            }
        };
        // A heading without words is refused before anybody reads it.
        told("dropped", good.replace(&say(one), &say("–")));
        told("changed", good.replace(&say(one), &say(&changed(one))));
        if !other.is_empty() {
            let swapped = good.replace(&say(one), "\u{1}").replace(&say(other), &say(one));
            told("swapped", swapped.replace('\u{1}', &say(other)));
        }
    }
    faults
}

#[test]
fn a_fact_of_a_handout_that_is_dropped_changed_or_swapped_is_missing() {
    let sheets = Sheets::new(&format!("{CONFIG}{CONTENT}"), SESSIONS);
    let all = TALKS.into_iter().chain(HANDOUT).chain(CONTACT);
    assert_eq!(unnoticed(&sheets, Kind::Handout, all), [""; 0]);
}

/// What a grid or an index says of one session, one speaker, one room.
#[test]
fn a_fact_of_a_grid_or_an_index_that_is_dropped_changed_or_swapped_is_missing() {
    let more = r#"{ "id": "dusk", "title": "Dusk talk", "date": "2024-09-10", "start": "18:00", "end": "19:00", "room": "Attic",
        "speakers": ["Dov Castell, Curator, Ship Museum"] },
        { "id": "noon", "title": "Noon talk", "date": "2024-09-10", "start": "12:00", "room": "Cellar",
        "speakers": ["Eve Stone"] }]"#;
    let sessions = format!("{},{more}", SESSIONS.trim_end_matches(']'));
    let sheets = Sheets::new(&format!("{CONFIG}{CONTENT}"), &sessions);
    let stated = [
        ("time: \"10:00\", title: \"", "Autumn school", ""),
        ("slot(span: \"2\", minutes: \"75\", to: \"s1\", time: \"", "10:00", ""),
        ("to: \"s3\", time: \"18:00\", title: \"", "Dusk talk", ""),
        ("time: \"12:00\", title: \"", "Noon talk", ""),
        ("title: \"Night sail\", state: \"", "Cancelled", ""),
        ("rooms: (\"Attic\", \"", "Blue hall", ""),
        ("index-entry(\"", "Cleo Brandt", "Dov Castell"),
        ("index-entry(\"", "Eve Stone", ""),
        ("index-entry(\"", "Blue hall", "Red hall"),
        ("index-entry(\"", "Pier", ""),
    ];
    assert_eq!(unnoticed(&sheets, Kind::Handout, stated), [""; 0]);
    let good = sheets.typ(Kind::Handout);
    for (what, entry, other) in [
        ("pages of a speaker", "\"Dov Castell\", \"s3\", \"s4\", \"s5\"", "\"Dov Castell\", \"s3\""),
        ("pages of a room", "\"Red hall\", \"s4\"", "\"Red hall\", \"s1\""),
        ("a page too many", "\"Red hall\", \"s4\"", "\"Red hall\", \"s1\", \"s4\""),
    ] {
        assert!(good.contains(entry), "{good}");
        assert_ne!(sheets.missing(Kind::Handout, &good.replace(entry, other)), [""; 0], "{what}");
    }
}

/// Who shares a name is told by role and organisation, a room by its place, and each has its own pages.
#[test]
fn pages_of_two_with_one_name_that_are_swapped_are_missing() {
    let sessions = r#"[
      { "id": "a", "title": "Maps", "date": "2024-09-10", "start": "10:00", "room": "Attic", "place": "Ghent",
        "speakers": ["Ana Ruiz, Editor, Lab"] },
      { "id": "b", "title": "Boats", "date": "2024-09-11", "start": "10:00", "room": "Attic", "place": "Lille",
        "speakers": ["Ana Ruiz, Curator, Mill"], "summary": "PROSE" }]"#;
    let prose = "They are drawn anew. ".repeat(900);
    let sheets = Sheets::new(&format!("{CONFIG}{CONTENT}"), &sessions.replace("PROSE", &prose));
    let good = sheets.typ(Kind::Handout);
    let stated =
        [("index-entry(\"Ana Ruiz, ", "Editor, Lab", "Curator, Mill"), ("index-entry(\"Attic, ", "Ghent", "Lille")];
    assert_eq!(unnoticed(&sheets, Kind::Handout, stated), [""; 0]);
    for entry in ["Ana Ruiz, Editor, Lab", "Ana Ruiz, Curator, Mill", "Attic, Ghent", "Attic, Lille"] {
        let (one, both) =
            (format!("index-entry(\"{entry}\", \"s"), format!("index-entry(\"{entry}\", \"s1\", \"s2\", \"s"));
        assert!(good.contains(&one), "{good}");
        assert_eq!(sheets.missing(Kind::Handout, &good.replace(&one, &both)).len(), 1, "{entry}");
    }
}

/// Rooms and talks of two days, for a grid each.
fn days_of_rooms() -> String {
    let one = |n: usize| {
        let (room, day) = (["Attic", "Attic annex", "Cellar"][n % 3], 10 + n / 9);
        format!(
            r#"{{ "id": "s{n}", "title": "Talk number {}", "date": "2024-09-{day}", "start": "{:02}:10",
              "end": "{:02}:50", "room": "{room}" }}"#,
            60 + n,
            9 + n % 9 / 3,
            9 + n % 9 / 3
        )
    };
    format!("[{}]", (0..18).map(one).collect::<Vec<_>>().join(","))
}

/// A talk stands in the column of its room, wherever that is on the page.
#[test]
fn a_talk_in_the_column_of_another_room_is_missing() {
    for keys in ["", "lang = \"ar\"", "orientation = \"landscape\"", "paper = \"a5\""] {
        let sheets = Sheets::new(&format!("{CONFIG}[handout]\n{keys}\n"), &days_of_rooms());
        let good = sheets.typ(Kind::Handout);
        assert_eq!(sheets.missing(Kind::Handout, &good), [""; 0], "{keys}");
        let line = |n: usize| {
            let says =
                |line: &&str| line.split(|c: char| !c.is_alphanumeric()).any(|word| word == (60 + n).to_string());
            let slots = good.lines().filter(|line| line.starts_with("slot(") && line.contains("Talk number"));
            let mut own = slots.filter(|line| says(&line.rsplit_once("Talk").expect("a title").1));
            own.next().expect("its slot").to_owned()
        };
        let swapped = |one: &str, other: &str| good.replace(one, "\u{1}").replace(other, one).replace('\u{1}', other);
        // Two talks of one hour, all talks of two columns, the heads of two columns, a head.
        let talks = swapped(&line(3), &line(4));
        assert_eq!(sheets.missing(Kind::Handout, &talks).len(), 2, "{keys}");
        let columns = (0..6).fold(good.clone(), |text, row| {
            let (one, other) = (line(3 * row + 1), line(3 * row + 2));
            text.replace(&one, "\u{1}").replace(&other, &one).replace('\u{1}', &other)
        });
        assert_eq!(sheets.missing(Kind::Handout, &columns).len(), 12, "{keys}");
        let heads = |line: &str, say: &dyn Fn(&str) -> String| {
            if line.starts_with("  rooms: ") { say(line) } else { line.to_owned() }
        };
        let all = |say: &dyn Fn(&str) -> String| good.lines().map(|line| heads(line, say) + "\n").collect::<String>();
        let swap = |line: &str| line.replace("Attic annex", "\u{1}").replace("Attic", "Attic annex");
        let heads = all(&|line| swap(line).replace('\u{1}', "Attic"));
        assert_eq!(sheets.missing(Kind::Handout, &heads).len(), 12, "{keys}");
        let head = all(&|line| line.replace("Cellar", "Seller"));
        assert_eq!(sheets.missing(Kind::Handout, &head).len(), 6, "{keys}");
    }
}

/// A day that is to have a grid has one, whether another day has one or none does.
#[test]
fn a_grid_that_is_dropped_is_missing() {
    let sheets = Sheets::new(&format!("{CONFIG}[handout]\n"), &days_of_rooms());
    let good = sheets.typ(Kind::Handout);
    let grids: Vec<&str> = good
        .match_indices("#timetable(")
        .map(|(at, _)| &good[at..at + good[at..].find("\n)\n").expect("its end") + 3])
        .collect();
    assert_eq!(grids.len(), 2);
    assert_eq!(sheets.missing(Kind::Handout, &good.replace(grids[0], "")).len(), 9);
    assert_eq!(sheets.missing(Kind::Handout, &good.replace(grids[1], "")).len(), 9);
    let none = good.replace(grids[0], "").replace(grids[1], "");
    assert_eq!(sheets.missing(Kind::Handout, &none).len(), 18);
    let swapped = good.replace(grids[0], "\u{1}").replace(grids[1], grids[0]).replace('\u{1}', grids[1]);
    assert_eq!(sheets.missing(Kind::Handout, &swapped).len(), 18);
}

/// A QR code leads where its item does, and nowhere else.
#[test]
fn a_code_that_is_dropped_or_swapped_is_missing() {
    let sheets = Sheets::new(&format!("{CONFIG}{CONTENT}qr = \"all\"\n"), SESSIONS);
    for (kind, count) in [(Kind::Handout, 5), (Kind::Speakers, 4)] {
        let good = sheets.typ(kind);
        assert_eq!(sheets.missing(kind, &good), [""; 0], "{kind:?}");
        let codes: Vec<&str> = good
            .match_indices("code: qr(")
            .map(|(at, _)| &good[at..=at + good[at..].find("), ").expect("its end")])
            .collect();
        assert!(codes.len() >= count, "{kind:?}: {codes:?}");
        let path = |code: &str| code.split('"').nth(3).expect("a path").to_owned();
        for code in &codes {
            let dropped = good.replace(code, "code: none");
            assert_ne!(sheets.missing(kind, &dropped), [""; 0], "{kind:?}: {code}");
            let Some(other) = codes.iter().find(|other| path(other) != path(code)) else { continue };
            let swapped = good.replace(&path(code), &path(other));
            assert_ne!(sheets.missing(kind, &swapped), [""; 0], "{kind:?}: {code}");
        }
    }
}

#[test]
fn a_fact_of_a_speakers_sheet_that_is_dropped_changed_or_swapped_is_missing() {
    let sheets = Sheets::new(&format!("{CONFIG}{CONTENT}"), SESSIONS);
    // Times say their zone themselves here.
    let talks = TALKS.into_iter().filter(|(_, one, _)| *one != "10:00–11:15");
    let times = [("  time: \"", "10:00–11:15 CEST", "13:30–15:45 CET")];
    assert_eq!(unnoticed(&sheets, Kind::Speakers, talks.chain(times).chain(SPEAKERS)), [""; 0]);
}

#[test]
fn a_fact_of_a_door_sign_that_is_dropped_changed_or_swapped_is_missing() {
    let sheets = Sheets::new(&format!("{CONFIG}{CONTENT}"), SESSIONS);
    assert_eq!(unnoticed(&sheets, Kind::Signs, SIGNS), [""; 0]);
}

/// A large programme has its days as chapters and says the series in the headings of its tracks.
#[test]
fn a_track_that_is_dropped_or_swapped_is_missing() {
    let one = |n: usize| {
        let (series, day) = (["Boats", "Maps"][n % 2], 10 + n % 3);
        format!(
            r#"{{ "id": "s{n}", "title": "Talk number {n}", "series": "{series}", "date": "2024-09-{day}",
              "start": "{:02}:10", "room": "Room {n}" }}"#,
            8 + n / 3
        )
    };
    let all: Vec<String> = (0..26).map(one).collect();
    let sheets = Sheets::new(&format!("{CONFIG}[handout]\n"), &format!("[{}]", all.join(",")));
    let stated = [
        ("part-heading(look, title: \"", "Boats", "Maps"),
        ("chapter(look, title: \"", "Tuesday, 10\u{A0}September 2024", "Wednesday, 11\u{A0}September 2024"),
        ("  title: \"", "Talk number 3", "Talk number 5"),
        ("  room: \"", "Room 3", "Room 5"),
        ("  time: \"", "9:10", "10:10"),
    ];
    assert_eq!(unnoticed(&sheets, Kind::Handout, stated), [""; 0]);
}

type Paragraph<'p> = &'p dyn Fn(usize) -> String;

/// Prose that goes on over columns and pages is found, and a line that is lost in it is missed.
#[test]
fn long_prose_is_proved_over_columns_and_pages() {
    let english = |n: usize| {
        format!("Paragraph {n} tells at some length what was drawn in year {} and why it was kept.", 1500 + n)
    };
    let arabic =
        |n: usize| format!("الفقرة {n} تحكي بشيء من التفصيل ما رُسم في عام {} ولماذا حُفظ في المكتبة.", 1500 + n);
    let cases: [(&str, &str, Paragraph<'_>); 5] = [
        ("", "en", &english),
        ("orientation = \"landscape\"", "en", &english),
        ("paper = \"a5\"", "en", &english),
        ("large-print = true", "en", &english),
        ("orientation = \"landscape\"", "ar", &arabic),
    ];
    for (keys, lang, paragraph) in cases {
        let prose: Vec<String> = (0..160).map(paragraph).collect();
        let sessions = SESSIONS.replace("Old charts are drawn anew.", &prose.join("\\n\\n"));
        let sheets = Sheets::new(&format!("{CONFIG}{CONTENT}lang = \"{lang}\"\n{keys}\n"), &sessions);
        for kind in [Kind::Handout, Kind::Speakers, Kind::Signs] {
            let good = sheets.typ(kind);
            assert_eq!(sheets.missing(kind, &good), [""; 0], "{kind:?} {lang} {keys}");
        }
        let good = sheets.typ(Kind::Handout);
        for n in [0, 70, 159] {
            let bad = good.replace(&paragraph(n), &paragraph(n).replace(&(1500 + n).to_string(), "1848"));
            assert_ne!(bad, good);
            assert!(!sheets.missing(Kind::Handout, &bad).is_empty(), "{lang} {keys}: paragraph {n}");
        }
    }
}

/// An index stands only beside the programme that it leads to, and names each person in one way.
#[test]
fn an_index_is_proved_where_it_stands() {
    let sessions = r#"[
      { "id": "a", "title": "Maps", "date": "2024-09-10", "room": "Attic", "speakers": [{ "id": "ana", "name": "A. Ruiz" }] },
      { "id": "b", "title": "Boats", "date": "2024-09-11", "room": "Attic",
        "speakers": [{ "id": "ana", "name": "Ana Ruiz", "organisation": "Lab" }] }]"#;
    let calls = "id,title,deadline,budget\nseed,Seed fund,2024-11-14,EUR 10 000\n";
    for content in [["calls", "index"], ["programme", "index"]] {
        let config = format!("{CONFIG}[handout]\ncontent = {content:?}\n");
        let files = [("bulletin.toml", config.as_str()), ("sessions.json", sessions), ("calls.csv", calls)];
        let files = files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
        let job = Job { only: vec![Kind::Handout], ..Job::new(Folder::Memory(files.into())) };
        let built = pipeline::build(&job, &|_, _| {}).expect("it is in memory");
        assert!(built.artifacts.is_some(), "{content:?}: {:?}", built.checked.report.diagnostics());
    }
}
