//! Tables as CSV (RFC 4180), which a spreadsheet program opens as it should.

use super::tables::Tables;
use crate::artifact::{Artifact, Kind};
use crate::model::Catalogue;
use crate::model::table::Table;

/// What a spreadsheet program takes for the start of a formula.
const FORMULA: [char; 4] = ['=', '+', '-', '@'];

/// Writes each table that has rows, with a byte order mark, by which Excel knows UTF-8. `separator` stands between
/// cells: `,`, or `;` for an Excel whose decimal sign is the comma.
///
/// A cell that a spreadsheet program would take for a formula gets a space in front: it is shown as text there, and
/// reading takes the space away again.
pub fn tables(catalogue: &Catalogue, separator: u8) -> Vec<Artifact> {
    let tables = Tables::new(catalogue);
    let mut artifacts = Vec::new();
    for table in Table::ALL {
        let (columns, rows) = tables.columns(table);
        if rows == 0 {
            continue;
        }
        let mut writer = csv::WriterBuilder::new()
            .delimiter(separator)
            .terminator(csv::Terminator::CRLF)
            .from_writer("\u{FEFF}".as_bytes().to_vec());
        writer.write_record(&columns).expect("writing to memory does not fail");
        tables.rows(table, |row| {
            let mut row = row.into_iter().peekable();
            for column in &columns {
                let cell = row.next_if(|(name, _)| name == column).map(|(_, cell)| guarded(cell)).unwrap_or_default();
                writer.write_field(cell).expect("writing to memory does not fail");
            }
            writer.write_record(None::<&[u8]>).expect("writing to memory does not fail");
        });
        let bytes = writer.into_inner().expect("writing to memory does not fail");
        artifacts.push(Artifact { name: format!("{}.csv", table.name()), kind: Kind::Data, bytes });
    }
    artifacts
}

fn guarded(cell: String) -> String {
    if cell.starts_with(FORMULA) { format!(" {cell}") } else { cell }
}
