//! A look of the publication's own: kept in bounds, and as good as the built-in one where it behaves.

use std::collections::BTreeMap;
use std::time::Duration;

use bulletin::artifact::Artifact;
use bulletin::pipeline::{self, Built, Job};
use bulletin::source::Folder;
use bulletin::typeset::{Limits, Worker};

use crate::support::bulletin;

const CONFIG: &str = "[edition]\ntitle = \"News\"\ndate = 2024-06-26\n[newsletter]\nfrom = \"news@example.org\"\n";
/// Never ends, and does nothing else.
const ENDLESS: &str =
    "#import \"built-in.typ\": *\n#for a in range(100000) { for b in range(100000) { let c = a + b } }";

fn sessions(count: usize) -> String {
    let row = |n| format!("s{n},Session {n},held,2024-06-19,Text of {n}.\n");
    format!("id,title,status,date,summary\n{}", (1..=count).map(row).collect::<String>())
}

fn build(look: Option<&str>, count: usize, seconds: u64) -> Built {
    let mut files = BTreeMap::from([
        ("bulletin.toml".to_owned(), CONFIG.as_bytes().to_vec()),
        ("sessions.csv".to_owned(), sessions(count).into_bytes()),
    ]);
    files.extend(look.map(|look| ("templates/theme.typ".to_owned(), look.as_bytes().to_vec())));
    let worker = Worker {
        program: env!("CARGO_BIN_EXE_bulletin").into(),
        arguments: vec!["typeset".into()],
        limits: Limits { time: Duration::from_secs(seconds), ..Limits::default() },
    };
    let job = Job { worker: Some(worker), ..Job::new(Folder::Memory(files)) };
    pipeline::build(&job, &|_, _| {}).expect("nothing but the look can be wrong")
}

fn told(built: &Built) -> Vec<&str> {
    built.checked.report.diagnostics().iter().map(|one| one.message.as_str()).collect()
}

#[test]
fn a_look_that_never_ends_is_stopped_and_told_once() {
    let built = build(Some(ENDLESS), 5, 1);
    assert!(built.artifacts.is_none());
    assert_eq!(told(&built), ["the look was stopped: a document took longer than 1 s"]);
}

#[test]
fn the_command_stops_it_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    std::fs::create_dir_all(data.join("templates")).expect("a folder");
    for (name, text) in [("bulletin.toml", CONFIG), ("sessions.csv", &sessions(1)), ("templates/theme.typ", ENDLESS)] {
        std::fs::write(data.join(name), text).expect("written");
    }
    let run = bulletin().current_dir(&folder).args(["build", "--time-limit", "0.5"]).output().expect("it runs");
    let told = String::from_utf8(run.stderr).expect("UTF-8");
    assert_eq!(run.status.code(), Some(1), "{told}");
    assert!(
        told.contains("took longer than 0.5 s") && told.contains("the look is `data/templates/theme.typ`"),
        "{told}"
    );
    assert!(!told.contains("theme.typ:1"), "nobody knows the line: {told}");
    assert!(!folder.path().join("output").exists());
}

/// Documents that are set side by side in processes come out like those that are set here.
#[test]
fn a_look_that_only_builds_on_the_built_in_one_gives_the_same_bytes() {
    let bytes = |built: Built| -> Vec<Artifact> {
        let told = told(&built).join(", ");
        built.artifacts.unwrap_or_else(|| panic!("{told}"))
    };
    let own = bytes(build(Some("#import \"built-in.typ\": *\n"), 12, 30));
    assert_eq!(own, bytes(build(None, 12, 30)));
    assert_eq!(own.iter().filter(|artifact| artifact.name.ends_with(".pdf")).count(), 12);
}

#[test]
fn a_process_that_cannot_be_started_is_an_error_of_the_world() {
    let mut job = Job::new(Folder::Memory(BTreeMap::from([
        ("bulletin.toml".to_owned(), CONFIG.as_bytes().to_vec()),
        ("sessions.csv".to_owned(), sessions(1).into_bytes()),
        ("templates/theme.typ".to_owned(), b"#import \"built-in.typ\": *".to_vec()),
    ])));
    job.worker = Some(Worker { program: "no-such-program".into(), arguments: Vec::new(), limits: Limits::default() });
    let error = pipeline::build(&job, &|_, _| {}).expect_err("it cannot be started");
    assert_eq!(error.to_string(), "cannot run `no-such-program` to set a document");
}
