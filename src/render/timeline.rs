//! The picture beneath the calls: one bar for each on an axis of months.

use crate::locale::Locale;
use crate::model::{Call, Date, Edition};

/// More months than this are not all labelled.
const LABELS: i32 = 12;

/// All that is needed to draw it. Places are shares of the axis, from 0 to 1.
pub(super) struct Timeline {
    /// Alternative text: everything that the picture tells.
    pub(super) alt: String,
    pub(super) months: Vec<Month>,
    pub(super) bars: Vec<Bar>,
}

/// The start of a month.
pub(super) struct Month {
    pub(super) at: String,
    /// Empty where there are too many.
    pub(super) label: String,
    /// Only where a year begins, and at the first month.
    pub(super) year: String,
}

/// One call.
pub(super) struct Bar {
    pub(super) title: String,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) date: String,
}

impl Timeline {
    /// Draws the calls that have a deadline; `None` where fewer than two have, since one bar compares nothing.
    pub(super) fn new(calls: &[Call], edition: &Edition, locale: &Locale) -> Option<Timeline> {
        let dated: Vec<(&Call, Date)> = calls
            .iter()
            .filter_map(|call| Some((call, edition.deadline(call)?.date.value)))
            .filter(|(_, date)| *date >= edition.today)
            .collect();
        if dated.len() < 2 {
            return None;
        }
        let first = edition.today.first_of_month();
        let last = dated.iter().map(|(_, date)| *date).max()?.last_of_month().tomorrow().ok()?;
        let days = |date: Date| f64::from((date - first).get_days());
        let whole = days(last);
        let place = |date: Date| format!("{:.4}", (days(date) / whole).clamp(0.0, 1.0));
        let count = (i32::from(last.year()) - i32::from(first.year())) * 12 + i32::from(last.month() - first.month());
        let step = (count + LABELS - 1) / LABELS;
        let bars: Vec<Bar> = dated
            .iter()
            .map(|(call, deadline)| Bar {
                title: call.title.value.to_string(),
                from: place(call.opens.map_or(edition.today, |opens| opens.value.max(edition.today))),
                to: place(*deadline),
                date: locale.day_month(*deadline),
            })
            .collect();
        let told = dated.iter().map(|(call, date)| format!("{}: {}", call.title, locale.date(*date)));
        Some(Timeline {
            alt: told.collect::<Vec<_>>().join("; "),
            months: months(first, count, step, locale)
                .into_iter()
                .map(|(date, label, year)| Month { at: place(date), label, year })
                .collect(),
            bars,
        })
    }
}

fn months(first: Date, count: i32, step: i32, locale: &Locale) -> Vec<(Date, String, String)> {
    let mut months = Vec::new();
    let mut month = first;
    for at in 0..count {
        let label = if at % step == 0 { locale.month_short(month).to_owned() } else { String::new() };
        let year = if at == 0 || month.month() == 1 { month.year().to_string() } else { String::new() };
        months.push((month, label, year));
        let Ok(next) = month.last_of_month().tomorrow() else { break };
        month = next;
    }
    months
}
