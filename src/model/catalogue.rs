//! All records of a publication, whether an edition shows them or not.

use std::fmt;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::value::Language;
use crate::model::{AgendaItem, Call, Edition, Foreign, News, Person, Session};
use crate::prose::Prose;
use crate::source::{Spanned, Str};

/// All records after merging, each table in the order in which its records first came. One that is told in several
/// languages has a row for each of them, one after the other.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    /// Sessions, each with its agenda and key messages; drafts and rejected ones among them.
    pub sessions: Vec<Session>,
    /// Calls, each with its deadlines.
    pub calls: Vec<Box<Call>>,
    /// News.
    pub news: Vec<News>,
    /// People with a record of their own.
    pub people: Vec<Spanned<Person>>,
    /// Lists that are not told in one language, by the id of their session: they stand here, and not in it.
    pub lists: FxHashMap<Str, Lists>,
    /// What is in another language than the one that is preferred.
    pub foreign: Foreign,
}

/// What sessions list, where one item is told in this language and another in that.
#[derive(Debug, Clone, Default)]
pub struct Lists {
    /// By order, then by preference.
    pub agenda: Vec<Rendition<AgendaItem>>,
    /// The same of key messages.
    pub key_messages: Vec<Rendition<Prose>>,
}

/// An item of a list, as it is told in a language.
#[derive(Debug, Clone)]
pub struct Rendition<T> {
    /// Its place in the list, from 1.
    pub order: usize,
    /// The language.
    pub language: Language,
    /// The item.
    pub item: T,
}

impl Catalogue {
    /// Keeps what an edition shows, and the people whom its sessions name.
    pub fn retain_shown(&mut self, edition: &Edition) {
        let sessions: FxHashSet<&str> =
            edition.held.iter().chain(&edition.coming).map(|session| session.id.as_str()).collect();
        let calls: FxHashSet<&str> = edition.calls.iter().map(|call| call.id.as_str()).collect();
        let news: FxHashSet<&str> = edition.news.iter().map(|news| news.id.as_str()).collect();
        self.sessions.retain(|session| sessions.contains(session.id.as_str()));
        self.calls.retain(|call| calls.contains(call.id.as_str()));
        self.news.retain(|news_item| news.contains(news_item.id.as_str()));
        // Their own ids: an edition may have others.
        let people = self.sessions.iter().flat_map(Session::people);
        let people: FxHashSet<&str> = people.filter_map(|person| Some(person.id.as_ref()?.as_str())).collect();
        self.people.retain(|person| person.value.id.as_ref().is_some_and(|id| people.contains(id.as_str())));
    }

    /// Says whether times stand in it that are those of no stated zone.
    pub fn has_times_without_zone(&self) -> bool {
        let mut sessions = self.sessions.iter();
        let mut deadlines = self.calls.iter().flat_map(|call| &call.deadlines);
        sessions.any(|session| session.start.is_some() && session.timezone.is_none())
            || deadlines.any(|deadline| deadline.time.is_some() && deadline.timezone.is_none())
    }

    /// Counts its records.
    pub fn counts(&self) -> Counts {
        let Catalogue { sessions, calls, news, people, .. } = self;
        Counts {
            sessions: sessions.chunk_by(|one, next| one.id == next.id).count(),
            calls: calls.chunk_by(|one, next| one.id == next.id).count(),
            news: news.chunk_by(|one, next| one.id == next.id).count(),
            people: people.chunk_by(|one, next| one.value.id == next.value.id).count(),
        }
    }
}

/// How many records there are of each kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Sessions.
    pub sessions: usize,
    /// Calls.
    pub calls: usize,
    /// News.
    pub news: usize,
    /// People with a record of their own.
    pub people: usize,
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Counts { sessions, calls, news, people } = self;
        write!(f, "{sessions} sessions, {calls} calls, {news} news, {people} people")
    }
}
