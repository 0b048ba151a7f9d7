//! Documents in plain form: what stands in lists and columns elsewhere, as blocks below each other.

use crate::artifact::Plain;
use crate::locale::Locale;
use crate::prose::{Block, Inline};

use super::listing::{CallEntry, NewsEntry, Reference};
use super::passage::Passage;
use super::persons::{Group, Role};

// Levels of headings: that of the document, of its parts, of an entry in one, of a talk on a day.
pub(super) const TITLE: u8 = 1;
pub(super) const SECTION: u8 = 2;
pub(super) const ENTRY: u8 = 3;
pub(super) const TALK: u8 = 4;

/// Writes what is known, and nothing where nothing is.
pub(super) struct Writer<'a> {
    pub(super) blocks: Vec<Block>,
    marks: Vec<(usize, String)>,
    pub(super) locale: &'a Locale,
}

impl<'a> Writer<'a> {
    pub(super) fn new(locale: &'a Locale) -> Self {
        Writer { blocks: Vec::new(), marks: Vec::new(), locale }
    }

    /// Gives what was written.
    pub(super) fn finish(self) -> Plain {
        Plain { blocks: self.blocks, marks: self.marks }
    }

    /// Says what begins here, for who reads the pages back.
    pub(super) fn mark(&mut self, item: &str) {
        self.marks.push((self.blocks.len(), item.to_owned()));
    }

    pub(super) fn heading(&mut self, level: u8, parts: &[&str]) {
        let text = joined(parts, " ");
        if !text.is_empty() {
            match level {
                SECTION => self.mark("chapter"),
                ENTRY => self.mark("part"),
                _ => {}
            }
            self.blocks.push(Block::Heading(level, vec![letters(&text)]));
        }
    }

    /// Writes what is known of `parts` into one line.
    pub(super) fn line(&mut self, parts: &[&str], between: &str) {
        let text = joined(parts, between);
        if !text.is_empty() {
            self.blocks.push(Block::Paragraph(vec![letters(&text)]));
        }
    }

    pub(super) fn strong(&mut self, text: &str) {
        if !text.is_empty() {
            self.blocks.push(Block::Paragraph(vec![Inline::Strong(vec![letters(text)])]));
        }
    }

    /// Writes prose whose headings stand below one of level `above`.
    pub(super) fn prose(&mut self, passage: &Passage, above: u8) {
        self.blocks.extend(passage.below(above));
    }

    /// Writes several pieces of prose as a list.
    pub(super) fn list(&mut self, passages: &[Passage], above: u8) {
        self.blocks.push(Block::List(None, passages.iter().map(|passage| passage.below(above)).collect()));
    }

    pub(super) fn roles(&mut self, roles: &[Role<'_>]) {
        for role in roles {
            for group in &role.persons {
                let label = if role.colon.is_empty() { String::new() } else { format!("{} ", role.colon) };
                let line = [letters(&label)].into_iter().chain(persons(group, self.locale));
                self.blocks.push(Block::Paragraph(line.collect()));
            }
        }
    }

    /// Writes an item of an agenda: number or time, title, speakers.
    pub(super) fn agenda_item(&mut self, item: &str, before: &str, title: &str, speakers: &[Group<'_>]) {
        let before = if before.is_empty() { String::new() } else { format!("{before} ") };
        let mut line = vec![letters(&before), Inline::Strong(vec![letters(title)])];
        for group in speakers {
            line.push(Inline::Break);
            line.extend(persons(group, self.locale));
        }
        self.mark(item);
        self.blocks.push(Block::Paragraph(line));
    }

    pub(super) fn references(&mut self, links: &[Reference<'_>]) {
        if !links.is_empty() {
            let links = links.iter().map(|link| vec![Block::Paragraph(reference(link))]).collect();
            self.blocks.push(Block::List(None, links));
        }
    }

    pub(super) fn news(&mut self, entry: &NewsEntry<'_>) {
        let mut item = vec![letters(&entry.action), letters(if entry.action.is_empty() { "" } else { " " })];
        item.push(Inline::Strong(link(&entry.title, entry.url)));
        for line in [joined(&[&entry.date, &entry.place], " · "), entry.address.clone()] {
            if !line.is_empty() {
                item.extend([Inline::Break, letters(&line)]);
            }
        }
        self.mark(&entry.item);
        self.blocks.push(Block::Paragraph(item));
        self.prose(&entry.body, ENTRY);
    }

    /// Writes a call. `eligibility` is the label before who is eligible.
    pub(super) fn call(&mut self, entry: &CallEntry<'_>, eligibility: &str) {
        self.mark(&entry.item);
        self.blocks.push(Block::Heading(ENTRY, link(&entry.title, entry.url)));
        let day = joined(&[&entry.day, &entry.month], "\u{A0}");
        let day = if day.is_empty() { self.locale.labels.no_deadline.clone() } else { day };
        self.strong(&joined(&[&day, &entry.time, &entry.cut_off, entry.state], " · "));
        let facts: Vec<String> = entry.facts.iter().map(|(label, value)| joined(&[label, value], " ")).collect();
        self.line(&facts.iter().map(String::as_str).collect::<Vec<_>>(), " · ");
        if !entry.eligibility.is_empty() {
            let mut blocks = entry.eligibility.below(ENTRY);
            let label = [letters(eligibility), letters(" ")];
            match blocks.first_mut() {
                Some(Block::Paragraph(inlines)) => drop(inlines.splice(..0, label)),
                _ => self.line(&[eligibility], ""),
            }
            self.blocks.append(&mut blocks);
        }
        self.prose(&entry.body, ENTRY);
        self.line(&[&entry.address], "");
    }
}

pub(super) fn letters(text: &str) -> Inline {
    Inline::Text(text.into())
}

pub(super) fn joined(parts: &[&str], between: &str) -> String {
    parts.iter().copied().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between)
}

pub(super) fn link(text: &str, url: &str) -> Vec<Inline> {
    match url.parse() {
        Ok(address) => vec![Inline::Link(address, vec![letters(text)])],
        Err(_) => vec![letters(text)],
    }
}

/// Gives the line of some persons: their names lead to the pages about them.
pub(super) fn persons(group: &Group<'_>, locale: &Locale) -> Vec<Inline> {
    group.pieces(locale).into_iter().flat_map(|(piece, url)| link(&piece, url.unwrap_or_default())).collect()
}

fn reference(reference: &Reference<'_>) -> Vec<Inline> {
    let mut line = link(&reference.label, reference.url);
    if !reference.address.is_empty() {
        line.extend([Inline::Break, letters(&reference.address)]);
    }
    line
}
