//! A sheet for each speaker as Typst text: where and when, and what is said about the session.

use std::borrow::Cow;
use std::collections::BTreeMap;

use askama::Template;

use crate::artifact::Meta;
use crate::locale::{Labels, Locale};
use crate::model::{Edition, Identities, Identity, Person, Session};
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

/// How a person is named from place to place, and the sessions in which they speak or moderate.
type Heard<'a> = (Vec<&'a Person>, Vec<(String, &'a Session)>);

fn found<'a>(edition: &'a Edition, locale: &'a Locale) -> Vec<Speaker<'a>> {
    let known = Identities::of(edition.coming.iter().flat_map(Session::people));
    let mut all: BTreeMap<Identity<'a>, Heard<'a>> = BTreeMap::new();
    for (id, session) in talk::days(edition).into_iter().flatten() {
        for person in session.people() {
            let (mentions, sessions) = all.entry(known.who(person)).or_default();
            mentions.push(person);
            if sessions.last().is_none_or(|(last, _)| *last != id) {
                sessions.push((id.clone(), session));
            }
        }
    }
    let mut all: Vec<(Identity<'a>, Heard<'a>)> = all.into_iter().collect();
    all.sort_by(|(_, (one, _)), (_, (next, _))| locale.order(one[0].name.as_str(), next[0].name.as_str()));
    let way = locale.direction();
    let mut number = 0;
    all.into_iter()
        .map(|(who, (mentions, sessions))| {
            // What one mention leaves out, another may tell.
            let told = |has: fn(&Person) -> bool| mentions.iter().copied().find(|one| has(one)).unwrap_or(mentions[0]);
            let url = &told(|one| one.url.is_some()).url;
            let days = sessions
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
                .collect();
            Speaker {
                item: who.item_name(),
                name: way.alone(mentions[0].name.as_str()),
                role: way.alone(plain(&told(|one| one.role.is_some()).role)),
                organisation: way.alone(plain(&told(|one| one.organisation.is_some()).organisation)),
                url: target(url),
                address: url.as_ref().map(|url| printed(&url.value)).unwrap_or_default(),
                code: Code::wanted(url, None, &edition.print, locale),
                days,
            }
        })
        .collect()
}
