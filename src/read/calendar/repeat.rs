//! Events that are repeated (RFC 5545 §3.8.5): every time that they take place, up to a bound.

use jiff::civil::DateTime;
use rrule::RRuleSet;

use super::Component;
use super::event::Moment;
use super::zone::{Place, Zones, stamp};
use crate::diagnostic::{Code, Diagnostic, Report};

/// So many times of one event are read at most.
const MOST: u16 = 1000;

/// Gives every time at which an event begins. A rule that cannot be read, or goes on for longer, is told.
pub(super) fn times(part: &Component<'_>, start: &Moment, zones: &Zones<'_, '_>, report: &mut Report) -> Vec<DateTime> {
    let mut times = vec![start.local];
    if let Some(rule) = part.line("RRULE") {
        let until = |raw: &str| local_until(raw, start);
        match expanded(&rule.raw, start.local, until, MOST) {
            Some((all, is_limited)) => {
                if let (true, Some(last)) = (is_limited, all.last()) {
                    report.add(
                        Diagnostic::warning(Code::OpenRepetition, "an event is repeated without an end in sight")
                            .at(rule.value, format!("the first {MOST} times are read, up to {}", last.date()))
                            .help("fetch the calendar for a shorter time, or give the rule an `UNTIL` or `COUNT`"),
                    );
                }
                times = all;
            }
            None => report.add(
                Diagnostic::warning(Code::OpenRepetition, "the rule by which an event is repeated cannot be read")
                    .at(rule.value, "only the first time is read")
                    .help("a rule is `FREQ=WEEKLY;BYDAY=TU;COUNT=6`, as in RFC 5545 §3.3.10"),
            ),
        }
    }
    let others = |name: &str| -> Vec<DateTime> {
        let lines = part.lines.iter().filter(|line| line.name == name);
        let moments = lines.flat_map(|line| {
            line.raw.split(',').filter_map(|raw| {
                let moment = zones.other(line, raw)?;
                // A day stands for whatever begins on it.
                Some(if moment.is_day { moment.local.date().to_datetime(start.local.time()) } else { moment.local })
            })
        });
        moments.collect()
    };
    times.extend(others("RDATE"));
    times.sort();
    times.dedup();
    let without = others("EXDATE");
    times.retain(|time| !without.contains(time));
    times
}

/// Gives the last time before another one.
pub(super) fn last_before(rule: &str, first: DateTime, before: DateTime) -> Option<DateTime> {
    // Rules of zones come once a year, some since 1601.
    let year = (before.year() - 2).max(first.year());
    let near = first.date().with().year(year).build().unwrap_or(first.date()).to_datetime(first.time());
    let (times, _) = expanded(rule, near, |raw| Some(stamp(raw.trim_end_matches('Z'))?.0), 8)?;
    times.into_iter().filter(|time| *time <= before).max()
}

/// Writes out a rule; says whether it goes on. All is reckoned as the clocks of the event show it, as if they were those
/// of UTC: so nine o'clock stays nine o'clock.
fn expanded(
    rule: &str,
    start: DateTime,
    until: impl Fn(&str) -> Option<DateTime>,
    most: u16,
) -> Option<(Vec<DateTime>, bool)> {
    let parts = rule.trim().split(';').filter(|part| !part.is_empty()).map(|part| match part.split_once('=') {
        Some((name, raw)) if name.eq_ignore_ascii_case("UNTIL") => {
            Some(format!("UNTIL={}", until(raw)?.strftime("%Y%m%dT%H%M%SZ")))
        }
        _ => Some(part.to_ascii_uppercase()),
    });
    let parts: Option<Vec<String>> = parts.collect();
    let text = format!("DTSTART:{}\nRRULE:{}", start.strftime("%Y%m%dT%H%M%SZ"), parts?.join(";"));
    let set: RRuleSet = text.parse().ok()?;
    let all = set.all(most);
    let times = all.dates.iter().filter_map(|time| {
        let seconds = jiff::Timestamp::from_second(time.timestamp()).ok()?;
        Some(jiff::tz::Offset::UTC.to_datetime(seconds))
    });
    let mut times: Vec<DateTime> = times.collect();
    // The first time always counts, whether the rule meets it or not.
    if !times.contains(&start) && most == MOST {
        times.insert(0, start);
    }
    Some((times, all.limited))
}

/// Gives the last time of a rule as the event's clocks show it; a day counts to its end.
fn local_until(raw: &str, start: &Moment) -> Option<DateTime> {
    let raw = raw.trim();
    let (local, is_day) = stamp(raw.trim_end_matches('Z'))?;
    if is_day {
        return local.date().at(23, 59, 59, 0).into();
    }
    let instant = jiff::tz::Offset::UTC.to_timestamp(local).ok()?;
    Some(match &start.place {
        _ if !raw.ends_with('Z') => local,
        Place::Zone(zone) => zone.date_at(instant).to_datetime(zone.time_at(instant)),
        Place::Offset(offset) => offset.to_datetime(instant),
        Place::Floating => local,
    })
}
