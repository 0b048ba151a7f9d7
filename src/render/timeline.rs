//! The picture beneath the calls: one bar for each on an axis of months.

use crate::locale::Locale;
use crate::model::{Call, Date, Edition};

/// More months than this are not all labelled.
const LABELS: i32 = 12;

/// The most bars that one picture has: it has to stand on one page.
const BARS: usize = 28;

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
    /// Draws the calls that have a deadline, many of them in several pictures with one axis; none where fewer than two
    /// have, since one bar compares nothing.
    pub(super) fn all(calls: &[Box<Call>], edition: &Edition, locale: &Locale) -> Vec<Timeline> {
        let dated: Vec<(&Call, Date)> = calls
            .iter()
            .filter_map(|call| Some((&**call, edition.deadline(call)?.date.value)))
            .filter(|(_, date)| *date >= edition.today)
            .collect();
        if dated.len() < 2 {
            return Vec::new();
        }
        let first = edition.today.first_of_month();
        let last = dated.iter().map(|(_, date)| *date).max();
        let Some(last) = last.and_then(|last| last.last_of_month().tomorrow().ok()) else { return Vec::new() };
        let days = |date: Date| f64::from((date - first).get_days());
        let whole = days(last);
        let place = |date: Date| format!("{:.4}", (days(date) / whole).clamp(0.0, 1.0));
        let count = (i32::from(last.year()) - i32::from(first.year())) * 12 + i32::from(last.month() - first.month());
        let step = (count + LABELS - 1) / LABELS;
        let pictures = dated.len().div_ceil(BARS);
        dated
            .chunks(dated.len().div_ceil(pictures))
            .map(|dated| {
                let told = dated.iter().map(|(call, date)| format!("{}: {}", call.title, locale.date(*date)));
                let bar = |(call, deadline): &(&Call, Date)| Bar {
                    title: locale.part(call.title.as_str()).into_owned(),
                    from: place(call.opens.map_or(edition.today, |opens| opens.value.max(edition.today))),
                    to: place(*deadline),
                    date: locale.day_month(*deadline),
                };
                Timeline {
                    alt: told.collect::<Vec<_>>().join(&locale.labels.semicolon),
                    months: months(first, count, step, locale)
                        .into_iter()
                        .map(|(date, label, year)| Month { at: place(date), label, year })
                        .collect(),
                    bars: dated.iter().map(bar).collect(),
                }
            })
            .collect()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Lang;
    use crate::render::fixture;

    #[test]
    fn many_calls_are_drawn_in_pictures_of_like_height() {
        let edition = fixture::bare_edition(Lang::English);
        let call = |n: usize| fixture::call(&format!("Call {n}"), "", &format!("2024-{:02}-28", 7 + n % 6), "");
        for (count, pictures) in [(0, vec![]), (1, vec![]), (2, vec![2]), (28, vec![28]), (29, vec![15, 14])] {
            let calls: Vec<_> = (0..count).map(call).map(Box::new).collect();
            let drawn = Timeline::all(&calls, &edition, &Locale::new(Lang::English));
            assert_eq!(drawn.iter().map(|one| one.bars.len()).collect::<Vec<_>>(), pictures);
            for picture in drawn {
                assert_eq!(picture.alt.split("; ").count(), picture.bars.len());
                assert_eq!(picture.months[0].at, "0.0000");
            }
        }
    }
}
