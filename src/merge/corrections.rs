//! Corrections by hand: single fields of single records, which win over whatever the files say.

use std::collections::{BTreeMap, BTreeSet};

use super::fill::Fields;
use super::gathered::Gathered;
use super::instants::Way;
use super::judge::{Contest, Judge, Why};
use super::part::{Instead, Part};
use super::{Origins, Tables};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::cell::{Cells, shorten};
use crate::model::row::Row;
use crate::model::table::Table;
use crate::record::Value;
use crate::source::{Span, Spanned, Str, Text};

/// What stands in `value` where nothing is to stand in the field.
const NOTHING: [&str; 3] = ["-", "–", "—"];

/// A field of a record that is corrected.
#[derive(Debug)]
struct Right<'s> {
    /// The id by which the record is named.
    id: Text,
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
        let mut all: BTreeMap<Table, Vec<Right<'_>>> = BTreeMap::new();
        for row in rows {
            if let Some((table, right)) = decode(row, cells) {
                all.entry(table).or_default().push(right);
            }
        }
        for (table, rights) in all {
            let whole = !self.broken.contains(&table);
            match table {
                Table::Sessions => correct_all(rights, &mut self.sessions, origins, whole, cells),
                Table::Calls => correct_all(rights, &mut self.calls, origins, whole, cells),
                Table::News => correct_all(rights, &mut self.news, origins, whole, cells),
                _ => correct_all(rights, &mut self.people, origins, whole, cells),
            }
        }
    }
}

/// Decodes a row: table, id, field and what is right. `None`: it cannot be used, and that has been told.
fn decode<'s>(row: Row<'s>, cells: &mut Cells<'_>) -> Option<(Table, Right<'s>)> {
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
    Some((table, Right { id, field: field.with(known), value: (!nothing).then_some(right), why }))
}

/// Corrects the records of one table. One may be named by any id that it was told under.
fn correct_all<T: Part>(
    rights: Vec<Right<'_>>,
    records: &mut Gathered<T>,
    origins: &Origins,
    whole: bool,
    cells: &mut Cells<'_>,
) {
    let mut by_record: BTreeMap<usize, Vec<Right<'_>>> = BTreeMap::new();
    let mut unknown_ids: BTreeSet<Str> = BTreeSet::new();
    for right in rights {
        let Some(at) = records.find(right.id.as_str()) else {
            if whole && unknown_ids.insert(right.id.value.clone()) {
                records.tell_unknown(&right.id, cells);
            }
            continue;
        };
        let known = by_record.entry(at).or_default();
        let field = right.field;
        if let Some(Right { field: known, .. }) = known.iter().find(|known| known.field.value == field.value) {
            cells.report.add(
                Diagnostic::error(Code::RepeatedRow, format!("`{}` of one record is corrected twice", field.value))
                    .at(field.span, "again here")
                    .at(known.span, "first here")
                    .help("delete one of the two")
                    .of(&right.id.value),
            );
            continue;
        }
        known.push(right);
    }
    for (at, rights) in by_record {
        correct(at, rights, records, origins, cells);
    }
}

/// Corrects one record.
fn correct<T: Part>(
    at: usize,
    rights: Vec<Right<'_>>,
    records: &mut Gathered<T>,
    origins: &Origins,
    cells: &mut Cells<'_>,
) {
    let Some(id) = rights.first().map(|right| right.id.clone()) else { return };
    let before = cells.report.diagnostics().len();
    let record = &mut records.records[at];
    // Times with an offset are told in the zone of the record.
    let zone = record.zone().map_or_else(|| cells.zone.clone(), |zone| zone.value.clone());
    let mut row = Row { span: id.span, cells: Vec::new() };
    let mut idle: Vec<(Span, Idle)> = Vec::new();
    let (mut corrected, mut contests) = (Vec::new(), Vec::new());
    for Right { field, value, why, .. } in rights {
        let name = if field.value == "deadline" { "deadlines" } else { field.value };
        corrected.push((name, value.as_ref().map_or(field.span, Value::span), why));
        // What holds in the place of the field goes with it.
        let instead = record.give_way(field.value, value.is_some());
        let lost = match value {
            Some(value) => {
                let place = value.span();
                row.cells.push((field.value, value));
                match instead {
                    Instead::Nothing => None,
                    Instead::Gone(lost) => Some((place, lost)),
                    Instead::Stays(why) => {
                        idle.push((place, Idle::Useless(why)));
                        None
                    }
                }
            }
            None => match (record.body_mut().clear(name), instead) {
                (Some(lost), _) | (None, Instead::Gone(lost)) => Some((field.span, lost)),
                (None, _) => {
                    idle.push((field.span, Idle::Nothing));
                    None
                }
            },
        };
        contests.extend(lost.map(|(won, lost)| Contest {
            field: name,
            won: vec![won],
            lost: vec![lost],
            same: false,
            why: Why::Corrected,
        }));
    }
    let edition = std::mem::replace(&mut cells.zone, zone.clone());
    let later = T::decode(row, cells);
    cells.zone = edition;
    let to = later.zone().or(record.zone()).map_or_else(|| cells.zone.clone(), |zone| zone.value.clone());
    if to != zone {
        record.tell_in(Way { from: &zone, to: &to });
    }
    let mut judge =
        Judge { origins, why: Why::Corrected, report: cells.report, contests: Some(&mut contests), tongues: None };
    record.body_mut().fill(later.into_body(), &mut judge);
    let same = contests.iter().filter(|contest| contest.same);
    idle.extend(same.filter_map(|contest| Some((*contest.won.first()?, Idle::Same(*contest.lost.first()?)))));
    for (place, idle) in idle {
        let told = Diagnostic::warning(Code::IdleCorrection, "a correction changes nothing");
        let told = match idle {
            Idle::Same(known) => told.at(place, "says the same").at(known, "as this one"),
            Idle::Nothing => told.at(place, "there is nothing to take away"),
            Idle::Useless(why) => told.at(place, why),
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

/// Why a correction changes nothing.
enum Idle {
    /// The same stands there.
    Same(Span),
    /// Nothing stands there that could be taken away.
    Nothing,
    /// Something else holds all the same.
    Useless(&'static str),
}
