//! What is missing before an edition can go out.

use super::Desk;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::model::{AgendaItem, AgendaKind, Edition, Target};
use crate::source::Str;

/// Tells an edition in which nothing is left to print.
pub fn content(edition: &Edition, report: &mut Report) {
    if edition.is_empty() {
        report.add(
            Diagnostic::warning(Code::EmptyEdition, "the edition has no session, call or news item")
                .at(edition.title.span, "")
                .help("look at `[select]` and at the edition's date"),
        );
    }
}

/// Tells a missing sender: without one there is no `newsletter.eml` (RFC 5322 §3.6.2).
pub fn sender(edition: &Edition, report: &mut Report) {
    let mailing = &edition.mailing;
    if mailing.target == Target::Eml && mailing.from.is_none() && edition.publisher.email.is_none() {
        report.add(
            Diagnostic::warning(Code::MissingField, "`[newsletter]` has no `from`, so no `newsletter.eml` is written")
                .at(edition.title.span, "in this edition")
                .help("name the sender: `from = \"Research news <news@example.org>\"`"),
        );
    }
}

/// Tells sections of a summary that were forgotten: an item of the agenda of which nothing is said among items of which
/// something is, one without a speaker among those that have one, a summary without key messages.
pub fn sections(desk: &mut Desk<'_>) {
    let edition = desk.edition;
    let (mut unsaid, mut silent) = (Vec::new(), Vec::new());
    for session in edition.summaries() {
        let talks: Vec<&AgendaItem> = session.agenda.iter().filter(|item| is_talk(item)).collect();
        let told = talks.iter().filter(|item| item.body.is_some()).count();
        let spoken = talks.iter().filter(|item| !item.speakers.is_empty()).count();
        for item in &talks {
            if item.body.is_none() && told * 2 > talks.len() {
                unsaid.push(Forgotten { item, of: &session.id.value });
            } else if item.body.is_some() && item.speakers.is_empty() && spoken * 2 > talks.len() {
                silent.push(Forgotten { item, of: &session.id.value });
            }
        }
        if session.key_messages.is_empty() && told > 1 {
            desk.report.add(
                Diagnostic::note(
                    Code::MissingMessages,
                    format!("the summary of `{}` has no key messages", session.title),
                )
                .at(session.title.span, "")
                .help("say in a few lines what to take home: `key-messages`")
                .of(&session.id.value),
            );
        }
    }
    tell(&unsaid, desk, |item| match item {
        Ok(item) => Diagnostic::warning(Code::MissingSection, format!("the summary says nothing of `{}`", item.title))
            .at(item.title.span, "other items have a `body`")
            .help("write its `body`, or take it off the agenda"),
        Err(count) => {
            let message = format!("the summaries say nothing of {count} items of their agendas");
            Diagnostic::warning(Code::MissingSection, message).help("write their `body`, or take them off the agenda")
        }
    });
    tell(&silent, desk, |item| match item {
        Ok(item) => Diagnostic::note(Code::MissingSpeaker, format!("nobody speaks in `{}`", item.title))
            .at(item.title.span, "other items have `speakers`")
            .help("name who spoke"),
        Err(count) => Diagnostic::note(Code::MissingSpeaker, format!("nobody speaks in {count} items of agendas"))
            .help("name who spoke in their `speakers`"),
    });
}

/// An item of an agenda that lacks what others have, and the session that it is of.
struct Forgotten<'a> {
    item: &'a AgendaItem,
    of: &'a Str,
}

/// So many forgotten ones are told one by one.
const SINGLE: usize = 10;

/// Tells each of a few, or how many there are.
fn tell(found: &[Forgotten<'_>], desk: &mut Desk<'_>, say: impl Fn(Result<&AgendaItem, usize>) -> Diagnostic) {
    match found {
        [first, ..] if found.len() > SINGLE => {
            desk.report.add(say(Err(found.len())).at(first.item.title.span, "the first of them"));
        }
        few => few.iter().for_each(|one| desk.report.add(say(Ok(one.item)).of(one.of))),
    }
}

/// Says whether an item is one that somebody gives: no break, no list of news or calls.
fn is_talk(item: &AgendaItem) -> bool {
    const BREAKS: [&str; 14] = [
        "break",
        "lunch",
        "coffee",
        "pause",
        "q&a",
        "questions",
        "discussion",
        "networking",
        "registration",
        "welcome",
        "closing",
        "mittag",
        "déjeuner",
        "fragen",
    ];
    let title = item.title.as_str().to_lowercase();
    item.kind.is_none_or(|kind| kind.value == AgendaKind::Talk) && !BREAKS.iter().any(|word| title.contains(word))
}
