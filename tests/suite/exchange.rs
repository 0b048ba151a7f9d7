//! `import` and `export` as a person runs them.

use std::fs;
use std::path::Path;
use std::process::Output;

use crate::support::bulletin;

fn run(folder: &Path, arguments: &[&str]) -> Output {
    bulletin().current_dir(folder).args(arguments).output().expect("the binary runs")
}

/// Runs it and gives how it ended and what it said.
fn said(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, arguments);
    let [out, told] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).expect("UTF-8"));
    format!("exit status {}\n{out}--\n{told}", output.status.code().expect("it ended"))
}

fn text(path: &Path) -> String {
    String::from_utf8(fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))).expect("UTF-8")
}

const THEIRS: &str = "Ref.;Call name;Closes on;Region;Remark\n\
    0012;\"Seed; fund\";19 September 2024;North;\n0013;Prize;1.10.2024 17:00;South;ours\n";

#[test]
fn a_foreign_file_becomes_tables_to_go_on_with() {
    let temp = tempfile::tempdir().expect("a folder");
    let folder = temp.path();
    fs::write(folder.join("export.csv"), THEIRS).expect("written");
    let import = [
        "import",
        "export.csv",
        "-o",
        "news",
        "--table",
        "calls",
        "--date",
        "2024-06-26",
        "--timezone",
        "Europe/Oslo",
        "--map",
        "id=Ref.",
        "--map",
        "title=Call name",
        "--map",
        "deadline=Closes on",
        "--map",
        "tags=Region",
    ];
    snapbox::assert_data_eq!(
        said(folder, &import),
        snapbox::str![[r#"
exit status 0
news/calls.csv
news/bulletin.toml
--
0 sessions, 2 calls, 0 news, 0 people from 1 file

"#]]
    );
    snapbox::assert_data_eq!(
        text(&folder.join("news/calls.csv")).replace("\r\n", "\n").replace('\u{FEFF}', "<BOM>"),
        snapbox::str![[r#"
<BOM>id,title,deadline,tags
0012,Seed; fund,2024-09-19,North
0013,Prize,2024-10-01 17:00,South

"#]]
    );
    snapbox::assert_data_eq!(
        text(&folder.join("news/bulletin.toml")),
        snapbox::file!["cli/import-bulletin.toml": Text].raw()
    );
    assert!(run(folder, &["check", "news"]).status.success());

    // What a person wrote since is not lost.
    fs::write(folder.join("news/calls.csv"), "id,title\nmine,Mine\n").expect("written");
    let again = said(folder, &import);
    assert!(again.starts_with("exit status 2") && again.contains("exists already; nothing was written"), "{again}");
    assert!(text(&folder.join("news/calls.csv")).contains("Mine"));
    fs::write(folder.join("news/bulletin.toml"), "[edition]\ntitle = \"Mine\"\ndate = 2024-06-26\n").expect("written");
    assert!(run(folder, &[&import[..], &["--force"]].concat()).status.success());
    assert!(text(&folder.join("news/calls.csv")).contains("Seed"));
    assert!(text(&folder.join("news/bulletin.toml")).contains("Mine"));
}

#[test]
fn an_import_keeps_instants_in_the_zone_of_the_publication() {
    let temp = tempfile::tempdir().expect("a folder");
    let folder = temp.path();
    fs::create_dir(folder.join("news")).expect("a folder");
    let config = "[edition]\ntitle = \"Mine\"\ndate = 2024-06-26\ntimezone = \"Europe/Oslo\"\n";
    fs::write(folder.join("news/bulletin.toml"), config).expect("written");
    fs::write(folder.join("sessions.json"), r#"[{"title": "T", "start": "2024-07-01T10:00:00Z"}]"#).expect("written");
    assert!(run(folder, &["import", "sessions.json", "-o", "news"]).status.success());
    let expected = "\u{FEFF}id,title,date,start\r\nt-2024-07-01,T,2024-07-01,12:00\r\n";
    assert_eq!(text(&folder.join("news/sessions.csv")), expected);
}

/// Whoever corrects the zone of the publication then changes no instant.
#[test]
fn an_import_keeps_the_hours_of_instants() {
    let temp = tempfile::tempdir().expect("a folder");
    let folder = temp.path();
    let sessions = r#"[{"title": "T", "start": "2024-07-01T10:00:00+08:00", "end": "2024-07-01T04:00:00Z"},
        {"title": "U", "start": "2024-07-01T10:00:00Z", "timezone": "Europe/Oslo"}, {"title": "V", "start": "2024-07-01 10:00"},
        {"title": "W", "start": "2024-07-01T23:30:00+01:00", "duration": 45},
        {"title": "X", "start": "2024-07-01T09:00:00-05:00", "duration": "1:30"}]"#;
    fs::write(folder.join("sessions.json"), sessions).expect("written");
    let calls = r#"[{"id": "c", "title": "C", "deadline": "2024-12-01T23:30:00-05:00"}, {"id": "d", "title": "D", "deadlines": [
        {"label": "first", "date": "2024-12-01T17:00:00+01:00"}, {"label": "last", "date": "2025-06-01T17:00:00+02:00"}]}]"#;
    fs::write(folder.join("calls.json"), calls).expect("written");
    assert!(run(folder, &["import", "sessions.json", "calls.json", "-o", "news"]).status.success());
    let rows = |name: &str| text(&folder.join("news").join(name)).trim_start_matches('\u{FEFF}').replace("\r\n", "\n");
    assert_eq!(
        rows("sessions.csv"),
        "id,title,date,start,end,duration,end-date,timezone\nt-2024-07-01,T,2024-07-01,10:00,12:00,,,UTC+08:00\n\
         u-2024-07-01,U,2024-07-01,12:00,,,,Europe/Oslo\nv-2024-07-01,V,2024-07-01,10:00,,,,\n\
         w-2024-07-01,W,2024-07-01,23:30,00:15,0:45,2024-07-02,UTC+01:00\n\
         x-2024-07-01,X,2024-07-01,09:00,10:30,1:30,,UTC-05:00\n"
    );
    assert_eq!(rows("calls.csv"), "id,title,deadline,timezone\nc,C,2024-12-01 23:30,UTC-05:00\nd,D,,\n");
    assert_eq!(
        rows("deadlines.csv"),
        "call,label,date,time,timezone\nd,first,2024-12-01,17:00,UTC+01:00\nd,last,2025-06-01,17:00,UTC+02:00\n"
    );
}

/// A spreadsheet seldom says the zone of its hours: nobody is to print those of another town unseen.
#[test]
fn an_import_tells_that_hours_are_taken_for_utc() {
    let temp = tempfile::tempdir().expect("a folder");
    let folder = temp.path();
    let note = "times without a zone are taken for UTC; correct `timezone` in";
    for (name, row, options, told) in [
        ("bare", r#"{"title": "T", "start": "2024-07-01 10:00"}"#, &[][..], true),
        ("day", r#"{"title": "T", "date": "2024-07-01"}"#, &[], false),
        ("own", r#"{"title": "T", "start": "2024-07-01 10:00", "timezone": "Europe/Oslo"}"#, &[], false),
        ("stated", r#"{"title": "T", "start": "2024-07-01 10:00"}"#, &["--timezone", "Europe/Oslo"], false),
    ] {
        fs::write(folder.join("sessions.json"), format!("[{row}]")).expect("written");
        let said = said(folder, &[&["import", "sessions.json", "-o", name], options].concat());
        assert_eq!(said.contains(note), told, "{name}: {said}");
    }
}

#[test]
fn what_cannot_be_imported_is_told_and_nothing_is_written() {
    let temp = tempfile::tempdir().expect("a folder");
    let folder = temp.path();
    fs::write(folder.join("calls.csv"), "id,title,deadline\na,A,2024-02-30\n").expect("written");
    fs::write(folder.join("export.csv"), THEIRS).expect("written");
    for (arguments, expected) in [
        (&["calls.csv"][..], "calls.csv:2:5"),
        (&["calls.csv", "--map", "titel=title"], "`calls` has no field `titel`"),
        (&["calls.csv", "--map", "title"], "write a field of ours"),
        (&["export.csv"], "an `[[input]]` has no `table`"),
        (&["no-such.csv", "--table", "news"], "cannot read `no-such.csv`"),
        (&[".", "--table", "news"], "it is a folder"),
        #[cfg(unix)]
        (&["/dev/zero", "--table", "news"], "it is a device or a pipe"),
    ] {
        let said = said(folder, &[&["import", "-o", "news"], arguments].concat());
        assert!(!said.starts_with("exit status 0") && said.contains(expected), "{arguments:?}: {said}");
        assert!(!folder.join("news").exists(), "{arguments:?}");
    }
}

#[test]
fn a_publication_is_written_back() {
    let temp = tempfile::tempdir().expect("a folder");
    let folder = temp.path();
    assert!(run(folder, &["init", "news"]).status.success());
    for (form, names) in [
        ("csv", "agenda.csv calls.csv key-messages.csv news.csv people.csv sessions.csv"),
        ("json", "calls.json news.json people.json sessions.json"),
        ("xlsx", "tables.xlsx"),
    ] {
        let arguments = ["export", "news", "-o", form, "--format", form];
        let output = run(folder, &arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let mut written: Vec<String> = fs::read_dir(folder.join(form))
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name().into_string().expect("Unicode"))
            .collect();
        written.sort();
        assert_eq!(written.join(" "), names);
        let bytes = || -> Vec<Vec<u8>> {
            written.iter().map(|name| fs::read(folder.join(form).join(name)).expect("a file")).collect()
        };
        let first = bytes();
        assert_eq!(run(folder, &arguments).status.code(), Some(2), "nothing is overwritten");
        assert!(run(folder, &[&arguments[..], &["--force"]].concat()).status.success());
        assert_eq!(first, bytes(), "same input, same bytes");
    }
    // What comes back from the office is what went there.
    assert!(
        run(folder, &["import", "xlsx/tables.xlsx", "-o", "back", "--timezone", "Europe/Brussels"]).status.success()
    );
    for name in ["agenda.csv", "calls.csv", "key-messages.csv", "news.csv", "people.csv", "sessions.csv"] {
        assert_eq!(text(&folder.join("back").join(name)), text(&folder.join("csv").join(name)));
    }
    let shown = run(folder, &["export", "news", "-o", "shown", "--edition", "--today", "2030-01-01"]);
    assert!(shown.status.success());
    assert!(!folder.join("shown/calls.csv").exists(), "all calls are closed then");
    let into_itself = said(folder, &["export", "news", "-o", "news"]);
    assert!(into_itself.contains("would be read twice"), "{into_itself}");
}

/// What overrides the dates of a call is written back, also of one that no edition shows.
#[test]
fn the_status_of_a_call_is_written_back() {
    let temp = tempfile::tempdir().expect("a folder");
    let states = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/editions/states");
    let states = states.to_str().expect("Unicode");
    assert!(run(temp.path(), &["export", states, "-o", "csv"]).status.success());
    let calls = text(&temp.path().join("csv/calls.csv"));
    let rows: Vec<&str> = calls.lines().collect();
    for (id, status) in
        [("withdrawn", "withdrawn"), ("suspended", "suspended"), ("closed-early", "closed"), ("winter", "")]
    {
        let row = rows.iter().find(|row| row.starts_with(&format!("{id},"))).expect("a row");
        assert_eq!(row.rsplit(',').next(), Some(status), "{row}");
    }
}

/// What is written together with tables of a former run would be read together with them.
#[test]
fn tables_of_a_former_run_are_not_read_again() {
    let temp = tempfile::tempdir().expect("a folder");
    let folder = temp.path();
    let config = "[edition]\ntitle = \"News\"\ndate = 2024-06-26\n";
    fs::create_dir(folder.join("news")).expect("a folder");
    fs::write(folder.join("news/bulletin.toml"), config).expect("written");
    fs::write(folder.join("news/calls.csv"), "id,title\na,A\n").expect("written");
    let deadlines = "call,date,label\na,2024-09-01,first\na,2024-10-01,second\n";
    fs::write(folder.join("news/deadlines.csv"), deadlines).expect("written");
    let export = ["export", "news", "-o", "out"];
    assert!(run(folder, &export).status.success());
    assert!(folder.join("out/deadlines.csv").exists());
    fs::remove_file(folder.join("news/deadlines.csv")).expect("removed");
    fs::write(folder.join("news/calls.csv"), "id,title,deadline\na,A,2024-10-01\n").expect("written");
    for arguments in [
        &[&export[..], &["--force"]].concat()[..],
        &["export", "news", "-o", "out", "--format", "xlsx"],
        &["import", "news/calls.csv", "-o", "out", "--force"],
    ] {
        let said = said(folder, arguments);
        assert!(said.starts_with("exit status 2") && said.contains("is not written anew"), "{arguments:?}: {said}");
        assert!(folder.join("out/deadlines.csv").exists(), "{arguments:?}");
    }
    fs::remove_file(folder.join("out/deadlines.csv")).expect("removed");
    assert!(run(folder, &[&export[..], &["--force"]].concat()).status.success());
    // Other tables of the publication into which something is imported stay as they are.
    fs::write(folder.join("out/people.csv"), "id,name\nann,Ann\n").expect("written");
    assert!(run(folder, &["import", "news/calls.csv", "-o", "out", "--force"]).status.success());
    assert!(folder.join("out/people.csv").exists());
}

#[test]
fn an_import_states_what_nobody_is_to_guess() {
    let temp = tempfile::tempdir().expect("a folder");
    let folder = temp.path();
    // An old Mac wrote it.
    fs::write(folder.join("calls.csv"), b"A;B\n1;2\nid;title;budget\na;M\x9Fnchen;EUR 1500,50\n").expect("written");
    let plain = said(folder, &["import", "calls.csv", "-o", "guessed"]);
    assert!(
        plain.contains("`--encoding ") && plain.contains("`--header 3`") && !plain.contains("[[input]]"),
        "{plain}"
    );
    let stated = ["--encoding", "macintosh", "--header", "3", "--input-separator", ";", "--decimal", ","];
    let said = said(folder, &[&["import", "calls.csv", "-o", "stated"], &stated[..]].concat());
    assert!(said.starts_with("exit status 0") && !said.contains("note"), "{said}");
    let calls = text(&folder.join("stated/calls.csv"));
    assert!(calls.contains("München") && calls.contains("1500.50"), "{calls}");
}

#[test]
fn an_import_of_nothing_is_an_error() {
    let temp = tempfile::tempdir().expect("a folder");
    let folder = temp.path();
    fs::write(folder.join("calls.csv"), "id,title\n").expect("written");
    let said = said(folder, &["import", "calls.csv", "-o", "news"]);
    assert!(said.starts_with("exit status 1") && said.contains("there is no record in these files"), "{said}");
    assert!(!folder.join("news").exists());
}
