//! Rows of all files to one edition: the same id is one record, child rows go to their parents, ids of people become
//! people, and what belongs to the edition is chosen and put in order.

use rustc_hash::FxHashMap;

use ecow::EcoString;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::cell::{Cells, shorten};
use crate::model::row::Row;
use crate::model::session::AgendaItem;
use crate::model::table::Table;
use crate::model::value::slug;
use crate::model::{Call, Deadline, News, Person, Session};
use crate::prose::Prose;
use crate::source::{SourceId, Span, Spanned, Text};

pub use select::select;

mod fill;
mod select;

/// All rows, decoded and gathered by id.
#[derive(Debug, Default)]
pub struct Tables {
    sessions: Gathered<Session>,
    calls: Gathered<Call>,
    news: Gathered<News>,
    people: Gathered<Spanned<Person>>,
    agenda: Vec<(Text, Option<i64>, AgendaItem)>,
    key_messages: Vec<(Text, Option<i64>, Prose)>,
    deadlines: Vec<(Text, Deadline)>,
}

/// Records of one table in the order in which they first came.
#[derive(Debug)]
struct Gathered<T> {
    records: Vec<T>,
    by_id: FxHashMap<EcoString, usize>,
}

impl<T> Default for Gathered<T> {
    fn default() -> Self {
        Gathered { records: Vec::new(), by_id: FxHashMap::default() }
    }
}

/// A record that can be told in two parts.
trait Part {
    const TABLE: Table;
    /// Its id, as written.
    fn id(&self) -> Option<&Text>;
    /// Gives it an id, where it has none, from what names it.
    fn name(&mut self);
    /// Takes what the other part says; where both say something else, that one wins and it is told.
    fn fill(&mut self, other: Self, cells: &mut Cells<'_>);
}

impl Part for Session {
    const TABLE: Table = Table::Sessions;

    fn id(&self) -> Option<&Text> {
        Some(&self.id).filter(|id| !id.value.is_empty())
    }

    fn name(&mut self) {
        let date = self.date.map(|date| date.value.to_string());
        self.id = made_id(&self.title, date);
    }

    fn fill(&mut self, other: Self, cells: &mut Cells<'_>) {
        fill::session(self, other, cells.report);
    }
}

impl Part for Call {
    const TABLE: Table = Table::Calls;

    fn id(&self) -> Option<&Text> {
        Some(&self.id).filter(|id| !id.value.is_empty())
    }

    fn name(&mut self) {
        let date = self.deadlines.first().map(|deadline| deadline.date.value.to_string());
        self.id = made_id(&self.title, date);
    }

    fn fill(&mut self, other: Self, cells: &mut Cells<'_>) {
        fill::call(self, other, cells.report);
    }
}

impl Part for News {
    const TABLE: Table = Table::News;

    fn id(&self) -> Option<&Text> {
        Some(&self.id).filter(|id| !id.value.is_empty())
    }

    fn name(&mut self) {
        let date = self.date.map(|date| date.value.to_string());
        self.id = made_id(&self.title, date);
    }

    fn fill(&mut self, other: Self, cells: &mut Cells<'_>) {
        fill::news(self, other, cells.report);
    }
}

impl Part for Spanned<Person> {
    const TABLE: Table = Table::People;

    fn id(&self) -> Option<&Text> {
        self.value.id.as_ref()
    }

    fn name(&mut self) {
        let id = slug(self.value.name.as_str());
        self.value.id = Some(self.value.name.with(id.into()));
    }

    fn fill(&mut self, other: Self, cells: &mut Cells<'_>) {
        fill::person(&mut self.value, other.value, cells.report);
    }
}

/// Makes an id from title and date; the same rows get the same id in every run.
fn made_id(title: &Text, date: Option<String>) -> Text {
    let name = slug(title.as_str());
    title.with(match date {
        Some(date) => format!("{name}-{date}").into(),
        None => name.into(),
    })
}

impl<T: Part> Gathered<T> {
    fn take(&mut self, mut record: T, row: Span, cells: &mut Cells<'_>) {
        let made = record.id().is_none();
        if made {
            record.name();
        }
        let Some(id) = record.id().cloned() else { return };
        let Some(&at) = self.by_id.get(&id.value) else {
            self.by_id.insert(id.value, self.records.len());
            self.records.push(record);
            return;
        };
        let known = &mut self.records[at];
        let first = known.id().map_or(row, |id| id.span);
        if first.source == id.span.source {
            let table = T::TABLE.name();
            let shown = shorten(&id.value);
            cells.report.add(if made {
                Diagnostic::warning(Code::RepeatedRow, format!("two rows of `{table}` have the same title and date"))
                    .at(id.span, "again here")
                    .at(first, "first here")
                    .help("they are taken for one; give each its own `id` if they are two")
            } else {
                Diagnostic::error(Code::RepeatedId, format!("two rows of `{table}` have the id `{shown}`"))
                    .at(id.span, "again here")
                    .at(first, "first here")
                    .help("give each its own `id`")
            });
            if !made {
                return;
            }
        }
        known.fill(record, cells);
    }

    fn get(&self, id: &str) -> Option<&T> {
        self.by_id.get(id).map(|&at| &self.records[at])
    }

    fn get_mut(&mut self, id: &str) -> Option<&mut T> {
        self.by_id.get(id).map(|&at| &mut self.records[at])
    }
}

impl Tables {
    /// Decodes a row and puts it in its place.
    pub fn take(&mut self, table: Table, row: Row, cells: &mut Cells<'_>) {
        let span = row.span;
        match table {
            Table::Sessions => self.sessions.take(Session::decode(row, cells), span, cells),
            Table::Calls => self.calls.take(Call::decode(row, cells), span, cells),
            Table::News => self.news.take(News::decode(row, cells), span, cells),
            Table::People => {
                let person = Person::decode(row, cells);
                if person.value.id.is_none() && person.value.name.value.is_empty() {
                    cells.missing(Table::People, "name", span, "give each person a name, and an `id` to be named by");
                } else {
                    self.people.take(person, span, cells);
                }
            }
            Table::Agenda => {
                if let Some((parent, order, item)) = AgendaItem::decode(row, cells)
                    && let Some(parent) = parent_of(parent, Table::Agenda, "session", span, cells)
                {
                    self.agenda.push((parent, order, item));
                }
            }
            Table::KeyMessages => {
                let (mut parent, mut order, mut text) = (None, None, None);
                for (field, value) in &row.cells {
                    match *field {
                        "session" => parent = cells.line(value, field),
                        "order" => order = cells.number(value, field).map(|number| number.value),
                        _ => text = cells.prose(value, field),
                    }
                }
                let parent = parent_of(parent, Table::KeyMessages, "session", span, cells);
                match (parent, text) {
                    (Some(parent), Some(text)) => self.key_messages.push((parent, order, text)),
                    (_, None) => {
                        cells.missing(Table::KeyMessages, "text", span, "write the message, or delete the row")
                    }
                    (None, _) => {}
                }
            }
            Table::Deadlines => {
                if let Some((parent, deadline)) = Deadline::decode(row, cells)
                    && let Some(parent) = parent_of(parent, Table::Deadlines, "call", span, cells)
                {
                    self.deadlines.push((parent, deadline));
                }
            }
        }
    }

    /// Ends the gathering: child rows go to their parents, people get their names, what must be there is checked.
    pub fn finish(&mut self, cells: &mut Cells<'_>) {
        self.adopt(cells);
        self.name_people(cells);
        for session in &self.sessions.records {
            if session.title.value.is_empty() {
                cells.missing(Table::Sessions, "title", session.title.span, "give each session its title");
            }
            session.check_order(cells);
        }
        for call in &self.calls.records {
            if call.title.value.is_empty() {
                cells.missing(Table::Calls, "title", call.title.span, "give each call its title");
            }
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
        }
    }

    fn adopt(&mut self, cells: &mut Cells<'_>) {
        let mut agenda: FxHashMap<EcoString, Vec<(Option<i64>, AgendaItem)>> = FxHashMap::default();
        let mut parents: Vec<Text> = Vec::new();
        for (parent, order, item) in std::mem::take(&mut self.agenda) {
            if self.sessions.get(&parent.value).is_none() {
                unknown(&parent, "session", Table::Sessions, cells);
                continue;
            }
            let items = agenda.entry(parent.value.clone()).or_default();
            if items.is_empty() {
                parents.push(parent);
            }
            items.push((order, item));
        }
        for parent in parents {
            let mut items = agenda.remove(&parent.value).unwrap_or_default();
            items.sort_by_key(|(order, _)| order.unwrap_or(i64::MAX));
            let items = items.into_iter().map(|(_, item)| item).collect();
            if let Some(session) = self.sessions.get_mut(&parent.value) {
                fill::field(&mut session.agenda, items, "agenda", cells.report);
            }
        }
        let mut messages: FxHashMap<EcoString, Vec<(Option<i64>, Prose)>> = FxHashMap::default();
        let mut parents: Vec<Text> = Vec::new();
        for (parent, order, text) in std::mem::take(&mut self.key_messages) {
            if self.sessions.get(&parent.value).is_none() {
                unknown(&parent, "session", Table::Sessions, cells);
                continue;
            }
            let texts = messages.entry(parent.value.clone()).or_default();
            if texts.is_empty() {
                parents.push(parent);
            }
            texts.push((order, text));
        }
        for parent in parents {
            let mut texts = messages.remove(&parent.value).unwrap_or_default();
            texts.sort_by_key(|(order, _)| order.unwrap_or(i64::MAX));
            let texts = texts.into_iter().map(|(_, text)| text).collect();
            if let Some(session) = self.sessions.get_mut(&parent.value) {
                fill::field(&mut session.key_messages, texts, "key-messages", cells.report);
            }
        }
        for (parent, deadline) in std::mem::take(&mut self.deadlines) {
            match self.calls.get_mut(&parent.value) {
                Some(call) if call.deadlines.contains(&deadline) => {}
                Some(call) => {
                    call.deadlines.push(deadline);
                    call.order_deadlines();
                }
                None => unknown(&parent, "call", Table::Calls, cells),
            }
        }
    }

    fn name_people(&mut self, cells: &mut Cells<'_>) {
        let Tables { sessions, people, .. } = self;
        for session in &mut sessions.records {
            let items = session.agenda.iter_mut().flat_map(|item| item.speakers.iter_mut());
            for person in session.moderators.iter_mut().chain(&mut session.speakers).chain(items) {
                name_person(person, people, cells);
            }
        }
    }
}

/// Puts the record of a person in the place of their id.
fn name_person(person: &mut Spanned<Person>, people: &Gathered<Spanned<Person>>, cells: &mut Cells<'_>) {
    let id = match &person.value.id {
        Some(id) if person.value.name.value.is_empty() => id.clone(),
        // A name alone may be an id that does not look like one.
        None if person.value.role.is_none() && person.value.organisation.is_none() => person.value.name.clone(),
        _ => return,
    };
    match people.get(&id.value) {
        Some(known) => person.value = known.value.clone(),
        None if person.value.id.is_some() => {
            person.value.name = id.clone();
            unknown(&id, "person", Table::People, cells);
        }
        None => {}
    }
}

fn parent_of(parent: Option<Text>, table: Table, field: &str, span: Span, cells: &mut Cells<'_>) -> Option<Text> {
    if parent.is_none() {
        cells.missing(table, field, span, &format!("name the {field} that it belongs to by its `id`"));
    }
    parent
}

fn unknown(id: &Text, what: &str, table: Table, cells: &mut Cells<'_>) {
    let table = table.name();
    let help = match what {
        "person" => format!("add a row to `{table}`, or write `Name, role, organisation`"),
        _ => format!("add a row to `{table}`, or correct the id"),
    };
    cells.report.add(
        Diagnostic::error(Code::UnknownReference, format!("there is no {what} with the id `{}`", shorten(&id.value)))
            .at(id.span, format!("not in `{table}`"))
            .help(help),
    );
}

/// Tells a file that belongs to no table.
pub fn unknown_file(id: SourceId, name: &str, cells: &mut Cells<'_>) {
    let stem = name.rsplit('/').next().unwrap_or(name).split('.').next().unwrap_or(name);
    let near = crate::model::table::near(&crate::record::fold(stem), Table::ALL.iter().map(|table| table.name()));
    cells.report.add(
        Diagnostic::warning(Code::UnknownFile, format!("`{name}` belongs to no table and is not read"))
            .at(Span::new(id, 0..0), "")
            .help(match near {
                Some(near) => format!("perhaps `{near}` is meant"),
                None => "name it in an `[[input]]`, or move it away".into(),
            }),
    );
}
