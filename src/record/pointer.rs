//! Ways into a tree: JSON pointers (RFC 6901) that step over lists by themselves, `*` for every value and `**` for
//! every object at any depth, `name=value` for the objects that have such a field. A link has the steps `text` and `url`.

use std::borrow::Cow;

use super::{KEY, PARENT, Record, Value, fold};
use crate::source::Text;

/// Gives the steps of a pointer; `/` alone is the tree itself.
pub fn steps(pointer: &str) -> Vec<String> {
    let steps = pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~"));
    if pointer == "/" { Vec::new() } else { steps.collect() }
}

impl<'s> Record<'s> {
    /// Follows a pointer into the record.
    pub fn pointer<'r>(&'r self, pointer: &str) -> Option<Cow<'r, Value<'s>>> {
        let steps = steps(pointer);
        let (first, rest) = steps.split_first()?;
        let (_, value) = self.fields().find(|(name, _)| name.as_str() == first)?;
        value.follow(rest)
    }

    /// Says whether it has the field that `name=value` asks for; nothing after the sign asks that it has none.
    fn has(&self, test: &str) -> bool {
        let Some((wanted, text)) = test.split_once('=') else { return false };
        match self.fields().find(|(name, _)| name.as_str() == wanted).map(|(_, value)| value.content()) {
            Some(Value::Text(value)) => value.value == text,
            Some(Value::List(values, _)) => {
                values.iter().any(|value| matches!(value.content(), Value::Text(value) if value.value == text))
            }
            Some(_) => false,
            None => text.is_empty(),
        }
    }

    /// Gives the record around it, where that was asked for.
    pub fn parent(&self) -> Option<&Record<'s>> {
        match self.fields().find(|(name, _)| name.as_str() == PARENT) {
            Some((_, Value::Record(parent))) => Some(parent),
            _ => None,
        }
    }
}

impl<'s> Value<'s> {
    /// Follows steps. What `*` or a list leads to makes a list, without lists in it.
    pub fn follow<'r>(&'r self, steps: &[String]) -> Option<Cow<'r, Value<'s>>> {
        let Some((step, rest)) = steps.split_first() else { return Some(Cow::Borrowed(self)) };
        let all = |values: &'r [Value<'s>], steps: &[String]| {
            let mut found = Vec::new();
            for value in values.iter().filter_map(|value| value.follow(steps)) {
                match value.into_owned() {
                    Value::List(values, _) => found.extend(values),
                    value => found.push(value),
                }
            }
            Some(Cow::Owned(Value::List(found, self.span())))
        };
        match self {
            Value::List(values, _) if step == "*" => all(values, rest),
            Value::Record(record) if step == "*" => all(&record.values, rest),
            Value::Record(record) => match record.fields().find(|(name, _)| name.as_str() == step) {
                Some((_, value)) => value.follow(rest),
                None => record.has(step).then(|| self.follow(rest))?,
            },
            Value::List(values, _) => match step.parse::<usize>() {
                Ok(at) => values.get(at)?.follow(rest),
                Err(_) => all(values, steps),
            },
            Value::Link(link) if rest.is_empty() && step == "url" => Some(Cow::Owned(Value::Text(link.url.clone()))),
            Value::Link(link) if rest.is_empty() && step == "text" => Some(Cow::Owned(Value::Text(link.text.clone()))),
            Value::Empty(_) | Value::Text(_) | Value::Link(_) => None,
        }
    }
}

/// Finds the rows of a tree.
#[derive(Debug)]
pub struct Rows<'r, 's> {
    /// The objects on the way, each with the key that `*` went through in it.
    way: Vec<(&'r Record<'s>, Option<&'r Text>)>,
    /// What each row is to know of the objects around it, folded.
    wanted: &'r [String],
    /// The rows.
    pub records: Vec<Record<'s>>,
    /// What was found instead of a row.
    pub others: Vec<&'r Value<'s>>,
}

impl<'r, 's> Rows<'r, 's> {
    /// Finds what `steps` lead to: an object is a row, a list holds them. Where something is `wanted` of the objects
    /// around a row, it has the nearest under [`PARENT`], which has the one around that.
    pub fn find(tree: &'r Value<'s>, steps: &[String], wanted: &'r [String]) -> Rows<'r, 's> {
        let mut rows = Rows { way: Vec::new(), wanted, records: Vec::new(), others: Vec::new() };
        rows.look(tree, steps);
        rows
    }

    fn look(&mut self, value: &'r Value<'s>, steps: &[String]) {
        let number = |step: &String| step.parse::<usize>().ok();
        match (value, steps.split_first()) {
            (Value::List(values, _), None) => values.iter().for_each(|value| self.look(value, steps)),
            (Value::Record(record), None) => self.take(record),
            (Value::Empty(_), None) => {}
            (Value::Text(_) | Value::Link(_), None) => self.others.push(value),
            (Value::List(values, _), Some((step, rest))) => match number(step) {
                Some(at) => values.get(at).into_iter().for_each(|value| self.look(value, rest)),
                None if step == "*" => values.iter().for_each(|value| self.look(value, rest)),
                None => values.iter().for_each(|value| self.look(value, steps)),
            },
            (Value::Record(record), Some((step, rest))) => {
                if step == "**" && rest.is_empty() {
                    self.take(record);
                }
                for (name, value) in record.fields() {
                    let (every, deep) = (step == "*", step == "**");
                    if every || deep || name.as_str() == step {
                        self.way.push((record, Some(name).filter(|_| every)));
                        self.look(value, if deep { steps } else { rest });
                        self.way.pop();
                    }
                }
            }
            (Value::Empty(_) | Value::Text(_) | Value::Link(_), Some(_)) => {}
        }
    }

    fn take(&mut self, record: &Record<'s>) {
        let mut record = record.clone();
        if !self.wanted.is_empty() {
            let mut parent = None;
            for (around, key) in &self.way {
                parent = Some(plain(around, *key, self.wanted, parent));
            }
            attach(&mut record, parent);
        }
        self.records.push(record);
    }
}

/// Gives the texts of a record that are wanted, the key that was gone through, and the record around it.
fn plain<'s>(record: &Record<'s>, key: Option<&Text>, wanted: &[String], parent: Option<Record<'s>>) -> Record<'s> {
    let texts = record
        .fields()
        .filter(|(name, value)| matches!(value.content(), Value::Text(_)) && wanted.contains(&fold(name.as_str())));
    let (mut names, mut values): (Vec<Text>, Vec<Value<'s>>) =
        texts.map(|(name, value)| (name.clone(), value.content().clone())).unzip();
    if let Some(key) = key {
        names.push(key.with(KEY.into()));
        values.push(Value::Text(key.with(Cow::Owned(key.as_str().to_owned()))));
    }
    let mut plain = Record { span: record.span, names: names.into(), values };
    attach(&mut plain, parent);
    plain
}

fn attach<'s>(record: &mut Record<'s>, parent: Option<Record<'s>>) {
    let Some(parent) = parent else { return };
    let name = Text::new(PARENT.into(), parent.span);
    record.names = record.names.iter().cloned().chain([name]).collect();
    record.values.push(Value::Record(Box::new(parent)));
}
