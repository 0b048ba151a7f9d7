//! Characters that the fonts of the PDF do not have: told with their place, never printed as an empty box.

use crate::artifact::Engine;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::model::{AgendaKind, Call, Edition, News, Person, Publisher, Session};
use crate::source::{Sources, Spanned, Text};

/// Tells every text of the summaries that has a character which `engine` does not cover.
pub fn summaries(
    edition: &Edition,
    sources: &Sources,
    engine: Engine,
    covers: impl Fn(char) -> bool,
    report: &mut Report,
) {
    let mut desk = Desk { sources, engine, covers, report };
    if edition.summaries().next().is_none() {
        return;
    }
    desk.publisher(&edition.publisher);
    let (mut news, mut calls) = (false, false);
    for session in edition.summaries() {
        desk.session(session);
        let kinds = session.agenda.iter().filter_map(|item| item.kind.as_ref()).map(|kind| kind.value);
        news |= kinds.clone().any(|kind| kind == AgendaKind::News);
        calls |= kinds.clone().any(|kind| kind == AgendaKind::Calls);
    }
    edition.news.iter().filter(|_| news).for_each(|item| desk.news(item));
    edition.calls.iter().filter(|_| calls).for_each(|call| desk.call(call));
}

/// Tells every text of the edition that has a character which `engine` does not cover: any of it can be on a handout.
pub fn sheets(
    edition: &Edition,
    sources: &Sources,
    engine: Engine,
    covers: impl Fn(char) -> bool,
    report: &mut Report,
) {
    let mut desk = Desk { sources, engine, covers, report };
    desk.publisher(&edition.publisher);
    [Some(&edition.title), edition.subtitle.as_ref(), edition.number.as_ref()]
        .into_iter()
        .flatten()
        .for_each(|line| desk.text(line));
    edition.held.iter().chain(&edition.coming).for_each(|session| desk.session(session));
    edition.news.iter().for_each(|item| desk.news(item));
    edition.calls.iter().for_each(|call| desk.call(call));
}

struct Desk<'a, F> {
    sources: &'a Sources,
    engine: Engine,
    covers: F,
    report: &'a mut Report,
}

impl<F: Fn(char) -> bool> Desk<'_, F> {
    fn publisher(&mut self, publisher: &Publisher) {
        let lines = [&publisher.name, &publisher.initiative, &publisher.address];
        lines.into_iter().flatten().for_each(|line| self.text(line));
    }

    fn session(&mut self, session: &Session) {
        self.text(&session.title);
        let lines = [&session.series, &session.place, &session.room, &session.country, &session.organiser];
        lines.into_iter().flatten().for_each(|line| self.text(line));
        [&session.kind, &session.language].into_iter().flatten().for_each(|line| self.text(line));
        session.moderators.iter().chain(&session.speakers).for_each(|person| self.person(person));
        session.summary.iter().chain(&session.key_messages).for_each(|prose| self.text(prose.source()));
        session.links.iter().filter_map(|link| link.label.as_ref()).for_each(|label| self.text(label));
        for item in &session.agenda {
            self.text(&item.title);
            item.speakers.iter().for_each(|person| self.person(person));
            item.body.iter().for_each(|prose| self.text(prose.source()));
        }
    }

    fn news(&mut self, item: &News) {
        self.text(&item.title);
        [&item.place, &item.action].into_iter().flatten().for_each(|line| self.text(line));
        item.summary.iter().for_each(|prose| self.text(prose.source()));
    }

    fn call(&mut self, call: &Call) {
        self.text(&call.title);
        let lines = [&call.programme, &call.funder, &call.kind, &call.rate, &call.contact];
        lines.into_iter().flatten().chain(&call.countries).for_each(|line| self.text(line));
        call.deadlines.iter().filter_map(|deadline| deadline.label.as_ref()).for_each(|label| self.text(label));
        call.summary.iter().chain(call.eligibility.as_deref()).for_each(|prose| self.text(prose.source()));
    }

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
                .help(format!("write it in {} letters, or delete it", self.engine.scripts())),
        );
    }
}
