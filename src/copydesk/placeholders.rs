//! Words of the data that a mailing service takes for its placeholders, and would put something else in their place.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::Target;
use crate::model::value::placeholders;
use crate::source::Text;

use super::Desk;
use super::manuscript::{Page, Record, people};

/// Fields in which placeholders are meant as such.
const MEANT: [&str; 3] = ["subject", "preheader", "intro"];

/// Tells them, where a service sends the mail.
pub fn page(page: &Page<'_>, desk: &mut Desk<'_>) {
    if matches!(desk.edition.mailing.target, Target::Eml | Target::Html) {
        return;
    }
    for passage in &page.passages {
        if MEANT.contains(&passage.field) {
            tell_foreign(passage.text, desk);
        } else {
            tell(passage.text, desk);
        }
    }
    match page.record {
        Record::Session(session) => {
            let persons = people(session).map(|person| &person.value);
            let words = persons.flat_map(|one| [Some(&one.name), one.role.as_ref(), one.organisation.as_ref()]);
            let lines = [session.kind.as_ref(), session.country.as_ref(), session.language.as_ref()];
            words.chain(lines).flatten().for_each(|text| tell(text, desk));
        }
        Record::Call(call) => {
            let labels = call.deadlines.iter().filter_map(|deadline| deadline.label.as_ref());
            let lines = call.kind.iter().chain(&call.rate).chain(&call.countries);
            labels.chain(lines).for_each(|text| tell(text, desk));
        }
        Record::Edition | Record::News(_) => {}
    }
}

/// Tells a placeholder that is written as another service writes them.
fn tell_foreign(text: &Text, desk: &mut Desk<'_>) {
    let (name, opening, cure) = match desk.edition.mailing.target {
        Target::Eml | Target::Html => return,
        Target::Mailchimp => ("Mailchimp", "*|", "*|FNAME|*"),
        Target::Brevo => ("Brevo", "{{", "{{ contact.FIRSTNAME }}"),
        Target::Listmonk => ("listmonk", "{{", "{{ .Subscriber.FirstName }}"),
    };
    let found = placeholders(text.as_str()).unwrap_or_default();
    let Some(first) = found.into_iter().find(|range| !text.as_str()[range.clone()].starts_with(opening)) else {
        return;
    };
    let place = desk.sources.part(text, first).unwrap_or(text.span);
    desk.report.add(
        Diagnostic::warning(Code::BadPlaceholder, format!("{name} does not fill in this placeholder"))
            .at(place, "every recipient reads it as it stands")
            .help(format!("write it as {name} does: `{cure}`")),
    );
}

fn tell(text: &Text, desk: &mut Desk<'_>) {
    let first = match placeholders(text.as_str()) {
        Ok(found) => found.into_iter().next(),
        Err(at) => Some(at..at + 2),
    };
    let Some(first) = first else { return };
    let place = desk.sources.part(text, first).unwrap_or(text.span);
    desk.report.add(
        Diagnostic::error(Code::BadPlaceholder, "the mailing service takes this for a placeholder")
            .at(place, "something else, or nothing, stands here in the mail")
            .help("put a space between the two signs, or say it in words"),
    );
}
