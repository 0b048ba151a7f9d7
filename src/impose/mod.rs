//! Finished PDFs laid out for the press: booklets, several pages on a sheet, bleed and crop marks.
//!
//! What comes out is for a printer. Pages are put down as pictures of vectors, fonts and all; tags, links and outline
//! stay with the file that went in, which is the one for the screen.

use std::fmt;
use std::sync::Arc;

use hayro_write::hayro_syntax::Pdf;

use crate::artifact::Meta;
use crate::error::Error;
use crate::locale::Direction;

mod booklet;
mod original;
mod press;
mod sheet;

use original::Original;
use sheet::Side;

/// Points of a millimetre.
const MM: f64 = 72.0 / 25.4;

/// How pages are laid out on sheets.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Imposition {
    /// For sheets that are folded in the middle and stapled there: two pages on each side, in the order in which they
    /// come to stand. The sheet is twice as large as a page, or A4.
    Booklet {
        /// Whether pages are made smaller, so that a sheet is A4.
        on_a4: bool,
        /// How thick the paper is, in millimetres: by so much the pages of each inner sheet move to the fold, since it
        /// sticks out by so much when it is folded, and is cut.
        creep: f64,
    },
    /// Two pages on each side of a sheet that is as large as a page.
    TwoUp,
    /// Four pages.
    FourUp,
    /// One page on a sheet, with 3 mm of bleed and crop marks, and the boxes that say so (PDF 1.7 §14.11.2).
    PrintShop,
}

impl Imposition {
    /// One of each kind, by which files are named.
    pub const ALL: [Imposition; 4] = [
        Imposition::Booklet { on_a4: false, creep: 0.0 },
        Imposition::TwoUp,
        Imposition::FourUp,
        Imposition::PrintShop,
    ];

    /// Gives the name of the file for the press: `summary-x.booklet.pdf` for `summary-x.pdf`.
    pub fn name(self, of: &str) -> String {
        format!("{}.{self}.pdf", of.strip_suffix(".pdf").unwrap_or(of))
    }
}

impl fmt::Display for Imposition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Imposition::Booklet { .. } => "booklet",
            Imposition::TwoUp => "2-up",
            Imposition::FourUp => "4-up",
            Imposition::PrintShop => "print-shop",
        })
    }
}

/// Lays out the pages of `pdf`. Where lines go from right to left, so do pages: a booklet is bound at its right.
///
/// # Errors
/// [`Error::Impose`] where `pdf` is none or has no page.
pub fn impose(pdf: Vec<u8>, imposition: Imposition, way: Direction, meta: &Meta) -> Result<Vec<u8>, Error> {
    let fail = |why: &str| Error::Impose { document: meta.title.clone(), why: why.to_owned() };
    let pdf = Pdf::new(Arc::new(pdf)).map_err(|error| fail(&format!("{error:?}")))?;
    let pages: Vec<Original> = pdf.pages().iter().map(Original::of).collect();
    let Some(first) = pages.first() else { return Err(fail("it has no page")) };
    let sides: Vec<Side> = match imposition {
        Imposition::Booklet { on_a4, creep } => booklet::sides(&pages, first, on_a4, creep * MM, way),
        Imposition::TwoUp => sheet::many_up(&pages, first, 2, way),
        Imposition::FourUp => sheet::many_up(&pages, first, 4, way),
        Imposition::PrintShop => pages.iter().enumerate().map(|(at, page)| sheet::single(at, page)).collect(),
    };
    press::write(&pdf, &sides, matches!(imposition, Imposition::Booklet { .. }), meta)
        .ok_or_else(|| fail("a page is broken"))
}
