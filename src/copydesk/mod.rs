//! Proof-reading: what is wrong with the edition, though each row by itself is right. One file for each family.
//!
//! The desk reads page by page, a record at a time; what has to be known of all pages is gathered on the way and told
//! at the end. Nothing compares each with each: names, titles and sentences are looked up by what they have in common.

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::model::Edition;
use crate::source::{Sources, Str};

use links::Links;
use manuscript::Page;
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

/// So many calls are read word by word.
const CALLS: usize = 2000;

/// Of more than that, which nobody prints, so many of the first are.
const SAMPLE: usize = 200;

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

/// Reads an edition, all families at once.
pub fn read(edition: &Edition, sources: &Sources, report: &mut Report) {
    let nothing = Str::new();
    let desk = &mut Desk { edition, sources, report };
    calls::check(desk);
    let read = if edition.calls.len() > CALLS { SAMPLE } else { CALLS };
    calls::disagreeing(edition.calls.iter().take(read).map(|call| call.as_ref()), desk);
    time::sessions(desk);
    terms::fields(desk);
    completeness::sections(desk);
    People::gather(desk).check(desk);
    let (mut links, mut repeats) = (Links::default(), Repeats::default());
    let sessions = edition.held.iter().chain(&edition.coming).map(Page::session);
    let calls = edition.calls.iter().take(read).map(|call| Page::call(call));
    let pages = std::iter::once_with(|| Page::edition(edition, &nothing)).chain(sessions).chain(calls);
    for page in pages.chain(edition.news.iter().map(Page::news)) {
        placeholders::page(&page, desk);
        wording::check(&page, desk);
        mojibake::page(&page, desk);
        marks::check(&page, desk);
        time::page(&page, desk);
        money::page(&page, desk);
        terms::page(&page, desk);
        people::page(&page, desk);
        links.page(&page, desk);
        repeats.page(&page, desk);
    }
    links.finish(desk);
    repeats.finish(desk);
    if edition.calls.len() > CALLS {
        let count = edition.calls.len() - SAMPLE;
        desk.report.add(
            Diagnostic::note(Code::UnreadTexts, format!("the texts of {count} calls are not read word by word"))
                .at(edition.title.span, format!("{SAMPLE} are"))
                .help("choose fewer in `[select]`; dates and amounts are checked in all of them"),
        );
    }
}
