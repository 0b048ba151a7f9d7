//! Words of a record, as either engine takes them.

use std::borrow::Cow;
use std::ops::Deref;

use askama::filters::Safe;

use crate::locale::{Direction, Locale};
use crate::model::Edition;
use crate::model::value::Language;
use crate::prose::{Block, Prose};
use crate::source::Text;

use super::escape::literal;
use super::tongue;
use super::typ::Calls;

/// Prose and the place that it has in a document.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Passage {
    blocks: Vec<Block>,
    /// Level of its highest headings, and the way of the page; none where there is no prose.
    place: Option<(u8, Direction)>,
    language: Option<Language>,
}

impl Passage {
    /// Takes prose whose first headings are to be of `level`.
    pub(super) fn new(prose: &Prose, level: u8, edition: &Edition, locale: &Locale) -> Passage {
        let language = tongue::other(prose.source(), edition, locale);
        Passage { blocks: prose.blocks(), place: Some((level, locale.direction())), language }
    }

    /// Says whether there is nothing to print.
    pub(super) fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Gives it as Typst code, for the template alone: it is not escaped.
    pub(super) fn code(&self) -> Safe<String> {
        let code = |(level, way)| Calls::blocks(&self.blocks, level, way).into();
        let code: String = self.place.map(code).unwrap_or_default();
        Safe(match self.language {
            Some(language) if !code.is_empty() => format!("text(lang: \"{language}\", item(\n{code})),\n"),
            _ => code,
        })
    }

    /// Gives it as blocks whose headings stand below one of level `above`.
    pub(super) fn below(&self, above: u8) -> Vec<Block> {
        let mut blocks = self.blocks.clone();
        for block in &mut blocks {
            if let Block::Heading(level, _) = block {
                *level = (*level + above).min(6);
            }
        }
        blocks
    }
}

/// A title as it stands beside other words.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Title<'a> {
    words: Cow<'a, str>,
    language: Option<Language>,
}

impl<'a> Title<'a> {
    /// Takes a title that stands alone.
    pub(super) fn alone(title: &'a Text, edition: &Edition, locale: &Locale) -> Title<'a> {
        Title::said(title, locale.direction().alone(title.as_str()), edition, locale)
    }

    /// Takes a title in the words that are printed for it.
    pub(super) fn said(title: &Text, words: Cow<'a, str>, edition: &Edition, locale: &Locale) -> Title<'a> {
        Title { words, language: tongue::other(title, edition, locale) }
    }

    /// Gives it as Typst code, for the template alone: a string, or content where it says its language.
    pub(super) fn code(&self) -> Safe<String> {
        let mut code = String::new();
        literal(&self.words, &mut code);
        Safe(match self.language {
            Some(language) => format!("text(lang: \"{language}\", {code})"),
            None => code,
        })
    }
}

impl Deref for Title<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.words
    }
}
