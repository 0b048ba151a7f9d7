//! Rows to records, table by table.

use super::part::Part;
use crate::model::cell::Cells;
use crate::model::row::Row;
use crate::model::table::Table;
use crate::model::{Call, News, Person, Session};
use crate::source::{Spanned, Str};

/// Records of one table, decoded.
#[derive(Debug)]
pub enum Records<'s> {
    /// Sessions.
    Sessions(Vec<Session>),
    /// Calls, in boxes: there may be very many of them, and they are moved when they are put in order.
    Calls(Vec<Box<Call>>),
    /// News.
    News(Vec<News>),
    /// People.
    People(Vec<Spanned<Person>>),
    /// Rows that belong to a record of another table; decoded when that one is known, for its zone.
    Children(Table, Vec<Row<'s>>),
}

impl<'s> Records<'s> {
    /// Starts with none.
    pub fn new(table: Table) -> Records<'s> {
        match table {
            Table::Sessions => Records::Sessions(Vec::new()),
            Table::Calls => Records::Calls(Vec::new()),
            Table::News => Records::News(Vec::new()),
            Table::People => Records::People(Vec::new()),
            Table::Agenda | Table::KeyMessages | Table::Deadlines | Table::Corrections => {
                Records::Children(table, Vec::new())
            }
        }
    }

    /// Decodes a row and adds what it tells.
    pub fn decode(&mut self, row: Row<'s>, cells: &mut Cells<'_>) {
        match self {
            Records::Sessions(sessions) => sessions.push(Session::decode(row, cells)),
            Records::Calls(calls) => calls.push(Box::new(Call::decode(row, cells))),
            Records::News(news) => news.push(News::decode(row, cells)),
            Records::People(people) => people.push(Person::decode(row, cells)),
            Records::Children(_, rows) => rows.push(row),
        }
    }

    /// Gives the id of the last record; one made of title and date where it has none.
    pub fn last(&self) -> Str {
        fn id<T: Part + Clone>(record: Option<&T>) -> Str {
            let Some(mut record) = record.cloned() else { return Str::new() };
            if record.id().is_none() {
                record.name();
            }
            record.id().map(|id| id.value.clone()).unwrap_or_default()
        }
        match self {
            Records::Sessions(sessions) => id(sessions.last()),
            Records::Calls(calls) => id(calls.last()),
            Records::News(news) => id(news.last()),
            Records::People(people) => id(people.last()),
            Records::Children(..) => Str::new(),
        }
    }
}
