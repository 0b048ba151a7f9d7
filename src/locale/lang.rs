//! The languages that an edition can be printed in.

use icu_locale_core::{Locale as Tag, locale};

use super::Direction;
use crate::model::value::Language;

/// A language that an edition can be printed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lang {
    /// English, with British dates and numbers.
    English,
    /// German.
    German,
    /// French.
    French,
    /// Arabic: the modern standard, with the digits 0 to 9.
    Arabic,
}

impl Lang {
    /// All of them.
    pub const ALL: [Lang; 4] = [Lang::English, Lang::German, Lang::French, Lang::Arabic];

    /// Gives the BCP 47 tag: `en`.
    pub fn tag(self) -> &'static str {
        match self {
            Lang::English => "en",
            Lang::German => "de",
            Lang::French => "fr",
            Lang::Arabic => "ar",
        }
    }

    /// Finds a language by its tag; a region is left aside (`de-AT` is German).
    pub fn from_tag(tag: &str) -> Option<Lang> {
        let primary = tag.split(['-', '_']).next().unwrap_or("").to_ascii_lowercase();
        Lang::ALL.into_iter().find(|lang| lang.tag() == primary)
    }

    /// Gives the way it is written.
    pub fn direction(self) -> Direction {
        match self {
            Lang::English | Lang::German | Lang::French => Direction::Ltr,
            Lang::Arabic => Direction::Rtl,
        }
    }

    /// Gives the tag for ICU. Arabic is printed with the digits 0 to 9, which the Maghreb and the Gulf use and the rest
    /// reads: the numbers of lists and pages and those in the data are written so too, and one page should have one
    /// kind of digits.
    pub(super) fn icu(self) -> Tag {
        match self {
            Lang::English => locale!("en-GB"),
            Lang::German => locale!("de"),
            Lang::French => locale!("fr"),
            Lang::Arabic => locale!("ar-u-nu-latn"),
        }
    }

    pub(super) fn source(self) -> &'static str {
        match self {
            Lang::English => include_str!("../../templates/locales/en.ftl"),
            Lang::German => include_str!("../../templates/locales/de.ftl"),
            Lang::French => include_str!("../../templates/locales/fr.ftl"),
            Lang::Arabic => include_str!("../../templates/locales/ar.ftl"),
        }
    }
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Language {
        Language::from_tag(lang.tag()).expect("every language of an edition is one of ISO 639-1")
    }
}
