//! Records as rows in one language each: what stands in for words that nobody translated keeps its language when it is
//! written back.

use std::collections::BTreeMap;

use super::fill::Fields;
use super::part::Part;
use super::settle::TOLD;
use crate::model::value::Language;
use crate::model::{Foreign, Version};
use crate::source::Spanned;

/// Gives each record; one that is told in several languages as a row for each, the edition's own first.
pub(super) fn tellings<T: Part + Clone>(records: &[T], foreign: &Foreign, wanted: Language) -> Vec<T> {
    let mut rows = Vec::with_capacity(records.len());
    for record in records {
        let (mut by_language, mut has_own): (BTreeMap<Language, Vec<&str>>, bool) = (BTreeMap::new(), false);
        for (name, places) in record.body().stated().into_iter().filter(|(name, _)| TOLD.contains(name)) {
            let language = foreign.at(places[0]);
            match language.filter(|_| places.iter().all(|place| foreign.at(*place) == language)) {
                Some(language) => by_language.entry(language).or_default().push(name),
                None => has_own = true,
            }
        }
        if by_language.is_empty() {
            rows.push(record.clone());
            continue;
        }
        let is_one = !has_own && by_language.len() == 1;
        if !is_one {
            let all: Vec<&str> = by_language.values().flatten().copied().collect();
            rows.push(row(record, wanted, |name| !all.contains(&name)));
        }
        for (language, names) in by_language {
            rows.push(row(record, language, |name| is_one || names.contains(&name)));
        }
    }
    rows
}

/// Gives the fields of a record that are wanted, as a row in a language.
fn row<T: Part + Clone>(record: &T, language: Language, is_wanted: impl Fn(&str) -> bool) -> T {
    let mut row = record.clone();
    for (name, _) in record.body().stated().into_iter().filter(|(name, _)| !is_wanted(name)) {
        row.body_mut().clear(name);
    }
    let version = row.version().cloned().unwrap_or_default();
    let lang = Some(Spanned::new(language, record.title().span));
    *row.version_mut() = Some(Box::new(Version { lang, ..version }));
    row
}
