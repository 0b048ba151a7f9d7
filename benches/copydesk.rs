//! How the time of proof-reading grows: sessions with prose and people, calls with texts. Twice the rows are to take
//! twice the time, since nothing is compared with everything.
//!
//! `cargo bench --bench copydesk`

use std::collections::BTreeMap;
use std::fmt::Write as _;

use bulletin::pipeline::{self, Job};
use bulletin::source::Folder;
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

const FIRST: [&str; 12] =
    ["Ana", "Bo", "Clara", "Dario", "Elif", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Kaja", "Lena"];

/// Parts of names and words; put together they give enough that no two sentences are the same.
const PARTS: [&str; 16] =
    ["bar", "den", "fal", "gor", "hel", "kin", "lam", "mor", "nas", "pel", "quin", "ros", "sten", "tor", "vik", "wal"];

/// The same numbers in every run (a linear congruential generator after Knuth).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % end
    }

    fn word(&mut self) -> String {
        (0..2 + self.below(2)).map(|_| PARTS[self.below(PARTS.len())]).collect()
    }

    fn sentence(&mut self) -> String {
        let words: Vec<String> = (0..12).map(|_| self.word()).collect();
        format!("The {} of the {}.", words[..6].join(" "), words[6..].join(" "))
    }

    fn person(&mut self) -> String {
        let mut last = self.word();
        last[..1].make_ascii_uppercase();
        format!("{} {last}", FIRST[self.below(FIRST.len())])
    }
}

const HEAD: &str = "[edition]\ntitle = \"Talks\"\ndate = 2026-06-01\n[newsletter]\nfrom = \"news@example.org\"\n";

fn job(name: &str, table: &str) -> Job {
    let files = [("bulletin.toml", HEAD), (name, table)];
    Job::new(Folder::Memory(BTreeMap::from(files.map(|(name, text)| (name.to_owned(), text.into())))))
}

/// Sessions, each with six sentences, a room and two speakers.
fn sessions(rows: usize) -> Job {
    let mut numbers = Numbers(7);
    let mut table = "id,title,date,start,end,place,room,speakers,summary\n".to_owned();
    for row in 0..rows {
        let (hour, day) = (8 + row % 10, 1 + row / 10 % 28);
        let text: Vec<String> = (0..6).map(|_| numbers.sentence()).collect();
        let (one, two) = (numbers.person(), numbers.person());
        let title = numbers.sentence();
        let _ = writeln!(
            table,
            "s{row},{title},2026-07-{day:02},{hour:02}:00,{hour:02}:50,Ghent,Room {},{one}; {two},{}",
            row / 280,
            text.join(" "),
        );
    }
    job("sessions.csv", &table)
}

/// Calls, each with two sentences, a budget and an address.
fn calls(rows: usize) -> Job {
    let mut numbers = Numbers(11);
    let mut table = "id,title,programme,deadline,budget,url,summary\n".to_owned();
    for row in 0..rows {
        let (month, day) = (1 + row % 12, 1 + row % 28);
        let (title, one, two) = (numbers.sentence(), numbers.sentence(), numbers.sentence());
        let _ = writeln!(
            table,
            "c{row},{title},Programme {},2027-{month:02}-{day:02},EUR {} 500 000,https://example.org/c/{row},{one} {two}",
            row % 40,
            1 + row % 9,
        );
    }
    job("calls.csv", &table)
}

#[divan::bench(args = [1_250, 2_500, 5_000, 10_000], sample_count = 5)]
fn sessions_with_prose(bencher: Bencher<'_, '_>, rows: usize) {
    let job = sessions(rows);
    bencher.counter(ItemsCount::new(rows)).bench(|| pipeline::check(black_box(&job)));
}

#[divan::bench(args = [12_500, 25_000, 50_000, 100_000], sample_count = 5)]
fn calls_with_texts(bencher: Bencher<'_, '_>, rows: usize) {
    let job = calls(rows);
    bencher.counter(ItemsCount::new(rows)).bench(|| pipeline::check(black_box(&job)));
}
