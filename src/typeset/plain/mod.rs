//! The plain engine: genpdf sets blocks below each other, with a head for each page and nothing else.
//!
//! Its files are for drafts and for builds without Typst. They have no tags, claim no standard, and hold what Typst's
//! hold. Text goes from left to right: letters are neither joined nor turned around.

use std::collections::BTreeSet;

use genpdf::elements::{LinearLayout, Paragraph};
use genpdf::fonts::{FontData, FontFamily};
use genpdf::render::Area;
use genpdf::style::{Color, Style, StyledString};
use genpdf::{Alignment, Context, Document, Element, Margins, PageDecorator, Position};

use crate::artifact::{Manuscript, Plain};
use crate::error::Error;
use crate::prose::{Block, Inline};

use super::Document as Done;

mod elements;
mod faces;
mod finish;
mod read;

pub(super) use faces::has_glyph;

/// Margin of A4 on all sides, in millimetres.
const MARGIN: f32 = 20.0;

/// What the head of a page takes, in millimetres.
const HEAD: f32 = 10.0;

/// Width of the text, in millimetres.
const WIDTH: f32 = 210.0 - 2.0 * MARGIN;

/// Size of running text, in points.
const SIZE: u8 = 10;

/// Sets a document, and reads it back.
pub(super) fn set(plain: &Plain, manuscript: &Manuscript) -> Result<Done, Error> {
    let fail = |error: &dyn std::fmt::Display| Error::Typeset {
        document: manuscript.name.clone(),
        message: error.to_string(),
    };
    let mut letters = Letters::default();
    letters.text(&manuscript.meta.title);
    letters.blocks(&plain.blocks);
    let [regular, bold, italic] = faces::subsets(&letters.0);
    let face = |bytes: Vec<u8>| FontData::new(bytes, None);
    let bold = face(bold).map_err(|error| fail(&error))?;
    let family = FontFamily {
        regular: face(regular).map_err(|error| fail(&error))?,
        italic: face(italic).map_err(|error| fail(&error))?,
        bold_italic: bold.clone(),
        bold,
    };
    let mut document = Document::new(family);
    document.set_minimal_conformance();
    document.set_font_size(SIZE);
    document.set_line_spacing(1.25);
    document.set_page_decorator(Pages { title: elements::printable(&manuscript.meta.title), number: 0 });
    let mut body = LinearLayout::vertical();
    let mut from = 0;
    for (at, item) in &plain.marks {
        let (before, after) = plain.blocks[from..].split_at(at - from);
        elements::blocks(before, WIDTH, Style::new(), &mut body);
        elements::mark(item, after.first(), &mut body);
        from = *at;
    }
    elements::blocks(&plain.blocks[from..], WIDTH, Style::new(), &mut body);
    document.push(body);
    let mut bytes = Vec::new();
    document.render(&mut bytes).map_err(|error| fail(&error))?;
    let bytes = finish::finish(&bytes, &manuscript.meta).map_err(|error| fail(&error))?;
    let reading = read::read(&bytes).ok_or_else(|| fail(&"the file that was written cannot be read"))?;
    Ok(Done { bytes, reading })
}

/// Margins, and a head with the title and the number of the page.
struct Pages {
    title: String,
    number: usize,
}

impl PageDecorator for Pages {
    fn decorate_page<'a>(
        &mut self,
        context: &Context,
        mut area: Area<'a>,
        style: Style,
    ) -> Result<Area<'a>, genpdf::error::Error> {
        self.number += 1;
        area.add_margins(Margins::trbl(MARGIN - HEAD, MARGIN, MARGIN, MARGIN));
        let small = style.with_font_size(8).with_color(Color::Greyscale(90));
        let mut title = Paragraph::from(vec![StyledString::new(self.title.clone(), small, None)]);
        // The first page has the title itself.
        if self.number > 1 && style.with_font_size(8).str_width(&context.font_cache, &self.title) < 150.into() {
            title.render(context, area.clone(), small)?;
        }
        Paragraph::new(self.number.to_string()).aligned(Alignment::Right).render(context, area.clone(), small)?;
        area.add_offset(Position::new(0, HEAD));
        Ok(area)
    }
}

/// The letters of a document: its fonts hold no others.
#[derive(Default)]
struct Letters(BTreeSet<char>);

impl Letters {
    fn text(&mut self, text: &str) {
        self.0.extend(elements::printable(text).chars());
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text(text) | Inline::Code(text) => self.text(text),
                Inline::Emph(parts) | Inline::Strong(parts) | Inline::Link(_, parts) => self.inlines(parts),
                Inline::Break => {}
            }
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        // What the engine itself writes: numbers, marks of lists, labels of cells.
        self.text("0123456789.:–* ");
        for block in blocks {
            match block {
                Block::Paragraph(inlines) | Block::Heading(_, inlines) => self.inlines(inlines),
                Block::List(_, items) => items.iter().for_each(|item| self.blocks(item)),
                Block::Quote(blocks) => self.blocks(blocks),
                Block::Code(text) => self.text(text),
                Block::Table(table) => {
                    let cells = table.head.iter().chain(table.rows.iter().flatten());
                    cells.for_each(|cell| self.inlines(cell));
                }
                Block::Rule => {}
            }
        }
    }
}
