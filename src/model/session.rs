//! A session: a talk, webinar, meeting or conference, before or after it was held.

use crate::model::{Address, Date, Person, Time, Zone};
use crate::prose::Prose;
use crate::source::{Spanned, Text};

/// What became of a session. Drafts and rejected ones never leave `merge`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Still to come, as far as anyone said.
    Planned,
    /// It took place.
    Held,
    /// It will not take place.
    Cancelled,
    /// It will take place on another date.
    Postponed,
    /// Not public yet.
    Draft,
    /// Never public.
    Rejected,
}

/// One session.
#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    /// Names it; stable from one edition to the next.
    pub id: Text,
    /// Never empty once merged.
    pub title: Text,
    /// The series that it belongs to.
    pub series: Option<Text>,
    /// Talk, webinar, workshop, …: the user's own word.
    pub kind: Option<Text>,
    /// What was said of it; see [`Session::is_held`].
    pub status: Option<Spanned<Status>>,
    /// First day.
    pub date: Option<Spanned<Date>>,
    /// Start, on `date`, in `timezone`.
    pub start: Option<Spanned<Time>>,
    /// End, on the last day, in `timezone`.
    pub end: Option<Spanned<Time>>,
    /// Last day, where it is not the first.
    pub end_date: Option<Spanned<Date>>,
    /// Its own zone; the edition's where empty.
    pub timezone: Option<Spanned<Zone>>,
    /// Town or venue.
    pub place: Option<Text>,
    /// Room.
    pub room: Option<Text>,
    /// Country.
    pub country: Option<Text>,
    /// Page about it.
    pub url: Option<Spanned<Address>>,
    /// Where to join online.
    pub online_url: Option<Spanned<Address>>,
    /// What the reader can do: `Register`, `Save the date`.
    pub action: Option<Text>,
    /// Language spoken there.
    pub language: Option<Text>,
    /// Who organises it.
    pub organiser: Option<Text>,
    /// Who moderates it.
    pub moderators: Vec<Spanned<Person>>,
    /// Who speaks.
    pub speakers: Vec<Spanned<Person>>,
    /// The introduction.
    pub summary: Option<Prose>,
    /// What to take home.
    pub key_messages: Vec<Prose>,
    /// What happens in it, in order.
    pub agenda: Vec<AgendaItem>,
    /// Further addresses.
    pub links: Vec<Link>,
    /// Words to find it by.
    pub tags: Vec<Text>,
}

/// What a section of a summary lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AgendaKind {
    /// Its own prose.
    #[default]
    Talk,
    /// Its prose, then the edition's news.
    News,
    /// Its prose, then the edition's calls.
    Calls,
}

/// One item of a session's agenda, and the section of the summary that tells about it.
#[derive(Debug, Clone, PartialEq)]
pub struct AgendaItem {
    /// Never empty.
    pub title: Text,
    /// When it starts.
    pub start: Option<Spanned<Time>>,
    /// Who speaks.
    pub speakers: Vec<Spanned<Person>>,
    /// What was said.
    pub body: Option<Prose>,
    /// What else stands in its section.
    pub kind: Option<Spanned<AgendaKind>>,
}

/// A further address of a session.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// What it leads to.
    pub label: Option<Text>,
    /// Where it leads.
    pub url: Spanned<Address>,
}

impl Session {
    /// Says whether it took place, seen from `today`: as told by `status`, else by its last day.
    pub fn is_held(&self, today: Date) -> bool {
        match self.status.as_ref().map(|s| s.value) {
            Some(Status::Held) => true,
            Some(Status::Planned) | None => self.last_day().is_some_and(|day| day < today),
            Some(_) => false,
        }
    }

    /// Gives its last day.
    pub fn last_day(&self) -> Option<Date> {
        self.end_date.as_ref().or(self.date.as_ref()).map(|date| date.value)
    }

    /// Says whether it was called off: cancelled or postponed.
    pub fn is_off(&self) -> bool {
        matches!(self.status.as_ref().map(|s| s.value), Some(Status::Cancelled | Status::Postponed))
    }

    /// Says whether there is something to sum up: an introduction, messages or an agenda.
    pub fn has_summary(&self) -> bool {
        self.summary.is_some() || !self.key_messages.is_empty() || !self.agenda.is_empty()
    }
}
