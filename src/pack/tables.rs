//! Records as rows of a spreadsheet: what is inside a record goes into a table of its own or into one cell, in the form
//! in which it is read again as the very same.

use rustc_hash::FxHashMap;
use serde_json::{Map, Value, json};

use super::records::{self, versioned};
use crate::model::catalogue::Rendition;
use crate::model::listing::is_list;
use crate::model::person::is_id;
use crate::model::table::{Form, Table};
use crate::model::value::Language;
use crate::model::{AgendaItem, Catalogue, Person};
use crate::prose::Prose;

/// An object of JSON.
pub(super) type Object = Map<String, Value>;

/// A row: fields of its table and their cells, none of them empty.
pub(super) type Row = Vec<(&'static str, String)>;

/// All records, ready to be written as tables.
#[derive(Debug)]
pub(super) struct Tables<'c> {
    catalogue: &'c Catalogue,
    /// People with a record of their own, by id.
    people: FxHashMap<&'c str, Object>,
}

impl<'c> Tables<'c> {
    pub(super) fn new(catalogue: &'c Catalogue) -> Tables<'c> {
        let mut people: FxHashMap<&str, Object> = FxHashMap::default();
        for person in &catalogue.people {
            let Some(id) = &person.value.id else { continue };
            // Whoever names them takes over what readers may know, in the first language.
            let known = person.with(Person { url: person.value.link(), ..person.value.clone() });
            people.entry(id.as_str()).or_insert_with(|| object(records::person(&known)));
        }
        Tables { catalogue, people }
    }

    /// Leaves of people whose own record says all of it the id: it may say that in several languages.
    pub(super) fn by_id(&self, mut record: Value) -> Value {
        let leave = |people: Option<&mut Value>| {
            for person in people.and_then(Value::as_array_mut).into_iter().flatten() {
                let known = person.get("id").and_then(Value::as_str).and_then(|id| self.people.get_key_value(id));
                if let Some((id, _)) = known.filter(|(_, known)| person.as_object() == Some(known)) {
                    *person = json!({ "id": id });
                }
            }
        };
        leave(record.get_mut("moderators"));
        leave(record.get_mut("speakers"));
        for item in record.get_mut("agenda").and_then(Value::as_array_mut).into_iter().flatten() {
            leave(item.get_mut("speakers"));
        }
        record
    }

    /// Gives each row of a table to `take`, in order.
    pub(super) fn rows(&self, table: Table, mut take: impl FnMut(Row)) {
        let Catalogue { sessions, calls, news, people, .. } = self.catalogue;
        match table {
            Table::Sessions => sessions.iter().for_each(|one| {
                take(self.row(table, object(versioned(records::session(one), &one.version))));
            }),
            Table::Agenda | Table::KeyMessages => sessions.iter().enumerate().for_each(|(at, one)| {
                self.children(table, &object(versioned(records::session(one), &one.version)), &mut take);
                self.renditions(table, at).into_iter().for_each(|row| take(self.row(table, row)));
            }),
            Table::Calls => calls.iter().for_each(|one| {
                let mut call = object(versioned(records::call(one), &one.version));
                if let Some(cell) = only_deadline(&call) {
                    call.remove("deadlines");
                    call.insert("deadline".to_owned(), cell.into());
                }
                take(self.row(table, call));
            }),
            Table::Deadlines => calls.iter().for_each(|one| {
                let call = object(records::call(one));
                if only_deadline(&call).is_none() {
                    self.children(table, &call, &mut take);
                }
            }),
            Table::News => news.iter().for_each(|one| {
                take(self.row(table, object(versioned(records::news(one), &one.version))));
            }),
            Table::People => people.iter().for_each(|one| take(self.row(table, object(records::entry(one))))),
            // They were applied.
            Table::Corrections => {}
        }
    }

    /// Gives what a list of a session tells in several languages, once for all rows of the session.
    pub(super) fn renditions(&self, table: Table, at: usize) -> Vec<Object> {
        let Catalogue { sessions, lists, .. } = self.catalogue;
        let id = &sessions[at].id.value;
        let is_first = at == 0 || sessions[at - 1].id.value != *id;
        let Some(lists) = lists.get(id).filter(|_| is_first) else { return Vec::new() };
        let row = |order: usize, language: Language, item: Value| {
            let head = json!({ "session": id.as_str(), "order": order, "lang": language.tag() });
            object(head).into_iter().chain(object(item)).collect()
        };
        match table {
            Table::Agenda => {
                let told = |one: &Rendition<AgendaItem>| row(one.order, one.language, records::agenda_item(&one.item));
                lists.agenda.iter().map(told).collect()
            }
            _ => {
                let text = |one: &Rendition<Prose>| json!({ "text": one.item.source().as_str() });
                lists.key_messages.iter().map(|one| row(one.order, one.language, text(one))).collect()
            }
        }
    }

    /// Gives the columns that any row fills, in the order of the dictionary, and how many rows there are.
    pub(super) fn columns(&self, table: Table) -> (Vec<&'static str>, usize) {
        let fields = table.fields();
        let (mut filled, mut rows) = (vec![false; fields.len()], 0);
        self.rows(table, |row| {
            rows += 1;
            for (at, field) in fields.iter().enumerate() {
                filled[at] |= row.iter().any(|(name, _)| *name == field.name);
            }
        });
        (fields.iter().zip(filled).filter(|(_, filled)| *filled).map(|(field, _)| field.name).collect(), rows)
    }

    /// Gives the rows that belong to a record, under its id.
    fn children(&self, table: Table, parent: &Object, take: &mut impl FnMut(Row)) {
        let (field, reference) = match table {
            Table::Deadlines => ("deadlines", "call"),
            Table::KeyMessages => ("key-messages", "session"),
            _ => ("agenda", "session"),
        };
        let items = parent.get(field).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        for (at, item) in items.iter().enumerate() {
            let mut row = match item {
                Value::Object(fields) => fields.clone(),
                text => Map::from_iter([("text".to_owned(), text.clone())]),
            };
            row.insert(reference.to_owned(), parent.get("id").cloned().unwrap_or_default());
            if table != Table::Deadlines {
                row.insert("order".to_owned(), json!(at + 1));
                row.extend(parent.get("lang").map(|lang| ("lang".to_owned(), lang.clone())));
            }
            take(self.row(table, row));
        }
    }

    /// Puts the fields of a record into cells, in the order of the dictionary.
    fn row(&self, table: Table, record: Object) -> Row {
        let cell = |name: &str, form: Form| -> Option<String> {
            let value = record.get(name)?;
            match form {
                // They are tables of their own.
                Form::Rows(_) | Form::Proses => None,
                Form::Lines => Some(lines(value)),
                Form::People => Some(self.people(value)),
                Form::Links => Some(links(value)),
                Form::Time => Some(clock(text(value)).to_owned()),
                Form::Number => Some(value.to_string()),
                _ => Some(text(value).to_owned()),
            }
        };
        table.fields().iter().filter_map(|field| Some((field.name, cell(field.name, field.form)?))).collect()
    }

    /// Writes people as one would type them where that says all, else as objects.
    fn people(&self, value: &Value) -> String {
        let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
        joined(items, |item| self.mention(item.as_object()?))
    }

    /// Writes a person as an id or as `Name, role, organisation`. `None`: neither says all of it.
    fn mention(&self, person: &Object) -> Option<String> {
        let part = |name: &str| person.get(name).and_then(Value::as_str).unwrap_or("");
        let (id, name, role, organisation) = (part("id"), part("name"), part("role"), part("organisation"));
        if !id.is_empty() {
            let alone = role.is_empty() && organisation.is_empty() && part("url").is_empty() && name == id;
            let known = self.people.get(id).map_or(alone && self.people.is_empty(), |known| known == person);
            return (known && is_id(id)).then(|| id.to_owned());
        }
        let plain = part("url").is_empty() && !is_id(name) && !name.contains([',', '&']) && !role.contains(',');
        if !plain {
            return None;
        }
        Some(match (role, organisation) {
            ("", "") => name.to_owned(),
            (role, "") => format!("{name}, {role}"),
            (role, organisation) => format!("{name}, {role}, {organisation}"),
        })
    }
}

/// Writes the one deadline of a call as a cell. `None`: it has several, or one of which more is known.
fn only_deadline(call: &Object) -> Option<String> {
    let [deadline] = call.get("deadlines")?.as_array()?.as_slice() else { return None };
    if deadline.get("label").is_some() || deadline.get("timezone") != call.get("timezone") {
        return None;
    }
    let day = text(&deadline["date"]);
    Some(match deadline.get("time").filter(|time| Some(*time) != call.get("time")) {
        Some(time) => format!("{day} {}", clock(text(time))),
        None => day.to_owned(),
    })
}

/// Writes lines as they are split again, else as a list of JSON.
fn lines(value: &Value) -> String {
    joined(value.as_array().map(Vec::as_slice).unwrap_or_default(), |item| Some(text(item).to_owned()))
}

/// Writes links as one would type them in prose.
fn links(value: &Value) -> String {
    joined(value.as_array().map(Vec::as_slice).unwrap_or_default(), |link| {
        let (label, url) = (link.get("label").map(text).unwrap_or(""), text(link.get("url")?));
        let plain = !label.is_empty() && !label.contains(['[', ']']) && !url.contains(['(', ')', ' ']);
        plain.then(|| format!("[{label}]({url})"))
    })
}

/// Joins items by `;`; where one of them has no plain form, all become a list of JSON.
fn joined(items: &[Value], plain: impl Fn(&Value) -> Option<String>) -> String {
    let parts: Option<Vec<String>> =
        items.iter().map(|item| plain(item).filter(|text| !text.contains([';', '\n', '\r']))).collect();
    let cell = parts.map(|parts| parts.join("; ")).filter(|cell| !is_list(cell));
    cell.unwrap_or_else(|| Value::from(items).to_string())
}

fn object(value: Value) -> Object {
    match value {
        Value::Object(object) => object,
        other => unreachable!("a record is written as an object, not as {other}"),
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("")
}

/// Leaves out seconds that are none.
fn clock(time: &str) -> &str {
    if time.len() == 8 { time.strip_suffix(":00").unwrap_or(time) } else { time }
}
