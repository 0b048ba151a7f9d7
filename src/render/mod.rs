//! An edition as text: each file here fills one template.

/// Lets templates write a value as HTML, which is then not escaped.
macro_rules! html {
    ($type:ty, $write:expr) => {
        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let write: fn(&Self, &mut dyn std::fmt::Write) -> std::fmt::Result = $write;
                write(self, f)
            }
        }

        impl askama::FastWritable for $type {
            fn write_into(&self, dest: &mut dyn std::fmt::Write, _: &dyn askama::Values) -> askama::Result<()> {
                let write: fn(&Self, &mut dyn std::fmt::Write) -> std::fmt::Result = $write;
                Ok(write(self, dest)?)
            }
        }

        impl askama::filters::HtmlSafe for $type {}
    };
}

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
mod passage;
pub mod persons;
mod plain;
mod sheet;
pub mod signs;
pub mod speakers;
pub mod summary;
mod talk;
pub mod text;
mod timeline;
pub mod tongue;
mod typ;
pub mod wrap;

use crate::artifact::{Body, Engine, Kind, Meta};
use crate::locale::Locale;
use crate::model::Edition;
use crate::theme::Theme;

/// Renders what is printed of the whole edition, one of [`Kind::PAPER`]: the name of its file, and its text for an engine
/// with what is said about it; none where the edition has nothing for it. [`Kind::ONE_EACH`] are Typst's alone.
pub fn sheets(
    kind: Kind,
    engine: Engine,
    edition: &Edition,
    locale: &Locale,
    theme: &Theme,
) -> (&'static str, Option<(Body, Meta)>) {
    let typst = |(text, meta)| (Body::Typst(text), meta);
    match kind {
        Kind::Handout => {
            let body = match engine {
                Engine::Typst => Body::Typst(handout::handout(edition, locale, theme)),
                Engine::Genpdf => Body::Plain(handout::blocks(edition, locale, theme)),
            };
            ("handout.pdf", Some((body, handout::meta(edition, locale))))
        }
        Kind::Speakers => ("speakers.pdf", speakers::speakers(edition, locale, theme).map(typst)),
        Kind::Signs => ("signs.pdf", signs::signs(edition, locale, theme).map(typst)),
        Kind::Summary | Kind::Newsletter | Kind::Calendar | Kind::Facts | Kind::Data => {
            unreachable!("only what is on `Kind::PAPER` is asked for")
        }
    }
}
