//! Columns of theirs to one value of ours.

use std::borrow::Cow;
use std::sync::Arc;

use ecow::EcoString;
use rustc_hash::FxHashMap;

use crate::config::{Column, Condition, Inner, Input, Lookup, Mapping, Piece, Words};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::model::cell::shorten;
use crate::model::listing::is_list;
use crate::model::table::Form;
use crate::model::{Time, Zone, value};
use crate::prose::html;
use crate::record::{Record, Rows, Value, steps};
use crate::source::{Quote, Span, Spanned, Text};

/// What other rows of a file say, by the key that names them.
type Index = FxHashMap<EcoString, Value<'static>>;

/// Fills fields from the columns of one file.
#[derive(Debug, Clone)]
pub(super) struct Fill<'a, 's> {
    tree: Option<&'a Value<'s>>,
    /// The look-ups of the input, each with what it finds.
    indexes: Arc<Vec<(&'a Lookup, Index)>>,
}

impl<'a, 's> Fill<'a, 's> {
    pub(super) fn new(input: Option<&'a Input>, tree: Option<&'a Value<'s>>) -> Fill<'a, 's> {
        let mut indexes = Vec::new();
        for (_, mapping) in input.iter().flat_map(|input| input.map.iter().flatten()) {
            if let (Mapping::Lookup(lookup), Some(tree)) = (mapping, tree) {
                indexes.push((lookup, index(lookup, tree)));
            }
        }
        Fill { tree, indexes: Arc::new(indexes) }
    }

    /// Finds what a column says of a row.
    pub(super) fn find<'r>(&'r self, column: &Column, row: &'r Record<'s>) -> Option<Cow<'r, Value<'s>>> {
        column.find(row, self.tree)
    }

    /// Gives what a mapping makes of a row.
    pub(super) fn value(&self, mapping: &Mapping, row: &Record<'s>) -> Option<Value<'s>> {
        match mapping {
            Mapping::Joined(columns) => self.join(columns, row),
            Mapping::First(choices) => choices.iter().filter_map(|mapping| first(self.value(mapping, row)?)).next(),
            Mapping::Paragraphs(columns) => self.paragraphs(columns, row),
            Mapping::Day(column, zone) => {
                let mut value = self.find(column, row)?.into_owned();
                day(&mut value, zone.as_ref());
                Some(value)
            }
            Mapping::Template(pieces) => self.template(pieces, row),
            Mapping::Lookup(lookup) => {
                let (_, index) = self.indexes.iter().find(|(known, _)| std::ptr::eq(*known, lookup))?;
                let mut found = Vec::new();
                let keys = self.find(&lookup.find, row)?;
                each(&keys, &mut |key| found.extend(plain(key).and_then(|key| index.get(&key)).cloned()));
                match found.len() {
                    0 | 1 => found.pop(),
                    _ => Some(Value::List(found, keys.span())),
                }
            }
            Mapping::Rows(inner) => {
                let (mut rows, mut span) = (Vec::new(), None);
                for values in inner.columns.iter().filter_map(|column| column.find_all(row, self.tree)) {
                    span.get_or_insert(values.span());
                    each(&values, &mut |value| rows.extend(self.record(inner, value)));
                }
                Some(Value::List(rows, span?))
            }
        }
    }

    /// Says whether a row passes a condition.
    pub(super) fn passes(&self, condition: &Condition, row: &Record<'s>) -> bool {
        let value = self.find(&condition.column, row).and_then(|value| plain(&value));
        condition.test.passes(value.as_deref())
    }

    /// Gives an object its names of ours; a text is its own column `.`. `None`: it is not wanted.
    fn record(&self, inner: &Inner, value: &Value<'s>) -> Option<Value<'s>> {
        let alone;
        let record = match value {
            Value::Record(record) => record,
            Value::Empty(_) => return None,
            other => {
                let names = [Text::new(".".into(), other.span())].into();
                alone = Box::new(Record { span: other.span(), names, values: vec![other.clone()] });
                &alone
            }
        };
        if !inner.conditions.iter().all(|condition| self.passes(condition, record)) {
            return None;
        }
        let found = inner.map.iter().filter_map(|(name, mapping)| {
            let mut value = self.value(mapping, record)?;
            if let Some((_, words)) = inner.values.iter().find(|(known, _)| known.value == name.value) {
                translate(&mut value, words);
            }
            // What is told of a field is told where its value stands.
            (!value.is_empty()).then(|| (Text::new(name.value.clone(), value.span()), value))
        });
        let (names, values): (Vec<Text>, Vec<Value<'s>>) = found.unzip();
        let record = Record { span: record.span, names: names.into(), values };
        (!record.values.is_empty()).then(|| Value::Record(Box::new(record)))
    }

    /// Joins the values of some columns by a comma; a single one stays what it is.
    fn join(&self, columns: &[Column], row: &Record<'s>) -> Option<Value<'s>> {
        let found = columns.iter().filter_map(|column| self.find(column, row));
        let mut values: Vec<Value<'s>> = found.map(Cow::into_owned).filter(|value| !value.is_empty()).collect();
        if values.len() < 2 {
            return values.pop().map(alone);
        }
        let texts: Vec<EcoString> = values.iter().filter_map(plain).collect();
        Some(text(texts.join(", "), values[0].span()))
    }

    /// Puts each column into a paragraph of its own, unless another one has it.
    fn paragraphs(&self, columns: &[Column], row: &Record<'s>) -> Option<Value<'s>> {
        let found = columns.iter().filter_map(|column| self.find(column, row));
        let found: Vec<(EcoString, Span)> = found
            .filter_map(|value| Some((plain(&value)?, value.span())))
            .filter(|(text, _)| !text.is_empty())
            .collect();
        let repeats = |at: usize| {
            let text = found[at].0.as_str();
            found.iter().enumerate().any(|(other, (longer, _))| {
                other != at && longer.contains(text) && (longer.len() > text.len() || other < at)
            })
        };
        let kept = (0..found.len()).filter(|at| !repeats(*at));
        let kept: Vec<Value<'s>> = kept.map(|at| text(found[at].0.to_string(), found[at].1)).collect();
        let span = kept.first()?.span();
        Some(Value::List(kept, span))
    }

    /// Puts columns into a text. `None`: none of them has a value.
    fn template(&self, pieces: &[Piece], row: &Record<'s>) -> Option<Value<'s>> {
        let (mut whole, mut place) = (String::new(), None);
        for piece in pieces {
            match piece {
                Piece::Text(text) => whole.push_str(text),
                Piece::Column(column) => {
                    if let Some(value) = self.find(column, row).filter(|value| !value.is_empty()) {
                        place.get_or_insert(value.span());
                        whole.push_str(&plain(&value).unwrap_or_default());
                    }
                }
            }
        }
        let whole = whole.split_whitespace().collect::<Vec<_>>().join(" ");
        Some(text(whole, place?))
    }
}

/// Gives a value as text.
pub(super) fn plain(value: &Value<'_>) -> Option<EcoString> {
    match value.content() {
        Value::Empty(_) | Value::Record(_) => None,
        Value::Text(text) => Some(text.value.trim().into()),
        Value::Link(link) => Some(link.text.value.trim().into()),
        Value::List(values, _) => {
            let texts: Vec<EcoString> = values.iter().filter_map(plain).collect();
            Some(texts.join("; ").into())
        }
    }
}

/// Puts our word in the place of theirs, capitals or not.
pub(super) fn translate(value: &mut Value<'_>, words: &Words) {
    if let Value::List(values, _) = value {
        values.iter_mut().for_each(|value| translate(value, words));
        return;
    }
    let Some(theirs) = plain(value) else { return };
    if let Some((_, ours)) = words.iter().find(|(word, _)| word.as_str().eq_ignore_ascii_case(&theirs)) {
        *value = match plain(ours) {
            Some(ours) => text(ours.into(), value.span()),
            None => Value::Empty(value.span()),
        };
    }
}

/// Turns HTML into CommonMark. A link that leads nowhere is told, and its text stays.
pub(super) fn prose(value: &mut Value<'_>, report: &mut Report) {
    if let Value::List(values, _) = value {
        values.iter_mut().for_each(|value| prose(value, report));
        return;
    }
    let Value::Text(html) = value.content() else { return };
    let (markdown, dead) = html::commonmark(html.as_str());
    for address in dead {
        report.add(
            Diagnostic::warning(Code::UnreachableLink, format!("a link in HTML leads to `{}`", shorten(&address)))
                .at(html.span, "only its text is printed")
                .help("ask for full addresses, `https://…`, where the text is written"),
        );
    }
    *value = text(markdown, html.span);
}

/// Makes one value of a list, where a field takes no list.
pub(super) fn unlisted(value: &mut Value<'_>, form: Form, is_paragraphs: bool) {
    let Value::List(values, span) = value else { return };
    let between = match form {
        _ if is_paragraphs => "\n\n",
        Form::Line | Form::Prose => ", ",
        Form::Lines | Form::People | Form::Proses | Form::Rows(_) | Form::Links => return,
        _ if values.len() > 1 => return,
        _ => "",
    };
    let span = values.first().map_or(*span, Value::span);
    let texts: Vec<EcoString> = values.iter().filter_map(plain).filter(|text| !text.is_empty()).collect();
    *value = text(texts.join(between), span);
}

/// Gives the first value of a list that is not empty.
fn first(value: Value<'_>) -> Option<Value<'_>> {
    match value {
        Value::List(values, _) => values.into_iter().find_map(first),
        value => Some(value).filter(|value| !value.is_empty()),
    }
}

/// Gives the text of a list that holds one list of JSON, as portals write words: `["[\"trees\",\"parks\"]"]`.
fn alone(value: Value<'_>) -> Value<'_> {
    match value {
        Value::List(mut values, _) if matches!(&values[..], [Value::Text(text)] if is_list(&text.value)) => {
            values.remove(0)
        }
        value => value,
    }
}

/// Leaves of a time the day that stands before it. Midnight in a zone is the day that begins there, however it is
/// written: `2024-11-26T23:00Z` is 27 November in Brussels.
fn day(cell: &mut Value<'_>, zone: Option<&Zone>) {
    if let Value::List(values, _) = cell {
        return values.iter_mut().for_each(|value| day(value, zone));
    }
    let Value::Text(moment) = cell.content() else { return };
    let (written, span) = (moment.value.trim(), moment.span);
    let Some((before, _)) = written.split_once(['T', ' ']).filter(|(day, _)| day.len() == 10) else { return };
    let instant = || value::moment(Spanned::new(written, span), "", &mut Report::default())?.value.instant();
    let begun = zone.and_then(|zone| Some((zone, instant()?)));
    let begun = begun.filter(|(zone, instant)| zone.time_at(*instant) == Time::midnight());
    let day = begun.map_or_else(|| before.to_owned(), |(zone, instant)| zone.date_at(instant).to_string());
    *cell = text(day, span);
}

fn text<'s>(text: String, span: Span) -> Value<'s> {
    Value::Text(Quote::new(Cow::Owned(text), span))
}

/// Calls with each value of a list, or with the one that there is.
fn each<'s>(value: &Value<'s>, call: &mut dyn FnMut(&Value<'s>)) {
    match value {
        Value::List(values, _) => values.iter().for_each(|value| each(value, call)),
        value => call(value),
    }
}

fn index(lookup: &Lookup, tree: &Value<'_>) -> Index {
    let rows = Rows::find(tree, &steps(lookup.within.as_str()), &[]);
    let pairs = rows.records.iter().filter_map(|row| {
        let (key, value) = (lookup.by.find(row, None)?, lookup.take.find(row, None)?);
        Some((plain(&key)?, value.into_owned().into_owned()))
    });
    pairs.collect()
}
