//! The summary in plain form: the same facts in the same order, as blocks below each other.

use crate::artifact::Plain;
use crate::locale::Locale;
use crate::model::{Edition, Session};
use crate::prose::Block;
use crate::render::plain::{SECTION, TITLE, Writer, joined, persons};
use crate::theme::Theme;

use super::Summary;

/// Renders the summary of `session` for the plain engine.
pub fn blocks(edition: &Edition, session: &Session, locale: &Locale, theme: &Theme) -> Plain {
    let view = Summary::new(edition, session, locale, theme);
    let mut writer = Writer::new(locale);
    cover(&view, &mut writer);
    if let Some(introduction) = &view.introduction {
        writer.heading(SECTION, &[&locale.labels.introduction]);
        writer.roles(&view.beside_introduction);
        writer.prose(introduction, SECTION);
    }
    if !view.agenda.is_empty() {
        writer.heading(SECTION, &[&locale.labels.agenda]);
        writer.roles(&view.beside_agenda);
        for item in &view.agenda {
            let number = if item.number.is_empty() { String::new() } else { format!("{}.", item.number) };
            writer.agenda_item(&item.item, &joined(&[&number, &item.time], " "), &item.title, &item.speakers);
        }
    }
    if !view.key_messages.is_empty() {
        writer.heading(SECTION, &[&locale.labels.key_messages]);
        writer.roles(&view.beside_messages);
        writer.list(&view.key_messages, SECTION);
    }
    for item in view.agenda.iter().filter(|item| item.has_section()) {
        writer.heading(SECTION, &[&item.number, &item.title]);
        writer.line(&[&item.time, &item.as_of], " · ");
        let speakers = item.speakers.iter().map(|group| Block::Paragraph(persons(group, locale)));
        writer.blocks.extend(speakers);
        writer.prose(&item.body, SECTION);
        item.news.iter().for_each(|entry| writer.news(entry));
        item.calls.iter().for_each(|entry| writer.call(entry, &view.eligibility));
    }
    if !view.links.is_empty() {
        writer.heading(SECTION, &[&locale.labels.links]);
        writer.references(&view.links);
    }
    writer.finish()
}

fn cover(view: &Summary<'_>, writer: &mut Writer<'_>) {
    writer.line(&[&view.publisher], "");
    writer.line(&[&view.labels.summary], "");
    writer.heading(TITLE, &[&view.title]);
    writer.strong(&view.series);
    for line in [&view.date, &view.time, &view.place, &view.about] {
        writer.line(&[line], "");
    }
    writer.line(&[&view.initiative], "");
}
