//! Lists of sessions of which one item is told in this language and another in that. They are taken out of the sessions,
//! for a row of a session is in one language.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::model::catalogue::{Lists, Rendition};
use crate::model::value::Language;
use crate::model::{AgendaItem, Foreign, Session};
use crate::prose::Prose;
use crate::source::{Span, Str};

/// All sessions, read in a language.
pub(super) struct Reading<'c> {
    pub(super) language: Language,
    pub(super) sessions: &'c mut [Session],
    /// What is not in that.
    pub(super) foreign: &'c Foreign,
    /// Which of its sessions is which of the first reading.
    pub(super) counterparts: Vec<Option<usize>>,
}

/// Takes such lists out of all readings, whose first is the one in the language that is preferred.
pub(super) fn take(readings: &mut [Reading<'_>]) -> FxHashMap<Str, Lists> {
    let mut taken = FxHashMap::default();
    let count = readings.first().map_or(0, |first| first.sessions.len());
    for at in 0..count {
        let lists = Lists {
            agenda: renditions(at, readings, |session| &session.agenda),
            key_messages: renditions(at, readings, |session| &session.key_messages),
        };
        let (agenda, key_messages) = (!lists.agenda.is_empty(), !lists.key_messages.is_empty());
        if !agenda && !key_messages {
            continue;
        }
        taken.insert(readings[0].sessions[at].id.value.clone(), lists);
        for reading in &mut *readings {
            let Some(session) = reading.counterparts[at].and_then(|at| reading.sessions.get_mut(at)) else { continue };
            if agenda {
                session.agenda.clear();
            }
            if key_messages {
                session.key_messages.clear();
            }
        }
    }
    taken
}

/// An item of a list. Its title may be in one language and its text in another.
trait Item: Clone {
    /// Names what it says in words, and tells where each begins.
    fn parts(&self) -> Vec<(&'static str, Span)>;
    /// Leaves of its words those of some names.
    fn keep(&mut self, names: &[&str]);
}

impl Item for AgendaItem {
    fn parts(&self) -> Vec<(&'static str, Span)> {
        let title = Some(&self.title).filter(|title| !title.value.is_empty()).map(|title| ("title", title.span));
        let speakers = self.speakers.first().map(|person| ("speakers", person.span));
        let body = self.body.as_ref().map(|body| ("body", body.source().span));
        [title, speakers, body].into_iter().flatten().collect()
    }

    fn keep(&mut self, names: &[&str]) {
        if !names.contains(&"title") {
            self.title.value = Str::new();
        }
        if !names.contains(&"speakers") {
            self.speakers.clear();
        }
        self.body.take_if(|_| !names.contains(&"body"));
    }
}

impl Item for Prose {
    fn parts(&self) -> Vec<(&'static str, Span)> {
        vec![("text", self.source().span)]
    }

    fn keep(&mut self, _: &[&str]) {}
}

/// What an item says in words, each in its language.
type Tongues = Vec<(&'static str, Language)>;

/// Gives each item of a list in each language in which it is told. Nothing, where the list is in one language at a time.
fn renditions<I: Item>(at: usize, readings: &[Reading<'_>], list: impl Fn(&Session) -> &Vec<I>) -> Vec<Rendition<I>> {
    let [first, others @ ..] = readings else { return Vec::new() };
    let shown = list(&first.sessions[at]);
    if shown.is_empty() {
        return Vec::new();
    }
    let tongue = |reading: &Reading<'_>, place: Span| reading.foreign.at(place).unwrap_or(reading.language);
    let tongues = |item: &I, of: &dyn Fn(Span) -> Language| -> Tongues {
        item.parts().into_iter().map(|(name, place)| (name, of(place))).collect()
    };
    // What both readings show stays in the language that it has in the first one.
    let known: FxHashMap<Span, Language> =
        shown.iter().flat_map(I::parts).map(|(_, place)| (place, tongue(first, place))).collect();
    let own = shown.iter().map(|item| tongues(item, &|place| known[&place])).collect();
    let mut told: Vec<(&Vec<I>, Vec<Tongues>)> = vec![(shown, own)];
    for reading in others {
        let Some(at) = reading.counterparts[at] else { continue };
        let items = list(&reading.sessions[at]);
        let of = |place: Span| known.get(&place).copied().unwrap_or_else(|| tongue(reading, place));
        // One with more items, or fewer, is another list.
        if items.len() == shown.len() {
            told.push((items, items.iter().map(|item| tongues(item, &of)).collect()));
        }
    }
    let is_one = |all: &Vec<Tongues>| {
        let mut all = all.iter().flatten().map(|(_, language)| language);
        all.next().is_none_or(|first| all.all(|language| language == first))
    };
    if told.iter().all(|(_, tongues)| is_one(tongues)) {
        return Vec::new();
    }
    let mut renditions = Vec::new();
    for at in 0..shown.len() {
        let mut seen = BTreeSet::new();
        let all = told.iter().flat_map(|(_, tongues)| tongues[at].iter().map(|(_, language)| *language));
        for language in all.filter(|language| seen.insert(*language)) {
            let says = |tongues: &[Tongues]| -> Vec<&'static str> {
                tongues[at].iter().filter(|(_, tongue)| *tongue == language).map(|(name, _)| *name).collect()
            };
            let most = told.iter().map(|(items, tongues)| (&items[at], says(tongues)));
            let Some((item, names)) = most.min_by_key(|(_, names)| Reverse(names.len())) else { continue };
            let mut item = item.clone();
            item.keep(&names);
            renditions.push(Rendition { order: at + 1, language, item });
        }
    }
    renditions
}
