//! Blocks of prose as elements of genpdf.

use genpdf::elements::{BulletPoint, FrameCellDecorator, LinearLayout, PaddedElement, Paragraph, TableLayout};
use genpdf::render::Area;
use genpdf::style::{Color, LineStyle, Style, StyledString};
use genpdf::{Context, Element, Margins, Mm, Position, RenderResult};

use crate::prose::{Block, Inline, Table};
use crate::reading::is_nothing;

use super::{SIZE, finish};

/// Millimetres of a point.
const POINT: f32 = 25.4 / 72.0;

/// What a list is indented by, in millimetres; so it is in genpdf.
const INDENT: f32 = 10.0;

/// Sizes of headings from level 1, in points.
const HEADINGS: [u8; 6] = [22, 15, 12, 11, 10, 10];

/// A table of more columns would have words of one letter a line; its rows are told one after the other.
const COLUMNS: usize = 6;

/// Room for a heading and what it leads to, in millimetres: with less, it stands at the top of the next page. Below one
/// of a high level come a line and another heading.
const ROOM: [f32; 6] = [48.0, 48.0, 36.0, 24.0, 24.0, 24.0];

/// Room for a line. genpdf loses the mark of an item that has less at the foot of a page.
const LINE: f32 = 8.0;

/// Adds blocks to a column that is `width` millimetres wide.
pub(super) fn blocks(blocks: &[Block], width: f32, style: Style, to: &mut LinearLayout) {
    for block in blocks {
        match block {
            Block::Paragraph(inlines) => to.push(spaced(0.0, 2.0, lines(inlines, width, style))),
            Block::Heading(level, inlines) => {
                let level = at_level(*level);
                let style = style.with_font_size(HEADINGS[level]).bold();
                let above = if level == 0 { 0.0 } else { 4.0 };
                to.push(Kept::new(ROOM[level], spaced(above, 2.0, lines(inlines, width, style))));
            }
            Block::List(start, items) => list(*start, items, width, style, to),
            Block::Quote(inner) => {
                let mut quote = LinearLayout::vertical();
                self::blocks(inner, width - INDENT, style.italic(), &mut quote);
                to.push(PaddedElement::new(quote, Margins::trbl(0, 0, 0, INDENT)));
            }
            Block::Code(text) => {
                let mut code = LinearLayout::vertical();
                for line in text.trim_end().lines() {
                    code.push(lines(&[Inline::Text(line.replace('\t', "    ").into())], width - INDENT, style));
                }
                to.push(PaddedElement::new(code, Margins::trbl(0, 0, 2, INDENT)));
            }
            Block::Table(table) => self::table(table, width, style, to),
            Block::Rule => to.push(spaced(2.0, 4.0, lines(&[Inline::Text("* * *".into())], width, style))),
        }
    }
}

/// Adds a mark where an item begins, on the page of the block that comes `next`.
pub(super) fn mark(item: &str, next: Option<&Block>, to: &mut LinearLayout) {
    let room = match next {
        Some(Block::Heading(level, _)) => ROOM[at_level(*level)],
        _ => LINE,
    };
    to.push(Kept::new(room, Mark(finish::mark(item))));
}

/// Gives the index of a level of headings.
fn at_level(level: u8) -> usize {
    usize::from(level).clamp(1, HEADINGS.len()) - 1
}

fn spaced<E: Element>(above: f32, below: f32, element: E) -> PaddedElement<E> {
    PaddedElement::new(element, Margins::trbl(above, 0.0, below, 0.0))
}

fn list(start: Option<u64>, items: &[Vec<Block>], width: f32, style: Style, to: &mut LinearLayout) {
    for (n, item) in items.iter().enumerate() {
        let mut inside = LinearLayout::vertical();
        blocks(item, width - INDENT, style, &mut inside);
        let mark = start.map_or("–".to_owned(), |start| format!("{}.", start.saturating_add(n as u64)));
        to.push(Kept::new(LINE, BulletPoint::new(inside).with_bullet(mark)));
    }
}

fn table(table: &Table, width: f32, style: Style, to: &mut LinearLayout) {
    let columns = table.head.len();
    if columns > COLUMNS {
        for row in &table.rows {
            for (name, cell) in table.head.iter().zip(row) {
                let label = Inline::Strong(name.iter().cloned().chain([Inline::Text(": ".into())]).collect());
                let line: Vec<Inline> = [label].into_iter().chain(cell.iter().cloned()).collect();
                to.push(lines(&line, width, style));
            }
            to.push(spaced(0.0, 2.0, LinearLayout::vertical()));
        }
        return;
    }
    let mut layout = TableLayout::new(vec![1; columns]);
    layout.set_cell_decorator(FrameCellDecorator::with_line_style(
        true,
        true,
        true,
        LineStyle::new().with_thickness(0.2).with_color(Color::Greyscale(160)),
    ));
    let inside = width / columns as f32 - 4.0;
    let heads = [(&table.head, style.bold())].into_iter();
    for (row, style) in heads.chain(table.rows.iter().map(|row| (row, style))) {
        let cell = |at: usize| row.get(at).map(Vec::as_slice).unwrap_or_default();
        let cells = (0..columns).map(|at| -> Box<dyn Element> {
            Box::new(PaddedElement::new(lines(cell(at), inside, style), Margins::vh(1, 1.5)))
        });
        layout.push_row(cells.collect()).expect("a row has as many cells as the head");
    }
    to.push(spaced(1.0, 4.0, layout));
}

/// Gives text as the fonts take it: without instructions to the compositor, and in one line.
pub(super) fn printable(text: &str) -> String {
    let visible = text.chars().filter(|c| !is_nothing(*c));
    visible.map(|c| if c.is_whitespace() && c != '\u{A0}' { ' ' } else { c }).collect()
}

/// Gives the lines of a paragraph.
fn lines(inlines: &[Inline], width: f32, style: Style) -> LinearLayout {
    let mut writer = Writer { longest: longest(width, style), lines: vec![Vec::new()] };
    writer.inlines(inlines, style, None);
    let mut layout = LinearLayout::vertical();
    for line in writer.lines.into_iter().filter(|line| !line.is_empty()) {
        layout.push(Paragraph::from(line));
    }
    layout
}

/// Gives how many letters fit into a line whatever they are: none is wider than the type is high.
fn longest(width: f32, style: Style) -> usize {
    let size = f32::from(if style.font_size() == Style::new().font_size() { SIZE } else { style.font_size() });
    ((width / (size * POINT)) as usize).max(1)
}

struct Writer {
    longest: usize,
    lines: Vec<Vec<StyledString>>,
}

impl Writer {
    fn inlines(&mut self, inlines: &[Inline], style: Style, link: Option<&str>) {
        for inline in inlines {
            match inline {
                Inline::Text(text) | Inline::Code(text) => self.text(text, style, link),
                Inline::Emph(parts) => self.inlines(parts, style.italic(), link),
                Inline::Strong(parts) => self.inlines(parts, style.bold(), link),
                Inline::Link(address, parts) => self.inlines(parts, style, Some(address.as_str())),
                Inline::Break => self.lines.push(Vec::new()),
            }
        }
    }

    /// Writes a text word by word. genpdf breaks lines between words alone, and gives up at a word that is longer than
    /// a line; so a long one is written in pieces.
    fn text(&mut self, text: &str, style: Style, link: Option<&str>) {
        let text = printable(text);
        let line = self.lines.last_mut().expect("there is one from the start");
        for word in text.split_inclusive(' ') {
            let letters: Vec<char> = word.chars().collect();
            for piece in letters.chunks(self.longest) {
                line.push(StyledString::new(piece.iter().collect::<String>(), style, link.map(str::to_owned)));
            }
        }
    }
}

/// An element that goes to the next page where little room is left.
struct Kept<E> {
    element: E,
    room: Mm,
    moved: bool,
}

impl<E> Kept<E> {
    fn new(room: f32, element: E) -> Self {
        Kept { element, room: room.into(), moved: false }
    }
}

impl<E: Element> Element for Kept<E> {
    fn render(
        &mut self,
        context: &Context,
        area: Area<'_>,
        style: Style,
    ) -> Result<RenderResult, genpdf::error::Error> {
        if !self.moved && area.size().height < self.room {
            self.moved = true;
            return Ok(RenderResult { has_more: true, ..RenderResult::default() });
        }
        // Once begun, it goes on wherever it is.
        self.moved = true;
        self.element.render(context, area, style)
    }
}

/// A place that nobody sees. genpdf tells where something stands of links alone, so it is one without words.
struct Mark(String);

impl Element for Mark {
    fn render(
        &mut self,
        context: &Context,
        area: Area<'_>,
        style: Style,
    ) -> Result<RenderResult, genpdf::error::Error> {
        area.add_link(&context.font_cache, Position::default(), style.with_font_size(1), "", &self.0)?;
        Ok(RenderResult::default())
    }
}
