//! Findings as SARIF 2.1.0 (OASIS), which code hosts show beside the lines.

use bulletin::diagnostic::{Code, Edit, Report, Severity};
use bulletin::source::{Sources, Span};
use serde_json::{Value, json};

/// Gives the whole log.
pub fn log(report: &Report, sources: &Sources) -> Value {
    let rules: Vec<Value> = Code::ALL
        .iter()
        .map(|code| {
            json!({
                "id": code.as_str(),
                "shortDescription": { "text": code.summary() },
                "fullDescription": { "text": code.explanation() },
            })
        })
        .collect();
    let results: Vec<Value> = report
        .diagnostics()
        .iter()
        .map(|diagnostic| {
            let level = match diagnostic.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "note",
            };
            let mut text = diagnostic.message.clone();
            for help in &diagnostic.help {
                text.push_str("; ");
                text.push_str(help);
            }
            let places: Vec<Value> = diagnostic
                .labels
                .iter()
                .map(|label| {
                    let mut location = location(label.span, sources);
                    location["message"] = json!({ "text": label.text });
                    location
                })
                .collect();
            let (first, related) = places.split_at(places.len().min(1));
            let rule = Code::ALL.iter().position(|code| *code == diagnostic.code);
            let mut result = json!({
                "ruleId": diagnostic.code.as_str(), "ruleIndex": rule, "level": level,
                "message": { "text": text }, "locations": first,
            });
            if !related.is_empty() {
                result["relatedLocations"] = related.into();
            }
            if !diagnostic.fix.is_empty() {
                let help = diagnostic.help.first().unwrap_or(&diagnostic.message);
                result["fixes"] =
                    json!([{ "description": { "text": help }, "artifactChanges": changes(&diagnostic.fix, sources) }]);
            }
            result
        })
        .collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "bulletin", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

/// Gives a place: a region of a text (§3.30), or a cell of a workbook as a logical location (§3.33).
fn location(span: Span, sources: &Sources) -> Value {
    let (place, file) = (sources.place(span), sources.file(span.source));
    let mut physical = json!({ "artifactLocation": { "uri": uri(&file.name) } });
    if let (Some(sheet), Some(cell)) = (place.sheet, place.cell()) {
        let name = format!("{sheet}!{cell}");
        return json!({
            "physicalLocation": physical,
            "logicalLocations": [{ "name": cell, "fullyQualifiedName": name, "kind": "element" }],
        });
    }
    physical["region"] = json!({ "startLine": place.line, "startColumn": place.column });
    if file.is_verbatim() {
        physical["region"]["byteOffset"] = span.start.into();
        physical["region"]["byteLength"] = (span.end - span.start).into();
    }
    json!({ "physicalLocation": physical })
}

/// Gives replacements, each with its file (§3.56).
fn changes(edits: &[Edit], sources: &Sources) -> Vec<Value> {
    let change = |edit: &Edit| {
        let (line, column) = sources.position(edit.span);
        let after = Span { start: edit.span.end, ..edit.span };
        let (end_line, end_column) = sources.position(after);
        json!({
            "artifactLocation": { "uri": uri(&sources.file(edit.span.source).name) },
            "replacements": [{
                "deletedRegion": {
                    "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column,
                    "byteOffset": edit.span.start, "byteLength": edit.span.end - edit.span.start,
                },
                "insertedContent": { "text": edit.text },
            }],
        })
    };
    edits.iter().map(change).collect()
}

/// Writes a path as a relative reference (RFC 3986 §4.2).
fn uri(path: &str) -> String {
    let mut uri = String::new();
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}
