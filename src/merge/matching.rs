//! Rows of different files that are one record although no id says so: by the address of their page, then by title and
//! date. Each row is looked at once, and two that may be two stay two.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use super::gathered::Gathered;
use super::part::Part;
use crate::config::{By, Merging};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::cell::Cells;
use crate::model::table::Table;
use crate::model::value::fold_title;
use crate::source::{Span, Str};

/// So many pairs are shown of each kind; `bulletin merge` lists all.
const SHOWN: usize = 5;

/// In so many files one record is looked for without an id; in more it is what all of them begin with.
const MOST: usize = 50;

/// Two days of one call or session are less than so many apart.
const MONTH: i32 = 28;

/// Two rows that have something in common, the later one first.
type Pair = (Span, Span, Str);

impl<T: Part> Gathered<T> {
    /// Finds records that are one, joins them, and tells what was done.
    pub(super) fn unite(&mut self, merging: &Merging, cells: &mut Cells<'_>) {
        let mut doubtful = Vec::new();
        let files = self.records.iter().filter_map(|record| Some(record.id()?.span.source));
        let is_one_file = files.clone().zip(files.skip(1)).all(|(one, next)| one == next);
        if !is_one_file {
            for by in [By::Address, By::Title].into_iter().filter(|by| merging.by.contains(by)) {
                let pairs = self.pairs(by, merging, &mut doubtful);
                if !pairs.is_empty() {
                    self.join(&pairs);
                }
            }
        }
        let mut united: BTreeMap<By, Vec<Pair>> = BTreeMap::new();
        for (at, parts) in &self.more {
            let Some(first) = self.records[*at].id() else { continue };
            for (part, by) in parts.iter().filter(|(_, by)| *by != By::Id) {
                let Some(again) = part.id().filter(|again| again.span.source != first.span.source) else { continue };
                united.entry(*by).or_default().push((again.span, first.span, first.value.clone()));
            }
        }
        for (by, pairs) in united {
            tell_united::<T>(by, &pairs, cells);
        }
        tell_doubtful::<T>(&doubtful, cells);
    }

    /// Pairs each record with the first one that it is the same as.
    fn pairs(&self, by: By, merging: &Merging, doubtful: &mut Vec<Pair>) -> BTreeMap<usize, (usize, By)> {
        let apart: FxHashSet<&str> = merging.apart.iter().map(|id| id.as_str()).collect();
        let is_apart = |record: &T| record.id().is_some_and(|id| apart.contains(id.as_str()));
        let mut first: FxHashMap<u64, usize> = FxHashMap::default();
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, record) in self.records.iter().enumerate() {
            let Some(key) = key(record, by).filter(|_| !is_apart(record)) else { continue };
            match first.entry(key) {
                std::collections::hash_map::Entry::Occupied(first) => groups.entry(*first.get()).or_default().push(at),
                std::collections::hash_map::Entry::Vacant(place) => {
                    place.insert(at);
                }
            }
        }
        let mut pairs = BTreeMap::new();
        for (first, others) in groups {
            let mut group = vec![first];
            group.extend(others);
            self.pair(group, by, &mut pairs, doubtful);
        }
        pairs
    }

    /// Pairs the records of one group. Where a file has two of them, what they share is the page of a whole event, or a
    /// title that comes back; then the time of day may still tell which is which.
    fn pair(&self, group: Vec<usize>, by: By, pairs: &mut BTreeMap<usize, (usize, By)>, doubtful: &mut Vec<Pair>) {
        let mut files: Vec<_> = group.iter().flat_map(|&at| self.sources(at)).collect();
        let count = files.len();
        files.sort_unstable();
        files.dedup();
        if files.len() < count {
            let mut by_start: BTreeMap<_, Vec<usize>> = BTreeMap::new();
            for at in group {
                if let Some(start) = self.records[at].start().filter(|_| by == By::Title) {
                    by_start.entry(start).or_default().push(at);
                }
            }
            if by_start.len() > 1 {
                by_start.into_values().for_each(|group| self.pair(group, by, pairs, doubtful));
            }
            return;
        }
        let mut told = |first: usize, again: usize| {
            if let (Some(first), Some(again)) = (self.records[first].id(), self.records[again].id()) {
                doubtful.push((again.span, first.span, first.value.clone()));
            }
        };
        let first = group[0];
        if group.len() > MOST {
            group[1..].iter().for_each(|&again| told(first, again));
            return;
        }
        for circle in self.circles(group, by) {
            let (to, others) = (circle[0], &circle[1..]);
            if to != first {
                told(first, to);
            }
            // Of three, the one that may be either of the two others is neither.
            let is_one = |from: usize, to: usize| self.is_one(from, to, by);
            let agree = others.iter().enumerate().all(|(at, &from)| circle[..=at].iter().all(|&to| is_one(to, from)));
            for &from in others {
                if agree {
                    pairs.insert(from, (to, by));
                } else {
                    told(to, from);
                }
            }
        }
    }

    /// Puts together what is directly or by others the same.
    fn circles(&self, group: Vec<usize>, by: By) -> Vec<Vec<usize>> {
        let mut circles: Vec<Vec<usize>> = Vec::new();
        for at in group {
            let is_near = |circle: &Vec<usize>| circle.iter().any(|&known| self.is_one(known, at, by));
            let mut near: Vec<Vec<usize>> = circles.extract_if(.., |circle| is_near(circle)).collect();
            near.push(vec![at]);
            circles.push(near.concat());
        }
        circles.iter_mut().for_each(|circle| circle.sort_unstable());
        circles.sort_unstable();
        circles
    }

    /// Says whether two records are one: some rows of both are, and what was taken for them without an id agrees.
    fn is_one(&self, known: usize, record: usize, by: By) -> bool {
        let is_matched = self.parts(known).any(|one| self.parts(record).any(|other| is_one(one, other, by)));
        let agrees = |at: usize, with: usize| {
            let mut taken = self.more.get(&at).into_iter().flatten().filter(|(_, by)| *by != By::Id);
            taken.all(|(part, _)| self.parts(with).all(|other| !part.contradicts(other)))
        };
        is_matched && agrees(known, record) && agrees(record, known)
    }
}

/// Gives what records of one thing have in common, as a number.
fn key<T: Part>(record: &T, by: By) -> Option<u64> {
    let mut hasher = FxHasher::default();
    match by {
        By::Id => return None,
        By::Address => record.url()?.value.page().hash(&mut hasher),
        // Two people can have one name.
        By::Title if T::TABLE == Table::People || record.title().value.is_empty() => return None,
        By::Title => (fold_title(record.title().as_str()), record.day()?).hash(&mut hasher),
    }
    Some(hasher.finish())
}

/// Says whether two records of one group are one.
fn is_one<T: Part>(known: &T, record: &T, by: By) -> bool {
    let (one, other) = (fold_title(known.title().as_str()), fold_title(record.title().as_str()));
    let day = known.day().zip(record.day());
    let is_same_day = day.is_some_and(|(one, other)| one == other);
    match by {
        By::Id => true,
        By::Title => one == other && is_same_day && !known.contradicts(record),
        By::Address if known.url().zip(record.url()).is_none_or(|(a, b)| a.value.page() != b.value.page()) => false,
        By::Address if T::TABLE == Table::People => one == other,
        // Moved to another time or room, it is still what its own page is about; next month's is another one. Where both
        // have an id that somebody wrote, only the deadline of a call moves.
        By::Address if one == other => {
            let days = day.map_or(0, |(one, other)| (one - other).get_days().abs());
            let is_alike = match T::TABLE {
                Table::Calls => !known.contradicts(record),
                _ => known.is_made() || record.is_made() || days == 0 && !known.contradicts(record),
            };
            days < MONTH && is_alike
        }
        // Retitled: then all else has to agree, and `Workshop 2` is not `Workshop 1`.
        By::Address => {
            is_same_day
                && known.start() == record.start()
                && !known.contradicts(record)
                && numbers(&one) == numbers(&other)
                && says_more(&one, &other)
        }
    }
}

/// Gives the words of a folded title that make another one of it: numbers, single letters, names with a sign.
fn numbers(title: &str) -> Vec<&str> {
    let is_number = |word: &str| word.len() == 1 || word.contains(|c: char| c.is_ascii_digit() || !c.is_alphanumeric());
    title.split(' ').filter(|word| is_number(word)).collect()
}

/// Says whether one of two folded titles has all words of the other: `CypressConf`, and its `CypressConf: call for papers`.
fn says_more(one: &str, other: &str) -> bool {
    let (one, other): (BTreeSet<&str>, BTreeSet<&str>) = (one.split(' ').collect(), other.split(' ').collect());
    one.is_subset(&other) || other.is_subset(&one)
}

fn tell_united<T: Part>(by: By, pairs: &[Pair], cells: &mut Cells<'_>) {
    let same = match by {
        By::Address => "address",
        By::Id | By::Title if T::TABLE == Table::People => "name",
        By::Id | By::Title => "title and date",
    };
    let table = T::TABLE.name();
    let rows = match pairs.len() {
        1 => format!("a row of `{table}` is taken for one of another file"),
        count => format!("{count} rows of `{table}` are taken for rows of other files"),
    };
    let told = Diagnostic::note(Code::MatchedRows, format!("{rows}: they have the same {same}"))
        .help("give both the same `id` if they are one; if they are two, each its own, named in `apart` of `[merge]`")
        .help("`bulletin merge` says what each of them gives");
    cells.report.add(shown(told, pairs));
}

fn tell_doubtful<T: Part>(pairs: &[Pair], cells: &mut Cells<'_>) {
    if pairs.is_empty() {
        return;
    }
    let table = T::TABLE.name();
    let rows = match pairs.len() {
        1 => format!("a row of `{table}` may be the same as one of another file"),
        count => format!("{count} rows of `{table}` may be the same as rows of other files"),
    };
    let told = Diagnostic::note(Code::UnmatchedRows, format!("{rows}, and is printed beside it"))
        .help("give both the same `id` if they are one; if they are two, each its own, named in `apart` of `[merge]`");
    cells.report.add(shown(told, pairs));
}

/// Shows the first pairs. Only these are named: a finding is not to grow with the tables.
fn shown(told: Diagnostic, pairs: &[Pair]) -> Diagnostic {
    pairs
        .iter()
        .take(SHOWN)
        .fold(told, |told, (again, first, id)| told.at(*again, "again here").at(*first, "first here").of(id))
}
