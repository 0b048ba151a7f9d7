//! Rows of all files to one edition: the same id is one record, child rows go to their parents, ids of people become
//! people, and what belongs to the edition is chosen and put in order.

use crate::config::{Input, Languages, Merging};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::cell::{Cells, shorten};
use crate::model::row::Row;
use crate::model::table::Table;
use crate::model::{Call, Catalogue, Counts, Foreign, News, Person, Session};
use crate::source::{SourceId, Span, Spanned, Text};

use gathered::Gathered;
use naming::Names;

pub use account::{Account, Told, ToldField, ToldRow};
pub use instants::tell_as_written;
pub use judge::{Contest, Origins, Why};
pub use records::Records;
pub use select::select;
pub use tellings::tellings;

mod account;
mod adopt;
mod bound;
mod children;
mod corrections;
mod fill;
mod gathered;
mod instants;
mod judge;
mod matching;
mod naming;
mod part;
mod parts;
mod records;
mod renditions;
mod select;
mod settle;
mod tellings;

/// All rows, decoded and gathered by id.
#[derive(Debug, Default)]
pub struct Tables<'s> {
    sessions: Gathered<Session>,
    calls: Gathered<Box<Call>>,
    news: Gathered<News>,
    people: Gathered<Spanned<Person>>,
    /// Tables of which a file could not be read in full: what is missing in them is no news.
    broken: Vec<Table>,
    /// Where values stand that are shown in another language than the edition's.
    foreign: Foreign,
    /// Where the rows come from.
    origins: Origins,
    /// Rows that belong to a record of another table; decoded when that one is known, for its zone.
    children: Vec<(Table, Row<'s>)>,
}

/// What decides between rows of one record.
struct Rules<'a> {
    merging: &'a Merging,
    languages: &'a Languages,
    origins: &'a Origins,
}

impl<'s> Tables<'s> {
    /// Notes where the rows of a file come from.
    pub fn note_origin(&mut self, source: SourceId, name: &str, input: Option<&Input>) {
        self.origins.note(source, name, input);
    }

    /// Notes where values stand that are shown in another language than the edition's.
    pub fn note_foreign(&mut self, foreign: Foreign) {
        self.foreign.append(foreign);
    }

    /// Puts records in their places; two with the same id become one.
    pub fn put(&mut self, records: Records<'s>, cells: &mut Cells<'_>) {
        match records {
            Records::Sessions(sessions) => sessions.into_iter().for_each(|session| self.sessions.take(session, cells)),
            Records::Calls(calls) => calls.into_iter().for_each(|call| self.calls.take(call, cells)),
            Records::News(news) => news.into_iter().for_each(|news| self.news.take(news, cells)),
            Records::People(people) => people.into_iter().for_each(|person| {
                if person.value.id.is_none() && person.value.name.value.is_empty() {
                    let help = "give each person a name, and an `id` to be named by";
                    cells.missing(Table::People, "name", person.span, help);
                } else {
                    self.people.take(person, cells);
                }
            }),
            Records::Children(table, rows) => self.children.extend(rows.into_iter().map(|row| (table, row))),
        }
    }

    /// Notes that a file of a table could not be read in full.
    pub fn note_broken(&mut self, table: Table) {
        self.broken.push(table);
    }

    /// Ends the gathering: rows of one record become one, child rows go to their parents, corrections are made, people get
    /// their names, what must be there is checked.
    pub fn finish(&mut self, merging: &Merging, languages: &Languages, cells: &mut Cells<'_>) {
        let origins = std::mem::take(&mut self.origins);
        let rules = Rules { merging, languages, origins: &origins };
        self.tell_nobody(&merging.apart, cells);
        self.sessions.unite(merging, cells);
        self.calls.unite(merging, cells);
        self.news.unite(merging, cells);
        self.people.unite(merging, cells);
        self.sessions.settle(&rules, &mut self.foreign, cells);
        self.calls.settle(&rules, &mut self.foreign, cells);
        self.news.settle(&rules, &mut self.foreign, cells);
        self.people.settle(&rules, &mut self.foreign, cells);
        let is_correction = |(table, _): &(Table, Row<'_>)| *table == Table::Corrections;
        let (corrections, children) = std::mem::take(&mut self.children).into_iter().partition(is_correction);
        self.children = children;
        self.adopt(&rules, cells);
        let mut names = Names::default();
        names.note(&self.people);
        self.correct(corrections.into_iter().map(|(_, row)| row).collect(), &origins, cells);
        names.note(&self.people);
        for call in &mut self.calls.records {
            call.settle(&cells.zone);
        }
        self.foreign.settle();
        self.name_people(names, cells);
        for session in &mut self.sessions.records {
            session.settle(cells);
            if session.title.value.is_empty() {
                cells.missing(Table::Sessions, "title", session.title.span, "give each session its title");
            }
            session.check_times(cells);
        }
        for call in &self.calls.records {
            if call.title.value.is_empty() {
                cells.missing(Table::Calls, "title", call.title.span, "give each call its title");
            }
            call.check_order(cells);
        }
        for news in &self.news.records {
            if news.title.value.is_empty() {
                cells.missing(Table::News, "title", news.title.span, "give each news item its title");
            }
            news.check_order(cells);
        }
        for person in &self.people.records {
            if person.value.name.value.is_empty() {
                cells.missing(Table::People, "name", person.span, "give each person a name");
            }
            // What is told of it is told once, and the record stays as it is: it is no part of the edition.
            person.value.clone().publish(cells);
        }
        self.origins = origins;
    }

    /// Counts the records.
    pub fn counts(&self) -> Counts {
        Counts {
            sessions: self.sessions.records.len(),
            calls: self.calls.records.len(),
            news: self.news.records.len(),
            people: self.people.records.len(),
        }
    }

    /// Gives all records as they are after [`Tables::finish`].
    pub fn catalogue(&self) -> Catalogue {
        Catalogue {
            sessions: self.sessions.records.clone(),
            calls: self.calls.records.clone(),
            news: self.news.records.clone(),
            people: self.people.records.clone(),
            lists: Default::default(),
            foreign: self.foreign.clone(),
        }
    }
}

impl Tables<'_> {
    /// Tells ids of `[merge] apart` that no record has.
    fn tell_nobody(&self, apart: &[Text], cells: &mut Cells<'_>) {
        let has = |id: &str| {
            let (sessions, calls) = (self.sessions.get(id).is_some(), self.calls.get(id).is_some());
            sessions || calls || self.news.get(id).is_some() || self.people.get(id).is_some()
        };
        for id in apart.iter().filter(|id| self.broken.is_empty() && !has(id.as_str())) {
            let message = format!("there is no record with the id `{}`", shorten(&id.value));
            let told = Diagnostic::warning(Code::UnknownReference, message).at(id.span, "in no table");
            cells.report.add(told.help("correct the id, or delete it"));
        }
    }
}

/// Tells a file that belongs to no table.
pub fn unknown_file(id: SourceId, name: &str, cells: &mut Cells<'_>) {
    let stem = name.rsplit('/').next().unwrap_or(name).split('.').next().unwrap_or(name);
    let near = crate::model::table::near(&crate::record::fold(stem), Table::ALL.iter().map(|table| table.name()));
    cells.report.add(
        Diagnostic::warning(Code::UnknownFile, format!("`{name}` belongs to no table and is not read"))
            .at(Span::new(id, 0..0), "")
            .help(match near {
                Some(near) if near == stem => "save it as CSV in UTF-8 (in Excel: `CSV UTF-8`)".into(),
                Some(near) => format!("perhaps `{near}` is meant"),
                None => "name it in an `[[input]]`, or move it away".into(),
            }),
    );
}
