//! The sheets of Office Open XML (ECMA-376), read cell by cell.

use std::collections::HashMap;
use std::io::Cursor;
use std::panic::resume_unwind;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use calamine::{Cell, DataRef, Xlsx, XlsxError, XlsxFormulaMetadata};

use super::archive::Expanded;
use super::cell;
use super::format::Shown;
use super::part::{Heads, Part};
use super::writer::Writer;
use super::{THREAD, Unreadable};
use crate::source::{Grid, Mark};

/// Says why such a workbook cannot be read.
pub(super) fn unreadable(error: XlsxError) -> Unreadable {
    match error {
        XlsxError::Password => Unreadable::locked(),
        error => Unreadable::damaged(error),
    }
}

/// How many cells are taken at once, and how often that many lie ready.
const BATCH: usize = 1024;
const AHEAD: usize = 4;

/// A cell as `calamine` gives it: where it is, its value, its style where that is known, its formula.
struct Found<'b> {
    place: (u32, u32),
    value: DataRef<'b>,
    style: Option<usize>,
    formula: Option<XlsxFormulaMetadata>,
}

/// Reads a sheet cell by cell, so that an empty one costs nothing, and goes through it once: what `calamine` takes out of
/// it in one thread is written in another.
pub(super) fn read(
    book: &mut Xlsx<Cursor<Expanded>>,
    bytes: &Expanded,
    sheet: &str,
) -> Result<(String, Grid), Unreadable> {
    let mut part = Part::read(bytes, sheet)?;
    let writer = Writer::new(sheet, &part.merged, std::mem::take(&mut part.hidden));
    let is_odd = part.is_odd();
    let cells = book.worksheet_cells_reader(sheet).map_err(unreadable)?;
    let shown: Vec<Shown> = cells.styles().iter().map(Shown::of).collect();
    drop(cells);
    thread::scope(|scope| {
        let (give, take) = sync_channel(AHEAD);
        let reader = thread::Builder::new().name(THREAD.to_owned());
        let reading =
            reader.spawn_scoped(scope, move || find(book, sheet, is_odd, &give)).map_err(Unreadable::damaged)?;
        let written = write(take.into_iter().flatten(), &part, &shown, is_odd, writer);
        match reading.join() {
            Ok(()) => written,
            Err(panic) => resume_unwind(panic),
        }
    })
}

/// Gives all cells of a sheet, batch by batch, until nobody takes them. Behind an error that a cell has it goes on.
fn find<'b>(
    book: &'b mut Xlsx<Cursor<Expanded>>,
    sheet: &str,
    is_odd: bool,
    give: &SyncSender<Vec<Result<Found<'b>, XlsxError>>>,
) {
    let mut batch = Vec::with_capacity(BATCH);
    let mut cells = match book.worksheet_cells_reader(sheet) {
        Ok(cells) => cells,
        Err(error) => {
            let _ = give.send(vec![Err(error)]);
            return;
        }
    };
    loop {
        let found = if is_odd {
            let cell = cells.next_cell_with_formula_metadata();
            cell.map(|cell| {
                cell.map(|cell| Found { place: cell.pos, value: cell.value, style: None, formula: cell.formula })
            })
        } else {
            let cell = cells.next_cell_with_style_id();
            let found = |(cell, style): (Cell<DataRef<'b>>, usize)| Found {
                place: cell.get_position(),
                value: cell.get_value().clone(),
                style: Some(style),
                formula: None,
            };
            cell.map(|cell| cell.map(found))
        };
        let Some(found) = found.transpose() else { break };
        let is_last = matches!(&found, Err(error) if !matches!(error, XlsxError::CellError(_)));
        batch.push(found);
        if batch.len() == BATCH || is_last {
            let full = std::mem::replace(&mut batch, Vec::with_capacity(BATCH));
            if give.send(full).is_err() || is_last {
                return;
            }
        }
    }
    // Whoever takes them may have found an error.
    let _ = give.send(batch);
}

fn write<'b>(
    cells: impl Iterator<Item = Result<Found<'b>, XlsxError>>,
    part: &Part<'_>,
    shown: &[Shown],
    is_odd: bool,
    mut writer: Writer,
) -> Result<(String, Grid), Unreadable> {
    // `calamine` gives a formula without the style of its cell, and says nothing of rows that nobody sees: that is read
    // beside it.
    let mut heads = Heads::new(part);
    // A formula that fills cells below it stands in the first of them.
    let mut shared: HashMap<usize, bool> = HashMap::new();
    for cell in cells {
        let head = if is_odd { heads.next(|row| writer.hide_row(row)) } else { None };
        let Found { place, value, style, formula } = match (cell, head) {
            (Ok(cell), None) if !is_odd => cell,
            (Ok(cell), Some(head)) if cell.place == head.place || !head.is_named => {
                Found { place: head.place, style: Some(head.style), ..cell }
            }
            // An error that `calamine` does not know.
            (Err(XlsxError::CellError(said)), Some(head)) => {
                writer.put(head.place, |text| {
                    text.push_str(&said);
                    Some(Mark::Error)
                })?;
                continue;
            }
            (Err(error), _) => return Err(unreadable(error)),
            (Ok(_), _) => return Err(Unreadable::damaged("its cells are not where they say")),
        };
        let formula = formula.as_ref().map(|formula| match formula {
            XlsxFormulaMetadata::Normal { formula } => formula.as_str(),
            XlsxFormulaMetadata::Shared { formula, shared_index, .. } => {
                shared.insert(*shared_index, cell::leads(formula));
                formula.as_str()
            }
            XlsxFormulaMetadata::SharedDerived { shared_index } if shared.get(shared_index) == Some(&true) => {
                "HYPERLINK()"
            }
            _ => "FORMULA()",
        });
        if matches!(value, DataRef::Empty) && formula.is_none() {
            continue;
        }
        let shown = style.and_then(|style| shown.get(style)).unwrap_or(&Shown::Plain);
        let link = part.links.get(&place).map(String::as_str);
        writer.put(place, |text| cell::write(&value, shown, formula, link, text))?;
    }
    writer.finish()
}
