//! Whether time and memory stay in bounds: a million calls as CSV, a tenth of them open, then all of confs-tech.
//!
//! `cargo bench --bench scale`; prints rows a second and the most memory so far (Linux) for a quarter, a half and the
//! whole of `ROWS`, another number where one is given. The time for a row must stay the same, and the whole must take at
//! most 2 GiB. The conferences are those of `$BULLETIN_REAL_DATA`, else `../shared/data`, where they are there: checked
//! and an edition built, which must take less than a second on two cores. A sheet of `SHEET` rows is read into records,
//! each value with its cell, and held against `calamine` alone (`worksheet_range` of the same sheet, every cell visited),
//! which may take at most 1.3 times as long as that.
#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a bench looks at the clock, the disk and tells")]

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::time::Instant;

use bulletin::diagnostic::{Report, Severity};
use bulletin::model::table::Table;
use bulletin::pipeline::{self, Checked, Job};
use bulletin::read::csv::{Expected, Sheet};
use bulletin::read::{self, workbook::Workbook};
use bulletin::source::{Folder, Sources, Span};
use calamine::{DataType as _, Reader as _};

/// That of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Rows of the whole table.
const ROWS: usize = 1_000_000;

/// Rows of the sheet.
const SHEET: u32 = 50_000;

/// How often each way of reading it is measured; the best time counts.
const RUNS: usize = 7;

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

/// Writes a sheet of calls with dates and amounts as such; `odd` has formulas, links and a hidden row as well.
fn workbook(rows: u32, odd: bool) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("calls").expect("a name");
    let dates = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
    let euro = rust_xlsxwriter::Format::new().set_num_format("[$EUR] #,##0.00");
    for (column, name) in
        (0..).zip(["id", "title", "programme", "funder", "opens", "deadline", "budget", "url", "summary"])
    {
        sheet.write_string(0, column, name).expect("room");
    }
    for row in 1..=rows {
        let serial = 46_000.0 + f64::from(row % 700);
        let texts = [
            (0, format!("call-{row:06}")),
            (1, format!("Joint work: round {row}")),
            (2, "Lakeside Grants".to_owned()),
            (3, "Lakeside region".to_owned()),
            (7, format!("https://example.org/calls/{row}")),
            (8, format!("{SUMMARY} Round {row}.")),
        ];
        for (column, text) in texts {
            if column == 2 && odd {
                let formula = rust_xlsxwriter::Formula::new(format!("D{}&\" Grants\"", row + 1)).set_result(text);
                sheet.write_formula(row, column, formula).expect("room");
            } else {
                sheet.write_string(row, column, text).expect("room");
            }
        }
        sheet.write_number_with_format(row, 4, serial, &dates).expect("room");
        sheet.write_number_with_format(row, 5, serial + 90.0, &dates).expect("room");
        sheet.write_number_with_format(row, 6, f64::from(row) * 100.0, &euro).expect("room");
    }
    if odd {
        sheet.write_url(1, 1, "https://example.org/first").expect("room");
        sheet.set_row_hidden(rows).expect("a row");
    }
    book.save_to_buffer().expect("memory")
}

/// Reads a sheet as it is, then as text, then as records; each of them after the other in each run, for other programs
/// may run as well.
fn sheets() {
    for (what, odd) in [("plain", false), ("with formulas, links and a hidden row", true)] {
        let bytes = workbook(SHEET, odd);
        let plain = || {
            let mut book = calamine::Xlsx::new(std::io::Cursor::new(bytes.as_slice())).expect("a workbook");
            let range = book.worksheet_range("calls").expect("a sheet");
            let cells = range.rows().flatten().filter(|cell| !cell.is_empty()).count();
            assert!(cells > 8 * SHEET as usize);
        };
        let text = || Workbook::open(&bytes).and_then(|mut book| book.read("calls")).expect("a sheet");
        let records = || {
            let (text, grid) = text();
            let (mut report, mut sources) = (Report::default(), Sources::default());
            let id = sources.add_sheet("calls.xlsx", text, grid);
            let expected = Expected { table: Table::Calls, input: None };
            let sheet = Sheet::open(id, &sources, expected, &mut report).expect("a header");
            assert_eq!(read::all(&sheet, &mut report).len(), SHEET as usize - usize::from(odd));
        };
        let mut best = [f64::INFINITY; 3];
        for _ in 0..RUNS {
            let times = [time(plain), time(|| drop(text())), time(records)];
            best = std::array::from_fn(|way| best[way].min(times[way]));
        }
        let [plain, text, records] = best;
        println!(
            "{SHEET} rows of a sheet, {what}: calamine {plain:.3} s; as text {text:.3} s, {:.2} times; as records \
             {records:.3} s, {:.2} times",
            text / plain,
            records / plain
        );
    }
}

/// Gives how long it takes, in seconds.
fn time(run: impl FnOnce()) -> f64 {
    let began = Instant::now();
    run();
    began.elapsed().as_secs_f64()
}

fn conferences() {
    let data = std::env::var_os("BULLETIN_REAL_DATA").map_or_else(|| PathBuf::from("../shared/data"), PathBuf::from);
    if !data.join("confs-tech").is_dir() {
        println!("skipped: there is no confs-tech in `{}`", data.display());
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let config = "[edition]\ntitle = \"Calls for papers\"\ndate = 2025-01-15\n[newsletter]\n\
        from = \"news@example.org\"\n[[input]]\nformat = \"confs-tech\"\npath = \"real/**/*.json\"\n";
    std::fs::write(folder.path().join("bulletin.toml"), config).expect("written");
    copy(&data.join("confs-tech"), &folder.path().join("real"));
    let job = || Job::new(Folder::Disk(folder.path().to_owned()));
    let checked = pipeline::check(&job()).expect("it can be read");
    empty_errors(&checked);
    let began = Instant::now();
    let built = pipeline::build(&job(), &|_, _| {}).expect("it can be read");
    let time = began.elapsed().as_secs_f64();
    let (rows, files) = (built.checked.rows, built.artifacts.expect("no errors are left").len());
    let findings = built.checked.report.diagnostics().len();
    println!("confs-tech: {time:.2} s, {rows} rows, {findings} findings, {files} files");
}

/// Empties the values that are wrong: some addresses have a space.
fn empty_errors(checked: &Checked) {
    let wrong = checked.report.diagnostics().iter().filter(|found| found.severity == Severity::Error);
    let mut places: Vec<Span> = wrong.map(|found| found.labels[0].span).collect();
    places.sort_unstable();
    for place in places.into_iter().rev() {
        let path = &checked.sources.file(place.source).name;
        let text = std::fs::read_to_string(path).expect("it was read before");
        std::fs::write(path, [&text[..place.range().start], &text[place.range().end..]].concat()).expect("written");
    }
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
    sheets();
    let rows = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(ROWS);
    for part in [4, 2, 1] {
        calls(rows / part);
    }
    conferences();
}
