//! Tables as JSON: what belongs to a record stands inside it, unless it is told in several languages.

use serde_json::Value;

use super::records::{self, versioned};
use super::tables::Tables;
use crate::artifact::{Artifact, Kind};
use crate::model::Catalogue;
use crate::model::table::Table;

/// Writes each table that has records as an array of objects.
pub fn tables(catalogue: &Catalogue) -> Vec<Artifact> {
    let Catalogue { sessions, calls, news, people, .. } = catalogue;
    let known = &Tables::new(catalogue);
    let by_id = |record: Value| known.by_id(record);
    let told = |table| {
        let rows = (0..sessions.len()).flat_map(move |at| known.renditions(table, at));
        rows.map(|row| known.by_id(row.into())).collect()
    };
    let tables: [(Table, Vec<Value>); 6] = [
        (Table::Sessions, sessions.iter().map(|one| by_id(versioned(records::session(one), &one.version))).collect()),
        (Table::Agenda, told(Table::Agenda)),
        (Table::KeyMessages, told(Table::KeyMessages)),
        (Table::Calls, calls.iter().map(|one| versioned(records::call(one), &one.version)).collect()),
        (Table::News, news.iter().map(|one| versioned(records::news(one), &one.version)).collect()),
        (Table::People, people.iter().map(records::entry).collect()),
    ];
    let tables = tables.into_iter().filter(|(_, records)| !records.is_empty());
    let artifacts = tables.map(|(table, records)| Artifact {
        name: format!("{}.json", table.name()),
        kind: Kind::Data,
        bytes: format!("{:#}\n", Value::from(records)).into_bytes(),
    });
    artifacts.collect()
}
