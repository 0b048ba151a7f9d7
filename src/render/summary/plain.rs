//! The summary in plain form: the same facts in the same order, as blocks below each other.

use crate::locale::Locale;
use crate::model::{AgendaKind, Call, Edition, News, Session};
use crate::prose::{Block, Inline, Prose};
use crate::render::listing::{CallEntry, NewsEntry, Reference};
use crate::theme::Theme;

use super::{Item, Role, Summary};

// Levels of headings.
const TITLE: u8 = 1;
const SECTION: u8 = 2;
const CALL: u8 = 3;

/// Renders the summary of `session` for the plain engine.
pub fn blocks(edition: &Edition, session: &Session, locale: &Locale, theme: &Theme) -> Vec<Block> {
    let view = Summary::new(edition, session, locale, theme);
    let mut writer = Writer { blocks: Vec::new(), locale };
    writer.cover(&view);
    if let Some(introduction) = &session.summary {
        writer.heading(SECTION, &[&locale.labels.introduction]);
        writer.roles(&view.beside_introduction);
        writer.prose(introduction, SECTION);
    }
    if !view.agenda.is_empty() {
        writer.heading(SECTION, &[&locale.labels.agenda]);
        writer.roles(&view.beside_agenda);
        view.agenda.iter().for_each(|item| writer.agenda_item(item));
    }
    if !session.key_messages.is_empty() {
        writer.heading(SECTION, &[&locale.labels.key_messages]);
        writer.roles(&view.beside_messages);
        let item = |message: &Prose| lowered(message.blocks(), SECTION);
        writer.blocks.push(Block::List(None, session.key_messages.iter().map(item).collect()));
    }
    for (item, source) in view.agenda.iter().zip(&session.agenda).filter(|(item, _)| item.has_section()) {
        writer.heading(SECTION, &[&item.number, &item.title]);
        writer.line(&[&item.time, &item.as_of], " · ");
        item.speakers.iter().for_each(|group| writer.line(&[&group.words(locale)], ""));
        source.body.iter().for_each(|body| writer.prose(body, SECTION));
        let kind = source.kind.as_ref().map(|kind| kind.value);
        if kind == Some(AgendaKind::News) {
            item.news.iter().zip(&edition.news).for_each(|(entry, news)| writer.news(entry, news));
        }
        if kind == Some(AgendaKind::Calls) {
            item.calls.iter().zip(&edition.calls).for_each(|(entry, call)| writer.call(entry, call, &view));
        }
    }
    if !view.links.is_empty() {
        writer.heading(SECTION, &[&locale.labels.links]);
        let links = view.links.iter().map(|link| vec![Block::Paragraph(reference(link))]).collect();
        writer.blocks.push(Block::List(None, links));
    }
    writer.blocks
}

struct Writer<'a> {
    blocks: Vec<Block>,
    locale: &'a Locale,
}

impl Writer<'_> {
    fn cover(&mut self, view: &Summary<'_>) {
        self.line(&[&view.publisher], "");
        self.line(&[&view.labels.summary], "");
        self.heading(TITLE, &[&view.title]);
        self.strong(&view.series);
        for line in [&view.date, &view.time, &view.place, &view.about] {
            self.line(&[line], "");
        }
        self.line(&[&view.initiative], "");
    }

    fn heading(&mut self, level: u8, parts: &[&str]) {
        let text = joined(parts, " ");
        if !text.is_empty() {
            self.blocks.push(Block::Heading(level, vec![letters(&text)]));
        }
    }

    /// Writes what is known of `parts` into one line.
    fn line(&mut self, parts: &[&str], between: &str) {
        let text = joined(parts, between);
        if !text.is_empty() {
            self.blocks.push(Block::Paragraph(vec![letters(&text)]));
        }
    }

    fn strong(&mut self, text: &str) {
        if !text.is_empty() {
            self.blocks.push(Block::Paragraph(vec![Inline::Strong(vec![letters(text)])]));
        }
    }

    fn prose(&mut self, prose: &Prose, below: u8) {
        self.blocks.extend(lowered(prose.blocks(), below));
    }

    fn roles(&mut self, roles: &[Role<'_>]) {
        for role in roles {
            for group in &role.persons {
                self.line(&[&role.colon, &group.words(self.locale)], " ");
            }
        }
    }

    fn agenda_item(&mut self, item: &Item<'_>) {
        let number = if item.number.is_empty() { String::new() } else { format!("{}.", item.number) };
        let mut line = vec![letters(&joined(&[&number, &item.time], " ")), letters(" ")];
        line.push(Inline::Strong(vec![letters(&item.title)]));
        for group in &item.speakers {
            line.extend([Inline::Break, letters(&group.words(self.locale))]);
        }
        self.blocks.push(Block::Paragraph(line));
    }

    fn news(&mut self, entry: &NewsEntry<'_>, news: &News) {
        let mut item = vec![letters(&entry.action), letters(if entry.action.is_empty() { "" } else { " " })];
        item.push(Inline::Strong(link(&entry.title, entry.url)));
        for line in [joined(&[&entry.date, &entry.place], " · "), entry.address.clone()] {
            if !line.is_empty() {
                item.extend([Inline::Break, letters(&line)]);
            }
        }
        self.blocks.push(Block::Paragraph(item));
        news.summary.iter().for_each(|summary| self.prose(summary, CALL));
    }

    fn call(&mut self, entry: &CallEntry<'_>, call: &Call, view: &Summary<'_>) {
        self.blocks.push(Block::Heading(CALL, link(&entry.title, entry.url)));
        let day = joined(&[&entry.day, &entry.month], "\u{A0}");
        let day = if day.is_empty() { view.labels.no_deadline.clone() } else { day };
        self.strong(&joined(&[&day, &entry.time, &entry.cut_off, entry.state], " · "));
        let facts: Vec<String> = entry.facts.iter().map(|(label, value)| joined(&[label, value], " ")).collect();
        self.line(&facts.iter().map(String::as_str).collect::<Vec<_>>(), " · ");
        if let Some(eligibility) = &call.eligibility {
            let mut blocks = lowered(eligibility.blocks(), CALL);
            let label = [letters(&view.eligibility), letters(" ")];
            match blocks.first_mut() {
                Some(Block::Paragraph(inlines)) => drop(inlines.splice(..0, label)),
                _ => self.line(&[&view.eligibility], ""),
            }
            self.blocks.append(&mut blocks);
        }
        call.summary.iter().for_each(|summary| self.prose(summary, CALL));
        self.line(&[&entry.address], "");
    }
}

fn letters(text: &str) -> Inline {
    Inline::Text(text.into())
}

fn joined(parts: &[&str], between: &str) -> String {
    parts.iter().copied().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between)
}

fn link(text: &str, url: &str) -> Vec<Inline> {
    match url.parse() {
        Ok(address) => vec![Inline::Link(address, vec![letters(text)])],
        Err(_) => vec![letters(text)],
    }
}

fn reference(reference: &Reference<'_>) -> Vec<Inline> {
    let mut line = link(&reference.label, reference.url);
    if !reference.address.is_empty() {
        line.extend([Inline::Break, letters(&reference.address)]);
    }
    line
}

/// Gives blocks whose headings stand below one of level `below`.
fn lowered(mut blocks: Vec<Block>, below: u8) -> Vec<Block> {
    for block in &mut blocks {
        if let Block::Heading(level, _) = block {
            *level = (*level + below).min(6);
        }
    }
    blocks
}
