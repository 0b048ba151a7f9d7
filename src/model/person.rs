//! A person: as a record of their own, or as named in another record.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::cell::Cells;
use crate::model::row::Row;
use crate::model::{Address, Version};
use crate::record::Value;
use crate::source::{Span, Spanned, Str, Text};

/// One person, in one role.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// Names the record, where there is one.
    pub id: Option<Text>,
    /// As it is printed; never empty once merged.
    pub name: Text,
    /// What they do: `Cluster Manager`.
    pub role: Option<Text>,
    /// For whom.
    pub organisation: Option<Text>,
    /// Page about them.
    pub url: Option<Spanned<Address>>,
    /// Which of several rows about them this one was.
    pub version: Option<Box<Version>>,
}

impl Person {
    /// Starts a person of whom nothing is known.
    pub fn empty(span: Span) -> Person {
        let name = Text::new(Str::new(), span);
        Person { id: None, name, role: None, organisation: None, url: None, version: None }
    }

    /// Decodes a row of `people`. A name may still be missing: another file may have it.
    pub fn decode(row: Row<'_>, cells: &mut Cells<'_>) -> Spanned<Person> {
        let mut person = Person::empty(row.span);
        for (field, value) in &row.cells {
            match *field {
                "id" => person.id = cells.line(value, field),
                "name" => person.name = cells.required(value, field).unwrap_or(person.name),
                "role" => person.role = cells.line(value, field),
                "organisation" => person.organisation = cells.line(value, field),
                "url" => person.url = cells.url(value, field),
                "updated" => Version::take_updated(&mut person.version, value, cells),
                "lang" => Version::take_lang(&mut person.version, value, cells),
                other => unreachable!("`{other}` is a field of the table, so it has an arm here"),
            }
        }
        Spanned::new(person, row.span)
    }
}

/// Decodes people: ids, objects, or `Name, role, organisation`. One that is an id alone has no name yet.
pub fn decode_list(value: &Value<'_>, field: &str, cells: &mut Cells<'_>) -> Vec<Spanned<Person>> {
    match value {
        Value::List(values, _) => values.iter().flat_map(|value| decode_one(value, field, cells)).collect(),
        Value::Text(_) => {
            let lines = cells.lines(value, field);
            lines.into_iter().flat_map(|line| stated(&line, field, cells)).collect()
        }
        other => decode_one(other, field, cells),
    }
}

fn decode_one(value: &Value<'_>, field: &str, cells: &mut Cells<'_>) -> Vec<Spanned<Person>> {
    match value {
        Value::Record(record) => {
            let row = Row::of(record, crate::model::table::Table::People, cells.report);
            let person = Person::decode(row, cells);
            if person.value.name.value.is_empty() && person.value.id.is_none() {
                cells.report.add(
                    Diagnostic::error(Code::MissingField, format!("a person in `{field}` has no `name`"))
                        .at(record.span, "")
                        .help("give `id` or `name`"),
                );
                return Vec::new();
            }
            vec![person]
        }
        other => cells.line(other, field).map(|line| stated(&line, field, cells)).unwrap_or_default(),
    }
}

/// Reads the people of a line, and tells one without a name.
fn stated(line: &Text, field: &str, cells: &mut Cells<'_>) -> Vec<Spanned<Person>> {
    let names = line.as_str().split(',').next().unwrap_or("");
    if names.split('&').any(|name| name.trim().is_empty()) {
        cells.report.add(
            Diagnostic::error(Code::MissingField, format!("a person in `{field}` has no `name`"))
                .at(line.span, "")
                .help("write `Name, role, organisation`"),
        );
    }
    from_line(line)
}

/// Reads `Name, role, organisation`; before the first comma `&` joins two people who share the rest.
fn from_line(line: &Text) -> Vec<Spanned<Person>> {
    let value = line.as_str();
    let (names, rest) = value.split_once(',').unwrap_or((value, ""));
    let (role, organisation) = rest.split_once(',').unwrap_or((rest, ""));
    let part = |text: &str| -> Option<Text> {
        let text = text.trim();
        (!text.is_empty()).then(|| Text::new(text.into(), place(line, text)))
    };
    let (role, organisation) = (part(role), part(organisation));
    let alone = role.is_none() && organisation.is_none();
    let people = names.split('&').filter_map(part).map(|name| {
        let span = name.span;
        let (role, organisation) = (role.clone(), organisation.clone());
        let mut person = Person { name, role, organisation, ..Person::empty(span) };
        if alone && is_id(person.name.as_str()) {
            person.id = Some(std::mem::replace(&mut person.name, Text::new(Str::new(), span)));
        }
        Spanned::new(person, span)
    });
    people.collect()
}

/// Gives the place of a part of a line, where the line stands in the file as it is.
fn place(line: &Text, part: &str) -> Span {
    let start = part.as_ptr() as usize - line.as_str().as_ptr() as usize;
    if line.span.range().len() == line.value.len() { line.span.part(start..start + part.len()) } else { line.span }
}

/// Says whether a text looks like an id and not like a name: small letters, digits, `-`, `_`, `.`.
pub fn is_id(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_' | b'.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Report;
    use crate::source::Sources;

    #[test]
    fn people_are_read_from_a_line() {
        for (line, expected) in [
            ("n-hoppmann", "#n-hoppmann"),
            ("Nina Hoppmann", "Nina Hoppmann"),
            (
                "Johan Wasberg, Senior Expert, Technology Centre Merinova",
                "Johan Wasberg/Senior Expert/Technology Centre Merinova",
            ),
            ("A & B, role", "A/role + B/role"),
            ("a-b & c-d", "#a-b + #c-d"),
            ("A, , B", "A/B"),
        ] {
            let mut report = Report::default();
            let id = Sources::default().add("a.csv", line.into(), &mut report).expect("UTF-8");
            let people = from_line(&Text::new(line.into(), Span::new(id, 0..line.len())));
            let said: Vec<String> = people
                .iter()
                .map(|person| {
                    let Person { id, name, role, organisation, .. } = &person.value;
                    let id = id.iter().map(|id| format!("#{id}"));
                    let name = Some(name).filter(|name| !name.value.is_empty());
                    let rest = name.into_iter().chain(role).chain(organisation).map(|text| text.to_string());
                    id.chain(rest).collect::<Vec<_>>().join("/")
                })
                .collect();
            assert_eq!(said.join(" + "), expected, "{line}");
        }
    }
}
