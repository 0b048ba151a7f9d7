//! Rows that belong to records of another table, as lists: one for each record and each origin.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::source::{SourceId, Str, Text};

/// What tells where in its list a row belongs.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Place {
    /// Its `order`.
    Number(i64),
    /// Its label, of a deadline.
    Label(Str),
}

/// One row.
#[derive(Debug)]
struct Child<T> {
    file: SourceId,
    place: Option<Place>,
    /// What it is called, or what else is the same of two that are one.
    name: Str,
    row: T,
}

/// Where a list comes from, and its rows.
type List<T> = (Option<usize>, Vec<Child<T>>);

/// Child rows by parent, in the order in which the parents first came.
#[derive(Debug)]
pub(super) struct Children<T> {
    parents: Vec<Text>,
    lists: FxHashMap<Str, Vec<List<T>>>,
}

impl<T> Default for Children<T> {
    fn default() -> Self {
        Children { parents: Vec::new(), lists: FxHashMap::default() }
    }
}

impl<T: PartialEq> Children<T> {
    /// Takes a row of a file, which is of some origin.
    pub(super) fn take(
        &mut self,
        parent: Text,
        from: (Option<usize>, SourceId),
        place: Option<Place>,
        name: Str,
        row: T,
    ) {
        let lists = self.lists.entry(parent.value.clone()).or_default();
        if lists.is_empty() {
            self.parents.push(parent);
        }
        let (origin, file) = from;
        let child = Child { file, place, name, row };
        match lists.iter_mut().find(|(known, _)| *known == origin) {
            Some((_, list)) => list.push(child),
            None => lists.push((origin, vec![child])),
        }
    }

    /// Gives the lists of each parent, in order. Two whose numbers or labels are all different are parts of one.
    pub(super) fn lists(mut self) -> impl Iterator<Item = (Text, Vec<Vec<T>>)> {
        self.parents.into_iter().map(move |parent| {
            let mut all: Vec<Vec<Child<T>>> = Vec::new();
            for (_, list) in self.lists.remove(&parent.value).unwrap_or_default() {
                let list = once(list);
                match all.last_mut().filter(|last| are_parts(last, &list)) {
                    Some(last) => last.extend(list),
                    None => all.push(list),
                }
            }
            (parent, all.into_iter().map(in_order).collect())
        })
    }
}

/// Keeps of rows that several files of one origin say alike those of the first. Two of one file are two: there may be
/// two coffee breaks.
fn once<T: PartialEq>(list: Vec<Child<T>>) -> Vec<Child<T>> {
    if list.iter().all(|child| child.file == list[0].file) {
        return list;
    }
    let mut kept: Vec<Child<T>> = Vec::with_capacity(list.len());
    let mut by_name: FxHashMap<Str, Vec<usize>> = FxHashMap::default();
    // A row says again what one row of each other file says.
    let mut said: FxHashSet<(usize, SourceId)> = FxHashSet::default();
    for child in list {
        let named = by_name.entry(child.name.clone()).or_default();
        let is_again = |known: &Child<T>| {
            let same = known.place.is_none() || child.place.is_none() || known.place == child.place;
            known.file != child.file && same && known.row == child.row
        };
        if !named.iter().any(|&at| is_again(&kept[at]) && said.insert((at, child.file))) {
            named.push(kept.len());
            kept.push(child);
        }
    }
    kept
}

fn are_parts<T>(one: &[Child<T>], other: &[Child<T>]) -> bool {
    let places: Option<FxHashSet<&Place>> = one.iter().map(|child| child.place.as_ref()).collect();
    places
        .is_some_and(|known| other.iter().all(|child| child.place.as_ref().is_some_and(|place| !known.contains(place))))
}

/// Puts rows in order by number, those without one last.
fn in_order<T>(mut list: Vec<Child<T>>) -> Vec<T> {
    list.sort_by_key(|child| match child.place {
        Some(Place::Number(number)) => number,
        _ => i64::MAX,
    });
    list.into_iter().map(|child| child.row).collect()
}
