//! A row as it was found: names and values with their places, nothing believed yet.

use std::borrow::Cow;
use std::sync::Arc;

use crate::source::{Quote, Span, Text};

pub use pointer::{Rows, steps};

mod pointer;

/// The name under which a record of a tree has the one around it.
pub const PARENT: &str = "..";

/// The name under which an element has its text, where it has attributes as well.
pub const CONTENT: &str = "#text";

/// The name under which a record of a tree that was reached by `*` has the key that led to it.
pub const KEY: &str = "*";

/// One row of a table, or one object.
#[derive(Debug, Clone)]
pub struct Record<'s> {
    /// All of it.
    pub span: Span,
    /// Names of the fields as written; rows of one CSV file share them.
    pub names: Arc<[Text]>,
    /// Their values, one for each name.
    pub values: Vec<Value<'s>>,
}

/// What stands in a field.
#[derive(Debug, Clone)]
pub enum Value<'s> {
    /// Nothing: an empty cell, `null`.
    Empty(Span),
    /// Text, a number or a truth value, as written.
    Text(Quote<'s>),
    /// Text that leads somewhere, as a spreadsheet's `HYPERLINK` does.
    Link(Box<Link<'s>>),
    /// Several values.
    List(Vec<Value<'s>>, Span),
    /// An object.
    Record(Box<Record<'s>>),
}

/// Text that leads somewhere.
#[derive(Debug, Clone)]
pub struct Link<'s> {
    /// What is shown.
    pub text: Quote<'s>,
    /// Where it leads.
    pub url: Quote<'s>,
}

impl<'s> Value<'s> {
    /// Gives the place.
    pub fn span(&self) -> Span {
        match self {
            Value::Empty(span) | Value::List(_, span) => *span,
            Value::Text(text) => text.span,
            Value::Link(link) => link.text.span,
            Value::Record(record) => record.span,
        }
    }

    /// Says whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        match self {
            Value::Empty(_) => true,
            Value::Text(text) => match text.value.as_bytes() {
                // Nearly every text starts with a letter.
                [first, ..] if first.is_ascii_graphic() => false,
                _ => text.value.trim().is_empty(),
            },
            Value::Link(link) => link.text.value.trim().is_empty(),
            Value::List(values, _) => values.iter().all(Value::is_empty),
            Value::Record(record) => record.values.iter().all(Value::is_empty),
        }
    }

    /// Gives the same with texts of its own.
    pub fn into_owned(self) -> Value<'static> {
        let owned = |text: Quote<'_>| Quote::new(Cow::Owned(text.value.into_owned()), text.span);
        match self {
            Value::Empty(span) => Value::Empty(span),
            Value::Text(text) => Value::Text(owned(text)),
            Value::Link(link) => Value::Link(Box::new(Link { text: owned(link.text), url: owned(link.url) })),
            Value::List(values, span) => Value::List(values.into_iter().map(Value::into_owned).collect(), span),
            Value::Record(record) => {
                let Record { span, names, values } = *record;
                let values = values.into_iter().map(Value::into_owned).collect();
                Value::Record(Box::new(Record { span, names, values }))
            }
        }
    }

    /// Gives the text of an element that has nothing beside it but attributes; anything else is what it is.
    pub fn content(&self) -> &Value<'s> {
        let Value::Record(record) = self else { return self };
        let text = record.fields().find(|(name, _)| name.as_str() == CONTENT);
        text.map_or(self, |(_, text)| text)
    }

    /// Says what it is, for a message.
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Empty(_) => "nothing",
            Value::Text(_) | Value::Link(_) => "text",
            Value::List(..) => "a list",
            Value::Record(_) => "an object",
        }
    }
}

impl<'s> From<&'s Text> for Value<'s> {
    fn from(text: &'s Text) -> Self {
        Value::Text(text.with(Cow::Borrowed(text.as_str())))
    }
}

impl<'s> Record<'s> {
    /// Gives names and values.
    pub fn fields(&self) -> impl Iterator<Item = (&Text, &Value<'s>)> {
        self.names.iter().zip(&self.values)
    }

    /// Finds a value by name, `_`, spaces and case folded.
    pub fn value(&self, name: &str) -> Option<&Value<'s>> {
        let folded = fold(name);
        self.fields().find(|(known, _)| fold(known.as_str()) == folded).map(|(_, value)| value)
    }
}

/// Folds a field's name: `Online URL`, `online_url` and `onlineUrl` become `online-url`.
pub fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len() + 2);
    let mut before = ' ';
    for c in name.trim().chars() {
        if c == '_' || c == '-' || c.is_whitespace() {
            if !folded.ends_with('-') && !folded.is_empty() {
                folded.push('-');
            }
        } else {
            if c.is_uppercase() && before.is_lowercase() {
                folded.push('-');
            }
            folded.extend(c.to_lowercase());
        }
        before = c;
    }
    folded
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_are_folded() {
        for name in ["Online URL", "online_url", "online-url", "onlineUrl", " Online  Url "] {
            assert_eq!(super::fold(name), "online-url");
        }
    }
}
