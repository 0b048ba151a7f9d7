//! Each folder of `tests/diagnostics` holds one mistake and what is told of it; nothing is written where it is an error.

use bulletin::diagnostic::Code;

use crate::support::{bulletin, cases, name};

#[test]
fn every_mistake_is_told_with_its_place_and_cure() {
    for case in cases("diagnostics") {
        let folder = name(&case);
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
