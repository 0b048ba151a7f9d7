//! How each record came about: which rows it was told in, where each of its fields stands, and why that one holds.

use super::Tables;
use super::fill::Fields;
use super::gathered::Gathered;
use super::judge::{Contest, Origins, Why};
use super::part::Part;
use crate::config::By;
use crate::model::table::Table;
use crate::source::{Span, Text};

/// How the records of all tables came about.
#[derive(Debug, Default)]
pub struct Account {
    /// Where rows come from: files, or the patterns of an `[[input]]`.
    pub origins: Vec<String>,
    /// All records, table by table.
    pub records: Vec<Told>,
}

/// How one record came about.
#[derive(Debug)]
pub struct Told {
    /// Its table.
    pub table: Table,
    /// Its id.
    pub id: Text,
    /// Its title, or the person's name.
    pub title: Text,
    /// The rows that it was told in, in the order in which they were read.
    pub rows: Vec<ToldRow>,
    /// Its fields.
    pub fields: Vec<ToldField>,
}

/// One row of a record.
#[derive(Debug)]
pub struct ToldRow {
    /// Its own id, or its title where it has none.
    pub id: Text,
    /// What it has in common with the first row.
    pub by: By,
    /// The number of its origin.
    pub origin: Option<usize>,
}

/// One field of a record.
#[derive(Debug)]
pub struct ToldField {
    /// Its name.
    pub name: &'static str,
    /// Where its value stands, several places of a list; of one that was taken away, where that is said.
    pub places: Vec<Span>,
    /// Whether it was taken away.
    pub is_gone: bool,
    /// What else is stated; empty where nothing is.
    pub contests: Vec<Contest>,
    /// Why somebody corrected it by hand: the inner `None` where they did not say.
    pub correction: Option<Option<Text>>,
}

impl Told {
    /// Says whether files state a field differently.
    pub fn differs(&self, name: &str) -> bool {
        let mut fields = self.fields.iter().filter(|field| field.name == name);
        fields.any(|field| field.contests.iter().any(|contest| !contest.same && contest.is_of_files()))
    }

    /// Gives the numbers of the origins that it is told in, each once.
    pub fn origins(&self) -> Vec<usize> {
        let mut origins: Vec<usize> = self.rows.iter().filter_map(|row| row.origin).collect();
        origins.sort_unstable();
        origins.dedup();
        origins
    }
}

impl Contest {
    /// Says whether rows of the publication's files are in it, and not a correction or another language.
    fn is_of_files(&self) -> bool {
        !matches!(self.why, Why::Corrected | Why::Language)
    }
}

impl Tables<'_> {
    /// Asks for an account; to be called before the first row is taken.
    pub fn trace(&mut self) {
        self.sessions.trails = Some(Default::default());
        self.calls.trails = Some(Default::default());
        self.news.trails = Some(Default::default());
        self.people.trails = Some(Default::default());
    }

    /// Tells how all records came about, once they are finished. Only who asked for it before the first row learns why.
    pub fn account(&self) -> Account {
        let mut account = Account { origins: self.origins.names(), records: Vec::new() };
        tell(&self.sessions, &self.origins, &mut account.records);
        tell(&self.calls, &self.origins, &mut account.records);
        tell(&self.news, &self.origins, &mut account.records);
        tell(&self.people, &self.origins, &mut account.records);
        account
    }
}

fn tell<T: Part>(gathered: &Gathered<T>, origins: &Origins, all: &mut Vec<Told>) {
    for (at, record) in gathered.records.iter().enumerate() {
        let Some(id) = record.id() else { continue };
        let trail = gathered.trails.as_ref().and_then(|trails| trails.get(&at));
        let row = |id: &Text, by: By| ToldRow { id: id.clone(), by, origin: origins.of(id.span.source) };
        let rows = trail.map(|trail| trail.rows.iter().map(|(id, by)| row(id, *by)).collect()).unwrap_or_default();
        let rows = if Vec::is_empty(&rows) { vec![row(id, By::Id)] } else { rows };
        let contests = |name: &str| -> Vec<Contest> {
            let contests = trail.into_iter().flat_map(|trail| &trail.contests);
            contests.filter(|contest| contest.field == name).cloned().collect()
        };
        let corrected = trail.map(|trail| trail.corrected.as_slice()).unwrap_or_default();
        let correction = |name: &str| corrected.iter().find(|(field, ..)| *field == name).map(|(.., why)| why.clone());
        let stated = record.body().stated();
        // An end that was computed stands where the duration does.
        let place = |name: &str| stated.iter().find(|(field, _)| *field == name).map(|(_, places)| places);
        let is_computed = |name: &str| matches!(name, "end" | "end-date") && place(name) == place("duration");
        let kept = stated.iter().filter(|(name, _)| !is_computed(name)).map(|(name, places)| ToldField {
            name,
            places: places.clone(),
            is_gone: false,
            contests: contests(name),
            correction: correction(name),
        });
        let gone = corrected.iter().filter(|(name, ..)| place(name).is_none()).map(|(name, place, why)| ToldField {
            name,
            places: vec![*place],
            is_gone: true,
            contests: contests(name),
            correction: Some(why.clone()),
        });
        let fields = kept.chain(gone).collect();
        all.push(Told { table: T::TABLE, id: id.clone(), title: record.title().clone(), rows, fields });
    }
}
