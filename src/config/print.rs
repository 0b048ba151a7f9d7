//! `[handout]`: what is printed on paper, and how.

use crate::artifact::Kind;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Print;
use crate::model::cell::{Cells, YES};
use crate::model::print::{Codes, Orientation, Paper, Part};
use crate::record::Record;

use super::Section;
use super::section::words_in;

/// What `also` takes.
const ALSO: [(&str, Kind); 2] = [("speakers", Kind::Speakers), ("signs", Kind::Signs)];

/// Decodes the section. That it stands there asks for the handout; `also` asks for more, which is put into `kinds`.
pub(super) fn decode(record: &Record<'_>, kinds: &mut Vec<Kind>, cells: &mut Cells<'_>) -> Print {
    let mut section = Section::new(record, "handout");
    kinds.push(Kind::Handout);
    kinds.extend(section.words("also", &ALSO, cells).unwrap_or_default());
    let mut whether = |key: &'static str| section.word(key, YES, cells);
    let [greyscale, large_print, duplex, notes] =
        ["greyscale", "large-print", "duplex", "notes"].map(|key| whether(key).unwrap_or_default());
    let brief = whether("descriptions") == Some(false);
    let print = Print {
        paper: section.word("paper", &Paper::ALL, cells).unwrap_or_default(),
        orientation: section.word("orientation", &Orientation::ALL, cells).unwrap_or_default(),
        content: content(&mut section, cells),
        columns: columns(&mut section, cells),
        greyscale,
        large_print,
        duplex,
        lang: section.lang(cells),
        brief,
        notes,
        codes: section.word("qr", &Codes::ALL, cells).unwrap_or_default(),
    };
    section.finish(cells);
    print
}

/// Gives the parts that go in. None at all would be a title with nothing below it.
fn content(section: &mut Section<'_>, cells: &mut Cells<'_>) -> Option<Vec<Part>> {
    let value = section.take("content")?;
    if value.is_empty() {
        let parts: Vec<String> = Part::ALL.iter().map(|(name, _)| format!("`{name}`")).collect();
        cells.report.add(
            Diagnostic::error(Code::BadValue, "`content` names no part of the handout")
                .at(value.span(), "")
                .help(format!("name some of {}, or leave `content` out", parts.join(", "))),
        );
        return None;
    }
    Some(words_in(value, "content", &Part::ALL, cells))
}

fn columns(section: &mut Section<'_>, cells: &mut Cells<'_>) -> Option<i64> {
    let number = section.take("columns").and_then(|value| cells.number(value, "columns"))?;
    let fits = (1..=Print::COLUMNS).contains(&number.value);
    if !fits {
        cells.report.add(
            Diagnostic::error(Code::BadValue, format!("`columns` cannot be {}", number.value))
                .at(number.span, "")
                .help(format!("write a number from 1 to {}", Print::COLUMNS)),
        );
    }
    fits.then_some(number.value)
}
