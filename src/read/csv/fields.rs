//! The cells of a row, each with its very bytes.

use std::borrow::Cow;
use std::ops::Range;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::read::LONGEST_CELL;
use crate::record::{Link, Value};
use crate::source::{Grid, Mark, Quote, Source, SourceId, Span};

use super::formula::{self, Formula};

/// The most cells that a row has: as many as a sheet has columns.
const MOST_CELLS: usize = 16_384;

/// The reading stopped: what is wrong has been told.
pub(super) struct Broken;

/// How a quoted field was written; all but the first has been told.
enum Quotes {
    /// Opened, closed, and nothing after it.
    Fine,
    /// With text after the closing quote.
    Untidy,
    /// Never closed, so that it swallowed the rest of the file.
    Open,
}

pub(super) struct Fields<'a> {
    pub(super) id: SourceId,
    text: &'a str,
    /// The cells that the text was made of, where it is a sheet.
    grid: Option<&'a Grid>,
    pub(super) at: usize,
    separator: u8,
    automaton: Reader,
    /// The values of one row.
    buffer: Vec<u8>,
    /// Where each of them ends.
    ends: Vec<usize>,
}

impl<'a> Fields<'a> {
    /// Starts to read at the start of `part`, which is the start of a row.
    pub(super) fn new(id: SourceId, file: &'a Source, part: Range<usize>, separator: u8) -> Self {
        let mut automaton = ReaderBuilder::new().delimiter(separator).build();
        let (mut buffer, mut ends) = (vec![0; 4096], vec![0; 64]);
        // It takes the first bytes that it sees for those of a file, and would swallow what looks like its mark.
        automaton.read_record(b"\n", &mut buffer, &mut ends);
        let (text, grid, at) = (&file.text[..part.end], file.grid(), part.start);
        Fields { id, text, grid, at, separator, automaton, buffer, ends }
    }

    /// Reads one row into `values`; gives its place, or nothing at the end.
    pub(super) fn row(&mut self, values: &mut Vec<Value<'a>>, report: &mut Report) -> Option<Result<Span, Broken>> {
        values.clear();
        let start = self.at;
        let (mut written, mut cells) = (0, 0);
        loop {
            let input = &self.text.as_bytes()[self.at..];
            let (result, read, wrote, ended) =
                self.automaton.read_record(input, &mut self.buffer[written..], &mut self.ends[cells..]);
            self.at += read;
            written += wrote;
            cells += ended;
            match result {
                // The automaton learns of the end through an empty input.
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => {
                    if written - cells.checked_sub(1).map_or(0, |last| self.ends[last]) >= LONGEST_CELL {
                        self.too_large(start, cells, report);
                        return Some(Err(Broken));
                    }
                    self.buffer.resize(self.buffer.len() * 4, 0);
                }
                ReadRecordResult::OutputEndsFull if cells >= MOST_CELLS => {
                    self.too_wide(start, report);
                    return Some(Err(Broken));
                }
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 4, 0),
                ReadRecordResult::Record => break,
                ReadRecordResult::End => return None,
            }
        }
        let mut from = self.first(start);
        let row = from;
        let mut before = 0;
        for cell in 0..cells {
            let end = self.ends[cell];
            if end - before > LONGEST_CELL {
                self.too_large(start, cell, report);
                return Some(Err(Broken));
            }
            let raw = self.raw(from, end - before);
            match self.value(raw.clone(), before..end, report) {
                Ok(value) => values.push(value),
                Err(broken) => return Some(Err(broken)),
            }
            // Past the separator; after the last cell nothing is read from here.
            (from, before) = (raw.end + 1, end);
        }
        Some(Ok(Span::new(self.id, row..(from - 1).max(row))))
    }

    /// Finds the first byte of a row: the line end of the row before and blank lines come with it.
    fn first(&self, start: usize) -> usize {
        let bytes = &self.text.as_bytes()[start..];
        start + bytes.iter().position(|b| !matches!(b, b'\r' | b'\n')).unwrap_or(bytes.len())
    }

    /// Gives the bytes of the cell that starts at `from`, without separator and line end. A cell without quotes is as
    /// long as its value; one with quotes goes to the closing one and, if text follows that, to the next separator.
    fn raw(&self, from: usize, len: usize) -> Range<usize> {
        let bytes = self.text.as_bytes();
        if bytes.get(from) != Some(&b'"') {
            return from..from + len;
        }
        let Some(at) = closing(bytes, from) else { return from..bytes.len() };
        let rest = memchr::memchr3(self.separator, b'\r', b'\n', &bytes[at..]);
        from..rest.map_or(bytes.len(), |rest| at + rest)
    }

    /// Makes the value of a cell from its bytes in the file and in the buffer.
    fn value(&self, range: Range<usize>, kept: Range<usize>, report: &mut Report) -> Result<Value<'a>, Broken> {
        let raw = &self.text[range.clone()];
        let place = if raw.starts_with('"') {
            match self.quotes(raw, &range, kept.len(), report) {
                Quotes::Fine => range.start + 1..range.end - 1,
                Quotes::Untidy => range,
                Quotes::Open => return Err(Broken),
            }
        } else {
            range
        };
        let span = Span::new(self.id, place.clone());
        if kept.is_empty() {
            return Ok(Value::Empty(span));
        }
        let value = if kept.len() == place.len() {
            // The value is the very text of the file, which need not be copied.
            Cow::Borrowed(&self.text[place.clone()])
        } else {
            Cow::Owned(std::str::from_utf8(&self.buffer[kept]).unwrap_or_default().to_owned())
        };
        if value.starts_with('=')
            && self.grid.is_none_or(|grid| grid.mark_at(place.start) == Some(Mark::Link))
            && let Some(formula) = formula::read(&value)
        {
            return Ok(self.formula(formula, place));
        }
        Ok(Value::Text(Quote::new(value, span)))
    }

    /// Makes the value of a cell that holds a formula; its text is looked for inside the cell.
    fn formula(&self, formula: Formula, cell: Range<usize>) -> Value<'a> {
        let raw = &self.text[cell.clone()];
        let quote = |text: String| {
            let at = raw.rfind(&text).filter(|_| !text.is_empty());
            let place = at.map_or(cell.clone(), |at| cell.start + at..cell.start + at + text.len());
            Quote::new(Cow::Owned(text), Span::new(self.id, place))
        };
        match formula {
            Formula::Text(text) => Value::Text(quote(text)),
            Formula::Link { url, text } => Value::Link(Box::new(Link { text: quote(text), url: quote(url) })),
        }
    }

    /// Checks that a quoted field opens and closes its quote, with nothing after it.
    fn quotes(&self, raw: &str, range: &Range<usize>, written: usize, report: &mut Report) -> Quotes {
        let inner = raw.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        if let Some(inner) = inner {
            let doubled = memchr::memchr_iter(b'"', inner.as_bytes()).count();
            if doubled.is_multiple_of(2) && inner.len() == written + doubled / 2 {
                return Quotes::Fine;
            }
        }
        let open = Span::new(self.id, range.start..range.start + 1);
        let closed = raw[1..].replace("\"\"", "").contains('"');
        if closed {
            report.add(
                Diagnostic::error(Code::BadCsv, "text follows a closing quote")
                    .at(Span::new(self.id, range.clone()), "")
                    .help("write a quote inside a quoted cell twice: `\"the \"\"big\"\" one\"`"),
            );
            return Quotes::Untidy;
        }
        report.add(
            Diagnostic::error(Code::BadCsv, "a quote is never closed")
                .at(open, "opened here; the cell runs to the end of the file")
                .help("close the quote, or write a quote inside a quoted cell twice"),
        );
        Quotes::Open
    }

    /// Tells the row from `start`, which has too many cells.
    fn too_wide(&self, start: usize, report: &mut Report) {
        let from = self.first(start);
        let first = self.text[from..].chars().next().map_or(0, char::len_utf8);
        report.add(
            Diagnostic::error(Code::TooLarge, format!("a row has more than {MOST_CELLS} cells"))
                .at(Span::new(self.id, from..from + first), "it starts here")
                .help("look for a line end that is missing, or state the right `separator` in an `[[input]]`"),
        );
    }

    /// Tells the cell of the row from `start` that comes after `cells` others.
    fn too_large(&self, start: usize, cells: usize, report: &mut Report) {
        let (mut from, mut before) = (self.first(start), 0);
        for end in &self.ends[..cells] {
            (from, before) = (self.raw(from, end - before).end + 1, *end);
        }
        let first = self.text[from..].chars().next().map_or(0, char::len_utf8);
        report.add(
            Diagnostic::error(Code::TooLarge, "a cell has more than 1 MiB of text")
                .at(Span::new(self.id, from..from + first), "it starts here")
                .help("if it is not meant to be so long, look for a quote that is never closed"),
        );
    }
}

/// Finds the end of the quoted text that starts at `quote`: after the first quote that is not doubled.
pub(super) fn closing(bytes: &[u8], quote: usize) -> Option<usize> {
    let mut at = quote + 1;
    loop {
        at += memchr::memchr(b'"', &bytes[at..])? + 1;
        if bytes.get(at) != Some(&b'"') {
            return Some(at);
        }
        at += 1;
    }
}
