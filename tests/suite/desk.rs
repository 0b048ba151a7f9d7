//! The copy desk as a whole: what a published summary once got wrong is found, what is right is left alone, and a cure
//! changes what it means to change and nothing else.

use std::fs;
use std::path::Path;

use bulletin::diagnostic::{Code, Severity};
use bulletin::pipeline::{self, Checked, Job};
use bulletin::source::Folder;
use proptest::prelude::*;

use crate::support::{bulletin, root};

fn read(case: &str) -> Checked {
    let folder = root().join("tests/desk").join(case);
    pipeline::check(&Job::new(Folder::Disk(folder))).expect("a publication")
}

/// Ten mistakes like those of a summary that was published, each in words of our own.
#[test]
fn the_contradictions_of_a_published_summary_are_found() {
    let checked = read("contradictions");
    let found: Vec<(Code, &str)> = checked
        .report
        .diagnostics()
        .iter()
        .map(|finding| (finding.code, checked.sources.slice(finding.labels[0].span)))
        .collect();
    for (what, code, place) in [
        ("two moderators", Code::OtherModerator, "Zita Kovacs"),
        ("a part less in a name", Code::NameVariants, "Manuel Seifert"),
        ("a name in another order", Code::NameVariants, "Salmi Nóra"),
        ("a name that lost a word", Code::TermVariants, "Network School"),
        ("a zone that does not hold", Code::WrongZone, "CET"),
        ("a call without deadline", Code::MissingDeadline, "Opportunities for small firms"),
        ("another sign in a list", Code::MixedMarks, ";"),
        ("a link that leads nowhere", Code::BadUrl, "[Network Pilot School](#)"),
        ("two ways of spelling", Code::MixedSpelling, "emphasizing"),
        ("a role in other capitals", Code::TermVariants, "Team member of the Harbour Network"),
        (
            "the same thing twice",
            Code::RepeatedProse,
            "Later he said again how well lessons at a distance fit around the working day of his small office.",
        ),
        ("a range with a hyphen", Code::MixedMarks, "-"),
    ] {
        assert!(found.contains(&(code, place)), "{what}: {code} at `{place}` is not among {found:#?}");
    }
    assert_eq!(found.len(), 12, "and nothing else: {found:#?}");
    assert!(checked.report.diagnostics().iter().all(|finding| !finding.help.is_empty()), "each has a cure");
}

#[test]
fn what_contradicts_nothing_is_left_alone() {
    // `silence` holds what was once told wrongly of data that nobody wrote for this project.
    for case in ["consistent", "silence"] {
        let checked = read(case);
        assert!(checked.report.diagnostics().is_empty(), "{case}: {:#?}", checked.report.diagnostics());
    }
}

#[test]
fn words_of_two_spellings_may_follow_any_space() {
    let head = "[edition]\ntitle = \"News\"\ndate = 2024-06-26\n[newsletter]\nfrom = \"news@example.org\"\n";
    let news = "id,title,summary\none,Paint,\"They chose\u{A0}another\u{2009}colour for the wall, and\u{A0}color for the \
                door of the house in which they had always lived.\"\n";
    let files =
        [("bulletin.toml", head), ("news.csv", news)].map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
    let checked = pipeline::check(&Job::new(Folder::Memory(files.into()))).expect("memory");
    let found: Vec<Code> = checked.report.diagnostics().iter().map(|finding| finding.code).collect();
    assert_eq!(found, [Code::MixedSpelling]);
}

fn copy(case: &str, folder: &Path) {
    for entry in fs::read_dir(root().join("tests/desk").join(case)).expect("a folder") {
        let path = entry.expect("an entry").path();
        fs::copy(&path, folder.join(path.file_name().expect("a name"))).expect("a copy");
    }
}

#[test]
fn a_dry_run_shows_what_a_fix_writes() {
    let temp = tempfile::tempdir().expect("a folder");
    let data = temp.path().join("data");
    fs::create_dir(&data).expect("a folder");
    copy("contradictions", &data);
    // As a spreadsheet program writes it: byte order mark, CR LF, quotes in quotes.
    let table = "\u{FEFF}id,title,summary\r\none,Ropes,\"The the \"\"best\"\" \r\nof of all\"\r\ntwo,Knots &quot;so&quot;,short\r\n";
    fs::write(data.join("news.csv"), table).expect("written");
    let run = |arguments: &[&str]| {
        let output = bulletin().current_dir(temp.path()).args(["check", "data"]).args(arguments).output();
        let output = output.expect("the binary runs");
        (String::from_utf8(output.stdout).expect("UTF-8"), String::from_utf8(output.stderr).expect("UTF-8"))
    };
    let before = fs::read_to_string(data.join("sessions.json")).expect("text");
    let (diff, _) = run(&["--fix", "--dry-run", "--message-format", "short"]);
    assert_eq!(fs::read_to_string(data.join("news.csv")).expect("text"), table, "a dry run writes nothing");
    snapbox::assert_data_eq!(diff, snapbox::file!["desk/fix.diff"].raw());

    let (_, told) = run(&["--fix", "--message-format", "short"]);
    assert!(told.starts_with("cured "), "{told}");
    let mended = fs::read_to_string(data.join("news.csv")).expect("text");
    let expected = table.replace("of of", "of").replace("Knots &quot;so&quot;", "\"Knots \"\"so\"\"\"");
    assert_eq!(mended, expected);
    let after = fs::read_to_string(data.join("sessions.json")).expect("text");
    let cures = [
        ("45 CET", "45 CEST"),
        ("25-26", "25–26"),
        ("Team member", "team member"),
        ("emphasizing", "emphasising"),
        ("ropes; deadline", "ropes: deadline"),
    ];
    assert_eq!(after, cures.iter().fold(before, |text, (bad, good)| text.replace(bad, good)));
    let (again, told) = run(&["--fix", "--message-format", "short"]);
    assert!(told.starts_with("cured 0 findings"), "{told}");
    assert_eq!(again, "");
}

#[test]
fn what_is_told_of_names_and_zones_is_not_always_cured() {
    let temp = tempfile::tempdir().expect("a folder");
    copy("silence", temp.path());
    let sessions = r#"[{
        "id": "one", "title": "Ropes", "date": "2024-07-04", "start": "10:00", "end": "11:00",
        "speakers": ["Anna Hoffmann", "Tomás Okafor"],
        "summary": "Anna Hofmann spoke, then Tomas Okafor. It was at 10:00 CET. It is not on 3 July, and on 4 December at 10:00 CEST."
    }]"#;
    fs::write(temp.path().join("sessions.json"), sessions).expect("written");
    let checked = pipeline::check(&Job::new(Folder::Disk(temp.path().to_owned()))).expect("read");
    let found: Vec<(&str, bool)> = checked
        .report
        .diagnostics()
        .iter()
        .map(|finding| (checked.sources.slice(finding.labels[0].span), !finding.fix.is_empty()))
        .collect();
    assert_eq!(found, [("Anna Hofmann", false), ("Tomas Okafor", true), ("CET", false), ("CEST", false)]);
}

#[test]
fn a_file_that_two_inputs_read_is_mended_once() {
    let temp = tempfile::tempdir().expect("a folder");
    let config = "[edition]\ntitle = \"News\"\ndate = 2024-06-26\n[newsletter]\nfrom = \"news@example.org\"\n\
        [[input]]\npath = \"all.json\"\ntable = \"news\"\nat = \"/news\"\n\
        [[input]]\npath = \"all.json\"\ntable = \"calls\"\nat = \"/calls\"\n";
    let data = r#"{
        "news": [{ "id": "n", "title": "Ropes", "summary": "It is the the rope." }],
        "calls": [{ "id": "c", "title": "Nets", "deadline": "2024-09-19", "summary": "A net of of ropes." }]
    }"#;
    fs::write(temp.path().join("bulletin.toml"), config).expect("written");
    fs::write(temp.path().join("all.json"), data).expect("written");
    let output = bulletin().arg("check").arg(temp.path()).arg("--fix").output().expect("the binary runs");
    let told = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(told.contains("cured 2 findings in 1 file"), "{told}");
    let mended = fs::read_to_string(temp.path().join("all.json")).expect("text");
    assert_eq!(mended, data.replace("the the", "the").replace("of of", "of"));
}

#[test]
fn many_forgotten_sections_are_told_at_once() {
    let temp = tempfile::tempdir().expect("a folder");
    copy("silence", temp.path());
    let item = |at: usize| match at % 3 {
        0 => format!(r#"{{ "title": "Rope {at}" }}"#),
        _ => format!(r#"{{ "title": "Rope {at}", "body": "It holds {at} tons." }}"#),
    };
    let agenda = (0..33).map(item).collect::<Vec<_>>().join(",");
    let sessions = format!(
        r#"[{{ "id": "one", "title": "Ropes", "date": "2024-06-04", "key-messages": "- It holds.", "agenda": [{agenda}] }}]"#
    );
    fs::write(temp.path().join("sessions.json"), sessions).expect("written");
    let checked = pipeline::check(&Job::new(Folder::Disk(temp.path().to_owned()))).expect("read");
    let found: Vec<&str> = checked.report.diagnostics().iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(found, ["the summaries say nothing of 11 items of their agendas"]);
}

#[test]
fn an_allowance_takes_one_finding_and_no_other() {
    let calls = "id,title,deadline\none,Skills on the quay,\ntwo,Capacity in ports,\n";
    let head = "[edition]\ntitle = \"News\"\ndate = 2024-06-26\n[newsletter]\nfrom = \"news@example.org\"\n";
    let allow =
        "[check]\nallow = [{ code = \"missing-deadline\", record = \"one\", reason = \"it is always open\" }]\n";
    let files = [("bulletin.toml", format!("{head}{allow}")), ("calls.csv", calls.to_owned())];
    let files = files.map(|(name, text)| (name.to_owned(), text.into_bytes()));
    let checked = pipeline::check(&Job::new(Folder::Memory(files.into()))).expect("memory");
    let found: Vec<_> = checked.report.diagnostics().iter().map(|d| (d.code, d.records[0].to_string())).collect();
    assert_eq!(found, [(Code::MissingDeadline, "two".to_owned())]);
}

/// Text with a word twice in it, among signs that formats give a meaning.
fn doubled() -> impl Strategy<Value = (String, String)> {
    let piece = "[a-z\"\\\\,;é\n|]{0,6}";
    (piece, piece).prop_map(|(before, after)| {
        let (before, after) = (before.trim().replace("\n\n", "\n"), after.trim().replace("\n\n", "\n"));
        (format!("x{before}x of of y{after}y"), format!("x{before}x of y{after}y"))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever stands around it, a cure gives the value that it promised, and every other value stays.
    #[test]
    fn a_cure_changes_one_value(rows in proptest::collection::vec(doubled(), 1..4), json: bool, delimiter in 0..3usize) {
        let head = "[edition]\ntitle = \"News\"\ndate = 2024-06-26\n[newsletter]\nfrom = \"news@example.org\"\n[check]\nunbalanced-marks = \"off\"\n";
        let texts = |rows: &[String]| -> Vec<u8> {
            if json {
                let rows: Vec<_> = rows.iter().enumerate().map(|(n, text)| serde_json::json!({
                    "id": format!("n{n}"), "title": "a title, with; all|signs", "summary": text,
                })).collect();
                return serde_json::to_vec(&rows).expect("JSON");
            }
            let mut writer = csv::WriterBuilder::new().delimiter([b',', b';', b'\t'][delimiter]).from_writer(Vec::new());
            writer.write_record(["id", "title", "summary"]).expect("memory");
            for (n, text) in rows.iter().enumerate() {
                writer.write_record([format!("n{n}").as_str(), "a title, with; all|signs", text]).expect("memory");
            }
            writer.into_inner().expect("memory")
        };
        let name = if json { "news.json" } else { "news.csv" };
        let check = |bytes: Vec<u8>| {
            let files = [("bulletin.toml".to_owned(), head.as_bytes().to_vec()), (name.to_owned(), bytes)];
            pipeline::check(&Job::new(Folder::Memory(files.into()))).expect("memory")
        };
        let summaries = |checked: &Checked| -> Vec<(String, String)> {
            let news = &checked.edition.as_ref().expect("an edition").news;
            let text = |item: &bulletin::model::News| item.summary.as_ref().map(|s| s.source().to_string()).unwrap_or_default();
            news.iter().map(|item| (item.title.to_string(), text(item))).collect()
        };
        let checked = check(texts(&rows.iter().map(|(bad, _)| bad.clone()).collect::<Vec<_>>()));
        let cured = checked.report.diagnostics().iter().filter(|d| d.code == Code::DoubledWord && !d.fix.is_empty()).count();
        let mended = checked.mended();
        let after = match mended.first() {
            Some(file) => check(file.text.clone().into_bytes()),
            None => check(texts(&rows.iter().map(|(bad, _)| bad.clone()).collect::<Vec<_>>())),
        };
        prop_assert!(after.report.count(Severity::Error) == checked.report.count(Severity::Error));
        let wanted = check(texts(&rows.iter().map(|(_, good)| good.clone()).collect::<Vec<_>>()));
        if cured == rows.len() {
            prop_assert_eq!(summaries(&after), summaries(&wanted));
        }
        // Code and the like are no words; nearly all others must be cured.
        prop_assert!(cured > 0 || rows.iter().any(|(bad, _)| bad.contains(['\\', '|', '\n'])), "nothing was cured in {rows:?}");
    }

    /// Whatever is written, it is read to the end.
    #[test]
    fn nothing_that_is_written_makes_the_desk_fall_over(
        title in hostile(), summary in hostile(), body in hostile(), person in hostile(), label in hostile(), json: bool,
    ) {
        let head = "[edition]\ntitle = \"News\"\ndate = 2024-06-26\n[newsletter]\nfrom = \"news@example.org\"\n";
        let text = |text: &str| if text.trim().is_empty() { "x".to_owned() } else { text.to_owned() };
        let files = if json {
            let session = serde_json::json!([{
                "id": "a", "title": text(&title), "date": "2024-06-19", "series": label, "speakers": [person], "summary": summary,
                "moderators": ["Ana Ruiz"], "agenda": [{ "title": "x", "body": body, "speakers": [person] }],
            }]);
            vec![("sessions.json", session.to_string().into_bytes())]
        } else {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(["id", "title", "deadline", "programme", "summary", "eligibility"]).expect("memory");
            writer.write_record(["a", &text(&title), "2024-09-19", &label, &summary, &body]).expect("memory");
            writer.write_record(["b", &text(&person), "2024-09-19", &label, &body, &summary]).expect("memory");
            vec![("calls.csv", writer.into_inner().expect("memory"))]
        };
        let files = files.into_iter().chain([("bulletin.toml", head.as_bytes().to_vec())]);
        let files = files.map(|(name, bytes)| (name.to_owned(), bytes)).collect();
        let checked = pipeline::check(&Job::new(Folder::Memory(files))).expect("memory");
        for finding in checked.report.diagnostics() {
            for label in &finding.labels {
                prop_assert!(checked.sources.file(label.span.source).text.get(label.span.range()).is_some(), "{finding:?}");
            }
        }
        for mended in checked.mended() {
            prop_assert!(mended.cured > 0);
        }
    }
}

/// Words and signs that some family looks at, in any order.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => proptest::sample::select(vec![
            " ", " ", " ", "the", "the", "CET", "8:30", "19 June", "Monday", "Mon, ", "moderator", "Ana Ruiz", "Ruíz Ana",
            "deadline", "; ", ": ", "(", ")", "[", "]", "“", "”", "\"", "-", "–", "10", "TODO", "lorem", "ipsum", "XX", "€",
            "â€™", "Ã©", "\u{FFFD}", "\u{200B}", "\u{AD}", "&amp;", "&#x41;", "&;", "[here](https://example.com?utm_a=b&c)",
            "(#)", "[x](#)", "http://a", "www.b.org", "organise", "color", "# ", "\n\n### ", "\n- ", "*", "`", "<b>", "\n",
            "\r\n", "Network Pilot School", "Network School", "é", "ß", "👩‍🌾", "می‌خ", ":)", "a)", "$", "\\", ".", ",", "'",
        ]).prop_map(str::to_owned),
        1 => "[a-zA-Z]{1,8}",
        1 => proptest::collection::vec(any::<char>(), 0..3).prop_map(String::from_iter),
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}
