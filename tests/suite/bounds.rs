//! What a publication must not make the program do: read what lies elsewhere, wait for what never comes.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use bulletin::diagnostic::Severity;
use bulletin::error::Error;
use bulletin::pipeline::{self, Job};
use bulletin::source::Folder;

const HEAD: &str = "[edition]\ntitle = \"News\"\ndate = 2024-06-26\n[newsletter]\nfrom = \"news@example.org\"\n";

/// Makes a publication in a folder, with a file beside it that is none of its business.
fn publication(config: &str) -> tempfile::TempDir {
    let temp = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(temp.path().join("news/lists")).expect("a folder");
    fs::write(temp.path().join("news/bulletin.toml"), format!("{HEAD}{config}")).expect("written");
    fs::write(temp.path().join("secret.csv"), "id,title\nsecret,Secret\n").expect("written");
    fs::write(temp.path().join("secret.toml"), "accent = \"#000000\"\n").expect("written");
    temp
}

/// Reads a publication; gives its errors.
fn errors(folder: &Path) -> Vec<String> {
    let checked = pipeline::check(&Job::new(Folder::Disk(folder.join("news")))).expect("it can be read");
    let shown = format!("{:?}", checked.edition);
    assert!(!shown.contains("Secret"), "{shown}");
    let findings = checked.report.diagnostics().iter();
    findings.filter(|finding| finding.severity == Severity::Error).map(|finding| finding.message.clone()).collect()
}

#[test]
fn links_that_lead_out_are_told() {
    for (link, config, expected) in [
        ("calls.csv", "", "`calls.csv` leads out of the publication"),
        ("lists/calls.csv", "[[input]]\ntable = \"calls\"\npath = \"lists/*.csv\"\n", "`lists/calls.csv` leads out"),
        ("theirs.csv", "[[input]]\ntable = \"calls\"\npath = \"./theirs.csv\"\n", "`./theirs.csv` leads out"),
        ("own.toml", "[theme]\nname = \"own.toml\"\n", "`own.toml` leads out"),
        ("look.typ", "[theme]\nlook = \"look.typ\"\n", "`look.typ` leads out"),
        ("logo.png", "[publisher]\nlogo = \"logo.png\"\n", "`logo.png` cannot go into a mail"),
    ] {
        let temp = publication(config);
        symlink(temp.path().join("secret.csv"), temp.path().join("news").join(link)).expect("a link");
        let told = errors(temp.path());
        assert!(told.iter().any(|message| message.contains(expected)), "{link}: {told:?}");
    }
    // A folder that is a link leads out as well.
    let temp = publication("[[input]]\ntable = \"calls\"\npath = \"more/secret.csv\"\n");
    symlink(temp.path(), temp.path().join("news/more")).expect("a link");
    assert_eq!(errors(temp.path()), ["`more/secret.csv` leads out of the publication"]);
}

#[test]
fn a_link_inside_is_as_good_as_the_file() {
    let temp = publication("");
    fs::write(temp.path().join("news/lists/own.csv"), "id,title\na,A\n").expect("written");
    symlink("lists/own.csv", temp.path().join("news/calls.csv")).expect("a link");
    // So is a publication that is itself reached by a link.
    symlink("news", temp.path().join("again")).expect("a link");
    for folder in ["news", "again"] {
        let checked = pipeline::check(&Job::new(Folder::Disk(temp.path().join(folder)))).expect("it can be read");
        assert_eq!(checked.edition.expect("an edition").calls.len(), 1);
    }
}

#[test]
fn what_is_no_file_is_told_at_once() {
    let temp = publication("");
    let place = temp.path().join("news/calls.csv");
    let cause = || {
        let (send, receive) = std::sync::mpsc::channel();
        let job = Job::new(Folder::Disk(temp.path().join("news")));
        std::thread::spawn(move || send.send(pipeline::check(&job).map(drop)).is_ok());
        match receive.recv_timeout(Duration::from_secs(20)).expect("it does not hang") {
            Err(Error::Read { cause, .. }) => cause.to_string(),
            other => panic!("{other:?}"),
        }
    };
    fs::create_dir(&place).expect("a folder");
    assert_eq!(cause(), "it is a folder");
    fs::remove_dir(&place).expect("removed");
    assert!(Command::new("mkfifo").arg(&place).status().expect("mkfifo runs").success());
    assert_eq!(cause(), "it is a device or a pipe, not a file");
}

#[test]
fn too_many_files_are_told() {
    let input = "[[input]]\ntable = \"calls\"\npath = \"lists/*.csv\"\n";
    let told = |count: usize| {
        let names = (0..count).map(|at| format!("lists/{at}.csv"));
        let mut files: std::collections::BTreeMap<String, Vec<u8>> =
            names.map(|name| (name, b"id,title\na,A\n".to_vec())).collect();
        files.insert("bulletin.toml".to_owned(), format!("{HEAD}{input}").into_bytes());
        let checked = pipeline::check(&Job::new(Folder::Memory(files))).expect("it is in memory");
        let findings = checked.report.diagnostics().iter();
        findings.filter(|finding| finding.severity == Severity::Error).map(|finding| finding.message.clone()).collect()
    };
    let few: Vec<String> = told(3);
    assert_eq!(few, [""; 0]);
    assert_eq!(told(10_001), ["`lists/*.csv` matches more than 10000 files"]);
}
