//! Door signs as Typst text: a page for each room and day.

use std::borrow::Cow;

use askama::Template;

use crate::artifact::Meta;
use crate::locale::{Labels, Locale};
use crate::model::{Edition, Item, Session};
use crate::theme::Theme;

use super::persons::{self, Group};
use super::sheet::{self, Sheet};
use super::summary::joined;
use super::talk;

#[derive(Template)]
#[template(path = "signs.typ")]
struct Signs<'a> {
    sheet: Sheet<'a>,
    labels: &'a Labels,
    locale: &'a Locale,
    signs: Vec<Sign<'a>>,
}

/// What hangs at one door on one day.
struct Sign<'a> {
    room: Cow<'a, str>,
    day: String,
    place: String,
    /// In which zone its times are.
    note: String,
    lines: Vec<Line<'a>>,
}

struct Line<'a> {
    /// Names it for who reads the pages back.
    item: String,
    time: String,
    title: Cow<'a, str>,
    state: &'a str,
    speakers: Vec<Group<'a>>,
}

/// Renders the signs as Typst text; none where no session has a room.
pub(super) fn signs(edition: &Edition, locale: &Locale, theme: &Theme) -> Option<(String, Meta)> {
    let signs = found(edition, locale);
    if signs.is_empty() {
        return None;
    }
    let view = Signs { sheet: Sheet::new(edition, locale, theme), labels: &locale.labels, locale, signs };
    let typ = view.render().expect("writing to a String does not fail, and no filter here does");
    Some((typ, sheet::meta(edition, &locale.labels.door_signs, locale)))
}

impl Signs<'_> {
    /// Gives a text as it stands beside others.
    fn part<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.locale.part(text)
    }
}

fn found<'a>(edition: &'a Edition, locale: &'a Locale) -> Vec<Sign<'a>> {
    let mut signs = Vec::new();
    for sessions in talk::days(edition) {
        let mut rooms: Vec<(&str, Vec<(String, &Session)>)> = Vec::new();
        for (id, session) in sessions {
            let Some(room) = session.room.as_ref().map(|room| room.as_str()) else { continue };
            match rooms.iter_mut().find(|(known, _)| *known == room) {
                Some((_, sessions)) => sessions.push((id, session)),
                None => rooms.push((room, vec![(id, session)])),
            }
        }
        rooms.sort_by(|(one, _), (next, _)| locale.order(one, next));
        signs.extend(rooms.into_iter().map(|(room, sessions)| Sign::new(room, &sessions, edition, locale)));
    }
    signs
}

impl<'a> Sign<'a> {
    fn new(room: &'a str, sessions: &[(String, &'a Session)], edition: &'a Edition, locale: &'a Locale) -> Self {
        let way = locale.direction();
        let zone = talk::common_zone(sessions, edition, locale);
        let first = sessions[0].1;
        let line = |(_, session): &(String, &'a Session)| Line {
            item: Item::Coming(session).name(),
            time: talk::time(session, zone.is_some(), edition.zone(session), locale),
            title: way.alone(session.title.as_str()),
            state: talk::state(session, locale),
            speakers: persons::group(&session.speakers, &locale.labels),
        };
        let lines = sessions.iter().map(line).collect();
        Sign {
            room: way.alone(room),
            day: talk::day(first).map_or_else(|| locale.labels.undated.clone(), |date| locale.weekday(date)),
            place: joined([&first.place, &first.country], &locale.labels.comma, locale),
            note: zone.map(|zone| locale.say("all-times-in", &[("zone", &zone)])).unwrap_or_default(),
            lines,
        }
    }
}
