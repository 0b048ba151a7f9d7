//! What several files say of the same records: counted, explained, and the same on data that nobody wrote for us.

use std::path::{Path, PathBuf};

use bulletin::pipeline::{self, Job};
use bulletin::source::Folder;
use serde_json::Value;

use crate::support::{bulletin, root};

/// Runs `bulletin merge`; gives what it prints.
fn merge(folder: &Path, arguments: &[&str]) -> String {
    let output = bulletin().arg("merge").arg(folder).args(arguments).output().expect("the binary runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.replace(&format!("{}/", folder.display()), "")
}

fn counts(folder: &Path) -> Value {
    let text = merge(folder, &["--message-format", "json"]);
    let mut told: Value = serde_json::from_str(&text).expect("JSON");
    told["tables"][0].take()
}

#[test]
fn two_snapshots_are_compared() {
    let folder = root().join("tests/editions/merged");
    let sessions = counts(&folder);
    assert_eq!(sessions["shared"], 2);
    assert_eq!(sessions["alone"][0]["records"], serde_json::json!(["lunch"]));
    assert_eq!(sessions["alone"][1]["records"], serde_json::json!(["closing", "party"]));
    assert_eq!(sessions["moved"], serde_json::json!(["opening"]));
    assert_eq!(sessions["retitled"], 1);
    assert_eq!(sessions["changed"]["speakers"], serde_json::json!(["labs"]));
}

#[test]
fn a_record_is_explained() {
    let folder = root().join("tests/editions/merged");
    let compare = |file: &str, text: String| {
        let path = root().join("tests/suite/merge").join(file);
        snapbox::assert_data_eq!(text, snapbox::Data::read_from(&path, Some(snapbox::data::DataFormat::Text)).raw());
    };
    compare("summary.txt", merge(&folder, &[]));
    compare("differences.txt", merge(&folder, &["--message-format", "short"]));
    let ids = ["labs", "seed", "calls/4712"];
    compare("explained.txt", ids.map(|id| merge(&folder, &["--explain", id])).join("\n"));
    compare("explained.json", merge(&folder, &["--explain", "labs", "--message-format", "json"]));
    // Any id that a row has names its record.
    assert_eq!(merge(&folder, &["--explain", "4711"]), merge(&folder, &["--explain", "calls/seed"]));
    let output = bulletin().arg("merge").arg(&folder).args(["--explain", "nobody"]).output().expect("the binary runs");
    assert_eq!(output.status.code(), Some(2));
}

/// One page may speak of several calls, and of this year's and next year's.
#[test]
fn one_page_may_be_about_several_calls() {
    let config = "[edition]\ntitle = \"N\"\ndate = 2026-05-04\n[[input]]\ntable = \"calls\"\npath = \"b.csv\"\n";
    for (first, second, count) in [
        ("Seed fund,2026-11-01", "Seed fund,2026-11-15", 1),
        ("Seed fund,2026-11-01", "Seed fund,2027-11-01", 2),
        ("Grants for artists,2026-11-01", "Loans for bakeries,2026-11-01", 2),
        ("The new seed fund for towns,2026-11-01", "The seed fund for towns,2026-11-01", 1),
    ] {
        let table = |row: &str| format!("title,deadline,url\n{row},https://fund.test/seed\n");
        let files = [("bulletin.toml", config.to_owned()), ("calls.csv", table(first)), ("b.csv", table(second))];
        let files = files.map(|(name, text)| (name.to_owned(), text.into_bytes()));
        let checked = pipeline::check(&Job::new(Folder::Memory(files.into()))).expect("a publication");
        assert_eq!(checked.edition.expect("an edition").calls.len(), count, "{first} and {second}");
    }
}

/// Gives the folder of data that nobody wrote for this project, where it is there.
fn real(name: &str) -> Option<PathBuf> {
    let data = std::env::var_os("BULLETIN_REAL_DATA").map_or_else(|| root().join("../shared/data"), PathBuf::from);
    Some(data.join(name)).filter(|folder| folder.is_dir())
}

#[test]
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn the_snapshots_of_a_large_programme_are_compared() {
    let Some(real) = real("fosdem-2026") else {
        eprintln!("skipped: there is no `fosdem-2026`; set BULLETIN_REAL_DATA to the folder that has it");
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let mut config = "[edition]\ntitle = \"F\"\ndate = 2026-02-04\ntimezone = \"Europe/Brussels\"\n".to_owned();
    config += "[merge]\nprefer = \"last\"\n";
    for file in ["2026-early-883.derived.json", "2026-final-1079.derived.json"] {
        std::fs::copy(real.join(file), folder.path().join(file)).expect("copied");
        config += &format!(
            "[[input]]\ntable = \"sessions\"\npath = \"{file}\"\nat = \"/schedule/conference/days/*/rooms/*\"\n\
             map = {{ id = \"guid\", title = \"title\", room = \"room\", date = \"date\", start = \"start\", \
             duration = \"duration\", url = \"url\", speakers = \"/persons/*/public_name\" }}\n"
        );
    }
    std::fs::write(folder.path().join("bulletin.toml"), config).expect("written");
    let sessions = counts(folder.path());
    assert_eq!(sessions["shared"], 860);
    assert_eq!(sessions["alone"][0]["count"], 23);
    assert_eq!(sessions["alone"][1]["count"], 219);
    assert_eq!(sessions["moved"].as_array().map(Vec::len), Some(63));
    assert_eq!(sessions["retitled"], 25);
}
