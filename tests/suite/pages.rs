//! Where the words of a summary stand on its pages, whatever is in the record: read with `pdftotext -bbox`.

#![expect(clippy::disallowed_methods, reason = "outside tools read files")]

use bulletin::artifact::Kind;
use serde_json::{Value, json};

use crate::support::{artifacts, cases, tool};

/// A4 in points.
const PAGE: [f64; 2] = [595.28, 841.89];

/// Left and right of the text, on the cover too.
const MARGIN: f64 = 56.69;

/// Above the foot of the page stands nothing below this, in points from the top.
const FOOT: f64 = PAGE[1] - 70.86;

/// Rounding, and strokes of letters that stand out of their box.
const SLACK: f64 = 1.0;

pub struct Word {
    pub page: usize,
    pub text: String,
    /// Left, top, right, bottom.
    pub edges: [f64; 4],
}

/// Gives what a tool says of a file when called with these options.
pub(crate) fn said(program: &str, options: &[&str], pdf: &[u8]) -> String {
    let temp = tempfile::tempdir().expect("a folder");
    let path = temp.path().join("summary.pdf");
    std::fs::write(&path, pdf).expect("written");
    let path = path.to_str().expect("a Unicode path");
    let out: &[&str] = if program == "pdftotext" { &[path, "-"] } else { &[path] };
    tool(program, &[options, out].concat())
}

pub fn words(pdf: &[u8]) -> Vec<Word> {
    let html = said("pdftotext", &["-bbox", "-enc", "UTF-8"], pdf);
    let (mut page, mut words) = (0, Vec::new());
    for line in html.lines().map(str::trim) {
        if line.starts_with("<page ") {
            page += 1;
        } else if line.starts_with("<word ") {
            let edge = |name: &str| {
                let (_, rest) = line.split_once(&format!("{name}=\"")).expect("an edge");
                rest.split('"').next().and_then(|number| number.parse().ok()).expect("a number")
            };
            let text = line.split_once('>').and_then(|(_, rest)| rest.rsplit_once('<')).expect("a word").0;
            let mut edges = ["xMin", "yMin", "xMax", "yMax"].map(edge);
            // The box of an Arabic word is that of the font's tallest ligatures: two lines high.
            if text.contains(|c| ('\u{600}'..='\u{6FF}').contains(&c)) {
                let sixth = (edges[3] - edges[1]) / 6.0;
                (edges[1], edges[3]) = (edges[1] + sixth, edges[3] - sixth);
            }
            words.push(Word { page, text: text.to_owned(), edges });
        }
    }
    assert!(!words.is_empty(), "no words");
    words
}

/// Tells what stands outside of the margins, and what stands on something else.
fn faults(words: &[Word]) -> Vec<String> {
    let mut faults = Vec::new();
    let last = words.last().map_or(0, |word| word.page);
    for page in 1..=last {
        let on: Vec<&Word> = words.iter().filter(|word| word.page == page).collect();
        // The foot of a page is what stands lowest; nothing else may reach so deep.
        let foot = |word: &Word| page > 1 && word.edges[1] > FOOT + 15.0;
        for word in &on {
            let [left, top, right, bottom] = word.edges;
            let lowest = if page == 1 || foot(word) { PAGE[1] - 28.0 } else { FOOT };
            let inside =
                left > MARGIN - SLACK && right < PAGE[0] - MARGIN + SLACK && top > 28.0 && bottom < lowest + 3.0;
            if !inside {
                faults.push(format!("page {page}: {:?} stands outside: {:?}", word.text, word.edges));
            }
        }
        faults.extend(overlaps(&on));
    }
    faults
}

/// Tells what stands on something else, of the words of one page.
pub(crate) fn overlaps(on: &[&Word]) -> Vec<String> {
    let mut faults = Vec::new();
    for (at, one) in on.iter().enumerate() {
        for other in &on[at + 1..] {
            let over =
                |low: usize, high: usize| one.edges[high].min(other.edges[high]) - one.edges[low].max(other.edges[low]);
            // Boxes are as high as the font's tallest letters, so those of neighbouring lines touch.
            let lower = (one.edges[3] - one.edges[1]).min(other.edges[3] - other.edges[1]);
            if over(0, 2) > 1.0 && over(1, 3) > lower * 0.45 {
                faults.push(format!("page {}: {:?} stands on {:?}", one.page, one.text, other.text));
            }
        }
    }
    faults
}

/// Builds a publication of one session, some news and calls, and gives the summary.
fn summary(lang: &str, session: Value, news: Value, calls: Value) -> Vec<u8> {
    let toml = format!(
        "[edition]\ntitle = \"Pages\"\ndate = 2024-06-21\nlang = \"{lang}\"\n\n[publisher]\nname = \"Publisher\"\n\
         url = \"https://example.org\"\n\n[newsletter]\nfrom = \"a@example.org\"\n"
    );
    let mut whole =
        json!({ "id": "x", "title": "Session", "series": "Series", "status": "held", "date": "2024-06-19" });
    for (field, value) in session.as_object().expect("an object") {
        whole[field] = value.clone();
    }
    let files = [("sessions.json", json!([whole])), ("news.json", news), ("calls.json", calls)];
    let texts: Vec<_> = files.iter().map(|(name, value)| (*name, value.to_string())).collect();
    let mut files: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (*name, text.as_str())).collect();
    files.push(("bulletin.toml", &toml));
    let all = artifacts(&files);
    let pdf = all.iter().find(|artifact| artifact.kind == Kind::Summary).expect("a summary");
    pdf.bytes.clone()
}

fn sits(name: &str, lang: &str, session: Value, news: Value, calls: Value) -> Vec<Word> {
    let words = words(&summary(lang, session, news, calls));
    let faults = faults(&words);
    assert!(faults.is_empty(), "{name}:\n{}", faults.join("\n"));
    words
}

fn sits_alone(name: &str, session: Value) -> Vec<Word> {
    sits(name, "en", session, json!([]), json!([]))
}

pub(crate) fn speakers(count: usize) -> Vec<String> {
    (1..=count)
        .map(|n| {
            format!(
                "Speaker{n} Longsurname-Doublebarrelled, Head of the department for shared matters, Organisation{n}"
            )
        })
        .collect()
}

pub(crate) const SENTENCE: &str =
    "A cluster that nobody knows of is a cluster that nobody joins, and so it has to tell. ";

#[test]
fn a_fault_is_seen() {
    let word = |edges| Word { page: 2, text: "word".into(), edges };
    let fine = [[60.0, 100.0, 90.0, 112.0], [60.0, 115.0, 90.0, 127.0], [60.0, 790.0, 90.0, 800.0]];
    assert_eq!(faults(&fine.map(word)), [""; 0]);
    for bad in [
        [40.0, 200.0, 90.0, 212.0],
        [500.0, 200.0, 560.0, 212.0],
        [60.0, 768.0, 90.0, 780.0],
        [60.0, 830.0, 90.0, 842.0],
        [80.0, 102.0, 120.0, 114.0],
    ] {
        let words: Vec<Word> = fine.into_iter().chain([bad]).map(word).collect();
        assert_eq!(faults(&words).len(), 1, "{bad:?}");
    }
}

#[test]
fn the_editions_stay_within_the_margins() {
    for case in cases("editions") {
        let built = bulletin::pipeline::build(&crate::editions::job(&case), &|_, _| {}).expect("the case can be read");
        for artifact in built.artifacts.expect("no errors").iter().filter(|artifact| artifact.kind == Kind::Summary) {
            let faults = faults(&words(&artifact.bytes));
            assert!(faults.is_empty(), "{}: {}\n{}", case.display(), artifact.name, faults.join("\n"));
        }
    }
}

#[test]
fn long_titles_stay_within_the_margins() {
    let long = "How the clusters of seven countries came to share one laboratory, one budget and one name, and what it took \
                to find out who pays for what when something goes wrong";
    for title in [
        long,
        "كيف توصّلت تجمّعات سبع دول إلى مختبر واحد وميزانية واحدة واسم واحد، ومن يدفع ثمن ماذا حين يتعثّر المشروع؟",
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbaulärm",
        "Rechtsschutzversicherungsgesellschaften und Verwaltungszusammenarbeitsrahmenvereinbarungen: eine Übersicht",
        "A",
    ] {
        let item = json!([{ "title": title, "speakers": speakers(1), "body": SENTENCE }, { "title": title }]);
        let session = json!({
            "title": title, "series": title, "place": title, "summary": SENTENCE, "agenda": item, "kind": title,
            "organiser": title, "links": [{ "label": title, "url": "https://example.org/a" }],
        });
        for lang in ["en", "de", "fr", "ar"] {
            sits(title, lang, session.clone(), json!([]), json!([]));
        }
    }
}

#[test]
fn long_agendas_stay_within_the_margins() {
    let title = SENTENCE.repeat(3)[..200].trim().to_owned();
    for timed in [true, false] {
        let item = |n: usize| {
            let start = timed.then(|| format!("{:02}:{:02}", 9 + n / 6, n % 6 * 10));
            json!({ "title": format!("{n} {title}"), "start": start, "body": SENTENCE, "speakers": speakers(n % 3) })
        };
        let session = json!({
            "start": "09:00", "timezone": "Europe/Brussels",
            "agenda": (0..40).map(item).collect::<Vec<_>>(), "moderators": speakers(12),
        });
        let words = sits_alone("agenda", session);
        assert!(words.iter().any(|word| word.text == "39"));
    }
}

#[test]
fn many_speakers_stay_within_the_margins() {
    for count in [1, 5, 12, 40] {
        let all = speakers(count);
        for session in [
            json!({ "key-messages": ["One."], "speakers": all, "moderators": all, "organiser": "Organiser" }),
            json!({ "summary": SENTENCE, "speakers": all, "moderators": all }),
            json!({ "agenda": [{ "title": "Item", "speakers": all, "body": SENTENCE }], "moderators": all }),
        ] {
            let words = sits_alone("speakers", session);
            assert!(words.iter().any(|word| word.text.contains(&format!("Organisation{count}"))));
        }
    }
}

#[test]
fn long_messages_and_tables_stay_within_the_margins() {
    let message = SENTENCE.repeat(11);
    let columns = |count: usize| {
        let row = |cell: &str| format!("|{}\n", format!(" {cell} |").repeat(count));
        let body = row("Verwaltungszusammenarbeit 1,000,000.00").repeat(60);
        format!("Before.\n\n{}{}{body}\nAfter.", row("Heading of a column"), row("---"))
    };
    let address = format!("https://example.org/{}", "path-segment/".repeat(22));
    let endless = format!("https://example.org/{}", "x".repeat(280));
    let agenda = [4, 9, 16].map(|count| json!({ "title": count.to_string(), "body": columns(count) }));
    for (name, messages) in [("one", 1), ("two", 2), ("many", 14)] {
        let session = json!({
            "key-messages": vec![message.as_str(); messages],
            "summary": format!("<{address}>\n\n[{endless}]({endless}) and `{endless}`"),
            "agenda": agenda,
            "url": address, "links": [{ "url": endless }, { "label": endless, "url": endless }],
        });
        sits_alone(name, session);
    }
    sits_alone("longer than a page", json!({ "key-messages": [SENTENCE.repeat(70), "Short."] }));
}

#[test]
fn many_and_long_news_and_calls_stay_within_the_margins() {
    let list = |name: &str| json!({ "title": name, "kind": name, "body": SENTENCE });
    let session = json!({ "agenda": [list("news"), list("calls")] });
    for length in [0, 1, 90] {
        let text = SENTENCE.repeat(length);
        let news = |n: usize| {
            json!({
                "id": format!("n{n}"), "title": format!("News {n}"), "date": "2024-09-10", "end-date": "2024-10-12",
                "place": SENTENCE, "summary": text, "url": format!("https://example.org/{n}"),
            })
        };
        let call = |n: usize| {
            json!({
                "id": format!("c{n}"), "title": format!("Call {n} {SENTENCE}"), "kind": "grant", "summary": text,
                "eligibility": text, "deadlines": [{ "label": SENTENCE, "date": format!("2024-{:02}-28", 7 + n % 6) }],
            })
        };
        let count = if length > 1 { 3 } else { 60 };
        let words =
            sits("lists", "en", session.clone(), (0..count).map(news).collect(), (0..count).map(call).collect());
        assert!(words.iter().filter(|word| word.text == (count - 1).to_string()).count() >= 2);
    }
}

/// What a screen reader is given: the tags, and the text in each, one line after the other.
#[test]
fn lines_and_links_are_not_glued_together() {
    let session = json!({
        "summary": "One.", "kind": "webinar", "start": "09:00", "timezone": "Europe/Brussels", "place": "Town",
        "url": "https://example.org/a", "links": [{ "label": "Slides", "url": "https://example.org/b" }],
        "agenda": [{ "title": "Item", "body": "Two.", "speakers": ["Ann, Editor, House", "Ben, Writer, House", "Cy"] }],
    });
    let pdf = summary("en", session, json!([]), json!([]));
    let tree = said("pdfinfo", &["-struct-text"], &pdf);
    // Of some lines `pdfinfo` gives no more than the first word, and of " & " nothing.
    let first = |line: &str| match line.trim().strip_prefix('"') {
        Some(text) => text.trim_matches(['"', ' ']).split([' ', '\u{A0}']).next().unwrap_or("").to_owned(),
        None => line.trim().to_owned(),
    };
    let tree: Vec<String> = tree.lines().map(first).collect();
    let follow = |wanted: &[&str]| {
        assert!(tree.windows(wanted.len()).any(|lines| lines == wanted), "{wanted:#?} in\n{}", tree.join("\n"));
    };
    let next = "P (block)";
    follow(&[next, "19", next, "9:00", next, "Town"]);
    follow(&[next, "Ann", next, "Editor", next, "Ben", next, "Writer", next, "House", next, "Cy"]);
    follow(&[next, "Ann", ",", "", "Ben", ",", ",", next, "Cy"]);
    let links = tree.iter().position(|line| *line == "Links").expect("a heading");
    assert!(tree[links + 1].starts_with("L (block)"), "{}", tree[links..].join("\n"));
    assert_eq!(tree[links..].iter().filter(|line| *line == "LI (block)").count(), 2);
    for line in ["Website", "example.org/a", "Slides", "example.org/b"] {
        assert!(tree[links..].iter().any(|one| one == line), "{line} in\n{}", tree[links..].join("\n"));
    }
}
