//! Days and times as the mail shows them: a date block beside the item, one line of words in the text.

use arcstr::ArcStr;
use jiff::Timestamp;
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::locale::Locale;
use crate::model::call::END_OF_DAY;
use crate::model::edition::CalendarFiles;
use crate::model::{Date, Deadline, Edition, Session, State, Time, Zone};
use crate::render::campaign::Campaign;

/// A mail has about so many days; what is made for them does not grow on the way.
const DAYS: usize = 100;

/// What the items of an edition are laid out with.
#[derive(Debug)]
pub struct Desk<'d, 'a> {
    /// What they belong to.
    pub edition: &'a Edition,
    /// How things are said.
    pub locale: &'a Locale,
    /// The instant at which states are computed.
    pub now: Timestamp,
    /// Where each call stands, and the deadline that counts now.
    pub calls: Vec<(State, Option<&'a Deadline>)>,
    /// What links carry.
    pub campaign: &'d Campaign<'a>,
    /// Times in words so far, by zone, and by offset and clock at start and end: most deadlines are at the same hour.
    times: Vec<(Hour<'a>, ArcStr)>,
    /// Days in words so far: deadlines come in flocks, and news tells of the sessions.
    days: FxHashMap<(Date, Option<Date>), ArcStr>,
    /// The calendar files that are still to be named, and those that are.
    files: CalendarFiles<'a>,
    named: Vec<(&'a Session, String)>,
}

type Hour<'a> = (&'a str, i32, Time, Option<(i32, Time)>);

impl<'d, 'a> Desk<'d, 'a> {
    /// Sets up what is needed.
    pub fn new(edition: &'a Edition, locale: &'a Locale, campaign: &'d Campaign<'a>) -> Desk<'d, 'a> {
        let files = edition.calendar_files();
        let now = edition.now();
        let present = edition.present();
        let calls = edition.calls.iter().map(|call| call.standing(&present)).collect();
        Desk {
            edition,
            locale,
            now,
            calls,
            campaign,
            times: Vec::new(),
            days: FxHashMap::with_capacity_and_hasher(DAYS, FxBuildHasher),
            files,
            named: Vec::new(),
        }
    }

    /// Gives the address of a coming session's calendar file; it lies beside the web copy. Sessions are asked for in
    /// their order, so that no more of them are named than are laid out.
    pub fn calendar_url(&mut self, session: &'a Session) -> Option<String> {
        let web = self.edition.mailing.web_url.as_ref()?;
        session.date.as_ref()?;
        let is_it = |(known, _): &&(&'a Session, String)| std::ptr::eq(*known, session);
        while self.named.iter().rev().find(is_it).is_none() {
            self.named.push(self.files.next()?);
        }
        let (_, name) = self.named.iter().rev().find(is_it)?;
        web.value.beside(name)
    }

    /// Says some days, or one.
    pub fn days(&mut self, first: Date, last: Option<Date>) -> ArcStr {
        let locale = self.locale;
        let said = self.days.entry((first, last)).or_insert_with(|| {
            match last.filter(|&last| last > first) {
                Some(last) => locale.date_range(first, last),
                None => locale.date(first),
            }
            .into()
        });
        said.clone()
    }

    /// Says a time with its zone, as [`Locale::times`] does.
    fn times(&mut self, zone: &'a Zone, date: Date, start: Time, end: Option<Time>) -> ArcStr {
        let offset = |time| zone.offset(date, time);
        let hour = (zone.name(), offset(start), start, end.map(|end| (offset(end), end)));
        if let Some((_, said)) = self.times.iter().find(|(known, _)| *known == hour) {
            return said.clone();
        }
        let said = ArcStr::from(self.locale.times(zone, date, start, end));
        self.times.push((hour, said.clone()));
        said
    }
}

/// A date block: what is looked up, in a column of its own.
#[derive(Debug, Clone)]
pub struct When<'a> {
    /// A word above it: `Deadline`.
    pub caption: Option<&'a str>,
    /// The first day of the month.
    pub day: i8,
    /// The last, where it is in the same month: `25–26`.
    pub to: Option<i8>,
    /// `Sept`.
    pub month: &'a str,
    /// The year, where it is not said with the last day.
    pub year: Option<i16>,
    /// Day, month and year of the last day, where it is in another month.
    pub last: Option<(i8, &'a str, i16)>,
    /// `8:30–9:45 CEST`.
    pub time: Option<ArcStr>,
    /// The days in words: `19 June 2024`.
    pub days: ArcStr,
    /// Days and time in words, where there is a time.
    all: Option<String>,
}

impl<'a> When<'a> {
    /// Tells the days from `first` to `last` and the time.
    fn new(first: Date, last: Option<Date>, time: Option<ArcStr>, desk: &mut Desk<'_, 'a>) -> When<'a> {
        let locale = desk.locale;
        let last = last.filter(|&last| last > first);
        let days = desk.days(first, last);
        let all = time.as_ref().map(|time| locale.date_with_time(&days, time));
        let (to, last) = match last {
            Some(last) if (first.year(), first.month()) == (last.year(), last.month()) => (Some(last.day()), None),
            last => (None, last.map(|last| (last.day(), locale.month_short(last), last.year()))),
        };
        let year = last.is_none_or(|(_, _, year)| year != first.year()).then(|| first.year());
        When { caption: None, day: first.day(), to, month: locale.month_short(first), year, last, time, days, all }
    }

    /// Says it in words: `19 June 2024, 8:30–9:45 CEST`.
    pub fn words(&self) -> &str {
        self.all.as_deref().unwrap_or(&self.days)
    }

    /// Tells when a session is, if that is known.
    pub fn session(session: &'a Session, desk: &mut Desk<'_, 'a>) -> Option<When<'a>> {
        let first = session.date.as_ref()?.value;
        let zone = desk.edition.zone(session);
        let end = session.end.as_ref().map(|time| time.value);
        let last = session.end_date.as_ref().map(|date| date.value).filter(|last| *last > first);
        let time = session.start.as_ref().map(|start| match (last, end) {
            // In the narrow column of a date block it must break somewhere.
            (Some(last), Some(end)) => {
                desk.locale.times_over_days(zone, first, start.value, last, end).replace('\u{A0}', " ").into()
            }
            _ => desk.times(zone, first, start.value, end),
        });
        let mut when = When::new(first, session.end_date.as_ref().map(|date| date.value), time, desk);
        if let (Some(start), Some(last), Some(end)) = (&session.start, last, end) {
            when.all = Some(desk.locale.moments(zone, first, start.value, last, end));
        }
        Some(when)
    }

    /// Tells a deadline.
    pub fn deadline(deadline: &'a Deadline, desk: &mut Desk<'_, 'a>) -> When<'a> {
        let zone = deadline.timezone.as_ref().map_or(&desk.edition.timezone, |zone| &zone.value);
        let date = deadline.date.value;
        let time = match &deadline.time {
            Some(time) => Some(desk.times(zone, date, time.value, None)),
            // Its day ends elsewhere at another hour than here.
            None if *zone != desk.edition.timezone => Some(desk.locale.zone(zone, date, END_OF_DAY).into()),
            None => None,
        };
        When { caption: Some(&desk.locale.labels.deadline), ..When::new(date, None, time, desk) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Lang;
    use crate::render::newsletter::fixture::{day, empty};

    #[test]
    fn days_fit_into_a_block() {
        let (edition, locale, campaign) = (empty(Lang::English), Locale::new(Lang::English), Campaign::default());
        let mut desk = Desk::new(&edition, &locale, &campaign);
        let mut said = |first: &str, last: &str| {
            let When { day, to, month, year, last, days, .. } = When::new(day(first), Some(day(last)), None, &mut desk);
            format!("{day} {to:?} {month} {year:?} {last:?} {days}").replace('\u{A0}', "_")
        };
        assert_eq!(said("2024-06-19", "2024-06-19"), "19 None Jun Some(2024) None 19_June 2024");
        assert_eq!(said("2024-09-25", "2024-09-26"), "25 Some(26) Sept Some(2024) None 25–26_September 2024");
        assert_eq!(
            said("2024-09-30", "2024-10-02"),
            "30 None Sept None Some((2, \"Oct\", 2024)) 30_September_– 2_October 2024"
        );
        assert_eq!(
            said("2024-12-30", "2025-01-02"),
            "30 None Dec Some(2024) Some((2, \"Jan\", 2025)) 30_December 2024_– 2_January 2025"
        );
        assert_eq!(said("2024-06-19", "2024-06-01"), "19 None Jun Some(2024) None 19_June 2024");
    }
}
