//! Findings as text: drawn with their lines, one line each, or as JSON.

use std::borrow::Cow;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use bulletin::diagnostic::{Diagnostic, Edit, Label, Report, Severity};
use bulletin::error::Error;
use bulletin::model::Counts;
use bulletin::pipeline::Checked;
use bulletin::source::{Source, SourceId, Sources, Span};
use serde_json::{Value, json};

use super::terminal::Terminal;
use super::{MessageFormat, sarif};

/// A line that is longer than this, in bytes, is not drawn; its place is named.
const LONGEST_LINE: usize = 2000;

/// The most findings that are drawn one by one.
const MOST: usize = 200;

/// Tells all findings and how many they are. `is_result`: they are what was asked for, so that the forms for programs
/// go to stdout.
pub fn tell(checked: &Checked, format: MessageFormat, is_result: bool, terminal: &Terminal) -> Result<(), Error> {
    let (report, sources) = (&checked.report, &checked.sources);
    let machine = match format {
        MessageFormat::Human => {
            human(report, sources, terminal);
            None
        }
        MessageFormat::Short => {
            let lines: String = report.diagnostics().iter().map(|d| short(d, sources)).collect();
            terminal.tell(&lines);
            None
        }
        MessageFormat::Json => Some(json(checked)),
        MessageFormat::Sarif => Some(sarif::log(report, sources)),
    };
    match machine {
        Some(document) => {
            let text = format!("{document:#}\n");
            if is_result {
                return terminal.result(&text);
            }
            terminal.tell(&text);
        }
        None => terminal.tell(&count(report, is_result)),
    }
    Ok(())
}

fn human(report: &Report, sources: &Sources, terminal: &Terminal) {
    let renderer = Renderer::styled();
    for diagnostic in report.diagnostics().iter().take(MOST) {
        terminal.tell(&format!("{}\n\n", draw(diagnostic, sources, &renderer)));
    }
    let more = report.diagnostics().len().saturating_sub(MOST);
    if more > 0 {
        terminal.tell(&format!("and {more} more; `--message-format short` lists them all\n\n"));
    }
}

/// Gives the last line: `2 errors, 1 warning`; nothing where there is no finding. With `cures` it says how many of them
/// can be cured.
fn count(report: &Report, cures: bool) -> String {
    let kinds = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "note")];
    let counts: Vec<String> = kinds
        .into_iter()
        .map(|(severity, word)| (report.count(severity), word))
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}{}", if count == 1 { "" } else { "s" }))
        .collect();
    let ready = report.diagnostics().iter().filter(|diagnostic| !diagnostic.fix.is_empty()).count();
    let cures = if cures && ready > 0 { format!("; `check --fix` cures {ready}") } else { String::new() };
    if counts.is_empty() { String::new() } else { format!("{}{cures}\n", counts.join(", ")) }
}

fn draw(diagnostic: &Diagnostic, sources: &Sources, renderer: &Renderer) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group = level
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.code.as_str())
        .elements(Vec::<Snippet<'_, Annotation<'_>>>::new());
    for (id, labels) in by_file(&diagnostic.labels) {
        let file = sources.file(id);
        if file.grid().is_some() {
            for (at, label) in labels {
                group = cell(group, at == 0, label, sources);
            }
            continue;
        }
        match excerpt(file, &labels) {
            Some((start, text)) => {
                let (first, _) = file.line(start);
                // The `\r` of a line end is not drawn; what stands after it moves to the left.
                let place = |offset: usize| {
                    let inside = offset.clamp(start, start + text.len()) - start;
                    inside - text.as_bytes()[..inside].iter().filter(|&&b| b == b'\r').count()
                };
                let annotations = labels.iter().map(|(at, label)| {
                    let range = label.span.range();
                    let kind = if *at == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
                    let text = (!label.text.is_empty()).then_some(label.text.as_str());
                    kind.span(place(range.start)..place(range.end)).label(text)
                });
                let drawn = if text.contains('\r') { text.replace('\r', "").into() } else { Cow::Borrowed(text) };
                let snippet =
                    Snippet::source(drawn).line_start(first).path(file.name.as_str()).annotations(annotations);
                group = group.element(snippet);
            }
            None => {
                for (_, label) in labels {
                    let (line, column) = sources.position(label.span);
                    group = group.element(Origin::path(file.name.as_str()).line(line).char_column(column));
                    if !label.text.is_empty() {
                        group = group.element(Level::NOTE.message(label.text.as_str()));
                    }
                }
            }
        }
    }
    for help in &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    without_lines(renderer.render(&[group]), diagnostic, sources)
}

/// Draws the row of a sheet in which a cell stands, under the name of the cell.
fn cell<'a>(group: Group<'a>, is_first: bool, label: &'a Label, sources: &'a Sources) -> Group<'a> {
    let file = sources.file(label.span.source);
    let path = sources.place(label.span).to_string();
    let text = (!label.text.is_empty()).then_some(label.text.as_str());
    let (number, row) = file.grid().map(|grid| grid.row(label.span.start as usize, &file.text)).unwrap_or_default();
    let drawn = file.text[row.clone()].trim_end_matches('\n');
    if drawn.is_empty() || drawn.len() > LONGEST_LINE {
        let group = group.element(Origin::path(path));
        return match text {
            Some(text) => group.element(Level::NOTE.message(text)),
            None => group,
        };
    }
    // A line break inside a cell takes as many bytes as a space, and keeps the row in one line.
    let place = |offset: usize| offset.clamp(row.start, row.start + drawn.len()) - row.start;
    let range = label.span.range();
    let kind = if is_first { AnnotationKind::Primary } else { AnnotationKind::Context };
    let annotation = kind.span(place(range.start)..place(range.end)).label(text);
    group.element(Snippet::source(drawn.replace('\n', " ")).line_start(number).path(path).annotation(annotation))
}

/// Takes the line and column out that are drawn after the name of a cell.
fn without_lines(mut drawn: String, diagnostic: &Diagnostic, sources: &Sources) -> String {
    for place in diagnostic.labels.iter().map(|label| sources.place(label.span)).filter(|place| place.sheet.is_some()) {
        let name = place.to_string();
        if let Some(start) = drawn.find(&format!("{name}:{}:", place.line)).map(|at| at + name.len()) {
            let rest = drawn[start..].trim_start_matches(|c: char| c == ':' || c.is_ascii_digit());
            drawn.replace_range(start..drawn.len() - rest.len(), "");
        }
    }
    drawn
}

/// Groups labels by file; the one of the first label comes first.
fn by_file(labels: &[Label]) -> Vec<(SourceId, Vec<(usize, &Label)>)> {
    let mut files: Vec<(SourceId, Vec<(usize, &Label)>)> = Vec::new();
    for (at, label) in labels.iter().enumerate() {
        match files.iter_mut().find(|(id, _)| *id == label.span.source) {
            Some((_, labels)) => labels.push((at, label)),
            None => files.push((label.span.source, vec![(at, label)])),
        }
    }
    files
}

/// Gives the lines from the first label to the last, and where they start; `None` where they are too long to be drawn.
fn excerpt<'s>(file: &'s Source, labels: &[(usize, &Label)]) -> Option<(usize, &'s str)> {
    let text = file.text.as_str();
    if text.is_empty() {
        return None; // nothing to draw: an empty file, or one that was not opened
    }
    let spans = labels.iter().map(|(_, label)| label.span.range());
    let from = spans.clone().map(|range| range.start).min()?.min(text.len());
    let to = spans.map(|range| range.end).max()?.clamp(from, text.len());
    let start = text[..from].rfind('\n').map_or(0, |at| at + 1);
    let start = if start == 0 && text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { start };
    let end = text[to..].find('\n').map_or(text.len(), |at| to + at);
    let lines = text.get(start..end.max(start))?;
    // Two places far apart are drawn with what lies between folded; a giant line is not drawn at all.
    let long = lines.len() > LONGEST_LINE && lines.lines().any(|line| line.len() > LONGEST_LINE);
    (!long && lines.len() < 4_000_000).then_some((start, lines))
}

fn short(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let place = diagnostic.labels.first().map_or(String::new(), |label| format!("{}: ", sources.place(label.span)));
    let why = diagnostic.labels.first().filter(|label| !label.text.is_empty());
    let why = why.map_or(String::new(), |label| format!(" ({})", label.text));
    let Diagnostic { severity, code, message, .. } = diagnostic;
    format!("{place}{}[{code}]: {message}{why}\n", severity.as_str())
}

fn json(checked: &Checked) -> Value {
    let (report, sources) = (&checked.report, &checked.sources);
    let Counts { sessions, calls, news, people } = checked.counts;
    let place = |span: Span, text: &str| {
        let place = sources.place(span);
        let mut told = json!({ "file": place.file, "line": place.line, "column": place.column });
        if let (Some(sheet), Some(cell)) = (place.sheet, place.cell()) {
            told["sheet"] = sheet.into();
            told["cell"] = cell.into();
        }
        // Of a text that was made of other bytes, offsets lead nowhere.
        if sources.file(span.source).is_verbatim() {
            told["start"] = span.start.into();
            told["end"] = span.end.into();
        }
        told["text"] = text.into();
        told
    };
    let edit = |edit: &Edit| place(edit.span, &edit.text);
    let label = |label: &Label| place(label.span, &label.text);
    let findings: Vec<Value> = report
        .diagnostics()
        .iter()
        .map(|d| {
            let records: Vec<&str> = d.records.iter().map(|record| record.as_str()).collect();
            json!({
                "code": d.code.as_str(), "level": d.severity.as_str(), "message": d.message,
                "records": records, "places": d.labels.iter().map(label).collect::<Vec<_>>(), "help": d.help,
                "fix": d.fix.iter().map(edit).collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({
        "version": 1,
        "rows": checked.rows,
        "records": { "sessions": sessions, "calls": calls, "news": news, "people": people },
        "findings": findings,
        "errors": report.count(Severity::Error),
        "warnings": report.count(Severity::Warning),
        "notes": report.count(Severity::Note),
    })
}
