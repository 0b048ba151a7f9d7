//! Prose as plain text for mail, addresses whole and on lines of their own.

use std::fmt::{self, Display, Write};

use unicode_width::UnicodeWidthStr;

use crate::prose::{Block, Inline, Table, plain_inlines};
use crate::render::campaign::Campaign;
use crate::render::wrap::{WIDTH, wrap};

/// Some blocks of prose, ready to be written into a template; each line ends with a line break.
#[derive(Debug, Clone, Copy)]
pub struct Plain<'a> {
    /// What is written.
    pub blocks: &'a [Block],
    /// What its links carry.
    pub campaign: &'a Campaign<'a>,
    /// Stands before every line.
    pub indent: &'a str,
}

impl Display for Plain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(self.blocks, self.indent, self.indent, f)
    }
}

impl askama::FastWritable for Plain<'_> {
    fn write_into(&self, dest: &mut dyn Write, _: &dyn askama::Values) -> askama::Result<()> {
        Ok(self.write(self.blocks, self.indent, self.indent, dest)?)
    }
}

impl Plain<'_> {
    /// Writes blocks with an empty line between them; the very first line begins with `first`, all others with `rest`.
    fn write(&self, blocks: &[Block], first: &str, rest: &str, out: &mut dyn Write) -> fmt::Result {
        for (at, block) in blocks.iter().enumerate() {
            if at > 0 {
                out.write_char('\n')?;
            }
            self.block(block, if at == 0 { first } else { rest }, rest, out)?;
        }
        Ok(())
    }

    fn block(&self, block: &Block, first: &str, rest: &str, out: &mut dyn Write) -> fmt::Result {
        match block {
            Block::Paragraph(inlines) | Block::Heading(_, inlines) => self.paragraph(inlines, first, rest, out),
            Block::List(start, items) => self.list(*start, items, first, rest, out),
            Block::Quote(blocks) => self.write(blocks, &format!("{first}> "), &format!("{rest}> "), out),
            Block::Code(text) => {
                let mut before = first;
                text.trim_end()
                    .lines()
                    .try_for_each(|line| writeln!(out, "{}  {line}", std::mem::replace(&mut before, rest)))
            }
            Block::Table(table) => self.table(table, rest, out),
            Block::Rule => writeln!(out, "{rest}* * *"),
        }
    }

    fn paragraph(&self, inlines: &[Inline], first: &str, rest: &str, out: &mut dyn Write) -> fmt::Result {
        // Most paragraphs are one piece.
        if let [Inline::Text(text)] = inlines {
            return wrap(text, first, rest, out);
        }
        let mut links = Vec::new();
        find_links(inlines, &mut links);
        let mut text = String::new();
        let mut number = 0;
        letters(inlines, links.len() > 1, &mut number, &mut text);
        wrap(&text, first, rest, out)?;
        for (at, url) in links.iter().enumerate() {
            let url = self.campaign.href(url);
            match links.len() {
                1 => writeln!(out, "{rest}{}", bare(&url))?,
                _ => writeln!(out, "{rest}[{}] {}", at + 1, bare(&url))?,
            }
        }
        Ok(())
    }

    fn list(
        &self,
        start: Option<u64>,
        items: &[Vec<Block>],
        first: &str,
        rest: &str,
        out: &mut dyn Write,
    ) -> fmt::Result {
        let last = start.map(|start| start.saturating_add(items.len() as u64).saturating_sub(1));
        let room = last.map_or(1, |last| last.to_string().len() + 1);
        for (at, item) in items.iter().enumerate() {
            let mark = match start {
                Some(start) => format!("{}.", start.saturating_add(at as u64)),
                None => "-".to_owned(),
            };
            let before = if at == 0 { first } else { rest };
            self.write(item, &format!("{before}{mark:>room$} "), &format!("{rest}{:room$} ", ""), out)?;
        }
        Ok(())
    }

    /// Writes a table in columns where it fits, else each row as a list of its cells with their heads.
    fn table(&self, table: &Table, indent: &str, out: &mut dyn Write) -> fmt::Result {
        let letters = |cells: &[Vec<Inline>]| -> Vec<String> {
            let plain = |cell: &Vec<Inline>| {
                let mut text = String::new();
                plain_inlines(cell, &mut text);
                text
            };
            cells.iter().map(plain).collect()
        };
        let head = letters(&table.head);
        let rows: Vec<Vec<String>> = table.rows.iter().map(|row| letters(row)).collect();
        let widest = |column: usize| {
            let cells = rows.iter().map(|row| row.get(column));
            cells.chain([head.get(column)]).flatten().map(|cell| cell.width()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..head.len()).map(widest).collect();
        if indent.width() + widths.iter().sum::<usize>() + 2 * widths.len().saturating_sub(1) <= WIDTH {
            let rule: Vec<String> = widths.iter().map(|&width| "-".repeat(width)).collect();
            for row in [&head, &rule].into_iter().chain(&rows) {
                let mut line = indent.to_owned();
                for (cell, width) in row.iter().zip(&widths) {
                    line.push_str(cell);
                    line.extend(std::iter::repeat_n(' ', width - cell.width() + 2));
                }
                writeln!(out, "{}", line.trim_end())?;
            }
        } else {
            for row in &rows {
                for (at, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                    let first = format!("{indent}{}", if at == 0 { "- " } else { "  " });
                    let rest = format!("{indent}  ");
                    match head.get(at).filter(|head| !head.is_empty()) {
                        Some(head) => wrap(&format!("{head}: {cell}"), &first, &rest, out)?,
                        None => wrap(cell, &first, &rest, out)?,
                    }
                }
            }
        }
        let mut links = Vec::new();
        table.head.iter().chain(table.rows.iter().flatten()).for_each(|cell| find_links(cell, &mut links));
        links.iter().try_for_each(|url| writeln!(out, "{indent}{}", bare(&self.campaign.href(url))))
    }
}

/// Collects the addresses of links whose text does not say them already.
fn find_links<'a>(inlines: &'a [Inline], links: &mut Vec<&'a str>) {
    for inline in inlines {
        match inline {
            Inline::Link(address, inner) if !says(inner, address.as_str()) => links.push(address.as_str()),
            Inline::Emph(inner) | Inline::Strong(inner) => find_links(inner, links),
            _ => {}
        }
    }
}

/// Appends a line's letters; where `numbered`, each link is followed by its number among the addresses beneath.
fn letters(inlines: &[Inline], numbered: bool, number: &mut usize, out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => out.push_str(text),
            Inline::Emph(inner) | Inline::Strong(inner) => letters(inner, numbered, number, out),
            Inline::Link(address, inner) => {
                // RFC 3986 appendix C: what follows an address in a line must not be taken for a part of it.
                if address.as_str().contains("://") && says(inner, address.as_str()) {
                    write!(out, "<{address}>").expect("a String takes everything");
                    continue;
                }
                plain_inlines(inner, out);
                if numbered && !says(inner, address.as_str()) {
                    *number += 1;
                    write!(out, "\u{A0}[{number}]").expect("a String takes everything");
                }
            }
            Inline::Break => out.push('\n'),
        }
    }
}

/// Gives an address as one writes it where nothing can be clicked.
pub(super) fn bare(url: &str) -> &str {
    url.strip_prefix("mailto:").or(url.strip_prefix("tel:")).unwrap_or(url)
}

/// Says whether a link's text is its address.
fn says(inner: &[Inline], address: &str) -> bool {
    let mut text = String::new();
    plain_inlines(inner, &mut text);
    text == address || text == bare(address)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::newsletter::fixture::prose;

    fn written(markdown: &str) -> String {
        let blocks = prose(markdown).blocks();
        Plain { blocks: &blocks, campaign: &Campaign::default(), indent: "" }.to_string()
    }

    #[test]
    fn prose_is_written_not_scraped() {
        snapbox::assert_data_eq!(
            written(
                "One *two* [three](https://example.org/3).\n\nFour [five](https://example.org/5) and \
                 [six](mailto:six@example.org), <https://example.org/7>.\n\n9. nine\n10. ten\n\n> eleven\n\n    twelve"
            )
            .replace('\u{A0}', " "),
            snapbox::str![[r#"
One two three.
https://example.org/3

Four five [1] and six [2], <https://example.org/7>.
[1] https://example.org/5
[2] six@example.org

 9. nine
10. ten

> eleven

  twelve

"#]]
        );
    }

    #[test]
    fn a_table_stands_in_columns_or_in_words() {
        assert_eq!(written("| a | b |\n|---|---|\n| 集群 | d |"), "a     b\n----  -\n集群  d\n");
        let long = "word ".repeat(16);
        let written = written(&format!("| a | b |\n|---|---|\n| c | {long} |"));
        assert!(written.starts_with("- a: c\n  b: word"), "{written}");
    }
}
