//! What must be right in print: titles, persons, days, times, amounts, places, addresses, and the words around them.

use crate::source::Span;

/// Something that an artifact has to say of an item.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact<'a> {
    /// The field that it comes from, as the dictionary names it: `deadline`.
    pub field: &'static str,
    /// What has to be there.
    pub says: Says<'a>,
    /// Where the user wrote it.
    pub span: Span,
}

/// What has to be there.
#[derive(Debug, Clone, PartialEq)]
pub enum Says<'a> {
    /// One of these ways to say it.
    Words(Vec<String>),
    /// All pieces of some prose, in any setting.
    Prose(Vec<String>),
    /// A link to this address.
    Address(&'a str),
    /// A QR code that leads there.
    Code(&'a str),
}

impl Fact<'_> {
    /// Gives it as one reads it.
    pub fn words(&self) -> String {
        match &self.says {
            Says::Words(ways) => ways.first().cloned().unwrap_or_default(),
            Says::Prose(pieces) => pieces.join(" "),
            Says::Address(address) | Says::Code(address) => (*address).to_owned(),
        }
    }
}
