//! Records that are told in several parts: which rows are one, and which of their values hold.

use bulletin::pipeline::Job;
use bulletin::pipeline::export::{Format, export};
use bulletin::source::Folder;
use serde_json::{Value, json};

/// What a publication comes to: the records of its tables, and the codes of what is told, each once.
struct Read {
    tables: Vec<(String, Value)>,
    codes: Vec<&'static str>,
}

impl Read {
    fn table(&self, name: &str) -> &Value {
        let table = self.tables.iter().find(|(known, _)| known == name);
        table.map_or(&Value::Null, |(_, records)| records)
    }

    /// Gives one field of all records of a table.
    fn all(&self, table: &str, field: &str) -> Vec<&str> {
        let records = self.table(table).as_array().map(Vec::as_slice).unwrap_or_default();
        records.iter().map(|record| record[field].as_str().unwrap_or("")).collect()
    }
}

/// Reads files; each that is named like no table is an `[[input]]` of the table before the first `-` of its name. What
/// `more` says stands before these.
fn read(more: &str, files: &[(&str, &str)]) -> Read {
    let mut config =
        format!("[edition]\ntitle = \"News\"\ndate = 2026-10-01\ntimezone = \"Europe/Brussels\"\n{more}\n");
    for (name, _) in files {
        if let Some((table, _)) = name.split_once('-') {
            config += &format!("[[input]]\ntable = \"{table}\"\npath = \"{name}\"\n");
        }
    }
    let files = files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
    let folder = Folder::Memory(files.chain([("bulletin.toml".to_owned(), config.into_bytes())]).collect());
    let exported = export(Job::new(folder), Format::Json, false).expect("it lies in memory");
    let mut codes: Vec<&str> = exported.checked.report.diagnostics().iter().map(|told| told.code.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    let Some(artifacts) = exported.artifacts else { return Read { tables: Vec::new(), codes } };
    let tables = artifacts.into_iter().map(|artifact| {
        let name = artifact.name.trim_end_matches(".json").to_owned();
        (name, serde_json::from_slice(&artifact.bytes).expect("JSON"))
    });
    Read { tables: tables.collect(), codes }
}

const LAST: &str = "[merge]\nprefer = \"last\"";
const FIRST: &str = "[merge]\nprefer = \"first\"";
const NEWEST: &str = "[merge]\nprefer = \"newest\"";

#[test]
fn words_go_by_language_and_facts_by_file() {
    let english = "id,lang,title,date,updated\na,en,English,2026-11-01,2026-09-02\n";
    let german = "id,lang,title,date,summary,updated\na,de,Deutsch,2026-11-02,Text,2026-09-01\n";
    for (rule, date) in [(LAST, "2026-11-02"), (FIRST, "2026-11-01"), (NEWEST, "2026-11-01")] {
        let read = read(rule, &[("news.csv", english), ("news-de.csv", german)]);
        let expected = json!([
            { "id": "a", "title": "English", "date": date, "lang": "en", "updated": "2026-09-02" },
            { "id": "a", "title": "Deutsch", "summary": "Text", "lang": "de", "updated": "2026-09-02" },
        ]);
        assert_eq!(*read.table("news"), expected, "{rule}");
        assert!(!read.codes.contains(&"conflicting-values"));
    }
}

#[test]
fn an_agenda_that_is_translated_in_part_is_whole() {
    let sessions = ("sessions.csv", "id,title,date\na,Conference,2026-11-01\n");
    let titles = |read: &Read| -> Vec<String> {
        let inside = read.table("sessions")[0]["agenda"].as_array();
        // What is in several languages is a table of its own, the preferred one first.
        let mut items = inside.or(read.table("agenda").as_array()).cloned().unwrap_or_default();
        items.dedup_by(|next, item| item["order"].is_number() && next["order"] == item["order"]);
        items.iter().map(|item| item["title"].as_str().unwrap_or("").to_owned()).collect()
    };
    let agenda = "session,order,lang,title\na,1,en,Welcome\na,1,de,Willkommen\na,2,de,Vortrag\na,3,,End\n";
    let part = read("", &[sessions, ("agenda.csv", agenda)]);
    assert_eq!(titles(&part), ["Welcome", "Vortrag", "End"]);
    let languages = ["en", "de", "de", "en"];
    assert_eq!(part.all("agenda", "lang"), languages);
    assert_eq!(part.codes, ["untranslated"]);
    let nested = r#"[{"id": "a", "title": "C", "agenda": [{"order": 1, "lang": "en", "title": "Welcome"},
        {"order": 1, "lang": "de", "title": "Willkommen"}, {"order": 2, "lang": "de", "title": "Vortrag"}]}]"#;
    assert_eq!(titles(&read("", &[("sessions.json", nested)])), ["Welcome", "Vortrag"]);
    // What one row leaves empty another says, in its own language.
    let agenda = "session,order,lang,title,body\na,1,en,Welcome,\na,1,de,Willkommen,Worte\n";
    let nested = r#"[{"id": "a", "title": "C", "agenda": [{"order": 1, "lang": "en", "title": "Welcome", "body": ""},
        {"order": 1, "lang": "de", "title": "Willkommen", "body": "Worte"}]}]"#;
    for files in [vec![sessions, ("agenda.csv", agenda)], vec![("sessions.json", nested)]] {
        let filled = read("", &files);
        let expected = json!([
            { "session": "a", "order": 1, "lang": "en", "title": "Welcome" },
            { "session": "a", "order": 1, "lang": "de", "title": "Willkommen", "body": "Worte" },
        ]);
        assert_eq!(*filled.table("agenda"), expected);
        assert_eq!(filled.codes, ["untranslated"]);
    }
    // Without numbers nobody knows what stands for what.
    let agenda = "session,lang,title\na,en,Welcome\na,de,Willkommen\na,de,Vortrag\n";
    let lost = read("", &[sessions, ("agenda.csv", agenda)]);
    assert_eq!((titles(&lost), lost.codes), (vec!["Welcome".to_owned()], vec!["untranslated"]));
    // Two rows of one file are two, and of two files one.
    let agenda = "session,title\na,Opening\na,Coffee\na,Talk\na,Coffee\na,End\n";
    let twice = read("", &[sessions, ("agenda.csv", agenda), ("agenda-copy.csv", agenda)]);
    assert_eq!(titles(&twice), ["Opening", "Coffee", "Talk", "Coffee", "End"]);
    assert!(twice.codes.is_empty());
    // Lists whose numbers are all different are parts of one.
    let (first, second) = ("session,order,title\na,1,Opening\n", "session,order,title\na,2,End\n");
    assert_eq!(titles(&read(LAST, &[sessions, ("agenda.csv", first), ("agenda-2.csv", second)])), ["Opening", "End"]);
}

#[test]
fn a_list_is_one_value() {
    let sessions = ("sessions.csv", "id,title,date\na,Conference,2026-11-01\n");
    let calls = ("calls.csv", "id,title\nx,Call\n");
    let agenda = [("agenda.csv", "session,order,title,start\na,1,Welcome,09:00\n")];
    let agenda = [agenda[0], ("agenda-new.csv", "session,order,title,start\na,1,Welcome,10:00\n")];
    let deadlines = [("deadlines.csv", "call,label,date\nx,first,2026-11-15\n")];
    let deadlines = [deadlines[0], ("deadlines-new.csv", "call,label,date\nx,first,2026-12-01\n")];
    for (rule, start, date, codes) in [
        (LAST, "10:00:00", "2026-12-01", vec![]),
        (FIRST, "09:00:00", "2026-11-15", vec![]),
        ("", "10:00:00", "2026-12-01", vec!["conflicting-values"]),
    ] {
        let files = [[sessions, calls].as_slice(), &agenda, &deadlines].concat();
        let read = read(rule, &files);
        assert_eq!(read.table("sessions")[0]["agenda"], json!([{ "title": "Welcome", "start": start }]), "{rule}");
        assert_eq!(read.table("calls")[0]["deadlines"], json!([{ "label": "first", "date": date }]), "{rule}");
        assert_eq!(read.codes, codes, "{rule}");
    }
    // The column and the table of one publication complete each other.
    let calls = ("calls.csv", "id,title,deadline\nx,Call,2027-01-31\n");
    let both = read("", &[calls, deadlines[0]]);
    assert_eq!(both.table("calls")[0]["deadlines"].as_array().map(Vec::len), Some(2));
}

#[test]
fn a_row_says_again_what_one_row_of_another_file_says() {
    let sessions = ("sessions.csv", "id,title,date\na,Conference,2026-11-01\n");
    let one = ("part1.csv", "session,title\na,Welcome\na,Coffee break\n");
    let two = ("part2.csv", "session,title\na,Coffee break\na,Lunch\na,Coffee break\n");
    let both = "[[input]]\ntable = \"agenda\"\npath = \"part*.csv\"\n";
    let read = read(both, &[sessions, one, two]);
    let titles = ["Welcome", "Coffee break", "Lunch", "Coffee break"].map(|title| json!({ "title": title }));
    assert_eq!(read.table("sessions")[0]["agenda"], json!(titles));
}

#[test]
fn calls_of_two_funders_stay_two() {
    let one = ("calls.csv", "title,deadline,funder,url\nSeed money,2026-11-17,Fund A,https://example.org/seed\n");
    let other = ("calls-b.csv", "title,deadline,funder,url\nSeed money,2026-11-17,Fund B,https://example.org/seed\n");
    assert_eq!(read(LAST, &[one, other]).all("calls", "title").len(), 2);
}

#[test]
fn very_many_of_one_made_id_are_told_apart() {
    let rows: String = (0..3000).map(|n| format!("\"C{}\",2026-11-01,{n}\n", "#".repeat(n % 100 + 1))).collect();
    let rows = format!("title,date,place\n{rows}");
    let read = read(LAST, &[("news.csv", &rows)]);
    let mut ids = read.all("news", "id");
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 3000);
}

#[test]
fn very_many_deadlines_of_two_files_are_each_one() {
    let row = |day: i32| {
        let date = bulletin::model::Date::constant(2027, 1, 1).checked_add(jiff::Span::new().days(day)).expect("a day");
        format!("x,{date}\n")
    };
    let rows = |days: std::ops::Range<i32>| format!("call,date\n{}", days.map(row).collect::<String>());
    let (first, second) = (rows(0..4000), rows(2000..6000));
    let calls = ("calls.csv", "id,title\nx,Call\n");
    let config = "[[input]]\ntable = \"deadlines\"\npath = \"dates*.csv\"\n";
    let read = read(config, &[calls, ("dates1.csv", &first), ("dates2.csv", &second)]);
    assert_eq!(read.table("calls")[0]["deadlines"].as_array().map(Vec::len), Some(6000));
}

#[test]
fn an_end_is_of_the_row_that_is_right() {
    let ours = "id,title,date,start,duration\na,Conference,2026-11-01,22:00,4:00\n";
    let theirs = "id,title,date,end-date,start,end\na,Conference,2026-11-05,2026-11-06,10:00,11:00\n";
    let read = read(FIRST, &[("sessions.csv", ours), ("sessions-b.csv", theirs)]);
    let session = &read.table("sessions")[0];
    assert_eq!((session["end"].as_str(), session["end-date"].as_str()), (Some("02:00:00"), Some("2026-11-02")));
    assert!(read.codes.is_empty(), "{:?}", read.codes);
}

#[test]
fn two_that_may_be_two_stay_two() {
    let sessions = |one: &str, other: &str| -> (usize, Vec<&'static str>) {
        let head = "id,title,date,start,room,url\n";
        let (one, other) = (format!("{head}{one}\n"), format!("{head}{other}\n"));
        let read = read(LAST, &[("sessions.csv", &one), ("sessions-b.csv", &other)]);
        (read.all("sessions", "id").len(), read.codes)
    };
    let is_one = |one: &str, other: &str, expected: bool| {
        let expected = if expected { (1, vec!["matched-rows"]) } else { (2, vec!["unmatched-rows"]) };
        assert_eq!(sessions(one, other), expected, "{one} | {other}");
    };
    // One page and one title: moved, where somebody's id does not say otherwise.
    let open = "Open house,2026-11-01,09:00,R1,https://x.org/1";
    is_one(&format!("a,{open}"), &format!("b,{open}"), true);
    is_one(&format!("a,{open}"), "b,Open house,2026-12-01,14:00,R9,https://x.org/1", false);
    is_one(&format!("a,{open}"), "b,Open house,2026-11-01,14:00,R9,https://x.org/1", false);
    is_one(&format!("a,{open}"), ",Open house,2026-11-02,14:00,R9,https://x.org/1", true);
    is_one(&format!(",{open}"), ",Open house,2027-11-01,09:00,R1,https://x.org/1", false);
    // Retitled, or another one on the page of both.
    is_one(&format!("a,{open}"), "b,The open house of the library,2026-11-01,09:00,R1,https://x.org/1", true);
    is_one(&format!("a,{open}"), "b,Annual dinner,2026-11-01,09:00,R1,https://x.org/1", false);
    is_one("a,Intro to C++,2026-11-01,,,https://x.org/1", "b,Intro to C#,2026-11-01,,,https://x.org/1", false);

    let calls = |one: &str, other: &str| -> usize {
        let head = "id,title,deadline,url\n";
        let (one, other) = (format!("{head}{one}\n"), format!("{head}{other}\n"));
        read(LAST, &[("calls.csv", &one), ("calls-b.csv", &other)]).all("calls", "id").len()
    };
    let seed = "seed-2026,Seed fund,2026-11-01,https://x.org/seed";
    assert_eq!(calls(seed, "seed-2027,Seed fund,2027-11-01,https://x.org/seed"), 2);
    assert_eq!(calls(seed, "4711,Seed fund,2026-11-15,https://x.org/seed"), 1);
    let grants = "a1,Grants for artists,2026-11-01,https://x.org/funding";
    assert_eq!(calls(grants, "b7,Loans for bakeries,2026-11-01,https://x.org/funding"), 2);
}

#[test]
fn of_three_rows_all_agree_or_none_are_one() {
    let files = |second: &str, third: &str| -> Vec<String> {
        let head = "id,title,date,start,room\n";
        let (second, third) = (format!("{head}{second}\n"), format!("{head}{third}\n"));
        let first = ("sessions.csv", "id,title,date\na,Open house,2026-11-01\n");
        let read = read(LAST, &[first, ("sessions-b.csv", &second), ("sessions-c.csv", &third)]);
        read.all("sessions", "id").into_iter().map(str::to_owned).collect()
    };
    let morning = "b,Open house,2026-11-01,09:00,R1";
    assert_eq!(files(morning, "c,Open house,2026-11-01,09:00,"), ["a"]);
    assert_eq!(files(morning, "c,Open house,2026-11-01,14:00,R9"), ["a", "b", "c"]);
}

#[test]
fn records_without_an_id_are_told_apart() {
    let rows = "title,date,start,summary\nC++,2026-11-01,,One\nC#,2026-11-01,,Two\nCoffee,2026-11-01,,\n\
                Coffee,2026-11-01,10:00,\nCoffee,2026-11-01,15:00,\n";
    let read = read("", &[("sessions.csv", rows)]);
    assert_eq!(read.all("sessions", "title"), ["C++", "C#", "Coffee", "Coffee"]);
    let ids = ["c-2026-11-01", "c-2026-11-01-2", "coffee-2026-11-01", "coffee-2026-11-01-1500"];
    assert_eq!(read.all("sessions", "id"), ids);
    assert_eq!(read.all("sessions", "summary"), ["One", "Two", "", ""]);
}

#[test]
fn an_instant_stays_what_it_is() {
    let sessions =
        ("sessions.csv", "id,title,date,start,end\na,C,2026-11-01,2026-11-01T20:00:00Z,2026-11-01T21:30:00Z\n");
    let zone = ("sessions-b.csv", "id,title,timezone\na,C,Asia/Tokyo\n");
    let calls = ("calls.csv", "id,title,deadline\nc,Call,2026-11-15T17:00:00Z\nd,Local,2026-11-15 17:00\n");
    let corrections = "table,id,field,value\ncalls,c,timezone,America/New_York\ncalls,d,timezone,America/New_York\n";
    let read = read(LAST, &[sessions, zone, calls, ("corrections.csv", corrections)]);
    let session = &read.table("sessions")[0];
    let said = ["date", "start", "end", "end-date"].map(|field| session[field].as_str().unwrap_or(""));
    assert_eq!(said, ["2026-11-02", "05:00:00", "06:30:00", ""]);
    let times = [0, 1].map(|at| read.table("calls")[at]["deadlines"][0]["time"].as_str().unwrap_or("").to_owned());
    assert_eq!(times, ["12:00:00", "17:00:00"]);
}

#[test]
fn an_instant_of_a_calendar_stays_what_it_is() {
    let event = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//a//b\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTAMP:20260901T000000Z\r\n\
                 DTSTART:20261101T200000Z\r\nDTEND:20261101T213000Z\r\nSUMMARY:Call\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let corrections = ("corrections.csv", "table,id,field,value\nsessions,a,timezone,Asia/Tokyo\n");
    let read = read(LAST, &[("sessions-b.ics", event), corrections]);
    let session = &read.table("sessions")[0];
    let said = ["date", "start", "end", "end-date"].map(|field| session[field].as_str().unwrap_or(""));
    assert_eq!(said, ["2026-11-02", "05:00:00", "06:30:00", ""]);
}

#[test]
fn an_instant_stays_what_it_is_however_it_is_written() {
    let plan = "Key,Name,Day,From,To\na,Call,2026-11-01,20:00,21:30\n";
    let map = "map = { id = \"{Key}\", title = \"{Name}\", start = \"{Day}T{From}Z\", end = \"{Day}T{To}Z\" }";
    let input = format!("{LAST}\n[[input]]\ntable = \"sessions\"\npath = \"plan.csv\"\n{map}\n");
    let escaped = r#"[{"id": "a", "title": "Call", "start": "2026-11-01T21:00\u002b01:00", "end": "2026-11-01T22:30\u002b01:00",
        "agenda": [{"title": "Welcome", "start": "2026-11-01T21:10\u002b01:00"}]}]"#;
    let corrections = ("corrections.csv", "table,id,field,value\nsessions,a,timezone,Asia/Tokyo\n");
    for (config, file) in [(input.as_str(), ("plan.csv", plan)), (LAST, ("sessions.json", escaped))] {
        let read = read(config, &[file, corrections]);
        let session = &read.table("sessions")[0];
        let said = ["date", "start", "end", "end-date"].map(|field| session[field].as_str().unwrap_or(""));
        assert_eq!(said, ["2026-11-02", "05:00:00", "06:30:00", ""], "{}", file.0);
        let item = session["agenda"][0]["start"].as_str();
        assert_eq!(item, (file.0 == "sessions.json").then_some("05:10:00"));
    }
    let deadlines = r#"[{"id": "c", "title": "Call", "time": "2026-11-15T18:00\u002b01:00", "deadlines": [
        {"date": "2026-11-15"}, {"date": "2026-11-20T18:00\u002b01:00"}, {"date": "2026-11-25", "time": "18:00"}]}]"#;
    let corrections = ("corrections.csv", "table,id,field,value\ncalls,c,timezone,America/New_York\n");
    let read = read(LAST, &[("calls.json", deadlines), corrections]);
    let times: Vec<_> = read.table("calls")[0]["deadlines"].as_array().into_iter().flatten().collect();
    let times: Vec<_> = times.iter().map(|deadline| deadline["time"].as_str().unwrap_or("")).collect();
    assert_eq!(times, ["12:00:00", "12:00:00", "18:00:00"]);
}

#[test]
fn an_instant_is_kept_in_the_hour_that_comes_twice() {
    let session = ("sessions.csv", "id,title,start\na,Call,2026-10-25T01:30:00Z\n");
    let corrections = ("corrections.csv", "table,id,field,value\nsessions,a,timezone,UTC\n");
    let read = read(LAST, &[session, corrections]);
    assert_eq!(read.all("sessions", "start"), ["01:30:00"]);
}

#[test]
fn a_correction_corrects() {
    let corrected = |files: &[(&str, &str)], rows: &str| -> Read {
        let corrections = format!("table,id,field,value\n{rows}");
        read(LAST, &[files, &[("corrections.csv", corrections.as_str())]].concat())
    };
    // What holds in the place of a field goes with it.
    let call = [("calls.csv", "id,title,deadline\nx,Call,2026-11-15 17:00\n")];
    let late = corrected(&call, "calls,x,time,18:00\n");
    assert_eq!(late.table("calls")[0]["deadlines"][0]["time"], "18:00:00");
    assert!(late.codes.is_empty());
    let call = [
        ("calls.csv", "id,title\nx,Call\n"),
        ("deadlines.csv", "call,date,time\nx,2026-11-15,17:00\nx,2026-12-15,17:00\n"),
    ];
    assert_eq!(corrected(&call, "calls,x,time,18:00\n").codes, ["idle-correction"]);
    let session = [("sessions.csv", "id,title,date,start,duration\na,C,2026-11-01,09:00,1:00\n")];
    let open = corrected(&session, "sessions,a,end,-\n");
    assert_eq!(open.table("sessions")[0]["end"], Value::Null);
    assert!(open.codes.is_empty());
    let session = [("sessions.csv", "id,title,date,start,end\na,C,2026-11-01,09:00,10:00\n")];
    let still = corrected(&session, "sessions,a,duration,-\n");
    assert_eq!(still.table("sessions")[0]["end"], "10:00:00");
    assert_eq!(still.codes, ["idle-correction"]);
    // One record has one correction of a field, whichever id names it.
    let two =
        [("sessions.csv", "id,title,date\na,C,2026-11-01\n"), ("sessions-b.csv", "id,title,date\nb,C,2026-11-01\n")];
    assert!(corrected(&two, "sessions,a,room,R7\nsessions,b,room,R8\n").codes.contains(&"repeated-row"));
    let both = corrected(&two, "sessions,a,room,R7\nsessions,b,place,Ghent\n");
    assert_eq!((both.all("sessions", "room"), both.all("sessions", "place")), (vec!["R7"], vec!["Ghent"]));
    // Whoever is corrected is still found by the name that stands in the session.
    let people = [
        ("sessions.csv", "id,title,date,speakers\na,C,2026-11-01,Ann Le\n"),
        ("people.csv", "name,role\nAnn Le,Director\n"),
    ];
    let ann = corrected(&people, "people,ann-le,name,Ann Lee\n");
    // As the record says all of it, it is named by its id.
    assert_eq!(ann.table("sessions")[0]["speakers"], json!([{ "id": "ann-le" }]));
    assert_eq!(*ann.table("people"), json!([{ "id": "ann-le", "name": "Ann Lee", "role": "Director" }]));
}
