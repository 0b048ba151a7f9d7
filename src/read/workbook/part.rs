//! What the file of a sheet says (ECMA-376 part 1, §18.3.1) and `calamine` does not: which rows and columns nobody
//! sees, and errors that it does not know.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io::{BufRead, BufReader, Cursor, Read as _};
use std::ops::RangeInclusive;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::Unreadable;
use super::writer::MOST_COLUMNS;

/// The errors that `calamine` knows.
const ERRORS: [&str; 7] = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"];

/// Rows and columns that nobody sees, from 0.
#[derive(Debug, Default)]
pub(super) struct Hidden {
    /// The rows, those that a filter leaves out among them.
    pub rows: HashSet<u32>,
    /// The columns.
    pub columns: HashSet<u32>,
}

impl Hidden {
    /// Notes that nobody sees some columns.
    pub fn hide_columns(&mut self, columns: RangeInclusive<u32>) {
        self.columns.extend(*columns.start()..=*columns.end().min(&MOST_COLUMNS));
    }
}

/// What the file of a sheet says.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// What nobody sees.
    pub hidden: Hidden,
    /// The cells with an error that is none of those of `calamine`, in the order of the file.
    pub errors: Vec<(u32, u32)>,
    /// Whether some cell does not say its place, but only follows the one before.
    pub has_nameless: bool,
}

/// Reads the file of the sheet `name`.
pub(super) fn read(bytes: &[u8], name: &str) -> Result<Part, Unreadable> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(Unreadable::damaged)?;
    let Some(path) = path(&mut archive, name)? else {
        return Err(Unreadable::damaged(format!("the file of the sheet {name} is not where it should be")));
    };
    let file = archive.by_name(&path).map_err(Unreadable::damaged)?;
    sheet(BufReader::new(file))
}

/// Finds where a sheet lies in the archive: the workbook by its relation, then the sheet by its name and its own.
fn path(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<Option<String>, Unreadable> {
    let mut book = None;
    elements(archive, "_rels/.rels", |element| {
        if attribute(element, "Type").is_some_and(|kind| kind.ends_with("/officeDocument")) {
            book = attribute(element, "Target");
        }
    })?;
    let book = book.unwrap_or_else(|| "xl/workbook.xml".into());
    let book = book.trim_start_matches('/');
    let (folder, file) = book.rsplit_once('/').map_or(("", book), |(folder, file)| (folder, file));
    let inside = |path: &str| if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") };
    let (mut relation, mut target) = (None, None);
    elements(archive, book, |element| {
        let is_sheet = element.local_name().as_ref() == "sheet" && relation.is_none();
        if is_sheet && attribute(element, "name").as_deref() == Some(name) {
            relation = attribute(element, "id");
        }
    })?;
    elements(archive, &inside(&format!("_rels/{file}.rels")), |element| {
        if relation.is_some() && attribute(element, "Id") == relation {
            target = attribute(element, "Target");
        }
    })?;
    let path = target.map(|target| target.strip_prefix('/').map_or_else(|| inside(&target), str::to_owned));
    Ok(path.and_then(|path| known(archive, &path)))
}

/// Finds a file of the archive; not everybody writes its path as it is.
fn known(archive: &ZipArchive<Cursor<&[u8]>>, path: &str) -> Option<String> {
    let names = archive.file_names().filter_map(Result::ok);
    names.map(Cow::into_owned).find(|known| known.replace('\\', "/").eq_ignore_ascii_case(path))
}

/// Goes through the elements of a file in the archive.
fn elements(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    path: &str,
    mut look: impl FnMut(&BytesStart<'_>),
) -> Result<(), Unreadable> {
    let Some(found) = known(archive, path) else { return Ok(()) };
    let mut text = String::new();
    archive.by_name(&found).map_err(Unreadable::damaged)?.read_to_string(&mut text).map_err(Unreadable::damaged)?;
    let mut reader = Reader::from_str(&text);
    reader.config_mut().check_end_names = false;
    loop {
        match reader.read_event().map_err(Unreadable::damaged)? {
            Event::Start(element) | Event::Empty(element) => look(&element),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// Gives an attribute by its name without the prefix.
fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    unescape(&found.value).ok().map(|value| value.into_owned())
}

fn sheet(file: impl BufRead) -> Result<Part, Unreadable> {
    let mut reader = Reader::from_reader(file);
    let config = reader.config_mut();
    (config.check_end_names, config.expand_empty_elements) = (false, true);
    let (mut part, mut buffer) = (Part::default(), Vec::new());
    let (mut row, mut column, mut is_error, mut is_value) = (0, 0, false, false);
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(Unreadable::damaged)? {
            Event::Start(element) => match element.local_name().as_ref() {
                "col" if is_hidden(&element) => {
                    let number = |name| attribute(&element, name).and_then(|number| number.parse::<u32>().ok());
                    if let (Some(from @ 1..), Some(to @ 1..)) = (number("min"), number("max")) {
                        part.hidden.hide_columns(from - 1..=to - 1);
                    }
                }
                "row" => {
                    let number = attribute(&element, "r").and_then(|number| number.parse::<u32>().ok());
                    row = number.map_or(row, |number| number.saturating_sub(1));
                    if is_hidden(&element) {
                        part.hidden.rows.insert(row);
                    }
                }
                "c" => {
                    is_error = attribute(&element, "t").as_deref() == Some("e");
                    let named = attribute(&element, "r").and_then(|name| place(&name));
                    part.has_nameless |= named.is_none();
                    (row, column) = named.unwrap_or((row, column));
                }
                "v" => is_value = is_error,
                _ => {}
            },
            Event::Text(text) if is_value && !ERRORS.contains(&text.as_ref()) => {
                is_value = false;
                part.errors.push((row, column));
            }
            Event::End(element) => match element.local_name().as_ref() {
                "v" => is_value = false,
                "row" => (row, column) = (row.saturating_add(1), 0),
                "c" => column += 1,
                "sheetData" => return Ok(part),
                _ => {}
            },
            Event::Eof => return Ok(part),
            _ => {}
        }
    }
}

/// Says whether nobody sees a row or a column.
fn is_hidden(element: &BytesStart<'_>) -> bool {
    attribute(element, "hidden").is_some_and(|value| value == "1" || value == "true")
}

/// Reads the name of a cell: `D17` is row 16 and column 3.
fn place(name: &str) -> Option<(u32, u32)> {
    let digits = name.find(|c: char| c.is_ascii_digit())?;
    let (letters, number) = name.split_at(digits);
    let mut column = 0u32;
    for letter in letters.bytes() {
        let value = letter.to_ascii_uppercase().checked_sub(b'A').filter(|value| *value < 26)?;
        column = column.checked_mul(26)?.checked_add(u32::from(value) + 1)?;
    }
    Some((number.parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_parts_and_foreign_errors_are_found() {
        let text = "<worksheet><cols><col min=\"2\" max=\"3\" hidden=\"1\"/><col min=\"5\" max=\"5\"/></cols><sheetData>\
            <row r=\"2\" hidden=\"true\"><c r=\"A2\" t=\"e\"><v>#REF!</v></c></row>\
            <row r=\"4\"><c r=\"AB4\" t=\"e\"><f>A1</f><v>#SPILL!</v></c><c t=\"e\"><v>#FIELD!</v></c><c><v>7</v></c></row>\
            <row><c t=\"e\"><v>#BUSY!</v></c></row></sheetData></worksheet>";
        let part = sheet(text.as_bytes()).map_err(|error| format!("{error:?}")).expect("a sheet");
        assert_eq!(part.errors, [(3, 27), (3, 28), (4, 0)]);
        assert!(part.has_nameless);
        assert!(part.hidden.rows.contains(&1) && part.hidden.rows.len() == 1);
        assert!(part.hidden.columns == [1, 2].into());
    }
}
