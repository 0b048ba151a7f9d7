//! Records as rows in one language each: what is told in several is written back in all of them, and what stands in for
//! words that nobody translated keeps its language.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::fill::Fields;
use super::part::Part;
use super::settle::TOLD;
use crate::model::translated::is_told;
use crate::model::value::Language;
use crate::model::{Catalogue, Foreign, Version};
use crate::source::{Span, Spanned};

/// Gives each record of a catalogue that was read in the language `wanted`; one that is told in several as a row for
/// each, the wanted one first. `others` is the same, read in other languages.
pub fn tellings(catalogue: Catalogue, wanted: Language, others: &[(Language, Catalogue)]) -> Catalogue {
    let Catalogue { sessions, calls, news, people, foreign } = catalogue;
    fn of<'c, T>(others: &'c [(Language, Catalogue)], records: impl Fn(&'c Catalogue) -> &'c [T]) -> Vec<Other<'c, T>> {
        let other = |(language, read): &'c (Language, Catalogue)| (*language, records(read), &read.foreign);
        others.iter().map(other).collect()
    }
    Catalogue {
        sessions: rows(sessions, &foreign, wanted, &of(others, |other| &other.sessions)),
        calls: rows(calls, &foreign, wanted, &of(others, |other| &other.calls)),
        news: rows(news, &foreign, wanted, &of(others, |other| &other.news)),
        people: rows(people, &foreign, wanted, &of(others, |other| &other.people)),
        foreign,
    }
}

/// The records as they are read in another language, and what is not in that.
type Other<'c, T> = (Language, &'c [T], &'c Foreign);

/// Names of fields, each with where it is stated.
type Places = Vec<(&'static str, Vec<Span>)>;

fn rows<T: Part + Clone>(records: Vec<T>, foreign: &Foreign, wanted: Language, others: &[Other<'_, T>]) -> Vec<T> {
    let by_id = |records: &[T]| -> FxHashMap<String, usize> {
        let ids = records.iter().enumerate().filter_map(|(at, record)| Some((record.id()?.to_string(), at)));
        ids.collect()
    };
    let by_id: Vec<FxHashMap<String, usize>> = others.iter().map(|(_, records, _)| by_id(records)).collect();
    let count = records.len();
    let mut rows = Vec::with_capacity(count);
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
        for ((language, read, not_in_it), by_id) in others.iter().zip(&by_id) {
            // An id that is made of a title is another one in each language.
            let alike = |other: &&T| other.is_made() && record.is_made() && read.len() == count;
            let known = || by_id.get(record.id()?.as_str()).and_then(|at| read.get(*at));
            let Some(other) = known().or_else(|| read.get(at).filter(alike)) else { continue };
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
            rows.push(record);
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
