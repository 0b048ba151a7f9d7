//! A person: as a record of their own, or as named in another record.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::cell::{Cells, YES};
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
    /// Page about them. In an edition it may be `mailto:` or `tel:`, where they want that.
    pub url: Option<Spanned<Address>>,
    /// Where to write to; never in an edition.
    pub email: Option<Box<Text>>,
    /// Where to call; never in an edition.
    pub phone: Option<Box<Text>>,
    /// What the publisher should know; never in an edition.
    pub notes: Option<Box<Text>>,
    /// Whether readers may write to or call them.
    pub public: Option<Box<Spanned<bool>>>,
    /// Which of several rows about them this one was.
    pub version: Option<Box<Version>>,
}

impl Person {
    /// Starts a person of whom nothing is known.
    pub fn empty(span: Span) -> Person {
        let name = Text::new(Str::new(), span);
        Person {
            id: None,
            name,
            role: None,
            organisation: None,
            url: None,
            email: None,
            phone: None,
            notes: None,
            public: None,
            version: None,
        }
    }

    /// Decodes a row of `people`. A name may still be missing: another file may have it.
    pub fn decode(row: Row<'_>, cells: &mut Cells<'_>) -> Spanned<Person> {
        let mut person = Person::empty(row.span);
        for (field, value) in &row.cells {
            match *field {
                "id" => person.id = cells.line(value, field),
                "name" => {
                    let name = cells.required(value, field).and_then(|name| cells.without_private(name));
                    person.name = name.unwrap_or(person.name);
                }
                "role" => person.role = cells.name(value, field),
                "organisation" => person.organisation = cells.name(value, field),
                "url" => person.url = cells.url(value, field),
                "email" => person.email = cells.line(value, field).map(Box::new),
                "phone" => person.phone = cells.line(value, field).map(Box::new),
                "notes" => person.notes = cells.text(value, field).map(Box::new),
                "public" => person.public = cells.word(value, field, YES).map(Box::new),
                "updated" => Version::take_updated(&mut person.version, value, cells),
                "lang" => Version::take_lang(&mut person.version, value, cells),
                other => unreachable!("`{other}` is a field of the table, so it has an arm here"),
            }
        }
        Spanned::new(person, row.span)
    }
}

impl Person {
    /// Gives where a link on their name leads, as far as readers may know: to their page; where they want to be written to
    /// or called, and have no page, to their mailbox or telephone.
    pub fn link(&self) -> Option<Spanned<Address>> {
        let is_public = self.public.as_ref().is_some_and(|public| public.value);
        let is_page = |url: &&Spanned<Address>| is_public || !url.value.is_personal();
        if let Some(url) = self.url.as_ref().filter(is_page) {
            return Some(url.clone());
        }
        let own = [("mailto:", &self.email), ("tel:", &self.phone)].into_iter().filter(|_| is_public);
        own.filter_map(|(scheme, text)| {
            let text = text.as_ref()?;
            let address = format!("{scheme}{}", text.as_str().split_whitespace().collect::<String>());
            Some(text.with(address.parse().ok()?))
        })
        .next()
    }

    /// Takes away what readers may not know, and tells an address of that kind where a page is meant.
    pub fn publish(&mut self, cells: &mut Cells<'_>) {
        let link = self.link();
        if let (Some(url), None) = (&self.url, &link) {
            cells.report.add(
                Diagnostic::warning(Code::PrivateAddress, "an email address or telephone number is not printed")
                    .at(url.span, "of a person who did not say that readers may have it")
                    .help("if they did, write `true` in the field `public`"),
            );
        }
        self.url = link;
        (self.email, self.phone, self.notes, self.public) = (None, None, None, None);
    }

    /// Does the same with a mention of somebody who has a record of their own. Whether readers may write to or call them
    /// is said there and nowhere else.
    pub fn publish_as(&mut self, known: &Person, cells: &mut Cells<'_>) {
        let link = known.link();
        if link.is_some() {
            (self.email, self.phone) = (None, None);
        }
        self.public = known.public.clone();
        self.publish(cells);
        self.url = self.url.take().or(link);
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
            let mut person = Person::decode(row, cells);
            // What readers may know is settled when it is known who that is.
            let is_public = person.value.public.as_ref().is_some_and(|public| public.value);
            let own = &mut person.value;
            (own.email, own.phone, own.notes) =
                (own.email.take().filter(|_| is_public), own.phone.take().filter(|_| is_public), None);
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
    let Some(line) = cells.without_private(line.clone()) else { return Vec::new() };
    let names = line.as_str().split(',').next().unwrap_or("");
    if names.split('&').any(|name| name.trim().is_empty()) {
        cells.report.add(
            Diagnostic::error(Code::MissingField, format!("a person in `{field}` has no `name`"))
                .at(line.span, "")
                .help("write `Name, role, organisation`"),
        );
    }
    from_line(&line)
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
