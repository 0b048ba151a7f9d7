//! A sheet for each speaker as Typst text: where and when, and what is said about the session.

use std::borrow::Cow;
use std::collections::BTreeMap;

use askama::Template;

use crate::artifact::Meta;
use crate::locale::{Labels, Locale};
use crate::model::{Edition, Person, Session};
use crate::theme::Theme;

use super::code::Code;
use super::listing::{printed, target};
use super::sheet::{self, Sheet};
use super::summary::plain;
use super::talk::{self, Talk};

#[derive(Template)]
#[template(path = "speakers.typ")]
struct Speakers<'a> {
    sheet: Sheet<'a>,
    labels: &'a Labels,
    locale: &'a Locale,
    speakers: Vec<Speaker<'a>>,
}

/// One who speaks or moderates.
struct Speaker<'a> {
    /// Names them for who reads the pages back.
    item: String,
    name: Cow<'a, str>,
    role: Cow<'a, str>,
    organisation: Cow<'a, str>,
    url: &'a str,
    address: String,
    code: Option<Code<'a>>,
    days: Vec<(String, Vec<Talk<'a>>)>,
}

/// Renders the sheets as Typst text; none where nobody speaks.
pub(super) fn speakers(edition: &Edition, locale: &Locale, theme: &Theme) -> Option<(String, Meta)> {
    let speakers = found(edition, locale);
    if speakers.is_empty() {
        return None;
    }
    let view = Speakers { sheet: Sheet::new(edition, locale, theme), labels: &locale.labels, locale, speakers };
    let typ = view.render().expect("writing to a String does not fail, and no filter here does");
    Some((typ, sheet::meta(edition, &locale.labels.speakers_sheets, locale)))
}

impl Speakers<'_> {
    /// Gives a text as it stands beside others.
    fn part<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.locale.part(text)
    }
}

/// What makes two mentions the same person: name and organisation.
type Who<'a> = (&'a str, &'a str);

/// A person as first told, and the sessions in which they speak or moderate.
type Heard<'a> = (&'a Person, Vec<(String, &'a Session)>);

fn found<'a>(edition: &'a Edition, locale: &'a Locale) -> Vec<Speaker<'a>> {
    let mut all: BTreeMap<Who<'a>, Heard<'a>> = BTreeMap::new();
    for (id, session) in talk::days(edition).into_iter().flatten() {
        let agenda = session.agenda.iter().flat_map(|item| &item.speakers);
        for person in session.speakers.iter().chain(&session.moderators).chain(agenda).map(|one| &one.value) {
            let who = (person.name.as_str(), plain(&person.organisation));
            let (_, sessions) = all.entry(who).or_insert_with(|| (person, Vec::new()));
            if sessions.last().is_none_or(|(last, _)| *last != id) {
                sessions.push((id.clone(), session));
            }
        }
    }
    let mut all: Vec<_> = all.into_iter().collect();
    all.sort_by(|((one, _), _), ((next, _), _)| locale.order(one, next));
    let way = locale.direction();
    let mut number = 0;
    all.into_iter()
        .map(|(_, (person, sessions))| Speaker {
            item: person.item_name(),
            name: way.alone(person.name.as_str()),
            role: way.alone(plain(&person.role)),
            organisation: way.alone(plain(&person.organisation)),
            url: target(&person.url),
            address: person.url.as_ref().map(|url| printed(&url.value)).unwrap_or_default(),
            code: Code::wanted(&person.url, None, &edition.print, locale),
            days: sessions
                .chunk_by(|(_, one), (_, next)| talk::day(one) == talk::day(next))
                .map(|day| {
                    let date = talk::day(day[0].1);
                    let title = date.map_or_else(|| locale.labels.undated.clone(), |date| locale.weekday(date));
                    let talks = day.iter().map(|(_, session)| {
                        // A session stands on the sheet of each who speaks in it, so its own name would not do.
                        number += 1;
                        Talk::new(format!("t{number}"), session, false, edition, locale)
                    });
                    (title, talks.collect())
                })
                .collect(),
        })
        .collect()
}
