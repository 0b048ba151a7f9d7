//! Prose as HTML for mail: styles inline, everything escaped, links to `https`, `http`, `mailto` and `tel` only
//! (an [`Address`](crate::model::Address) is never anything else).

use std::borrow::Cow;
use std::fmt::{self, Write};

use crate::locale::Direction;
use crate::model::value::placeholders;
use crate::prose::{Align, Block, Inline, Table};
use crate::render::campaign::Campaign;
use crate::render::escape::escape;
use crate::render::line::{way, way_of_blocks};
use crate::render::newsletter::style::{Styles, mirrored};

/// Some blocks of prose, ready to be written into a template.
#[derive(Debug, Clone, Copy)]
pub struct Html<'a> {
    /// What is written.
    pub blocks: &'a [Block],
    /// How it looks.
    pub style: &'a Styles,
    /// What its links carry.
    pub campaign: &'a Campaign<'a>,
    /// The way of what it stands in; blocks that go the other way say so.
    pub direction: Direction,
    /// Level of every heading in it: one below the heading that it stands under, so that none is skipped.
    pub level: u8,
    /// Whether it speaks in the second voice, small and muted.
    pub quiet: bool,
}

html!(Html<'_>, |html, out| html.blocks(html.blocks, out));

impl Html<'_> {
    fn blocks(&self, blocks: &[Block], out: &mut dyn Write) -> fmt::Result {
        blocks.iter().try_for_each(|block| self.block(block, out))
    }

    /// Gives the same for what stands inside of an element of the other way.
    fn inside(&self, way: Option<Direction>) -> Self {
        Html { direction: way.unwrap_or(self.direction), ..*self }
    }

    /// Gives a style for the way of its element.
    fn look<'s>(&self, style: &'s str) -> Cow<'s, str> {
        if self.direction == self.style.direction { style.into() } else { mirrored(style).into() }
    }

    /// Gives the way of a text, where it is not that of what it stands in.
    fn across(&self, way: Option<Direction>) -> Option<Direction> {
        way.filter(|way| *way != self.direction)
    }

    fn block(&self, block: &Block, out: &mut dyn Write) -> fmt::Result {
        let style = self.style;
        match block {
            Block::Paragraph(inlines) => {
                let tag = if self.quiet { &style.tags.meta } else { &style.tags.text };
                let way = self.across(way(inlines));
                tag.with(attribute(way)).write(out)?;
                self.inside(way).inlines(inlines, out)?;
                out.write_str("</p>")
            }
            Block::Heading(_, inlines) => {
                write!(out, "<h{} style=\"{}\">", self.level, style.h4)?;
                self.isolated(inlines, out)?;
                write!(out, "</h{}>", self.level)
            }
            Block::List(start, items) => self.list(*start, items, out),
            Block::Quote(blocks) => {
                let way = self.across(way_of_blocks(blocks));
                let inside = self.inside(way);
                write!(out, "<blockquote{} style=\"{}\">", attribute(way), inside.look(&style.quote))?;
                inside.blocks(blocks, out)?;
                out.write_str("</blockquote>")
            }
            Block::Code(text) => {
                // Outlook and Samsung's program know nothing of `white-space`: breaks and spaces are written.
                let dir = attribute(self.across(Direction::of(text).or(Some(Direction::Ltr))));
                write!(out, "<p{dir} class=\"so tx\" style=\"{}\">", style.code)?;
                for (at, line) in text.trim_end().lines().enumerate() {
                    if at > 0 {
                        out.write_str("<br>")?;
                    }
                    escape(
                        &line.replace('\t', "    ").replace("  ", " \u{A0}").replace("\u{A0} ", "\u{A0}\u{A0}"),
                        out,
                    )?;
                }
                out.write_str("</p>")
            }
            Block::Table(table) => self.table(table, out),
            Block::Rule => write!(out, "<hr style=\"{}\">", style.divider),
        }
    }

    fn list(&self, start: Option<u64>, items: &[Vec<Block>], out: &mut dyn Write) -> fmt::Result {
        let tag = if start.is_some() { "ol" } else { "ul" };
        let list = self.across(items.iter().find_map(|item| way_of_blocks(item)));
        let inside = self.inside(list);
        write!(out, "<{tag}{}", attribute(list))?;
        if let Some(start) = start.filter(|&start| start != 1) {
            write!(out, " start=\"{start}\"")?;
        }
        write!(out, " style=\"{}\">", inside.look(&self.style.list))?;
        for item in items {
            write!(out, "<li style=\"{}\">", self.style.li)?;
            match item.split_first() {
                // A line of its own in each item would only double the space between the items.
                Some((Block::Paragraph(inlines), rest)) => {
                    // On the item itself it would put the mark to the other side.
                    inside.isolated(inlines, out)?;
                    inside.blocks(rest, out)?;
                }
                _ => inside.blocks(item, out)?,
            }
            out.write_str("</li>")?;
        }
        write!(out, "</{tag}>")
    }

    fn table(&self, table: &Table, out: &mut dyn Write) -> fmt::Result {
        let cells = || table.head.iter().chain(table.rows.iter().flatten());
        let across = self.across(cells().find_map(|cell| way(cell)));
        let inside = self.inside(across);
        // The outer edges of a table stand on those of the text.
        // Outlook is told that cells stand at the right, and has to be told of those that do not.
        let told = self.style.direction == Direction::Rtl;
        let align = |column: usize| match (table.alignments.get(column), inside.direction) {
            (Some(Align::Center), _) => ("center", "4px 8px"),
            // Numbers have their units at the right in every language.
            (Some(Align::End), _) | (_, Direction::Rtl) => ("right", "4px 0 4px 16px"),
            (_, Direction::Ltr) => ("left", "4px 16px 4px 0"),
        };
        write!(
            out,
            "<table{} role=\"table\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"{}\"><tr>",
            attribute(across),
            self.style.table
        )?;
        for (column, cell) in table.head.iter().enumerate() {
            // A head without words is no head: a screen reader would announce nothing.
            let tag = if cell.is_empty() { "td" } else { "th scope=\"col\"" };
            let (align, padding) = align(column);
            let too = if told { format!("text-align:{align};") } else { String::new() };
            write!(out, "<{tag} align=\"{align}\" class=\"tx\" style=\"{too}padding:{padding};{}\">", self.style.th)?;
            inside.inlines(cell, out)?;
            write!(out, "</{}>", &tag[..2])?;
        }
        out.write_str("</tr>")?;
        for row in &table.rows {
            out.write_str("<tr>")?;
            for (column, cell) in row.iter().enumerate() {
                let (align, padding) = align(column);
                let too = if told { format!("text-align:{align};") } else { String::new() };
                write!(out, "<td align=\"{align}\" class=\"tx\" style=\"{too}padding:{padding};{}\">", self.style.td)?;
                inside.inlines(cell, out)?;
                out.write_str("</td>")?;
            }
            out.write_str("</tr>")?;
        }
        out.write_str("</table>")
    }

    /// Writes a line's pieces.
    fn inlines(&self, inlines: &[Inline], out: &mut dyn Write) -> fmt::Result {
        for inline in inlines {
            match inline {
                Inline::Text(text) => letters(text, out)?,
                Inline::Emph(inner) => self.wrapped("em", inner, out)?,
                Inline::Strong(inner) => self.wrapped("strong", inner, out)?,
                Inline::Code(text) => {
                    let dir = attribute(self.across(Direction::of(text).or(Some(Direction::Ltr))));
                    write!(out, "<code{dir} style=\"{}\">", self.style.letters)?;
                    escape(text, out)?;
                    out.write_str("</code>")?;
                }
                Inline::Link(address, inner) => {
                    let href = self.campaign.href(address.as_str());
                    self.style.tags.link.write(attribute(self.across(way(inner))), &href, out)?;
                    self.inlines(inner, out)?;
                    out.write_str("</a>")?;
                }
                Inline::Break => out.write_str("<br>")?,
            }
        }
        Ok(())
    }

    /// Writes a line that keeps the place of its element, whichever way it goes.
    fn isolated(&self, inlines: &[Inline], out: &mut dyn Write) -> fmt::Result {
        let Some(way) = self.across(way(inlines)) else { return self.inlines(inlines, out) };
        write!(out, "<span{}>", attribute(Some(way)))?;
        self.inside(Some(way)).inlines(inlines, out)?;
        out.write_str("</span>")
    }

    fn wrapped(&self, tag: &str, inner: &[Inline], out: &mut dyn Write) -> fmt::Result {
        write!(out, "<{tag}>")?;
        self.inlines(inner, out)?;
        write!(out, "</{tag}>")
    }
}

/// A text between tags, with its placeholders as a mailing service looks for them.
#[derive(Debug, Clone, Copy)]
pub struct Letters<'a>(pub &'a str);

html!(Letters<'_>, |text, out| letters(text.0, out));

/// Writes text; a mailing service finds its placeholders as they were written, quotation marks and all. No tag can
/// stand in them either.
fn letters(text: &str, out: &mut dyn Write) -> fmt::Result {
    let mut at = 0;
    if memchr::memchr(b'{', text.as_bytes()).is_some() {
        for found in placeholders(text).unwrap_or_default() {
            escape(&text[at..found.start], out)?;
            let mark = &text[found.clone()];
            match mark.contains(['<', '>']) {
                true => escape(mark, out)?,
                false => out.write_str(mark)?,
            }
            at = found.end;
        }
    }
    escape(&text[at..], out)
}

/// Gives the attribute that says a way; nothing where nothing needs to be said.
pub(super) fn attribute(way: Option<Direction>) -> &'static str {
    match way {
        None => "",
        Some(Direction::Ltr) => " dir=\"ltr\"",
        Some(Direction::Rtl) => " dir=\"rtl\"",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::newsletter::fixture::prose;
    use crate::theme::{DEFAULT, Theme};

    fn written(markdown: &str) -> String {
        let style = Styles::new(&Theme::named(DEFAULT).expect("a theme"));
        let blocks = prose(markdown).blocks();
        let html = Html {
            blocks: &blocks,
            style: &style,
            campaign: &Campaign::default(),
            direction: style.direction,
            level: 4,
            quiet: false,
        };
        // The styles are long and looked at elsewhere.
        let mut rest = html.to_string();
        while let Some(at) = rest.find(" style=\"") {
            let end = at + 8 + rest[at + 8..].find('"').expect("styles have no quotation marks") + 1;
            rest.replace_range(at..end, "");
        }
        rest
    }

    #[test]
    fn prose_becomes_tags_of_mail() {
        snapbox::assert_data_eq!(
            written("# One\n\nTwo *three* **four** `five`\\\nsix\n\n- a\n- b\n\n3. c\n\n> d\n"),
            snapbox::str![[
                r#"<h4>One</h4><p>Two <em>three</em> <strong>four</strong> <code>five</code><br>six</p><ul><li>a</li><li>b</li></ul><ol start="3"><li>c</li></ol><blockquote><p>d</p></blockquote>"#
            ]]
        );
    }

    #[test]
    fn a_table_has_heads_that_say_what_they_are() {
        snapbox::assert_data_eq!(
            written("| | a |\n|---|--:|\n| b | c |\n"),
            snapbox::str![[
                r#"<table role="table" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="left" class="tx"></td><th scope="col" align="right" class="tx">a</th></tr><tr><td align="left" class="tx">b</td><td align="right" class="tx">c</td></tr></table>"#
            ]]
        );
    }

    #[test]
    fn blocks_that_go_across_say_so() {
        snapbox::assert_data_eq!(
            written("نص [رابط](https://example.org) `a`\n\nText: نص\n\n- نقطة\n- Point!\n\n> اقتباس\n\n# عنوان\n"),
            snapbox::str![[
                r#"<p dir="rtl">نص <a href="https://example.org">رابط</a> <code dir="ltr">a</code></p><p>Text: نص</p><ul dir="rtl"><li>نقطة</li><li><span dir="ltr">Point!</span></li></ul><blockquote dir="rtl"><p>اقتباس</p></blockquote><h4><span dir="rtl">عنوان</span></h4>"#
            ]]
        );
        assert!(written("2024").starts_with("<p>"), "digits go with what they stand in");
    }

    #[test]
    fn text_never_becomes_a_tag_or_an_attribute() {
        for (markdown, expected) in [
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("a\"><img src=x onerror=alert(1)>", "a&quot;&gt;&lt;img src=x onerror=alert(1)&gt;"),
            ("`<b>` & 'c' -->", "&lt;b&gt;"),
            ("[a](javascript:alert(1))", ">a</p>"),
            ("[a](https://example.org/?a=1&b='2'\"3\")", "href=\"https://example.org/?a=1&amp;b=%272%27%223%22\""),
        ] {
            let html = written(markdown);
            assert!(html.contains(expected), "{html}");
            assert!(!html.contains("<script") && !html.contains("<img") && !html.contains("javascript:"), "{html}");
        }
    }
}
