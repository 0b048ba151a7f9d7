//! A column of a foreign file: its name, or the way to it.

use std::borrow::Cow;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use crate::record::{Record, Value, steps};
use crate::source::Text;

/// A column of theirs: its name; after a slash, a pointer into the row; after two, one into the whole file; after `../`,
/// a column of the object around the row.
#[derive(Debug)]
pub struct Column {
    name: Text,
    /// Whether any row had it.
    seen: AtomicBool,
}

impl Column {
    pub(super) fn new(name: Text) -> Column {
        Column { name, seen: AtomicBool::new(false) }
    }

    /// Gives its name, as written.
    pub fn name(&self) -> &Text {
        &self.name
    }

    /// Gives the name of the column itself, without the way that a pointer goes on inside.
    pub(super) fn first(&self) -> &str {
        let name = self.name.as_str();
        name.strip_prefix('/').map_or(name, |pointer| pointer.split('/').next().unwrap_or(""))
    }

    /// Says whether any row had it.
    pub fn was_seen(&self) -> bool {
        self.seen.load(Relaxed)
    }

    /// Says whether it lies outside of the row.
    pub fn is_outside(&self) -> bool {
        self.name.as_str().starts_with("../") || self.name.as_str().starts_with("//")
    }

    /// Finds its value for a row of `tree`. An element with attributes gives its text.
    pub fn find<'r, 's>(&self, row: &'r Record<'s>, tree: Option<&'r Value<'s>>) -> Option<Cow<'r, Value<'s>>> {
        Some(match self.find_all(row, tree)? {
            Cow::Borrowed(value) => text(value),
            Cow::Owned(value) => Cow::Owned(text(&value).into_owned()),
        })
    }

    /// Finds its value for a row of `tree`, as it is.
    pub fn find_all<'r, 's>(&self, row: &'r Record<'s>, tree: Option<&'r Value<'s>>) -> Option<Cow<'r, Value<'s>>> {
        let value = self.look(row, tree)?;
        self.seen.store(true, Relaxed);
        Some(value)
    }

    fn look<'r, 's>(&self, mut row: &'r Record<'s>, tree: Option<&'r Value<'s>>) -> Option<Cow<'r, Value<'s>>> {
        let mut name = self.name.as_str();
        if let Some(way) = name.strip_prefix('/').filter(|way| way.starts_with('/')) {
            return tree?.follow(&steps(way));
        }
        while let Some(rest) = name.strip_prefix("../") {
            (row, name) = (row.parent()?, rest);
        }
        if name.starts_with('/') {
            return row.pointer(name);
        }
        let exact = row.fields().find(|(known, _)| known.as_str() == name).map(|(_, value)| value);
        exact.or_else(|| row.value(name)).map(Cow::Borrowed)
    }
}

/// Gives the text of an element, and of each in a list.
fn text<'r, 's>(value: &'r Value<'s>) -> Cow<'r, Value<'s>> {
    match value.content() {
        Value::List(values, span) if values.iter().any(|value| matches!(value, Value::Record(_))) => {
            let values = values.iter().map(|value| value.content().clone()).collect();
            Cow::Owned(Value::List(values, *span))
        }
        value => Cow::Borrowed(value),
    }
}
