//! The handout in plain form: the same facts in the same order, as blocks below each other. What finds pages by their
//! number (contents, grids, index) and what is no text (codes, bars, room for notes) is not in it.

use crate::artifact::Plain;
use crate::locale::Locale;
use crate::model::Edition;
use crate::prose::{Block, Inline};
use crate::render::plain::{ENTRY, SECTION, TALK, TITLE, Writer, joined, letters, link};
use crate::render::talk::Talk;
use crate::theme::Theme;

use super::programme::Day;
use super::{Handout, Held, Section};

/// Renders the handout for the plain engine.
pub fn blocks(edition: &Edition, locale: &Locale, theme: &Theme) -> Plain {
    let view = Handout::new(edition, locale, theme);
    let labels = &locale.labels;
    let mut writer = Writer::new(locale);
    masthead(&view, &mut writer);
    for section in &view.sections {
        match section {
            Section::Programme(days) => {
                if !view.tracked {
                    writer.heading(SECTION, &[&labels.programme]);
                }
                days.iter().for_each(|one| day(one, view.tracked, &mut writer));
            }
            Section::Messages(sessions) => {
                writer.heading(SECTION, &[&labels.held]);
                sessions.iter().for_each(|one| held(one, &mut writer));
            }
            Section::Calls(calls, _) => {
                writer.heading(SECTION, &[&labels.calls]);
                writer.line(&[&view.as_of], "");
                calls.iter().for_each(|(call, _)| writer.call(call, &view.eligibility));
            }
            Section::News(news) => {
                writer.heading(SECTION, &[&labels.news]);
                news.iter().for_each(|one| writer.news(one));
            }
            Section::Contact => {
                writer.heading(SECTION, &[&labels.contact]);
                writer.mark("contact");
                contact(&view, &mut writer);
            }
            Section::Contents | Section::Index(..) => {}
        }
    }
    writer.finish()
}

fn masthead(view: &Handout<'_>, writer: &mut Writer<'_>) {
    writer.line(&[&view.publisher], "");
    writer.line(&[view.kind], "");
    writer.heading(TITLE, &[&view.title]);
    writer.strong(&view.subtitle);
    writer.line(&[&view.date], "");
}

fn day(day: &Day<'_>, tracked: bool, writer: &mut Writer<'_>) {
    writer.heading(if tracked { SECTION } else { ENTRY }, &[&day.title]);
    writer.line(&[&day.note], "");
    for track in &day.tracks {
        if tracked {
            writer.heading(ENTRY, &[&track.title]);
        }
        track.talks.iter().for_each(|one| talk(one, writer));
    }
}

fn talk(talk: &Talk<'_>, writer: &mut Writer<'_>) {
    writer.mark(&talk.item);
    writer.blocks.push(Block::Heading(TALK, link(&talk.title, talk.url)));
    let place = joined(&[&talk.room, &talk.place, &talk.about], " · ");
    let parts = [(&talk.time[..], true), (talk.state, true), (&place, false), (&talk.series, false)];
    let mut line: Vec<Inline> = Vec::new();
    for (part, is_strong) in parts.into_iter().filter(|(part, _)| !part.is_empty()) {
        if !line.is_empty() {
            line.push(letters(" · "));
        }
        line.push(if is_strong { Inline::Strong(vec![letters(part)]) } else { letters(part) });
    }
    if !line.is_empty() {
        writer.blocks.push(Block::Paragraph(line));
    }
    writer.roles(&talk.roles);
    writer.prose(&talk.body, TALK);
    for item in &talk.agenda {
        writer.agenda_item(&item.item, &item.time, &item.title, &item.speakers);
        writer.prose(&item.body, TALK);
    }
    writer.line(&[&talk.address], "");
    writer.references(&talk.links);
}

fn held(held: &Held<'_>, writer: &mut Writer<'_>) {
    writer.mark(&held.item);
    writer.blocks.push(Block::Heading(ENTRY, link(&held.title, held.url)));
    writer.line(&[&held.when, &held.time, &held.place], " · ");
    writer.roles(&held.roles);
    writer.prose(&held.body, ENTRY);
    match &held.messages[..] {
        [] => {}
        [one] => writer.prose(one, ENTRY),
        many => writer.list(many, ENTRY),
    }
    writer.line(&[&held.address], "");
}

fn contact(view: &Handout<'_>, writer: &mut Writer<'_>) {
    let mut lines: Vec<Vec<Inline>> = view.contact.iter().map(|line| vec![letters(line)]).collect();
    lines.extend(view.contact_link.as_ref().map(|website| link(&website.label, website.url)));
    if !view.contact_email.is_empty() {
        lines.push(link(view.contact_email, &format!("mailto:{}", view.contact_email)));
    }
    writer.blocks.push(Block::Paragraph(lines.join(&Inline::Break)));
}
