//! Private stays private: a mark that stands where nobody outside may read it is in no file that is made.

use std::collections::BTreeMap;

use bulletin::artifact::{Artifact, Kind};
use bulletin::model::Unpublished;
use bulletin::pipeline::{self, Job, OnPaper};
use bulletin::source::Folder;
use mailparse::ParsedMail;
use proptest::prelude::*;
use serde_json::json;

use crate::support::tool;

/// When rows were changed, which nobody outside is told.
const UPDATED: &str = "2001-02-03 04:05";

/// A publication in which `mark` stands in every place that is not for readers, and `shown` in one of each kind that is.
/// `ending` makes of the name of a field one that is none: `_id`, `.hr`.
fn publication(mark: &str, shown: &str, status: &str, unknown: &str, ending: &str) -> BTreeMap<String, Vec<u8>> {
    let like = |field: &str| format!("{field}{ending}");
    let digits: String = mark.bytes().map(|b| char::from(b'0' + b % 10)).collect();
    let phone = format!("+32 {digits}");
    let config = format!(
        "# {mark}\n[edition]\ntitle = \"News\"\ndate = 2026-06-26\ntimezone = \"Europe/Brussels\"\n\
         [newsletter]\nfrom = \"news@example.org\" # {mark}\nweb-url = \"https://example.org/news/\"\n\
         [merge]\nprefer = \"last\"\napart = [\"{mark}\"]\n\
         [handout]\nalso = [\"speakers\", \"signs\"]\n\
         [check]\nallow = [{{ code = \"missing-messages\", reason = \"{mark}\" }}]\n\
         [select]\nsince = 2026-06-01\ncalls = [\"open\", \"hidden\"]\n\
         [[input]]\ntable = \"news\"\npath = \"feed.json\"\nat = \"/items\"\n\
         map = {{ id = \"key\", title = \"/head/line\" }}\nwhere = {{ owner = {{ present = true }} }}\n"
    );
    let sessions = json!([
        {
            "id": "talk", "title": format!("Talk {shown}"), "date": "2026-06-20", "start": "09:00", "room": "Hall 1",
            unknown: mark, like("organiser"): mark, "notes": mark, "internal": { "deep": [mark, { "deeper": mark }] },
            "organiser": format!("Town Library, {mark}@example.org"),
            "moderators": format!("Cy Rao <{mark}@example.org>; lead"),
            "speakers": [
                format!("Ada Moreau, Editor, {mark}@mail.example.org"),
                { "name": "Bo Lind", "email": format!("{mark}@example.org"), "phone": phone, "bio": mark, "notes": mark },
                { "name": format!("Di Wu ({phone})"), "url": format!("mailto:{mark}@example.org") },
                "own",
                // Who the record of a person is about is no news, and what it says of them holds.
                { "id": format!("{mark}@example.org"), "role": "Guest" },
                { "id": "tel", "email": format!("{mark}@example.org"), "public": true },
                { "name": "Tom Berg", "role": "Guest", "url": format!("mailto:{mark}@example.org"), "public": true },
                { "id": phone, "name": "Zoe Nobody" },
            ],
            "key-messages": ["One thing."],
            "agenda": [{ "title": "Part", "body": "Words.", "speakers": ["Ada Moreau"], "secret": mark, "id": { "id": mark } }],
            "links": [{ "label": "Slides", "url": "https://example.org/slides", "note": mark, "id": mark }],
            "updated": UPDATED, "lang": "en",
        },
        { "id": "next", "title": "Next", "date": "2026-07-02", "speakers": ["lead", "own"], unknown: [mark], like("room"): { "id": mark } },
        { "id": "hidden", "title": mark, "date": "2026-07-01", "status": status, "summary": mark, "speakers": [format!("{mark}, guest")] },
    ]);
    let people = format!(
        "id,name,role,email,phone,notes,public,url,{unknown},{}\n\
         lead,Lea Adler,Director,{mark}@example.org,{phone},{mark},,,{mark},\n\
         tel,Tom Berg,,,,,no,tel:{},,{mark}\n\
         {mark}@example.org,Ida Known,,,,,,,,\n\
         {phone},Zoe Nobody,,,,,,,,\n\
         own,Eve Open,Editor,{shown}@example.org,,{mark},true,,,\n",
        like("organisation"),
        phone.replace(' ', "")
    );
    let calls = format!(
        "id,title,deadline,status,budget,{unknown},{}\nopen,Open {shown},2026-08-01,,EUR 5,{mark},{mark}\n\
         hidden,{mark},2026-08-02,{status},EUR 7,{mark},\n",
        like("contact")
    );
    let corrections = format!("table,id,field,value,why\ncalls,open,budget,EUR 6,{mark}\n");
    let news = format!(
        "id,title,status,updated,{unknown},{}\nn,Note {shown},,{UPDATED},{mark},{mark}\nhidden,{mark},{status},,,\n",
        like("place")
    );
    let feed =
        json!({ "owner": mark, "items": [{ "key": "f", "owner": mark, "head": { "line": "Feed", "by": mark } }] });
    [
        ("bulletin.toml", config),
        ("sessions.json", sessions.to_string()),
        ("people.csv", people),
        ("calls.csv", calls),
        ("corrections.csv", corrections),
        ("news.csv", news),
        ("feed.json", feed.to_string()),
    ]
    .map(|(name, text)| (name.to_owned(), text.into_bytes()))
    .into()
}

/// Gives all that a file says, however it is packed: text, properties, attachments.
fn said(artifact: &Artifact) -> String {
    let plain = String::from_utf8_lossy(&artifact.bytes).into_owned();
    if artifact.name.ends_with(".eml") {
        let mut text = plain;
        unpack(&mailparse::parse_mail(&artifact.bytes).expect("a message"), &mut text);
        return text;
    }
    if artifact.name.ends_with(".ics") {
        return plain.replace("\r\n ", "");
    }
    if !artifact.name.ends_with(".pdf") {
        return plain;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("file.pdf");
    std::fs::write(&path, &artifact.bytes).expect("written");
    let path = path.to_str().expect("a Unicode path");
    let mut text = plain + &tool("pdftotext", &["-enc", "UTF-8", "-raw", path, "-"]);
    text += &tool("pdfinfo", &["-enc", "UTF-8", path]);
    text += &tool("pdfinfo", &["-meta", path]);
    text += &tool("pdfinfo", &["-url", path]);
    tool("pdfdetach", &["-saveall", "-o", folder.path().to_str().expect("a Unicode path"), path]);
    for file in std::fs::read_dir(folder.path()).expect("a folder") {
        let file = file.expect("an entry").path();
        if file.extension().is_none_or(|end| end != "pdf") {
            text += &String::from_utf8_lossy(&std::fs::read(file).expect("a file")).replace("\r\n ", "");
        }
    }
    text
}

fn unpack(mail: &ParsedMail<'_>, text: &mut String) {
    for header in &mail.headers {
        text.push_str(&header.get_value());
    }
    text.push_str(&mail.get_body().unwrap_or_default().replace("\r\n ", ""));
    mail.subparts.iter().for_each(|part| unpack(part, text));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_file_says_what_is_private(
        mark in "[a-z]{14}",
        word in 0..Unpublished::WORDS.len(),
        is_upper: bool,
        unknown in prop_oneof![Just("comment"), Just("internal notes"), Just("E-Mail privat"), Just("x")],
        ending in "[._@ -](id|no|hr|it|is|my|[a-df-z][a-z])",
    ) {
        let (shown, status) = (format!("shown{}", &mark[..4]), Unpublished::WORDS[word].0);
        let status = if is_upper { status.to_uppercase() } else { status.to_owned() };
        let job = Job {
            attach: true,
            paper: OnPaper::default(),
            only: Kind::ALL.to_vec(),
            ..Job::new(Folder::Memory(publication(&mark, &shown, &status, unknown, &ending)))
        };
        let built = pipeline::build(&job, &|_, _| {}).expect("it lies in memory");
        let Some(artifacts) = built.artifacts else {
            panic!("errors: {:#?}", built.checked.report.diagnostics());
        };
        let digits: String = mark.bytes().map(|b| char::from(b'0' + b % 10)).collect();
        let mut kinds = 0;
        for artifact in &artifacts {
            let text = said(artifact).to_lowercase();
            prop_assert!(!text.contains(&mark), "{} says `{mark}`", artifact.name);
            let bare: String = text.chars().filter(|c| !matches!(c, ' ' | '-' | '\n')).collect();
            prop_assert!(!bare.contains(&digits), "{} says `{digits}`", artifact.name);
            prop_assert!(!text.contains("2001-02-03"), "{} says when a row was changed", artifact.name);
            // What is for readers is found in the same way, so the looking works.
            kinds += usize::from(text.contains(&shown));
        }
        prop_assert!(kinds > 6, "only {kinds} of {} files say what is for readers", artifacts.len());
    }
}
