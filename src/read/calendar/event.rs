//! One event: when it is, and all that it says.

use jiff::SignedDuration;
use jiff::civil::DateTime;
use rustc_hash::{FxHashMap, FxHashSet};

use super::repeat;
use super::zone::{Place, Zones, stamp};
use super::{Component, text};
use crate::diagnostic::Report;
use crate::model::{Date, Zone};
use crate::record::{Record, Value};
use crate::source::{Span, Text};

/// A day, or a time in its zone.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Moment {
    /// What the clocks show.
    pub(super) local: DateTime,
    /// Whether it is a day.
    pub(super) is_day: bool,
    /// In which zone.
    pub(super) place: Place,
    /// Where it stands.
    pub(super) span: Span,
}

/// One event, perhaps repeated.
#[derive(Debug)]
pub(super) struct Event<'c, 's> {
    part: &'c Component<'s>,
    start: Option<Moment>,
    end: Option<Moment>,
    /// The times at which it begins; one, where it is not repeated.
    times: Vec<DateTime>,
    fields: Vec<(Text, Value<'s>)>,
}

impl<'c, 's> Event<'c, 's> {
    pub(super) fn read(part: &'c Component<'s>, zones: &Zones<'c, 's>, report: &mut Report) -> Event<'c, 's> {
        let moment = |name: &str| part.line(name).and_then(|line| zones.moment(line));
        let start = moment("DTSTART");
        let end = moment("DTEND").or_else(|| lasting(part, start.as_ref()?));
        let times = start.as_ref().map(|start| repeat::times(part, start, zones, report)).unwrap_or_default();
        Event { part, fields: fields(part), start, end, times }
    }

    /// Gives the id and the day of which it is another version.
    pub(super) fn moved_from(&self) -> Option<(&str, Date)> {
        let (from, _) = stamp(self.part.line("RECURRENCE-ID")?.raw.trim().trim_end_matches('Z'))?;
        Some((self.part.line("UID")?.raw.trim(), from.date()))
    }

    /// Gives a row for each time; those days of which there is another version, `moved`, are left to that one.
    pub(super) fn rows(&self, moved: &FxHashSet<(&str, Date)>) -> Vec<Value<'s>> {
        let uid = self.part.line("UID").map(|line| line.raw.trim()).unwrap_or_default();
        let Some(start) = &self.start else { return vec![self.row(None, uid)] };
        if let Some((_, day)) = self.moved_from() {
            return vec![self.row(Some(start.local), &format!("{uid}-{day}"))];
        }
        let is_moved = |time: &&DateTime| moved.contains(&(uid, time.date()));
        match self.times.as_slice() {
            [_] if self.part.line("RRULE").is_none() => vec![self.row(Some(start.local), uid)],
            times => {
                let rows = times.iter().filter(|time| !is_moved(time));
                rows.map(|time| self.row(Some(*time), &format!("{uid}-{}", time.date()))).collect()
            }
        }
    }

    fn row(&self, time: Option<DateTime>, uid: &str) -> Value<'s> {
        let mut fields = self.fields.clone();
        let mut say =
            |name: &str, value: String, span: Span| fields.push((Text::new(name.into(), span), text(value, span)));
        if !uid.is_empty() {
            let span = self.part.line("UID").map_or(self.part.span, |line| line.value);
            say("id", uid.to_owned(), span);
        }
        if let (Some(start), Some(time)) = (&self.start, time) {
            let moved = Moment { local: time, ..start.clone() };
            let end = self.end.as_ref().map(|end| shifted(start, end, time));
            if start.is_day {
                say("date", time.date().to_string(), start.span);
                // The day after the last (§3.6.1).
                let last = end.as_ref().and_then(|end| Some((end.local.date().yesterday().ok()?, end.span)));
                if let Some((last, span)) = last.filter(|(last, _)| *last > time.date()) {
                    say("end-date", last.to_string(), span);
                }
            } else {
                say("start", moved.written(&moved.place), start.span);
                if let Some(end) = end.filter(|end| !end.is_day && (end.local != time || end.place != moved.place)) {
                    say("end", end.written(&moved.place), end.span);
                }
            }
            if let Place::Zone(zone) = &start.place {
                say("timezone", zone.name().to_owned(), start.span);
            }
        }
        let (names, values): (Vec<Text>, Vec<Value<'s>>) = fields.into_iter().unzip();
        Value::Record(Box::new(Record { span: self.part.span, names: names.into(), values }))
    }
}

impl Moment {
    /// Writes it for a row whose zone is that of `place`: as its clocks show it, or with its offset.
    fn written(&self, place: &Place) -> String {
        let local = self.local.strftime("%Y-%m-%dT%H:%M:%S");
        match (&self.place, place) {
            (Place::Floating, _) => local.to_string(),
            (Place::Zone(own), Place::Zone(zone)) if own == zone => local.to_string(),
            (Place::Zone(zone), _) => self.instant(zone).to_string(),
            (Place::Offset(offset), _) => match offset.to_timestamp(self.local) {
                Ok(instant) => instant.display_with_offset(*offset).to_string(),
                Err(_) => local.to_string(),
            },
        }
    }

    fn instant(&self, zone: &Zone) -> jiff::Timestamp {
        zone.instant(self.local.date(), self.local.time())
    }
}

/// Gives the end of the event that begins at `time` instead of its start.
fn shifted(start: &Moment, end: &Moment, time: DateTime) -> Moment {
    let moved = end.local.checked_add(time.duration_since(start.local));
    Moment { local: moved.unwrap_or(end.local), ..end.clone() }
}

/// Computes the end of an event that says how long it lasts (§3.3.6); a day has one where it says nothing.
fn lasting(part: &Component<'_>, start: &Moment) -> Option<Moment> {
    let line = part.line("DURATION")?;
    let raw = line.raw.trim();
    let span: jiff::Span = raw.trim_start_matches('+').parse().ok()?;
    let days = i64::from(span.get_days()) + 7 * i64::from(span.get_weeks());
    let time = i64::from(span.get_hours()) * 3600 + span.get_minutes() * 60 + span.get_seconds();
    let lasts = SignedDuration::from_secs(days * 86_400 + time);
    let local = start.local.checked_add(lasts).ok().filter(|end| *end > start.local)?;
    Some(Moment { local, span: line.value, ..start.clone() })
}

/// Gives what it says besides: nobody's address, and no alarm.
fn fields<'s>(part: &Component<'s>) -> Vec<(Text, Value<'s>)> {
    let mut fields: Vec<(Text, Value<'s>)> = Vec::new();
    let mut known = FxHashMap::<&str, usize>::default();
    for line in &part.lines {
        let name = line.name.as_str();
        let value = match name {
            "ATTENDEE" | "CONTACT" | "DTSTART" | "DTEND" | "DURATION" | "RRULE" | "RDATE" | "EXDATE" => continue,
            "ORGANIZER" => match line.parameter("CN").filter(|name| !name.contains('@')) {
                Some(name) => text(name.to_owned(), line.value),
                None => continue,
            },
            "CATEGORIES" | "RESOURCES" => Value::List(line.texts(), line.value),
            _ => line.text(),
        };
        match known.get(name).map(|at| &mut fields[*at].1) {
            Some(Value::List(all, _)) => match value {
                Value::List(more, _) => all.extend(more),
                other => all.push(other),
            },
            // What may stand once only is taken once.
            Some(_) => {}
            None => {
                known.insert(name, fields.len());
                fields.push((line.title(), value));
            }
        }
    }
    fields
}
