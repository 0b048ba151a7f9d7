//! Subject and preheader, as a list of mail shows them.

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::model::value::placeholders;
use crate::model::{Edition, Href, Target};
use crate::source::{Sources, Text};

/// What the widest list shows of a subject, in letters.
const SUBJECT: usize = 150;

/// What is shown of a preheader, in letters.
const PREHEADER: usize = 130;

/// How one makes a line shorter.
const FIRST: &str = "say what matters most, and say it first";

/// Tells what a mail program would cut or change, and placeholders that nobody fills in.
pub fn check(edition: &Edition, sources: &Sources, report: &mut Report) {
    let mailing = &edition.mailing;
    // Without a subject of its own, title and date are the subject.
    let subject = mailing.subject.as_ref().unwrap_or(&edition.title);
    let shorter = if mailing.subject.is_some() { FIRST } else { "write a shorter `subject` in `[newsletter]`" };
    long("subject", subject, SUBJECT, shorter, report);
    let raw = sources.slice(subject.span).trim();
    // In a string between quotation marks a line break can be written as `\n`.
    let is_written = |sign| raw.contains(sign) && !subject.as_str().contains(sign);
    if raw.contains('\n') || is_written("\\n") || is_written("\\r") {
        report.add(
            Diagnostic::warning(Code::AwkwardHeader, "the subject has a line break")
                .at(subject.span, "a space stands in its place")
                .help("write it in one line"),
        );
    }
    if let Some(emoji) = subject.as_str().chars().find(|&c| is_emoji(c)) {
        report.add(
            Diagnostic::note(Code::AwkwardHeader, "the subject has an emoji")
                .at(subject.span, format!("U+{:04X} is an empty box in some programs", u32::from(emoji))),
        );
    }
    encoded(edition, report);
    if let Some(preheader) = &mailing.preheader {
        long("preheader", preheader, PREHEADER, FIRST, report);
    }
    // Who writes neither gets both, made of what is in the edition.
    for (field, other, text) in [
        ("preheader", "subject", mailing.subject.as_ref().filter(|_| mailing.preheader.is_none())),
        ("subject", "preheader", mailing.preheader.as_ref().filter(|_| mailing.subject.is_none())),
    ] {
        if let Some(text) = text {
            report.add(
                Diagnostic::note(Code::AwkwardHeader, format!("there is a {other}, but no {field}"))
                    .at(text.span, format!("a {field} is made that does not know of it"))
                    .help(format!("write a `{field}` that goes with it")),
            );
        }
    }
    if mailing.target == Target::Eml {
        let way_out = mailing.unsubscribe_url.as_ref().filter(|url| matches!(url.value, Href::Placeholder(_)));
        let intro = mailing.intro.as_ref().map(|intro| intro.source());
        let texts = [mailing.subject.as_ref(), mailing.preheader.as_ref(), intro].into_iter().flatten();
        let texts = texts.filter(|text| placeholders(text.as_str()).is_ok_and(|found| !found.is_empty()));
        for place in way_out.map(|url| url.span).into_iter().chain(texts.map(|text| text.span)) {
            report.add(
                Diagnostic::warning(Code::BadPlaceholder, "nobody fills in this placeholder")
                    .at(place, "the message goes out as it is")
                    .help("name the service that sends it: `target = \"brevo\"`"),
            );
        }
    } else if let (Some(_), Some(intro)) = (&mailing.web_url, &mailing.intro)
        && placeholders(intro.source().as_str()).is_ok_and(|found| !found.is_empty())
    {
        report.add(
            Diagnostic::warning(Code::BadPlaceholder, "nobody fills in this placeholder in the web copy")
                .at(intro.source().span, "`newsletter-web.html` shows it as it stands")
                .help("begin with words for everybody, or let the service make its copy: delete `web-url`"),
        );
    }
}

/// Tells letters that a mail program would decode once more (RFC 2047 §2).
fn encoded(edition: &Edition, report: &mut Report) {
    let mailing = &edition.mailing;
    let subject = mailing.subject.as_ref().unwrap_or(&edition.title);
    let name = edition.publisher.name.as_ref();
    let names = [&mailing.from, &mailing.to, &mailing.reply_to].into_iter().flatten();
    let names = names.filter_map(|mailbox| Some((mailbox.value.name.as_deref()?, mailbox.span)));
    let list = mailing.list_id.as_ref().and_then(|list| Some((list.value.name()?, list.span)));
    let texts = [Some(subject), name].into_iter().flatten().map(|text| (text.as_str(), text.span));
    for (text, span) in texts.chain(names).chain(list) {
        let is_encoded = |word: &str| word.split_once("=?").is_some_and(|(_, rest)| rest.contains("?="));
        if text.split_whitespace().any(is_encoded) {
            report.add(
                Diagnostic::error(Code::AwkwardHeader, "mail programs show other letters than these")
                    .at(span, "`=?…?=` is how a message encodes letters")
                    .help("write the letters themselves: the message encodes them where it must"),
            );
        }
    }
}

fn long(field: &str, text: &Text, most: usize, help: &str, report: &mut Report) {
    let letters = text.as_str().chars().count();
    if letters > most {
        report.add(
            Diagnostic::warning(Code::AwkwardHeader, format!("the {field} has {letters} letters"))
                .at(text.span, format!("at most {most} are shown"))
                .help(help),
        );
    }
}

fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1F000}'..='\u{1FAFF}' | '\u{FE0F}')
}
