//! CSV (RFC 4180) to records, each value with its very bytes.
//!
//! The automaton is `csv-core`'s. It tells how long each value of a row is and how many bytes the row took; from these
//! each value is found again in the file. A large file falls into parts at line ends outside quotes. Comma, semicolon and tab are recognised, a byte order mark and Excel's
//! `sep=;` line are skipped.

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::read::Rows;
use crate::record::{Record, Value, fold};
use crate::source::{SourceId, Span, Str, Text};

use fields::{Fields, closing};

mod fields;

/// How long a part of a file is, in bytes; one row may make it longer. Its values fit into a processor's cache.
const PART: usize = 1 << 18;

/// A table: its header, and where its rows start.
#[derive(Debug)]
pub struct Sheet<'s> {
    id: SourceId,
    text: &'s str,
    delimiter: u8,
    names: Arc<[Text]>,
    body: usize,
}

impl<'s> Sheet<'s> {
    /// Reads the header. `None`: no row can be read, and that has been told.
    pub fn open(id: SourceId, text: &'s str, report: &mut Report) -> Option<Sheet<'s>> {
        let (delimiter, start) = delimiter(text);
        let mut fields = Fields::new(id, text, start, delimiter);
        let names = header(&mut fields, report)?;
        Some(Sheet { id, text, delimiter, names, body: fields.at })
    }

    /// Finds where the part from `start` ends: after the first line end outside quotes that follows `least` bytes.
    fn end_of_part(&self, start: usize, least: usize) -> usize {
        let bytes = self.text.as_bytes();
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
                Some(quote) if quote > start && ![self.delimiter, b'\n', b'\r'].contains(&bytes[quote - 1]) => {
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
    fn parts(&self) -> Vec<Range<usize>> {
        let mut parts = Vec::new();
        let mut start = self.body;
        while start < self.text.len() {
            let end = self.end_of_part(start, PART);
            parts.push(start..end);
            start = end;
        }
        parts
    }

    fn rows<'a>(&'a self, part: Range<usize>) -> Box<dyn Rows<'s> + 'a> {
        let fields = Fields::new(self.id, &self.text[..part.end], part.start, self.delimiter);
        Box::new(Part { names: &self.names, fields, is_broken: false })
    }
}

/// The rows of one part.
struct Part<'a, 's> {
    names: &'a Arc<[Text]>,
    fields: Fields<'s>,
    is_broken: bool,
}

impl<'s> Rows<'s> for Part<'_, 's> {
    fn next(&mut self, report: &mut Report) -> Option<Record<'s>> {
        loop {
            let mut values = Vec::with_capacity(self.names.len());
            let Ok(row) = self.fields.row(&mut values, report)? else {
                self.is_broken = true;
                return None;
            };
            if values.iter().all(Value::is_empty) {
                continue;
            }
            if values.len() != self.names.len() {
                report.add(ragged(self.names.len(), &values, row));
                continue;
            }
            return Some(Record { span: row, names: Arc::clone(self.names), values });
        }
    }

    fn is_broken(&self) -> bool {
        self.is_broken
    }
}

fn ragged(expected: usize, values: &[Value<'_>], row: Span) -> Diagnostic {
    let found = values.len();
    let (place, label) = match values.get(expected) {
        Some(first) => (first.span().to(row), "more cells than the header has"),
        None => (row, "fewer cells than the header has"),
    };
    Diagnostic::error(Code::RaggedRow, format!("the row has {found} cells, the header has {expected}"))
        .at(place, label)
        .help("put a text with a separator or a line break in quotes: `\"Rust, a first look\"`")
}

fn header(fields: &mut Fields<'_>, report: &mut Report) -> Option<Arc<[Text]>> {
    let mut cells = Vec::new();
    let row = match fields.row(&mut cells, report) {
        None => {
            report.add(
                Diagnostic::error(Code::BadCsv, "the file is empty")
                    .at(Span::new(fields.id, 0..0), "a header row is missing")
                    .help("name the columns in the first row; `bulletin schema` lists the fields"),
            );
            return None;
        }
        Some(row) => row.ok()?,
    };
    let mut names: Vec<Text> = Vec::with_capacity(cells.len());
    let mut known: FxHashMap<String, Span> = FxHashMap::default();
    let mut sound = true;
    for cell in cells {
        let name = match cell {
            Value::Text(text) => Text::new(text.as_str().into(), text.span),
            other => Text::new(Str::new(), other.span()),
        };
        let folded = fold(name.as_str());
        if let Some(first) = known.get(&folded) {
            sound = false;
            report.add(
                Diagnostic::error(Code::RepeatedField, format!("the header names `{folded}` twice"))
                    .at(name.span, "again here")
                    .at(*first, "first here")
                    .help("rename or delete one of the two columns"),
            );
        } else if !folded.is_empty() {
            known.insert(folded, name.span);
        }
        names.push(name);
    }
    if names.iter().all(|name| name.as_str().trim().is_empty()) {
        sound = false;
        report.add(
            Diagnostic::error(Code::BadCsv, "the first row names no column")
                .at(row, "")
                .help("name the columns in the first row; `bulletin schema` lists the fields"),
        );
    }
    sound.then(|| names.into())
}

/// Finds the separator, and where the table starts after a byte order mark and a `sep=` line.
fn delimiter(text: &str) -> (u8, usize) {
    let start = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let rest = &text[start..];
    let end = rest.find('\n').map_or(rest.len(), |at| at + 1);
    let line = rest[..end].trim_end().trim_matches('"');
    if let Some((_, sign)) = line.split_at_checked(4).filter(|(word, _)| word.eq_ignore_ascii_case("sep="))
        && let [sign @ (b',' | b';' | b'\t' | b'|')] = sign.as_bytes()
    {
        return (*sign, start + end);
    }
    // The header row decides: what stands in the rows below may hold any sign.
    let rest = rest.trim_start_matches(['\r', '\n']);
    let (mut counts, mut quoted) = ([0usize; 3], false);
    const SIGNS: [u8; 3] = [b',', b';', b'\t'];
    for byte in rest.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if !quoted => {
                if let Some(at) = SIGNS.iter().position(|sign| *sign == byte) {
                    counts[at] += 1;
                }
            }
            _ => {}
        }
    }
    let best = (0..3).rev().max_by_key(|&at| counts[at]).unwrap_or(0);
    (SIGNS[best], start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn rows(text: &str) -> (Vec<Vec<(String, String)>>, Vec<Code>) {
        let (mut report, mut sources) = (Report::default(), Sources::default());
        let id = sources.add("a.csv", text.into(), &mut report).expect("UTF-8");
        let mut rows = Vec::new();
        let sheet = Sheet::open(id, &sources.file(id).text, &mut report);
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
            let sheet = Sheet::open(id, &sources.file(id).text, &mut report).expect("a header");
            let read = |part: Range<usize>| {
                let (mut report, mut rows, mut read) = (Report::default(), crate::read::Sheet::rows(&sheet, part), Vec::new());
                while let Some(record) = rows.next(&mut report) {
                    read.push(format!("{:?}", record.values));
                }
                read.extend(report.diagnostics().iter().map(|diagnostic| format!("{diagnostic:?}")));
                (read, rows.is_broken())
            };
            let mut start = sheet.body;
            let (mut all, mut is_broken) = (Vec::new(), false);
            while start < sheet.text.len() && !is_broken {
                let end = sheet.end_of_part(start, least);
                proptest::prop_assert!(end > start);
                let (read, broken) = read(start..end);
                all.extend(read);
                (start, is_broken) = (end, broken);
            }
            let (mut whole, _) = read(sheet.body..sheet.text.len());
            all.sort();
            whole.sort();
            proptest::prop_assert_eq!(all, whole);
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
            ("a,b\n\n1,2\n\n,\n3,4,,\n", "a=1|b=2 !ragged-row"),
            ("a,b\n1\n1,2,3\n", " !ragged-row,ragged-row"),
            ("a,A\n1,2\n", " !repeated-field"),
            ("a,b\n1,\"2\n", " !bad-csv"),
            ("a,b\n1,\"2\"x\n3,4\n", "a=1|b=2x/a=3|b=4 !bad-csv"),
            ("", " !bad-csv"),
            (",\n1,2", " !bad-csv"),
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
