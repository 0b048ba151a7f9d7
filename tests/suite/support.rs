//! What the tests share: folders of cases, publications in memory, the binary.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use bulletin::artifact::Artifact;
use bulletin::pipeline::{self, Built, Job};
use bulletin::source::Folder;

/// Gives the project's folder.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Lists the folders in `tests/<name>`, sorted.
pub fn cases(name: &str) -> Vec<PathBuf> {
    let folder = root().join("tests").join(name);
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut cases: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).filter(|p| p.is_dir()).collect();
    cases.sort();
    assert!(!cases.is_empty(), "tests/{name} has no case");
    cases
}

/// Gives the last part of a path.
pub fn name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).expect("a Unicode name")
}

/// Starts the binary, without colours.
pub fn bulletin() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bulletin"));
    command.arg("--color=never");
    command
}

/// Builds a publication that lies in memory.
pub fn build(files: &[(&str, &str)]) -> Built {
    let files: BTreeMap<String, Vec<u8>> =
        files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
    pipeline::build(&Job::new(Folder::Memory(files)), &|_, _| {}).expect("nothing but the data can be wrong")
}

/// Gives the artifacts of a publication in memory that has no errors.
pub fn artifacts(files: &[(&str, &str)]) -> Vec<Artifact> {
    let built = build(files);
    built.artifacts.unwrap_or_else(|| panic!("errors: {:#?}", built.checked.report.diagnostics()))
}

/// Runs a tool from outside on a file; it is installed by `tests/run`.
pub fn tool(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program)
        .args(arguments)
        .output()
        .unwrap_or_else(|error| panic!("`{program}` cannot be run ({error}); `tests/run` installs it"));
    assert!(output.status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}
