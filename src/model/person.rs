//! A person: as a record of their own, or as named in another record.

use crate::model::Address;
use crate::source::{Spanned, Text};

/// One person, in one role.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// Names the record, where there is one.
    pub id: Option<Text>,
    /// As it is printed; never empty once merged.
    pub name: Text,
    /// What they do: `Cluster Manager`.
    pub role: Option<Text>,
    /// For whom.
    pub organisation: Option<Text>,
    /// Page about them.
    pub url: Option<Spanned<Address>>,
}
