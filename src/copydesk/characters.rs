//! Characters that the fonts of the PDF do not have: told with their place, never printed as an empty box.

use rustc_hash::FxHashSet;

use crate::artifact::{Engine, Kind};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::model::print::Part;
use crate::model::{AgendaKind, Call, Edition, News, Person, Publisher, Session};
use crate::prose::Prose;
use crate::source::{Sources, Span, Spanned, Text};

/// Tells every text that has a character which `engine` does not cover and that stands in a PDF of one of the `kinds`,
/// each once.
pub fn printed(
    edition: &Edition,
    kinds: &[Kind],
    sources: &Sources,
    engine: Engine,
    covers: impl Fn(char) -> bool,
    report: &mut Report,
) {
    let mut desk = Desk { sources, engine, covers, report, told: FxHashSet::default(), is_brief: false };
    let makes = |kind| kinds.contains(&kind);
    if makes(Kind::Summary) {
        desk.summaries(edition);
    }
    desk.is_brief = edition.print.brief;
    if Kind::PAPER.into_iter().any(makes) {
        desk.publisher(&edition.publisher);
        let lines = [Some(&edition.title), edition.subtitle.as_ref(), edition.number.as_ref()];
        lines.into_iter().flatten().for_each(|line| desk.text(line));
    }
    if makes(Kind::Handout) {
        let parts = edition.print.content.as_deref().unwrap_or(&Part::USUAL);
        parts.iter().for_each(|part| desk.part(*part, edition));
    }
    if makes(Kind::Speakers) || makes(Kind::Signs) {
        edition.coming.iter().for_each(|session| desk.session(session));
    }
}

struct Desk<'a, F> {
    sources: &'a Sources,
    engine: Engine,
    covers: F,
    report: &'a mut Report,
    told: FxHashSet<Span>,
    /// Whether descriptions are left out.
    is_brief: bool,
}

impl<F: Fn(char) -> bool> Desk<'_, F> {
    fn summaries(&mut self, edition: &Edition) {
        if edition.summaries().next().is_none() {
            return;
        }
        self.publisher(&edition.publisher);
        let (mut news, mut calls) = (false, false);
        for session in edition.summaries() {
            self.session(session);
            let kinds = session.agenda.iter().filter_map(|item| item.kind.as_ref()).map(|kind| kind.value);
            news |= kinds.clone().any(|kind| kind == AgendaKind::News);
            calls |= kinds.clone().any(|kind| kind == AgendaKind::Calls);
        }
        edition.news.iter().filter(|_| news).for_each(|item| self.news(item));
        edition.calls.iter().filter(|_| calls).for_each(|call| self.call(call));
    }

    /// Reads what a part of the handout lists; contents, index and grid say again what stands elsewhere.
    fn part(&mut self, part: Part, edition: &Edition) {
        match part {
            Part::Programme => edition.coming.iter().for_each(|session| self.session(session)),
            Part::Messages => edition.held.iter().for_each(|session| self.messages(session)),
            Part::Calls => edition.calls.iter().for_each(|call| self.call(call)),
            Part::News => edition.news.iter().for_each(|item| self.news(item)),
            Part::Contents | Part::Grid | Part::Index | Part::Contact => {}
        }
    }

    /// Reads what the handout tells of a held session: who spoke stands in its summary.
    fn messages(&mut self, session: &Session) {
        self.text(&session.title);
        [&session.room, &session.place, &session.country].into_iter().flatten().for_each(|line| self.text(line));
        session.key_messages.iter().for_each(|prose| self.prose(prose));
        self.description(session.summary.as_ref());
    }

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
        session.key_messages.iter().for_each(|prose| self.prose(prose));
        self.description(session.summary.as_ref());
        let is_brief = self.is_brief;
        session
            .links
            .iter()
            .filter(|_| !is_brief)
            .filter_map(|link| link.label.as_ref())
            .for_each(|label| self.text(label));
        for item in &session.agenda {
            self.text(&item.title);
            item.speakers.iter().for_each(|person| self.person(person));
            self.description(item.body.as_ref());
        }
    }

    fn news(&mut self, item: &News) {
        self.text(&item.title);
        [&item.place, &item.action].into_iter().flatten().for_each(|line| self.text(line));
        item.summary.iter().for_each(|prose| self.prose(prose));
    }

    fn call(&mut self, call: &Call) {
        self.text(&call.title);
        let lines = [&call.programme, &call.funder, &call.kind, &call.rate, &call.contact];
        lines.into_iter().flatten().chain(&call.countries).for_each(|line| self.text(line));
        call.deadlines.iter().filter_map(|deadline| deadline.label.as_ref()).for_each(|label| self.text(label));
        self.description(call.summary.as_ref());
        self.description(call.eligibility.as_deref());
    }

    fn person(&mut self, person: &Spanned<Person>) {
        let Person { name, role, organisation, .. } = &person.value;
        [Some(name), role.as_ref(), organisation.as_ref()].into_iter().flatten().for_each(|line| self.text(line));
    }

    fn description(&mut self, prose: Option<&Prose>) {
        prose.filter(|_| !self.is_brief).into_iter().for_each(|prose| self.prose(prose));
    }

    fn prose(&mut self, prose: &Prose) {
        let text = prose.source();
        self.text(text);
        // `&HilbertSpace;` is a letter as well (CommonMark §2.5).
        if text.as_str().contains('&') {
            self.text(&text.with(prose.plain().into()));
        }
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
        if !self.told.insert(text.span) {
            return;
        }
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
