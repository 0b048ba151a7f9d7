//! Prose as HTML for mail: styles inline, everything escaped, links to `https`, `http`, `mailto` and `tel` only
//! (an [`Address`](crate::model::Address) is never anything else).

use std::fmt::{self, Display, Write};

use askama::FastWritable;

use crate::model::value::placeholders;
use crate::prose::{Align, Block, Inline, Table};
use crate::render::campaign::Campaign;
use crate::render::newsletter::style::Styles;

/// Some blocks of prose, ready to be written into a template.
#[derive(Debug, Clone, Copy)]
pub struct Html<'a> {
    /// What is written.
    pub blocks: &'a [Block],
    /// How it looks.
    pub style: &'a Styles,
    /// What its links carry.
    pub campaign: &'a Campaign<'a>,
    /// Level of every heading in it: one below the heading that it stands under, so that none is skipped.
    pub level: u8,
    /// Whether it speaks in the second voice, small and muted.
    pub quiet: bool,
}

impl Display for Html<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.blocks(self.blocks, f)
    }
}

impl FastWritable for Html<'_> {
    fn write_into(&self, dest: &mut dyn Write, _: &dyn askama::Values) -> askama::Result<()> {
        Ok(self.blocks(self.blocks, dest)?)
    }
}

impl askama::filters::HtmlSafe for Html<'_> {}

impl Html<'_> {
    fn blocks(&self, blocks: &[Block], out: &mut dyn Write) -> fmt::Result {
        blocks.iter().try_for_each(|block| self.block(block, out))
    }

    fn block(&self, block: &Block, out: &mut dyn Write) -> fmt::Result {
        let style = self.style;
        match block {
            Block::Paragraph(inlines) => {
                let (open, look) =
                    if self.quiet { ("<p class=\"mu\" style=\"", &style.meta) } else { ("<p style=\"", &style.text) };
                for part in [open, look, "\">"] {
                    out.write_str(part)?;
                }
                self.inlines(inlines, out)?;
                out.write_str("</p>")
            }
            Block::Heading(_, inlines) => {
                write!(out, "<h{} style=\"{}\">", self.level, style.h4)?;
                self.inlines(inlines, out)?;
                write!(out, "</h{}>", self.level)
            }
            Block::List(start, items) => self.list(*start, items, out),
            Block::Quote(blocks) => {
                write!(out, "<blockquote class=\"ru\" style=\"{}\">", style.quote)?;
                self.blocks(blocks, out)?;
                out.write_str("</blockquote>")
            }
            Block::Code(text) => {
                // Outlook and Samsung's program know nothing of `white-space`: breaks and spaces are written.
                write!(out, "<p class=\"so tx\" style=\"{}\">", style.code)?;
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
            Block::Rule => write!(out, "<hr class=\"ru\" style=\"{}\">", style.divider),
        }
    }

    fn list(&self, start: Option<u64>, items: &[Vec<Block>], out: &mut dyn Write) -> fmt::Result {
        let tag = if start.is_some() { "ol" } else { "ul" };
        write!(out, "<{tag}")?;
        if let Some(start) = start.filter(|&start| start != 1) {
            write!(out, " start=\"{start}\"")?;
        }
        write!(out, " style=\"{}\">", self.style.list)?;
        for item in items {
            write!(out, "<li style=\"{}\">", self.style.li)?;
            match item.split_first() {
                // A line of its own in each item would only double the space between the items.
                Some((Block::Paragraph(inlines), rest)) => {
                    self.inlines(inlines, out)?;
                    self.blocks(rest, out)?;
                }
                _ => self.blocks(item, out)?,
            }
            out.write_str("</li>")?;
        }
        write!(out, "</{tag}>")
    }

    fn table(&self, table: &Table, out: &mut dyn Write) -> fmt::Result {
        // The outer edges of a table stand on those of the text.
        let align = |column: usize| match table.alignments.get(column) {
            Some(Align::Center) => ("center", "4px 8px"),
            Some(Align::End) => ("right", "4px 0 4px 16px"),
            _ => ("left", "4px 16px 4px 0"),
        };
        write!(
            out,
            "<table role=\"table\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"{}\"><tr>",
            self.style.table
        )?;
        for (column, cell) in table.head.iter().enumerate() {
            // A head without words is no head: a screen reader would announce nothing.
            let tag = if cell.is_empty() { "td" } else { "th scope=\"col\"" };
            let (align, padding) = align(column);
            write!(out, "<{tag} align=\"{align}\" class=\"tx ru\" style=\"padding:{padding};{}\">", self.style.th)?;
            self.inlines(cell, out)?;
            write!(out, "</{}>", &tag[..2])?;
        }
        out.write_str("</tr>")?;
        for row in &table.rows {
            out.write_str("<tr>")?;
            for (column, cell) in row.iter().enumerate() {
                let (align, padding) = align(column);
                write!(out, "<td align=\"{align}\" class=\"tx ru\" style=\"padding:{padding};{}\">", self.style.td)?;
                self.inlines(cell, out)?;
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
                    write!(out, "<code style=\"{}\">", self.style.letters)?;
                    escape(text, out)?;
                    out.write_str("</code>")?;
                }
                Inline::Link(address, inner) => {
                    out.write_str("<a href=\"")?;
                    escape(&self.campaign.href(address.as_str()), out)?;
                    write!(out, "\" class=\"lk\" style=\"{}\">", self.style.link)?;
                    self.inlines(inner, out)?;
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

/// Writes text; a mailing service finds its placeholders as they were written, quotation marks and all. No tag can
/// stand in them either.
fn letters(text: &str, out: &mut dyn Write) -> fmt::Result {
    let mut at = 0;
    if text.contains("{{") {
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

/// Writes text so that none of it can be a tag, an attribute's end or an entity.
fn escape(text: &str, out: &mut dyn Write) -> fmt::Result {
    let is_sign = |byte: u8| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'');
    // Most texts have no such sign; without an early end the loop looks at many bytes at once.
    if !text.bytes().fold(false, |found, byte| found | is_sign(byte)) {
        return out.write_str(text);
    }
    let mut rest = text;
    while let Some(at) = rest.bytes().position(is_sign) {
        out.write_str(&rest[..at])?;
        out.write_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        })?;
        rest = &rest[at + 1..];
    }
    out.write_str(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::newsletter::fixture::prose;
    use crate::theme::{DEFAULT, Theme};

    fn written(markdown: &str) -> String {
        let style = Styles::new(&Theme::named(DEFAULT).expect("a theme"));
        let blocks = prose(markdown).blocks();
        let html = Html { blocks: &blocks, style: &style, campaign: &Campaign::default(), level: 4, quiet: false };
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
                r#"<h4>One</h4><p>Two <em>three</em> <strong>four</strong> <code>five</code><br>six</p><ul><li>a</li><li>b</li></ul><ol start="3"><li>c</li></ol><blockquote class="ru"><p>d</p></blockquote>"#
            ]]
        );
    }

    #[test]
    fn a_table_has_heads_that_say_what_they_are() {
        snapbox::assert_data_eq!(
            written("| | a |\n|---|--:|\n| b | c |\n"),
            snapbox::str![[
                r#"<table role="table" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="left" class="tx ru"></td><th scope="col" align="right" class="tx ru">a</th></tr><tr><td align="left" class="tx ru">b</td><td align="right" class="tx ru">c</td></tr></table>"#
            ]]
        );
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
