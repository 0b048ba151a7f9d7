//! Characters that the fonts of the PDF do not have: told with their place, never printed as an empty box.

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::model::{Edition, Person};
use crate::source::{Sources, Spanned, Text};

/// Tells every text of the summaries that has a character which `covers` does not know.
pub fn check(edition: &Edition, sources: &Sources, covers: impl Fn(char) -> bool, report: &mut Report) {
    let mut desk = Desk { sources, covers, report };
    if edition.summaries().next().is_none() {
        return;
    }
    let publisher = &edition.publisher;
    for text in [&publisher.name, &publisher.initiative, &publisher.address].into_iter().flatten() {
        desk.text(text);
    }
    let (mut news, mut calls) = (false, false);
    for session in edition.summaries() {
        desk.text(&session.title);
        let lines = [&session.series, &session.place, &session.room, &session.country, &session.organiser];
        lines.into_iter().flatten().for_each(|line| desk.text(line));
        session.moderators.iter().chain(&session.speakers).for_each(|person| desk.person(person));
        session.summary.iter().chain(&session.key_messages).for_each(|prose| desk.text(prose.source()));
        session.links.iter().filter_map(|link| link.label.as_ref()).for_each(|label| desk.text(label));
        for item in &session.agenda {
            desk.text(&item.title);
            item.speakers.iter().for_each(|person| desk.person(person));
            item.body.iter().for_each(|prose| desk.text(prose.source()));
            let kind = item.kind.as_ref().map(|kind| kind.value);
            news |= kind == Some(crate::model::AgendaKind::News);
            calls |= kind == Some(crate::model::AgendaKind::Calls);
        }
    }
    for item in edition.news.iter().filter(|_| news) {
        desk.text(&item.title);
        [&item.place, &item.action].into_iter().flatten().for_each(|line| desk.text(line));
        item.summary.iter().for_each(|prose| desk.text(prose.source()));
    }
    for call in edition.calls.iter().filter(|_| calls) {
        desk.text(&call.title);
        let lines = [&call.programme, &call.funder, &call.kind, &call.rate, &call.contact];
        lines.into_iter().flatten().chain(&call.countries).for_each(|line| desk.text(line));
        call.deadlines.iter().filter_map(|deadline| deadline.label.as_ref()).for_each(|label| desk.text(label));
        call.summary.iter().chain(call.eligibility.as_deref()).for_each(|prose| desk.text(prose.source()));
    }
}

struct Desk<'a, F> {
    sources: &'a Sources,
    covers: F,
    report: &'a mut Report,
}

impl<F: Fn(char) -> bool> Desk<'_, F> {
    fn person(&mut self, person: &Spanned<Person>) {
        let Person { name, role, organisation, .. } = &person.value;
        [Some(name), role.as_ref(), organisation.as_ref()].into_iter().flatten().for_each(|line| self.text(line));
    }

    fn text(&mut self, text: &Text) {
        if text.value.is_ascii() {
            return;
        }
        let mut missing: Vec<char> = Vec::new();
        for c in text.value.chars().filter(|&c| !(self.covers)(c)) {
            if !missing.contains(&c) {
                missing.push(c);
            }
        }
        let Some(first) = missing.first() else { return };
        let span = match self.sources.slice(text.span).find(*first) {
            Some(at) => text.span.part(at..at + first.len_utf8()),
            None => text.span,
        };
        let names: Vec<String> = missing.iter().take(5).map(|&c| format!("`{c}` (U+{:04X})", u32::from(c))).collect();
        self.report.add(
            Diagnostic::error(Code::MissingGlyph, format!("the fonts have no {}", names.join(", ")))
                .at(span, "the PDF would show an empty box")
                .help("write it in Latin, Greek, Cyrillic or Arabic letters, or delete it"),
        );
    }
}
