//! The agenda of a session: what happens in it, and what its summary tells about it.

use crate::model::cell::Cells;
use crate::model::row::Row;
use crate::model::table::Table;
use crate::model::{Clock, Person, Zone, person};
use crate::prose::Prose;
use crate::record::Value;
use crate::source::{Spanned, Text};

/// What a section of a summary lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AgendaKind {
    /// Its own prose.
    #[default]
    Talk,
    /// Its prose, then the edition's news.
    News,
    /// Its prose, then the edition's calls.
    Calls,
}

/// One item of a session's agenda, and the section of the summary that tells about it.
#[derive(Debug, Clone, PartialEq)]
pub struct AgendaItem {
    /// Never empty.
    pub title: Text,
    /// When it starts.
    pub start: Option<Clock>,
    /// Who speaks.
    pub speakers: Vec<Spanned<Person>>,
    /// What was said.
    pub body: Option<Prose>,
    /// What else stands in its section.
    pub kind: Option<Spanned<AgendaKind>>,
}

const AGENDA_KINDS: &[(&str, AgendaKind)] =
    &[("talk", AgendaKind::Talk), ("news", AgendaKind::News), ("calls", AgendaKind::Calls)];

impl AgendaItem {
    /// Decodes a row of `agenda` of a session in `zone`; with it its place in the order, where it has one.
    pub fn decode(row: &Row<'_>, zone: Option<&Zone>, cells: &mut Cells<'_>) -> Option<(Option<i64>, AgendaItem)> {
        let (mut order, mut title) = (None, None);
        let (mut start, mut speakers, mut body, mut kind) = (None, Vec::new(), None, None);
        for (field, value) in &row.cells {
            match *field {
                "session" | "lang" => {}
                "order" => order = cells.number(value, field).map(|number| number.value),
                "title" => title = cells.required(value, field),
                "start" => start = cells.clock(value, field, zone).map(|(_, time)| time),
                "speakers" => speakers = person::decode_list(value, field, cells),
                "body" => body = cells.prose(value, field),
                "kind" => kind = cells.word(value, field, AGENDA_KINDS),
                other => unreachable!("`{other}` is a field of the table, so it has an arm here"),
            }
        }
        let Some(title) = title else {
            cells.missing(Table::Agenda, "title", row.span, "give each agenda item its title");
            return None;
        };
        Some((order, AgendaItem { title, start, speakers, body, kind }))
    }
}

/// Decodes the items of a session in `zone`, in their order.
pub(super) fn decode_list(value: &Value<'_>, zone: Option<&Zone>, cells: &mut Cells<'_>) -> Vec<AgendaItem> {
    let mut items: Vec<(Option<i64>, AgendaItem)> = Vec::new();
    for record in cells.objects(value, "agenda") {
        let row = Row::of(record, Table::Agenda, cells.report);
        items.extend(AgendaItem::decode(&row, zone, cells));
    }
    items.sort_by_key(|(order, _)| order.unwrap_or(i64::MAX));
    items.into_iter().map(|(_, item)| item).collect()
}
