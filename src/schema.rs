//! The data dictionary for machines and people: JSON Schema (draft 2020-12), header rows, listings.

use serde_json::{Map, Value, json};

use crate::config::Adapter;
use crate::diagnostic::Code;
use crate::locale::Lang;
use crate::model::print::{Codes, Orientation, Paper, Part};
use crate::model::table::{Form, Table};
use crate::model::{Print, Target};
use crate::theme::Palette;

const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// Gives the schema of a table as a JSON file.
pub fn table(table: Table) -> Value {
    let mut schema = json!({
        "$schema": DRAFT,
        "title": table.name(),
        "type": "array",
        "items": rows(table),
    });
    if table == Table::Sessions {
        schema["description"] = "`agenda` and `key-messages` may be nested, or tables of their own".into();
    }
    schema
}

fn rows(table: Table) -> Value {
    let properties: Map<String, Value> = table
        .fields()
        .iter()
        .map(|field| {
            let mut schema = form(field.form);
            schema["description"] = field.about.into();
            (field.name.to_owned(), schema)
        })
        .collect();
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

fn form(form: Form) -> Value {
    let text = json!({ "type": ["string", "null"] });
    match form {
        Form::Line | Form::Prose => json!({ "type": ["string", "number", "boolean", "null"] }),
        Form::Zone | Form::Money | Form::Date | Form::Time => text,
        Form::Url => json!({ "type": ["string", "null"], "pattern": "^((https?|mailto|tel):.*)?$" }),
        Form::Lines => json!({ "type": ["array", "string", "null"], "items": { "type": "string" } }),
        Form::Word(words) => {
            json!({ "enum": words.iter().map(|word| json!(word)).chain([Value::Null, json!("")]).collect::<Vec<_>>() })
        }
        Form::Number => json!({ "type": ["integer", "string", "null"] }),
        Form::People => {
            json!({ "type": ["array", "string", "null"], "items": { "anyOf": [{ "type": "string" }, rows(Table::People)] } })
        }
        Form::Proses => {
            let row = rows(Table::KeyMessages);
            json!({ "type": ["array", "string", "null"], "items": { "anyOf": [{ "type": "string" }, row] } })
        }
        Form::Rows(table) => {
            // Deadlines may be days alone; an item of an agenda has more to say.
            let row = if table == Table::Deadlines {
                json!({ "anyOf": [{ "type": "string" }, rows(table)] })
            } else {
                rows(table)
            };
            json!({ "type": ["array", "string", "null"], "items": row })
        }
        Form::Links => {
            let link = json!({
                "type": "object",
                "properties": { "label": { "type": "string" }, "url": { "type": "string" } },
                "required": ["url"],
            });
            json!({ "type": ["array", "string", "null"], "items": { "anyOf": [{ "type": "string" }, link] } })
        }
    }
}

/// Gives the schema of `bulletin.toml`.
pub fn config() -> Value {
    let text = || json!({ "type": "string" });
    let section = |keys: &[&str]| {
        let properties: Map<String, Value> = keys.iter().map(|key| ((*key).to_owned(), text())).collect();
        json!({ "type": "object", "properties": properties, "additionalProperties": false })
    };
    let ids = json!({ "type": "array", "items": { "type": "string" } });
    let mut select = section(&["since", "until"]);
    select["properties"]["closing-soon"] = json!({ "type": "integer", "minimum": 0, "maximum": 3650 });
    for key in ["sessions", "calls", "news"] {
        select["properties"][key] = ids.clone();
    }
    let mut newsletter =
        section(&["subject", "preheader", "intro", "from", "to", "reply-to", "list-id", "unsubscribe-url", "web-url"]);
    let mut theme = section(&["name", "look"]);
    let color = json!({ "type": "string", "pattern": "^#[0-9A-Fa-f]{6}$" });
    let mut dark = section(&[]);
    for token in Palette::TOKENS {
        theme["properties"][token] = color.clone();
        dark["properties"][token] = color.clone();
    }
    theme["properties"]["dark"] = dark;
    let layout = json!({ "enum": ["list", "cards", "agenda"] });
    let each = json!({ "held": layout, "coming": layout, "calls": layout, "news": layout });
    newsletter["properties"]["layout"] =
        json!({ "anyOf": [layout, { "type": "object", "properties": each, "additionalProperties": false }] });
    newsletter["properties"]["target"] = json!({ "enum": Target::ALL.map(|(word, _)| word) });
    for key in ["attach-calendar", "draft"] {
        newsletter["properties"][key] = json!({ "type": "boolean" });
    }
    newsletter["properties"]["overhead"] = json!({ "type": "integer", "minimum": 0, "maximum": 80_000 });
    newsletter["properties"]["utm"] = section(&["source", "medium", "campaign", "term", "content"]);
    let mut handout = section(&[]);
    for (key, words) in [
        ("paper", Paper::ALL.map(|(word, _)| word).to_vec()),
        ("orientation", Orientation::ALL.map(|(word, _)| word).to_vec()),
        ("qr", Codes::ALL.map(|(word, _)| word).to_vec()),
        ("lang", Lang::ALL.map(Lang::tag).to_vec()),
    ] {
        handout["properties"][key] = json!({ "enum": words });
    }
    for (key, words) in [("content", Part::ALL.map(|(word, _)| word).to_vec()), ("also", vec!["speakers", "signs"])] {
        handout["properties"][key] = json!({ "type": "array", "items": { "enum": words } });
    }
    for key in ["greyscale", "large-print", "duplex", "descriptions", "notes"] {
        handout["properties"][key] = json!({ "type": "boolean" });
    }
    handout["properties"]["columns"] = json!({ "type": "integer", "minimum": 1, "maximum": Print::COLUMNS });
    let mut check: Map<String, Value> = Code::ALL
        .iter()
        .map(|code| (code.as_str().to_owned(), json!({ "enum": ["error", "warning", "note", "off"] })))
        .collect();
    let mut allowance = section(&["code", "record", "reason"]);
    allowance["required"] = json!(["code", "reason"]);
    check.insert("allow".to_owned(), json!({ "type": "array", "items": allowance }));
    let mut edition = section(&["id", "title", "subtitle", "number", "date", "timezone"]);
    edition["properties"]["fallback"] = json!({ "type": "array", "items": { "type": "string" } });
    edition["properties"]["lang"] = json!({ "enum": Lang::ALL.map(Lang::tag) });
    edition["required"] = json!(["title", "date"]);
    let mut input = section(&["path", "format", "at", "encoding", "sheet"]);
    input["properties"]["separator"] = json!({ "enum": [",", ";", "tab", "|"] });
    input["properties"]["decimal"] = json!({ "enum": [",", "."] });
    input["properties"]["header"] = json!({ "type": "integer", "minimum": 1 });
    input["properties"]["table"] = json!({ "enum": Table::ALL.map(Table::name) });
    for key in ["map", "where", "defaults", "values"] {
        input["properties"][key] = json!({ "type": "object" });
    }
    input["properties"]["format"]["examples"] = Adapter::names().into();
    input["properties"]["html"] = ids.clone();
    let field_names = json!({ "type": "array", "items": { "type": "string" } });
    input["properties"]["prefer"] = json!({ "anyOf": [{ "type": "boolean" }, field_names] });
    let mut merge = section(&[]);
    merge["properties"]["prefer"] = json!({ "enum": ["last", "first", "newest"] });
    merge["properties"]["match"] = json!({ "type": "array", "items": { "enum": ["id", "url", "title"] } });
    merge["properties"]["apart"] = ids.clone();
    input["required"] = json!(["path"]);
    json!({
        "$schema": DRAFT,
        "title": "bulletin.toml",
        "type": "object",
        "properties": {
            "edition": edition,
            "publisher": section(&["name", "address", "url", "email", "logo", "logo-size", "initiative"]),
            "select": select,
            "theme": theme,
            "newsletter": newsletter,
            "handout": handout,
            "check": { "type": "object", "properties": check, "additionalProperties": false },
            "merge": merge,
            "input": { "type": "array", "items": input },
        },
        "required": ["edition"],
        "additionalProperties": false,
    })
}

/// Gives a table's header row as CSV, to start a file with.
pub fn header(table: Table) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Rows inside rows have files of their own.
    let fields = table.fields().iter().filter(|field| !matches!(field.form, Form::Rows(_)));
    let written = writer.write_record(fields.map(|field| field.name));
    written.expect("writing to memory does not fail");
    let bytes = writer.into_inner().expect("writing to memory does not fail");
    String::from_utf8(bytes).expect("field names are ASCII")
}

/// Gives a table's fields with what they mean, one in a line.
pub fn listing(table: Table) -> String {
    let width = table.fields().iter().map(|field| field.name.len()).max().unwrap_or(0);
    let fields = table.fields().iter().map(|field| format!("  {:width$}  {}\n", field.name, field.about));
    format!("{}\n{}\n", table.name(), fields.collect::<String>())
}
