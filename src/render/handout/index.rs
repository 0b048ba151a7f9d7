//! Who speaks, and which room is used, with the sessions that page numbers are found by.

use std::collections::BTreeMap;

use crate::locale::Locale;
use crate::model::Edition;
use crate::render::talk;

/// A word and the names of the sessions that it leads to.
pub(super) type Entry = (String, Vec<String>);

/// Gives all who speak or moderate, by the name as it is printed: which part of it is the family's nobody can know.
pub(super) fn speakers(edition: &Edition, locale: &Locale) -> Vec<Entry> {
    let mut found: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (id, session) in talk::days(edition).iter().flatten() {
        let agenda = session.agenda.iter().flat_map(|item| &item.speakers);
        for person in session.speakers.iter().chain(&session.moderators).chain(agenda) {
            note(found.entry(person.value.name.as_str()).or_default(), id);
        }
    }
    sorted(found, locale)
}

/// Gives all rooms.
pub(super) fn rooms(edition: &Edition, locale: &Locale) -> Vec<Entry> {
    let mut found: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (id, session) in talk::days(edition).iter().flatten() {
        if let Some(room) = &session.room {
            note(found.entry(room.as_str()).or_default(), id);
        }
    }
    sorted(found, locale)
}

fn note(ids: &mut Vec<String>, id: &str) {
    if ids.last().is_none_or(|last| last != id) {
        ids.push(id.to_owned());
    }
}

fn sorted(found: BTreeMap<&str, Vec<String>>, locale: &Locale) -> Vec<Entry> {
    let mut entries: Vec<(&str, Vec<String>)> = found.into_iter().collect();
    entries.sort_by(|(one, _), (next, _)| locale.order(one, next));
    entries.into_iter().map(|(word, ids)| (locale.direction().alone(word).into_owned(), ids)).collect()
}
