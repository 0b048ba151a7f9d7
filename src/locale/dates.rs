//! Days, months and times of day in words.

use icu_calendar::{Date as IcuDate, Gregorian};
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::{YM, YMD, YMDE};
use icu_time::zone::{TimeZone as IcuZone, UtcOffset};
use icu_time::{DateTime, Time as IcuTime};

use super::{EMBEDDED, Locale};
use crate::model::{Date, Time, Zone};

impl Locale {
    /// Gives a day: `19 June 2024`.
    pub fn date(&self, date: Date) -> String {
        let at = usize::try_from(date.month() - 1).expect("a month is at least 1");
        let [before, between, after] = &self.long[at];
        let (mut day, mut year) = (itoa::Buffer::new(), itoa::Buffer::new());
        [before, day.format(date.day()), between, year.format(date.year()), after].concat()
    }

    /// Gives a day without its year: `19 June`.
    pub fn day_month(&self, date: Date) -> String {
        solid(self.day_month.format(&icu(date)).to_string())
    }

    /// Gives a day with its weekday: `Saturday 31 January 2026`.
    pub fn weekday(&self, date: Date) -> String {
        let make = || FixedCalendarDateTimeFormatter::try_new((&self.lang.icu()).into(), YMDE::long()).expect(EMBEDDED);
        solid(self.weekday.get_or_init(make).format(&icu(date)).to_string())
    }

    /// Gives the short name of a month, for a date block: `Jun`.
    pub fn month_short(&self, date: Date) -> &str {
        let at = usize::try_from(date.month() - 1).expect("a month is at least 1");
        &self.months[at]
    }

    /// Gives the month of a day: `June 2024`.
    pub fn month(&self, date: Date) -> String {
        let make = || FixedCalendarDateTimeFormatter::try_new((&self.lang.icu()).into(), YM::long()).expect(EMBEDDED);
        self.year_month.get_or_init(make).format(&icu(date)).to_string()
    }

    /// Gives some days: `25–26 September 2024`, `30 September – 2 October 2024`; one day where both are the same.
    pub fn date_range(&self, first: Date, last: Date) -> String {
        if last <= first {
            self.date(first)
        } else if (first.year(), first.month()) == (last.year(), last.month()) {
            let (from, to) = (first.day().to_string(), self.date(last));
            self.say("date-range-in-month", &[("from", &from), ("to", &to)])
        } else {
            let from = if first.year() == last.year() { self.day_month(first) } else { self.date(first) };
            self.say("date-range", &[("from", &from), ("to", &self.date(last))])
        }
    }

    /// Gives a time of day: `8:30`, `8:30 Uhr`, `8 h 30`.
    pub fn time(&self, time: Time) -> String {
        self.say("time", &[("time", &self.clock(time))])
    }

    /// Gives the time from start to end: `8:30–9:45`.
    pub fn time_range(&self, start: Time, end: Time) -> String {
        self.say("time-range", &[("from", &self.clock(start)), ("to", &self.clock(end))])
    }

    fn clock(&self, time: Time) -> String {
        self.say("clock", &[("hour", &time.hour().to_string()), ("minute", &format!("{:02}", time.minute()))])
    }

    /// Gives a day and a time, both in words: `19 June 2024, 8:30–9:45 CEST`.
    pub fn date_with_time(&self, date: &str, time: &str) -> String {
        let values = [("date", date), ("time", time)];
        let said = self.date_with_time.as_ref().and_then(|phrase| phrase.say(&values));
        said.unwrap_or_else(|| self.say("date-with-time", &values))
    }

    /// Gives the name of a zone as it is in force at that date and time: `CEST` in June, `CET` in January.
    pub fn zone(&self, zone: &Zone, date: Date, time: Time) -> String {
        if zone.is_anywhere() {
            return zone.name().to_owned();
        }
        let offset = zone.offset(date, time);
        let local = DateTime {
            date: icu(date),
            time: IcuTime::try_new(clock(time.hour()), clock(time.minute()), 0, 0).unwrap_or(IcuTime::start_of_day()),
        };
        let info = IcuZone::from_iana_id(zone.name())
            .with_offset(UtcOffset::try_from_seconds(offset).ok())
            .at_date_time(local);
        self.zones.format(&info).to_string()
    }

    /// Gives a session's or deadline's time with its zone: `8:30–9:45 CEST`; `1:30 CEST – 3:30 CET` where the clocks
    /// are changed on the way.
    pub fn times(&self, zone: &Zone, date: Date, start: Time, end: Option<Time>) -> String {
        let zoned = |time: &str, at: Time| self.with_zone(time, zone, date, at);
        match end {
            Some(end) if end != start && zone.changes((date, start), (date, end)) => {
                let (from, to) = (zoned(&self.time(start), start), zoned(&self.time(end), end));
                self.say("date-range", &[("from", &from), ("to", &to)])
            }
            Some(end) if end != start => zoned(&self.time_range(start, end), start),
            _ => zoned(&self.time(start), start),
        }
    }

    /// Gives the time from the start on one day to the end on another: `13:00 – 13 November, 12:00 CET`.
    pub fn times_over_days(&self, zone: &Zone, first: Date, start: Time, last: Date, end: Time) -> String {
        let (from, day, to) = (self.clock(start), self.day_month(last), self.clock(end));
        let changes = zone.changes((first, start), (last, end));
        let from = if changes { self.with_zone(&from, zone, first, start) } else { from };
        let time = self.say("time-over-days", &[("from", &from), ("day", &day), ("to", &to)]);
        self.with_zone(&time, zone, last, end)
    }

    /// Gives start and end on two days: `12 November, 13:00 – 13 November 2026, 12:00 CET`.
    pub fn moments(&self, zone: &Zone, first: Date, start: Time, last: Date, end: Time) -> String {
        let day = if first.year() == last.year() { self.day_month(first) } else { self.date(first) };
        let changes = zone.changes((first, start), (last, end));
        let from = self.time(start);
        let from = if changes { self.with_zone(&from, zone, first, start) } else { from };
        let to = self.with_zone(&self.time(end), zone, last, end);
        let (from, to) = (self.date_with_time(&day, &from), self.date_with_time(&self.date(last), &to));
        self.say("date-range", &[("from", &from), ("to", &to)])
    }

    fn with_zone(&self, time: &str, zone: &Zone, date: Date, at: Time) -> String {
        self.say("time-with-zone", &[("time", time), ("zone", &self.zone(zone, date, at))])
    }
}

fn icu(date: Date) -> IcuDate<Gregorian> {
    let month = u8::try_from(date.month()).expect("1 to 12");
    let day = u8::try_from(date.day()).expect("1 to 31");
    IcuDate::try_new_gregorian(date.year().into(), month, day).expect("jiff's dates exist in the Gregorian calendar")
}

fn clock(number: i8) -> u8 {
    u8::try_from(number).expect("hours and minutes are not negative")
}

/// Formats one day of a month and takes day and year out again: dates are many and months are twelve.
pub(super) fn frame(formatter: &FixedCalendarDateTimeFormatter<Gregorian, YMD>, month: u8) -> [String; 3] {
    let date = IcuDate::try_new_gregorian(2033, month, 11).expect("a month has an eleventh");
    let said = solid(formatter.format(&date).to_string());
    let (before, rest) = said.split_once("11").expect("day before year, in every language of `Lang`");
    let (between, after) = rest.split_once("2033").expect("day before year, in every language of `Lang`");
    [before, between, after].map(str::to_owned)
}

/// Keeps a day and its month on one line: the first space becomes a no-break space.
fn solid(date: String) -> String {
    match date.find(|c: char| c.is_ascii_digit()) {
        Some(start) => {
            let (head, tail) = date.split_at(start);
            format!("{head}{}", tail.replacen(' ', "\u{A0}", 1))
        }
        None => date,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Lang;

    /// The frames of [`frame`] are those of ICU on every day.
    #[test]
    fn long_dates_are_those_of_icu() {
        for lang in Lang::ALL {
            let locale = Locale::new(lang);
            let tag = lang.icu();
            let long = FixedCalendarDateTimeFormatter::<Gregorian, YMD>::try_new((&tag).into(), YMD::long());
            let long = long.expect(EMBEDDED);
            let mut date = Date::constant(2023, 12, 30);
            while date < Date::constant(2025, 1, 3) {
                assert_eq!(locale.date(date), solid(long.format(&icu(date)).to_string()));
                date = date.tomorrow().expect("a day");
            }
        }
    }
}
