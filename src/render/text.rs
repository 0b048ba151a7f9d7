//! Prose as plain text for mail: wrapped at 76 columns by what the characters occupy on the screen, addresses whole
//! and on lines of their own.

use std::fmt::{self, Display, Write};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::prose::{Block, Inline, Table, plain_inlines};
use crate::render::campaign::Campaign;

/// Columns of a line (RFC 5322 §2.1.1 recommends at most 78).
pub const WIDTH: usize = 76;

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
fn bare(url: &str) -> &str {
    url.strip_prefix("mailto:").or(url.strip_prefix("tel:")).unwrap_or(url)
}

/// Says whether a link's text is its address.
fn says(inner: &[Inline], address: &str) -> bool {
    let mut text = String::new();
    plain_inlines(inner, &mut text);
    text == address || text == bare(address)
}

/// Writes a text in lines of at most [`WIDTH`] columns where it can be broken so: at spaces, and between the
/// characters of Chinese and Japanese. The first line begins with `first`, the others with `rest`. A word that is
/// longer than a line, as an address may be, stays whole on its own.
pub fn wrap(text: &str, first: &str, rest: &str, out: &mut dyn Write) -> fmt::Result {
    let Bytes { controls, loose, words, ideographs } = Bytes::of(text);
    // Most texts are short, and no character is wider than its bytes are many; an address is not broken at all.
    if !controls && !loose && !ideographs && (first.len() + text.len() <= WIDTH || !words) {
        out.write_str(first)?;
        out.write_str(text)?;
        return out.write_char('\n');
    }
    let tidy;
    let text = if controls {
        tidy = text.replace(['\t', '\r'], " ");
        &tidy
    } else {
        text
    };
    let mut prefix = first;
    for line in text.split('\n') {
        let mut lines = Filling { line: String::with_capacity(2 * WIDTH), column: 0, prefix, rest, out };
        for word in line.split(' ').filter(|word| !word.is_empty()) {
            if ideographs {
                let mut pieces = Pieces(word);
                lines.add(pieces.next().unwrap_or_default(), true)?;
                pieces.try_for_each(|piece| lines.add(piece, false))?;
            } else {
                lines.add(word, true)?;
            }
        }
        if lines.finish()? {
            prefix = rest;
        }
    }
    Ok(())
}

/// What is in a text.
struct Bytes {
    /// Line breaks, tabs and the like.
    controls: bool,
    /// Nothing, or a space at an end or beside another.
    loose: bool,
    /// More than one word.
    words: bool,
    /// A character of [`is_ideograph`].
    ideographs: bool,
}

impl Bytes {
    /// Asks without a way out of the loop, so that the compiler asks many bytes at once.
    fn of(text: &str) -> Bytes {
        let bytes = text.as_bytes();
        let any = |is: fn(u8) -> bool| bytes.iter().fold(false, |found, &byte| found | is(byte));
        let twice = |found, (&first, &second): (&u8, &u8)| found | ((first == b' ') & (second == b' '));
        let at_an_end = bytes.first().is_none_or(|&byte| byte == b' ') || bytes.last() == Some(&b' ');
        Bytes {
            controls: any(|byte| byte < b' '),
            loose: at_an_end || bytes.iter().zip(bytes.iter().skip(1)).fold(false, twice),
            words: any(|byte| byte == b' '),
            ideographs: !text.is_ascii() && text.contains(is_ideograph),
        }
    }
}

/// A line while it is filled.
struct Filling<'a> {
    line: String,
    column: usize,
    prefix: &'a str,
    rest: &'a str,
    out: &'a mut dyn Write,
}

impl Filling<'_> {
    fn add(&mut self, piece: &str, space: bool) -> fmt::Result {
        let width = columns(piece);
        if self.line.is_empty() {
            self.begin();
        } else if self.column + usize::from(space) + width > WIDTH {
            self.finish()?;
            self.prefix = self.rest;
            self.begin();
        } else if space {
            self.line.push(' ');
            self.column += 1;
        }
        self.line.push_str(piece);
        self.column += width;
        Ok(())
    }

    fn begin(&mut self) {
        self.line.push_str(self.prefix);
        self.column = columns(self.prefix);
    }

    /// Writes the line, if there is one.
    fn finish(&mut self) -> Result<bool, fmt::Error> {
        if self.line.is_empty() {
            return Ok(false);
        }
        self.line.push('\n');
        self.out.write_str(&self.line)?;
        self.line.clear();
        Ok(true)
    }
}

/// Gives the columns that a text takes on the screen.
fn columns(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.width() }
}

/// The parts of a word between which a line may end.
struct Pieces<'a>(&'a str);

impl<'a> Iterator for Pieces<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        if self.0.is_empty() {
            return None;
        }
        let mut at = self.0.len();
        if !self.0.is_ascii() {
            let mut characters = self.0.char_indices().peekable();
            while let Some((_, here)) = characters.next() {
                if let Some(&(next, after)) = characters.peek()
                    && (is_ideograph(here) || is_ideograph(after))
                    && after.width() != Some(0)
                    && !"、。，．！？：；）」』】〉》〕’”…ー々".contains(after)
                    && !"（「『【〈《〔‘“".contains(here)
                {
                    at = next;
                    break;
                }
            }
        }
        let (piece, rest) = self.0.split_at(at);
        self.0 = rest;
        Some(piece)
    }
}

/// Says whether a line may end beside a character: ideographs, kana, and their punctuation.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF01}'..='\u{FF60}' | '\u{20000}'..='\u{3FFFD}')
}

/// Some text, wrapped, ready to be written into a template; each line ends with a line break.
#[derive(Debug, Clone, Copy)]
pub struct Wrapped<'a> {
    /// What is written.
    pub text: &'a str,
    /// Stands before the first line.
    pub first: &'a str,
    /// Stands before all others.
    pub rest: &'a str,
}

impl askama::FastWritable for Wrapped<'_> {
    fn write_into(&self, dest: &mut dyn Write, _: &dyn askama::Values) -> askama::Result<()> {
        Ok(wrap(self.text, self.first, self.rest, dest)?)
    }
}

impl Display for Wrapped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        wrap(self.text, self.first, self.rest, f)
    }
}

/// A heading with a line beneath it, as long as its last line is wide.
#[derive(Debug, Clone, Copy)]
pub struct Underlined<'a> {
    /// What is written.
    pub text: &'a str,
    /// What the line is drawn with.
    pub with: char,
}

impl Display for Underlined<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines = String::new();
        wrap(self.text, "", "", &mut lines)?;
        f.write_str(&lines)?;
        let longest = lines.lines().map(|line| line.width()).max().unwrap_or(0);
        (0..longest.min(WIDTH)).try_for_each(|_| f.write_char(self.with))?;
        f.write_char('\n')
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::newsletter::fixture::prose;

    fn wrapped(text: &str) -> String {
        Wrapped { text, first: "- ", rest: "  " }.to_string()
    }

    fn written(markdown: &str) -> String {
        let blocks = prose(markdown).blocks();
        Plain { blocks: &blocks, campaign: &Campaign::default(), indent: "" }.to_string()
    }

    #[test]
    fn lines_are_as_wide_as_they_look() {
        let latin = "word ".repeat(40);
        let chinese = "欧洲集群合作平台，".repeat(12);
        let accents = "e\u{301}\u{302} ".repeat(60);
        let faces = "👩‍🔬 🇪🇺 👍🏽 ".repeat(20);
        for text in [&latin, &chinese, &accents, &faces] {
            let lines = wrapped(text);
            assert!(lines.lines().all(|line| line.width() <= WIDTH), "{lines}");
            assert!(lines.lines().count() > 1, "{lines}");
            let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect::<String>();
            assert_eq!(letters(&lines), letters(text));
        }
        assert!(wrapped(&chinese).lines().all(|line| !line.trim_start().starts_with('，')));
        // A character of several code points stays one.
        assert!(wrapped(&faces).lines().all(|line| !line.trim_start().starts_with('\u{200D}')));
    }

    #[test]
    fn a_long_address_stays_whole_on_its_own_line() {
        let url = format!("https://example.org/{}", "path/".repeat(30));
        assert_eq!(wrapped(&format!("See {url} now")), format!("- See\n  {url}\n  now\n"));
    }

    #[test]
    fn what_must_not_be_parted_is_not() {
        let text = format!("{} 10\u{A0}September", "x".repeat(66));
        assert_eq!(wrapped(&text), format!("- {}\n  10\u{A0}September\n", "x".repeat(66)));
        assert_eq!(wrapped(""), "");
        assert_eq!(wrapped("  a  \n b"), "- a\n  b\n");
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
