//! Cells that an OpenDocument says once and means a thousand times: how much its content comes to.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Unreadable;
use crate::read::LONGEST_CELL;

/// The most cells that a workbook comes to.
const MOST_CELLS: usize = 20_000_000;

/// The most text that its repeated cells come to, in bytes (1 GiB).
const MOST_TEXT: usize = 1 << 30;

/// Refuses a content (OpenDocument 1.2 part 1, §9.1) that comes to more than anyone has, or that ends before its
/// elements do: `calamine` would wait for their end. Rather too much is counted than too little.
pub(super) fn check(content: &[u8]) -> Result<(), Unreadable> {
    let (mut cells, mut text, mut depth) = (0usize, 0usize, 0usize);
    let (mut rows, mut pending, mut times) = (1, 0usize, 0usize);
    let (mut reader, mut buffer) = (Reader::from_reader(content), Vec::new());
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer).map_err(Unreadable::damaged)?;
        let element = match &event {
            Event::Start(element) => {
                depth += 1;
                element
            }
            Event::Empty(element) => element,
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                continue;
            }
            Event::Eof if depth > 0 => return Err(Unreadable::damaged("its content ends too early")),
            Event::Eof => return Ok(()),
            other => {
                text = text.saturating_add(other.len().saturating_mul(times));
                continue;
            }
        };
        match element.name().as_ref() {
            "table:table-row" => {
                (rows, pending, times) = (number(element, "table:number-rows-repeated").min(1_048_576), 0, 0);
            }
            "table:table-cell" | "table:covered-table-cell" => {
                let columns = number(element, "table:number-columns-repeated").min(16_384);
                pending = pending.saturating_add(columns);
                // Empty cells count where another one follows them.
                if element.attributes().flatten().any(|attribute| is_of_value(attribute.key.as_ref())) {
                    cells = cells.saturating_add(pending.saturating_mul(rows));
                    (pending, times) = (0, columns.saturating_mul(rows));
                    text = text.saturating_add(element.len().saturating_mul(times));
                }
            }
            "text:s" => {
                let spaces = number(element, "text:c");
                if spaces > LONGEST_CELL {
                    return Err(Unreadable::too_large("a cell has more than 1 MiB of text".into(), "of spaces".into()));
                }
                text = text.saturating_add(spaces.saturating_mul(times.max(1)));
            }
            _ => {}
        }
        if cells > MOST_CELLS || text > MOST_TEXT {
            let most = MOST_CELLS / 1_000_000;
            let message = format!("the workbook comes to more than {most} million cells or 1 GiB of text");
            return Err(Unreadable::too_large(message, "it repeats its cells".into()));
        }
    }
}

/// Says whether an attribute of a cell gives it a value.
fn is_of_value(name: &str) -> bool {
    name.starts_with("office:") || name == "table:formula"
}

/// Gives the number of an attribute; 1 where it is not stated, and the greatest where it is no number.
fn number(element: &BytesStart<'_>, name: &str) -> usize {
    let value = element.attributes().flatten().find(|attribute| attribute.key.as_ref() == name);
    value.map_or(1, |value| value.value.trim().parse().unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_cells_are_counted() {
        let sheet = |rows: &str, columns: &str, spaces: &str| {
            let row = format!("<table:table-row table:number-rows-repeated=\"{rows}\">");
            let cell =
                format!("<table:table-cell table:number-columns-repeated=\"{columns}\" office:value-type=\"string\">");
            format!(
                "<table:table>{row}{cell}<text:p>a<text:s text:c=\"{spaces}\"/></text:p></table:table-cell></table:table-row></table:table>"
            )
        };
        let filler = "<table:table-cell table:number-columns-repeated=\"16384\"/>";
        let empty = format!("<table:table-row table:number-rows-repeated=\"1048576\">{filler}</table:table-row>");
        for (content, is_fine) in [
            (sheet("1000", "3", "2"), true),
            (sheet("1048576", "16384", "1"), false),
            (sheet("1", "1", "99999999999"), false),
            (sheet("1", "1", "99999999999999999999999"), false),
            (sheet("100000", "1", "100000"), false),
            ("<table:table><table:table-row>".into(), false),
            ("<table:table><table:table-row></table:table>".into(), false),
            (empty.clone(), true),
            (empty.replace("</table:table-row>", "<table:table-cell office:value=\"1\"/></table:table-row>"), false),
        ] {
            assert_eq!(check(content.as_bytes()).is_ok(), is_fine, "{content}");
        }
    }
}
