//! What the file of a sheet says (ECMA-376 part 1, §18.3.1) beside the values of its cells: what nobody sees, merged
//! areas, links, and the style of each cell.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::RangeInclusive;

use calamine::Dimensions;
use memchr::memmem;
use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

use super::Unreadable;
use super::archive::Expanded;
use super::writer::MOST_COLUMNS;

pub(super) use heads::Heads;

mod heads;

/// A link over more cells than this is on a whole column or row, and says nothing of one of them.
const MOST_LINKED: u64 = 1000;

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

/// What the file of a sheet says before and after its rows, and these.
#[derive(Debug, Default)]
pub(super) struct Part<'x> {
    /// The columns that nobody sees.
    pub hidden: Hidden,
    /// Areas that are one cell.
    pub merged: Vec<Dimensions>,
    /// Cells that lead to the web.
    pub links: HashMap<(u32, u32), String>,
    /// The rows.
    pub rows: &'x [u8],
}

impl<'x> Part<'x> {
    /// Reads the file of the sheet `name`.
    pub fn read(book: &'x Expanded, name: &str) -> Result<Part<'x>, Unreadable> {
        let found = path(book, name)?.and_then(|path| Some((book.file(&path)?, path)));
        let Some((file, path)) = found else {
            return Err(Unreadable::damaged(format!("the file of the sheet {name} is not where it should be")));
        };
        let (folder, file_name) = path.rsplit_once('/').unwrap_or(("", &path));
        let mut targets = HashMap::new();
        elements(book.file(&format!("{folder}/_rels/{file_name}.rels")), |element| {
            if attribute(element, "Type").is_some_and(|kind| kind.ends_with("/relationships/hyperlink")) {
                targets.extend(attribute(element, "Id").zip(attribute(element, "Target")));
            }
        })?;
        Part::of(file, &targets)
    }

    fn of(file: &'x [u8], targets: &HashMap<String, String>) -> Result<Part<'x>, Unreadable> {
        let (before, rows, after) = split(file);
        let mut part = Part { rows, ..Part::default() };
        elements(Some(before), |element| {
            if element.local_name().as_ref() == "col" && is_hidden(element) {
                let number = |name| attribute(element, name).and_then(|number| number.parse::<u32>().ok());
                if let (Some(from @ 1..), Some(to @ 1..)) = (number("min"), number("max")) {
                    part.hidden.hide_columns(from - 1..=to - 1);
                }
            }
        })?;
        elements(Some(after), |element| match element.local_name().as_ref() {
            "mergeCell" => part.merged.extend(attribute(element, "ref").and_then(|cells| area(&cells))),
            "hyperlink" => part.link(element, targets),
            _ => {}
        })?;
        Ok(part)
    }

    /// Notes where some cells lead.
    fn link(&mut self, element: &BytesStart<'_>, targets: &HashMap<String, String>) {
        let target = attribute(element, "id").and_then(|id| targets.get(&id));
        let is_web = |url: &&String| url.starts_with("https://") || url.starts_with("http://");
        let (Some(url), Some(cells)) =
            (target.filter(is_web), attribute(element, "ref").and_then(|cells| area(&cells)))
        else {
            return;
        };
        // What follows a `#` is kept apart.
        let url = match attribute(element, "location") {
            Some(place) if !place.is_empty() && !url.contains('#') => format!("{url}#{place}"),
            _ => url.clone(),
        };
        if cells.start.0 > cells.end.0 || cells.start.1 > cells.end.1 || cells.len() > MOST_LINKED {
            return;
        }
        for row in cells.start.0..=cells.end.0 {
            for column in cells.start.1..=cells.end.1 {
                self.links.insert((row, column), url.clone());
            }
        }
    }

    /// Says whether a cell may have a formula or an error, or a row may be hidden: rather too often than not.
    pub fn is_odd(&self) -> bool {
        ["<f", ":f", "hidden", "\"e\"", "'e'"].iter().any(|sign| memmem::find(self.rows, sign.as_bytes()).is_some())
    }
}

/// Takes the file of a sheet apart: what stands before its rows, they, and what follows.
fn split(file: &[u8]) -> (&[u8], &[u8], &[u8]) {
    let ends = |at: usize| memchr::memchr(b'>', &file[at..]).map_or(file.len(), |end| at + end + 1);
    let is_tag = |at: &usize| *at > 0 && matches!(file[at - 1], b'<' | b'/' | b':');
    let Some(start) = memmem::find_iter(file, b"sheetData").find(is_tag).map(ends) else { return (file, &[], &[]) };
    if file[..start].ends_with(b"/>") {
        return (&file[..start], &[], &file[start..]);
    }
    let end = memmem::rfind_iter(file, b"sheetData").find(is_tag).filter(|end| *end >= start).unwrap_or(file.len());
    (&file[..start], &file[start..end], &file[ends(end)..])
}

/// Finds where a sheet lies in the archive: the workbook by its relation, then the sheet by its name and its own.
fn path(archive: &Expanded, name: &str) -> Result<Option<String>, Unreadable> {
    let mut book = None;
    elements(archive.file("_rels/.rels"), |element| {
        if attribute(element, "Type").is_some_and(|kind| kind.ends_with("/officeDocument")) {
            book = attribute(element, "Target");
        }
    })?;
    let book = book.unwrap_or_else(|| "xl/workbook.xml".into());
    let book = book.trim_start_matches('/');
    let (folder, file) = book.rsplit_once('/').map_or(("", book), |(folder, file)| (folder, file));
    let inside = |path: &str| if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") };
    let (mut relation, mut target) = (None, None);
    elements(archive.file(book), |element| {
        let is_sheet = element.local_name().as_ref() == "sheet" && relation.is_none();
        if is_sheet && attribute(element, "name").as_deref() == Some(name) {
            relation = attribute(element, "id");
        }
    })?;
    elements(archive.file(&inside(&format!("_rels/{file}.rels"))), |element| {
        if relation.is_some() && attribute(element, "Id") == relation {
            target = attribute(element, "Target");
        }
    })?;
    Ok(target.map(|target| target.strip_prefix('/').map_or_else(|| inside(&target), str::to_owned)))
}

/// Goes through the elements of a file, or of a part of one, where it is there.
fn elements(file: Option<&[u8]>, mut look: impl FnMut(&BytesStart<'_>)) -> Result<(), Unreadable> {
    let mut reader = Reader::from_reader(file.unwrap_or_default());
    let config = reader.config_mut();
    (config.check_end_names, config.allow_unmatched_ends) = (false, true);
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
    unescape(&found.value).ok().map(Cow::into_owned)
}

/// Says whether nobody sees a row or a column.
fn is_hidden(element: &BytesStart<'_>) -> bool {
    attribute(element, "hidden").is_some_and(|value| value == "1" || value == "true")
}

/// Reads the name of an area: `B2:C7`, or of one cell.
fn area(name: &str) -> Option<Dimensions> {
    let (start, end) = name.split_once(':').unwrap_or((name, name));
    Some(Dimensions { start: place(start)?, end: place(end)? })
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
    use super::heads::Head;
    use super::*;

    #[test]
    fn what_stands_beside_the_values_is_found() {
        let text = "<worksheet><cols><col min=\"2\" max=\"3\" hidden=\"1\"/><col min=\"5\" max=\"5\"/></cols>\
            <x:sheetData><row r=\"2\" hidden=\"true\"><c r=\"A2\" t=\"e\"><v>#REF!</v></c></row><!-- <c r='Z9'/> -->\
            <x:row r=\"4\"><x:c r=\"AB4\" s='7' x=\">\"><f>A1</f><v><![CDATA[<c/>]]></v></x:c><c/><c s=\"1\"><v>7</v></c>\
            </x:row><row><c t=\"e\"><v>#BUSY!</v></c></row><row/><row><c/></row></x:sheetData>\
            <mergeCells><mergeCell ref=\"A1:B2\"/><mergeCell ref=\"A:A\"/></mergeCells>\
            <hyperlinks><hyperlink ref=\"C3\" r:id=\"rId1\" location=\"part\"/><hyperlink ref=\"C4\" r:id=\"rId2\"/>\
            </hyperlinks></worksheet>";
        let targets = [("rId1", "https://example.org/"), ("rId2", "mailto:ann@example.org")];
        let targets = targets.map(|(id, target)| (id.to_owned(), target.to_owned())).into();
        let part = Part::of(text.as_bytes(), &targets).map_err(|error| format!("{error:?}")).expect("a sheet");
        assert!(part.is_odd());
        assert!(part.hidden.columns == [1, 2].into());
        assert_eq!(part.merged, [Dimensions { start: (0, 0), end: (1, 1) }]);
        assert_eq!(part.links, [((2, 2), "https://example.org/#part".to_owned())].into());
        let (mut cells, mut hidden, mut found) = (Heads::new(&part), Vec::new(), Vec::new());
        while let Some(Head { place, style, is_named }) = cells.next(|row| hidden.push(row)) {
            found.push((place, style, is_named));
        }
        assert_eq!(hidden, [1]);
        let expected = [
            ((1, 0), 0, true),
            ((3, 27), 7, true),
            ((3, 28), 0, false),
            ((3, 29), 1, false),
            ((4, 0), 0, false),
            ((6, 0), 0, false),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_sheet_without_rows_has_none() {
        for text in ["", "<worksheet/>", "<worksheet><sheetData/><mergeCells/></worksheet>", "<sheetData>"] {
            let part = Part::of(text.as_bytes(), &HashMap::new()).map_err(|error| format!("{error:?}"));
            assert!(part.is_ok_and(|part| Heads::new(&part).next(|_| {}).is_none()), "{text}");
        }
    }
}
