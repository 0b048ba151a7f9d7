//! Corrections by hand: single fields of single records, which win over whatever the files say.

use std::collections::BTreeMap;

use super::fill::Fields;
use super::gathered::Gathered;
use super::judge::{Contest, Judge, Why};
use super::part::Part;
use super::{Origins, Tables, unknown};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::cell::{Cells, shorten};
use crate::model::row::Row;
use crate::model::table::Table;
use crate::record::Value;
use crate::source::{Span, Spanned, Str, Text};

/// What stands in `value` where nothing is to stand in the field.
const NOTHING: [&str; 3] = ["-", "–", "—"];

/// The fields of one record that are corrected.
#[derive(Debug, Default)]
struct Correction<'s> {
    id: Option<Text>,
    fields: Vec<Right<'s>>,
}

/// One of them.
#[derive(Debug)]
struct Right<'s> {
    /// Which, and where it is named.
    field: Spanned<&'static str>,
    /// What is right; `None`: nothing.
    value: Option<Value<'s>>,
    /// Who said so.
    why: Option<Text>,
}

/// Where corrections can be made.
const TABLES: &[(&str, Table)] =
    &[("sessions", Table::Sessions), ("calls", Table::Calls), ("news", Table::News), ("people", Table::People)];

impl Tables<'_> {
    /// Corrects what the rows of `corrections` name.
    pub(super) fn correct(&mut self, rows: Vec<Row<'_>>, origins: &Origins, cells: &mut Cells<'_>) {
        let mut all: [BTreeMap<Str, Correction<'_>>; 4] = Default::default();
        for row in rows {
            let Some((table, id, right)) = decode(row, cells) else { continue };
            let place = TABLES.iter().position(|(_, known)| *known == table).unwrap_or_default();
            let correction = all[place].entry(id.value.clone()).or_default();
            let field = right.field;
            let again = correction.fields.iter().find(|known| known.field.value == field.value);
            if let Some(Right { field: known, .. }) = again {
                cells.report.add(
                    Diagnostic::error(Code::RepeatedRow, format!("`{}` of one record is corrected twice", field.value))
                        .at(field.span, "again here")
                        .at(known.span, "first here")
                        .help("delete one of the two")
                        .of(&id.value),
                );
                continue;
            }
            correction.id.get_or_insert(id);
            correction.fields.push(right);
        }
        let [sessions, calls, news, people] = all;
        let whole = |table: Table| !self.broken.contains(&table);
        let (s, c, n, p) = (whole(Table::Sessions), whole(Table::Calls), whole(Table::News), whole(Table::People));
        sessions.into_values().for_each(|one| correct(one, &mut self.sessions, origins, s, cells));
        calls.into_values().for_each(|one| correct(one, &mut self.calls, origins, c, cells));
        news.into_values().for_each(|one| correct(one, &mut self.news, origins, n, cells));
        people.into_values().for_each(|one| correct(one, &mut self.people, origins, p, cells));
    }
}

/// Decodes a row: table, id, field and what is right. `None`: it cannot be used, and that has been told.
fn decode<'s>(row: Row<'s>, cells: &mut Cells<'_>) -> Option<(Table, Text, Right<'s>)> {
    let (mut table, mut id, mut field, mut right, mut why) = (None, None, None, None, None);
    let mut stated = Vec::new();
    for (name, value) in row.cells {
        stated.push(name);
        match name {
            "table" => table = cells.word(&value, name, TABLES).map(|table| table.value),
            "id" => id = cells.line(&value, name),
            "field" => field = cells.line(&value, name),
            "value" => right = Some(value),
            "why" => why = cells.line(&value, name),
            other => unreachable!("`{other}` is a field of the table, so it has an arm here"),
        }
    }
    for (name, help) in [
        ("table", "name the table of the record: `sessions`, `calls`, `news` or `people`"),
        ("id", "name the record by its `id`"),
        ("field", "name the field that is wrong"),
        ("value", "write what is right; `-` takes away what is there"),
    ] {
        if !stated.contains(&name) {
            cells.missing(Table::Corrections, name, row.span, help);
        }
    }
    let (table, id, field, right) = (table?, id?, field?, right?);
    let folded = crate::record::fold(field.as_str());
    let known = table.field(&folded).filter(|known| !matches!(*known, "id" | "updated" | "lang"));
    let Some(known) = known else {
        let help = match table.near(&folded) {
            Some("id") | None => format!("`bulletin schema {}` lists its fields", table.name()),
            Some(near) => format!("perhaps `{near}` is meant"),
        };
        let message = format!("`{}` has no field `{}` that can be corrected", table.name(), shorten(field.as_str()));
        cells.report.add(Diagnostic::error(Code::UnknownKey, message).at(field.span, "").help(help));
        return None;
    };
    let nothing = matches!(&right, Value::Text(text) if NOTHING.contains(&text.value.trim()));
    let right = Right { field: field.with(known), value: (!nothing).then_some(right), why };
    Some((table, id, right))
}

/// Corrects one record.
fn correct<T: Part>(
    correction: Correction<'_>,
    records: &mut Gathered<T>,
    origins: &Origins,
    whole: bool,
    cells: &mut Cells<'_>,
) {
    let Some(id) = correction.id else { return };
    let Some(at) = records.find(id.as_str()) else {
        if whole {
            let what = match T::TABLE {
                Table::Sessions => "session",
                Table::Calls => "call",
                Table::People => "person",
                _ => "news item",
            };
            unknown(&id, what, T::TABLE, cells);
        }
        return;
    };
    let before = cells.report.diagnostics().len();
    let record = &mut records.records[at];
    let mut row = Row { span: id.span, cells: Vec::new() };
    let mut idle: Vec<(Span, Option<Span>)> = Vec::new();
    let (mut corrected, mut gone) = (Vec::new(), Vec::new());
    for Right { field, value, why } in correction.fields {
        let name = if field.value == "deadline" { "deadlines" } else { field.value };
        corrected.push((name, value.as_ref().map_or(field.span, Value::span), why));
        // What is derived from another field goes with it.
        match field.value {
            "end" => record.body_mut().clear("duration"),
            "duration" => record.body_mut().clear("end"),
            _ => None,
        };
        match value {
            Some(value) => row.cells.push((field.value, value)),
            None => match record.body_mut().clear(name) {
                Some(lost) => gone.push(Contest {
                    field: name,
                    won: vec![field.span],
                    lost: vec![lost],
                    same: false,
                    why: Why::Corrected,
                }),
                None => idle.push((field.span, None)),
            },
        }
    }
    // Times with an offset are turned into the zone of the record.
    let zone = record.zone().cloned().unwrap_or_else(|| cells.zone.clone());
    let zone = std::mem::replace(&mut cells.zone, zone);
    let later = T::decode(row, cells);
    cells.zone = zone;
    let mut contests = gone;
    let mut judge =
        Judge { origins, why: Why::Corrected, report: cells.report, contests: Some(&mut contests), tongues: None };
    record.body_mut().fill(later.into_body(), &mut judge);
    let same = contests.iter().filter(|contest| contest.same);
    idle.extend(same.filter_map(|contest| Some((*contest.won.first()?, contest.lost.first().copied()))));
    for (place, known) in idle {
        let told = Diagnostic::warning(Code::IdleCorrection, "a correction changes nothing");
        let told = match known {
            Some(known) => told.at(place, "says the same").at(known, "as this one"),
            None => told.at(place, "there is nothing to take away"),
        };
        cells.report.add(told.help("delete its row, or correct `id` and `field`").of(&id.value));
    }
    cells.report.name_record(before, &id.value);
    if let Some(trails) = &mut records.trails {
        let trail = trails.entry(at).or_default();
        trail.contests.append(&mut contests);
        trail.corrected = corrected;
    }
}
