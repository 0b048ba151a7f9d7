//! What goes with a PDF inside its file, and that the data in it can be read again.

use bulletin::artifact::Kind;
use bulletin::model::Edition;
use bulletin::pack;
use bulletin::pipeline::{self, Job};
use bulletin::source::Folder;
use serde_json::Value;

use crate::support::{cases, name, tool};

#[test]
fn data_and_calendar_can_be_taken_out() {
    let case = cases("editions").into_iter().find(|case| name(case) == "sample").expect("the case");
    let job = Job { attach: true, ..crate::editions::job(&case) };
    let built = pipeline::build(&job, &|_, _| {}).expect("the case can be read");
    let artifacts = built.artifacts.expect("no errors");
    let summary = artifacts.iter().find(|artifact| artifact.kind == Kind::Summary).expect("a summary");
    let calendar = artifacts.iter().find(|artifact| artifact.kind == Kind::Calendar).expect("a calendar");
    let folder = tempfile::tempdir().expect("a folder");
    let pdf = folder.path().join("summary.pdf");
    std::fs::write(&pdf, &summary.bytes).expect("written");
    let path = |path: &std::path::Path| path.to_str().expect("a Unicode path").to_owned();
    tool("pdfdetach", &["-saveall", "-o", &path(folder.path()), &path(&pdf)]);
    let file = |name: &str| std::fs::read(folder.path().join(name)).expect("a file");
    assert_eq!(file("calendar.ics"), calendar.bytes);
    let data = String::from_utf8(file("edition.json")).expect("UTF-8");
    assert_eq!(data, pack::data::data(&built.checked.edition.expect("an edition")));
    let about = tool("pdfinfo", &[&path(&pdf)]);
    assert!(about.contains("Tagged:          yes"), "{about}");
}

fn again(edition: &Edition, config: &str) -> String {
    let data = pack::data::data(edition);
    let tables: Value = serde_json::from_str(&data).expect("JSON");
    let mut files = vec![("bulletin.toml".to_owned(), config.as_bytes().to_vec())];
    for table in ["sessions", "calls", "news"] {
        files.push((format!("{table}.json"), tables[table].to_string().into_bytes()));
    }
    let checked = pipeline::check(&Job::new(Folder::Memory(files.into_iter().collect()))).expect("it is in memory");
    let told: Vec<_> = checked.report.diagnostics().iter().map(|one| &one.message).collect();
    pack::data::data(&checked.edition.unwrap_or_else(|| panic!("{told:?}")))
}

/// Whoever takes the data out and builds from it has the same edition.
#[test]
fn data_that_is_read_again_is_the_same() {
    for case in cases("editions") {
        let case_name = name(&case).to_owned();
        let checked = pipeline::check(&crate::editions::job(&case)).expect("the case can be read");
        let edition = checked.edition.expect("an edition");
        let quoted = |text: &str| toml::Value::from(text).to_string();
        let config = format!(
            "[edition]\ntitle = {}\nid = {}\ndate = {}\nlang = {}\ntimezone = {}\n[select]\nsince = 1900-01-01\nuntil = 9000-01-01\n",
            quoted(edition.title.as_str()),
            quoted(&edition.id),
            edition.date,
            quoted(edition.lang.tag()),
            quoted(edition.timezone.name())
        );
        let (first, second): (Value, Value) = (
            serde_json::from_str(&pack::data::data(&edition)).expect("JSON"),
            serde_json::from_str(&again(&edition, &config)).expect("JSON"),
        );
        for table in ["sessions", "calls", "news"] {
            assert_eq!(first[table], second[table], "{case_name}: {table}");
        }
    }
}
