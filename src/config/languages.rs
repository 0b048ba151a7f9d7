//! Which languages of the data are shown, and in which order they stand in for each other.

use crate::diagnostic::{Code, Diagnostic};
use crate::locale::Lang;
use crate::model::cell::{Cells, shorten};
use crate::model::value::Language;
use crate::record::Value;

/// The languages of an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Languages {
    /// That of the edition.
    pub wanted: Language,
    /// That of what has no language of its own: `lang` of `[edition]`.
    pub written: Language,
    /// What is shown where there is nothing in the wanted one: `fallback` of `[edition]`.
    pub fallback: Vec<Language>,
}

impl Languages {
    /// Takes the edition's language, that in which it is asked for, and what stands in.
    pub fn new(written: Lang, wanted: Option<Lang>, fallback: Vec<Language>) -> Languages {
        Languages { wanted: wanted.unwrap_or(written).into(), written: written.into(), fallback }
    }

    /// Says whether the edition knows a language: it is its own, that of its data, or stands in for it.
    pub fn knows(&self, language: Language) -> bool {
        language == self.wanted || language == self.written || self.fallback.contains(&language)
    }

    /// Gives the place of a language in the order of preference, the best first; `None`: what has no language of its own.
    pub fn rank(&self, language: Option<Language>) -> (usize, Language) {
        let language = language.unwrap_or(self.written);
        let fallback = self.fallback.iter().position(|known| *known == language);
        let place = match fallback {
            _ if language == self.wanted => 0,
            Some(at) => at + 1,
            None if language == self.written => usize::MAX - 1,
            None => usize::MAX,
        };
        (place, language)
    }

    /// Decodes `fallback`.
    pub(super) fn decode(value: &Value<'_>, cells: &mut Cells<'_>) -> Vec<Language> {
        let mut fallback = Vec::new();
        for tag in cells.lines(value, "fallback") {
            match Language::from_tag(tag.as_str()) {
                Some(language) => fallback.push(language),
                None => cells.report.add(
                    Diagnostic::error(Code::BadValue, format!("`{}` is no language", shorten(tag.as_str())))
                        .at(tag.span, "")
                        .help("write tags (BCP 47): `fallback = [\"en\", \"fr\"]`"),
                ),
            }
        }
        fallback
    }
}
