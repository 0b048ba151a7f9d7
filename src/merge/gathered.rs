//! Records of one table, each id once: the same id is one record told in two parts.

use std::hash::BuildHasher;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

use super::fill;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::cell::{Cells, shorten};
use crate::model::table::Table;
use crate::model::value::slug;
use crate::model::{Call, News, Person, Session};
use crate::source::{Span, Spanned, Text};

/// Records of one table in the order in which they first came.
#[derive(Debug)]
pub(super) struct Gathered<T> {
    /// In the order in which they first came.
    pub(super) records: Vec<T>,
    /// Hash of an id, and which record has it.
    by_id: HashTable<(u64, usize)>,
}

impl<T> Default for Gathered<T> {
    fn default() -> Self {
        Gathered { records: Vec::new(), by_id: HashTable::new() }
    }
}

/// A record that can be told in two parts.
pub(super) trait Part {
    const TABLE: Table;
    /// Its id, as written.
    fn id(&self) -> Option<&Text>;
    /// Gives it an id, where it has none, from what names it; from the place of its row where nothing does.
    fn name(&mut self);
    /// Takes what the other part says, and the place of its id; where both say something else, that one wins and it is
    /// told.
    fn fill(&mut self, other: Self, cells: &mut Cells<'_>);
}

impl Part for Session {
    const TABLE: Table = Table::Sessions;

    fn id(&self) -> Option<&Text> {
        Some(&self.id).filter(|id| !id.value.is_empty())
    }

    fn name(&mut self) {
        let date = self.date.map(|date| date.value.to_string());
        self.id = made_id(&self.title, date, self.id.span);
    }

    fn fill(&mut self, other: Self, cells: &mut Cells<'_>) {
        self.id.span = other.id.span;
        fill::session(self, other, cells.report);
    }
}

impl Part for Box<Call> {
    const TABLE: Table = Table::Calls;

    fn id(&self) -> Option<&Text> {
        Some(&self.id).filter(|id| !id.value.is_empty())
    }

    fn name(&mut self) {
        let date = self.deadlines.first().map(|deadline| deadline.date.value.to_string());
        self.id = made_id(&self.title, date, self.id.span);
    }

    fn fill(&mut self, other: Self, cells: &mut Cells<'_>) {
        self.id.span = other.id.span;
        fill::call(self, *other, cells.report);
    }
}

impl Part for News {
    const TABLE: Table = Table::News;

    fn id(&self) -> Option<&Text> {
        Some(&self.id).filter(|id| !id.value.is_empty())
    }

    fn name(&mut self) {
        let date = self.date.map(|date| date.value.to_string());
        self.id = made_id(&self.title, date, self.id.span);
    }

    fn fill(&mut self, other: Self, cells: &mut Cells<'_>) {
        self.id.span = other.id.span;
        fill::news(self, other, cells.report);
    }
}

impl Part for Spanned<Person> {
    const TABLE: Table = Table::People;

    fn id(&self) -> Option<&Text> {
        self.value.id.as_ref()
    }

    fn name(&mut self) {
        self.value.id = Some(made_id(&self.value.name, None, self.span));
    }

    fn fill(&mut self, other: Self, cells: &mut Cells<'_>) {
        self.value.id = other.value.id.clone();
        fill::person(&mut self.value, other.value, cells.report);
    }
}

/// Makes an id from title and date; the same rows get the same id in every run.
fn made_id(title: &Text, date: Option<String>, row: Span) -> Text {
    if title.value.is_empty() {
        // Told as missing later; until then it must not be taken for another one.
        return Text::new(format!("{row:?}").into(), row);
    }
    let name = slug(title.as_str());
    title.with(match date {
        Some(date) => format!("{name}-{date}").into(),
        None => name.into(),
    })
}

impl<T: Part> Gathered<T> {
    /// Takes a record; one whose id is known fills the one that has it.
    pub(super) fn take(&mut self, mut record: T, cells: &mut Cells<'_>) {
        let made = record.id().is_none();
        if made {
            record.name();
        }
        let Some(id) = record.id() else { return };
        let hash = FxBuildHasher.hash_one(id.as_str());
        let Some(at) = self.find(hash, id.as_str()) else {
            self.by_id.insert_unique(hash, (hash, self.records.len()), |(hash, _)| *hash);
            self.records.push(record);
            return;
        };
        let Some(first) = self.records[at].id().map(|id| id.span) else { return };
        let (name, before) = (id.value.clone(), cells.report.diagnostics().len());
        if first.source == id.span.source {
            let table = T::TABLE.name();
            if !made {
                let shown = shorten(&id.value);
                cells.report.add(
                    Diagnostic::error(Code::RepeatedId, format!("two rows of `{table}` have the id `{shown}`"))
                        .at(id.span, "again here")
                        .at(first, "first here")
                        .help("give each its own `id`"),
                );
                return;
            }
            let same = if T::TABLE == Table::People { "name" } else { "title and date" };
            cells.report.add(
                Diagnostic::warning(Code::RepeatedRow, format!("two rows of `{table}` have the same {same}"))
                    .at(id.span, "again here")
                    .at(first, "first here")
                    .help("they are taken for one; give each its own `id` if they are two"),
            );
        }
        self.records[at].fill(record, cells);
        cells.report.name_record(before, &name);
    }

    fn find(&self, hash: u64, id: &str) -> Option<usize> {
        let is_it = |&(known, at): &(u64, usize)| {
            known == hash && self.records[at].id().is_some_and(|known| known.as_str() == id)
        };
        self.by_id.find(hash, is_it).map(|&(_, at)| at)
    }

    pub(super) fn get(&self, id: &str) -> Option<&T> {
        self.find(FxBuildHasher.hash_one(id), id).map(|at| &self.records[at])
    }

    pub(super) fn get_mut(&mut self, id: &str) -> Option<&mut T> {
        self.find(FxBuildHasher.hash_one(id), id).map(|at| &mut self.records[at])
    }
}
