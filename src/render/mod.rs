//! An edition as text: each file here fills one template.

pub mod campaign;
mod code;
pub mod escape;
#[cfg(test)]
pub(crate) mod fixture;
pub mod handout;
pub mod html;
pub mod line;
mod listing;
pub mod newsletter;
pub mod page;
pub mod persons;
mod sheet;
pub mod signs;
pub mod speakers;
pub mod summary;
mod talk;
pub mod text;
mod timeline;
mod typ;
pub mod wrap;

use crate::artifact::{Kind, Meta};
use crate::locale::Locale;
use crate::model::Edition;
use crate::theme::Theme;

/// Renders what is printed of the whole edition, one of [`Kind::PAPER`]: the name of its file, and its Typst text with
/// what is said about it; none where the edition has nothing for it.
pub fn sheets(kind: Kind, edition: &Edition, locale: &Locale, theme: &Theme) -> (&'static str, Option<(String, Meta)>) {
    match kind {
        Kind::Handout => {
            ("handout.pdf", Some((handout::handout(edition, locale, theme), handout::meta(edition, locale))))
        }
        Kind::Speakers => ("speakers.pdf", speakers::speakers(edition, locale, theme)),
        Kind::Signs => ("signs.pdf", signs::signs(edition, locale, theme)),
        Kind::Summary | Kind::Newsletter | Kind::Calendar | Kind::Facts => {
            unreachable!("only what is on `Kind::PAPER` is asked for")
        }
    }
}
