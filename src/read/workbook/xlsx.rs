//! The sheets of Office Open XML (ECMA-376), read cell by cell.

use std::collections::HashMap;
use std::io::Cursor;

use calamine::{DataRef, Dimensions, Xlsx};

use super::Unreadable;
use super::archive::Survey;
use super::cell::{self, Shown};
use super::writer::Writer;
use crate::source::Grid;

/// Says why such a workbook cannot be read.
pub(super) fn unreadable(error: calamine::XlsxError) -> Unreadable {
    match error {
        calamine::XlsxError::Password => Unreadable::locked(),
        error => Unreadable::damaged(error),
    }
}

/// Reads a sheet cell by cell, so that an empty one costs nothing.
pub(super) fn read(book: &mut Xlsx<Cursor<&[u8]>>, survey: Survey, sheet: &str) -> Result<(String, Grid), Unreadable> {
    let merged =
        if survey.has_merged { book.merge_cells_by_sheet_name(sheet).map_err(unreadable)? } else { Vec::new() };
    let links = if survey.has_links { links(book, sheet)? } else { HashMap::new() };
    let mut writer = Writer::new(sheet, &merged);
    if !survey.has_formulas {
        // The usual case takes one reading: a cell's value and style come together, but not with its formula.
        let mut cells = book.worksheet_cells_reader(sheet).map_err(unreadable)?;
        let shown: Vec<Shown> = cells.styles().iter().map(Shown::of).collect();
        while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(unreadable)? {
            let (place, value) = (cell.get_position(), cell.get_value());
            if !matches!(value, DataRef::Empty) {
                let shown = shown.get(style).unwrap_or(&Shown::Plain);
                let link = links.get(&place).map(String::as_str);
                writer.put(place, |text| cell::write(value, shown, None, link, text))?;
            }
        }
        return writer.finish();
    }
    let (shown, styles) = styles(book, sheet)?;
    let mut cells = book.worksheet_cells_reader(sheet).map_err(unreadable)?;
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(unreadable)? {
        let formula = cell.formula.as_ref().map(|formula| match formula {
            calamine::XlsxFormulaMetadata::Normal { formula }
            | calamine::XlsxFormulaMetadata::Shared { formula, .. } => formula.as_str(),
            // The formula itself stands in another cell.
            _ => "FORMULA()",
        });
        if matches!(cell.value, DataRef::Empty) && formula.is_none() {
            continue;
        }
        let style = styles.get(&cell.pos).map_or(&Shown::Plain, |style| &shown[*style]);
        let link = links.get(&cell.pos).map(String::as_str);
        writer.put(cell.pos, |text| cell::write(&cell.value, style, formula, link, text))?;
    }
    writer.finish()
}

/// How each style shows a number, and the cells whose style is not plain.
type Styles = (Vec<Shown>, HashMap<(u32, u32), usize>);

fn styles(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Result<Styles, Unreadable> {
    let mut cells = book.worksheet_cells_reader(sheet).map_err(unreadable)?;
    let shown: Vec<Shown> = cells.styles().iter().map(Shown::of).collect();
    let mut styles = HashMap::new();
    if shown.iter().all(|shown| *shown == Shown::Plain) {
        return Ok((shown, styles));
    }
    while let Some((row, column, style)) = cells.next_style_id().map_err(unreadable)? {
        if shown[style] != Shown::Plain {
            styles.insert((row, column), style);
        }
    }
    Ok((shown, styles))
}

/// Gives the cells of a sheet that lead to the web.
fn links(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Result<HashMap<(u32, u32), String>, Unreadable> {
    /// A link over more cells than this is on a whole column or row, and says nothing of one of them.
    const MOST: u64 = 1000;
    let mut links = HashMap::new();
    for link in book.hyperlinks_by_sheet_name(sheet).map_err(unreadable)? {
        let Some(url) = link.target.filter(|url| url.starts_with("https://") || url.starts_with("http://")) else {
            continue;
        };
        let Dimensions { start, end } = link.range;
        if start.0 > end.0 || start.1 > end.1 || link.range.len() > MOST {
            continue;
        }
        for row in start.0..=end.0 {
            for column in start.1..=end.1 {
                links.insert((row, column), url.clone());
            }
        }
    }
    Ok(links)
}
