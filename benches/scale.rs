//! Whether time and memory stay in bounds: a million calls as CSV, a tenth of them open, then all of confs-tech.
//!
//! `cargo bench --bench scale`; prints rows a second and the most memory so far (Linux) for a quarter, a half and the
//! whole of `ROWS`, another number where one is given. The time for a row must stay the same, and the whole must take at
//! most 2 GiB. The conferences are those of `$BULLETIN_REAL_DATA`, else `../shared/data`, where they are there: checked
//! and an edition built, which must take less than a second on two cores.
#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a bench looks at the clock, the disk and tells")]

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::time::Instant;

use bulletin::artifact::Kind;
use bulletin::diagnostic::Severity;
use bulletin::pipeline::{self, Job};
use bulletin::source::Folder;

/// Rows of the whole table.
const ROWS: usize = 1_000_000;

const SUMMARY: &str = "Pays for the first year of joint work between those who make and those who use, from the plan to \
    the first delivery; half of the partners must be small or new to the programme.";

/// Writes a table of calls of which every tenth is open on the day of the edition.
fn write_calls(folder: &Path, rows: usize) {
    let config = "[edition]\ntitle = \"Calls\"\ndate = 2026-06-01\n";
    std::fs::write(folder.join("bulletin.toml"), config).expect("written");
    let mut file = BufWriter::new(File::create(folder.join("calls.csv")).expect("a file"));
    writeln!(file, "id,title,programme,funder,opens,deadline,budget,url,summary").expect("written");
    let mut line = String::new();
    for row in 0..rows {
        let (month, day, year) = (1 + row % 12, 1 + row % 28, if row % 10 == 0 { 2027 } else { 2025 });
        line.clear();
        let _ = writeln!(
            line,
            "call-{row:07},\"Joint work, round {row}\",Lakeside Grants,Lakeside region,2025-{month:02}-{day:02},\
             {year}-{month:02}-{day:02},EUR {} 500 000,https://example.org/calls/{row},\"{SUMMARY}\"",
            1 + row % 9,
        );
        file.write_all(line.as_bytes()).expect("written");
    }
}

/// Gives the most memory that this process ever had, in MiB (proc(5)); nothing on other systems.
fn peak() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches(" kB").trim().parse::<usize>().ok()? / 1024)
}

fn calls(rows: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    write_calls(folder.path(), rows);
    let began = Instant::now();
    let checked = pipeline::check(&Job::new(Folder::Disk(folder.path().to_owned()))).expect("it can be read");
    let time = began.elapsed().as_secs_f64();
    assert_eq!(checked.report.count(Severity::Error), 0, "the table is sound");
    assert_eq!(checked.edition.expect("an edition").calls.len(), rows.div_ceil(10));
    let memory = peak().map_or("unknown".to_owned(), |mib| format!("{mib} MiB"));
    println!("{rows:>9} calls: {time:.2} s, {:.0} rows a second, at most {memory}", rows as f64 / time);
}

fn conferences() {
    let data = std::env::var_os("BULLETIN_REAL_DATA").map_or_else(|| PathBuf::from("../shared/data"), PathBuf::from);
    if !data.join("confs-tech").is_dir() {
        println!("skipped: there is no confs-tech in `{}`", data.display());
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let config = "[edition]\ntitle = \"Calls for papers\"\ndate = 2025-01-15\n[newsletter]\n\
        from = \"news@example.org\"\n[[input]]\ntable = \"calls\"\npath = \"real/**/*.json\"\n\
        map = { title = \"name\", deadline = \"cfpEndDate\", url = \"cfpUrl\" }\n";
    std::fs::write(folder.path().join("bulletin.toml"), config).expect("written");
    copy(&data.join("confs-tech"), &folder.path().join("real"));
    let job = Job { only: vec![Kind::Newsletter], ..Job::new(Folder::Disk(folder.path().to_owned())) };
    let began = Instant::now();
    let built = pipeline::build(&job, &|_, _| {}).expect("it can be read");
    let time = began.elapsed().as_secs_f64();
    let files = built.artifacts.map_or(0, |artifacts| artifacts.len());
    println!("confs-tech: {time:.2} s, {} findings, {files} files", built.checked.report.diagnostics().len());
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let place = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &place);
        } else {
            std::fs::copy(&path, &place).expect("copied");
        }
    }
}

fn main() {
    let rows = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(ROWS);
    for part in [4, 2, 1] {
        calls(rows / part);
    }
    conferences();
}
