//! The cells of a sheet as a text of RFC 4180, and where each row of it came from.

use std::collections::HashMap;
use std::ops::Range;

use calamine::Dimensions;

use super::Unreadable;
use crate::source::{Grid, LARGEST_FILE};

/// How far a sheet reaches (ECMA-376, and every program that writes one).
const MOST_ROWS: u32 = 1_048_576;
const MOST_COLUMNS: u32 = 16_384;

/// Writes the cells of a sheet, which come row by row.
pub(super) struct Writer {
    text: String,
    grid: Grid,
    /// The row that is being filled, from 0.
    row: u32,
    /// Its cells: column and text inside `buffer`.
    cells: Vec<(u32, Range<usize>)>,
    buffer: String,
    /// Cells that stand for all below them: their first cell, their last row, and their text once it is known.
    merged: HashMap<(u32, u32), u32>,
    /// Those of them that reach into rows to come: column, last row, text.
    reaching: Vec<(u32, u32, String)>,
}

impl Writer {
    pub fn new(sheet: &str, merged: &[Dimensions]) -> Writer {
        // One over several columns is a title; one over several rows says the same of each of them.
        let merged = merged.iter().filter(|area| area.start.1 == area.end.1 && area.start.0 < area.end.0);
        Writer {
            text: String::new(),
            grid: Grid::new(sheet),
            row: 0,
            cells: Vec::new(),
            buffer: String::new(),
            merged: merged.map(|area| (area.start, area.end.0)).collect(),
            reaching: Vec::new(),
        }
    }

    /// Takes the next cell: row and column, both from 0, and what writes its text.
    pub fn put(&mut self, (row, column): (u32, u32), write: impl FnOnce(&mut String)) -> Result<(), Unreadable> {
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
        if self.cells.last().is_some_and(|(last, _)| *last >= column) {
            return Err(Unreadable::damaged("the cells of a row are not in order"));
        }
        let start = self.buffer.len();
        write(&mut self.buffer);
        if let Some(last) = self.merged.get(&(row, column)) {
            self.reaching.push((column, *last, self.buffer[start..].to_owned()));
        }
        self.cells.push((column, start..self.buffer.len()));
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), Unreadable> {
        if self.cells.iter().any(|(_, text)| !self.buffer[text.clone()].trim().is_empty()) {
            self.reaching.retain(|(_, last, _)| *last >= self.row);
            for (column, _, text) in &self.reaching {
                match self.cells.binary_search_by_key(column, |(known, _)| *known) {
                    Ok(at) if self.cells[at].1.is_empty() => {
                        self.cells[at].1 = self.buffer.len()..self.buffer.len() + text.len();
                    }
                    Ok(_) => continue,
                    Err(at) => self.cells.insert(at, (*column, self.buffer.len()..self.buffer.len() + text.len())),
                }
                self.buffer.push_str(text);
            }
            self.grid.start_row(self.text.len(), self.row + 1);
            let mut at = 0;
            for (column, text) in &self.cells {
                self.text.extend(std::iter::repeat_n(',', (column - at) as usize));
                at = *column;
                quote(&self.buffer[text.clone()], &mut self.text);
                if self.text.len() > LARGEST_FILE {
                    let message = format!("a sheet has more than {} GiB of text", LARGEST_FILE >> 30);
                    return Err(Unreadable::too_large(message, format!("the sheet {}", self.grid.sheet)));
                }
            }
            self.text.push('\n');
        }
        self.cells.clear();
        self.buffer.clear();
        Ok(())
    }

    /// Gives the text, and the way back from it.
    pub fn finish(mut self) -> Result<(String, Grid), Unreadable> {
        self.end_row()?;
        Ok((self.text, self.grid))
    }
}

/// Writes a cell, in quotes where it needs them.
fn quote(cell: &str, text: &mut String) {
    if !cell.contains(['"', ',', '\n', '\r']) {
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
