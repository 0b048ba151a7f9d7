//! Rows that belong to a record of another table go to it, once all records are known.

use rustc_hash::FxHashMap;

use super::judge::{Judge, Why};
use super::{Origins, Tables, fill, unknown};
use crate::config::Languages;
use crate::model::cell::Cells;
use crate::model::row::Row;
use crate::model::session::AgendaItem;
use crate::model::table::Table;
use crate::model::value::Language;
use crate::model::{Deadline, Foreign};
use crate::prose::Prose;
use crate::record::Value;
use crate::source::{Str, Text};

impl Tables<'_> {
    /// Gives child rows to their parents.
    pub(super) fn adopt(&mut self, languages: &Languages, cells: &mut Cells<'_>) {
        let mut agenda: Children<AgendaItem> = Children::default();
        let mut messages: Children<Prose> = Children::default();
        for (table, row) in in_one_language(std::mem::take(&mut self.children), languages, &mut self.foreign) {
            let field = if table == Table::Deadlines { "call" } else { "session" };
            let parent = row.cells.iter().find(|(known, _)| *known == field);
            let Some(parent) = parent.and_then(|(field, value)| cells.line(value, field)) else {
                cells.missing(table, field, row.span, &format!("name the {field} that it belongs to by its `id`"));
                continue;
            };
            let before = cells.report.diagnostics().len();
            let record = parent.value.clone();
            // A record may be known by two ids; its children are one list.
            let own = self.sessions.get(&parent.value).map_or(&parent.value, |session| &session.id.value).clone();
            let parent = parent.with(own);
            match (table, self.sessions.get(&parent.value), self.calls.get_mut(&parent.value)) {
                (Table::Deadlines, _, Some(call)) => {
                    let zone = call.timezone.as_ref().map(|zone| zone.value.clone());
                    call.deadlines.extend(Deadline::decode(&row, zone.as_ref(), cells));
                }
                (Table::Agenda, Some(session), _) => {
                    let zone = session.timezone.as_ref().map(|zone| zone.value.clone());
                    if let Some((order, item)) = AgendaItem::decode(&row, zone.as_ref(), cells) {
                        agenda.take(parent, order, item);
                    }
                }
                (Table::KeyMessages, Some(_), _) => {
                    if let Some((_, order, text)) = cells.message(&row) {
                        messages.take(parent, order, text);
                    }
                }
                (Table::Deadlines, ..) if self.broken.contains(&Table::Calls) => {}
                (Table::Deadlines, ..) => unknown(&parent, "call", Table::Calls, cells),
                _ if self.broken.contains(&Table::Sessions) => {}
                _ => unknown(&parent, "session", Table::Sessions, cells),
            }
            cells.report.name_record(before, &record);
        }
        for (parent, items) in agenda.in_order() {
            if let Some(session) = self.sessions.get_mut(&parent.value) {
                fill::field(&mut session.agenda, items, "agenda", &mut judge(&self.origins, cells));
            }
        }
        for (parent, texts) in messages.in_order() {
            if let Some(session) = self.sessions.get_mut(&parent.value) {
                fill::field(&mut session.key_messages, texts, "key-messages", &mut judge(&self.origins, cells));
            }
        }
    }
}

/// Decides between what a session says of its children and what their own table says.
fn judge<'a>(origins: &'a Origins, cells: &'a mut Cells<'_>) -> Judge<'a> {
    Judge { origins, why: Why::Later, report: cells.report, contests: None, tongues: None }
}

/// Child rows by parent, in the order in which the parents first came.
#[derive(Debug)]
struct Children<T> {
    parents: Vec<Text>,
    rows: FxHashMap<Str, Vec<(Option<i64>, T)>>,
}

impl<T> Default for Children<T> {
    fn default() -> Self {
        Children { parents: Vec::new(), rows: FxHashMap::default() }
    }
}

impl<T: PartialEq> Children<T> {
    fn take(&mut self, parent: Text, order: Option<i64>, row: T) {
        let rows = self.rows.entry(parent.value.clone()).or_default();
        if rows.is_empty() {
            self.parents.push(parent);
        }
        rows.push((order, row));
    }

    /// Gives the rows of each parent by `order`, those without one last; what two files say alike is said once. Two rows
    /// with an `order` each are two.
    fn in_order(mut self) -> Vec<(Text, Vec<T>)> {
        let mut all = Vec::with_capacity(self.parents.len());
        for parent in std::mem::take(&mut self.parents) {
            let mut rows = self.rows.remove(&parent.value).unwrap_or_default();
            rows.sort_by_key(|(order, _)| order.unwrap_or(i64::MAX));
            let mut kept: Vec<(Option<i64>, T)> = Vec::with_capacity(rows.len());
            for (order, row) in rows {
                let same = |known: Option<i64>| known.is_none() || order.is_none() || known == order;
                if !kept.iter().any(|(known, kept)| same(*known) && *kept == row) {
                    kept.push((order, row));
                }
            }
            all.push((parent, kept.into_iter().map(|(_, row)| row).collect()));
        }
        all
    }
}

/// Gives the language that a row says it is written in.
fn language(row: &Row<'_>) -> Option<Language> {
    let (_, value) = row.cells.iter().find(|(field, _)| *field == "lang")?;
    let Value::Text(tag) = value else { return None };
    Language::from_tag(tag.value.trim())
}

/// Gives the id of the record that a row belongs to, as it is written.
fn parent_of<'r>(row: &'r Row<'_>) -> Option<&'r str> {
    let (_, value) = row.cells.iter().find(|(field, _)| matches!(*field, "session" | "call"))?;
    let Value::Text(id) = value else { return None };
    Some(id.value.trim())
}

/// Of rows that say one thing in several languages keeps those in the best one; the language of these is noted.
fn in_one_language<'s>(
    rows: Vec<(Table, Row<'s>)>,
    languages: &Languages,
    foreign: &mut Foreign,
) -> Vec<(Table, Row<'s>)> {
    let mut best: FxHashMap<(Table, String), (usize, Language)> = FxHashMap::default();
    for (table, row) in &rows {
        if let (Some(language), Some(parent)) = (language(row), parent_of(row)) {
            let rank = languages.rank(Some(language));
            let known = best.entry((*table, parent.to_owned())).or_insert(rank);
            *known = (*known).min(rank);
        }
    }
    if best.is_empty() {
        return rows;
    }
    let keeps = |(table, row): &(Table, Row<'_>)| {
        let (Some(language), Some(parent)) = (language(row), parent_of(row)) else { return true };
        best.get(&(*table, parent.to_owned())).is_none_or(|(_, best)| *best == language)
    };
    let kept: Vec<_> = rows.into_iter().filter(keeps).collect();
    for (_, row) in &kept {
        if let Some(language) = language(row).filter(|language| *language != languages.wanted) {
            foreign.note(row.span, language);
        }
    }
    kept
}
