//! How fast a large table is read: 100,000 calls, against the plain `csv` crate with `serde`.
//!
//! The baseline takes each row into a struct of borrowed text and believes all of it. The program also remembers the
//! place of each cell, checks dates, amounts and addresses, and merges the rows; the distance between the two is what
//! that costs. Run it with `cargo bench --bench reading`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::hint::black_box;

use bulletin::pipeline::{self, Job};
use bulletin::source::Folder;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use serde::Deserialize;

/// Rows in the table.
const ROWS: usize = 100_000;

const PROGRAMMES: [&str; 5] =
    ["Capacity Building", "Digital Transition", "Green Business", "Skills and Training", "Regional Innovation"];
const FUNDERS: [&str; 4] = ["Lakeside region", "Ministry of the Environment", "Research Council", "Crafts Foundation"];

const SUMMARY: &str = "Pays for the first year of joint work between \"those who make\" and those who use, \
    from the plan to the first delivery; half of the partners must be small or new to the programme, and at least \
    two of them come from another country.";

/// Writes a table of calls like those in a funder's export: quoted prose, two forms of dates, grouped amounts.
fn calls(rows: usize) -> String {
    let mut text = String::with_capacity(rows * 360);
    text.push_str("id,title,programme,funder,opens,deadline,budget,url,summary\n");
    for row in 0..rows {
        let (month, day) = (1 + row % 12, 1 + row % 28);
        let programme = PROGRAMMES[row % PROGRAMMES.len()];
        let funder = FUNDERS[row % FUNDERS.len()];
        let summary = SUMMARY.replace('"', "\"\"");
        let _ = writeln!(
            text,
            "call-{row:06},\"{programme}: round {row}\",{programme},{funder},2026-{month:02}-{day:02},\
             {day}.{month}.2027,EUR {} 500 000,https://example.org/calls/{row},\"{summary}\"",
            1 + row % 9,
        );
    }
    text
}

/// A row, as the baseline takes it.
#[derive(Deserialize)]
struct Row<'a> {
    id: &'a str,
    title: &'a str,
    programme: &'a str,
    funder: &'a str,
    opens: &'a str,
    deadline: &'a str,
    budget: &'a str,
    url: &'a str,
    summary: &'a str,
}

/// Reads the table with `csv` and `serde`; gives the bytes of its cells.
fn plain(text: &str) -> usize {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let names = reader.headers().expect("a header").clone();
    let mut record = csv::StringRecord::new();
    let mut bytes = 0;
    while reader.read_record(&mut record).expect("a sound table") {
        let row: Row<'_> = record.deserialize(Some(&names)).expect("nine cells");
        bytes += row.id.len() + row.title.len() + row.programme.len() + row.funder.len();
        bytes += row.opens.len() + row.deadline.len() + row.budget.len() + row.url.len() + row.summary.len();
    }
    bytes
}

/// The same table as a publication, in memory.
fn job(text: &str) -> Job {
    let head = "[edition]\ntitle = \"Calls\"\ndate = 2026-06-01\n";
    let files = [("bulletin.toml", head), ("calls.csv", text)];
    let files = files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
    Job::new(Folder::Memory(BTreeMap::from(files)))
}

fn reading(criterion: &mut Criterion) {
    let text = calls(ROWS);
    let mut group = criterion.benchmark_group("reading");
    group.sample_size(10).throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("csv and serde", |bencher| bencher.iter(|| plain(black_box(&text))));
    let job = job(&text);
    let checked = pipeline::check(&job).expect("the files are in memory");
    assert!(checked.report.diagnostics().is_empty(), "the table is sound");
    group.bench_function("bulletin check", |bencher| bencher.iter(|| pipeline::check(black_box(&job))));
    group.finish();
}

criterion_group!(benches, reading);
criterion_main!(benches);
