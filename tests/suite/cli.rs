//! The binary: what it says of itself, where it writes, how it ends.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::support::{bulletin, root};

fn run(arguments: &[&str]) -> Output {
    bulletin().args(arguments).current_dir(root()).output().expect("the binary runs")
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A small publication in a new folder.
fn publication() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    assert!(bulletin().arg("init").arg(&data).output().expect("the binary runs").status.success());
    folder
}

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_file())
        .map(|path| (path.display().to_string(), fs::read(&path).expect("a file")))
        .collect();
    files.sort();
    files
}

#[test]
fn help_is_as_expected() {
    for command in
        ["", "init", "import", "check", "build", "merge", "export", "explain", "schema", "completions", "man"]
    {
        if command == "build" && bulletin::artifact::Engine::default() != bulletin::artifact::Engine::Typst {
            continue; // without Typst some options are not there
        }
        let arguments: Vec<&str> = [command, "--help"].into_iter().filter(|word| !word.is_empty()).collect();
        let output = run(&arguments);
        assert!(output.status.success());
        let file = format!("help{}{command}.txt", if command.is_empty() { "" } else { "-" });
        let path = root().join("tests/suite/cli").join(file);
        snapbox::assert_data_eq!(said(&output), snapbox::Data::read_from(&path, None).raw());
    }
}

#[test]
fn init_check_and_build_follow_on_each_other() {
    let folder = publication();
    let (data, out) = (folder.path().join("data"), folder.path().join("out"));
    let check = bulletin().arg("check").arg(&data).arg("--strict").output().expect("the binary runs");
    assert!(check.status.success(), "{}", told(&check));
    assert_eq!(said(&check), "");
    let build = bulletin().arg("build").arg(&data).arg("--output").arg(&out).output().expect("the binary runs");
    assert!(build.status.success(), "{}", told(&build));
    let paths: Vec<String> = said(&build).lines().map(str::to_owned).collect();
    let mut written: Vec<String> = files(&out).into_iter().map(|(path, _)| path).collect();
    written.sort();
    let mut named = paths.clone();
    named.sort();
    assert_eq!(named, written);
    assert!(paths.iter().any(|path| path.ends_with("newsletter.eml")));

    let again = bulletin().arg("init").arg(&data).output().expect("the binary runs");
    assert_eq!(again.status.code(), Some(2));
    assert!(told(&again).contains("exists already; nothing was written"), "{}", told(&again));
}

/// Every key that the new `bulletin.toml` shows in a comment is right once the comment is taken away.
#[test]
fn what_a_new_publication_shows_in_comments_works() {
    let folder = publication();
    let (data, out) = (folder.path().join("data"), folder.path().join("out"));
    let config = fs::read_to_string(data.join("bulletin.toml")).expect("a file");
    let is_key = |line: &str| {
        let key = line.split(" = ").next().filter(|key| key.len() < line.len());
        line.starts_with('[') || key.is_some_and(|key| key.chars().all(|c| c.is_ascii_lowercase() || c == '-'))
    };
    let (mut keys, mut whole) = (Vec::new(), String::new());
    for line in config.lines() {
        let shown = line.strip_prefix("# ").filter(|line| is_key(line));
        keys.extend(shown.and_then(|line| line.split(" = ").next()));
        whole += &format!("{}\n", shown.unwrap_or(line));
    }
    for key in ["fallback", "[merge]", "prefer", "match", "apart", "[[input]]", "format", "map"] {
        assert!(keys.contains(&key), "{key} is not shown");
    }
    fs::write(data.join("bulletin.toml"), whole).expect("written");
    fs::copy(root().join("tests/editions/pictures/logo.png"), data.join("logo.png")).expect("copied");
    fs::write(data.join("theme.typ"), "#import \"built-in.typ\": *\n").expect("written");
    fs::create_dir(data.join("exports")).expect("a folder");
    fs::copy(root().join("tests/editions/feeds/news.rss"), data.join("exports/blog.xml")).expect("copied");
    let calls = "Ref.,Call name,Closes on,Web page,Region\nx,Orchard fund,2026-12-01,https://example.org/x,Lakeside\n";
    fs::write(data.join("exports/calls.csv"), calls).expect("written");
    // The sheets that it asks for, one for each speaker, are made by Typst alone.
    let only: &[&str] = if cfg!(feature = "typst") { &[] } else { &["--only", "handout,newsletter,calendar"] };
    let mut build = bulletin();
    let build = build.arg("build").arg(&data).arg("--output").arg(&out).args(only).output().expect("the binary runs");
    // No such finding is made, so the example of an allowance allows nothing; of a part of the files that is not told.
    let said = told(&build);
    let warned = if only.is_empty() { said.trim_end().ends_with("\n1 warning") } else { !said.contains("warning") };
    assert!(build.status.success() && warned, "{said}");
    let calendar = fs::read_to_string(out.join("calendar.ics")).expect("a calendar");
    assert!(calendar.contains("SUMMARY"), "{calendar}");
    for file in ["handout.pdf", "newsletter.eml"] {
        assert!(out.join(file).exists(), "{file} is missing: {}", told(&build));
    }
}

#[test]
fn only_makes_what_it_names() {
    let folder = publication();
    let out = folder.path().join("out");
    let build = bulletin()
        .arg("build")
        .arg(folder.path().join("data"))
        .arg("--output")
        .arg(&out)
        .args(["--only", "calendar"])
        .output()
        .expect("the binary runs");
    assert!(build.status.success());
    assert_eq!(files(&out).len(), 1);
}

#[test]
fn an_error_in_the_data_ends_with_1_and_leaves_the_former_files() {
    let folder = publication();
    let (data, out) = (folder.path().join("data"), folder.path().join("out"));
    let build = || bulletin().arg("build").arg(&data).arg("--output").arg(&out).output().expect("the binary runs");
    assert!(build().status.success());
    let before = files(&out);
    fs::write(data.join("calls.csv"), "id,title,deadline\na,A,2024-02-30\nb,,soon\n").expect("written");
    let failed = build();
    assert_eq!(failed.status.code(), Some(1));
    assert_eq!(said(&failed), "");
    for place in ["calls.csv:2:5", "calls.csv:3:1", "calls.csv:3:4", "3 errors"] {
        assert!(told(&failed).contains(place), "{place} is missing in:\n{}", told(&failed));
    }
    assert_eq!(files(&out), before);
}

#[test]
fn who_stands_in_the_folder_is_told_how_it_is_named() {
    let folder = publication();
    let output = bulletin().arg("check").current_dir(folder.path().join("data")).output().expect("the binary runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(told(&output).ends_with("help: there is a `bulletin.toml` in this folder: name it by a point, `.`\n"));
}

#[test]
fn what_cannot_be_done_ends_with_2_and_one_sentence() {
    let folder = publication();
    let data = folder.path().join("data");
    fs::write(folder.path().join("file"), "").expect("written");
    let below_a_file = folder.path().join("file/out");
    for (arguments, sentence) in [
        (
            vec!["build", "no-such-folder"],
            "error: there is no `no-such-folder/bulletin.toml`; name the folder of a publication",
        ),
        (
            vec!["build", data.to_str().expect("Unicode"), "-o", below_a_file.to_str().expect("Unicode")],
            "nothing was changed: not a directory",
        ),
        (vec!["explain", "no-such-code"], "there is no finding `no-such-code`; `bulletin explain` lists all"),
        (vec!["schema", "no-such-table"], "there is no table `no-such-table`"),
        (vec!["build", "--lang", "xx"], "it is one of en, de, fr"),
    ] {
        let output = run(&arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(told(&output).contains(sentence), "{arguments:?}: {}", told(&output));
        assert_eq!(said(&output), "");
    }
}

/// Runs a build that may write no file larger than 16 KiB, as on a disk that is full.
#[cfg(unix)]
fn build_on_a_full_disk(data: &Path, out: &Path, signal: &str) -> Output {
    let script = format!("{signal} ulimit -f 16; exec \"$0\" --color=never build \"$1\" --output \"$2\"");
    Command::new("bash")
        .args(["-c", &script, env!("CARGO_BIN_EXE_bulletin")])
        .args([data, out])
        .stdin(Stdio::null())
        .output()
        .expect("bash runs")
}

#[test]
#[cfg(unix)]
fn a_full_disk_or_a_kill_leaves_the_former_files_whole() {
    let folder = publication();
    let (data, out) = (folder.path().join("data"), folder.path().join("out"));
    assert!(bulletin().arg("build").arg(&data).arg("--output").arg(&out).output().expect("it runs").status.success());
    let before = files(&out);
    let config = fs::read_to_string(data.join("bulletin.toml")).expect("text");
    fs::write(data.join("bulletin.toml"), config.replace("news for members", "quite other news")).expect("written");

    let full = build_on_a_full_disk(&data, &out, "trap '' XFSZ;");
    assert_eq!(full.status.code(), Some(2), "{}", told(&full));
    assert!(told(&full).contains("nothing was changed: file too large"), "{}", told(&full));
    assert_eq!(files(&out), before);
    assert_eq!(fs::read_dir(&out).expect("a folder").count(), before.len(), "nothing is left beside them");

    let killed = build_on_a_full_disk(&data, &out, "");
    assert_eq!(killed.status.code(), None, "the limit kills: {}", told(&killed));
    assert_eq!(files(&out), before);
}

#[test]
fn findings_have_forms_for_programs() {
    let folder = publication();
    let data = folder.path().join("data");
    fs::write(data.join("calls.csv"), "id,title,deadline\na,A,2024-02-30\n").expect("written");
    let check = |form: &str| {
        bulletin()
            .current_dir(folder.path())
            .args(["check", "data", "--message-format", form])
            .output()
            .expect("the binary runs")
    };
    snapbox::assert_data_eq!(
        told(&check("short")),
        snapbox::str![[r#"
data/calls.csv:2:5: error[bad-date]: `deadline` is not a date (2024-02 has 29 days)
1 error

"#]]
    );
    snapbox::assert_data_eq!(said(&check("json")), snapbox::file!["cli/findings.json"].raw());
    let sarif: serde_json::Value = serde_json::from_str(&said(&check("sarif"))).expect("JSON");
    assert_eq!(sarif["version"], "2.1.0");
    assert_eq!(sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"], 2);
    let rule = sarif["runs"][0]["results"][0]["ruleIndex"].as_u64().expect("an index");
    let rule = usize::try_from(rule).expect("small");
    assert_eq!(sarif["runs"][0]["tool"]["driver"]["rules"][rule]["id"], "bad-date");
}

#[test]
fn every_code_is_explained() {
    let list = said(&run(&["explain"]));
    for code in bulletin::diagnostic::Code::ALL {
        assert!(list.contains(code.as_str()));
        let page = said(&run(&["explain", code.as_str()]));
        assert!(page.contains("bad ") && page.contains("good "), "{code} has no bad and good example");
    }
}

#[test]
fn completions_manual_and_schemas_are_printed() {
    assert!(said(&run(&["completions", "bash"])).contains("_bulletin()"));
    assert!(said(&run(&["man"])).contains(".TH bulletin 1"));
    assert!(said(&run(&["man", "build"])).contains("Write the files here"));
    for table in ["sessions", "calls", "bulletin.toml"] {
        let schema: serde_json::Value = serde_json::from_str(&said(&run(&["schema", table]))).expect("JSON");
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    }
    assert_eq!(
        said(&run(&["schema", "people", "--csv"])),
        "id,name,role,organisation,url,email,phone,notes,public,updated,lang\n"
    );
}
