//! Lists of sessions of which one item is told in this language and another in that. They are taken out of the sessions,
//! for a row of a session is in one language.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::model::catalogue::{Lists, Rendition};
use crate::model::value::Language;
use crate::model::{Foreign, Session};
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
            agenda: renditions(at, readings, |session| &session.agenda, |item| item.title.span),
            key_messages: renditions(at, readings, |session| &session.key_messages, |text| text.source().span),
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

/// Gives each item of a list in each language in which it is told. Nothing, where the list is in one language at a time.
fn renditions<I: Clone>(
    at: usize,
    readings: &[Reading<'_>],
    list: impl Fn(&Session) -> &Vec<I>,
    place: impl Fn(&I) -> Span,
) -> Vec<Rendition<I>> {
    let [first, others @ ..] = readings else { return Vec::new() };
    let shown = list(&first.sessions[at]);
    if shown.is_empty() {
        return Vec::new();
    }
    let tongue = |reading: &Reading<'_>, item: &I| reading.foreign.at(place(item)).unwrap_or(reading.language);
    // What both readings show stays in the language that it has in the first one.
    let known = |item: &I| shown.iter().find(|known| place(known) == place(item)).map(|known| tongue(first, known));
    let own: Vec<Language> = shown.iter().map(|item| tongue(first, item)).collect();
    let mut told: Vec<(&Vec<I>, Vec<Language>)> = vec![(shown, own)];
    for reading in others {
        let Some(at) = reading.counterparts[at] else { continue };
        let items = list(&reading.sessions[at]);
        let tongues = items.iter().map(|item| known(item).unwrap_or_else(|| tongue(reading, item)));
        // One with more items, or fewer, is another list.
        if items.len() == shown.len() {
            told.push((items, tongues.collect()));
        }
    }
    if told.iter().all(|(_, tongues)| tongues.iter().all(|tongue| *tongue == tongues[0])) {
        return Vec::new();
    }
    let mut renditions = Vec::new();
    for at in 0..shown.len() {
        let mut seen = BTreeSet::new();
        for (items, tongues) in told.iter().filter(|(_, tongues)| seen.insert(tongues[at])) {
            renditions.push(Rendition { order: at + 1, language: tongues[at], item: items[at].clone() });
        }
    }
    renditions
}
