//! Rows that belong to a record of another table go to it, once all records are known.

use std::collections::BTreeMap;

use super::children::{Children, Place};
use super::fill::{self, Stated};
use super::gathered::Gathered;
use super::judge::{Judge, Why};
use super::part::Part;
use super::{Rules, Tables};
use crate::config::{Prefer, Telling};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::cell::Cells;
use crate::model::row::Row;
use crate::model::table::Table;
use crate::model::value::Language;
use crate::model::{AgendaItem, Date, Deadline, Foreign};
use crate::prose::Prose;
use crate::record::Value;
use crate::source::{Span, Str};

/// A row of some table.
type Child<'s> = (Table, Row<'s>);

/// What a child row tells: its table, its parent, its number.
type Key = (Table, Option<Str>, Option<i64>);

impl<'s> Tables<'s> {
    /// Gives child rows to their parents.
    pub(super) fn adopt(&mut self, rules: &Rules<'_>, cells: &mut Cells<'_>) {
        let mut agenda: Children<AgendaItem> = Children::default();
        let mut messages: Children<Prose> = Children::default();
        let mut deadlines: Children<Deadline> = Children::default();
        let rows = std::mem::take(&mut self.children);
        for (table, row) in self.in_one_language(rows, rules, cells) {
            let field = if table == Table::Deadlines { "call" } else { "session" };
            let parent = row.cells.iter().find(|(known, _)| *known == field);
            let Some(parent) = parent.and_then(|(field, value)| cells.line(value, field)) else {
                cells.missing(table, field, row.span, &format!("name the {field} that it belongs to by its `id`"));
                continue;
            };
            let before = cells.report.diagnostics().len();
            let record = parent.value.clone();
            let from = (rules.origins.of(row.span.source), row.span.source);
            // A record may be known by two ids; its children are one list.
            match (table, self.sessions.get(&parent.value), self.calls.get(&parent.value)) {
                (Table::Deadlines, _, Some(call)) => {
                    let zone = call.timezone.as_ref().map(|zone| zone.value.clone());
                    let parent = parent.with(call.id.value.clone());
                    if let Some(deadline) = Deadline::decode(&row, zone.as_ref(), cells) {
                        let label = deadline.label.as_ref().map(|label| label.value.clone());
                        let day = || deadline.date.value.to_string().into();
                        let name = label.clone().unwrap_or_else(day);
                        deadlines.take(parent, from, label.map(Place::Label), name, deadline);
                    }
                }
                (Table::Agenda, Some(session), _) => {
                    let zone = session.timezone.as_ref().map(|zone| zone.value.clone());
                    let parent = parent.with(session.id.value.clone());
                    if let Some((order, item)) = AgendaItem::decode(&row, zone.as_ref(), cells) {
                        agenda.take(parent, from, order.map(Place::Number), item.title.value.clone(), item);
                    }
                }
                (Table::KeyMessages, Some(session), _) => {
                    let parent = parent.with(session.id.value.clone());
                    if let Some((_, order, text)) = cells.message(&row) {
                        let name = text.source().value.clone();
                        messages.take(parent, from, order.map(Place::Number), name, text);
                    }
                }
                (Table::Deadlines, ..) if self.broken.contains(&Table::Calls) => {}
                (Table::Deadlines, ..) => self.calls.tell_unknown(&parent, cells),
                _ if self.broken.contains(&Table::Sessions) => {}
                _ => self.sessions.tell_unknown(&parent, cells),
            }
            cells.report.name_record(before, &record);
        }
        for (parent, lists) in agenda.lists() {
            settle(&mut self.sessions, &parent.value, |session| &mut session.agenda, lists, "agenda", rules, cells);
        }
        for (parent, lists) in messages.lists() {
            let list = "key-messages";
            settle(&mut self.sessions, &parent.value, |session| &mut session.key_messages, lists, list, rules, cells);
        }
        for (parent, mut lists) in deadlines.lists() {
            let Some(call) = self.calls.get_mut(&parent.value) else { continue };
            let says_no_more = |one: &[Deadline], other: &[Deadline]| {
                let mut by_date: BTreeMap<Date, Vec<&Deadline>> = BTreeMap::new();
                other.iter().for_each(|deadline| by_date.entry(deadline.date.value).or_default().push(deadline));
                let same_day = |deadline: &Deadline| by_date.get(&deadline.date.value).into_iter().flatten();
                one.iter().all(|deadline| same_day(deadline).any(|other| deadline.says_no_more_than(other)))
            };
            for list in &mut lists {
                // The column `deadline` and `deadlines.csv` of one publication complete each other.
                let own = call.deadlines.first().is_some_and(|own| rules.origins.is_named(own.date.span.source));
                let theirs = list.first().is_some_and(|first| rules.origins.is_named(first.date.span.source));
                if says_no_more(&call.deadlines, list) {
                    call.deadlines.clear();
                } else if own && theirs || says_no_more(list, &call.deadlines) {
                    call.deadlines.append(list);
                }
            }
            settle(&mut self.calls, &parent.value, |call| &mut call.deadlines, lists, "deadlines", rules, cells);
        }
    }

    /// Of rows that say one thing in several languages keeps those in the best one, and what only another one says; the
    /// language of these is noted. What is one thing is told by `order`.
    fn in_one_language(&mut self, rows: Vec<Child<'s>>, rules: &Rules<'_>, cells: &mut Cells<'_>) -> Vec<Child<'s>> {
        if rows.iter().all(|(_, row)| language(row).is_none()) {
            return rows;
        }
        rows.iter().filter_map(|(_, row)| language(row)).for_each(|language| self.foreign.see(language));
        let own = |id: &str| self.sessions.get(id).map_or_else(|| id.into(), |session| session.id.value.clone());
        let tellings = rows.iter().map(|(table, row)| {
            let (parent, order) = (line(row, "session").map(own), order(row));
            Telling { is_numbered: order.is_some(), key: (*table, parent, order), language: language(row) }
        });
        let tellings: Vec<Telling<Key>> = tellings.collect();
        let is_shown = rules.languages.choose(&tellings);
        let told = tellings.iter().zip(&rows).zip(&is_shown);
        let mut counts: BTreeMap<(Table, &Str), BTreeMap<Language, Count>> = BTreeMap::new();
        for ((telling, (_, row)), is_shown) in told.filter(|((telling, _), _)| !telling.is_numbered) {
            let ((table, Some(parent), _), Some(language)) = (&telling.key, telling.language) else { continue };
            let languages = counts.entry((*table, parent)).or_default();
            let count = languages.entry(language).or_insert(Count { rows: 0, first: row.span, is_shown: *is_shown });
            count.rows += 1;
        }
        for ((table, parent), languages) in &counts {
            tell_left_out(*table, parent, languages, cells);
        }
        let wanted = rules.languages.wanted;
        let mut rows: Vec<Option<Child<'s>>> = rows.into_iter().map(Some).collect();
        let mut kept = Vec::with_capacity(rows.len());
        for (at, others) in rules.languages.stand_ins(&tellings, &is_shown) {
            let Some((table, mut row)) = rows[at].take() else { continue };
            note_foreign(&row, wanted, &mut self.foreign);
            for (_, other) in others.iter().filter_map(|&at| rows[at].as_ref()) {
                if fill(&mut row, other) {
                    note_foreign(other, wanted, &mut self.foreign);
                }
            }
            kept.push((table, row));
        }
        kept
    }
}

/// How many rows of a record are in one language.
struct Count {
    rows: usize,
    first: Span,
    is_shown: bool,
}

/// Tells rows that nothing stands in for, because nobody knows for which.
fn tell_left_out(table: Table, parent: &Str, languages: &BTreeMap<Language, Count>, cells: &mut Cells<'_>) {
    let Some((shown, most)) = languages.iter().find(|(_, count)| count.is_shown) else { return };
    let Some((left, count)) = languages.iter().find(|(_, count)| count.rows > most.rows) else { return };
    let message = format!("{} rows of `{}` are in `{left}`, {} in `{shown}`", count.rows, table.name(), most.rows);
    let help = format!("give each row its `order`: then one in `{left}` stands in where there is none in `{shown}`");
    let told =
        Diagnostic::warning(Code::Untranslated, message).at(count.first, format!("not shown, as all in `{left}`"));
    cells.report.add(told.help(help).of(parent));
}

/// Takes over what a row leaves empty; says whether that was anything.
fn fill<'s>(row: &mut Row<'s>, other: &Row<'s>) -> bool {
    let before = row.cells.len();
    for (field, value) in other.cells.iter().filter(|(field, _)| *field != "lang") {
        if row.cells.iter().all(|(known, _)| known != field) {
            row.cells.push((field, value.clone()));
        }
    }
    row.cells.len() > before
}

fn note_foreign(row: &Row<'_>, wanted: Language, foreign: &mut Foreign) {
    if let Some(language) = language(row).filter(|language| *language != wanted) {
        foreign.note(row.span, language);
    }
}

/// Decides between what a record says of its children and what their own tables say: each list is one value.
fn settle<T: Part, F>(
    records: &mut Gathered<T>,
    id: &str,
    field: impl Fn(&mut T) -> &mut Vec<F>,
    mut lists: Vec<Vec<F>>,
    name: &'static str,
    rules: &Rules<'_>,
    cells: &mut Cells<'_>,
) where
    Vec<F>: Stated,
{
    let Some(at) = records.find(id) else { return };
    let own = field(&mut records.records[at]);
    lists.insert(0, std::mem::take(own));
    let why = match rules.merging.prefer {
        Some(Prefer::First) => {
            lists.reverse();
            Why::First
        }
        Some(Prefer::Last) => Why::Last,
        Some(Prefer::Newest) | None => Why::Later,
    };
    let mut contests = Vec::new();
    let mut judge =
        Judge { origins: rules.origins, why, report: cells.report, contests: Some(&mut contests), tongues: None };
    for list in lists {
        fill::field(own, list, name, &mut judge);
    }
    if let Some(trails) = records.trails.as_mut().filter(|_| !contests.is_empty()) {
        trails.entry(at).or_default().contests.append(&mut contests);
    }
}

/// Gives the language that a row says it is written in.
fn language(row: &Row<'_>) -> Option<Language> {
    Language::from_tag(line(row, "lang")?)
}

fn order(row: &Row<'_>) -> Option<i64> {
    line(row, "order")?.parse().ok()
}

/// Gives a line as it is written.
fn line<'r>(row: &'r Row<'_>, field: &str) -> Option<&'r str> {
    let (_, value) = row.cells.iter().find(|(known, _)| *known == field)?;
    let Value::Text(text) = value else { return None };
    Some(text.value.trim())
}
