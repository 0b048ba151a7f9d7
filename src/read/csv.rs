//! CSV (RFC 4180) to records, each value with its very bytes.
//!
//! The automaton is `csv-core`'s. It tells how long each value of a row is and how many bytes the row took; from these
//! each value is found again in the file. A large file falls into parts at line ends outside quotes. What stands between
//! cells and which row names the columns is recognised where it is not stated; a byte order mark and Excel's `sep=;` line
//! are skipped. The sheet of a workbook is read as the text that was made of it.

use std::ops::Range;
use std::sync::Arc;

use crate::config::Input;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::model::table::Table;
use crate::read::Rows;
use crate::record::{Record, Value, fold};
use crate::source::{Origin, Source, SourceId, Sources, Span, Text};

use columns::Columns;
use fields::{Fields, closing};

mod columns;
mod fields;
pub(super) mod formula;
mod header;

/// How long a part of a file is, in bytes; one row may make it longer. Its values fit into a processor's cache.
const PART: usize = 1 << 18;

/// What is known of a table before it is read: the dictionary's names, and what an `[[input]]` says.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// The table that it fills.
    pub table: Table,
    /// What describes the file.
    pub input: Option<&'a Input>,
}

impl Expected<'_> {
    /// Says whether somebody asks for a column of this name.
    fn knows(self, name: &str) -> bool {
        match self.input {
            Some(input) => input.asks_for(name),
            None => self.table.field(&fold(name)).is_some(),
        }
    }

    /// Says whether columns are chosen, and do not go by their names.
    fn is_mapped(self) -> bool {
        self.input.is_some_and(|input| input.map.is_some())
    }
}

/// Something that was recognised and not stated.
#[derive(Debug)]
struct Guess {
    /// What was taken: ``as `windows-1252` ``.
    said: String,
    /// How it is stated.
    key: String,
}

/// A table: its header, and where its rows start.
#[derive(Debug)]
pub struct Sheet<'s> {
    id: SourceId,
    file: &'s Source,
    separator: u8,
    columns: Columns,
    body: usize,
}

impl<'s> Sheet<'s> {
    /// Reads the header. `None`: no row can be read, and that has been told.
    pub fn open(id: SourceId, sources: &'s Sources, expected: Expected<'_>, report: &mut Report) -> Option<Sheet<'s>> {
        let file = sources.file(id);
        let start = header::find(id, file, expected, report)?;
        let separator = *file.separator.get_or_init(|| start.separator);
        let mut fields = Fields::new(id, file, start.header..file.text.len(), separator);
        let mut cells = Vec::new();
        let row = fields.row(&mut cells, report)?.ok()?;
        let columns = Columns::new(cells, file.grid().is_some(), expected);
        if columns.names.is_empty() {
            report.add(
                Diagnostic::error(Code::BadCsv, "the first row names no column")
                    .at(row, "")
                    .help("name the columns in the first row; `bulletin schema` lists the fields"),
            );
            return None;
        }
        tell(&start.guesses, &columns.names, report);
        tell_doubtful(id, file, report);
        Some(Sheet { id, file, separator, columns, body: fields.at })
    }

    /// Finds where the part from `start` ends: after the first line end outside quotes that follows `least` bytes.
    fn end_of_part(&self, start: usize, least: usize) -> usize {
        let bytes = self.file.text.as_bytes();
        let least = (start + least).min(bytes.len());
        let mut at = start;
        loop {
            let next = if at < least {
                memchr::memchr(b'"', &bytes[at..least]).map(|next| at + next)
            } else {
                memchr::memchr2(b'"', b'\n', &bytes[at..]).map(|next| at + next)
            };
            match next {
                None if at < least => at = least,
                None => return bytes.len(),
                Some(end) if bytes[end] == b'\n' => return end + 1,
                // A quote opens a cell at its start alone; elsewhere it is a letter.
                Some(quote) if quote > start && ![self.separator, b'\n', b'\r'].contains(&bytes[quote - 1]) => {
                    at = quote + 1;
                }
                Some(quote) => match closing(bytes, quote) {
                    Some(end) => at = end,
                    None => return bytes.len(),
                },
            }
        }
    }
}

impl<'s> super::Sheet<'s> for Sheet<'s> {
    fn parts(&self) -> Box<dyn Iterator<Item = Range<usize>> + '_> {
        let part = |start| (start < self.end()).then(|| start..self.end_of_part(start, PART));
        Box::new(std::iter::successors(part(self.body), move |before| part(before.end)))
    }

    fn end(&self) -> usize {
        self.file.text.len()
    }

    fn rows<'a>(&'a self, part: Range<usize>) -> Box<dyn Rows<'s> + 'a> {
        let fields = Fields::new(self.id, self.file, part, self.separator);
        Box::new(Part { columns: &self.columns, fields, is_broken: false })
    }
}

/// The rows of one part.
struct Part<'a, 's> {
    columns: &'a Columns,
    fields: Fields<'s>,
    is_broken: bool,
}

impl<'s> Rows<'s> for Part<'_, 's> {
    fn next(&mut self, report: &mut Report) -> Option<Record<'s>> {
        loop {
            let mut values = Vec::with_capacity(self.columns.names.len());
            let Ok(row) = self.fields.row(&mut values, report)? else {
                self.is_broken = true;
                return None;
            };
            if values.iter().all(Value::is_empty) {
                continue;
            }
            if let Some(values) = self.columns.arrange(values, row, report) {
                return Some(Record { span: row, names: Arc::clone(&self.columns.names), values });
            }
        }
    }

    fn is_broken(&self) -> bool {
        self.is_broken
    }
}

/// Gives the place of each cell of a file, in order; its rows may be of any kind.
pub(super) fn cells(id: SourceId, sources: &Sources) -> Vec<Range<usize>> {
    let file = sources.file(id);
    let Some(separator) = file.separator.get() else { return Vec::new() };
    let mut fields = Fields::new(id, file, 0..file.text.len(), *separator);
    let (mut values, mut cells) = (Vec::new(), Vec::new());
    while let Some(Ok(_)) = fields.row(&mut values, &mut Report::default()) {
        cells.extend(values.iter().map(Value::span).map(Span::range));
    }
    cells
}

/// Tells what was recognised, once for the file.
fn tell(guesses: &[Guess], names: &[Text], report: &mut Report) {
    let (Some(first), Some(last)) = (names.first(), names.last()) else { return };
    if guesses.is_empty() {
        return;
    }
    let said: Vec<&str> = guesses.iter().map(|guess| guess.said.as_str()).collect();
    let keys: Vec<&str> = guesses.iter().map(|guess| guess.key.as_str()).collect();
    report.add(
        Diagnostic::note(Code::Guessed, format!("the table was read {}", said.join(", ")))
            .at(first.span.to(last.span), "these are its columns")
            .help(format!("to settle it, state it in an `[[input]]`: {}", keys.join(", "))),
    );
}

/// Tells an encoding that was guessed from few letters, with a word that shows whether it is right.
fn tell_doubtful(id: SourceId, file: &Source, report: &mut Report) {
    let (Origin::Decoded { encoding, .. }, Some(word)) = (&file.origin, file.doubtful_word()) else { return };
    let message = format!("nothing confirms that the file is `{}`", encoding.name());
    report.add(
        Diagnostic::warning(Code::Guessed, message)
            .at(Span::new(id, word), "is this the word that was meant?")
            .help("if not, save the file as UTF-8, or state in an `[[input]]` what it is: `encoding = \"macintosh\"`"),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn rows(text: &str) -> (Vec<Vec<(String, String)>>, Vec<Code>) {
        let (mut report, mut sources) = (Report::default(), Sources::default());
        let id = sources.add("a.csv", text.into(), &mut report).expect("UTF-8");
        let mut rows = Vec::new();
        let sheet = Sheet::open(id, &sources, Expected { table: Table::Calls, input: None }, &mut report);
        for record in sheet.map(|sheet| crate::read::all(&sheet, &mut report)).unwrap_or_default() {
            let cells = record.values.iter().map(|value| match value {
                Value::Text(text) => {
                    assert_eq!(sources.slice(text.span).replace('"', ""), text.as_str().replace('"', ""));
                    text.value.to_string()
                }
                _ => String::new(),
            });
            rows.push(record.names.iter().map(|name| name.value.to_string()).zip(cells).collect());
        }
        (rows, report.diagnostics().iter().map(|d| d.code).collect())
    }

    proptest::proptest! {
        /// Wherever a table is cut into parts, its rows stay the same.
        #[test]
        fn parts_hold_whole_rows(text in "[a,\"\r\n;\u{FEFF}]{0,80}", least in 1..20usize) {
            let (mut report, mut sources) = (Report::default(), Sources::default());
            let id = sources.add("a.csv", format!("a,b\n{text}").into(), &mut report).expect("UTF-8");
            let expected = Expected { table: Table::Calls, input: None };
            let sheet = Sheet::open(id, &sources, expected, &mut report).expect("a header");
            let read = |part: Range<usize>, all: &mut Vec<String>, told: &mut Report| {
                let (mut report, mut rows) = (Report::default(), crate::read::Sheet::rows(&sheet, part));
                while let Some(record) = rows.next(&mut report) {
                    all.push(format!("{:?}", record.values));
                }
                told.append(report);
                rows.is_broken()
            };
            let (mut all, mut told, mut start, mut is_broken) = (Vec::new(), Report::default(), sheet.body, false);
            while start < sheet.file.text.len() && !is_broken {
                let end = sheet.end_of_part(start, least);
                proptest::prop_assert!(end > start);
                is_broken = read(start..end, &mut all, &mut told);
                start = end;
            }
            let (mut whole, mut once) = (Vec::new(), Report::default());
            read(sheet.body..sheet.file.text.len(), &mut whole, &mut once);
            proptest::prop_assert_eq!(all, whole);
            proptest::prop_assert_eq!(format!("{:?}", told.diagnostics()), format!("{:?}", once.diagnostics()));
        }
    }

    fn cells(text: &str) -> String {
        let (rows, codes) = rows(text);
        let rows: Vec<String> = rows
            .iter()
            .map(|row| row.iter().map(|(name, cell)| format!("{name}={cell}")).collect::<Vec<_>>().join("|"))
            .collect();
        let codes: Vec<&str> = codes.iter().map(|code| code.as_str()).collect();
        format!("{}{}", rows.join("/"), if codes.is_empty() { String::new() } else { format!(" !{}", codes.join(",")) })
    }

    #[test]
    fn tables_of_all_kinds_are_read() {
        for (text, expected) in [
            ("a,b\n1,2\n", "a=1|b=2"),
            ("a,b\r\n1,2\r\n3,4", "a=1|b=2/a=3|b=4"),
            ("\u{FEFF}a;b\n1;2,5\n", "a=1|b=2,5"),
            ("a\tb\n1\t2", "a=1|b=2"),
            ("sep=;\r\na;b\r\n1;2\r\n", "a=1|b=2"),
            ("\"sep=;\"\na;b\n1;2\n", "a=1|b=2"),
            ("title\nHello; world\n", "title=Hello; world"),
            ("a,b\n\"1\n2\",\"say \"\"so\"\"\"\n", "a=1\n2|b=say \"so\""),
            ("a,b\n\n1,2\n\n,\n3,4,,\n", "a=1|b=2/a=3|b=4"),
            ("a,b\n1\n1,2,3\n", " !ragged-row,ragged-row"),
            ("a,A\n1,2\n", "a=1"),
            ("title,Title,place\n1,,x\n,2,x\n3,3,x\n", "title=1|place=x/title=2|place=x/title=3|place=x"),
            ("title,Title\n1,2\n", "title=1 !repeated-field"),
            ("a,b\n1,\"2\n", " !bad-csv"),
            ("a,b\n1,\"2\"x\n3,4\n", "a=1|b=2x/a=3|b=4 !bad-csv"),
            ("", " !bad-csv"),
            (",\n1,2\n3,4", "1=3|2=4"),
            ("a\nä\n\"ö\"\n", "a=ä/a=ö"),
        ] {
            assert_eq!(cells(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_cell_without_end_is_told_and_not_kept() {
        let text = format!("a,b\n1,\"{}\n", "x".repeat(crate::read::LONGEST_CELL * 3));
        assert_eq!(rows(&text).1, [Code::TooLarge]);
    }
}
