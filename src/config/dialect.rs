//! `[[input]]`: how a table is written, where nobody is to guess it.

use super::Section;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::model::cell::{Cells, shorten};
use crate::source::{Encoding, Form, Spanned, Text};

/// What is stated of a file of rows; the rest is recognised.
#[derive(Debug, Default)]
pub struct Dialect {
    /// The encoding of its letters.
    pub encoding: Option<Spanned<Encoding>>,
    /// The byte between two cells.
    pub separator: Option<Spanned<u8>>,
    /// The number of the row that names the columns, from 1: the line of a text, the row of a sheet.
    pub header: Option<Spanned<usize>>,
    /// The sheet of a workbook.
    pub sheet: Option<Text>,
    /// The decimal sign of its amounts.
    pub decimal: Option<Spanned<char>>,
}

const SEPARATORS: &[(&str, u8)] =
    &[(",", b','), (";", b';'), ("tab", b'\t'), ("|", b'|'), ("comma", b','), ("semicolon", b';'), ("pipe", b'|')];

impl Dialect {
    pub(super) fn decode(section: &mut Section<'_>, cells: &mut Cells<'_>) -> Dialect {
        let encoding = section.line("encoding", cells).and_then(|text| {
            let encoding = Encoding::from_label(text.as_str());
            if encoding.is_none() {
                cells.report.add(
                    Diagnostic::error(Code::BadValue, format!("there is no encoding `{}`", shorten(text.as_str())))
                        .at(text.span, "")
                        .help(
                            "it is one of the Encoding Standard: `windows-1252`, `utf-16le`, `iso-8859-2`, `big5`, …",
                        ),
                );
            }
            encoding.map(|encoding| text.with(encoding))
        });
        let separator = section.take("separator").and_then(|value| match value {
            crate::record::Value::Text(text) if text.as_str() == "\t" => Some(text.with(b'\t')),
            value => cells.word(value, "separator", SEPARATORS),
        });
        let header = section.take("header").and_then(|value| cells.number(value, "header")).and_then(|number| {
            let row = usize::try_from(number.value).ok().filter(|row| *row > 0);
            if row.is_none() {
                cells.report.add(
                    Diagnostic::error(Code::BadValue, "`header` is not the number of a row")
                        .at(number.span, "")
                        .help("count from 1, as a spreadsheet does: `header = 4`"),
                );
            }
            row.map(|row| number.with(row))
        });
        let sheet = section.line("sheet", cells);
        let decimal = section.take("decimal").and_then(|value| cells.word(value, "decimal", &[(",", ','), (".", '.')]));
        Dialect { encoding, separator, header, sheet, decimal }
    }

    /// Tells what is stated of a form that the file does not have: a workbook has no encoding, a text no sheets, a tree
    /// no header.
    pub fn tell_unfit(&self, written: Written, report: &mut Report) {
        let encoding = self.encoding.map(|it| ("encoding", it.span));
        let separator = self.separator.map(|it| ("separator", it.span));
        let header = self.header.map(|it| ("header", it.span));
        let sheet = self.sheet.as_ref().map(|it| ("sheet", it.span));
        let (unfit, form) = match written {
            Written::Workbook => ([encoding, separator, None], "a workbook"),
            Written::Rows => ([sheet, None, None], "a text"),
            Written::Tree(name) => ([sheet, separator, header], name),
        };
        for (key, span) in unfit.into_iter().flatten() {
            report.add(
                Diagnostic::error(Code::BadValue, format!("`{key}` says nothing of {form}, which this input reads"))
                    .at(span, "")
                    .help("delete the line"),
            );
        }
    }
}

/// What a file is, as far as something can be stated of how it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// Sheets of cells.
    Workbook,
    /// A text of rows and cells.
    Rows,
    /// A text that names each value: `JSON`, `XML` and so on.
    Tree(&'static str),
}

impl Written {
    /// Gives what a text of this form is.
    pub fn of(form: Form) -> Written {
        match form {
            Form::Csv => Written::Rows,
            Form::Json => Written::Tree("JSON"),
            Form::Toml => Written::Tree("TOML"),
            Form::Xml => Written::Tree("XML"),
            Form::Calendar => Written::Tree("a calendar"),
            Form::Page => Written::Tree("a web page"),
        }
    }
}
