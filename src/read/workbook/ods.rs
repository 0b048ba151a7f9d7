//! The sheets of OpenDocument (1.2 part 1, §9), read with what their cells show and where they lead.

use quick_xml::Reader;
use quick_xml::escape::{resolve_xml_entity, unescape};
use quick_xml::events::{BytesStart, Event};

use super::Unreadable;
use super::writer::Writer;
use crate::read::LONGEST_CELL;
use crate::source::{Grid, Mark};

use cell::Cell;

mod cell;

/// A row that is being read: its cells, each with its column.
#[derive(Debug, Default)]
struct Row {
    /// How often it stands there.
    times: u32,
    is_hidden: bool,
    cells: Vec<Said>,
    /// The column of the next cell.
    column: u32,
}

/// What a cell says.
#[derive(Debug)]
struct Said {
    column: u32,
    text: String,
    mark: Option<Mark>,
    /// Over how many rows it reaches.
    rows: u32,
}

/// Reads the sheet of a content that was surveyed.
pub(super) fn read(content: &[u8], sheet: &str) -> Result<(String, Grid), Unreadable> {
    let mut reader = Reader::from_reader(content);
    reader.config_mut().expand_empty_elements = true;
    let mut writer = Writer::new(sheet, &[], Default::default());
    // How deep we are in the tables from ours on, and in which row and column.
    let (mut depth, mut row, mut column) = (0, 0u32, 0u32);
    let (mut line, mut cell) = (Row::default(), None::<Cell>);
    loop {
        match reader.read_event().map_err(Unreadable::damaged)? {
            Event::Start(element) if depth == 0 => {
                let is_table = element.name().as_ref() == "table:table";
                depth += u32::from(is_table && attribute(&element, "table:name").as_deref() == Some(sheet));
            }
            Event::Start(element) => match element.name().as_ref() {
                "table:table" => depth += 1,
                // What hangs on a cell is none of its text.
                "office:annotation" | "table:shapes" | "office:forms" => skip(&mut reader, &element)?,
                name if name.starts_with("draw:") => skip(&mut reader, &element)?,
                "table:table-column" if depth == 1 => {
                    let to = column.saturating_add(number(&element, "table:number-columns-repeated"));
                    if is_hidden(&element) && to > column {
                        writer.hide_columns(column..=to - 1);
                    }
                    column = to;
                }
                "table:table-row" if depth == 1 => {
                    let times = number(&element, "table:number-rows-repeated");
                    line = Row { times, is_hidden: is_hidden(&element), ..Row::default() };
                }
                "table:table-cell" | "table:covered-table-cell" if depth == 1 => cell = Some(Cell::new(&element)?),
                name => {
                    if let Some(cell) = &mut cell {
                        cell.start(name, &element);
                    }
                }
            },
            Event::End(element) if depth > 0 => match element.name().as_ref() {
                "table:table" => {
                    depth -= 1;
                    if depth == 0 {
                        return writer.finish();
                    }
                }
                "table:table-row" if depth == 1 => {
                    line.write(row, &mut writer)?;
                    row = row.saturating_add(line.times);
                }
                "table:table-cell" | "table:covered-table-cell" if depth == 1 => {
                    if let Some(cell) = cell.take() {
                        line.take(&cell)?;
                    }
                }
                name => cell.iter_mut().for_each(|cell| cell.end(name)),
            },
            Event::Text(text) => cell.iter_mut().for_each(|cell| cell.push(&text.xml10_content())),
            Event::CData(text) => cell.iter_mut().for_each(|cell| cell.push(&text)),
            Event::GeneralRef(reference) => {
                let letter = reference.resolve_char_ref().ok().flatten().map(String::from);
                let letter = letter.or_else(|| resolve_xml_entity(&reference).map(str::to_owned));
                cell.iter_mut().zip(letter).for_each(|(cell, letter)| cell.push(&letter));
            }
            Event::Eof => return writer.finish(),
            _ => {}
        }
        if cell.as_ref().is_some_and(|cell| cell.said.len() > LONGEST_CELL) {
            return Err(Unreadable::too_large("a cell has more than 1 MiB of text".into(), format!("in row {row}")));
        }
    }
}

impl Row {
    /// Takes its next cell, as often as it stands there.
    fn take(&mut self, cell: &Cell) -> Result<(), Unreadable> {
        let (mut text, times) = (String::new(), cell.times);
        let mark = if cell.is_covered { None } else { cell.write(&mut text)? };
        if !text.is_empty() {
            for column in self.column..self.column.saturating_add(times) {
                self.cells.push(Said { column, text: text.clone(), mark, rows: cell.rows });
            }
        }
        self.column = self.column.saturating_add(times);
        Ok(())
    }

    /// Writes it as often as it stands there.
    fn write(&self, row: u32, writer: &mut Writer) -> Result<(), Unreadable> {
        if self.cells.is_empty() {
            return Ok(());
        }
        for row in row..row.saturating_add(self.times) {
            if self.is_hidden {
                writer.hide_row(row);
            }
            for cell in &self.cells {
                writer.merge((row, cell.column), row.saturating_add(cell.rows - 1));
                writer.put((row, cell.column), |text| {
                    text.push_str(&cell.text);
                    cell.mark
                })?;
            }
        }
        Ok(())
    }
}

fn skip(reader: &mut Reader<&[u8]>, element: &BytesStart<'_>) -> Result<(), Unreadable> {
    reader.read_to_end(element.name()).map(|_| ()).map_err(Unreadable::damaged)
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|attribute| attribute.key.as_ref() == name)?;
    unescape(&found.value).ok().map(|value| value.into_owned())
}

/// Gives how often something stands there, or how far it reaches: at least once.
fn number(element: &BytesStart<'_>, name: &str) -> u32 {
    attribute(element, name).map_or(1, |value| value.trim().parse().unwrap_or(u32::MAX)).max(1)
}

/// Says whether nobody sees a row or a column, be it that a filter leaves it out.
fn is_hidden(element: &BytesStart<'_>) -> bool {
    attribute(element, "table:visibility").is_some_and(|value| value != "visible")
}
