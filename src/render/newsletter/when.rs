//! Days and times as the mail shows them: a date block beside the item, one line of words in the text.

use crate::locale::Locale;
use crate::model::{Date, Deadline, Edition, Session};

/// A date block: what is looked up, in a column of its own.
#[derive(Debug, Clone)]
pub struct When<'a> {
    /// A word above it: `Deadline`.
    pub caption: Option<&'a str>,
    /// `19`, `25–26`, `30`.
    pub day: String,
    /// Whether `day` are two days.
    pub pair: bool,
    /// `June 2024`; where days are in two months, `Sept –` or `Dec 2024 –`.
    pub month: String,
    /// The last day, where it is in another month: `2 Oct 2024`.
    pub last: Option<String>,
    /// `8:30–9:45 CEST`.
    pub time: Option<String>,
    /// All of it in words: `19 June 2024, 8:30–9:45 CEST`.
    pub words: String,
}

impl<'a> When<'a> {
    /// Tells the days from `first` to `last` and the time.
    pub fn days(first: Date, last: Option<Date>, time: Option<String>, locale: &'a Locale) -> When<'a> {
        let last = last.filter(|&last| last > first);
        let words = match last {
            Some(last) => locale.date_range(first, last),
            None => locale.date(first),
        };
        let words = match &time {
            Some(time) => locale.say("date-with-time", &[("date", &words), ("time", time)]),
            None => words,
        };
        let month = |date: Date| format!("{}\u{A0}{}", locale.month_short(date), date.year());
        let (day, pair, month, last) = match last {
            None => (first.day().to_string(), false, month(first), None),
            Some(last) if (first.year(), first.month()) == (last.year(), last.month()) => {
                (format!("{}–{}", first.day(), last.day()), true, month(first), None)
            }
            Some(last) => {
                let from =
                    if first.year() == last.year() { locale.month_short(first).to_owned() } else { month(first) };
                let until = format!("{}\u{A0}{}", last.day(), month(last));
                (first.day().to_string(), false, format!("{from}\u{A0}–"), Some(until))
            }
        };
        When { caption: None, day, pair, month, last, time, words }
    }

    /// Tells when a session is, if that is known.
    pub fn session(session: &Session, edition: &Edition, locale: &'a Locale) -> Option<When<'a>> {
        let first = session.date.as_ref()?.value;
        let end = session.end.as_ref().map(|time| time.value);
        let time = session.start.as_ref().map(|start| locale.times(edition.zone(session), first, start.value, end));
        Some(When::days(first, session.end_date.as_ref().map(|date| date.value), time, locale))
    }

    /// Tells a deadline.
    pub fn deadline(deadline: &Deadline, edition: &Edition, locale: &'a Locale) -> When<'a> {
        let zone = deadline.timezone.as_ref().map_or(&edition.timezone, |zone| &zone.value);
        let date = deadline.date.value;
        let time = deadline.time.as_ref().map(|time| locale.times(zone, date, time.value, None));
        When { caption: Some(&locale.labels.deadline), ..When::days(date, None, time, locale) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Lang;

    #[test]
    fn days_fit_into_a_block() {
        let locale = Locale::new(Lang::English);
        let day = |text: &str| -> Date { text.parse().expect("a date") };
        let said = |first: &str, last: &str| {
            let when = When::days(day(first), Some(day(last)), None, &locale);
            format!("{} | {} | {} | {}", when.day, when.month, when.last.unwrap_or_default(), when.words)
                .replace('\u{A0}', "_")
        };
        assert_eq!(said("2024-06-19", "2024-06-19"), "19 | Jun_2024 |  | 19_June 2024");
        assert_eq!(said("2024-09-25", "2024-09-26"), "25–26 | Sept_2024 |  | 25–26_September 2024");
        assert_eq!(said("2024-09-30", "2024-10-02"), "30 | Sept_– | 2_Oct_2024 | 30_September_– 2_October 2024");
        assert_eq!(
            said("2024-12-30", "2025-01-02"),
            "30 | Dec_2024_– | 2_Jan_2025 | 30_December 2024_– 2_January 2025"
        );
        assert_eq!(said("2024-06-19", "2024-06-01"), "19 | Jun_2024 |  | 19_June 2024");
    }
}
