//! Strings that nobody wrote for this project: naughty ones, vectors of attacks, the examples of CommonMark. Each comes
//! out as the same visible text in mail, text and PDF, or is refused with its place. Where that data is absent the tests
//! say so and pass.

use std::collections::BTreeMap;
use std::path::PathBuf;

use bulletin::artifact::{Artifact, Kind};
use bulletin::diagnostic::Severity;
use bulletin::model::Edition;
use bulletin::pipeline::{self, Job};
use bulletin::prose::{Block, Inline};
use bulletin::source::Folder;
use html5gum::{Token, Tokenizer};
use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization;

use crate::support::{root, tool};

const CONFIG: &str =
    "[edition]\ntitle = \"Foreign text\"\ndate = 2024-06-26\n[newsletter]\nfrom = \"news@example.org\"\n";

/// So many items stand in a mail in full.
const SOME: usize = 30;

/// The title of the session, which stands at the foot of each page.
const FOOT: &str = "All of it";

/// Reads a file of the data that `tests/real-data/run` takes.
#[expect(clippy::print_stderr, reason = "a test that does not look says so")]
fn data(name: &str) -> Option<String> {
    let folder = std::env::var_os("BULLETIN_REAL_DATA").map_or_else(|| root().join("../shared/data"), PathBuf::from);
    let text = std::fs::read_to_string(folder.join(name)).ok();
    if text.is_none() {
        eprintln!("skipped: there is no `{name}` in `{}`", folder.display());
    }
    text
}

/// Naughty strings and vectors of attacks.
fn strings() -> Option<Vec<String>> {
    let mut strings: Vec<String> = serde_json::from_str(&data("blns/blns.json")?).expect("a list of texts");
    // One vector follows the other, each in a `<div>` with its number.
    let vectors = data("xss-h5sc/vectors.txt")?;
    let each = vectors.lines().flat_map(|line| line.split_inclusive("</div>"));
    strings.extend(each.filter(|vector| !vector.trim().is_empty()).map(str::to_owned));
    Some(strings)
}

fn job(tables: &[(&str, Value)], only: &[Kind]) -> Job {
    let mut files: BTreeMap<String, Vec<u8>> =
        tables.iter().map(|(name, rows)| (format!("{name}.json"), rows.to_string().into_bytes())).collect();
    files.insert("bulletin.toml".to_owned(), CONFIG.into());
    Job { only: only.to_vec(), ..Job::new(Folder::Memory(files)) }
}

/// Says whether a publication has no errors; those that it has must say where.
fn is_taken(tables: &[(&str, Value)]) -> bool {
    let checked = pipeline::check(&job(tables, &[Kind::Summary, Kind::Newsletter])).expect("it is in memory");
    let findings = checked.report.diagnostics();
    let errors: Vec<_> = findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
    for error in &errors {
        let place = error.labels.first().map(|label| checked.sources.file(label.span.source).name.as_str());
        assert!(place.is_some_and(|name| name.ends_with(".json")), "refused without its place: {error:?}");
    }
    errors.is_empty()
}

fn build(tables: &[(&str, Value)]) -> (Edition, Vec<Artifact>) {
    let built = pipeline::build(&job(tables, &[Kind::Summary, Kind::Newsletter]), &|_, _| {}).expect("it can be set");
    let told: Vec<_> = built.checked.report.diagnostics().iter().filter(|d| d.severity == Severity::Error).collect();
    let artifacts = built.artifacts.unwrap_or_else(|| panic!("{told:#?}"));
    (built.checked.edition.expect("an edition"), artifacts)
}

/// Gives what a reader sees of each file, as letters: hyphens and spaces come and go with the lines.
fn seen(artifacts: &[Artifact]) -> Vec<(&str, String)> {
    let mut seen = Vec::new();
    for artifact in artifacts {
        let text = || String::from_utf8_lossy(&artifact.bytes);
        let shown = match artifact.name.as_str() {
            "newsletter-web.html" => html(&text()),
            "newsletter.txt" => text().into_owned(),
            name if name.ends_with(".pdf") => {
                let folder = tempfile::tempdir().expect("a folder");
                let path = folder.path().join("a.pdf");
                std::fs::write(&path, &artifact.bytes).expect("written");
                let text = tool("pdftotext", &["-raw", path.to_str().expect("Unicode"), "-"]);
                // What stands at the foot of each page would part what goes on over it.
                let foot = |line: &str| line == FOOT || line.starts_with("Page ") && line.contains(" of ");
                text.lines().filter(|line| !foot(line.trim())).collect()
            }
            _ => continue,
        };
        seen.push((artifact.name.as_str(), letters(&shown)));
    }
    assert!(seen.len() >= 2, "a page and its text");
    seen
}

fn html(page: &str) -> String {
    let (mut text, mut silent) = (String::new(), false);
    for Ok(token) in Tokenizer::new(page) {
        match token {
            Token::StartTag(tag) if [&b"head"[..], b"style", b"script"].contains(&&**tag.name) => silent = true,
            Token::EndTag(tag) if [&b"head"[..], b"style", b"script"].contains(&&**tag.name) => silent = false,
            Token::String(part) if !silent => text.push_str(&String::from_utf8_lossy(&part)),
            _ => {}
        }
    }
    text
}

/// Gives what is seen of a text, one writing of each letter: files may compose them or not.
fn letters(text: &str) -> String {
    let unseen = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '-' | '\u{AD}' | '\u{34F}' | '\u{200B}'..='\u{200F}' | '\u{2010}' | '\u{2011}' | '\u{202A}'..='\u{202E}')
            || matches!(c, '\u{2028}' | '\u{2029}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
    };
    text.chars().filter(|c| !unseen(*c)).nfd().collect()
}

#[test]
fn naughty_lines_come_out_as_they_are() {
    let Some(strings) = strings() else { return };
    let item = |at: usize, text: &str| json!({ "id": format!("n{at}"), "title": text, "place": text });
    let talk = |at: usize, text: &str| json!({ "title": format!("Talk {at}"), "speakers": [{ "name": text, "role": "Speaker" }], "body": "Said." });
    let session = |agenda: Vec<Value>| json!([{ "id": "s", "title": FOOT, "date": "2024-06-19", "status": "held", "agenda": agenda }]);
    let taken: Vec<(usize, &String)> = strings
        .iter()
        .enumerate()
        .filter(|(at, text)| {
            !letters(text).is_empty()
                && is_taken(&[("news", json!([item(*at, text)])), ("sessions", session(vec![talk(*at, text)]))])
        })
        .collect();
    for some in taken.chunks(SOME) {
        let news: Vec<Value> = some.iter().map(|(at, text)| item(*at, text)).collect();
        let agenda: Vec<Value> = some.iter().map(|(at, text)| talk(*at, text)).collect();
        // That each stands in each file beside its own item is what the build itself proves.
        let (edition, artifacts) = build(&[("news", news.into()), ("sessions", session(agenda))]);
        assert_eq!(edition.news.len(), some.len());
        for ((_, text), news) in some.iter().zip(&edition.news) {
            assert_eq!(letters(news.title.as_str()), letters(text), "no letter is lost or changed");
        }
        for (name, text) in seen(&artifacts).into_iter().filter(|(name, _)| !name.ends_with(".pdf")) {
            for news in &edition.news {
                assert!(text.contains(&letters(news.title.as_str())), "{name}: {:?}", news.title.as_str());
            }
        }
    }
    assert!(taken.len() > 600, "only {} of {} are taken", taken.len(), strings.len());
}

/// Gives the pieces of prose that stand together, in their order.
fn pieces(blocks: &[Block], all: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Paragraph(inlines) | Block::Heading(_, inlines) => inline_pieces(inlines, all),
            Block::List(_, items) => items.iter().for_each(|item| pieces(item, all)),
            // In the text a sign stands before each line of a quotation.
            Block::Quote(blocks) => {
                let mut inside = Vec::new();
                pieces(blocks, &mut inside);
                all.extend(inside.iter().flat_map(|piece| piece.split_whitespace()).map(str::to_owned));
            }
            Block::Code(text) => all.extend(text.lines().map(str::to_owned)),
            Block::Table(table) => {
                table.head.iter().chain(table.rows.iter().flatten()).for_each(|cell| inline_pieces(cell, all));
            }
            Block::Rule => {}
        }
    }
}

fn inline_pieces(inlines: &[Inline], all: &mut Vec<String>) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => all.extend(text.lines().map(str::to_owned)),
            Inline::Emph(inner) | Inline::Strong(inner) | Inline::Link(_, inner) => inline_pieces(inner, all),
            Inline::Break => {}
        }
    }
}

/// Builds an edition with each text as prose of an item of the news and of an agenda, and looks for all of its pieces
/// beside that item, in order. Gives how many were taken.
fn prose_comes_out(texts: &[String]) -> usize {
    let item =
        |at: usize, text: &str| json!({ "id": format!("n{at}"), "title": format!("Item{at}x"), "summary": text });
    let part = |at: usize, text: &str| json!({ "title": format!("Item{at}x"), "body": text });
    let session = |agenda: Vec<Value>| json!([{ "id": "s", "title": FOOT, "date": "2024-06-19", "status": "held", "agenda": agenda }]);
    let is_fine = |at: &usize| {
        is_taken(&[("news", json!([item(*at, &texts[*at])])), ("sessions", session(vec![part(*at, &texts[*at])]))])
    };
    let taken: Vec<usize> = (0..texts.len()).filter(is_fine).collect();
    for some in taken.chunks(SOME) {
        let news: Vec<Value> = some.iter().map(|at| item(*at, &texts[*at])).collect();
        let agenda: Vec<Value> = some.iter().map(|at| part(*at, &texts[*at])).collect();
        let (edition, artifacts) = build(&[("news", news.into()), ("sessions", session(agenda))]);
        let files = seen(&artifacts);
        for news in &edition.news {
            let mut wanted = Vec::new();
            news.summary.iter().for_each(|summary| pieces(&summary.blocks(), &mut wanted));
            for (name, text) in &files {
                // The last one is the item itself; before it stands the contents.
                let title = news.title.as_str();
                let mut at = text.rfind(title).unwrap_or_else(|| panic!("{name}: no `{title}`"));
                for piece in &wanted {
                    let piece = letters(piece);
                    // What goes from right to left stands in a PDF in the order of the eye; the build proves it.
                    if name.ends_with(".pdf") && piece.chars().any(|c| ('\u{590}'..='\u{8FF}').contains(&c)) {
                        continue;
                    }
                    let found = text[at..].find(&piece);
                    let beside = || text[at..].chars().take(300).collect::<String>();
                    let found = found.unwrap_or_else(|| panic!("{name}: {title}: `{piece}` is not in `{}`", beside()));
                    at += found + piece.len();
                }
            }
        }
    }
    taken.len()
}

#[test]
fn naughty_prose_comes_out_as_it_is() {
    let Some(strings) = strings() else { return };
    let taken = prose_comes_out(&strings);
    assert!(taken > 600, "only {taken} of {} are taken", strings.len());
}

#[test]
fn the_examples_of_commonmark_keep_their_text() {
    let Some(spec) = data("commonmark/spec.txt") else { return };
    let fence = "`".repeat(32);
    let examples: Vec<String> = spec
        .split(&format!("\n{fence} example\n"))
        .skip(1)
        .map(|rest| rest.split_once("\n.\n").map_or("", |(markdown, _)| markdown).replace('→', "\t"))
        .collect();
    assert!(examples.len() > 600, "{} examples", examples.len());
    let taken = prose_comes_out(&examples);
    assert!(taken > 500, "only {taken} of {} are taken", examples.len());
}

/// What such strings have found stays found where they are absent.
#[test]
fn prose_of_odd_forms_comes_out() {
    let long = "words that go on over the end of a line ".repeat(8);
    let odd = [
        format!("> {long}"),
        format!("> - {long}\n>\n> > {long}"),
        "> <div>\n> one\n\ntwo".to_owned(),
        "before\n\n```\n```\n\nafter".to_owned(),
        "#\n\n##  ##\n\ntext".to_owned(),
        "\tcode\n\t> of quotes\n\t> in it".to_owned(),
        "&copy; &amp; &lt;b&gt; &#x41;".to_owned(),
    ];
    assert_eq!(prose_comes_out(&odd), odd.len());
    // A letter that the fonts do not have is told, also where it is written as an entity.
    assert!(!is_taken(&[(
        "sessions",
        json!([{ "id": "s", "title": "S", "date": "2024-06-19", "status": "held", "summary": "&HilbertSpace;" }])
    )]));
    // A title of which nothing is seen is none.
    assert!(!is_taken(&[("news", json!([{ "id": "n", "title": "\u{FFFE}" }]))]));
}
