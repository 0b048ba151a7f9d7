//! The way back: new text into the file that says the old one, in the file's own form.

use std::collections::BTreeMap;

use crate::diagnostic::{Edit, Report};
use crate::read::csv;
use crate::source::{Form, Source, SourceId, Sources, Span};

/// Turns the ready cures of all findings into the very bytes that the files must hold: a cell of CSV stays quoted as it
/// must be, text in JSON and TOML is escaped. A cure that cannot be written so is taken back.
pub fn write_out(sources: &Sources, report: &mut Report) {
    let mut edits: Vec<&mut Edit> = report.diagnostics_mut().iter_mut().flat_map(|d| &mut d.fix).collect();
    edits.sort_by_key(|edit| edit.span);
    let mut lost = Vec::new();
    for group in edits.chunk_by_mut(|one, next| one.span.source == next.span.source) {
        let id = group[0].span.source;
        match sources.form(id) {
            // What was made of other bytes is not written back; the cure is shown.
            _ if !sources.file(id).is_verbatim() => lost.extend(group.iter().map(|edit| edit.span)),
            Form::Csv => cells(id, sources, group, &mut lost),
            Form::Json => group.iter_mut().for_each(|edit| edit.text = escaped(&edit.text)),
            // These come from elsewhere: what is mended here would be lost when they come again.
            Form::Xml | Form::Calendar | Form::Page => lost.extend(group.iter().map(|edit| edit.span)),
            // What TOML escapes depends on the quotes around it, so such signs are not written.
            Form::Toml => {
                let plain = |text: &str| !text.contains(|c: char| matches!(c, '"' | '\\' | '\'') || c.is_control());
                lost.extend(group.iter().filter(|edit| !plain(&edit.text)).map(|edit| edit.span));
            }
        }
    }
    for diagnostic in report.diagnostics_mut() {
        if diagnostic.fix.iter().any(|edit| lost.contains(&edit.span)) {
            diagnostic.fix.clear();
        }
    }
}

fn escaped(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}

/// Writes edits, in order, into the cells that they are in.
fn cells(id: SourceId, sources: &Sources, edits: &mut [&mut Edit], lost: &mut Vec<Span>) {
    let text = sources.file(id).text.as_str();
    let cells = csv::cells(id, sources);
    for edit in edits {
        let range = edit.span.range();
        let after = cells.partition_point(|cell| cell.start <= range.start);
        let cell = after.checked_sub(1).map(|at| cells[at].clone()).filter(|cell| range.end <= cell.end);
        let Some(cell) = cell else {
            lost.push(edit.span);
            continue;
        };
        let is_quoted = text[..cell.start].ends_with('"') && text[cell.end..].starts_with('"');
        if is_quoted {
            edit.text = edit.text.replace('"', "\"\"");
        } else if edit.text.contains(['"', ',', ';', '\t', '|', '\n', '\r']) {
            let (head, tail) = (&text[cell.start..range.start], &text[range.end..cell.end]);
            edit.text = format!("\"{}\"", [head, &edit.text, tail].concat().replace('"', "\"\""));
            edit.span = Span::new(id, cell);
        }
    }
}

/// A file as it was read, and as it is to be.
#[derive(Debug)]
pub struct Mended<'s> {
    /// The file.
    pub source: &'s Source,
    /// All its text, mended.
    pub text: String,
    /// How many findings were cured in it.
    pub cured: usize,
}

/// Applies the ready cures of all findings. Where two want the same bytes, the first one is applied: the other one is
/// found again in what comes of it, or is gone.
pub fn mend<'s>(sources: &'s Sources, report: &Report) -> Vec<Mended<'s>> {
    let mut taken: Vec<(Span, &Edit)> = Vec::new();
    let mut cured: Vec<SourceId> = Vec::new();
    // A file that two inputs read is mended once.
    let mut firsts = BTreeMap::<SourceId, SourceId>::new();
    let mut place = |edit: &Edit| {
        let read = edit.span.source;
        Span { source: *firsts.entry(read).or_insert_with(|| sources.first(read)), ..edit.span }
    };
    // Findings come in the order of their places, but their edits may lie anywhere.
    let mut known = BTreeMap::<(SourceId, u32), u32>::new();
    for diagnostic in report.diagnostics().iter().filter(|d| !d.fix.is_empty()) {
        let edits: Vec<(Span, &Edit)> = diagnostic.fix.iter().map(|edit| (place(edit), edit)).collect();
        let overlaps = |(Span { source, start, end }, _): &(Span, &Edit)| {
            let before = known.range(..(*source, (*end).max(start + 1))).next_back();
            before.is_some_and(|((other, from), to)| other == source && (to > start || from == start))
        };
        if edits.iter().any(overlaps) {
            continue;
        }
        known.extend(edits.iter().map(|(span, _)| ((span.source, span.start), span.end)));
        cured.push(edits[0].0.source);
        taken.extend(edits);
    }
    taken.sort_by_key(|(span, _)| *span);
    // Where both readings of a file say the same of it, one finding may hold the same edit twice.
    taken.dedup_by_key(|(span, _)| *span);
    let files = taken.chunk_by(|(one, _), (next, _)| one.source == next.source);
    files
        .map(|edits| {
            let id = edits[0].0.source;
            let source = sources.file(id);
            let (mut text, mut at) = (String::with_capacity(source.text.len()), 0);
            for (span, edit) in edits {
                let range = span.range();
                text.push_str(&source.text[at..range.start]);
                text.push_str(&edit.text);
                at = range.end;
            }
            text.push_str(&source.text[at..]);
            Mended { source, text, cured: cured.iter().filter(|file| **file == id).count() }
        })
        .collect()
}
