//! Which languages of the data are shown, and in which order they stand in for each other.

use std::hash::Hash;

use rustc_hash::FxHashMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::locale::Lang;
use crate::model::cell::{Cells, shorten};
use crate::model::value::Language;
use crate::record::Value;

/// The languages of an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Languages {
    /// That of the edition.
    pub wanted: Language,
    /// That of what has no language of its own: `lang` of `[edition]`.
    pub written: Language,
    /// What is shown where there is nothing in the wanted one: `fallback` of `[edition]`.
    pub fallback: Vec<Language>,
}

/// A row that tells something in a language.
#[derive(Debug)]
pub struct Telling<K> {
    /// What it tells: the same in each language.
    pub key: K,
    /// Whether its number is a part of that.
    pub is_numbered: bool,
    /// The language that it says it is written in.
    pub language: Option<Language>,
}

impl Languages {
    /// Takes the edition's language, that in which it is asked for, and what stands in.
    pub fn new(written: Lang, wanted: Option<Lang>, fallback: Vec<Language>) -> Languages {
        Languages { wanted: wanted.unwrap_or(written).into(), written: written.into(), fallback }
    }

    /// Says whether the edition knows a language: it is its own, that of its data, or stands in for it.
    pub fn knows(&self, language: Language) -> bool {
        language == self.wanted || language == self.written || self.fallback.contains(&language)
    }

    /// Gives the place of a language in the order of preference, the best first; `None`: what has no language of its own.
    pub fn rank(&self, language: Option<Language>) -> (usize, Language) {
        let language = language.unwrap_or(self.written);
        let fallback = self.fallback.iter().position(|known| *known == language);
        let place = match fallback {
            _ if language == self.wanted => 0,
            Some(at) => at + 1,
            None if language == self.written => usize::MAX - 1,
            None => usize::MAX,
        };
        (place, language)
    }

    /// Says which of some rows are shown: of all that tell one thing those in the best language. A row that says no
    /// language is in that of the data; one without a number may be about no other row, and is shown.
    pub fn choose<K: Eq + Hash>(&self, rows: &[Telling<K>]) -> Vec<bool> {
        let mut best: FxHashMap<&K, ((usize, Language), bool)> = FxHashMap::default();
        for row in rows.iter().filter(|row| row.is_numbered || row.language.is_some()) {
            let rank = self.rank(row.language);
            let (known, is_told) = best.entry(&row.key).or_insert((rank, false));
            (*known, *is_told) = (rank.min(*known), *is_told || row.language.is_some());
        }
        let is_best = |row: &Telling<K>| match best.get(&row.key) {
            Some((best, true)) => row.language.is_none() && !row.is_numbered || self.rank(row.language) == *best,
            _ => true,
        };
        rows.iter().map(is_best).collect()
    }

    /// Gives for each shown row the others that tell the same thing, the best first: they stand in for what it leaves
    /// empty.
    pub fn stand_ins<K: Eq + Hash>(&self, rows: &[Telling<K>], is_shown: &[bool]) -> Vec<(usize, Vec<usize>)> {
        let (shown, hidden): (Vec<usize>, Vec<usize>) = (0..rows.len()).partition(|&at| is_shown[at]);
        let mut others: FxHashMap<&K, Vec<usize>> = FxHashMap::default();
        for at in hidden.into_iter().filter(|&at| rows[at].is_numbered) {
            others.entry(&rows[at].key).or_default().push(at);
        }
        others.values_mut().for_each(|others| others.sort_by_key(|&at| self.rank(rows[at].language)));
        let beside = |at: usize| others.get(&rows[at].key).cloned().filter(|_| rows[at].is_numbered);
        shown.into_iter().map(|at| (at, beside(at).unwrap_or_default())).collect()
    }

    /// Decodes `fallback`.
    pub(super) fn decode(value: &Value<'_>, cells: &mut Cells<'_>) -> Vec<Language> {
        let mut fallback = Vec::new();
        for tag in cells.lines(value, "fallback") {
            match Language::from_tag(tag.as_str()) {
                Some(language) => fallback.push(language),
                None => cells.report.add(
                    Diagnostic::error(Code::BadValue, format!("`{}` is no language", shorten(tag.as_str())))
                        .at(tag.span, "")
                        .help("write tags (BCP 47): `fallback = [\"en\", \"fr\"]`"),
                ),
            }
        }
        fallback
    }
}
