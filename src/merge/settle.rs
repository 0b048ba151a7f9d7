//! All parts of a record to one: rows of one file first (one per language), then file by file, the one that is right last.

use super::Rules;
use super::fill::Fields;
use super::gathered::Gathered;
use super::judge::{Contest, Judge, Why};
use super::part::Part;
use crate::config::{By, Prefer};
use crate::model::cell::Cells;
use crate::model::{Address, Foreign};
use crate::source::{Span, Text};

/// How a record came about, where somebody wants to know.
#[derive(Debug, Default)]
pub(super) struct Trail {
    /// The ids of its rows, and what each has in common with the first.
    pub(super) rows: Vec<(Text, By)>,
    /// Fields that two of them state.
    pub(super) contests: Vec<Contest>,
    /// Fields that were corrected by hand, where, and why.
    pub(super) corrected: Vec<(&'static str, Span, Option<Text>)>,
}

impl<T: Part> Gathered<T> {
    /// Makes one record of each that was told in several parts.
    pub(super) fn settle(&mut self, rules: &Rules<'_>, foreign: &mut Foreign, cells: &mut Cells<'_>) {
        let parts = self.records.iter().chain(self.more.values().flatten().map(|(part, _)| part));
        for part in parts {
            note_language(part, rules, foreign);
        }
        for (at, more) in std::mem::take(&mut self.more) {
            let Some(first) = self.records[at].id().cloned() else { continue };
            let record = std::mem::replace(&mut self.records[at], T::blank(first.span));
            let mut trail = Trail::default();
            trail.rows.push((first.clone(), By::Id));
            trail.rows.extend(more.iter().filter_map(|(part, by)| Some((part.id()?.clone(), *by))));
            let parts: Vec<T> = std::iter::once(record).chain(more.into_iter().map(|(part, _)| part)).collect();
            // One that somebody wrote is better than one that was made.
            let written = parts.iter().find(|part| !part.is_made()).and_then(|part| part.id());
            let id = written.unwrap_or(&first).clone();
            let before = cells.report.diagnostics().len();
            self.records[at] = fold(parts, rules, &mut trail, cells);
            cells.report.name_record(before, &id.value);
            self.rename(at, id);
            if let Some(trails) = &mut self.trails {
                trails.insert(at, trail);
            }
        }
    }
}

/// Fields that are told in words of a language, and are no names.
const TOLD: [&str; 9] =
    ["title", "series", "kind", "action", "summary", "key-messages", "agenda", "eligibility", "role"];

/// Notes the words of a row that is in another language than the edition.
fn note_language<T: Part>(part: &T, rules: &Rules<'_>, foreign: &mut Foreign) {
    let Some(language) = part.lang().filter(|language| *language != rules.languages.wanted) else { return };
    for (_, places) in part.body().stated().into_iter().filter(|(name, _)| TOLD.contains(name)) {
        places.into_iter().for_each(|place| foreign.note(place, language));
    }
}

fn fold<T: Part>(parts: Vec<T>, rules: &Rules<'_>, trail: &mut Trail, cells: &mut Cells<'_>) -> T {
    let mut files: Vec<Vec<T>> = Vec::new();
    for part in parts {
        let file = |part: &T| part.id().map(|id| id.span.source);
        match files.last_mut().filter(|last| last.last().and_then(file) == file(&part)) {
            Some(last) => last.push(part),
            None => files.push(vec![part]),
        }
    }
    let mut fill = |known: &mut T, mut later: T, why: Why| {
        trail.contests.extend(clean_url(known, &mut later, why));
        let contests = Some(&mut trail.contests);
        let mut judge = Judge { origins: rules.origins, why, report: cells.report, contests };
        known.body_mut().fill(later.into_body(), &mut judge);
    };
    let files = files.into_iter().map(|rows| one_file(rows, rules, &mut fill));
    let mut files: Vec<T> = files.collect();
    match rules.merging.prefer {
        Some(Prefer::First) => files.reverse(),
        Some(Prefer::Newest) => files.sort_by_key(|file| file.updated()),
        Some(Prefer::Last) | None => {}
    }
    let mut files = files.into_iter();
    let mut known = files.next().expect("a record has at least one part");
    let mut updated = known.updated();
    for later in files {
        let why = match rules.merging.prefer {
            None => Why::Later,
            Some(Prefer::Last) => Why::Last,
            Some(Prefer::First) => Why::First,
            Some(Prefer::Newest) if later.updated() > updated => Why::Newer,
            Some(Prefer::Newest) => Why::Later,
        };
        updated = later.updated().or(updated);
        fill(&mut known, later, why);
    }
    known
}

/// Of two ways of writing the address of one page keeps the clean one: with TLS, without tracking.
fn clean_url<T: Part>(known: &mut T, later: &mut T, why: Why) -> Option<Contest> {
    let (first, second) = (known.url()?, later.url()?);
    if first.value == second.value || first.value.page() != second.value.page() {
        return None;
    }
    let untidiness = |url: &Address| (!url.is_https(), url.as_str().len());
    let is_second = untidiness(&second.value) < untidiness(&first.value);
    let (won, lost) = if is_second { (second.span, first.span) } else { (first.span, second.span) };
    let worse = if is_second { known } else { later };
    worse.body_mut().clear("url");
    Some(Contest { field: "url", won: vec![won], lost: vec![lost], same: true, why })
}

/// Makes one of the rows of one file: those of one record in several languages.
fn one_file<T: Part>(mut rows: Vec<T>, rules: &Rules<'_>, fill: &mut impl FnMut(&mut T, T, Why)) -> T {
    let several = rows.iter().any(|row| row.lang() != rows[0].lang());
    if several {
        // That in the language of the edition last, so that its words win.
        rows.sort_by_key(|row| std::cmp::Reverse(rules.languages.rank(row.lang())));
    }
    let mut rows = rows.into_iter();
    let mut known = rows.next().expect("a file that is told of has a row");
    for later in rows {
        fill(&mut known, later, if several { Why::Language } else { Why::Later });
    }
    known
}
