//! Sides of sheets to a PDF.

use hayro_write::hayro_syntax::Pdf;
use hayro_write::{ChunkSettings, ExtractionQuery, extract};
use pdf_writer::types::ColorSpaceOperand;
use pdf_writer::writers::{ColorSpace, Group};
use pdf_writer::{Content, Finish, Name, Rect, Ref, TextStr};

use crate::artifact::{BLEED, Meta};

use super::MM;
use super::sheet::Side;

/// Written into the files as their maker.
const CREATOR: &str = concat!("bulletin ", env!("CARGO_PKG_VERSION"));

/// Crop marks, in points: how far from the page they begin, how long and how thick they are.
const MARK: (f64, f64, f32) = ((BLEED + 1.0) * MM, 5.0 * MM, 0.25);

/// Writes the sides as pages. `folded`: printers turn the paper about its short edge. `None`: a page cannot be read.
pub(super) fn write(original: &Pdf, sides: &[Side], folded: bool, meta: &Meta) -> Option<Vec<u8>> {
    let mut next = Ref::new(1);
    let (catalog, info) = (next.bump(), next.bump());
    let queries: Vec<_> = (0..original.pages().len()).map(ExtractionQuery::new_xobject).collect();
    let group = |group: &mut Group<'_>| {
        group.color_space().device_rgb();
    };
    let pages = extract(original, Box::new(|| next.bump()), ChunkSettings::default(), group, &queries).ok()?;
    let pictures: Vec<Ref> = pages.root_refs.iter().map(|picture| picture.ok()).collect::<Option<_>>()?;
    let tree = pages.page_tree_parent_ref;

    let mut pdf = pdf_writer::Pdf::new();
    pdf.set_version(1, 7);
    let mut kids = Vec::new();
    for side in sides {
        let (id, content) = (next.bump(), next.bump());
        kids.push(id);
        let mut page = pdf.page(id);
        let (width, height) = (side.size.0 as f32, side.size.1 as f32);
        page.parent(tree).contents(content).media_box(Rect::new(0.0, 0.0, width, height));
        if let Some(trim) = side.trim {
            let [left, bottom, right, top] = trim.map(|edge| edge as f32);
            let bleed = (BLEED * MM) as f32;
            page.trim_box(Rect::new(left, bottom, right, top));
            page.bleed_box(Rect::new(left - bleed, bottom - bleed, right + bleed, top + bleed));
        }
        let mut resources = page.resources();
        let mut shown = resources.x_objects();
        for place in &side.places {
            shown.pair(Name(name(place.page).as_bytes()), pictures[place.page]);
        }
        shown.finish();
        // Marks are printed in every ink that there is (PDF 1.7 §8.6.6.4).
        let mut spaces = resources.color_spaces();
        let mut all = spaces.insert(Name(b"All")).start::<ColorSpace<'_>>().separation(Name(b"All"));
        all.alternate_color_space().device_gray();
        all.tint_exponential().domain([0.0, 1.0]).range([0.0, 1.0]).c0([1.0]).c1([0.0]).n(1.0);
        all.finish();
        spaces.finish();
        resources.finish();
        page.finish();
        pdf.stream(content, &draw(side));
    }
    pdf.pages(tree).count(i32::try_from(kids.len()).ok()?).kids(kids);
    pdf.extend(&pages.chunk);

    let mut root = pdf.catalog(catalog);
    root.pages(tree).lang(TextStr(meta.lang));
    let mut preferences = root.viewer_preferences();
    preferences.pair(Name(b"PrintScaling"), Name(b"None"));
    let turned = if folded { b"DuplexFlipShortEdge".as_slice() } else { b"DuplexFlipLongEdge".as_slice() };
    preferences.pair(Name(b"Duplex"), Name(turned));
    preferences.finish();
    root.finish();
    let mut about = pdf.document_info(info);
    about.title(TextStr(&meta.title)).creator(TextStr(CREATOR));
    if let Some(author) = &meta.author {
        about.author(TextStr(author));
    }
    about.finish();
    Some(pdf.finish())
}

fn name(page: usize) -> String {
    format!("P{page}")
}

fn draw(side: &Side) -> Vec<u8> {
    let mut content = Content::new();
    for place in &side.places {
        let [x, y, scale] = [place.x, place.y, place.scale].map(|number| number as f32);
        let [left, bottom, width, height] = place.shown.map(|number| number as f32);
        content.save_state().transform([scale, 0.0, 0.0, scale, x, y]);
        content.rect(left, bottom, width, height).clip_nonzero().end_path();
        content.x_object(Name(name(place.page).as_bytes())).restore_state();
    }
    if let Some([left, bottom, right, top]) = side.trim {
        let (off, long, thick) = MARK;
        content.save_state().set_stroke_color_space(ColorSpaceOperand::Named(Name(b"All")));
        content.set_stroke_color([1.0]).set_line_width(thick);
        let mut line = |from: (f64, f64), to: (f64, f64)| {
            content.move_to(from.0 as f32, from.1 as f32).line_to(to.0 as f32, to.1 as f32).stroke();
        };
        for x in [left, right] {
            line((x, bottom - off), (x, bottom - off - long));
            line((x, top + off), (x, top + off + long));
        }
        for y in [bottom, top] {
            line((left - off, y), (left - off - long, y));
            line((right + off, y), (right + off + long, y));
        }
        content.restore_state();
    }
    content.finish().to_vec()
}
