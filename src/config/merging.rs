//! `[merge]`: which rows of several files are one record, and which file is right where they differ.

use super::section::{Section, words_in};
use crate::model::cell::{Cells, YES};
use crate::model::table::Table;
use crate::record::{Record, Value};
use crate::source::Text;

use super::input::our_field;

/// All of `[merge]`.
#[derive(Debug, Clone)]
pub struct Merging {
    /// Which file wins; the later one where nobody said, and then each difference is told.
    pub prefer: Option<Prefer>,
    /// What makes two rows one record besides their id.
    pub by: Vec<By>,
    /// Ids of records that are taken for no other.
    pub apart: Vec<Text>,
}

impl Default for Merging {
    fn default() -> Self {
        Merging { prefer: None, by: vec![By::Address, By::Title], apart: Vec::new() }
    }
}

/// Which of two rows of different files wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prefer {
    /// That of the later file.
    Last,
    /// That of the earlier file.
    First,
    /// That which was changed last, by the field `updated`; that of the later file where neither says.
    Newest,
}

/// What two rows of one record have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    /// The id.
    Id,
    /// The address of their page.
    Address,
    /// Title and date.
    Title,
}

/// Which fields of an `[[input]]` win over those of all others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Preferred {
    /// None but by the rule of `[merge]`.
    #[default]
    None,
    /// All.
    All,
    /// These.
    Fields(Vec<&'static str>),
}

impl Preferred {
    /// Says whether it holds for a field.
    pub fn has(&self, field: &str) -> bool {
        match self {
            Preferred::None => false,
            Preferred::All => true,
            Preferred::Fields(fields) => fields.contains(&field),
        }
    }

    /// Decodes `prefer` of an `[[input]]` that fills `table`.
    pub(super) fn decode(value: &Value<'_>, table: Table, cells: &mut Cells<'_>) -> Preferred {
        if let Value::Text(_) = value {
            let all = cells.word(value, "prefer", YES).is_some_and(|all| all.value);
            return if all { Preferred::All } else { Preferred::None };
        }
        let names = cells.lines(value, "prefer");
        let fields = names.iter().filter_map(|name| our_field(name, table, cells));
        // One deadline and several are one fact.
        Preferred::Fields(fields.map(|field| if field == "deadline" { "deadlines" } else { field }).collect())
    }
}

const PREFER: &[(&str, Prefer)] = &[("last", Prefer::Last), ("first", Prefer::First), ("newest", Prefer::Newest)];
const BY: &[(&str, By)] = &[("id", By::Id), ("url", By::Address), ("title", By::Title)];

impl Merging {
    pub(super) fn decode(record: &Record<'_>, cells: &mut Cells<'_>) -> Merging {
        let mut section = Section::new(record, "merge");
        let merging = Merging {
            prefer: section.word("prefer", PREFER, cells),
            by: match section.take("match") {
                Some(value) => words_in(value, "match", BY, cells),
                None => Merging::default().by,
            },
            apart: section.take("apart").map(|value| cells.lines(value, "apart")).unwrap_or_default(),
        };
        section.finish(cells);
        merging
    }
}
