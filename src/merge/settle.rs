//! All parts of a record to one.

use std::cmp::Reverse;

use super::Rules;
use super::fill::Fields;
use super::gathered::Gathered;
use super::instants::Way;
use super::judge::{Contest, Judge, Tongues, Why};
use super::part::Part;
use crate::config::{By, Prefer};
use crate::model::cell::Cells;
use crate::model::{Address, Foreign, Version, Zone};
use crate::source::{Span, Spanned, Text};

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
            part.lang().into_iter().for_each(|language| foreign.see(language));
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
pub(super) const TOLD: [&str; 9] =
    ["title", "series", "kind", "action", "summary", "key-messages", "agenda", "eligibility", "role"];

/// Notes the words of a row that is in another language than the edition; those that an `[[input]]` puts into every row
/// are in none.
fn note_language<T: Part>(part: &T, rules: &Rules<'_>, foreign: &mut Foreign) {
    let Some(language) = part.lang().filter(|language| *language != rules.languages.wanted) else { return };
    let source = part.title().span.source;
    for (_, places) in part.body().stated().into_iter().filter(|(name, _)| TOLD.contains(name)) {
        let its = places.into_iter().filter(|place| place.source == source);
        its.for_each(|place| foreign.note(place, language));
    }
}

/// Makes one record of its parts, one after the other, the one that is right last. What is told in words is taken in the
/// best language that there is, whichever file it is in.
fn fold<T: Part>(parts: Vec<T>, rules: &Rules<'_>, trail: &mut Trail, cells: &mut Cells<'_>) -> T {
    let rank = |part: &T| rules.languages.rank(part.lang());
    let is_one_language = parts.iter().all(|part| rank(part) == rank(&parts[0]));
    let version = version(&parts);
    let mut parts = in_order(parts, rules);
    let whys = whys(&parts, rules);
    tell_in_one_zone(&mut parts, &whys, rules, cells);
    let mut parts = parts.into_iter();
    let mut known = parts.next().expect("a record has at least one part");
    let mut tongues = Tongues::default();
    if !is_one_language {
        tongues.later = Some(rank(&known));
        known.body().stated().iter().for_each(|(field, _)| tongues.take(field));
    }
    for (mut later, why) in parts.zip(whys.into_iter().skip(1)) {
        tongues.later = Some(rank(&later));
        trail.contests.extend(clean_url(&mut known, &mut later, why));
        let contests = Some(&mut trail.contests);
        let tongues = Some(&mut tongues).filter(|_| !is_one_language);
        let mut judge = Judge { origins: rules.origins, why, report: cells.report, contests, tongues };
        known.body_mut().fill(later.into_body(), &mut judge);
    }
    let title = tongues.of("title").or(tongues.of("name"));
    let told = title.map(|(_, language)| known.title().with(language));
    *known.version_mut() = version.map(|version| Box::new(Version { lang: told.or(version.lang), ..version }));
    known
}

/// Puts parts in the order in which they are taken: file by file, in each of them the best language last.
fn in_order<T: Part>(parts: Vec<T>, rules: &Rules<'_>) -> Vec<T> {
    let mut files: Vec<Vec<T>> = Vec::new();
    for part in parts {
        let file = |part: &T| part.id().map(|id| id.span.source);
        match files.last_mut().filter(|last| last.last().and_then(file) == file(&part)) {
            Some(last) => last.push(part),
            None => files.push(vec![part]),
        }
    }
    for rows in &mut files {
        rows.sort_by_key(|row| Reverse(rules.languages.rank(row.lang())));
    }
    if rules.merging.prefer == Some(Prefer::First) {
        files.reverse();
    }
    let mut parts: Vec<T> = files.into_iter().flatten().collect();
    if rules.merging.prefer == Some(Prefer::Newest) {
        parts.sort_by_key(Part::updated);
    }
    parts
}

/// Says of each part why it wins over those before it, where no `[[input]]` is preferred.
fn whys<T: Part>(parts: &[T], rules: &Rules<'_>) -> Vec<Why> {
    let mut updated = None;
    let why = |part: &T| {
        let is_newer = part.updated() > updated;
        updated = part.updated().or(updated);
        match rules.merging.prefer {
            None => Why::Later,
            Some(Prefer::Last) => Why::Last,
            Some(Prefer::First) => Why::First,
            Some(Prefer::Newest) if is_newer => Why::Newer,
            Some(Prefer::Newest) => Why::Later,
        }
    };
    parts.iter().map(why).collect()
}

/// Tells the instants of all parts in the zone that will hold.
fn tell_in_one_zone<T: Part>(parts: &mut [T], whys: &[Why], rules: &Rules<'_>, cells: &mut Cells<'_>) {
    let mut holds: Option<&Spanned<Zone>> = None;
    for (part, why) in parts.iter().zip(whys) {
        let judge = Judge { origins: rules.origins, why: *why, report: cells.report, contests: None, tongues: None };
        let takes = |zone: &&Spanned<Zone>| {
            holds.is_none_or(|known| judge.prefers_later(("timezone", "timezone"), known.span, zone.span).0)
        };
        holds = part.zone().filter(takes).or(holds);
    }
    let Some(to) = holds.map(|zone| zone.value.clone()) else { return };
    for part in parts {
        let from = part.zone().map_or_else(|| cells.zone.clone(), |zone| zone.value.clone());
        if from != to {
            part.tell_in(Way { from: &from, to: &to });
        }
    }
}

/// Gives when any of the parts was changed last, and the language of the first that says one.
fn version<T: Part>(parts: &[T]) -> Option<Version> {
    let versions = || parts.iter().filter_map(Part::version);
    let updated = versions().filter_map(|version| version.updated).max_by_key(|updated| updated.value);
    let lang = versions().find_map(|version| version.lang);
    (updated.is_some() || lang.is_some()).then_some(Version { updated, lang })
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
