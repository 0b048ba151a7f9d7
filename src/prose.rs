//! Prose: CommonMark (with tables) as a small tree of blocks and inlines, from which each format writes its own.

use ecow::EcoString;
use pulldown_cmark::{Alignment, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::model::Address;
use crate::source::{Span, Str, Text};

/// Blocks and inlines inside each other, at most. Typst gives up at about thirty.
const DEEPEST: usize = 12;

/// A text in CommonMark, checked: its links can be used. It is parsed when it is rendered.
#[derive(Debug, Clone, PartialEq)]
pub struct Prose {
    text: Text,
}

/// A block of prose.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A heading, its level from 1.
    Heading(u8, Vec<Inline>),
    /// A list, numbered from a number or not at all.
    List(Option<u64>, Vec<Vec<Block>>),
    /// A quotation.
    Quote(Vec<Block>),
    /// Text that is shown letter by letter.
    Code(EcoString),
    /// A table: head and rows of cells.
    Table(Table),
    /// A break between topics.
    Rule,
}

/// A table in prose.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// One for each column.
    pub alignments: Vec<Align>,
    /// The head's cells.
    pub head: Vec<Vec<Inline>>,
    /// The rows' cells.
    pub rows: Vec<Vec<Vec<Inline>>>,
}

/// Where a column's text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// At the start of the line.
    Start,
    /// In the middle.
    Center,
    /// At the end.
    End,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq)]
pub enum Inline {
    /// Letters.
    Text(EcoString),
    /// Emphasis.
    Emph(Vec<Inline>),
    /// Strong emphasis.
    Strong(Vec<Inline>),
    /// Code.
    Code(EcoString),
    /// A link with its text.
    Link(Address, Vec<Inline>),
    /// A line break.
    Break,
}

impl Prose {
    /// Decodes prose: tells links that cannot be used (they are printed as text alone) and HTML (printed letter by
    /// letter).
    pub fn decode(text: Text, raw: &str, report: &mut Report) -> Prose {
        // Most prose has nothing to be told: no link, no tag, and too few signs to nest anything deep.
        let bytes = text.as_str().as_bytes();
        let nests = |b: &u8| matches!(*b, b'>' | b'*' | b'_' | b'+' | b'-' | b'.' | b')');
        if memchr::memchr2(b'[', b'<', bytes).is_none()
            && bytes.iter().map(|b| usize::from(nests(b))).sum::<usize>() <= DEEPEST
        {
            return Prose { text };
        }
        // Where the cell holds the very text, a place inside it is exact; else it is the whole cell.
        let place = |range: std::ops::Range<usize>| match raw.find(text.as_str()) {
            Some(at) => text.span.part(at + range.start..at + range.end),
            None => text.span,
        };
        let mut html: Option<Span> = None;
        let mut depth = 0;
        for (event, range) in parser(text.as_str()).into_offset_iter() {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                _ => {}
            }
            if depth > DEEPEST {
                report.add(
                    Diagnostic::error(Code::TooDeep, "lists, quotations or emphasis are nested too deep")
                        .at(place(range), format!("more than {DEEPEST} levels"))
                        .help("take some levels away; nobody could read them on paper"),
                );
                return Prose { text: text.with(Str::new()) };
            }
            match event {
                Event::Start(Tag::Link { dest_url, .. }) if !dest_url.is_empty() => {
                    if let Err((why, help)) = email_or_url(&dest_url).parse::<Address>() {
                        let message = format!("the link `{dest_url}` is not a usable address");
                        report.add(Diagnostic::error(Code::BadUrl, message).at(place(range), why).help(help));
                    }
                }
                Event::Html(_) | Event::InlineHtml(_) => {
                    html.get_or_insert(place(range));
                }
                _ => {}
            }
        }
        if let Some(span) = html {
            report.add(
                Diagnostic::warning(Code::RawHtml, "prose holds an HTML tag; it is printed letter by letter")
                    .at(span, "")
                    .help("use CommonMark: `**strong**`, `*emphasis*`, `[text](https://…)`"),
            );
        }
        Prose { text }
    }

    /// Gives the text as it was written.
    pub fn source(&self) -> &Text {
        &self.text
    }

    /// Parses it.
    pub fn blocks(&self) -> Vec<Block> {
        if is_plain(self.text.as_str()) {
            return vec![Block::Paragraph(vec![Inline::Text(self.text.as_str().into())])];
        }
        Tree::default().read(parser(self.text.as_str()))
    }

    /// Gives its letters without markup, blocks joined by a space.
    pub fn plain(&self) -> String {
        let mut plain = String::new();
        plain_blocks(&self.blocks(), &mut plain);
        plain.trim().to_owned()
    }
}

/// Says whether a text is one paragraph without markup: it has no line break, and nothing in it that CommonMark reads
/// as something else. Most cells are such, and the parser costs more than all that follows.
fn is_plain(text: &str) -> bool {
    let whole = text.starts_with(char::is_alphabetic) && !text.ends_with(char::is_whitespace);
    let mark = |byte: u8| {
        matches!(byte, 0..=0x1F | b'\\' | b'`' | b'*' | b'_' | b'[' | b']' | b'<' | b'>' | b'&' | b'!' | b'~' | b'|')
    };
    whole && !text.bytes().any(mark)
}

fn parser(text: &str) -> Parser<'_> {
    Parser::new_ext(text, Options::ENABLE_TABLES)
}

/// CommonMark §6.5: `<name@example.org>` is a link to `mailto:`.
fn email_or_url(dest: &str) -> String {
    if dest.contains('@') && !dest.contains([':', '/']) { format!("mailto:{dest}") } else { dest.to_owned() }
}

fn plain_blocks(blocks: &[Block], out: &mut String) {
    for block in blocks {
        match block {
            Block::Paragraph(inlines) | Block::Heading(_, inlines) => plain_inlines(inlines, out),
            Block::List(_, items) => items.iter().for_each(|item| plain_blocks(item, out)),
            Block::Quote(blocks) => plain_blocks(blocks, out),
            Block::Code(text) => out.push_str(text.trim_end()),
            Block::Table(table) => {
                for cell in table.head.iter().chain(table.rows.iter().flatten()) {
                    plain_inlines(cell, out);
                    out.push(' ');
                }
            }
            Block::Rule => {}
        }
        if !out.ends_with(' ') {
            out.push(' ');
        }
    }
}

/// Appends the letters of some inlines without markup.
pub fn plain_inlines(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => out.push_str(text),
            Inline::Emph(inner) | Inline::Strong(inner) | Inline::Link(_, inner) => plain_inlines(inner, out),
            Inline::Break => out.push(' '),
        }
    }
}

/// Builds the tree from pulldown-cmark's events. Each open container keeps what it has so far.
#[derive(Default)]
struct Tree {
    blocks: Vec<Vec<Block>>,
    inlines: Vec<Vec<Inline>>,
    items: Vec<(Option<u64>, Vec<Vec<Block>>)>,
    table: Table,
    links: Vec<Option<Address>>,
    code: Option<String>,
}

impl Tree {
    fn read<'a>(mut self, events: impl Iterator<Item = Event<'a>>) -> Vec<Block> {
        self.blocks.push(Vec::new());
        for event in events {
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
                None => self.text(&text),
            },
            Event::Html(text) | Event::InlineHtml(text) => self.text(&text),
            Event::Code(text) => self.inline(Inline::Code(text.as_ref().into())),
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.inline(Inline::Break),
            Event::Rule => self.block(Block::Rule),
            // Not enabled in `parser`.
            Event::FootnoteReference(text) | Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text),
            Event::TaskListMarker(_) => {}
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
                self.links.push(email_or_url(&dest_url).parse().ok());
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
                self.block(Block::Heading(depth(level), trim(inlines)));
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
                let code = self.code.take().unwrap_or_default();
                self.block(Block::Code(code.into()));
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

    fn text(&mut self, text: &str) {
        self.ensure_paragraph();
        if let Some(Inline::Text(last)) = self.inlines.last_mut().and_then(|inlines| inlines.last_mut()) {
            last.push_str(text);
        } else {
            self.inline(Inline::Text(text.into()));
        }
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

fn trim(mut inlines: Vec<Inline>) -> Vec<Inline> {
    if let Some(Inline::Text(last)) = inlines.last_mut() {
        *last = last.trim_end().into();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn read(markdown: &str) -> (String, Report) {
        let mut report = Report::default();
        let id = Sources::default().add("a.csv", markdown.into(), &mut report).expect("UTF-8");
        let text = Text::new(markdown.into(), Span::new(id, 0..markdown.len()));
        let prose = Prose::decode(text, markdown, &mut report);
        (format!("{:?}", prose.blocks()), report)
    }

    #[test]
    fn prose_becomes_blocks_and_inlines() {
        let (blocks, report) =
            read("One *two* **three** `four`  \n[five](https://example.org).\n\n> - a\n> - b\n\n3. c\n");
        assert!(report.diagnostics().is_empty());
        snapbox::assert_data_eq!(
            blocks,
            snapbox::str![[
                r#"[Paragraph([Text("One "), Emph([Text("two")]), Text(" "), Strong([Text("three")]), Text(" "), Code("four"), Break, Link(Address("https://example.org"), [Text("five")]), Text(".")]), Quote([List(None, [[Paragraph([Text("a")])], [Paragraph([Text("b")])]])]), List(Some(3), [[Paragraph([Text("c")])]])]"#
            ]]
        );
    }

    proptest::proptest! {
        #[test]
        fn what_looks_plain_is_what_the_parser_makes_of_it(text in "[ -~äé–中 \u{A0}\u{2028}\u{3000}#.:+=-]{0,40}") {
            if is_plain(&text) {
                let parsed = Tree::default().read(parser(&text));
                proptest::prop_assert_eq!(parsed, vec![Block::Paragraph(vec![Inline::Text(text.as_str().into())])]);
            }
        }
    }

    #[test]
    fn tables_keep_head_and_rows() {
        let (blocks, _) = read("| a | b |\n|---|--:|\n| 1 | 2 |\n");
        snapbox::assert_data_eq!(
            blocks,
            snapbox::str![[
                r#"[Table(Table { alignments: [Start, End], head: [[Text("a")], [Text("b")]], rows: [[[Text("1")], [Text("2")]]] })]"#
            ]]
        );
    }

    #[test]
    fn a_harmful_link_is_told_and_printed_as_text() {
        let (blocks, report) = read("See [this](javascript:alert(1)) and <b>that</b>.");
        assert_eq!(
            report.diagnostics().iter().map(|d| (d.code, d.labels[0].span.range())).collect::<Vec<_>>(),
            [(Code::BadUrl, 4..31), (Code::RawHtml, 36..39),]
        );
        snapbox::assert_data_eq!(
            blocks,
            snapbox::str![[r#"[Paragraph([Text("See "), Text("this and <b>that</b>.")])]"#]]
        );
    }
}
