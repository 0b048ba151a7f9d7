//! Proof-reading: what is wrong with the edition, though each row by itself is right. One file for each family.
//!
//! The desk reads page by page, a record at a time, on all cores; what has to be known of all pages is gathered on the
//! way and told at the end. Nothing compares each with each: names, titles and sentences are looked up by what they have in common.

use std::panic::resume_unwind;
use std::thread;

use crate::cores;
use crate::diagnostic::{Code, Diagnostic, Report, Rules};
use crate::model::Edition;
use crate::source::{Sources, Str};

use links::Links;
use manuscript::{Page, Record};
use people::People;
use repeats::Repeats;

pub mod calls;
pub mod characters;
pub mod completeness;
pub mod fit;
pub mod header;
pub mod links;
pub mod manuscript;
pub mod marks;
pub mod mojibake;
pub mod money;
pub mod names;
pub mod people;
pub mod placeholders;
pub mod repeats;
pub mod spelling;
pub mod terms;
pub mod time;
pub mod wording;

/// So many findings of one code are told, the first of them; more nobody reads.
const MOST: usize = 1000;

/// A thread reads so many records at least.
const SHARE: usize = 128;

/// What a proof-reader works with.
#[derive(Debug)]
pub struct Desk<'a> {
    /// What is read.
    pub edition: &'a Edition,
    /// For the places of words.
    pub sources: &'a Sources,
    /// Where findings go.
    pub report: &'a mut Report,
}

/// Reads an edition, all families at once: as many records at a time as there are cores.
pub fn read(edition: &Edition, sources: &Sources, rules: &Rules, report: &mut Report) {
    let mut whole = Report::default();
    let desk = &mut Desk { edition, sources, report: &mut whole };
    calls::check(desk);
    time::sessions(desk);
    terms::fields(desk);
    completeness::sections(desk);
    People::gather(desk).check(desk);

    let nothing = Str::new();
    let sessions = edition.held.iter().chain(&edition.coming).map(Record::Session);
    let calls = edition.calls.iter().map(|call| Record::Call(call));
    let news = edition.news.iter().map(Record::News);
    let records: Vec<Record<'_>> = std::iter::once(Record::Edition).chain(sessions).chain(calls).chain(news).collect();
    let shares = records.chunks(records.len().div_ceil(cores::count()).max(SHARE));
    let mut read = thread::scope(|scope| {
        let nothing = &nothing;
        let mut shares: Vec<_> = shares.collect();
        // A small edition never leaves its thread.
        let last = shares.pop().unwrap_or_default();
        let ahead: Vec<_> = shares
            .into_iter()
            .map(|share| scope.spawn(move || Share::read(share, nothing, edition, sources, rules)))
            .collect();
        let last = Share::read(last, nothing, edition, sources, rules);
        let ahead = ahead.into_iter().map(|share| share.join().unwrap_or_else(|panic| resume_unwind(panic)));
        ahead.chain([last]).reduce(|share, next| share.join(next, rules)).unwrap_or_default()
    });
    read.links.finish(desk);
    read.repeats.finish(desk);
    read.report.append_up_to(MOST, rules, whole);
    report.append(read.report);
}

/// Tells of which codes more was found than is told, unless nothing is told of them anyway.
pub fn untold(edition: &Edition, rules: &Rules, report: &mut Report) {
    let is_told = |code: &Code| !matches!(rules.levels.get(code), Some(None));
    let left_out: Vec<(Code, usize)> = report.left_out().iter().map(|(code, count)| (*code, *count)).collect();
    for (code, count) in left_out.into_iter().filter(|(code, _)| is_told(code)) {
        report.add(
            Diagnostic::note(Code::UntoldFindings, format!("{count} more findings `{code}` are not told"))
                .at(edition.title.span, format!("the first {MOST} are"))
                .help("cure those that are told, and check again; choose fewer records in `[select]`"),
        );
    }
}

/// What came of reading some of the records.
#[derive(Default)]
struct Share<'a> {
    report: Report,
    links: Links<'a>,
    repeats: Repeats<'a>,
}

impl<'a> Share<'a> {
    /// Reads records one by one. The edition’s own words have no id, so they have that of `nothing`.
    fn read(
        records: &[Record<'a>],
        nothing: &'a Str,
        edition: &'a Edition,
        sources: &Sources,
        rules: &Rules,
    ) -> Share<'a> {
        let mut share = Share::default();
        for record in records {
            let page = match *record {
                Record::Edition => Page::edition(edition, nothing),
                Record::Session(session) => Page::session(session),
                Record::Call(call) => Page::call(call),
                Record::News(news) => Page::news(news),
            };
            let mut found = Report::default();
            let desk = &mut Desk { edition, sources, report: &mut found };
            placeholders::page(&page, desk);
            wording::check(&page, desk);
            mojibake::page(&page, desk);
            marks::check(&page, desk);
            time::page(&page, desk);
            money::page(&page, desk);
            terms::page(&page, desk);
            people::page(&page, desk);
            share.links.page(&page, desk);
            share.repeats.page(&page, desk);
            share.report.append_up_to(MOST, rules, found);
        }
        share
    }

    /// Puts to it what came of the records that follow.
    fn join(mut self, next: Share<'a>, rules: &Rules) -> Share<'a> {
        self.links.join(next.links);
        self.repeats.join(next.repeats);
        self.report.append_up_to(MOST, rules, next.report);
        self
    }
}
