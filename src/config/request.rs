//! One `[[input]]` as it stands: a file and its table, or a file and the format that fills tables.

use std::sync::Arc;

use super::{Dialect, Input, Section, decode_table};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::cell::Cells;
use crate::model::table::Table;
use crate::record::{Record, Value};
use crate::source::Text;

/// One `[[input]]`.
#[derive(Debug)]
pub struct Request {
    /// Path or pattern (`*`, `?`, `**`), from the data folder.
    pub path: Text,
    /// The format that its files have, by name; recognised where there is neither this nor a table.
    pub format: Option<Text>,
    /// Which table it fills; those of the format where empty.
    pub table: Option<Table>,
    /// How its rows become those of the table, where no format says it.
    pub input: Option<Arc<Input>>,
    /// How its files are written.
    pub dialect: Dialect,
    /// All of it, for what it says besides the format.
    pub(super) record: Record<'static>,
}

impl Request {
    pub(super) fn decode(record: &Record<'_>, cells: &mut Cells<'_>) -> Option<Request> {
        let mut section = Section::new(record, "input");
        let (path, format) = (section.line("path", cells), section.line("format", cells));
        let table = section.line("table", cells);
        let dialect = Dialect::decode(&mut section, cells);
        if path.is_none() {
            cells.report.add(
                Diagnostic::error(Code::MissingField, "an `[[input]]` has no `path`")
                    .at(record.span, "")
                    .help("name the file, or a pattern: `path = \"talks/*.json\"`"),
            );
        }
        let table = match table {
            Some(table) => Some(decode_table(&table, cells)?),
            None => None,
        };
        let input = match (table, &format) {
            (Some(table), None) => Some(Arc::new(Input::decode(record, table, path.clone()?, cells)?)),
            _ => None,
        };
        let Value::Record(record) = Value::Record(Box::new(record.clone())).into_owned() else { return None };
        Some(Request { path: path?, format, table, input, dialect, record: *record })
    }
}
