//! The list of facts for who signs them off: what each is, where it comes from, and where it stands.

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::fact::{Fact, Says};
use crate::source::{Sources, Span};

/// The facts that were found so far.
#[derive(Debug, Default)]
pub struct Ledger {
    entries: Vec<Entry>,
    places: FxHashMap<(String, &'static str, Span), usize>,
}

#[derive(Debug)]
struct Entry {
    item: String,
    field: &'static str,
    says: String,
    span: Span,
    found: Vec<Found>,
}

/// A file, and the page of it.
#[derive(Debug, Serialize, PartialEq)]
struct Found {
    file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<usize>,
}

/// An entry as it is written.
#[derive(Serialize)]
struct Line<'a> {
    item: &'a str,
    field: &'static str,
    says: &'a str,
    source: Place<'a>,
    found: &'a [Found],
}

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<String>,
    line: usize,
    column: usize,
}

impl Ledger {
    /// Notes that a fact stands in a file. Prose is no fact that one could sign off.
    pub fn enter(&mut self, item: &str, fact: &Fact<'_>, file: &str, page: Option<usize>) {
        if matches!(fact.says, Says::Prose(_)) {
            return;
        }
        let known = &mut self.entry(item.to_owned(), fact.field, fact.span, || fact.words()).found;
        let found = Found { file: file.to_owned(), page };
        if !known.contains(&found) {
            known.push(found);
        }
    }

    /// Gives the entry of a fact, a new one where there is none.
    fn entry(&mut self, item: String, field: &'static str, span: Span, says: impl FnOnce() -> String) -> &mut Entry {
        let next = self.entries.len();
        let at = *self.places.entry((item.clone(), field, span)).or_insert(next);
        if at == next {
            self.entries.push(Entry { item, field, says: says(), span, found: Vec::new() });
        }
        &mut self.entries[at]
    }

    /// Takes what another list has, behind its own.
    pub fn append(&mut self, other: Ledger) {
        for Entry { item, field, says, span, found } in other.entries {
            let known = &mut self.entry(item, field, span, || says).found;
            let new: Vec<Found> = found.into_iter().filter(|found| !known.contains(found)).collect();
            known.extend(new);
        }
    }

    /// Says whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Gives the list as JSON, one fact a line.
    pub fn json(&self, sources: &Sources) -> Vec<u8> {
        let lines = self.entries.iter().map(|entry| {
            let place = sources.place(entry.span);
            let (file, sheet, cell) = (place.file, place.sheet, place.cell());
            let source = Place { file, sheet, cell, line: place.line, column: place.column };
            let Entry { item, field, says, found, .. } = entry;
            let line = Line { item, field, says, source, found };
            serde_json::to_string(&line).expect("texts and numbers")
        });
        let lines: Vec<String> = lines.collect();
        format!("[\n{}\n]\n", lines.join(",\n")).into_bytes()
    }
}
