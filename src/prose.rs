//! Prose: CommonMark (with tables) as a small tree of blocks and inlines, from which each format writes its own.

use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::bytes;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::model::Address;
use crate::model::cell::is_harmful;
use crate::source::{Form, Span, Str, Text};

use shield::Shield;
pub use stretch::{Anchor, GAP, Stretch};
use tree::Tree;

mod build;
pub mod html;
mod shield;
mod stretch;
mod tree;
mod write;

/// Blocks and inlines inside each other, at most. Typst gives up at eleven quotations.
const DEEPEST: usize = 10;

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
    Code(Str),
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
    Text(Str),
    /// Emphasis.
    Emph(Vec<Inline>),
    /// Strong emphasis.
    Strong(Vec<Inline>),
    /// Code.
    Code(Str),
    /// A link with its text.
    Link(Address, Vec<Inline>),
    /// A line break.
    Break,
}

impl Prose {
    /// Decodes prose: tells links that cannot be used (they are printed as text alone) and HTML (printed letter by
    /// letter).
    pub fn decode(text: Text, raw: &str, report: &mut Report) -> Prose {
        Prose::check(text, raw, str::parse, report)
    }

    /// Decodes prose that only a mail shows: a mailing service may make other links of its links.
    pub fn decode_mail(text: Text, raw: &str, report: &mut Report) -> Prose {
        Prose::check(text, raw, |url| Address::merged(url).map_or_else(|| url.parse(), Ok), report)
    }

    fn check(
        text: Text,
        raw: &str,
        address: impl Fn(&str) -> Result<Address, (String, String)>,
        report: &mut Report,
    ) -> Prose {
        // Most prose has nothing to be told: no link, no tag, and too few signs to nest anything deep.
        let bytes = text.as_str().as_bytes();
        let nests = |b: &u8| matches!(*b, b'>' | b'*' | b'_' | b'+' | b'-' | b'.' | b')');
        let has_number = || memchr::memchr(b'&', bytes).is_some() && text.as_str().contains("&#");
        if memchr::memchr2(b'[', b'<', bytes).is_none()
            && !has_number()
            && bytes.iter().map(|b| usize::from(nests(b))).sum::<usize>() <= DEEPEST
        {
            return Prose { text };
        }
        let place = |range: std::ops::Range<usize>| match Form::find(raw, text.as_str(), &range) {
            Some(inside) => text.span.part(inside),
            None => text.span,
        };
        let mut html: Option<Span> = None;
        let mut dropped: Vec<(char, Span)> = Vec::new();
        let mut depth = 0;
        let shield = Shield::over(text.as_str());
        for (event, range) in parser(shield.text()).into_offset_iter() {
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
            match shield.lift(event) {
                Event::Start(Tag::Link { dest_url, .. }) if !dest_url.is_empty() => {
                    if let Err((why, help)) = address(&email_or_url(&dest_url)) {
                        let message = format!("the link `{dest_url}` is not a usable address");
                        report.add(Diagnostic::error(Code::BadUrl, message).at(place(range), why).help(help));
                    }
                }
                Event::Html(_) | Event::InlineHtml(_) => {
                    html.get_or_insert(place(range));
                }
                // The cell itself has none any more: it stands there by its number.
                Event::Text(letters) => {
                    dropped.extend(letters.chars().filter(|&c| is_harmful(c)).map(|c| (c, place(range.clone()))));
                }
                _ => {}
            }
        }
        for (c, span) in dropped {
            report.add(
                Diagnostic::warning(
                    Code::DroppedCharacters,
                    format!("a character was left out: U+{:04X}", u32::from(c)),
                )
                .at(span, "")
                .help("it cannot be seen and can spoil a line; delete it from the cell"),
            );
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
            return vec![Block::Paragraph(vec![Inline::Text(self.text.value.clone())])];
        }
        let shield = Shield::over(self.text.as_str());
        Tree::default().read(parser(shield.text()).map(|event| shield.lift(event)))
    }

    /// Gives its letters without markup, blocks joined by a space.
    pub fn plain(&self) -> String {
        let mut plain = String::new();
        plain_blocks(&self.blocks(), &mut plain);
        plain.trim().to_owned()
    }
}

/// What CommonMark may read as something else, wherever it stands.
const MARKS: [u8; 12] = *b"\\`*_[]<>&!~|";

/// Says whether a text is one paragraph without markup: it has no line break, and nothing in it that CommonMark reads
/// as something else. Most cells are such, and the parser costs more than all that follows.
fn is_plain(text: &str) -> bool {
    let whole = text.starts_with(char::is_alphabetic) && !text.ends_with(char::is_whitespace);
    let is_mark = |byte| MARKS.iter().fold(byte < b' ', |found, &mark| found | (byte == mark));
    whole && !bytes::any(text.as_bytes(), is_mark)
}

/// Parses CommonMark.
fn read_blocks(text: &str) -> Vec<Block> {
    Tree::default().read(parser(text))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn text(markdown: &str) -> Text {
        let id = Sources::default().add("a.csv", markdown.into(), &mut Report::default()).expect("UTF-8");
        Text::new(markdown.into(), Span::new(id, 0..markdown.len()))
    }

    fn read(markdown: &str) -> (String, Report) {
        let mut report = Report::default();
        let prose = Prose::decode(text(markdown), markdown, &mut report);
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
        // A cell holds no characters that are dropped.
        #[test]
        fn what_looks_plain_is_what_the_parser_makes_of_it(text in "[ -~äé–中 \u{A0}\u{3000}#.:+=-]{0,40}") {
            if is_plain(&text) {
                let parsed = Tree::default().read(parser(&text));
                proptest::prop_assert_eq!(parsed, vec![Block::Paragraph(vec![Inline::Text(text.as_str().into())])]);
            }
        }
    }

    #[test]
    fn placeholders_are_no_markup() {
        let (blocks, report) = read("*|FNAME|* and `*|A|*`");
        assert!(report.diagnostics().is_empty());
        snapbox::assert_data_eq!(blocks, snapbox::str![[r#"[Paragraph([Text("*|FNAME|* and "), Code("*|A|*")])]"#]]);
    }

    #[test]
    fn only_a_mail_links_to_placeholders() {
        let words = "[a](*|X|*) [b]({{ x }}) [c](https://example.org/{{ x }}?y=*|Y|*)";
        let prose = Prose::decode_mail(text(words), words, &mut Report::default());
        let links: Vec<String> = prose.blocks().iter().map(|block| format!("{block:?}")).collect();
        snapbox::assert_data_eq!(
            links.join(""),
            snapbox::str![[
                r#"Paragraph([Link(Address("*|X|*"), [Text("a")]), Text(" "), Link(Address("{{ x }}"), [Text("b")]), Text(" "), Link(Address("https://example.org/{{ x }}?y=*|Y|*"), [Text("c")])])"#
            ]]
        );
        let (_, report) = read(words);
        assert_eq!(report.diagnostics().len(), 3);
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
            snapbox::str![[r#"[Paragraph([Text("See "), Text("this"), Text(" and <b>that</b>.")])]"#]]
        );
    }
}
