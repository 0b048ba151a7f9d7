//! Pieces of text in the order of a page to blocks, whatever was closed too late or never.

use super::{Align, Block, Inline, Table};
use crate::model::Address;

/// Lists and quotations inside each other, at most; what is deeper stands in the innermost. With a paragraph and three
/// kinds of emphasis it is as deep as prose can be.
const DEEPEST: usize = 6;

/// What is open at a time, at most: a page that opens more is not written by anybody, and what it opens then is not
/// looked at.
const MOST_OPEN: usize = 64;

/// How letters look, or where they lead.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Style {
    /// Emphasis.
    Emph,
    /// Strong emphasis.
    Strong,
    /// Code.
    Code,
    /// A link, if its address can be used.
    Link(Option<Address>),
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq)]
enum Run {
    Text(String, Vec<Style>),
    Break,
}

/// What is open.
#[derive(Debug)]
enum Frame {
    List(Option<u64>, Vec<Vec<Block>>),
    Item(Vec<Block>),
    Quote(Vec<Block>),
    Table {
        rows: Vec<Vec<Vec<Inline>>>,
        has_head: bool,
    },
    /// One too deep: its blocks go into the one around it.
    Flat(Kind),
}

impl Frame {
    fn kind(&self) -> Kind {
        match self {
            Frame::List(..) => Kind::List,
            Frame::Item(_) => Kind::Item,
            Frame::Quote(_) => Kind::Quote,
            Frame::Table { .. } => Kind::Table,
            Frame::Flat(kind) => *kind,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    List,
    Item,
    Quote,
    Table,
}

/// Builds blocks from pieces.
#[derive(Debug, Default)]
pub(super) struct Builder {
    blocks: Vec<Block>,
    frames: Vec<Frame>,
    line: Vec<Run>,
    styles: Vec<Style>,
    heading: Option<u8>,
    code: Option<String>,
}

impl Builder {
    /// Adds letters; spaces in a row are one.
    pub(super) fn text(&mut self, text: &str) {
        if let Some(code) = &mut self.code {
            code.push_str(text);
            return;
        }
        let mut folded = String::with_capacity(text.len());
        for c in text.chars() {
            if !matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{C}') {
                folded.push(c);
            } else if !folded.ends_with(' ') {
                folded.push(' ');
            }
        }
        let starts = match self.line.last() {
            None | Some(Run::Break) => true,
            Some(Run::Text(before, _)) => before.ends_with(' '),
        };
        let folded = if starts { folded.trim_start_matches(' ') } else { &folded };
        if folded.is_empty() {
            return;
        }
        match self.line.last_mut() {
            Some(Run::Text(before, styles)) if *styles == self.styles => before.push_str(folded),
            _ => self.line.push(Run::Text(folded.to_owned(), self.styles.clone())),
        }
    }

    /// Ends the line within its paragraph; a second time it ends that.
    pub(super) fn line_break(&mut self) {
        if let Some(code) = &mut self.code {
            return code.push('\n');
        }
        let is_table = self.in_table();
        trim_end(&mut self.line);
        match self.line.last() {
            None => {}
            Some(Run::Break) if is_table => {}
            Some(Run::Break) => self.end_line(),
            Some(Run::Text(..)) => self.line.push(Run::Break),
        }
    }

    /// From here letters look so.
    pub(super) fn open(&mut self, style: Style) {
        if matches!(style, Style::Link(_)) {
            self.close(&Style::Link(None));
        }
        if self.styles.len() < MOST_OPEN {
            self.styles.push(style);
        }
    }

    /// From here they look so no more.
    pub(super) fn close(&mut self, style: &Style) {
        let same = |known: &Style| std::mem::discriminant(known) == std::mem::discriminant(style);
        if let Some(at) = self.styles.iter().rposition(same) {
            self.styles.remove(at);
        }
    }

    /// Ends the paragraph or heading.
    pub(super) fn end_line(&mut self) {
        if self.code.is_some() {
            return;
        }
        if self.in_table() {
            return self.line_break();
        }
        let heading = self.heading.take();
        let inlines = inlines(std::mem::take(&mut self.line));
        if !inlines.is_empty() {
            self.block(match heading {
                Some(level) => Block::Heading(level, inlines),
                None => Block::Paragraph(inlines),
            });
        }
    }

    /// Begins a heading.
    pub(super) fn heading(&mut self, level: u8) {
        self.end_line();
        self.heading = Some(level).filter(|_| !self.in_table());
    }

    /// Begins code that keeps its lines.
    pub(super) fn code(&mut self) {
        self.end_line();
        if !self.in_table() {
            self.code.get_or_insert_default();
        }
    }

    /// Ends it.
    pub(super) fn end_code(&mut self) {
        if let Some(code) = self.code.take() {
            let code = code.strip_prefix('\n').unwrap_or(&code).trim_end();
            if !code.trim().is_empty() {
                self.block(Block::Code(code.into()));
            }
        }
    }

    /// Breaks between topics.
    pub(super) fn rule(&mut self) {
        self.end_line();
        if !self.in_table() && self.code.is_none() {
            self.block(Block::Rule);
        }
    }

    /// Begins a list.
    pub(super) fn list(&mut self, start: Option<u64>) {
        self.begin(Kind::List, Frame::List(start.filter(|start| *start < 1_000_000_000), Vec::new()), 1);
    }

    /// Begins an item; the one before it ends.
    pub(super) fn item(&mut self) {
        let is_list = |frame: &Frame| matches!(frame, Frame::List(..) | Frame::Flat(Kind::List));
        let list = self.frames.iter().rposition(is_list);
        let item = self.frames.iter().rposition(|frame| matches!(frame, Frame::Item(_) | Frame::Flat(Kind::Item)));
        if item > list {
            self.end(Kind::Item);
        }
        if list.is_none() {
            self.list(None);
        }
        let is_flat = matches!(self.frames.last(), Some(Frame::Flat(_)));
        let frame = if is_flat { Frame::Flat(Kind::Item) } else { Frame::Item(Vec::new()) };
        self.begin(Kind::Item, frame, 0);
    }

    /// Begins a quotation.
    pub(super) fn quote(&mut self) {
        self.begin(Kind::Quote, Frame::Quote(Vec::new()), 0);
    }

    /// Begins a table; one in another is text of that one's cell.
    pub(super) fn table(&mut self) {
        self.begin(Kind::Table, Frame::Table { rows: Vec::new(), has_head: false }, 2);
    }

    /// Begins a row.
    pub(super) fn row(&mut self) {
        self.end_cell();
        if let Some(Frame::Table { rows, .. }) = self.frames.last_mut() {
            rows.push(Vec::new());
        }
    }

    /// Begins a cell.
    pub(super) fn cell(&mut self, is_head: bool) {
        self.end_cell();
        if let Some(Frame::Table { rows, has_head }) = self.frames.last_mut() {
            *has_head |= is_head && rows.len() <= 1;
            if rows.is_empty() {
                rows.push(Vec::new());
            }
            let row = rows.last_mut().expect("there is one");
            row.push(Vec::new());
        }
    }

    pub(super) fn end_list(&mut self) {
        self.end(Kind::List);
    }

    pub(super) fn end_item(&mut self) {
        self.end(Kind::Item);
    }

    pub(super) fn end_quote(&mut self) {
        self.end(Kind::Quote);
    }

    pub(super) fn end_table(&mut self) {
        self.end(Kind::Table);
    }

    /// Ends all that is open and gives the blocks.
    pub(super) fn finish(&mut self) -> Vec<Block> {
        self.end_code();
        while !self.frames.is_empty() {
            self.pop();
        }
        self.end_line();
        std::mem::take(&mut self.blocks)
    }

    /// Says whether letters are those of a table, which has no blocks in it.
    fn in_table(&self) -> bool {
        self.frames.iter().any(|frame| matches!(frame, Frame::Table { .. }))
    }

    fn begin(&mut self, kind: Kind, frame: Frame, more: usize) {
        self.end_code();
        self.end_line();
        // What stands in a list and in no item of it gets one.
        let is_bare = |list: &Frame, inner: Kind| matches!(list, Frame::List(..)) && inner != Kind::Item;
        let bare = self.frames.windows(2).filter(|pair| is_bare(&pair[0], pair[1].kind())).count()
            + self.frames.last().map_or(0, |last| usize::from(is_bare(last, kind)));
        let deep = bare + self.frames.iter().filter(|frame| !matches!(frame, Frame::Flat(_))).count();
        let is_flat = self.in_table() || deep + more >= DEEPEST;
        if self.frames.len() < MOST_OPEN {
            self.frames.push(if is_flat { Frame::Flat(kind) } else { frame });
        }
    }

    /// Ends what is open of a kind, and all that was opened in it.
    fn end(&mut self, kind: Kind) {
        self.end_code();
        let Some(at) = self.frames.iter().rposition(|frame| frame.kind() == kind) else { return self.end_line() };
        while self.frames.len() > at {
            self.pop();
        }
    }

    fn pop(&mut self) {
        match self.frames.last() {
            Some(Frame::Table { .. }) => self.end_cell(),
            _ => self.end_line(),
        }
        match self.frames.pop() {
            Some(Frame::List(start, items)) if !items.is_empty() => self.block(Block::List(start, items)),
            Some(Frame::Item(blocks)) if !blocks.is_empty() => match self.frames.last_mut() {
                Some(Frame::List(_, items)) => items.push(blocks),
                _ => blocks.into_iter().for_each(|block| self.block(block)),
            },
            Some(Frame::Quote(blocks)) if !blocks.is_empty() => self.block(Block::Quote(blocks)),
            Some(Frame::Table { rows, has_head }) => self.rows(rows, has_head),
            _ => {}
        }
    }

    fn end_cell(&mut self) {
        if !matches!(self.frames.last(), Some(Frame::Table { .. })) {
            return self.end_line();
        }
        let cell = inlines(std::mem::take(&mut self.line));
        let Some(Frame::Table { rows, .. }) = self.frames.last_mut() else { return };
        if cell.is_empty() {
            return;
        }
        // Letters outside of every cell are a cell of their own.
        match rows.last_mut() {
            Some(row) => match row.last_mut().filter(|last| last.is_empty()) {
                Some(last) => *last = cell,
                None => row.push(cell),
            },
            None => rows.push(vec![cell]),
        }
    }

    /// Makes a table of rows; one that has a single column is no table.
    fn rows(&mut self, mut rows: Vec<Vec<Vec<Inline>>>, has_head: bool) {
        rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let filled = |row: &Vec<Vec<Inline>>| row.iter().filter(|cell| !cell.is_empty()).count();
        if rows.iter().all(|row| filled(row) < 2) {
            for cell in rows.into_iter().flatten().filter(|cell| !cell.is_empty()) {
                self.block(Block::Paragraph(cell));
            }
            return;
        }
        rows.iter_mut().for_each(|row| row.resize(columns, Vec::new()));
        let head = if has_head { rows.remove(0) } else { vec![Vec::new(); columns] };
        self.block(Block::Table(Table { alignments: vec![Align::Start; columns], head, rows }));
    }

    fn block(&mut self, block: Block) {
        let open = self.frames.iter_mut().rev().find(|frame| !matches!(frame, Frame::Flat(_)));
        match open {
            Some(Frame::Item(blocks) | Frame::Quote(blocks)) => blocks.push(block),
            // Letters of a list that stand in none of its items.
            Some(Frame::List(_, items)) => items.push(vec![block]),
            Some(Frame::Table { .. } | Frame::Flat(_)) | None => self.blocks.push(block),
        }
    }
}

fn trim_end(line: &mut Vec<Run>) {
    while let Some(Run::Text(text, _)) = line.last_mut() {
        text.truncate(text.trim_end_matches(' ').len());
        if !text.is_empty() {
            break;
        }
        line.pop();
    }
}

/// Nests runs by their styles: a link around strong emphasis around emphasis around code.
fn inlines(mut line: Vec<Run>) -> Vec<Inline> {
    loop {
        trim_end(&mut line);
        if line.pop_if(|last| *last == Run::Break).is_none() {
            break;
        }
    }
    let link = |run: &Run| match run {
        Run::Text(_, styles) => styles.iter().find_map(|style| match style {
            Style::Link(address) => address.clone(),
            _ => None,
        }),
        Run::Break => None,
    };
    let mut all = Vec::new();
    for part in line.chunk_by(|one, next| link(one) == link(next)) {
        let inner = nest(part, &[Style::Strong, Style::Emph, Style::Code]);
        match link(&part[0]) {
            Some(address) => all.push(Inline::Link(address, inner)),
            None => all.extend(inner),
        }
    }
    all
}

fn nest(runs: &[Run], styles: &[Style]) -> Vec<Inline> {
    let Some((style, rest)) = styles.split_first() else {
        // Of code in code the two are one: its signs would join with each other.
        let parts = runs.chunk_by(|one, next| matches!((one, next), (Run::Text(..), Run::Text(..))));
        let inlines = parts.map(|part| {
            let texts = part.iter().filter_map(|run| match run {
                Run::Text(text, _) => Some(text.as_str()),
                Run::Break => None,
            });
            let text: String = texts.collect();
            if text.is_empty() { Inline::Break } else { Inline::Text(text.into()) }
        });
        return inlines.collect();
    };
    let has = |run: &Run| matches!(run, Run::Text(_, styles) if styles.contains(style));
    let mut all = Vec::new();
    for part in runs.chunk_by(|one, next| has(one) == has(next)) {
        if !has(&part[0]) {
            all.extend(nest(part, rest));
            continue;
        }
        match style {
            Style::Strong => all.push(Inline::Strong(nest(part, rest))),
            Style::Emph => all.push(Inline::Emph(nest(part, rest))),
            _ => all.extend(nest(part, rest).into_iter().map(|inline| match inline {
                Inline::Text(text) => Inline::Code(text),
                other => other,
            })),
        }
    }
    all
}
