//! The sheets of Office Open XML (ECMA-376), read cell by cell.

use std::collections::HashMap;
use std::io::Cursor;

use calamine::{DataRef, Dimensions, Xlsx, XlsxError, XlsxFormulaMetadata};

use super::Unreadable;
use super::archive::Survey;
use super::cell;
use super::format::Shown;
use super::part::{self, Part};
use super::writer::Writer;
use crate::source::{Grid, Mark, letters};

/// Says why such a workbook cannot be read.
pub(super) fn unreadable(error: XlsxError) -> Unreadable {
    match error {
        XlsxError::Password => Unreadable::locked(),
        error => Unreadable::damaged(error),
    }
}

/// Reads a sheet cell by cell, so that an empty one costs nothing.
pub(super) fn read(
    book: &mut Xlsx<Cursor<&[u8]>>,
    bytes: &[u8],
    survey: Survey,
    sheet: &str,
) -> Result<(String, Grid), Unreadable> {
    let merged =
        if survey.has_merged { book.merge_cells_by_sheet_name(sheet).map_err(unreadable)? } else { Vec::new() };
    let links = if survey.has_links { links(book, sheet)? } else { HashMap::new() };
    let Part { hidden, errors, has_nameless } =
        if survey.has_oddities { part::read(bytes, sheet)? } else { Part::default() };
    let mut errors = errors.into_iter().map(|place| (place, has_nameless));
    let mut writer = Writer::new(sheet, &merged, hidden);
    if !survey.has_formulas {
        // The usual case takes one reading: a cell's value and style come together, but not with its formula.
        let mut cells = book.worksheet_cells_reader(sheet).map_err(unreadable)?;
        let shown: Vec<Shown> = cells.styles().iter().map(Shown::of).collect();
        loop {
            let (cell, style) = match cells.next_cell_with_style_id() {
                Ok(Some(cell)) => cell,
                Ok(None) => return writer.finish(),
                Err(error) => {
                    put_error(error, &mut errors, &mut writer)?;
                    continue;
                }
            };
            let (place, value) = (cell.get_position(), cell.get_value());
            if !matches!(value, DataRef::Empty) {
                let shown = shown.get(style).unwrap_or(&Shown::Plain);
                let link = links.get(&place).map(String::as_str);
                writer.put(place, |text| cell::write(value, shown, None, link, text))?;
            }
        }
    }
    let (shown, styles) = styles(book, sheet)?;
    let mut cells = book.worksheet_cells_reader(sheet).map_err(unreadable)?;
    // A formula that fills cells below it stands in the first of them.
    let mut shared: HashMap<usize, bool> = HashMap::new();
    loop {
        let cell = match cells.next_cell_with_formula_metadata() {
            Ok(Some(cell)) => cell,
            Ok(None) => return writer.finish(),
            Err(error) => {
                put_error(error, &mut errors, &mut writer)?;
                continue;
            }
        };
        let formula = cell.formula.as_ref().map(|formula| match formula {
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
        if matches!(cell.value, DataRef::Empty) && formula.is_none() {
            continue;
        }
        let style = styles.get(&cell.pos).map_or(&Shown::Plain, |style| &shown[*style]);
        let link = links.get(&cell.pos).map(String::as_str);
        writer.put(cell.pos, |text| cell::write(&cell.value, style, formula, link, text))?;
    }
}

/// Takes an error that `calamine` does not know and stops at: the next one that its sheet has. It goes on behind it.
fn put_error(
    error: XlsxError,
    errors: &mut impl Iterator<Item = ((u32, u32), bool)>,
    writer: &mut Writer,
) -> Result<(), Unreadable> {
    let XlsxError::CellError(said) = error else { return Err(unreadable(error)) };
    // Behind it a cell that does not say its place would be taken for another one.
    let place = match errors.next() {
        Some((place, false)) => place,
        Some(((row, column), true)) => {
            let cell = format!("{}{}", letters(column as usize + 1), row + 1);
            return Err(Unreadable::damaged(format!("cell {cell} has the error {said}")));
        }
        None => return Err(Unreadable::damaged(format!("a cell has the error {said}"))),
    };
    writer.put(place, |text| {
        text.push_str(&said);
        Some(Mark::Error)
    })
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
        // What follows a `#` is kept apart.
        let url = match link.location {
            Some(part) if !part.is_empty() && !url.contains('#') => format!("{url}#{part}"),
            _ => url,
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
