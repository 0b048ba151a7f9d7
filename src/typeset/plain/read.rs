//! What a finished file of the plain engine says, page by page, by another library than the one that wrote it.
//!
//! Letters are those that the fonts' `ToUnicode` gives (PDF 1.7 §9.10.2): what is copied, searched for and read aloud.

use std::sync::Arc;

use hayro_cmap::{BfString, CMap};
use hayro_write::hayro_syntax::Pdf;
use hayro_write::hayro_syntax::content::ops::TypedInstruction;
use hayro_write::hayro_syntax::object::{self, Array, Dict, ObjectIdentifier, Rect, Stream};
use hayro_write::hayro_syntax::page::Page;

use crate::reading::Reading;

use super::finish;

/// How far the edge of a link may be from the foot of its letters, in points.
const NEAR: f64 = 1.0;

/// Stands for a letter of which the font does not say which it is.
const UNKNOWN: char = '\u{FFFD}';

/// Reads a document: its lines in their order, with their links, and the marks before items. `None`: it is no PDF.
pub(super) fn read(bytes: &[u8]) -> Option<Reading> {
    let pdf = Pdf::new(Arc::new(bytes.to_vec())).ok()?;
    let (marks, mut fonts, mut reading) = (marks(&pdf), Fonts::default(), Reading::default());
    for page in pdf.pages().iter() {
        reading.page();
        let lines = lines(page, &mut fonts);
        let links: Vec<(usize, String)> =
            links(page).filter_map(|(area, address)| Some((line_of(&lines, area)?, address))).collect();
        let mut marks = marks.iter().filter(|mark| Some(mark.page) == page.raw().obj_id()).peekable();
        for (at, line) in lines.iter().enumerate() {
            while let Some(mark) = marks.next_if(|mark| mark.top > line.foot) {
                reading.mark(Some(mark.item.clone()));
            }
            reading.part();
            reading.add(&line.text);
            links.iter().filter(|(of, _)| *of == at).for_each(|(_, address)| reading.link(address));
        }
        marks.for_each(|mark| reading.mark(Some(mark.item.clone())));
    }
    Some(reading)
}

/// A line; of one in a table what stands in one cell. Points from the corner at the left and below.
struct Line {
    left: f64,
    foot: f64,
    text: String,
}

/// Where text goes, and whether a line begins there.
#[derive(Default)]
struct Pen {
    left: f64,
    foot: f64,
    moved: bool,
}

impl Pen {
    fn go(&mut self, right: f64, up: f64) {
        *self = Pen { left: self.left + right, foot: self.foot + up, moved: true };
    }

    fn write(&mut self, text: &str, lines: &mut Vec<Line>) {
        match lines.last_mut().filter(|_| !self.moved) {
            _ if text.is_empty() => return,
            Some(line) => line.text.push_str(text),
            None => lines.push(Line { left: self.left, foot: self.foot, text: text.to_owned() }),
        }
        self.moved = false;
    }
}

/// Reads the lines of a page, as far as genpdf writes text: none that is turned or stretched.
fn lines<'p>(page: &'p Page<'p>, fonts: &mut Fonts) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let (mut font, mut leading, mut pen) = (None, 0.0, Pen::default());
    let mut operations = page.typed_operations();
    while let Some(operation) = operations.next() {
        match operation {
            TypedInstruction::BeginText(_) => pen.go(-pen.left, -pen.foot),
            TypedInstruction::NextLine(by) => pen.go(by.0.as_f64(), by.1.as_f64()),
            TypedInstruction::NextLineUsingLeading(_) => pen.go(0.0, -leading),
            TypedInstruction::TextLeading(set) => leading = set.0.as_f64(),
            TypedInstruction::TextFont(set) => {
                font = page.resources().get_font(set.0).and_then(|dict| fonts.of(&dict));
            }
            TypedInstruction::ShowText(shown) => pen.write(&fonts.letters(font, shown.0), &mut lines),
            TypedInstruction::ShowTexts(shown) => {
                let runs = shown.0.iter::<object::String<'_>>();
                runs.for_each(|run| pen.write(&fonts.letters(font, &run), &mut lines));
            }
            _ => {}
        }
    }
    lines
}

/// The fonts of a document: what their codes mean.
#[derive(Default)]
struct Fonts(Vec<(Option<ObjectIdentifier>, CMap)>);

impl Fonts {
    /// Gives the number of a font. `None`: it does not say what its codes mean.
    fn of(&mut self, font: &Dict<'_>) -> Option<usize> {
        let id = font.obj_id();
        if let Some(known) = self.0.iter().position(|(known, _)| id.is_some() && *known == id) {
            return Some(known);
        }
        let meaning = font.get::<Stream<'_>>(b"ToUnicode".as_slice())?.decoded().ok()?;
        self.0.push((id, CMap::parse(&meaning, |_| None)?));
        Some(self.0.len() - 1)
    }

    /// Gives the letters of a run of codes, which have two bytes each (PDF 1.7 §9.7.5.2, Identity-H).
    fn letters(&self, font: Option<usize>, run: &[u8]) -> String {
        let meaning = font.and_then(|font| self.0.get(font)).map(|(_, meaning)| meaning);
        let mut letters = String::new();
        for code in run.chunks(2) {
            let code = code.iter().fold(0, |code, byte| code << 8 | u32::from(*byte));
            match meaning.and_then(|meaning| meaning.lookup_bf_string(code)) {
                Some(BfString::Char(c)) if c != '\0' => letters.push(c),
                Some(BfString::String(several)) => letters.push_str(&several),
                _ => letters.push(UNKNOWN),
            }
        }
        letters
    }
}

/// Gives the links of a page: where one may click, and where that leads.
fn links<'p>(page: &Page<'p>) -> impl Iterator<Item = (Rect, String)> {
    let all: Option<Array<'p>> = page.raw().get(b"Annots".as_slice());
    let link = |link: Dict<'p>| {
        let action: Dict<'p> = link.get(b"A".as_slice())?;
        let address: object::String<'p> = action.get(b"URI".as_slice())?;
        Some((link.get(b"Rect".as_slice())?, String::from_utf8(address.to_vec()).ok()?))
    };
    all.unwrap_or_default().iter::<Dict<'p>>().filter_map(link).collect::<Vec<_>>().into_iter()
}

/// Gives the line that a link is on: of cells side by side, the last one that begins before it.
fn line_of(lines: &[Line], area: Rect) -> Option<usize> {
    let on = |line: &Line| (area.y0 - NEAR..area.y1).contains(&line.foot) && line.left <= area.x0 + NEAR;
    let cells = lines.iter().enumerate().filter(|(_, line)| on(line));
    cells.max_by(|(_, one), (_, next)| one.left.total_cmp(&next.left)).map(|(at, _)| at)
}

/// Where an item begins.
struct Mark {
    page: ObjectIdentifier,
    top: f64,
    item: String,
}

/// Gives the destinations that were named, from the top down.
fn marks(pdf: &Pdf) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    let names = || {
        let root: Dict<'_> = pdf.xref().get(pdf.xref().root_id())?;
        let names: Dict<'_> = root.get(b"Names".as_slice())?;
        names.get::<Dict<'_>>(b"Dests".as_slice())?.get::<Array<'_>>(b"Names".as_slice())
    };
    let names = names().unwrap_or_default();
    let mut names = names.flex_iter();
    while let (Some(name), Some(place)) = (names.next::<object::String<'_>>(), names.next::<Array<'_>>()) {
        let page = place.raw_iter().next().and_then(|page| page.as_obj_ref());
        let top = place.iter::<object::Object<'_>>().nth(finish::TOP).and_then(object::Object::into_f32);
        if let (Some(page), Some(top), Some(item)) = (page, top, finish::item(&name)) {
            marks.push(Mark { page: page.into(), top: top.into(), item });
        }
    }
    marks.sort_by(|one, next| next.top.total_cmp(&one.top));
    marks
}
