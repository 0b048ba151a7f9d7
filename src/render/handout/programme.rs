//! The sessions to come, day by day.

use std::borrow::Cow;

use crate::locale::Locale;
use crate::model::{Date, Edition, Session};
use crate::render::talk::{self, Talk};

use super::grid::{self, Grid};

/// One day.
pub(super) struct Day<'a> {
    pub(super) title: String,
    pub(super) is_first: bool,
    /// In which zone its times are.
    pub(super) note: String,
    pub(super) grids: Vec<Grid<'a>>,
    pub(super) tracks: Vec<Track<'a>>,
}

/// The talks of one series on one day; all of them where the programme has no tracks.
pub(super) struct Track<'a> {
    pub(super) title: Cow<'a, str>,
    pub(super) talks: Vec<Talk<'a>>,
}

impl Day<'_> {
    /// Names the headings above a grid: those of the day above its first one.
    pub(super) fn above_grid(&self, first_of_day: &bool, tracked: &bool) -> &'static str {
        match (*first_of_day, *tracked, self.is_first) {
            (false, ..) => "",
            (true, true, _) => "chapter",
            (true, false, true) => "both",
            (true, false, false) => "day",
        }
    }

    /// Says whether it begins on a page of its own: a grid takes one.
    pub(super) fn begins_page(&self) -> bool {
        !self.grids.is_empty()
    }
}

/// Says whether the sessions belong to several series.
pub(super) fn has_tracks(edition: &Edition) -> bool {
    let mut series = edition.coming.iter().filter_map(|session| session.series.as_ref());
    series.next().is_some_and(|first| series.any(|other| other.value != first.value))
}

/// Gives the days of the programme: `25–26 September 2024`.
pub(super) fn span(edition: &Edition, locale: &Locale) -> String {
    let first: Option<Date> = edition.coming.iter().filter_map(talk::day).min();
    let last = edition.coming.iter().filter_map(Session::last_day).max();
    match (first, last) {
        (Some(first), Some(last)) => locale.date_range(first, last),
        _ => locale.date(edition.date),
    }
}

/// Lays the programme out in days and tracks.
pub(super) fn days<'a>(edition: &'a Edition, locale: &'a Locale, tracked: bool) -> Vec<Day<'a>> {
    let day = |sessions: Vec<(String, &'a Session)>| {
        let zone = talk::common_zone(&sessions, edition, locale);
        let mut tracks: Vec<(Option<&str>, Track<'a>)> = Vec::new();
        for (id, session) in &sessions {
            let series = session.series.as_ref().filter(|_| tracked).map(|series| series.as_str());
            let mut talk = Talk::new(id.clone(), session, zone.is_some(), edition, locale);
            if tracked {
                talk.series = "".into();
            }
            match tracks.iter_mut().find(|(known, _)| *known == series) {
                Some((_, track)) => track.talks.push(talk),
                None => {
                    let title = series.unwrap_or(&locale.labels.other_sessions);
                    tracks.push((series, Track { title: locale.direction().alone(title), talks: vec![talk] }));
                }
            }
        }
        tracks.sort_by(|(one, _), (next, _)| match (one, next) {
            (Some(one), Some(next)) => locale.order(one, next),
            // Those of no series come last.
            _ => one.is_none().cmp(&next.is_none()),
        });
        let date = sessions.first().and_then(|(_, session)| talk::day(session));
        Day {
            title: date.map_or_else(|| locale.labels.undated.clone(), |date| locale.weekday(date)),
            is_first: sessions.first().is_some_and(|(id, _)| id == "s1"),
            note: zone.map(|zone| locale.say("all-times-in", &[("zone", &zone)])).unwrap_or_default(),
            grids: grid::grids(&sessions, edition, locale),
            tracks: tracks.into_iter().map(|(_, track)| track).collect(),
        }
    };
    talk::days(edition).into_iter().map(day).collect()
}
