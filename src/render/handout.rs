//! The handout of an edition as Typst text: what people take home on paper.

use std::borrow::Cow;

use askama::Template;

use crate::artifact::Meta;
use crate::locale::{Labels, Locale};
use crate::model::print::Part;
use crate::model::{Call, Edition, Item, Session};
use crate::theme::Theme;

use super::code::Code;
use super::listing::{CallEntry, NewsEntry, Reference, printed, target};
use super::passage::{Passage, Title};
use super::persons::{self, Role};
use super::sheet::{self, Sheet};
use super::summary::{date, joined, plain, time};
use super::timeline::Timeline;

use grid::Cell;
use programme::Day;

pub use plain::blocks;

mod grid;
mod index;
mod plain;
mod programme;

/// A held session is a heading of level 2, a call stands in a table below one of level 1.
const BELOW_HELD: u8 = 3;
const BELOW_CHAPTER: u8 = 2;

/// Renders the handout as Typst text for [`Typesetter::pdf`](crate::typeset::Typesetter::pdf).
pub fn handout(edition: &Edition, locale: &Locale, theme: &Theme) -> String {
    Handout::new(edition, locale, theme).render().expect("writing to a String does not fail, and no filter here does")
}

/// Gives what is said about the handout inside its file.
pub fn meta(edition: &Edition, locale: &Locale) -> Meta {
    sheet::meta(edition, &locale.labels.handout, locale)
}

/// A part of the handout that has something in it.
enum Section<'a> {
    Contents,
    Programme(Vec<Day<'a>>),
    Messages(Vec<Held<'a>>),
    Calls(Vec<(CallEntry<'a>, Option<Code<'a>>)>, Vec<Timeline>),
    News(Vec<NewsEntry<'a>>),
    Index(Vec<(String, Vec<String>)>, Vec<(String, Vec<String>)>),
    Contact,
}

#[derive(Template)]
#[template(path = "handout.typ")]
struct Handout<'a> {
    sheet: Sheet<'a>,
    labels: &'a Labels,
    locale: &'a Locale,
    publisher: Cow<'a, str>,
    kind: &'a str,
    title: Cow<'a, str>,
    subtitle: Cow<'a, str>,
    date: String,
    /// Whether days are parts of their own, with a heading for each series.
    tracked: bool,
    sections: Vec<Section<'a>>,
    as_of: String,
    /// Before values in running text, with the colon of the language.
    eligibility: String,
    contact: Vec<Cow<'a, str>>,
    contact_link: Option<Reference<'a>>,
    contact_email: &'a str,
    contact_code: Option<Code<'a>>,
}

/// A held session and what to take home from it.
struct Held<'a> {
    /// Names it for who reads the pages back.
    item: String,
    title: Title<'a>,
    url: &'a str,
    address: String,
    when: String,
    time: String,
    place: String,
    roles: Vec<Role<'a>>,
    body: Passage,
    messages: Vec<Passage>,
}

impl<'a> Held<'a> {
    fn new(session: &'a Session, edition: &Edition, locale: &'a Locale) -> Self {
        let introduction = session.summary.as_ref().filter(|_| !edition.print.brief);
        Held {
            item: Item::Held(session).name(),
            title: Title::alone(&session.title, edition, locale),
            url: target(&session.url),
            address: session.url.as_ref().map(|url| printed(&url.value)).unwrap_or_default(),
            when: date(session, locale),
            time: time(edition, session, locale),
            place: joined([&session.room, &session.place, &session.country], &locale.labels.comma, locale),
            // Who spoke needs no label beneath a title.
            roles: if session.speakers.is_empty() {
                Vec::new()
            } else {
                let persons = persons::group(&session.speakers, &locale.labels);
                vec![Role { label: "", colon: String::new(), persons }]
            },
            body: introduction.map(|prose| Passage::new(prose, BELOW_HELD, edition, locale)).unwrap_or_default(),
            messages: session
                .key_messages
                .iter()
                .map(|prose| Passage::new(prose, BELOW_HELD, edition, locale))
                .collect(),
        }
    }
}

impl<'a> Handout<'a> {
    /// Gives a text as it stands beside others.
    fn part<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.locale.part(text)
    }

    fn new(edition: &'a Edition, locale: &'a Locale, theme: &'a Theme) -> Self {
        let (print, labels, way) = (&edition.print, &locale.labels, locale.direction());
        let large = edition.is_large();
        let tracked = large && programme::has_tracks(edition);
        let mut sections = Vec::new();
        let asked = print.content.as_deref();
        for part in asked.unwrap_or(&Part::USUAL) {
            match part {
                Part::Contents if asked.is_none() && !large => {}
                Part::Contents => sections.push(Section::Contents),
                Part::Programme if edition.coming.is_empty() => {}
                Part::Programme => {
                    sections.push(Section::Programme(programme::days(edition, locale, tracked)));
                }
                Part::Messages if edition.held.is_empty() => {}
                Part::Messages => {
                    let held = edition.held.iter().map(|session| Held::new(session, edition, locale));
                    sections.push(Section::Messages(held.collect()));
                }
                Part::Calls if edition.calls.is_empty() => {}
                Part::Calls => {
                    let entry = |call: &'a Call| {
                        let mut entry = CallEntry::with(call, BELOW_CHAPTER, edition, locale);
                        if print.brief {
                            (entry.body, entry.eligibility) = Default::default();
                        }
                        (entry, Code::wanted(&call.url, call.qr.as_ref().map(|qr| qr.value), print, locale))
                    };
                    let mut calls: Vec<_> = edition.calls.iter().map(|call| &**call).collect();
                    calls.sort_by_key(|call| {
                        let next = edition.deadline(call).map(|next| next.instant(&edition.timezone));
                        (next.is_none(), next)
                    });
                    let timelines = Timeline::all(&edition.calls, edition, locale);
                    sections.push(Section::Calls(calls.into_iter().map(entry).collect(), timelines));
                }
                Part::News if edition.news.is_empty() => {}
                Part::News => {
                    sections.push(Section::News(
                        edition.news.iter().map(|news| NewsEntry::new(news, edition, locale)).collect(),
                    ));
                }
                Part::Index if !edition.has_index() => {}
                Part::Index => {
                    let (speakers, rooms) = (index::speakers(edition, locale), index::rooms(edition, locale));
                    if !speakers.is_empty() || !rooms.is_empty() {
                        sections.push(Section::Index(speakers, rooms));
                    }
                }
                Part::Contact if !edition.publisher.is_known() => {}
                Part::Contact => sections.push(Section::Contact),
                Part::Grid => {}
            }
        }
        if sections.iter().all(|section| matches!(section, Section::Contents)) {
            sections.clear();
        }
        let publisher = &edition.publisher;
        let lines = [&publisher.name, &publisher.address, &publisher.initiative].into_iter().flatten();
        Handout {
            sheet: Sheet { running: tracked, ..Sheet::new(edition, locale, theme) },
            labels,
            locale,
            publisher: way.alone(plain(&publisher.name)),
            kind: if edition.coming.is_empty() { &labels.handout } else { &labels.programme },
            title: way.alone(edition.title.as_str()),
            subtitle: way.alone(plain(&edition.subtitle)),
            date: programme::span(edition, locale),
            tracked,
            sections,
            as_of: locale.say("as-of", &[("date", &locale.date(edition.today))]),
            eligibility: locale.say("with-colon", &[("label", &labels.eligibility)]),
            contact: lines.map(|line| way.alone(line.as_str())).collect(),
            contact_link: publisher.url.as_ref().map(|url| Reference::new("", &url.value, way)),
            contact_email: publisher.email.as_ref().map_or("", |email| &email.value.address),
            contact_code: Code::wanted(&publisher.url, None, print, locale),
        }
    }
}
