//! A list of JSON in one cell: `["one; two", "three"]`. It holds what a list split at `;` cannot: the sign itself, line
//! breaks, objects.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::model::table::Form;
use crate::record::{Record, Value};
use crate::source::{Quote, Span, Text};

/// Reads a cell that is a list of JSON, if its field takes several values. Texts and objects make a list; `[1]` is a
/// text like any other. All of it has the place of the cell.
pub fn unfold<'s>(value: Value<'s>, form: Form) -> Value<'s> {
    let several = matches!(form, Form::Lines | Form::People | Form::Proses | Form::Rows(_) | Form::Links);
    match &value {
        Value::Text(text) if several => match parse(&text.value) {
            Some(items) => Value::List(items.into_iter().map(|item| item.at(text.span)).collect(), text.span),
            None => value,
        },
        _ => value,
    }
}

/// Says whether a cell is read as a list of JSON.
pub fn is_list(text: &str) -> bool {
    parse(text).is_some()
}

fn parse(text: &str) -> Option<Vec<Node>> {
    let text = text.trim();
    if !text.starts_with('[') {
        return None;
    }
    let items: Vec<Node> = serde_json::from_str(text).ok()?;
    let fits = !items.is_empty() && items.iter().all(|item| matches!(item, Node::Text(_) | Node::Object(_)));
    fits.then_some(items)
}

/// A value of JSON. Objects keep a name that stands twice, so that it is told.
enum Node {
    Nothing,
    Text(String),
    /// A number or a truth value, as text.
    Plain(String),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

impl Node {
    fn at(self, span: Span) -> Value<'static> {
        match self {
            Node::Nothing => Value::Empty(span),
            Node::Text(text) | Node::Plain(text) => Value::Text(Quote::new(Cow::Owned(text), span)),
            Node::List(items) => Value::List(items.into_iter().map(|item| item.at(span)).collect(), span),
            Node::Object(fields) => {
                let names = fields.iter().map(|(name, _)| Text::new(name.as_str().into(), span)).collect();
                let values = fields.into_iter().map(|(_, value)| value.at(span)).collect();
                Value::Record(Box::new(Record { span, names, values }))
            }
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(Nodes)
    }
}

struct Nodes;

impl<'de> Visitor<'de> for Nodes {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of JSON")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Nothing)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Plain(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Plain(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Plain(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        Ok(Node::Plain(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Node, A::Error> {
        let mut object = Vec::new();
        while let Some(field) = fields.next_entry()? {
            object.push(field);
        }
        Ok(Node::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_texts_and_objects_are_known() {
        for (text, expected) in [
            (r#"["a; b", "c"]"#, true),
            (r#" [{"name": "A, B"}] "#, true),
            (r#"["a", 1]"#, false),
            ("[1]", false),
            ("[]", false),
            ("[Slides](https://example.org)", false),
            ("[a]; [b]", false),
            ("", false),
        ] {
            assert_eq!(is_list(text), expected, "{text}");
        }
    }
}
