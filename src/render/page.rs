//! Prose as HTML for a page: tags say what they are and the page's sheet dresses them; everything escaped, links to
//! `https`, `http`, `mailto` and `tel` only (an [`Address`](crate::model::Address) is never anything else).

use std::fmt::{self, Write};

use crate::locale::Direction;
use crate::prose::{Align, Block, Inline, Table};
use crate::render::escape::escape;
use crate::render::html::attribute;
use crate::render::line::{way, way_of_blocks};

/// Some blocks of prose, ready to be written into a template.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// What is written.
    pub blocks: &'a [Block],
    /// The way of what it stands in; blocks that go the other way say so.
    pub direction: Direction,
    /// Level of every heading in it: one below the heading that it stands under, so that none is skipped.
    pub level: u8,
    /// Whether it speaks in the second voice, small and muted.
    pub quiet: bool,
}

html!(Page<'_>, |page, out| page.blocks(page.blocks, out));

impl Page<'_> {
    fn blocks(&self, blocks: &[Block], out: &mut dyn Write) -> fmt::Result {
        blocks.iter().try_for_each(|block| self.block(block, out))
    }

    /// Gives the same for what stands inside of an element of the other way, and the attribute of that element.
    fn across(&self, way: Option<Direction>) -> (Self, &'static str) {
        let way = way.filter(|way| *way != self.direction);
        (Page { direction: way.unwrap_or(self.direction), ..*self }, attribute(way))
    }

    fn block(&self, block: &Block, out: &mut dyn Write) -> fmt::Result {
        match block {
            Block::Paragraph(inlines) => {
                let (inside, dir) = self.across(way(inlines));
                write!(out, "<p{dir}{}>", if self.quiet { " class=\"meta\"" } else { "" })?;
                inside.inlines(inlines, out)?;
                out.write_str("</p>")
            }
            Block::Heading(_, inlines) => {
                let (inside, dir) = self.across(way(inlines));
                write!(out, "<h{}{dir}>", self.level)?;
                inside.inlines(inlines, out)?;
                write!(out, "</h{}>", self.level)
            }
            Block::List(start, items) => self.list(*start, items, out),
            Block::Quote(blocks) => {
                let (inside, dir) = self.across(way_of_blocks(blocks));
                write!(out, "<blockquote{dir}>")?;
                inside.blocks(blocks, out)?;
                out.write_str("</blockquote>")
            }
            Block::Code(text) => {
                let (_, dir) = self.across(Direction::of(text).or(Some(Direction::Ltr)));
                write!(out, "<pre{dir}><code>")?;
                escape(text.trim_end(), out)?;
                out.write_str("</code></pre>")
            }
            Block::Table(table) => self.table(table, out),
            Block::Rule => out.write_str("<hr>"),
        }
    }

    fn list(&self, start: Option<u64>, items: &[Vec<Block>], out: &mut dyn Write) -> fmt::Result {
        let tag = if start.is_some() { "ol" } else { "ul" };
        let (inside, dir) = self.across(items.iter().find_map(|item| way_of_blocks(item)));
        write!(out, "<{tag}{dir}")?;
        if let Some(start) = start.filter(|&start| start != 1) {
            write!(out, " start=\"{start}\"")?;
        }
        out.write_str(">")?;
        for item in items {
            out.write_str("<li>")?;
            match item.split_first() {
                // A line of its own in each item would only double the space between the items.
                Some((Block::Paragraph(inlines), rest)) => {
                    // On the item itself it would put the mark to the other side.
                    match inside.across(way(inlines)) {
                        (_, "") => inside.inlines(inlines, out)?,
                        (across, dir) => {
                            write!(out, "<span{dir}>")?;
                            across.inlines(inlines, out)?;
                            out.write_str("</span>")?;
                        }
                    }
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
        let (inside, dir) = self.across(cells().find_map(|cell| way(cell)));
        let class = |column: usize| match table.alignments.get(column) {
            Some(Align::Center) => " class=\"center\"",
            Some(Align::End) => " class=\"right\"",
            _ => "",
        };
        write!(out, "<table{dir}><tr>")?;
        for (column, cell) in table.head.iter().enumerate() {
            // A head without words is no head: a screen reader would announce nothing.
            let tag = if cell.is_empty() { "td" } else { "th scope=\"col\"" };
            write!(out, "<{tag}{}>", class(column))?;
            inside.inlines(cell, out)?;
            write!(out, "</{}>", &tag[..2])?;
        }
        out.write_str("</tr>")?;
        for row in &table.rows {
            out.write_str("<tr>")?;
            for (column, cell) in row.iter().enumerate() {
                write!(out, "<td{}>", class(column))?;
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
                Inline::Text(text) => escape(text, out)?,
                Inline::Emph(inner) => self.wrapped("em", inner, out)?,
                Inline::Strong(inner) => self.wrapped("strong", inner, out)?,
                Inline::Code(text) => {
                    let (_, dir) = self.across(Direction::of(text).or(Some(Direction::Ltr)));
                    write!(out, "<code{dir}>")?;
                    escape(text, out)?;
                    out.write_str("</code>")?;
                }
                Inline::Link(address, inner) => {
                    let (inside, dir) = self.across(way(inner));
                    write!(out, "<a{dir} href=\"")?;
                    escape(address.as_str(), out)?;
                    out.write_str("\">")?;
                    inside.inlines(inner, out)?;
                    out.write_str("</a>")?;
                }
                Inline::Break => out.write_str("<br>")?,
            }
        }
        Ok(())
    }

    fn wrapped(&self, tag: &str, inner: &[Inline], out: &mut dyn Write) -> fmt::Result {
        write!(out, "<{tag}>")?;
        self.inlines(inner, out)?;
        write!(out, "</{tag}>")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::newsletter::fixture::prose;

    fn written(markdown: &str) -> String {
        let blocks = prose(markdown).blocks();
        Page { blocks: &blocks, direction: Direction::Ltr, level: 4, quiet: false }.to_string()
    }

    #[test]
    fn prose_becomes_tags_without_styles() {
        snapbox::assert_data_eq!(
            written(
                "# One\n\nTwo *three* `five`\\\n[six](https://example.org/)\n\n- a\n\n3. c\n\n> d\n\n```\n  <e>\n```\n\n\
                 ---\n\n| | b |\n|---|--:|\n| c | d |\n"
            ),
            snapbox::str![[
                r#"<h4>One</h4><p>Two <em>three</em> <code>five</code><br><a href="https://example.org/">six</a></p><ul><li>a</li></ul><ol start="3"><li>c</li></ol><blockquote><p>d</p></blockquote><pre><code>  &lt;e&gt;</code></pre><hr><table><tr><td></td><th scope="col" class="right">b</th></tr><tr><td>c</td><td class="right">d</td></tr></table>"#
            ]]
        );
    }

    #[test]
    fn blocks_that_go_across_say_so() {
        snapbox::assert_data_eq!(
            written("نص [رابط](https://example.org) `a`\n\nText: نص\n\n- نقطة\n- Point!\n\n> اقتباس\n\n# عنوان\n"),
            snapbox::str![[
                r#"<p dir="rtl">نص <a href="https://example.org">رابط</a> <code dir="ltr">a</code></p><p>Text: نص</p><ul dir="rtl"><li>نقطة</li><li><span dir="ltr">Point!</span></li></ul><blockquote dir="rtl"><p>اقتباس</p></blockquote><h4 dir="rtl">عنوان</h4>"#
            ]]
        );
    }

    #[test]
    fn text_never_becomes_a_tag_or_an_attribute() {
        for markdown in [
            "<script>alert(1)</script>",
            "a\"><img src=x onerror=alert(1)>",
            "`<img src=x>`",
            "[a](javascript:alert(1))",
            "[<img src=x>](https://example.org/?a=\"><script>)",
        ] {
            let html = written(markdown);
            assert!(!html.contains("<script") && !html.contains("<img") && !html.contains("javascript:"), "{html}");
        }
    }
}
