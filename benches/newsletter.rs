//! How long the mail takes: sixty items as HTML and text, as a message, as a calendar.
//!
//! `cargo bench --bench newsletter`

use std::fmt::Write as _;

use bulletin::locale::Locale;
use bulletin::model::Edition;
use bulletin::pack::calendar;
use bulletin::pack::message::{self, Parts};
use bulletin::pipeline::{self, Job};
use bulletin::render::newsletter::Newsletter;
use bulletin::render::newsletter::style::Styles;
use bulletin::source::Folder;
use bulletin::theme::{DEFAULT, Theme};
use divan::{Bencher, black_box};

/// That of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

const CONFIG: &str = "\
[edition]
title = \"Lakeside research news\"
date = 2026-10-05
timezone = \"Europe/Brussels\"
[publisher]
name = \"Lakeside University\"
url = \"https://example.org\"
[newsletter]
from = \"news@example.org\"
unsubscribe-url = \"https://example.org/unsubscribe\"
utm = { source = \"newsletter\", medium = \"email\" }
";

/// An edition of 20 sessions, 30 calls and 10 news items, each with a link, a date and two lines of text.
fn sixty() -> Edition {
    let text = "Two lines of text that say what it is about, for whom it is meant and why one should read on.";
    let mut sessions = "id,title,date,start,end,place,country,url,action,summary\n".to_owned();
    for n in 0..20 {
        let day = 1 + n % 28;
        let _ = writeln!(
            sessions,
            "s{n},Open data clinic {n},2026-11-{day:02},14:00,15:30,Ghent,Belgium,https://example.org/s/{n},Register,\"{text}\""
        );
    }
    let mut calls = "id,title,programme,deadline,time,budget,url,summary\n".to_owned();
    for n in 0..30 {
        let day = 1 + n % 28;
        let _ = writeln!(
            calls,
            "c{n},Seed fund {n},Lakeside Grants,2026-12-{day:02},17:00,EUR {},https://example.org/c/{n},\"{text}\"",
            100_000 * (n + 1),
        );
    }
    let mut news = "id,title,date,place,url,summary\n".to_owned();
    for n in 0..10 {
        let _ = writeln!(
            news,
            "n{n},New reading hall {n},2026-10-{:02},Main Library,https://example.org/n/{n},\"{text}\"",
            10 + n
        );
    }
    let files = [("bulletin.toml", CONFIG), ("sessions.csv", &sessions), ("calls.csv", &calls), ("news.csv", &news)];
    let files = files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
    let checked = pipeline::check(&Job::new(Folder::Memory(files.into()))).expect("the files are in memory");
    assert!(checked.report.diagnostics().is_empty(), "{:?}", checked.report.diagnostics());
    let edition = checked.edition.expect("an edition");
    assert_eq!(edition.coming.len() + edition.calls.len() + edition.news.len(), 60);
    edition
}

fn tools() -> (Edition, Locale, Styles) {
    let edition = sixty();
    let locale = Locale::new(edition.lang);
    let theme = Theme::named(DEFAULT).expect("a theme that comes with the program");
    (edition, locale, Styles::new(&theme))
}

/// From the edition to both parts.
#[divan::bench]
fn html_and_text(bencher: Bencher<'_, '_>) {
    let (edition, locale, style) = tools();
    bencher.bench(|| {
        let newsletter = Newsletter::new(black_box(&edition), &locale, &style);
        (newsletter.html(), newsletter.text())
    });
}

/// Both parts to the message.
#[divan::bench]
fn message_of_both(bencher: Bencher<'_, '_>) {
    let (edition, locale, style) = tools();
    let newsletter = Newsletter::new(&edition, &locale, &style);
    let (html, text) = (newsletter.html(), newsletter.text());
    bencher.bench(|| {
        let parts = Parts { subject: newsletter.subject(), html: &html, text: &text, calendar: None, pictures: &[] };
        message::message(black_box(&edition), parts)
    });
}

/// From the edition to the calendar.
#[divan::bench]
fn calendar_of_all(bencher: Bencher<'_, '_>) {
    let (edition, locale, _) = tools();
    bencher.bench(|| calendar::calendar(black_box(&edition), &locale));
}
