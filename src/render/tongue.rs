//! The language of a text that is not in the edition's, for those who have it read aloud.

use std::borrow::Cow;
use std::fmt;

use askama::FastWritable;

use crate::locale::Locale;
use crate::model::Edition;
use crate::model::value::Language;
use crate::prose::Prose;
use crate::source::Text;

/// The language of a text, as an attribute of HTML; nothing where it is that of the page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tongue(Option<Language>);

impl Tongue {
    /// Finds that of a text of an edition.
    pub fn of(text: &Text, edition: &Edition) -> Tongue {
        Tongue(edition.foreign.at(text.span))
    }

    /// Gives the attribute; nothing where it is that of the page.
    pub fn attribute(&self) -> Cow<'static, str> {
        self.0.map_or(Cow::Borrowed(""), |language| format!(" lang=\"{language}\"").into())
    }

    /// Says whether it is another one.
    pub fn is_other(&self) -> bool {
        self.0.is_some()
    }
}

impl fmt::Display for Tongue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |language| write!(f, " lang=\"{language}\""))
    }
}

impl FastWritable for Tongue {
    fn write_into(&self, dest: &mut dyn fmt::Write, _: &dyn askama::Values) -> askama::Result<()> {
        self.0.map_or(Ok(()), |language| Ok(write!(dest, " lang=\"{language}\"")?))
    }
}

/// Gives the language of a text on a page of `locale`, where it is another one. A handout can be in another language
/// than its edition.
pub fn other(text: &Text, edition: &Edition, locale: &Locale) -> Option<Language> {
    let language = edition.foreign.at(text.span).or_else(|| Language::from_tag(edition.lang.tag()))?;
    (Language::from_tag(locale.tag()) != Some(language)).then_some(language)
}

/// Finds those of a title and of the prose below it.
pub fn tongues(title: &Text, prose: Option<&Prose>, edition: &Edition) -> (Tongue, Tongue) {
    let below = prose.map(|prose| Tongue::of(prose.source(), edition)).unwrap_or_default();
    (Tongue::of(title, edition), below)
}
