//! Time: zones, weekdays, dates of prose and data, sessions that cannot both take place.

use std::ops::Range;

use jiff::ToSpan;
use rustc_hash::{FxHashMap, FxHashSet};

use super::Desk;
use super::manuscript::{Page, Passage, Record, people};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::value::{Mention, mentions};
use crate::model::{Date, Identities, Identity, Room, Rooms, Session, Zone};
use crate::prose::Stretch;
use crate::source::Span;

/// Reads one page.
pub fn page(page: &Page<'_>, desk: &mut Desk<'_>) {
    let near = page.days.map_or(desk.edition.date, |(first, _)| first);
    let mut found: Vec<(&Passage<'_>, &Stretch, Mention)> = Vec::new();
    for (passage, stretch) in page.stretches() {
        if !stretch.text.contains(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let words = stretch.words();
        let dates = mentions(&stretch.text, &words, Some(near));
        zones(page, passage, stretch, &words, &dates, desk);
        found.extend(dates.into_iter().map(|date| (passage, stretch, date)));
    }
    for (passage, stretch, mention) in &found {
        weekday(page, passage, stretch, mention, near, desk);
    }
    match page.record {
        Record::Session(session) => other_day(page, session, &found, desk),
        Record::Call(call) => {
            let known: Vec<Date> = call.deadlines.iter().map(|deadline| deadline.date.value).collect();
            for (passage, stretch, mention) in found.iter().filter(|_| !known.is_empty()) {
                other_deadline(page, passage, stretch, mention, &known, desk);
            }
        }
        Record::News(news) => past(page, news.action.is_some(), desk),
        Record::Edition => {}
    }
}

/// Abbreviations in pairs, winter and summer, and a place where both hold.
const ZONES: &[(&str, &str, &str)] = &[
    ("CET", "CEST", "Europe/Brussels"),
    ("MEZ", "MESZ", "Europe/Berlin"),
    ("EET", "EEST", "Europe/Helsinki"),
    ("WET", "WEST", "Europe/Lisbon"),
    ("GMT", "BST", "Europe/London"),
    ("EST", "EDT", "America/New_York"),
    ("CST", "CDT", "America/Chicago"),
    ("MST", "MDT", "America/Denver"),
    ("PST", "PDT", "America/Los_Angeles"),
];

/// When the clocks have been changed on the days on which they are.
const NOON: jiff::civil::Time = jiff::civil::time(12, 0, 0, 0);

/// Tells an abbreviation after a time of day that does not hold on the date that stands with it, or else the page's.
fn zones(
    page: &Page<'_>,
    passage: &Passage<'_>,
    stretch: &Stretch,
    words: &[(usize, &str)],
    dates: &[Mention],
    desk: &mut Desk<'_>,
) {
    for (at, &(start, word)) in words.iter().enumerate() {
        let Some((winter, summer, place)) = ZONES.iter().find(|(w, s, _)| *w == word || *s == word) else { continue };
        let after_time =
            at.checked_sub(1).is_some_and(|before| words[before].1.starts_with(|c: char| c.is_ascii_digit()));
        let part = start..start + word.len();
        let said = nearest(&stretch.text, &part, dates).map(|mention| mention.date);
        let Some(date) = said.or(page.days.map(|(first, _)| first)).filter(|_| after_time) else { continue };
        let Some(zone) = Zone::named(place) else { continue };
        let offset = zone.offset_at(zone.instant(date, NOON));
        let standard = [1, 7].map(|month| zone.offset_at(zone.start_of(jiff::civil::date(date.year(), month, 1))));
        let [least, most] = [standard[0].min(standard[1]), standard[0].max(standard[1])];
        let right = if offset == least { winter } else { summer };
        if *right == word || *winter == "GMT" && word == "GMT" {
            continue; // GMT is also a name for UTC, all year round
        }
        // Some places keep that time all year, or call another one so: `MST` in Phoenix, `CST` in Shanghai.
        let own = match page.record {
            Record::Session(session) => desk.edition.zone(session),
            _ => &desk.edition.timezone,
        };
        let there = own.instant(date, NOON);
        let meant = if *winter == word { least } else { most };
        if own.offset_at(there) == meant || own.abbreviation_at(there) == word {
            continue;
        }
        let place = passage.place(stretch, part.clone(), desk.sources);
        let found = Diagnostic::warning(Code::WrongZone, format!("there is no `{word}` on {date}"))
            .at(place, format!("on that day clocks show {right}"))
            .help(format!("write `{right}`, if the time is that of the clocks"))
            .of(page.id);
        // Clocks of the session's own place: then only the abbreviation can be wrong.
        let is_own = match page.record {
            Record::Session(session) => session.start.is_some() && same_rules(own, &zone, date),
            _ => false,
        };
        // Among several dates another one may be meant.
        desk.report.add(if is_own && dates.len() < 2 {
            passage.fix(found, stretch, part, right, desk.sources)
        } else {
            found
        });
    }
}

/// Gives the date that an abbreviation is said of: one right behind it (`10:00 CET on 4 December`), else the last one
/// before it, else the next of the sentence.
fn nearest<'m>(text: &str, part: &Range<usize>, dates: &'m [Mention]) -> Option<&'m Mention> {
    let after = dates.iter().find(|mention| mention.part.start >= part.end);
    let after = after.map(|mention| (mention, text[part.end..mention.part.start].trim()));
    let joined = after.filter(|(_, gap)| ["", ",", "(", "on", "am", "le"].contains(gap));
    let before = || dates.iter().rfind(|mention| mention.part.end <= part.start);
    let next = || after.filter(|(_, gap)| !gap.contains(['.', '!', '?', ';'])).map(|(mention, _)| mention);
    joined.map(|(mention, _)| mention).or_else(before).or_else(next)
}

fn same_rules(one: &Zone, other: &Zone, date: Date) -> bool {
    let offsets =
        |zone: &Zone| [1, 7].map(|month| zone.offset_at(zone.start_of(jiff::civil::date(date.year(), month, 1))));
    offsets(one) == offsets(other)
}

fn weekday(
    page: &Page<'_>,
    passage: &Passage<'_>,
    stretch: &Stretch,
    mention: &Mention,
    near: Date,
    desk: &mut Desk<'_>,
) {
    let Some(weekday) = mention.weekday.filter(|weekday| *weekday != mention.date.weekday()) else { return };
    // Without a year it may be a day of long ago.
    if !mention.has_year && (mention.date - near).get_days().abs() > 90 {
        return;
    }
    let right = mention.date.weekday();
    desk.report.add(
        Diagnostic::warning(Code::WrongWeekday, format!("{} is not a {weekday:?}", mention.date))
            .at(passage.place(stretch, mention.part.clone(), desk.sources), format!("it is a {right:?}"))
            .help("correct the weekday or the date")
            .of(page.id),
    );
}

/// Tells the one date of a title or introduction that lies a few days beside the session's.
fn other_day(page: &Page<'_>, session: &Session, found: &[(&Passage<'_>, &Stretch, Mention)], desk: &mut Desk<'_>) {
    let Some((first, last)) = page.days else { return };
    for field in ["title", "summary"] {
        let of_field: Vec<_> = found.iter().filter(|(passage, ..)| passage.field == field).collect();
        let [(passage, stretch, mention)] = of_field[..] else { continue };
        let off = (mention.date - first).get_days().abs();
        let is_own = passage.text == &session.title || field == "summary";
        if !is_own || (first..=last).contains(&mention.date) || off > 10 || mention.has_year && off == 0 {
            continue;
        }
        let Some(date) = session.date else { continue };
        desk.report.add(
            Diagnostic::note(Code::OtherDate, format!("{} stands here, and the session is on {first}", mention.date))
                .at(passage.place(stretch, mention.part.clone(), desk.sources), "")
                .at(date.span, "the session’s date")
                .help("see which of the two is right")
                .of(page.id),
        );
    }
}

/// Tells a date that prose calls the deadline and the data does not.
fn other_deadline(
    page: &Page<'_>,
    passage: &Passage<'_>,
    stretch: &Stretch,
    mention: &Mention,
    known: &[Date],
    desk: &mut Desk<'_>,
) {
    let before = stretch.text[..mention.part.start].to_lowercase();
    let lead = before.rsplit(['.', ';', '!']).next().unwrap_or("");
    let names = [
        "deadline",
        "closes on",
        "closing date",
        "submit by",
        "apply by",
        "frist endet am",
        "frist:",
        "frist ist",
        "bewerbungsschluss",
        "anmeldeschluss",
        "einsendeschluss",
        "bewerbungen bis",
        "anträge bis",
        "date limite",
        "date de clôture",
    ];
    // Between the name and the date stands a word or two: `deadline for applications: 9 September`.
    let is_near = names.iter().any(|name| lead.rfind(name).is_some_and(|at| lead.len() - at - name.len() <= 24));
    let Some(first) = known.first().filter(|_| is_near && !known.contains(&mention.date)) else { return };
    // A date of other years belongs to another call.
    if (mention.date - *first).get_days().abs() > 400 {
        return;
    }
    let Record::Call(call) = page.record else { return };
    let Some(deadline) = call.deadlines.first() else { return };
    desk.report.add(
        Diagnostic::warning(
            Code::OtherDate,
            format!("the text gives {} as a deadline, the data {first}", mention.date),
        )
        .at(passage.place(stretch, mention.part.clone(), desk.sources), "")
        .at(deadline.date.span, "the data")
        .help("see which of the two is right")
        .of(page.id),
    );
}

/// Tells news that asks for something that can no longer be done.
fn past(page: &Page<'_>, has_action: bool, desk: &mut Desk<'_>) {
    let Record::News(news) = page.record else { return };
    let (Some((_, last)), Some(date), Some(action)) = (page.days, news.date, &news.action) else { return };
    if !has_action || last >= desk.edition.today || !asks(action.as_str()) {
        return;
    }
    desk.report.add(
        Diagnostic::warning(Code::PastEvent, format!("`{action}` for a day that is over"))
            .at(date.span, format!("before {}, the edition’s date", desk.edition.today))
            .at(action.span, "nobody can do that any more")
            .help("tell what came of it, or leave it out with `expires`")
            .of(page.id),
    );
}

fn asks(action: &str) -> bool {
    let action = action.to_lowercase();
    let words =
        ["register", "save the date", "join", "apply", "sign up", "book", "anmeld", "vormerk", "inscri", "rejoign"];
    words.iter().any(|word| action.contains(word))
}

/// Reads all sessions.
pub fn sessions(desk: &mut Desk<'_>) {
    let edition = desk.edition;
    let sessions: Vec<&Session> =
        edition.held.iter().chain(&edition.coming).filter(|session| !session.is_off()).collect();
    for session in &sessions {
        long(session, desk);
    }
    let houses = Rooms::of(sessions.iter().copied());
    let mut rooms: FxHashMap<Room<'_>, Vec<Slot<'_>>> = FxHashMap::default();
    let mut speakers: FxHashMap<Identity<'_>, Vec<Slot<'_>>> = FxHashMap::default();
    let known = Identities::of(sessions.iter().flat_map(|session| session.people()));
    for session in sessions {
        let Some((start, end)) = bounds(session, desk) else { continue };
        if let (Some(room), Some(text), false) = (houses.room(session), &session.room, is_open(session)) {
            rooms.entry(room).or_default().push(Slot { start, end, session, place: text.span });
        }
        for person in people(session) {
            let slots = speakers.entry(known.who(&person.value)).or_default();
            if slots.last().is_none_or(|slot| !std::ptr::eq(slot.session, session)) {
                slots.push(Slot { start, end, session, place: person.span });
            }
        }
    }
    let mut all: Vec<(bool, Vec<Slot<'_>>)> = rooms.into_values().map(|slots| (true, slots)).collect();
    all.extend(speakers.into_values().map(|slots| (false, slots)));
    all.sort_by_key(|(_, slots)| slots[0].place);
    // One that stands twice is told once, whatever else the two share.
    let mut twice = FxHashSet::default();
    for (is_room, slots) in all {
        clash(is_room, slots, &mut twice, desk);
    }
}

/// The longest session, in seconds.
const MOST: i64 = 12 * 3600;

struct Slot<'a> {
    start: jiff::Timestamp,
    end: jiff::Timestamp,
    session: &'a Session,
    place: Span,
}

/// Says whether a session shares its room with others by its nature.
fn is_open(session: &Session) -> bool {
    let kind = session.kind.as_ref().map(|kind| kind.as_str().to_lowercase()).unwrap_or_default();
    ["poster", "exhibition", "fair", "stand", "break", "social", "registration"].iter().any(|word| kind.contains(word))
}

fn bounds(session: &Session, desk: &Desk<'_>) -> Option<(jiff::Timestamp, jiff::Timestamp)> {
    let zone = desk.edition.zone(session);
    let (date, start) = (session.date?.value, session.start?.value);
    // One over several days is not at work all the time.
    let last = session.end_date.map_or(date, |last| last.value);
    let Some(end) = session.end.map(|end| end.value) else {
        // Nobody says how long it takes: what is certain is that it begins.
        let begins = zone.instant(date, start);
        return (last == date).then(|| (begins, begins + 1.minute()));
    };
    let next = date.checked_add(1.day()).unwrap_or(date);
    let bounds = (zone.instant(date, start), zone.instant(last, end));
    let is_night = last == next && (bounds.1 - bounds.0).get_seconds() <= MOST;
    (last == date || is_night).then_some(bounds)
}

fn long(session: &Session, desk: &mut Desk<'_>) {
    let Some((start, end)) = bounds(session, desk) else { return };
    let seconds = (end - start).get_seconds();
    let (Some(first), Some(last)) = (session.start, session.end) else { return };
    if seconds > MOST {
        desk.report.add(
            Diagnostic::warning(Code::LongSession, format!("the session takes {} hours", seconds / 3600))
                .at(last.span, "")
                .at(first.span, "starts here")
                .help("see whether morning and evening were mixed up")
                .of(&session.id.value),
        );
    }
}

/// Tells two that overlap. Where three or more do at once, it is a hall with many stands, or a chair of a whole day: then
/// those alone that have one title and one time.
fn clash(is_room: bool, mut slots: Vec<Slot<'_>>, twice: &mut FxHashSet<(Span, Span)>, desk: &mut Desk<'_>) {
    slots.sort_by_key(|slot| (slot.start, slot.end, slot.session.title.as_str(), slot.place));
    let overlaps =
        |one: &Slot<'_>, next: &Slot<'_>| next.start < one.end && one.start < one.end && next.start < next.end;
    let is_crowd = slots.windows(3).any(|three| overlaps(&three[0], &three[1]) && overlaps(&three[0], &three[2]));
    for pair in slots.windows(2) {
        let [one, next] = pair else { continue };
        // What holds all of another is its frame: a conference and its talk.
        let frame = one.start <= next.start && next.end <= one.end && (one.start, one.end) != (next.start, next.end);
        let (first, second) = (&one.session.title.value, &next.session.title.value);
        let is_same = (one.start, one.end) == (next.start, next.end) && first == second;
        if !overlaps(one, next) || frame || is_crowd && !is_same {
            continue;
        }
        if is_same && !twice.insert((one.session.title.span, next.session.title.span)) {
            continue;
        }
        let what = if is_room { "one room" } else { "one speaker" };
        desk.report.add(
            Diagnostic::warning(Code::DoubleBooking, format!("`{second}` and `{first}` have {what} at the same time"))
                .at(next.place, "")
                .at(one.place, "the same here")
                .help(if first == second {
                    "if they are one, delete one of the two"
                } else {
                    "correct the room, the speaker or a time"
                })
                .of(&next.session.id.value)
                .of(&one.session.id.value),
        );
    }
}
