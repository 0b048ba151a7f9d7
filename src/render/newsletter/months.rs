//! How many deadlines each of the coming months has: bars in the HTML, lines in the text.

use std::collections::BTreeMap;

use askama::Template;

use super::items::Pen;
use super::style::Styles;
use super::when::Desk;
use crate::model::{Date, Deadline, State};

/// The most months that are told.
const MOST: usize = 12;

/// Fewer calls than this are seen at a glance.
const CALLS: usize = 3;

/// The longest bar, in hundredths of the column: its words stand beside it.
const LONGEST: usize = 40;

/// One month that has deadlines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Month {
    /// `September 2024`.
    pub name: String,
    /// `3 deadlines`.
    pub count: String,
    /// The length of its bar, in hundredths of the column; the fullest month has the longest.
    pub bar: usize,
}

/// Counts the deadlines that are still to come, by month, of all calls that one can or will be able to apply for. The
/// next months come first. Where there are fewer than three such calls, or one month, there is nothing to compare.
pub fn months(desk: &Desk<'_, '_>) -> Vec<Month> {
    let zone = &desk.edition.timezone;
    let mut counts: BTreeMap<Date, usize> = BTreeMap::new();
    let mut calls = 0;
    for (call, (state, _)) in desk.edition.calls.iter().zip(&desk.calls) {
        if !matches!(state, State::ClosingSoon | State::Open | State::Forthcoming) {
            continue;
        }
        // The only deadline of an open call has not passed.
        let only = call.deadlines.len() == 1;
        let is_ahead = |deadline: &&Deadline| only || deadline.instant(zone) > desk.now;
        let mut ahead = call.deadlines.iter().filter(is_ahead).peekable();
        calls += usize::from(ahead.peek().is_some());
        ahead.for_each(|deadline| *counts.entry(deadline.date.value.first_of_month()).or_default() += 1);
    }
    if calls < CALLS || counts.len() < 2 {
        return Vec::new();
    }
    let shown = || counts.iter().take(MOST);
    let fullest = shown().map(|(_, count)| *count).max().unwrap_or(1);
    shown()
        .map(|(month, &count)| Month {
            // Neither breaks, without `nowrap`, which Outlook does not know.
            name: desk.locale.month(*month).replace(' ', "\u{A0}"),
            count: desk.locale.count("count-deadlines", count).replace(' ', "\u{A0}"),
            bar: (LONGEST * count / fullest).max(1),
        })
        .collect()
}

/// Gives the rows of the table that shows them.
pub fn html(months: &[Month], columns: usize, pen: &Pen<'_>) -> String {
    if months.is_empty() {
        return String::new();
    }
    Rows { months, columns, pen, s: pen.style }.render().expect("a String takes everything")
}

#[derive(Template)]
#[template(path = "parts/months.html", whitespace = "suppress")]
struct Rows<'p, 'a> {
    months: &'p [Month],
    columns: usize,
    pen: &'p Pen<'a>,
    s: &'p Styles,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::{Lang, Locale};
    use crate::model::{Call, Edition};
    use crate::render::campaign::Campaign;
    use crate::render::newsletter::fixture::{at, call, deadline, empty};

    fn told(calls: Vec<Call>) -> Vec<String> {
        let edition = Edition { calls: calls.into_iter().map(Box::new).collect(), ..empty(Lang::English) };
        let (locale, campaign) = (Locale::new(Lang::English), Campaign::default());
        let desk = Desk::new(&edition, &locale, &campaign);
        let told = |Month { name, count, bar }: Month| format!("{name}: {count} {bar}").replace('\u{A0}', " ");
        months(&desk).into_iter().map(told).collect()
    }

    fn on(dates: &[&str]) -> Call {
        Call { deadlines: dates.iter().map(|date| deadline(date, None)).collect(), ..call("c", "A call") }
    }

    #[test]
    fn deadlines_ahead_are_counted_by_month() {
        // The edition is of 21 June 2024.
        let calls = vec![
            on(&["2024-09-19"]),
            on(&["2024-09-30", "2025-01-15"]),
            on(&["2024-05-01", "2024-09-01"]),
            on(&["2024-06-21"]),
            Call { status: Some(at(State::Suspended)), ..on(&["2024-10-01"]) },
            on(&["2024-06-20"]),
        ];
        assert_eq!(
            told(calls),
            ["June 2024: 1 deadline 13", "September 2024: 3 deadlines 40", "January 2025: 1 deadline 13"]
        );
    }

    #[test]
    fn what_compares_nothing_is_left_out() {
        assert!(told(vec![on(&["2024-09-19"]), on(&["2024-10-19"])]).is_empty());
        assert!(told(vec![on(&["2024-09-19"]), on(&["2024-10-19"]), on(&["2024-05-01"]), on(&[])]).is_empty());
        assert!(told(vec![on(&["2024-09-01"]), on(&["2024-09-02"]), on(&["2024-09-03"])]).is_empty());
        assert_eq!(told(vec![on(&["2024-09-01"]), on(&["2024-09-02"]), on(&["2024-10-03"])]).len(), 2);
    }

    #[test]
    fn no_more_than_a_year_is_told_and_no_bar_vanishes() {
        let mut calls: Vec<Call> =
            (0..20).map(|at| on(&[&format!("{}-{:02}-15", 2025 + at / 12, at % 12 + 1)])).collect();
        calls.extend((0..200).map(|_| on(&["2024-07-01"])));
        let told = told(calls);
        assert_eq!(told.len(), MOST);
        assert_eq!(told[0], "July 2024: 200 deadlines 40");
        assert_eq!(told[1], "January 2025: 1 deadline 1");
    }
}
