//! A call: for proposals, tenders, prizes or papers, with its deadlines.

use jiff::Timestamp;

use crate::model::{Address, Date, Money, Time, Zone};
use crate::prose::Prose;
use crate::source::{Spanned, Text};

/// Where a call stands on a given day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Open, and its next deadline is near.
    ClosingSoon,
    /// Open.
    Open,
    /// Not open yet.
    Forthcoming,
    /// Its last deadline has passed.
    Closed,
    /// Called back by its funder.
    Withdrawn,
    /// Halted by its funder.
    Suspended,
}

/// One call.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// Names it; stable from one edition to the next.
    pub id: Text,
    /// Never empty once merged.
    pub title: Text,
    /// The programme that it belongs to.
    pub programme: Option<Text>,
    /// Who pays.
    pub funder: Option<Text>,
    /// Grant, tender, prize, papers, …: the user's own word.
    pub kind: Option<Text>,
    /// First day on which one can apply.
    pub opens: Option<Spanned<Date>>,
    /// By date; empty where none is known.
    pub deadlines: Vec<Deadline>,
    /// All the money of the call.
    pub budget: Option<Spanned<Money>>,
    /// Least money for one project.
    pub grant_min: Option<Spanned<Money>>,
    /// Most money for one project.
    pub grant_max: Option<Spanned<Money>>,
    /// Share of the cost that is paid, as written (`70 %`).
    pub rate: Option<Text>,
    /// Who can apply.
    pub eligibility: Option<Prose>,
    /// From which countries.
    pub countries: Vec<Text>,
    /// Page about it.
    pub url: Option<Spanned<Address>>,
    /// What it is about.
    pub summary: Option<Prose>,
    /// Whom to ask.
    pub contact: Option<Text>,
    /// Words to find it by.
    pub tags: Vec<Text>,
    /// Overrides what the dates say: [`State::Withdrawn`] or [`State::Suspended`].
    pub status: Option<Spanned<State>>,
}

/// One deadline of a call.
#[derive(Debug, Clone, PartialEq)]
pub struct Deadline {
    /// Which one: `first cut-off`.
    pub label: Option<Text>,
    /// The day, in `timezone`.
    pub date: Spanned<Date>,
    /// The time of day; the end of the day where none is given.
    pub time: Option<Spanned<Time>>,
    /// Its own zone; the edition's where empty.
    pub timezone: Option<Spanned<Zone>>,
}

impl Deadline {
    /// Gives the very instant, in `zone` where it has none of its own. Without a time it is the end of that day.
    pub fn instant(&self, zone: &Zone) -> Timestamp {
        let zone = self.timezone.as_ref().map_or(zone, |z| &z.value);
        match self.time {
            Some(time) => zone.instant(self.date.value, time.value),
            None => zone.end_of(self.date.value),
        }
    }
}

impl Call {
    /// Gives the next deadline that has not passed at `now`, or the last one.
    pub fn next_deadline(&self, now: Timestamp, zone: &Zone) -> Option<&Deadline> {
        self.deadlines.iter().find(|d| d.instant(zone) > now).or(self.deadlines.last())
    }

    /// Computes where the call stands at `now`. A deadline within `soon` days (counted on the calendar of the
    /// deadline's own zone) is closing soon.
    pub fn state(&self, now: Timestamp, zone: &Zone, soon: i32) -> State {
        if let Some(status) = &self.status {
            return status.value;
        }
        let next = self.next_deadline(now, zone);
        if next.is_some_and(|d| d.instant(zone) <= now) {
            return State::Closed;
        }
        let own = next.and_then(|d| d.timezone.as_ref()).map_or(zone, |z| &z.value);
        let today = own.date_at(now);
        if self.opens.as_ref().is_some_and(|opens| opens.value > today) {
            return State::Forthcoming;
        }
        match next {
            Some(d) if (d.date.value - today).get_days() <= soon => State::ClosingSoon,
            _ => State::Open,
        }
    }
}
