//! Time zones by their IANA names, and instants in them.

use ecow::{EcoString, eco_format};
use jiff::Timestamp;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::model::value::Moment;
use crate::model::{Date, Time};
use crate::source::Spanned;

/// Anywhere on Earth (UTC−12): where the day ends last; usual in calls for papers.
const ANYWHERE: &str = "AoE";

/// A time zone. The database is built in, so that every machine computes the same instants.
#[derive(Debug, Clone, PartialEq)]
pub struct Zone {
    name: EcoString,
    zone: TimeZone,
}

impl Zone {
    /// Finds a zone by its IANA name; also `AoE` (anywhere on Earth: UTC−12) and `UTC+2`.
    pub fn named(name: &str) -> Option<Zone> {
        if name.eq_ignore_ascii_case("aoe") {
            let zone = TimeZone::get("Etc/GMT+12").ok()?;
            return Some(Zone { name: ANYWHERE.into(), zone });
        }
        if let Some(offset) = name.strip_prefix("UTC").or(name.strip_prefix("GMT"))
            && let Some(offset) = super::date::parse_offset(offset)
        {
            return Some(Zone { name: eco_format!("{name}"), zone: TimeZone::fixed(offset) });
        }
        let zone = TimeZone::get(name).ok()?;
        Some(Zone { name: zone.iana_name().unwrap_or(name).into(), zone })
    }

    /// Gives Coordinated Universal Time.
    pub fn utc() -> Zone {
        Zone { name: "UTC".into(), zone: TimeZone::UTC }
    }

    /// Gives the zone that is always so far from Coordinated Universal Time.
    pub fn fixed(offset: Offset) -> Zone {
        if offset.is_zero() {
            return Zone::utc();
        }
        let (sign, seconds) = (if offset.is_negative() { '-' } else { '+' }, offset.seconds().abs());
        let name = eco_format!("UTC{sign}{:02}:{:02}", seconds / 3600, seconds / 60 % 60);
        Zone { name, zone: TimeZone::fixed(offset) }
    }

    /// Says whether it is AoE, anywhere on Earth.
    pub fn is_anywhere(&self) -> bool {
        self.name == ANYWHERE
    }

    /// Gives the IANA name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Gives the instant at which the clocks there show `time` on `date`. In the gap of spring it is the one after
    /// the gap, in the fold of autumn the first (RFC 5545 §3.3.5).
    pub fn instant(&self, date: Date, time: Time) -> Timestamp {
        let local = date.to_datetime(time);
        self.zone.to_ambiguous_timestamp(local).compatible().unwrap_or(if date.year() > 0 {
            Timestamp::MAX
        } else {
            Timestamp::MIN
        })
    }

    /// Gives the first instant of a day there.
    pub fn start_of(&self, date: Date) -> Timestamp {
        self.instant(date, Time::midnight())
    }

    /// Gives the first instant after a day there.
    pub fn end_of(&self, date: Date) -> Timestamp {
        self.start_of(date.tomorrow().unwrap_or(date))
    }

    /// Gives the abbreviation in use there at an instant, as the IANA data have it: `CEST`.
    pub fn abbreviation_at(&self, instant: Timestamp) -> String {
        self.zone.to_offset_info(instant).abbreviation().to_owned()
    }

    /// Gives the day that it is there.
    pub fn date_at(&self, instant: Timestamp) -> Date {
        self.zone.to_datetime(instant).date()
    }

    /// Gives the time that the clocks show there.
    pub fn time_at(&self, instant: Timestamp) -> Time {
        self.zone.to_datetime(instant).time()
    }

    /// Gives the day, the time and the offset from UTC that it is there.
    pub fn moment_at(&self, instant: Timestamp) -> Moment {
        let offset = self.zone.to_offset(instant);
        let there = offset.to_datetime(instant);
        Moment { date: there.date(), time: Some(there.time()), offset: Some(offset), written: None }
    }

    /// Gives the offset from UTC in force when the clocks show `time` on `date`, in seconds; see [`Zone::instant`].
    pub fn offset(&self, date: Date, time: Time) -> i32 {
        match self.zone.to_ambiguous_timestamp(date.to_datetime(time)).offset() {
            AmbiguousOffset::Unambiguous { offset } => offset.seconds(),
            AmbiguousOffset::Gap { .. } | AmbiguousOffset::Fold { .. } => self.offset_at(self.instant(date, time)),
        }
    }

    /// Says whether the clocks are changed between two times.
    pub fn changes(&self, (first, start): (Date, Time), (last, end): (Date, Time)) -> bool {
        self.offset(first, start) != self.offset(last, end)
    }

    /// Gives the offset from UTC in force at an instant, in seconds.
    pub fn offset_at(&self, instant: Timestamp) -> i32 {
        self.zone.to_offset(instant).seconds()
    }
}

/// Decodes the name of a zone.
pub fn zone(text: Spanned<&str>, field: &str, report: &mut Report) -> Option<Spanned<Zone>> {
    if let Some(zone) = Zone::named(text.value) {
        return Some(text.with(zone));
    }
    let wanted = text.value.to_lowercase().replace(' ', "_");
    let near = jiff::tz::db().available().map(|name| name.to_string()).find(|name| {
        let name = name.to_lowercase();
        name == wanted || name.rsplit('/').next() == Some(wanted.as_str())
    });
    report.add(
        Diagnostic::error(Code::UnknownZone, format!("`{field}` is not a time zone"))
            .at(text.span, "no such zone in the IANA database")
            .help(match near {
                Some(name) => format!("write `{name}`"),
                None if text.value.len() < 6 && text.value.bytes().all(|b| b.is_ascii_uppercase()) => {
                    "an abbreviation holds for a part of the year; name a place, as in `Europe/Brussels`".into()
                }
                None => "name a place, as in `Europe/Brussels`, or `UTC`".into(),
            }),
    );
    None
}
