//! A news item.

use crate::model::{Address, Date};
use crate::prose::Prose;
use crate::source::{Spanned, Text};

/// One news item.
#[derive(Debug, Clone, PartialEq)]
pub struct News {
    /// Names it; stable from one edition to the next.
    pub id: Text,
    /// Never empty once merged.
    pub title: Text,
    /// The day that it is about.
    pub date: Option<Spanned<Date>>,
    /// The last such day, where there are several.
    pub end_date: Option<Spanned<Date>>,
    /// Town or venue.
    pub place: Option<Text>,
    /// What the reader can do: `Register for`, `Save the date for`.
    pub action: Option<Text>,
    /// Where to read on.
    pub url: Option<Spanned<Address>>,
    /// What it says.
    pub summary: Option<Prose>,
    /// Words to find it by.
    pub tags: Vec<Text>,
    /// Last day on which it is news.
    pub expires: Option<Spanned<Date>>,
}
