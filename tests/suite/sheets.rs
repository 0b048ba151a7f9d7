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

/// Gives the pages of a kind of sheet of an edition, line by line; one of a kind that was not made has none.
fn pages(kind: Kind, keys: &str, sessions: &Value, news: &Value) -> Vec<String> {
    let toml = format!("[edition]\ntitle = \"Facts\"\ndate = 2024-06-21\n\n[handout]\n{keys}\n");
    let files = [("bulletin.toml", toml), ("sessions.json", sessions.to_string()), ("news.json", news.to_string())];
    let files: BTreeMap<String, Vec<u8>> = files.map(|(name, text)| (name.to_owned(), text.into_bytes())).into();
    let all = built(&Job { only: vec![kind], ..Job::new(Folder::Memory(files)) });
    let Some(sheet) = all.iter().find(|artifact| artifact.kind == kind) else { return Vec::new() };
    let text = said("pdftotext", &["-layout", "-enc", "UTF-8"], &sheet.bytes);
    text.trim_end_matches('\u{C}').split('\u{C}').map(str::to_owned).collect()
}

#[test]
fn rooms_of_one_name_in_two_places_are_two() {
    let talk = |id: &str, place: &str, start: &str| {
        json!({ "id": id, "title": format!("Talk {id}"), "room": "Room 1", "place": place, "date": "2024-07-01",
                "start": start, "duration": "60 min" })
    };
    let sessions = json!([talk("a", "Brussels", "09:00"), talk("b", "Paris", "10:00"), talk("c", "Brussels", "11:00")]);
    let signs = pages(Kind::Signs, "", &sessions, &json!([]));
    let on = |text: &str| signs.iter().map(|sign| sign.contains(text)).collect::<Vec<_>>();
    assert_eq!(signs.len(), 2, "{signs:#?}");
    assert_eq!(on("Brussels"), [true, false]);
    assert_eq!([on("Talk a"), on("Talk b"), on("Talk c")], [[true, false], [false, true], [true, false]]);
    let keys = "content = [\"programme\", \"grid\", \"index\"]";
    let handout = pages(Kind::Handout, keys, &sessions, &json!([])).join("\n");
    let times = |text: &str| handout.matches(text).count();
    // Over the columns of the grid and in the index; the name of the page has both, the programme puts a line between.
    assert!(times("Room 1, Brussels") >= 2 && times("Room 1, Paris") >= 2, "{handout}");
}

#[test]
fn a_sign_hangs_on_each_day_of_a_session() {
    let over = |id: &str, from: [&str; 2], to: [&str; 2]| {
        json!({ "id": id, "title": format!("Talk {id}"), "room": format!("Room {id}"), "date": from[0],
                "start": from[1], "end-date": to[0], "end": to[1] })
    };
    let sessions = json!([
        over("a", ["2024-07-01", "10:00"], ["2024-07-03", "17:00"]),
        over("b", ["2024-07-01", "22:00"], ["2024-07-02", "02:00"]),
        over("c", ["2024-07-05", "09:00"], ["2025-07-05", "18:00"]),
        { "id": "d", "title": "Talk d", "room": "Room c", "date": "2024-09-01", "start": "08:00" },
        { "id": "e", "title": "Talk e", "room": "Room a", "date": "2024-07-02", "start": "08:00" },
        { "id": "f", "title": "Talk f", "room": "Room f" },
    ]);
    let signs = pages(Kind::Signs, "", &sessions, &json!([]));
    let talks = |sign: &String| {
        let found = ["a", "b", "c", "d", "e", "f"].into_iter().filter(|id| sign.contains(&format!("Talk {id}")));
        found.collect::<String>()
    };
    assert_eq!(signs.iter().map(talks).collect::<Vec<_>>(), ["a", "b", "ae", "a", "c", "cd", "f"], "{signs:#?}");
    for (sign, day) in signs.iter().zip(["1 July", "1 July", "2 July", "3 July", "5 July", "1 September"]) {
        assert!(sign.contains(day), "{day} in {sign}");
    }
    let later = signs[3].split_whitespace().collect::<Vec<_>>().join(" ");
    // Its words are broken into two lines beside the title.
    assert!(later.contains("1 July, 10:00 – 3 July") && later.contains("2024, 17:00"), "{later}");
}

#[test]
fn a_person_has_one_sheet_and_no_other_shares_it() {
    let talk = |id: &str, speakers: Value| {
        json!({ "id": id, "title": format!("Talk {id}"), "date": "2024-07-01", "start": format!("{id}:00"),
                "speakers": speakers })
    };
    let sessions = json!([
        talk("09", json!(["Anna Meier"])),
        talk("10", json!(["Anna Meier, Director, Org"])),
        talk("11", json!([{ "id": "one", "name": "Bea Berg", "organisation": "Org", "role": "Editor" }])),
        talk("12", json!([{ "id": "two", "name": "Bea Berg", "organisation": "Org", "role": "Tutor" }])),
    ]);
    let sheets = pages(Kind::Speakers, "", &sessions, &json!([]));
    let heads = ["Director", "Editor", "Tutor"];
    let talks = [&["Talk 09", "Talk 10"][..], &["Talk 11"], &["Talk 12"]];
    assert_eq!(sheets.len(), 3, "{sheets:#?}");
    for ((sheet, head), talks) in sheets.iter().zip(heads).zip(talks) {
        assert!(sheet.contains(head), "{head} in {sheet}");
        let found: Vec<&str> =
            ["Talk 09", "Talk 10", "Talk 11", "Talk 12"].into_iter().filter(|talk| sheet.contains(talk)).collect();
        assert_eq!(found, talks, "{sheet}");
    }
    let handout = pages(Kind::Handout, "content = [\"programme\", \"index\"]", &sessions, &json!([])).join("\n");
    let index = handout.split("Index of speakers").last().expect("an index");
    assert_eq!(index.matches("Anna Meier").count(), 1, "{index}");
    assert!(index.contains("Bea Berg, Editor, Org") && index.contains("Bea Berg, Tutor, Org"), "{index}");
}

#[test]
fn what_is_not_printed_stops_nothing() {
    let sessions = json!([{ "id": "a", "title": "Talk", "date": "2024-07-01", "speakers": ["Ann Author"] }]);
    let news = json!([{ "id": "n", "title": "Party \u{1F389}", "date": "2024-06-20" }]);
    for kind in ALL {
        pages(kind, "", &sessions, &news);
    }
    let told = std::panic::catch_unwind(|| pages(Kind::Handout, "content = [\"news\"]", &sessions, &news));
    assert!(told.is_err(), "what is printed is read");
}

#[test]
fn a_part_with_nothing_in_it_has_no_heading() {
    let sessions = json!([{ "id": "a", "title": "Talk", "date": "2024-07-01" }]);
    for (content, heading, stands) in [
        (r#"["contents"]"#, "Contents", false),
        (r#"["contents", "news"]"#, "Contents", false),
        (r#"["contents", "programme"]"#, "Contents", true),
        (r#"["index"]"#, "Index", false),
    ] {
        let handout = pages(Kind::Handout, &format!("content = {content}"), &sessions, &json!([])).join("\n");
        assert_eq!(handout.contains(heading), stands, "{content}: {handout}");
    }
}
