//! The edition as a proof-reader has it before them: record by record, each with its texts in reading order.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::diagnostic::Diagnostic;
use crate::model::{Address, Call, Date, Edition, News, Person, Session};
use crate::prose::{Prose, Stretch};
use crate::source::{Sources, Span, Spanned, Str, Text};

/// A record with its texts.
#[derive(Debug)]
pub struct Page<'a> {
    /// Which kind of record, with its own fields.
    pub record: Record<'a>,
    /// Its id; empty for the edition's own words.
    pub id: &'a Str,
    /// Its title.
    pub title: &'a Text,
    /// The day that it is about, and the last such day.
    pub days: Option<(Date, Date)>,
    /// Its texts.
    pub passages: Vec<Passage<'a>>,
    /// Its addresses, outside prose.
    pub addresses: Vec<&'a Spanned<Address>>,
}

/// What a page is about.
#[derive(Debug, Clone, Copy)]
pub enum Record<'a> {
    /// The edition itself.
    Edition,
    /// A session.
    Session(&'a Session),
    /// A call.
    Call(&'a Call),
    /// A news item.
    News(&'a News),
}

/// One text of a record.
#[derive(Debug)]
pub struct Passage<'a> {
    /// The field, or what it is.
    pub field: &'static str,
    /// As it was written.
    pub text: &'a Text,
    /// Its letters, block by block.
    pub stretches: Vec<Stretch>,
    /// Whether it is prose, and not a line.
    pub is_prose: bool,
}

impl<'a> Passage<'a> {
    fn line(field: &'static str, text: &'a Text) -> Passage<'a> {
        Passage { field, text, stretches: vec![Stretch::line(text)], is_prose: false }
    }

    fn prose(field: &'static str, prose: &'a Prose) -> Passage<'a> {
        Passage { field, text: prose.source(), stretches: prose.stretches(), is_prose: true }
    }

    /// Gives the place of a part of a stretch; the whole text where it cannot be found.
    pub fn place(&self, stretch: &Stretch, part: Range<usize>, sources: &Sources) -> Span {
        sources.part(self.text, stretch.source(part)).unwrap_or(self.text.span)
    }

    /// Adds a replacement of a part of a stretch, where the file says just that.
    pub fn fix(
        &self,
        diagnostic: Diagnostic,
        stretch: &Stretch,
        part: Range<usize>,
        new: &str,
        sources: &Sources,
    ) -> Diagnostic {
        let inside = stretch.source(part.clone());
        let is_same = self.text.as_str().get(inside.clone()) == stretch.text.get(part);
        match sources.part(self.text, inside).filter(|_| is_same) {
            Some(place) => diagnostic.fix(place, new),
            None => diagnostic,
        }
    }
}

impl<'a> Page<'a> {
    /// Lays out the edition's own words.
    pub fn edition(edition: &'a Edition, nothing: &'a Str) -> Page<'a> {
        let mut page = Page::new(Record::Edition, nothing, &edition.title);
        page.lines("title", Some(&edition.title));
        page.lines("subtitle", edition.subtitle.as_ref());
        page.lines("subject", edition.mailing.subject.as_ref());
        page.lines("preheader", edition.mailing.preheader.as_ref());
        page.proses("intro", edition.mailing.intro.as_ref());
        page
    }

    /// Lays out a session.
    pub fn session(session: &'a Session) -> Page<'a> {
        let mut page = Page::new(Record::Session(session), &session.id.value, &session.title);
        let first = session.date.map(|date| date.value);
        page.days = first.zip(session.last_day());
        page.lines("title", Some(&session.title));
        let lines = [&session.series, &session.place, &session.room, &session.organiser, &session.action];
        lines.into_iter().for_each(|line| page.lines("line", line.as_ref()));
        page.proses("summary", session.summary.as_ref());
        page.proses("key-messages", &session.key_messages);
        for item in &session.agenda {
            page.lines("title", Some(&item.title));
            page.proses("body", item.body.as_ref());
        }
        page.lines("label", session.links.iter().filter_map(|link| link.label.as_ref()));
        let links = session.links.iter().map(|link| &link.url);
        page.addresses.extend(session.url.iter().chain(&session.online_url).chain(links));
        page
    }

    /// Lays out a call.
    pub fn call(call: &'a Call) -> Page<'a> {
        let mut page = Page::new(Record::Call(call), &call.id.value, &call.title);
        page.lines("title", Some(&call.title));
        page.lines("line", [&call.programme, &call.funder, &call.contact].into_iter().flatten());
        page.proses("summary", call.summary.as_ref());
        page.proses("eligibility", call.eligibility.as_deref());
        page.addresses.extend(&call.url);
        page
    }

    /// Lays out a news item.
    pub fn news(news: &'a News) -> Page<'a> {
        let mut page = Page::new(Record::News(news), &news.id.value, &news.title);
        let first = news.date.map(|date| date.value);
        page.days = first.zip(news.end_date.or(news.date).map(|date| date.value));
        page.lines("title", Some(&news.title));
        page.lines("line", [&news.place, &news.action].into_iter().flatten());
        page.proses("summary", news.summary.as_ref());
        page.addresses.extend(&news.url);
        page
    }

    fn new(record: Record<'a>, id: &'a Str, title: &'a Text) -> Page<'a> {
        Page { record, id, title, days: None, passages: Vec::new(), addresses: Vec::new() }
    }

    fn lines(&mut self, field: &'static str, lines: impl IntoIterator<Item = &'a Text>) {
        self.passages.extend(lines.into_iter().map(|line| Passage::line(field, line)));
    }

    fn proses(&mut self, field: &'static str, proses: impl IntoIterator<Item = &'a Prose>) {
        self.passages.extend(proses.into_iter().map(|prose| Passage::prose(field, prose)));
    }

    /// Gives each stretch with the passage that it is of.
    pub fn stretches(&self) -> impl Iterator<Item = (&Passage<'a>, &Stretch)> {
        self.passages.iter().flat_map(|passage| passage.stretches.iter().map(move |stretch| (passage, stretch)))
    }
}

/// Gives everybody whom a session names: moderators, speakers, those of the agenda.
pub fn people(session: &Session) -> impl Iterator<Item = &Spanned<Person>> + Clone {
    let agenda = session.agenda.iter().flat_map(|item| &item.speakers);
    session.moderators.iter().chain(&session.speakers).chain(agenda)
}

/// Finds the words of a text (Unicode Standard Annex #29), each with its place.
pub fn words(text: &str) -> Vec<(usize, &str)> {
    text.unicode_word_indices().collect()
}
