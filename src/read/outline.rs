//! The outline of a file: which ways there are in it. By it a format is known.

use std::collections::BTreeSet;

use super::csv;
use crate::diagnostic::Report;
use crate::model::table::Table;
use crate::read::Sheet as _;
use crate::record::Value;
use crate::source::{Form, SourceId, Sources};

/// So deep is looked.
const LEVELS: usize = 6;

/// Of a list, so many values are looked at.
const VALUES: usize = 20;

/// Gives all ways to values near the top of a file, lists stepped over: `/schedule/conference/title`; of a table, its
/// columns. What cannot be read has no ways.
pub fn outline(id: SourceId, sources: &Sources) -> BTreeSet<String> {
    let (mut ways, mut report) = (BTreeSet::new(), Report::default());
    if matches!(sources.form(id), Form::Csv | Form::Toml) {
        let expected = csv::Expected { table: Table::Calls, input: None };
        let sheet = csv::Sheet::open(id, sources, expected, &mut report);
        let part = sheet.as_ref().and_then(|sheet| sheet.parts().next());
        if let (Some(sheet), Some(part)) = (&sheet, part)
            && let Some(record) = sheet.rows(part).next(&mut report)
        {
            ways.extend(record.names.iter().map(|name| format!("/{}", name.as_str().trim())));
        }
        return ways;
    }
    if let Some(tree) = super::tree(id, sources, &mut report) {
        look(&tree, "", 0, &mut ways);
    }
    ways
}

fn look(value: &Value<'_>, way: &str, level: usize, ways: &mut BTreeSet<String>) {
    match value {
        Value::List(values, _) => values.iter().take(VALUES).for_each(|value| look(value, way, level, ways)),
        Value::Record(record) if level < LEVELS => {
            for (name, value) in record.fields() {
                let way = format!("{way}/{name}");
                look(value, &way, level + 1, ways);
                ways.insert(way);
            }
        }
        _ => {}
    }
}
