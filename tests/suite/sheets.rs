//! Where the words of handouts, speakers' sheets and door signs stand, on each paper and whatever is in the records.

use std::collections::BTreeMap;

use bulletin::artifact::{Artifact, Kind};
use bulletin::model::print::Paper;
use bulletin::pipeline::{self, Job, OnPaper};
use bulletin::source::Folder;
use serde_json::{Value, json};

use crate::pages::{SENTENCE, Word, overlaps, said, speakers, words};
use crate::support::cases;

/// Rounding, and strokes of letters that stand out of their box.
const SLACK: f64 = 1.5;

/// A millimetre in points.
const MM: f64 = 72.0 / 25.4;

/// Margins of a sheet in millimetres: side, above the head, below the foot.
fn margins(paper: Paper) -> [f64; 3] {
    if paper == Paper::A5 { [13.0, 6.0, 5.0] } else { [20.0, 9.0, 8.0] }
}

/// Tells words outside of the margins, and words that stand on others.
fn faults(words: &[Word], paper: Paper, lies: bool) -> Vec<String> {
    let (width, height) = if lies { (paper.size().1, paper.size().0) } else { paper.size() };
    let [side, top, bottom] = margins(paper);
    let inside = |[left, up, right, down]: [f64; 4]| {
        left > side * MM - SLACK
            && right < (width - side) * MM + SLACK
            && up > top * MM
            && down < (height - bottom) * MM
    };
    let mut faults = Vec::new();
    for on in words.chunk_by(|one, next| one.page == next.page) {
        // A mark that ends an isolate is a word to `pdftotext`, and nothing to the eye.
        let seen =
            |word: &&Word| word.text.contains(|c: char| !c.is_whitespace() && !('\u{2066}'..='\u{2069}').contains(&c));
        let all: Vec<&Word> = on.iter().filter(seen).collect();
        let outside = on.iter().filter(|word| !inside(word.edges));
        faults.extend(outside.map(|word| format!("page {}: {:?} is outside: {:?}", word.page, word.text, word.edges)));
        faults.extend(overlaps(&all));
    }
    faults
}

const ALL: [Kind; 3] = Kind::PAPER;

fn built(job: &Job) -> Vec<Artifact> {
    let built = pipeline::build(job, &|_, _| {}).expect("nothing but the data can be wrong");
    sheets(built.artifacts.unwrap_or_else(|| panic!("errors: {:#?}", built.checked.report.diagnostics())))
}

fn sheets(artifacts: Vec<Artifact>) -> Vec<Artifact> {
    artifacts.into_iter().filter(|artifact| artifact.kind != Kind::Facts).collect()
}

/// Builds sheets of some sessions and calls on a paper, and holds them against the margins.
fn sits(name: &str, lang: &str, handout: &str, paper: OnPaper, sessions: &Value, calls: &Value) -> Vec<Artifact> {
    let toml = format!(
        "[edition]\ntitle = \"Sheets: {name}\"\ndate = 2024-06-21\nlang = \"{lang}\"\n\n[publisher]\n\
         name = \"Publisher\"\nurl = \"https://example.org\"\n\n[handout]\n{handout}\n"
    );
    let files = [("bulletin.toml", toml), ("sessions.json", sessions.to_string()), ("calls.json", calls.to_string())];
    let files: BTreeMap<String, Vec<u8>> = files.map(|(name, text)| (name.to_owned(), text.into_bytes())).into();
    let job = Job { only: ALL.to_vec(), paper, ..Job::new(Folder::Memory(files)) };
    let all = built(&job);
    for artifact in &all {
        let words = words(&artifact.bytes);
        let faults = faults(&words, paper.paper.unwrap_or_default(), handout.contains("landscape"));
        let shown = &faults[..faults.len().min(12)];
        assert!(faults.is_empty(), "{name}, {lang}, {paper:?}, {}:\n{}", artifact.name, shown.join("\n"));
    }
    all
}

fn all_words(artifacts: &[Artifact]) -> Vec<Word> {
    artifacts.iter().flat_map(|artifact| words(&artifact.bytes)).collect()
}

const PAPERS: [OnPaper; 4] = [
    OnPaper { paper: None, greyscale: false, large_print: false },
    OnPaper { paper: Some(Paper::A5), greyscale: true, large_print: false },
    OnPaper { paper: Some(Paper::Letter), greyscale: false, large_print: true },
    OnPaper { paper: Some(Paper::A5), greyscale: false, large_print: true },
];

#[test]
fn a_fault_on_a_sheet_is_seen() {
    let word = |edges| Word { page: 1, text: "word".into(), edges };
    let fine = [[60.0, 100.0, 90.0, 112.0], [60.0, 115.0, 90.0, 127.0], [60.0, 800.0, 90.0, 810.0]];
    assert_eq!(faults(&fine.map(word), Paper::A4, false), [""; 0]);
    assert_eq!(faults(&fine.map(word), Paper::A5, false).len(), 1, "A5 is lower");
    for bad in [
        [40.0, 200.0, 90.0, 212.0],
        [500.0, 200.0, 560.0, 212.0],
        [60.0, 10.0, 90.0, 22.0],
        [60.0, 830.0, 90.0, 842.0],
        [80.0, 102.0, 120.0, 114.0],
    ] {
        let words: Vec<Word> = [bad].into_iter().chain(fine).map(word).collect();
        assert_eq!(faults(&words, Paper::A4, false).len(), 1, "{bad:?}");
    }
}

#[test]
fn hard_records_stay_within_the_margins_of_every_paper() {
    let endless = format!("https://example.org/{}", "x".repeat(280));
    let word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbaulärm";
    let arabic =
        "كيف توصّلت تجمّعات سبع دول إلى مختبر واحد وميزانية واحدة واسم واحد، ومن يدفع ثمن ماذا حين يتعثّر المشروع؟";
    let session = |id: &str, title: &str| {
        json!({
            "id": id, "title": title, "series": title, "kind": title, "place": title, "room": title, "date": "2024-07-01",
            "start": "09:00", "end": "10:30", "url": endless, "qr": true, "organiser": title, "speakers": speakers(3),
            "links": [{ "label": title, "url": endless }, { "url": endless }], "summary": format!("{SENTENCE} `{endless}`"),
            "agenda": [{ "title": title, "start": "09:00", "speakers": speakers(2), "body": SENTENCE }],
        })
    };
    let long = SENTENCE.repeat(3);
    let long = long[..200].trim();
    let mut sessions: Vec<Value> =
        [long, word, arabic, "A"].into_iter().enumerate().map(|(n, title)| session(&n.to_string(), title)).collect();
    sessions.push(json!({ "id": "bare", "title": "Bare" }));
    sessions.push(json!({
        "id": "held", "title": long, "date": "2024-06-19", "place": word, "url": endless,
        "key-messages": [SENTENCE.repeat(9), arabic, word],
    }));
    let call = |n: usize, title: &str| {
        json!({
            "id": format!("c{n}"), "title": title, "programme": title, "funder": word, "url": endless, "qr": n == 1,
            "summary": SENTENCE.repeat(4), "eligibility": title, "contact": word, "grant-max": "EUR 150 000",
            "deadlines": [{ "label": title, "date": format!("2024-{:02}-28", 7 + n) }],
        })
    };
    let calls: Value = [long, word, arabic].into_iter().enumerate().map(|(n, title)| call(n, title)).collect();
    for (lang, papers) in [("en", &PAPERS[..]), ("ar", &PAPERS[1..3])] {
        for paper in papers {
            sits("hard", lang, "notes = true", *paper, &json!(sessions), &calls);
        }
    }
    let keys =
        "orientation = \"landscape\"\nduplex = true\ncontent = [\"contents\", \"programme\", \"grid\", \"index\"]";
    sits("landscape", "de", keys, OnPaper { paper: Some(Paper::A4), ..OnPaper::default() }, &json!(sessions), &calls);
}

#[test]
fn long_records_stay_within_the_margins_and_whole() {
    let agenda: Vec<Value> = (0..300).map(|n| json!({ "title": format!("Item {n}"), "start": "09:00" })).collect();
    let text = SENTENCE.repeat(36_000 / SENTENCE.len() + 1);
    let sessions = json!([
        { "id": "a", "title": "Many items", "date": "2024-07-01", "start": "09:00", "room": "R", "agenda": agenda },
        { "id": "b", "title": "A long text", "date": "2024-07-01", "start": "10:00", "room": "S", "summary": text,
          "speakers": ["Ann Author"] },
    ]);
    for paper in PAPERS {
        let words = all_words(&sits("long", "en", "", paper, &sessions, &json!([])));
        let tells = words.iter().filter(|word| word.text == "tell.").count();
        // In the handout, and on the sheet of the speaker.
        assert_eq!(tells, 2 * text.matches("tell.").count(), "{paper:?}");
        assert!(words.iter().any(|word| word.text == "299"), "{paper:?}");
    }
}

/// A programme large enough for contents, grids and index: its talks stay whole, and page numbers are right.
#[test]
fn a_large_programme_is_found_its_way_in() {
    let talk = |n: usize| {
        let (day, room, at) = (1 + n / 60, n % 6, n % 60 / 6);
        json!({
            "id": n.to_string(), "title": format!("Talk number {n} about things"), "series": format!("Track {}", n % 5),
            "date": format!("2024-07-{day:02}"), "start": format!("{:02}:{:02}", 9 + at / 2, at % 2 * 30),
            "duration": if n.is_multiple_of(7) { "0:15" } else { "30 min" }, "room": format!("Room {room}"),
            "speakers": [format!("Speaker{n} Surname")], "summary": SENTENCE.repeat(1 + n % 9),
        })
    };
    let mut sessions: Vec<Value> = (0..120).map(talk).collect();
    sessions.push(json!({
        "id": "night", "title": "Night talk", "date": "2024-07-01", "start": "22:30", "duration": "4 h", "room": "Room 9",
    }));
    for (keys, paper) in [("columns = 2", None), ("", Some(Paper::A5))] {
        let paper = OnPaper { paper, ..OnPaper::default() };
        let artifacts = sits("large", "en", keys, paper, &json!(sessions), &json!([]));
        let words = all_words(&artifacts);
        let on = |text: &str| words.iter().filter(|word| word.text == text).map(|word| word.page).collect::<Vec<_>>();
        // In the programme, in the index, twice on the sheet of the speaker, and on the sign.
        let pages = on("Speaker77");
        assert_eq!(pages.len(), 5, "{pages:?}");
        let index =
            words.iter().position(|word| word.text == "Speaker77" && word.page == pages[1]).expect("in the index");
        assert_eq!(words[index + 2].text, pages[0].to_string());
        assert!(words.iter().any(|word| word.text == "1:00"), "the night goes on in the grid");
        // Each talk of the programme is on one page, from its title to its last sentence.
        let handout = artifacts.iter().find(|artifact| artifact.kind == Kind::Handout).expect("a handout");
        let text = said("pdftotext", &["-raw", "-enc", "UTF-8"], &handout.bytes);
        let mut whole = 0;
        for (number, page) in text.split('\u{C}').enumerate() {
            let (before, talks) = page.split_once("Talk number").unwrap_or((page, ""));
            assert!(!before.contains("tell."), "page {} goes on with a talk", number + 1);
            whole += talks.matches("tell.").count();
        }
        assert_eq!(whole, (0..120).map(|n| 1 + n % 9).sum::<usize>());
    }
}

/// In large print nothing is smaller than 18 pt.
#[test]
fn large_print_is_large() {
    let folder = crate::support::root().join("tests/editions/handout");
    for (large_print, small) in [(true, false), (false, true)] {
        let paper = OnPaper { large_print, ..OnPaper::default() };
        let job = Job { only: ALL.to_vec(), paper, ..Job::new(Folder::Disk(folder.clone())) };
        for artifact in built(&job) {
            let xml = said("pdftohtml", &["-xml", "-stdout", "-zoom", "1", "-i", "-q"], &artifact.bytes);
            let sizes =
                xml.split("<fontspec ").skip(1).filter_map(|one| one.split("size=\"").nth(1)?.split('"').next());
            let least = sizes.filter_map(|size| size.parse::<i32>().ok()).map(i32::abs).min().expect("a font");
            assert_eq!(least < 18, small, "{}: {least} pt", artifact.name);
        }
    }
}

#[test]
fn the_editions_on_paper_stay_within_the_margins() {
    for case in cases("editions").into_iter().filter(|case| crate::support::name(case).starts_with("handout")) {
        let job = crate::editions::job(&case);
        let built = pipeline::build(&job, &|_, _| {}).expect("the case can be read");
        let print = built.checked.edition.as_ref().expect("an edition").print.clone();
        let lies = print.orientation == bulletin::model::print::Orientation::Landscape;
        for artifact in sheets(built.artifacts.expect("no errors")) {
            let faults = faults(&words(&artifact.bytes), print.paper, lies);
            assert!(faults.is_empty(), "{}: {}\n{}", case.display(), artifact.name, faults.join("\n"));
        }
    }
}
