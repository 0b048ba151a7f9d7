//! Who speaks, and which room is used, with the sessions that page numbers are found by.

use std::collections::BTreeMap;

use crate::locale::Locale;
use crate::model::{Edition, Identities, Identity, Person, Room, Rooms, Session, identity};
use crate::render::talk;

/// A word and the names of the sessions that it leads to.
pub(super) type Entry = (String, Vec<String>);

/// Gives all who speak or moderate, by the name as it is printed: which part of it is the family's nobody can know. Who
/// shares it with another has role and organisation with it.
pub(super) fn speakers(edition: &Edition, locale: &Locale) -> Vec<Entry> {
    let known = Identities::of(edition.coming.iter().flat_map(Session::people));
    let mut found: BTreeMap<Identity<'_>, (Vec<&Person>, Vec<String>)> = BTreeMap::new();
    for (id, session) in talk::days(edition).iter().flatten() {
        for person in session.people() {
            let (mentions, ids) = found.entry(known.who(person)).or_default();
            mentions.push(person);
            note(ids, id);
        }
    }
    let mut entries: Vec<(&Person, Vec<String>)> = Vec::new();
    for (mentions, ids) in found.into_values() {
        entries.extend(identity::best(&mentions).map(|person| (person, ids)));
    }
    entries.sort_by(|(one, _), (next, _)| locale.order(one.name.as_str(), next.name.as_str()));
    let mut bearers: BTreeMap<&str, usize> = BTreeMap::new();
    entries.iter().for_each(|(person, _)| *bearers.entry(person.name.as_str()).or_default() += 1);
    let word = |person: &Person| match bearers.get(person.name.as_str()) {
        Some(2..) => {
            let parts = [Some(&person.name), person.role.as_ref(), person.organisation.as_ref()];
            let parts: Vec<_> = parts.into_iter().flatten().map(|part| locale.part(part.as_str())).collect();
            parts.join(&*locale.labels.comma)
        }
        _ => locale.direction().alone(person.name.as_str()).into_owned(),
    };
    entries.into_iter().map(|(person, ids)| (word(person), ids)).collect()
}

/// Gives all rooms.
pub(super) fn rooms(edition: &Edition, locale: &Locale) -> Vec<Entry> {
    let all = Rooms::of(&edition.coming);
    let mut found: BTreeMap<Room<'_>, Vec<String>> = BTreeMap::new();
    for (id, session) in talk::days(edition).iter().flatten() {
        if let Some(room) = all.room(session) {
            note(found.entry(room).or_default(), id);
        }
    }
    let mut entries: Vec<_> = found.into_iter().collect();
    entries.sort_by(|(one, _), (next, _)| locale.order(one.name, next.name));
    entries.into_iter().map(|(room, ids)| (talk::room(room, &all, locale).into_owned(), ids)).collect()
}

fn note(ids: &mut Vec<String>, id: &str) {
    if ids.last().is_none_or(|last| last != id) {
        ids.push(id.to_owned());
    }
}
