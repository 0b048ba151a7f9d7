//! Each folder of `tests/diagnostics` holds one mistake and what is told of it; nothing is written where it is an error.

use bulletin::artifact::Engine;
use bulletin::diagnostic::Code;

use crate::support::{bulletin, cases, name};

#[test]
fn every_mistake_is_told_with_its_place_and_cure() {
    for case in cases("diagnostics") {
        let folder = name(&case);
        if [Code::TooLarge, Code::UntoldFindings].iter().any(|code| folder == code.as_str()) {
            continue; // made by the tests below
        }
        let of_look = [Code::BadLook, Code::MissingFact].iter().any(|code| folder.starts_with(code.as_str()));
        if of_look && !cfg!(feature = "typst") {
            continue; // the other engine has no look
        }
        let output = tempfile::tempdir().expect("a folder");
        let run = bulletin()
            .current_dir(case.parent().expect("tests/diagnostics"))
            .args(["build", folder, "--output"])
            .arg(output.path().join("out"))
            .output()
            .expect("the binary runs");
        let status = run.status.code().unwrap_or_else(|| panic!("{folder}: killed"));
        let told = String::from_utf8(run.stderr).expect("UTF-8");
        let code = folder.split('.').next().unwrap_or(folder);
        assert!(told.contains(&format!("[{code}]")), "{folder}: the finding is not among these:\n{told}");
        if status != 0 {
            assert_eq!(run.stdout, b"", "{folder}");
            assert!(!output.path().join("out").exists(), "{folder}: something was written");
        }
        // The expected findings are those of Typst, which has the letters of one more script.
        let told = told.replace(Engine::default().scripts(), Engine::Typst.scripts());
        let expected = format!("exit status {status}\n\n{told}");
        snapbox::assert_data_eq!(expected, snapbox::Data::read_from(&case.join("expected.txt"), None).raw());
    }
}

#[test]
fn every_code_has_a_folder() {
    let folders: Vec<String> = cases("diagnostics").iter().map(|case| name(case).to_owned()).collect();
    for code in Code::ALL {
        assert!(
            folders.iter().any(|folder| folder.split('.').next() == Some(code.as_str())),
            "tests/diagnostics/{code} is missing"
        );
    }
    for folder in &folders {
        let code = folder.split('.').next().unwrap_or(folder);
        assert!(Code::from_name(code).is_some(), "tests/diagnostics/{folder} belongs to no code");
    }
}

/// A cell of 100 MB is told with its place, at once, and nothing is written.
#[test]
fn a_giant_cell_is_told() {
    let temp = tempfile::tempdir().expect("a folder");
    let folder = temp.path().join("too-large");
    std::fs::create_dir(&folder).expect("a folder");
    let config = "[edition]\ntitle = \"News\"\ndate = 2024-06-26\n[newsletter]\nfrom = \"news@example.org\"\n";
    std::fs::write(folder.join("bulletin.toml"), config).expect("written");
    let cell = "no end in sight ".repeat(100_000_000 / 16);
    std::fs::write(folder.join("sessions.csv"), format!("id,title,date\ns,\"{cell}\",2024-07-04\n")).expect("written");
    std::fs::write(folder.join("news.json"), format!("[{{\"title\": \"{}\"}}]\n", &cell[..2 << 20])).expect("written");
    let run = bulletin().current_dir(temp.path()).args(["build", "too-large"]).output().expect("the binary runs");
    let told = String::from_utf8(run.stderr).expect("UTF-8");
    assert_eq!(run.status.code(), Some(1), "{told}");
    let path = crate::support::root().join("tests/diagnostics/too-large/expected.txt");
    snapbox::assert_data_eq!(format!("exit status 1\n\n{told}"), snapbox::Data::read_from(&path, None).raw());
}

/// Words of all calls are read, however many there are; findings beyond the first thousand are counted.
#[test]
fn all_words_are_read_and_a_thousand_findings_told() {
    let temp = tempfile::tempdir().expect("a folder");
    let folder = temp.path().join("untold-findings");
    std::fs::create_dir(&folder).expect("a folder");
    let config = "[edition]\ntitle = \"News\"\ndate = 2024-06-26\n[newsletter]\nfrom = \"news@example.org\"\n";
    let last = "[check]\nallow = [{ code = \"doubled-word\", record = \"c1002\", reason = \"it is a song\" }]\n";
    std::fs::write(folder.join("bulletin.toml"), format!("{config}{last}")).expect("written");
    let table = |from: usize| {
        let text = |n: usize| if n < from { "A rope." } else { "It is the the rope." };
        let rows = (0..3000).map(|n| format!("c{n:04},Call number {n:04},2024-11-05,{}\n", text(n)));
        std::iter::once("id,title,deadline,summary\n".to_owned()).chain(rows).collect::<String>()
    };
    let check = |from: usize| {
        std::fs::write(folder.join("calls.csv"), table(from)).expect("written");
        let run = bulletin().current_dir(temp.path()).args(["check", "untold-findings"]).output();
        String::from_utf8(run.expect("the binary runs").stderr).expect("UTF-8")
    };
    let told = check(1500);
    let (first, end) = (told.find("\n\n").expect("findings"), told.rfind("\n\n").expect("a summary"));
    let path = crate::support::root().join("tests/diagnostics/untold-findings/expected.txt");
    let shown = format!("exit status 0\n\n{}{}", &told[..first], &told[end..]);
    snapbox::assert_data_eq!(shown, snapbox::Data::read_from(&path, None).raw());

    let off = format!("{config}[check]\ndoubled-word = \"off\"\n");
    std::fs::write(folder.join("bulletin.toml"), off).expect("written");
    assert!(!check(1500).contains("untold-findings"), "nothing is told of what is off");
    std::fs::write(folder.join("bulletin.toml"), config).expect("written");
    let told = check(2999);
    assert!(told.contains("calls.csv:3001:"), "the last of all is read: {told}");
    assert!(told.contains("1 warning"), "{told}");
}
