//! Door signs as Typst text: a page for each room and day.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use jiff::ToSpan;

use crate::artifact::Meta;
use crate::locale::{Labels, Locale};
use crate::model::{Date, Edition, Item, Room, Rooms, Session, Time};
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

/// A session over more days than this hangs only where its room has something else on the day, or it begins.
const MOST_DAYS: i32 = 31;

/// What goes on until this hour of the night belongs to the evening before.
const MORNING: i8 = 6;

/// Gives the signs day by day, those of sessions without a day last.
fn found<'a>(edition: &'a Edition, locale: &'a Locale) -> Vec<Sign<'a>> {
    let all = Rooms::of(&edition.coming);
    let mut rooms: BTreeMap<Room<'_>, Vec<(String, &Session)>> = BTreeMap::new();
    for (id, session) in talk::days(edition).into_iter().flatten() {
        if let Some(room) = all.room(session) {
            rooms.entry(room).or_default().push((id, session));
        }
    }
    let mut signs: Vec<(Option<Date>, Room<'_>, Sign<'_>)> = Vec::new();
    for (room, sessions) in rooms {
        let days: BTreeSet<Option<Date>> = sessions.iter().flat_map(|(_, session)| days(session)).collect();
        for day in days {
            let is_on = |session: &Session| match (span(session), day) {
                (Some((first, last)), Some(day)) => (first..=last).contains(&day),
                (span, day) => span.is_none() && day.is_none(),
            };
            // They are in the order of their first days, so what goes on from the day before comes first.
            let on: Vec<_> = sessions.iter().filter(|(_, session)| is_on(session)).cloned().collect();
            signs.push((day, room, Sign::new(room, day, &on, edition, locale)));
        }
    }
    signs.sort_by(|(day, room, _), (other_day, other, _)| {
        let days = (day.is_none(), day).cmp(&(other_day.is_none(), other_day));
        days.then_with(|| locale.order(room.name, other.name)).then_with(|| room.cmp(other))
    });
    signs.into_iter().map(|(_, _, sign)| sign).collect()
}

/// Gives the first and the last day on which a session hangs at its door.
fn span(session: &Session) -> Option<(Date, Date)> {
    let first = talk::day(session)?;
    let last = session.last_day()?;
    let ends_at_night = session.end.is_some_and(|end| end.value <= Time::constant(MORNING, 0, 0, 0));
    let last = if ends_at_night { last.yesterday().unwrap_or(last) } else { last };
    Some((first, last.max(first)))
}

/// Gives the days for which a session has a sign of its own account.
fn days(session: &Session) -> Vec<Option<Date>> {
    let Some((first, last)) = span(session) else { return vec![None] };
    let is_long = (last - first).get_days() >= MOST_DAYS;
    first.series(1.day()).take_while(|day| *day <= if is_long { first } else { last }).map(Some).collect()
}

impl<'a> Sign<'a> {
    fn new(
        room: Room<'a>,
        day: Option<Date>,
        sessions: &[(String, &'a Session)],
        edition: &'a Edition,
        locale: &'a Locale,
    ) -> Self {
        let way = locale.direction();
        let zone = talk::common_zone(sessions, edition, locale);
        let line = |(_, session): &(String, &'a Session)| Line {
            item: Item::Coming(session).name(),
            time: if talk::day(session) == day {
                talk::time(session, zone.is_some(), edition.zone(session), locale)
            } else {
                talk::time_later(session, edition.zone(session), locale)
            },
            title: way.alone(session.title.as_str()),
            state: talk::state(session, locale),
            speakers: persons::group(&session.speakers, &locale.labels),
        };
        let lines = sessions.iter().map(line).collect();
        // Not every session need tell the place of its room.
        let told = sessions.iter().find(|(_, session)| session.place.is_some()).unwrap_or(&sessions[0]).1;
        Sign {
            room: way.alone(room.name),
            day: day.map_or_else(|| locale.labels.undated.clone(), |date| locale.weekday(date)),
            place: joined([&told.place, &told.country], &locale.labels.comma, locale),
            note: zone.map(|zone| locale.say("all-times-in", &[("zone", &zone)])).unwrap_or_default(),
            lines,
        }
    }
}
