//! Records of one table, each id once: the same id is one record told in several parts.

use std::collections::BTreeMap;
use std::hash::BuildHasher;

use hashbrown::HashTable;
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::part::{Part, Setting};
use super::settle::Trail;
use crate::config::By;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::cell::{Cells, shorten};
use crate::model::table::{Table, near};
use crate::source::{SourceId, Str, Text};

/// Among so many records of one made id the one that is meant is looked for.
const MANY: usize = 50;

/// For so many findings, and of so many records, one is looked for whose id is nearly the same: a table may have a
/// hundred thousand wrong ones.
const FEW: usize = 2000;

/// Records of one table in the order in which they first came.
#[derive(Debug)]
pub(super) struct Gathered<T> {
    /// In the order in which they first came.
    pub(super) records: Vec<T>,
    /// What other rows say of a record, in the order in which they were read, and what they have in common with it.
    pub(super) more: BTreeMap<usize, Vec<(T, By)>>,
    /// Hash of an id, and which record has it.
    by_id: HashTable<(u64, usize)>,
    /// Further ids of records that were told under two.
    aliases: FxHashMap<Str, usize>,
    /// When and where the parts of a record are that came under a made id, each once.
    settings: FxHashMap<usize, Vec<Setting>>,
    /// The last number that was put behind a made id.
    numbers: FxHashMap<Str, usize>,
    /// How records came about; `None` where nobody wants to know.
    pub(super) trails: Option<BTreeMap<usize, Trail>>,
}

impl<T> Default for Gathered<T> {
    fn default() -> Self {
        Gathered {
            records: Vec::new(),
            more: BTreeMap::new(),
            by_id: HashTable::new(),
            aliases: FxHashMap::default(),
            settings: FxHashMap::default(),
            numbers: FxHashMap::default(),
            trails: None,
        }
    }
}

impl<T: Part> Gathered<T> {
    /// Takes a record; one whose id is known is another part of the one that has it.
    pub(super) fn take(&mut self, mut record: T, cells: &mut Cells<'_>) {
        let made = record.id().is_none();
        if made {
            record.name();
            self.tell_apart(&mut record);
        }
        let Some(id) = record.id() else { return };
        let Some(at) = self.known(&record) else {
            self.insert(FxBuildHasher.hash_one(id.as_str()), self.records.len());
            self.records.push(record);
            return;
        };
        let table = T::TABLE.name();
        let before = cells.report.diagnostics().len();
        if let Some(first) = self.parts(at).find(|part| is_again(*part, &record)).and_then(|part| part.id()) {
            if !made {
                let shown = shorten(&id.value);
                cells.report.add(
                    Diagnostic::error(Code::RepeatedId, format!("two rows of `{table}` have the id `{shown}`"))
                        .at(id.span, "again here")
                        .at(first.span, "first here")
                        .help("give each its own `id`"),
                );
                return;
            }
            let same = if T::TABLE == Table::People { "name" } else { "title and date" };
            cells.report.add(
                Diagnostic::warning(Code::RepeatedRow, format!("two rows of `{table}` have the same {same}"))
                    .at(id.span, "again here")
                    .at(first.span, "first here")
                    .help("they are taken for one; give each its own `id` if they are two"),
            );
            cells.report.name_record(before, &id.value);
        }
        let by = if made { By::Title } else { By::Id };
        if made {
            let first = || vec![self.records[at].setting()];
            let (settings, setting) = (self.settings.entry(at).or_insert_with(first), record.setting());
            if !settings.contains(&setting) {
                settings.push(setting);
            }
        }
        self.more.entry(at).or_default().push((record, by));
    }

    /// Gives a record whose id was made of its title another one, where the same id was made for another record: of a
    /// talk that is given twice on one day, of a meeting of one name in two rooms, of `C#` beside `C++`.
    fn tell_apart(&mut self, record: &mut T) {
        let is_taken = |record: &T| self.known(record).is_some_and(|at| !self.may_be(at, record));
        let Some(at) = self.known(record).filter(|_| is_taken(record)) else { return };
        if self.records[at].has_title_of(record) {
            record.tell_apart();
        }
        let Some(id) = record.id().cloned() else { return };
        let mut number = 1;
        while is_taken(record) {
            number += 1;
            if number > MANY {
                // Of very many nobody is looked for: the next number is that of nobody.
                number = number.max(self.numbers.get(&id.value).map_or(0, |last| last + 1));
            }
            record.set_id(id.with(format!("{id}-{number}").into()));
        }
        let last = self.numbers.entry(id.value).or_default();
        *last = number.max(*last);
    }

    /// Says whether a record of the same made id may be another part of a known one.
    fn may_be(&self, at: usize, record: &T) -> bool {
        let (known, setting) = (&self.records[at], record.setting());
        let others = self.settings.get(&at).map(Vec::as_slice).unwrap_or_default();
        known.has_title_of(record)
            && !known.setting().contradicts(&setting)
            && !others.iter().any(|other| other.contradicts(&setting))
    }

    /// Gives all parts of a record.
    pub(super) fn parts(&self, at: usize) -> impl Iterator<Item = &T> {
        std::iter::once(&self.records[at]).chain(self.more.get(&at).into_iter().flatten().map(|(part, _)| part))
    }

    /// Gives the files that a record is told in.
    pub(super) fn sources(&self, at: usize) -> impl Iterator<Item = SourceId> {
        self.parts(at).filter_map(|part| Some(part.id()?.span.source))
    }

    /// Tells an id that no record has.
    pub(super) fn tell_unknown(&self, id: &Text, cells: &mut Cells<'_>) {
        let (table, what) = match T::TABLE {
            Table::Sessions => ("sessions", "session"),
            Table::Calls => ("calls", "call"),
            Table::People => ("people", "person"),
            other => (other.name(), "news item"),
        };
        let ids = self.records.iter().filter_map(|record| Some(record.id()?.as_str()));
        let told = cells.report.diagnostics().len();
        let meant = if self.records.len().max(told) > FEW { None } else { near(id.as_str(), ids) };
        let help = match (meant, what) {
            (Some(meant), _) => format!("perhaps `{meant}` is meant; else add a row to `{table}`"),
            (None, "person") => format!("add a row to `{table}`, or write `Name, role, organisation`"),
            (None, _) => format!("add a row to `{table}`, or correct the id"),
        };
        cells.report.add(
            Diagnostic::error(
                Code::UnknownReference,
                format!("there is no {what} with the id `{}`", shorten(&id.value)),
            )
            .at(id.span, format!("not in `{table}`"))
            .help(help),
        );
    }

    fn known(&self, record: &T) -> Option<usize> {
        self.position(record.id()?.as_str())
    }

    fn insert(&mut self, hash: u64, at: usize) {
        self.by_id.insert_unique(hash, (hash, at), |(hash, _)| *hash);
    }

    /// Joins records that turned out to be one: each of the first to its second, which came before.
    pub(super) fn join(&mut self, pairs: &BTreeMap<usize, (usize, By)>) {
        for (&from, &(to, by)) in pairs.iter().rev() {
            let Some(span) = self.records[from].id().map(|id| id.span) else { continue };
            let record = std::mem::replace(&mut self.records[from], T::blank(span));
            let rest = self.more.remove(&from).unwrap_or_default();
            let parts = self.more.entry(to).or_default();
            parts.push((record, by));
            parts.extend(rest);
        }
        // Reading order, as if they had come under one id.
        for (to, _) in pairs.values() {
            if let Some(parts) = self.more.get_mut(to) {
                parts.sort_by_key(|(part, _)| part.id().map(|id| id.span));
            }
        }
        let (records, mut more) = (std::mem::take(&mut self.records), std::mem::take(&mut self.more));
        self.by_id.clear();
        self.settings.clear();
        let mut now = vec![0; records.len()];
        for (was, record) in records.into_iter().enumerate() {
            if pairs.contains_key(&was) {
                continue;
            }
            let at = self.records.len();
            now[was] = at;
            if let Some(id) = record.id() {
                self.insert(FxBuildHasher.hash_one(id.as_str()), at);
            }
            let parts = more.remove(&was).unwrap_or_default();
            for id in parts.iter().filter_map(|(part, _)| part.id()) {
                self.aliases.insert(id.value.clone(), at);
            }
            if !parts.is_empty() {
                self.more.insert(at, parts);
            }
            self.records.push(record);
        }
    }

    /// Gives an id to a record that has another one so far.
    pub(super) fn rename(&mut self, at: usize, id: Text) {
        if let Some(known) = self.records[at].id().filter(|known| known.value != id.value) {
            self.aliases.insert(known.value.clone(), at);
        }
        self.aliases.insert(id.value.clone(), at);
        self.records[at].set_id(id);
    }

    fn position(&self, id: &str) -> Option<usize> {
        let hash = FxBuildHasher.hash_one(id);
        let is_it = |&(known, at): &(u64, usize)| {
            known == hash && self.records[at].id().is_some_and(|known| known.as_str() == id)
        };
        self.by_id.find(hash, is_it).map(|&(_, at)| at).or_else(|| self.aliases.get(id).copied())
    }

    pub(super) fn get(&self, id: &str) -> Option<&T> {
        self.position(id).map(|at| &self.records[at])
    }

    pub(super) fn get_mut(&mut self, id: &str) -> Option<&mut T> {
        self.position(id).map(|at| &mut self.records[at])
    }

    /// Finds a record by any id that it was told under.
    pub(super) fn find(&self, id: &str) -> Option<usize> {
        self.position(id)
    }
}

/// Says whether two parts of one record stand in one file, and not as one row per language.
fn is_again<T: Part>(known: &T, record: &T) -> bool {
    let file = |part: &T| part.id().map(|id| id.span.source);
    let languages = known.lang().zip(record.lang());
    file(known) == file(record) && languages.is_none_or(|(one, other)| one == other)
}
