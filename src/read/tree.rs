//! Rows of a file that was read whole: what an XML file, a calendar or a page of HTML holds, and JSON whose rows need
//! what stands around them.

use std::ops::Range;

use super::Rows;
use crate::config::Input;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::model::table::Table;
use crate::record::{self, Record, Value, fold, steps};

/// Objects and lists inside each other, at most.
pub const DEEPEST: usize = 64;

/// A tree and the rows that were found in it.
#[derive(Debug)]
pub struct Sheet<'s> {
    tree: Value<'s>,
    rows: Vec<Record<'s>>,
}

impl<'s> Sheet<'s> {
    /// Finds the rows in a tree: where `at` of the input leads, else under the table's name. `None`: there are none, and
    /// that has been told.
    pub fn open(tree: Value<'s>, table: Table, input: Option<&Input>, report: &mut Report) -> Option<Sheet<'s>> {
        let wanted = input.map(Input::around).unwrap_or_default();
        let at = input.and_then(|input| input.at.as_ref());
        let found = match at {
            Some(at) => record::Rows::find(&tree, &steps(at.as_str()), &wanted),
            None => record::Rows::find(named(&tree, table), &[], &wanted),
        };
        for other in &found.others {
            report.add(
                Diagnostic::error(Code::BadValue, "a row is no object")
                    .at(other.span(), "")
                    .help("let `at` lead to objects or elements, as in `/schedule/day/room/event`"),
            );
        }
        let rows = found.records;
        if let (Some(at), true) = (at, rows.is_empty())
            && !steps(at.as_str()).iter().any(|step| step == "**")
            && !is_there(&tree, &steps(at.as_str()))
        {
            report.add(
                Diagnostic::error(Code::BadValue, "`at` leads nowhere")
                    .at(at.span, "")
                    .at(tree.span(), "in this file")
                    .help("`at` is a pointer to the rows, as in `/schedule/day/room/event`"),
            );
            return None;
        }
        Some(Sheet { tree, rows })
    }
}

/// Gives what stands under the table's name, without an element around its rows.
fn named<'r, 's>(tree: &'r Value<'s>, table: Table) -> &'r Value<'s> {
    let Value::Record(record) = tree else { return tree };
    let under = record.fields().find(|(name, _)| fold(name.as_str()) == table.name()).map(|(_, value)| value);
    let Some(under) = under else { return tree };
    let Value::Record(record) = under else { return under };
    let mut elements = record.fields().filter(|(name, _)| !name.as_str().starts_with('@'));
    match (elements.next(), elements.next()) {
        (Some((_, rows @ (Value::Record(_) | Value::List(..)))), None) => rows,
        _ => under,
    }
}

/// Says whether a pointer leads anywhere: a list may be empty, and so may what holds it be.
fn is_there(tree: &Value<'_>, steps: &[String]) -> bool {
    match (steps.split_first(), tree) {
        (None, _) => true,
        (Some(_), Value::Empty(_)) => true,
        (Some((step, rest)), Value::Record(record)) => {
            let mut below = record.fields().filter(|(name, _)| step == "*" || name.as_str() == step);
            below.any(|(_, value)| is_there(value, rest)) || step == "*" && record.values.is_empty()
        }
        (Some((step, rest)), Value::List(values, _)) => {
            let rest = if step == "*" { rest } else { steps };
            values.is_empty() || values.iter().any(|value| is_there(value, rest))
        }
        (Some(_), Value::Text(_) | Value::Link(_)) => false,
    }
}

impl<'s> super::Sheet<'s> for Sheet<'s> {
    fn parts(&self) -> Box<dyn Iterator<Item = Range<usize>> + '_> {
        Box::new(super::parts_of(self.rows.len()))
    }

    fn end(&self) -> usize {
        self.rows.len()
    }

    fn rows<'a>(&'a self, part: Range<usize>) -> Box<dyn Rows<'s> + 'a> {
        Box::new(Part(self.rows[part].iter()))
    }

    fn tree(&self) -> Option<&Value<'s>> {
        Some(&self.tree)
    }
}

/// The rows of one part.
struct Part<'a, 's>(std::slice::Iter<'a, Record<'s>>);

impl<'s> Rows<'s> for Part<'_, 's> {
    fn next(&mut self, _: &mut Report) -> Option<Record<'s>> {
        self.0.next().cloned()
    }
}
