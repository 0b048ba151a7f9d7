//! The cells of a sheet as a text of RFC 4180, and where each row of it came from.

use std::collections::{BTreeMap, HashMap};
use std::ops::{Range, RangeInclusive};

use calamine::Dimensions;

use super::Unreadable;
use super::part::Hidden;
use crate::source::{Grid, LARGEST_FILE, Mark};

/// How far a sheet reaches (ECMA-376, and every program that writes one).
const MOST_ROWS: u32 = 1_048_576;
pub(super) const MOST_COLUMNS: u32 = 16_384;

/// Writes the cells of a sheet, which come row by row.
pub(super) struct Writer {
    text: String,
    grid: Grid,
    hidden: Hidden,
    /// The row that is being filled, from 0.
    row: u32,
    /// Its cells.
    cells: Vec<Cell>,
    buffer: String,
    /// Cells that stand for all below them: their place and their last row.
    merged: HashMap<(u32, u32), u32>,
    /// Those of them that reach into rows to come, by their column: a column has one.
    reaching: BTreeMap<u32, Reaching>,
    /// How much text these have.
    kept: usize,
}

/// A cell of the row that is being filled.
#[derive(Debug)]
struct Cell {
    column: u32,
    /// Its text inside the buffer.
    text: Range<usize>,
    mark: Option<Mark>,
}

/// A cell that says the same of the rows to come.
#[derive(Debug)]
struct Reaching {
    last: u32,
    text: String,
    mark: Option<Mark>,
}

impl Writer {
    pub fn new(sheet: &str, merged: &[Dimensions], hidden: Hidden) -> Writer {
        let mut writer = Writer {
            text: String::new(),
            grid: Grid::new(sheet),
            hidden,
            row: 0,
            cells: Vec::new(),
            buffer: String::new(),
            merged: HashMap::new(),
            reaching: BTreeMap::new(),
            kept: 0,
        };
        for area in merged {
            writer.merge(area.start, area.end.0);
        }
        writer
    }

    /// Notes that a cell stands for those below it as far as row `last`. One over several columns as well is said once
    /// in each row; one over several columns alone is a title.
    pub fn merge(&mut self, place: (u32, u32), last: u32) {
        if place.0 < last {
            self.merged.insert(place, last);
        }
    }

    /// Notes that nobody sees a row.
    pub fn hide_row(&mut self, row: u32) {
        self.hidden.rows.insert(row);
    }

    /// Notes that nobody sees some columns.
    pub fn hide_columns(&mut self, columns: RangeInclusive<u32>) {
        self.hidden.hide_columns(columns);
    }

    /// Takes the next cell: row and column, both from 0, and what writes its text and says what it is.
    pub fn put(
        &mut self,
        (row, column): (u32, u32),
        write: impl FnOnce(&mut String) -> Option<Mark>,
    ) -> Result<(), Unreadable> {
        if row >= MOST_ROWS || column >= MOST_COLUMNS {
            let why = format!("row {}, column {}", u64::from(row) + 1, u64::from(column) + 1);
            return Err(Unreadable::damaged(format!("it has a cell in {why}, where no sheet reaches")));
        }
        if row != self.row {
            self.end_row()?;
            if row < self.row {
                return Err(Unreadable::damaged("its rows are not in order"));
            }
            self.row = row;
        }
        if self.cells.last().is_some_and(|last| last.column >= column) {
            return Err(Unreadable::damaged("the cells of a row are not in order"));
        }
        let start = self.buffer.len();
        let mark = write(&mut self.buffer);
        if let Some(last) = self.merged.get(&(row, column))
            && self.buffer.len() > start
        {
            let text = self.buffer[start..].to_owned();
            self.kept += text.len();
            let before = self.reaching.insert(column, Reaching { last: *last, text, mark });
            self.kept -= before.map_or(0, |before| before.text.len());
        }
        self.cells.push(Cell { column, text: start..self.buffer.len(), mark });
        self.check(self.buffer.len() + self.kept)
    }

    fn end_row(&mut self) -> Result<(), Unreadable> {
        let cells = std::mem::take(&mut self.cells);
        let is_hidden = self.hidden.rows.contains(&self.row);
        let has_text = cells.iter().any(|cell| !self.buffer[cell.text.clone()].trim().is_empty());
        if has_text && is_hidden {
            self.grid.hidden_rows += 1;
        } else if has_text {
            self.write_row(&cells)?;
        }
        self.cells = cells;
        self.cells.clear();
        self.buffer.clear();
        Ok(())
    }

    fn write_row(&mut self, cells: &[Cell]) -> Result<(), Unreadable> {
        let kept = &mut self.kept;
        let row = self.row;
        self.reaching.retain(|_, reaching| {
            let reaches = reaching.last >= row;
            *kept -= if reaches { 0 } else { reaching.text.len() };
            reaches
        });
        self.grid.start_row(self.text.len(), row + 1);
        let mut column = 0;
        let (mut cells, mut reaching) = (cells.iter().peekable(), self.reaching.iter().peekable());
        loop {
            let own = cells.peek().map(|cell| cell.column);
            let other = reaching.peek().map(|(column, _)| **column);
            let Some(at) = own.into_iter().chain(other).min() else { break };
            let cell = cells.next_if(|cell| cell.column == at);
            let reach = reaching.next_if(|(column, _)| **column == at);
            let (said, mark) = match (cell, reach) {
                // What the cell says itself stays.
                (Some(cell), None) => (&self.buffer[cell.text.clone()], cell.mark),
                (Some(cell), _) if !cell.text.is_empty() => (&self.buffer[cell.text.clone()], cell.mark),
                (_, Some((_, reach))) => (reach.text.as_str(), reach.mark),
                (None, None) => break,
            };
            if self.hidden.columns.contains(&at) {
                if !said.trim().is_empty() {
                    self.grid.hide_column(at as usize + 1);
                }
                continue;
            }
            self.text.extend(std::iter::repeat_n(',', (at - column) as usize));
            column = at;
            let start = self.text.len();
            quote(said, &mut self.text);
            if let Some(mark) = mark {
                self.grid.mark(start..self.text.len(), mark);
            }
            if self.text.len() > LARGEST_FILE {
                break;
            }
        }
        self.text.push('\n');
        self.check(self.text.len())
    }

    /// Refuses a sheet that comes to too much text.
    fn check(&self, len: usize) -> Result<(), Unreadable> {
        if len <= LARGEST_FILE {
            return Ok(());
        }
        let message = format!("a sheet has more than {} GiB of text", LARGEST_FILE >> 30);
        Err(Unreadable::too_large(message, format!("the sheet {}", self.grid.sheet)))
    }

    /// Gives the text, and the way back from it.
    pub fn finish(mut self) -> Result<(String, Grid), Unreadable> {
        self.end_row()?;
        Ok((self.text, self.grid))
    }
}

/// Writes a cell, in quotes where it needs them.
fn quote(cell: &str, text: &mut String) {
    let bytes = cell.as_bytes();
    if memchr::memchr3(b'"', b',', b'\n', bytes).is_none() && memchr::memchr(b'\r', bytes).is_none() {
        text.push_str(cell);
        return;
    }
    text.push('"');
    let mut parts = cell.split('"');
    text.push_str(parts.next().unwrap_or(""));
    for part in parts {
        text.push_str("\"\"");
        text.push_str(part);
    }
    text.push('"');
}
