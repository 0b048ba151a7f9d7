//! Records as rows in one language each: what is told in several is written back in all of them, and what stands in for
//! words that nobody translated keeps its language.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::fill::Fields;
use super::part::Part;
use super::renditions::{self, Reading};
use super::settle::TOLD;
use crate::model::catalogue::Lists;
use crate::model::translated::is_told;
use crate::model::value::Language;
use crate::model::{Catalogue, Foreign, Session, Version};
use crate::source::{Span, Spanned, Str};

/// Gives each record of a catalogue that was read in the language `wanted`; one that is told in several as a row for
/// each, the wanted one first. `others` is the same, read in other languages.
pub fn tellings(catalogue: Catalogue, wanted: Language, mut others: Vec<(Language, Catalogue)>) -> Catalogue {
    let Catalogue { mut sessions, calls, news, people, foreign, .. } = catalogue;
    let lists = lists(&mut sessions, &foreign, wanted, &mut others);
    fn of<'c, T>(others: &'c [(Language, Catalogue)], records: impl Fn(&'c Catalogue) -> &'c [T]) -> Vec<Other<'c, T>> {
        let other = |(language, read): &'c (Language, Catalogue)| (*language, records(read), &read.foreign);
        others.iter().map(other).collect()
    }
    Catalogue {
        sessions: rows(sessions, &foreign, wanted, &of(&others, |other| &other.sessions)),
        calls: rows(calls, &foreign, wanted, &of(&others, |other| &other.calls)),
        news: rows(news, &foreign, wanted, &of(&others, |other| &other.news)),
        people: rows(people, &foreign, wanted, &of(&others, |other| &other.people)),
        lists,
        foreign,
    }
}

/// Takes lists out of sessions whose items are in several languages.
fn lists(
    sessions: &mut [Session],
    foreign: &Foreign,
    wanted: Language,
    others: &mut [(Language, Catalogue)],
) -> FxHashMap<Str, Lists> {
    if others.is_empty() {
        return FxHashMap::default();
    }
    let counterparts: Vec<_> = others.iter().map(|(_, read)| counterparts(sessions, &read.sessions)).collect();
    let own = (0..sessions.len()).map(Some).collect();
    let others = others.iter_mut().zip(counterparts).map(|((language, read), counterparts)| {
        let Catalogue { sessions, foreign, .. } = read;
        Reading { language: *language, sessions, foreign, counterparts }
    });
    let first = Reading { language: wanted, sessions, foreign, counterparts: own };
    renditions::take(&mut std::iter::once(first).chain(others).collect::<Vec<_>>())
}

/// Says for each record which of another reading it is.
fn counterparts<T: Part>(records: &[T], read: &[T]) -> Vec<Option<usize>> {
    let ids = read.iter().enumerate().filter_map(|(at, record)| Some((record.id()?.as_str(), at)));
    let by_id: FxHashMap<&str, usize> = ids.collect();
    // An id that is made of a title is another one in each language.
    let is_alike = |at: usize, record: &T| {
        read.len() == records.len() && record.is_made() && read.get(at).is_some_and(|other| other.is_made())
    };
    let known = |record: &T| by_id.get(record.id()?.as_str()).copied();
    let found = records.iter().enumerate();
    found.map(|(at, record)| known(record).or_else(|| is_alike(at, record).then_some(at))).collect()
}

/// The records as they are read in another language, and what is not in that.
type Other<'c, T> = (Language, &'c [T], &'c Foreign);

/// Names of fields, each with where it is stated.
type Places = Vec<(&'static str, Vec<Span>)>;

fn rows<T: Part + Clone>(records: Vec<T>, foreign: &Foreign, wanted: Language, others: &[Other<'_, T>]) -> Vec<T> {
    let found: Vec<_> = others.iter().map(|(_, read, _)| counterparts(&records, read)).collect();
    let mut rows = Vec::with_capacity(records.len());
    for (at, record) in records.into_iter().enumerate() {
        let stated = record.body().stated();
        let (mut by_language, mut has_own): (BTreeMap<Language, Vec<&str>>, bool) = (BTreeMap::new(), false);
        for (name, places) in stated.iter().filter(|(name, _)| TOLD.contains(name)) {
            let language = foreign.at(places[0]);
            match language.filter(|_| places.iter().all(|place| foreign.at(*place) == language)) {
                Some(language) => by_language.entry(language).or_default().push(name),
                None => has_own = true,
            }
        }
        let mut told: BTreeMap<Language, (&T, Vec<&str>)> = BTreeMap::new();
        let mut is_known = false;
        for ((language, read, not_in_it), found) in others.iter().zip(&found) {
            let Some(other) = found[at].map(|at| &read[at]) else { continue };
            let is_wanted = |place: &Span| not_in_it.at(*place) == Some(wanted);
            is_known |= stated.iter().any(|(name, places)| TOLD.contains(name) && places.iter().any(is_wanted));
            let names = translated::<T>(*language, &stated, foreign, &other.body().stated(), not_in_it);
            let shown = by_language.get(language).map(Vec::as_slice).unwrap_or_default();
            if !names.is_empty() && shown.iter().all(|name| names.contains(name)) {
                told.insert(*language, (other, names));
            }
        }
        for (language, names) in &by_language {
            told.entry(*language).or_insert((&record, names.clone()));
        }
        if told.is_empty() {
            // Another reading knows of it that it is not translated.
            rows.push(if is_known { row(&record, &record, wanted, |_| true) } else { record });
            continue;
        }
        let is_one = !has_own && told.len() == 1;
        if !is_one {
            let gone: Vec<&str> = by_language.values().flatten().copied().collect();
            rows.push(row(&record, &record, wanted, |name| !gone.contains(&name)));
        }
        for (language, (other, names)) in told {
            let other = if is_one { &record } else { other };
            rows.push(row(&record, other, language, |name| is_one || names.contains(&name)));
        }
    }
    rows
}

/// Gives the fields that are told in a language: those that another reading finds elsewhere than the first one, or that
/// stand in there. A list goes as a whole, and item by item beside the first one.
fn translated<T: Part>(
    language: Language,
    first: &Places,
    foreign: &Foreign,
    other: &Places,
    not_in_it: &Foreign,
) -> Vec<&'static str> {
    let is_translated = |name: &str, places: &[Span]| {
        let known = first.iter().find(|(known, _)| *known == name).map(|(_, places)| places.as_slice());
        let known = known.unwrap_or_default();
        let is_list = matches!(name, "agenda" | "key-messages");
        let is_its = |place: &Span| {
            not_in_it.at(*place).is_none() && (foreign.at(*place) == Some(language) || !known.contains(place))
        };
        let is_words = is_told(T::TABLE, name) || is_list;
        let is_beside = !is_list || known.is_empty() || known.len() == places.len();
        is_words && is_beside && places.iter().all(is_its)
    };
    let its = other.iter().filter(|(name, places)| is_translated(name, places));
    its.map(|(name, _)| *name).collect()
}

/// Gives the fields of a reading that are wanted, as a row of a record in a language.
fn row<T: Part + Clone>(record: &T, read: &T, language: Language, is_wanted: impl Fn(&str) -> bool) -> T {
    let mut row = read.clone();
    for (name, _) in read.body().stated().into_iter().filter(|(name, _)| !is_wanted(name)) {
        row.body_mut().clear(name);
    }
    if let Some(id) = record.id() {
        row.set_id(id.clone());
    }
    let lang = Some(Spanned::new(language, record.title().span));
    let updated = record.version().and_then(|version| version.updated);
    *row.version_mut() = Some(Box::new(Version { lang, updated }));
    row
}
