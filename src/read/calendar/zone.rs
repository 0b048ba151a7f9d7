//! When it is: days and times with their zones (RFC 5545 §3.3.4, §3.3.5, §3.6.5).

use jiff::civil::{DateTime, Time};
use jiff::tz::Offset;

use super::event::Moment;
use super::line::Line;
use super::{Component, repeat};
use crate::model::{Date, Zone};

/// In which zone a time is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Place {
    /// That of the edition, wherever that is.
    Floating,
    /// One of the IANA database.
    Zone(Zone),
    /// One that the calendar itself explains.
    Offset(Offset),
}

/// The zones of a calendar.
#[derive(Debug)]
pub(super) struct Zones<'c, 's> {
    explained: Vec<(&'c str, &'c Component<'s>)>,
    /// The one in which the calendar is shown: times in UTC are shown in it.
    shown: Option<Zone>,
}

impl<'c, 's> Zones<'c, 's> {
    pub(super) fn new(calendar: &'c Component<'s>) -> Zones<'c, 's> {
        let zones = calendar.parts.iter().filter(|part| part.name == "VTIMEZONE");
        let explained = zones.filter_map(|zone| Some((zone.line("TZID")?.raw.trim(), zone))).collect();
        let shown = calendar.line("X-WR-TIMEZONE").and_then(|line| Zone::named(line.raw.trim()));
        Zones { explained, shown }
    }

    /// Reads a property that is a day or a time. `None`: it is neither.
    pub(super) fn moment(&self, line: &Line<'_>) -> Option<Moment> {
        self.other(line, &line.raw)
    }

    /// Reads one of several days or times that a property has.
    pub(super) fn other(&self, line: &Line<'_>, raw: &str) -> Option<Moment> {
        let (raw, span) = (raw.trim(), line.value);
        let (local, is_day) = stamp(raw)?;
        let place = match line.parameter("TZID") {
            _ if is_day => Place::Floating,
            _ if raw.ends_with('Z') => {
                let utc = Place::Zone(Zone::utc());
                let Some(shown) = &self.shown else {
                    return Some(Moment { local, is_day, place: Place::Offset(Offset::UTC), span });
                };
                let instant = Zone::utc().instant(local.date(), local.time());
                let local = shown.date_at(instant).to_datetime(shown.time_at(instant));
                let place = if *shown == Zone::utc() { utc } else { Place::Zone(shown.clone()) };
                return Some(Moment { local, is_day, place, span });
            }
            Some(id) => self.place(id, local),
            None => Place::Floating,
        };
        Some(Moment { local, is_day, place, span })
    }

    /// Finds a zone by its name: in the database, under the name that its makers gave it there, or as it is explained.
    fn place(&self, id: &str, local: DateTime) -> Place {
        // Some put their own name before it: `/mozilla.org/20050126_1/Europe/Brussels`.
        let parts: Vec<&str> = id.split('/').collect();
        let named = (0..parts.len()).find_map(|from| Zone::named(&parts[from..].join("/")));
        if let Some(zone) = named {
            return Place::Zone(zone);
        }
        let Some((_, zone)) = self.explained.iter().find(|(known, _)| *known == id) else { return Place::Floating };
        let known = zone.line("X-LIC-LOCATION").and_then(|line| Zone::named(line.raw.trim()));
        match known {
            Some(zone) => Place::Zone(zone),
            None => offset_at(zone, local).map_or(Place::Floating, Place::Offset),
        }
    }
}

/// Gives the offset that a zone explains for a time: that of the change before it.
fn offset_at(zone: &Component<'_>, local: DateTime) -> Option<Offset> {
    let changes = zone.parts.iter().filter_map(|part| {
        let (first, _) = stamp(part.line("DTSTART")?.raw.trim())?;
        let onset = match part.line("RRULE") {
            Some(rule) => repeat::last_before(&rule.raw, first, local),
            None => Some(first),
        };
        Some((onset.filter(|onset| *onset <= local), first, part))
    });
    let changes: Vec<_> = changes.collect();
    let last = changes.iter().filter(|(onset, ..)| onset.is_some()).max_by_key(|(onset, ..)| *onset);
    // Before the first change of all, the zone is as it was before that.
    let first = changes.iter().min_by_key(|(_, first, _)| *first);
    let (part, name) = match (last, first) {
        (Some((_, _, part)), _) => (part, "TZOFFSETTO"),
        (None, Some((_, _, part))) => (part, "TZOFFSETFROM"),
        (None, None) => return None,
    };
    offset(part.line(name)?.raw.trim())
}

/// Reads `+0200` (§3.3.14).
fn offset(raw: &str) -> Option<Offset> {
    let (sign, digits) = match raw.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, raw.strip_prefix('+').unwrap_or(raw)),
    };
    let number = |at: usize| digits.get(at..at + 2)?.parse::<i32>().ok();
    Offset::from_seconds(sign * (number(0)? * 3600 + number(2)? * 60)).ok()
}

/// Reads `20260504` or `20260504T090000`, and says whether it is a day.
pub(super) fn stamp(raw: &str) -> Option<(DateTime, bool)> {
    let number = |from: usize, to: usize| -> Option<i16> {
        raw.get(from..to).filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))?.parse().ok()
    };
    let small = |from: usize| i8::try_from(number(from, from + 2)?).ok();
    let date = Date::new(number(0, 4)?, small(4)?, small(6)?).ok()?;
    match raw.get(8..) {
        Some("") => Some((date.to_datetime(Time::midnight()), true)),
        Some(time) if time.starts_with('T') => {
            // A leap second is the one before it.
            let seconds = small(13).unwrap_or(0).min(59);
            Some((date.to_datetime(Time::new(small(9)?, small(11)?, seconds, 0).ok()?), false))
        }
        _ => None,
    }
}
