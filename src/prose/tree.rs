//! From the parser's events to the tree.

use pulldown_cmark::{Alignment, Event, HeadingLevel, Tag, TagEnd, TextMergeStream};

use super::{Align, Block, Inline, Table, email_or_url, plain_inlines};
use crate::model::Address;
use crate::model::cell::is_harmful;

/// Builds the tree from pulldown-cmark's events. Each open container keeps what it has so far.
#[derive(Default)]
pub(super) struct Tree {
    blocks: Vec<Vec<Block>>,
    inlines: Vec<Vec<Inline>>,
    items: Vec<(Option<u64>, Vec<Vec<Block>>)>,
    table: Table,
    links: Vec<Option<Address>>,
    code: Option<String>,
}

impl Tree {
    /// Reads all events.
    pub(super) fn read<'a>(mut self, events: impl Iterator<Item = Event<'a>>) -> Vec<Block> {
        self.blocks.push(Vec::new());
        for event in TextMergeStream::new(events.map(as_text)) {
            self.take(event);
        }
        self.close_paragraph();
        self.blocks.pop().unwrap_or_default()
    }

    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.open(tag),
            Event::End(tag) => self.close(tag),
            Event::Text(text) => match &mut self.code {
                Some(code) => code.push_str(&text),
                None => self.inline(Inline::Text(text.as_ref().into())),
            },
            Event::Code(text) => self.inline(Inline::Code(text.as_ref().into())),
            Event::HardBreak => self.inline(Inline::Break),
            Event::Rule => self.block(Block::Rule),
            // Those that say something are text by now.
            _ => {}
        }
    }

    fn open(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::Heading { .. } | Tag::HtmlBlock => {
                self.close_paragraph();
                self.inlines.push(Vec::new());
            }
            Tag::Emphasis | Tag::Strong | Tag::Image { .. } => {
                self.ensure_paragraph();
                self.inlines.push(Vec::new());
            }
            Tag::Link { dest_url, .. } => {
                self.ensure_paragraph();
                // One that holds a placeholder was let in where that is right.
                let url = email_or_url(&dest_url);
                self.links.push(Address::merged(&url).or_else(|| url.parse().ok()));
                self.inlines.push(Vec::new());
            }
            Tag::TableCell => self.inlines.push(Vec::new()),
            Tag::List(start) => {
                self.close_paragraph();
                self.items.push((start, Vec::new()));
            }
            Tag::Item | Tag::BlockQuote(_) => {
                self.close_paragraph();
                self.blocks.push(Vec::new());
            }
            Tag::CodeBlock(_) => {
                self.close_paragraph();
                self.code = Some(String::new());
            }
            Tag::Table(alignments) => {
                self.close_paragraph();
                let align = |a: &Alignment| match a {
                    Alignment::Center => Align::Center,
                    Alignment::Right => Align::End,
                    Alignment::None | Alignment::Left => Align::Start,
                };
                self.table = Table { alignments: alignments.iter().map(align).collect(), ..Table::default() };
            }
            Tag::TableRow => self.table.rows.push(Vec::new()),
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.close_paragraph(),
            TagEnd::Heading(level) => {
                let inlines = self.inlines.pop().unwrap_or_default();
                let inlines = trim(inlines);
                // One that says nothing leads nowhere, and a PDF with it is not accessible (PDF/UA-1 §7.4.2).
                let mut title = String::new();
                plain_inlines(&inlines, &mut title);
                if !title.trim().is_empty() {
                    self.block(Block::Heading(depth(level), inlines));
                }
            }
            TagEnd::Emphasis => self.wrap(Inline::Emph),
            TagEnd::Strong => self.wrap(Inline::Strong),
            TagEnd::Link => match self.links.pop().flatten() {
                Some(address) => {
                    let inner = self.inlines.pop().unwrap_or_default();
                    self.inline(Inline::Link(address, inner));
                }
                None => self.splice(),
            },
            // A picture in prose is its alternative text.
            TagEnd::Image => self.splice(),
            TagEnd::TableCell => {
                let cell = trim(self.inlines.pop().unwrap_or_default());
                match self.table.rows.last_mut() {
                    Some(row) => row.push(cell),
                    None => self.table.head.push(cell),
                }
            }
            TagEnd::Table => {
                let table = std::mem::take(&mut self.table);
                self.block(Block::Table(table));
            }
            TagEnd::List(_) => {
                let (start, items) = self.items.pop().unwrap_or_default();
                self.block(Block::List(start, items));
            }
            TagEnd::Item => {
                self.close_paragraph();
                let blocks = self.blocks.pop().unwrap_or_default();
                if let Some((_, items)) = self.items.last_mut() {
                    items.push(blocks);
                }
            }
            TagEnd::BlockQuote(_) => {
                self.close_paragraph();
                let blocks = self.blocks.pop().unwrap_or_default();
                self.block(Block::Quote(blocks));
            }
            TagEnd::CodeBlock => {
                // An empty one would be an empty box.
                let code = self.code.take().filter(|code| !code.trim().is_empty());
                code.into_iter().for_each(|code| self.block(Block::Code(code.into())));
            }
            _ => {}
        }
    }

    fn wrap(&mut self, container: fn(Vec<Inline>) -> Inline) {
        let inner = self.inlines.pop().unwrap_or_default();
        if !inner.is_empty() {
            self.inline(container(inner));
        }
    }

    fn splice(&mut self) {
        let inner = self.inlines.pop().unwrap_or_default();
        inner.into_iter().for_each(|inline| self.inline(inline));
    }

    fn inline(&mut self, inline: Inline) {
        self.ensure_paragraph();
        if let Some(inlines) = self.inlines.last_mut() {
            inlines.push(inline);
        }
    }

    /// The text of a tight list item comes without a paragraph around it.
    fn ensure_paragraph(&mut self) {
        if self.inlines.is_empty() {
            self.inlines.push(Vec::new());
        }
    }

    fn close_paragraph(&mut self) {
        if let Some(inlines) = self.inlines.pop() {
            let inlines = trim(inlines);
            if !inlines.is_empty() {
                self.block(Block::Paragraph(inlines));
            }
        }
    }

    fn block(&mut self, block: Block) {
        if let Some(blocks) = self.blocks.last_mut() {
            blocks.push(block);
        }
    }
}

/// Gives the text that an event says, where it is nothing else to us.
fn as_text(event: Event<'_>) -> Event<'_> {
    match event {
        // Lines of a tag run on, as those of a paragraph do.
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text.replace('\n', " ").into()),
        Event::SoftBreak => Event::Text(" ".into()),
        // By its number a character comes in that is dropped where it stands as it is.
        Event::Text(text) if text.contains(is_harmful) => {
            Event::Text(text.chars().filter(|&c| !is_harmful(c)).collect::<String>().into())
        }
        // Not enabled in `parser`.
        Event::FootnoteReference(text) | Event::InlineMath(text) | Event::DisplayMath(text) => Event::Text(text),
        other => other,
    }
}

fn trim(mut inlines: Vec<Inline>) -> Vec<Inline> {
    if let Some(Inline::Text(last)) = inlines.last_mut() {
        *last = last.substr_using(str::trim_end);
        if last.is_empty() {
            inlines.pop();
        }
    }
    inlines
}

fn depth(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
