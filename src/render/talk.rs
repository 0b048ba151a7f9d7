//! A session to come, as it stands on printed sheets.

use std::borrow::Cow;

use crate::locale::Locale;
use crate::model::{AgendaItem, Date, Edition, Item, Room, Rooms, Session, Status, Zone};

use super::code::Code;
use super::listing::{Reference, printed, target};
use super::passage::{Passage, Title};
use super::persons::{self, Group, Role};
use super::summary::{joined, plain, unheard};

/// A talk is a heading of level 3; headings in its prose stand below.
const BELOW_TALK: u8 = 4;

/// One session.
pub(super) struct Talk<'a> {
    /// Names it for who reads the pages back.
    pub(super) item: String,
    /// What an index or a grid calls it by.
    pub(super) id: String,
    pub(super) time: String,
    pub(super) room: Cow<'a, str>,
    pub(super) place: String,
    /// What kind of session it is, and in which language.
    pub(super) about: String,
    pub(super) series: Cow<'a, str>,
    /// Said where it was called off.
    pub(super) state: &'a str,
    pub(super) title: Title<'a>,
    pub(super) url: &'a str,
    pub(super) address: String,
    pub(super) code: Option<Code<'a>>,
    pub(super) roles: Vec<Role<'a>>,
    pub(super) agenda: Vec<Line<'a>>,
    pub(super) links: Vec<Reference<'a>>,
    pub(super) body: Passage,
}

/// One item of a session's agenda.
pub(super) struct Line<'a> {
    /// Names it for who reads the pages back.
    pub(super) item: String,
    pub(super) time: String,
    pub(super) title: Title<'a>,
    pub(super) speakers: Vec<Group<'a>>,
    pub(super) body: Passage,
}

impl<'a> Talk<'a> {
    /// Takes a session as a programme shows it; `bare` where the zone of its times is said elsewhere.
    pub(super) fn new(id: String, session: &'a Session, bare: bool, edition: &'a Edition, locale: &'a Locale) -> Self {
        let (labels, way, print) = (&locale.labels, locale.direction(), &edition.print);
        let organiser =
            session.organiser.iter().map(|text| Group { members: Vec::new(), organisation: Some(text.as_str()) });
        let mut roles = vec![
            // Who speaks needs no label beneath a title.
            Role { label: "", colon: String::new(), persons: unheard(session, locale) },
            Role::new(&labels.moderation, persons::group(&session.moderators, labels), locale),
            Role::new(&labels.organiser, organiser.collect(), locale),
        ];
        roles.retain(|role| !role.persons.is_empty());
        let prose = |prose| Passage::new(prose, BELOW_TALK, edition, locale);
        let line = |(at, item): (usize, &'a AgendaItem)| Line {
            item: session.item_name(at),
            time: item.start.map(|start| locale.time(start.value)).unwrap_or_default(),
            title: Title::alone(&item.title, edition, locale),
            speakers: persons::group(&item.speakers, labels),
            body: item.body.as_ref().filter(|_| !print.brief).map(prose).unwrap_or_default(),
        };
        let online = session.online_url.iter().map(|url| Reference::new(&labels.join_online, &url.value, way));
        let further = session.links.iter().map(|link| Reference::new(plain(&link.label), &link.url.value, way));
        Talk {
            item: Item::Coming(session).name(),
            id,
            time: time(session, bare, edition.zone(session), locale),
            room: way.alone(plain(&session.room)),
            place: joined([&session.place, &session.country], &labels.comma, locale),
            about: joined([&session.kind, &session.language], " · ", locale),
            series: way.alone(plain(&session.series)),
            state: state(session, locale),
            title: Title::alone(&session.title, edition, locale),
            url: target(&session.url),
            address: session.url.as_ref().map(|url| printed(&url.value)).unwrap_or_default(),
            code: Code::wanted(&session.url, session.qr.map(|qr| qr.value), print, locale),
            roles,
            agenda: session.agenda.iter().enumerate().map(line).collect(),
            links: if print.brief { Vec::new() } else { online.chain(further).collect() },
            body: session.summary.as_ref().filter(|_| !print.brief).map(prose).unwrap_or_default(),
        }
    }
}

/// Gives the sessions to come with the names by which they are found; each day in one part, those without a day last.
pub(super) fn days(edition: &Edition) -> Vec<Vec<(String, &Session)>> {
    let named: Vec<_> = edition.coming.iter().enumerate().map(|(at, one)| (format!("s{}", at + 1), one)).collect();
    named.chunk_by(|(_, one), (_, next)| day(one) == day(next)).map(<[_]>::to_vec).collect()
}

/// Gives the first day of a session.
pub(super) fn day(session: &Session) -> Option<Date> {
    session.date.map(|date| date.value)
}

/// Names a room among others: with its place where several have its name.
pub(super) fn room<'a>(room: Room<'a>, among: &Rooms<'_>, locale: &Locale) -> Cow<'a, str> {
    if among.is_unique(room) || room.place.is_empty() {
        return locale.direction().alone(room.name);
    }
    [locale.part(room.name), locale.part(room.place)].join(&*locale.labels.comma).into()
}

/// Gives the name of the zone in which all times of some sessions are, where that is one: then it is said once. There
/// is none on a day on which the clocks are changed in the midst of a session.
pub(super) fn common_zone(sessions: &[(String, &Session)], edition: &Edition, locale: &Locale) -> Option<String> {
    let start = |session: &Session| Some((session.date?.value, session.start?.value));
    let changes = |session: &Session| {
        let (start, end) = (start(session)?, (session.date?.value, session.end?.value));
        Some(edition.zone(session).changes(start, end))
    };
    if sessions.iter().any(|(_, session)| changes(session).unwrap_or_default()) {
        return None;
    }
    let name = |(_, session): &(String, &Session)| {
        start(session).map(|(date, start)| locale.zone(edition.zone(session), date, start))
    };
    let mut names = sessions.iter().filter_map(name);
    let first = names.next()?;
    names.all(|other| other == first).then_some(first)
}

/// Says when a session is on its day; `bare` without its zone.
pub(super) fn time(session: &Session, bare: bool, zone: &Zone, locale: &Locale) -> String {
    let Some(first) = day(session) else { return String::new() };
    let last = session.last_day().unwrap_or(first);
    match (session.start, session.end) {
        (Some(start), Some(end)) if last > first => locale.times_over_days(zone, first, start.value, last, end.value),
        (Some(start), None) if last > first => {
            let time = if bare { locale.time(start.value) } else { locale.times(zone, first, start.value, None) };
            locale.date_with_time(&locale.date_range(first, last), &time)
        }
        (None, _) if last > first => locale.date_range(first, last),
        (None, _) => String::new(),
        (Some(start), end) => match end.map(|end| end.value).filter(|end| *end != start.value) {
            end if !bare => locale.times(zone, first, start.value, end),
            Some(end) => locale.time_range(start.value, end),
            None => locale.time(start.value),
        },
    }
}

/// Says when a session is, on a day after its first one: from when until when, with both days.
pub(super) fn time_later(session: &Session, zone: &Zone, locale: &Locale) -> String {
    let Some((first, last)) = day(session).zip(session.last_day()) else { return String::new() };
    match (session.start, session.end) {
        (Some(start), Some(end)) => locale.moments(zone, first, start.value, last, end.value),
        _ => locale.date_range(first, last),
    }
}

/// Says that a session was called off; nothing where it was not.
pub(super) fn state<'a>(session: &Session, locale: &'a Locale) -> &'a str {
    match session.status.as_ref().map(|status| status.value) {
        Some(Status::Cancelled) => &locale.labels.cancelled,
        Some(Status::Postponed) => &locale.labels.postponed,
        _ => "",
    }
}
