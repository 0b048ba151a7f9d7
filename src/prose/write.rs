//! The tree as CommonMark: what is read again is the same text.

use super::{Block, Inline, Table, plain_blocks, plain_inlines};

/// Writes blocks so that they are read again with the same letters. An emphasis that CommonMark cannot say where it
/// stands (§6.2) is left out; its letters stay.
pub fn commonmark(blocks: &[Block]) -> String {
    let text = joined(blocks);
    if letters(&super::read_blocks(&text)) == letters(blocks) {
        return text;
    }
    // Whatever it was: every letter, and no more than paragraphs.
    let mut plain = Vec::new();
    for block in blocks {
        let mut text = String::new();
        plain_blocks(std::slice::from_ref(block), &mut text);
        // Of code each line begins one here, and its spaces would make it code again.
        let lines = text.trim().lines().map(|line| escaped(line.trim(), true));
        plain.push(lines.collect::<Vec<_>>().join("\n"));
    }
    plain.join("\n\n")
}

/// Gives the letters alone: spaces mean nothing.
fn letters(blocks: &[Block]) -> String {
    let mut plain = String::new();
    plain_blocks(blocks, &mut plain);
    plain.retain(|c| !c.is_whitespace());
    plain
}

fn joined(blocks: &[Block]) -> String {
    let mut parts: Vec<String> = Vec::with_capacity(blocks.len());
    let mut is_other = false;
    for (at, block) in blocks.iter().enumerate() {
        // Two lists in a row are told apart by their signs.
        let kind = |block: &Block| matches!(block, Block::List(..)).then(|| matches!(block, Block::List(Some(_), _)));
        let follows = at.checked_sub(1).and_then(|before| kind(&blocks[before]));
        is_other = follows.is_some() && follows == kind(block) && !is_other;
        parts.push(written(block, is_other));
    }
    parts.join("\n\n")
}

fn written(block: &Block, is_other: bool) -> String {
    match block {
        Block::Paragraph(inlines) => line(inlines),
        Block::Heading(level, inlines) => {
            let text = line(inlines).replace("\\\n", " ").replace('#', "\\#").replace("\\\\#", "\\#");
            format!("{} {text}", "#".repeat(usize::from(*level)))
        }
        Block::List(start, items) => list(*start, items, is_other),
        Block::Quote(blocks) => indented(&joined(blocks), "> ", "> "),
        Block::Code(code) => {
            let fence = "`".repeat(longest_run(code, '`').max(2) + 1);
            format!("{fence}\n{code}\n{fence}")
        }
        Block::Table(table) => rows(table),
        Block::Rule => "***".to_owned(),
    }
}

fn list(start: Option<u64>, items: &[Vec<Block>], is_other: bool) -> String {
    let is_loose =
        items.iter().any(|blocks| blocks.iter().filter(|block| matches!(block, Block::Paragraph(_))).count() > 1);
    let written = items.iter().enumerate().map(|(at, blocks)| {
        let sign = match (start, is_other) {
            (Some(start), false) => format!("{}. ", start + at as u64),
            (Some(start), true) => format!("{}) ", start + at as u64),
            (None, false) => "- ".to_owned(),
            (None, true) => "* ".to_owned(),
        };
        indented(&joined(blocks), &sign, &" ".repeat(sign.len()))
    });
    written.collect::<Vec<_>>().join(if is_loose { "\n\n" } else { "\n" })
}

/// Puts `first` before the first line and `rest` before the others that are not empty.
fn indented(text: &str, first: &str, rest: &str) -> String {
    let lines = text.split('\n').enumerate().map(|(at, line)| match (at, line) {
        (0, line) => format!("{first}{line}"),
        (_, "") => rest.trim_end().to_owned(),
        (_, line) => format!("{rest}{line}"),
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn rows(table: &Table) -> String {
    let row = |cells: &[Vec<Inline>]| {
        let cells = cells.iter().map(|cell| line(cell).replace("\\\n", " ").replace('\n', " ").replace('|', "\\|"));
        // A bar that was escaped is escaped already.
        let cells: Vec<String> = cells.map(|cell| cell.replace("\\\\|", "\\|")).collect();
        format!("| {} |", cells.join(" | "))
    };
    let rule = format!("|{}", " --- |".repeat(table.alignments.len()));
    let rows = [row(&table.head), rule].into_iter().chain(table.rows.iter().map(|cells| row(cells)));
    rows.collect::<Vec<_>>().join("\n")
}

/// Writes a line; without emphasis where that would not be read again.
fn line(inlines: &[Inline]) -> String {
    let mut rich = String::new();
    styled(inlines, true, &mut rich);
    let paragraph = [Block::Paragraph(inlines.to_vec())];
    if letters(&super::read_blocks(&rich)) == letters(&paragraph) {
        return rich;
    }
    let mut poor = String::new();
    styled(inlines, false, &mut poor);
    poor
}

fn styled(inlines: &[Inline], is_rich: bool, out: &mut String) {
    for inline in inlines {
        let is_start = out.is_empty() || out.ends_with('\n');
        match inline {
            Inline::Text(text) => out.push_str(&escaped(text, is_start)),
            Inline::Emph(inner) if is_rich => around("*", inner, out),
            Inline::Strong(inner) if is_rich => around("**", inner, out),
            Inline::Emph(inner) | Inline::Strong(inner) => styled(inner, is_rich, out),
            Inline::Code(code) => code_span(code, out),
            Inline::Link(address, inner) => {
                let mut text = String::new();
                plain_inlines(inner, &mut text);
                if text.trim().is_empty() || address.as_str().contains(['<', '>', '\\']) {
                    styled(inner, is_rich, out);
                    continue;
                }
                out.push('[');
                styled(inner, is_rich, out);
                let is_bare = !address.as_str().contains(['(', ')', ' ']);
                let (open, close) = if is_bare { ("](", ")") } else { ("](<", ">)") };
                out.push_str(open);
                out.push_str(address.as_str());
                out.push_str(close);
            }
            Inline::Break => out.push_str("\\\n"),
        }
    }
}

/// Puts signs around letters; spaces stay outside, since no sign may stand beside one.
fn around(sign: &str, inner: &[Inline], out: &mut String) {
    let mut text = String::new();
    styled(inner, true, &mut text);
    let trimmed = text.trim();
    if trimmed.is_empty() {
        out.push_str(&text);
        return;
    }
    let start = text.len() - text.trim_start().len();
    out.push_str(&text[..start]);
    out.push_str(sign);
    out.push_str(trimmed);
    out.push_str(sign);
    out.push_str(&text[start + trimmed.len()..]);
}

fn code_span(code: &str, out: &mut String) {
    let (inside, fence) = (code.trim(), "`".repeat(longest_run(code, '`') + 1));
    let pad = if inside.starts_with('`') || inside.ends_with('`') { " " } else { "" };
    if inside.is_empty() {
        return out.push_str(code);
    }
    out.push_str(&code[..code.len() - code.trim_start().len()]);
    [&fence, pad, inside, pad, &fence].iter().for_each(|part| out.push_str(part));
    out.push_str(&code[code.trim_end().len()..]);
}

fn longest_run(text: &str, sign: char) -> usize {
    text.split(|c| c != sign).map(str::len).max().unwrap_or(0)
}

/// Escapes what CommonMark would read as something else; `is_start` where the text begins a line.
fn escaped(text: &str, is_start: bool) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut digits = is_start;
    let mut before = None;
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        let next = letters.peek().copied();
        let begins = is_start && before.is_none();
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let is_sign = match c {
            '\\' | '`' | '*' | '[' | ']' => true,
            '_' => !(is_word(before) && is_word(next)),
            '<' => next.is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?')),
            '&' => next.is_some_and(|next| next.is_ascii_alphabetic() || next == '#'),
            '#' | '+' | '-' | '=' | '>' | '|' | ':' | '~' => begins,
            '.' | ')' => digits && before.is_some(),
            _ => false,
        };
        if is_sign {
            out.push('\\');
        }
        out.push(c);
        digits &= c.is_ascii_digit();
        before = Some(c);
    }
    out
}
