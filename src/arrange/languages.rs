//! Several languages in one record: of `title.de` and `title.fr`, or of `{"de": …, "fr": …}`, that which the edition is
//! written in, else the first of its fallbacks that there is.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::{Languages, Telling};
use crate::model::Foreign;
use crate::model::table::{Form, Table};
use crate::model::translated::{Translated, is_told, is_word};
use crate::model::value::Language;
use crate::record::{Record, Value, fold};
use crate::source::{Span, Text};

/// The columns that tell one field: their numbers and languages.
type Columns = Vec<(usize, Option<Language>)>;

/// Which of the columns of a record tell one field in several languages. Rows of one CSV file share it.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The names that are left.
    names: Arc<[Text]>,
    /// For each of them the columns that tell it, and their languages.
    columns: Vec<Columns>,
}

impl Plan {
    /// Looks at the names of a record of `table`. `None`: each tells a field of its own.
    pub fn of(names: &[Text], table: Table, languages: &Languages) -> Option<Plan> {
        let tags = tags(names, table, languages);
        if tags.iter().all(Option::is_none) {
            return None;
        }
        let mut by_field: BTreeMap<&'static str, usize> = BTreeMap::new();
        let (mut left, mut columns): (Vec<Text>, Vec<Columns>) = (Vec::new(), Vec::new());
        for (at, (name, tag)) in names.iter().zip(tags).enumerate() {
            let (field, lang) = (tag.map(|tag| tag.field), tag.map(|tag| tag.language));
            let field = field.or_else(|| table.field(&fold(name.as_str())));
            let known = field.and_then(|field| by_field.get(field)).copied();
            // A name that stands there twice is told by whoever reads the columns.
            let known = known.filter(|&known| columns[known].iter().all(|(_, other)| *other != lang));
            match known {
                Some(known) => columns[known].push((at, lang)),
                None => {
                    if let Some(field) = field {
                        by_field.insert(field, columns.len());
                    }
                    left.push(tag.map_or_else(|| name.clone(), |tag| name.with(tag.field.into())));
                    columns.push(vec![(at, lang)]);
                }
            }
        }
        Some(Plan { names: left.into(), columns })
    }

    /// Chooses for each field the value in the best language.
    pub fn choose<'s>(&self, record: Record<'s>, languages: &Languages, foreign: &mut Foreign) -> Record<'s> {
        // A row in German says in German what stands in no column of some language.
        let own = line(&record, "lang").and_then(Language::from_tag);
        let mut values: Vec<Option<Value<'s>>> = record.values.into_iter().map(Some).collect();
        let mut take = |at: usize| values.get_mut(at).and_then(Option::take);
        let chosen = self.columns.iter().map(|columns| {
            let all = columns.iter().filter_map(|&(at, lang)| Some((lang.or(own), take(at)?))).collect();
            let has_language = columns.iter().any(|(_, lang)| lang.is_some());
            best(all, has_language, languages, foreign).unwrap_or(Value::Empty(record.span))
        });
        Record { span: record.span, names: Arc::clone(&self.names), values: chosen.collect() }
    }
}

/// Gives for each name the field and language that it tells. A language counts if the edition knows it, or if it stands
/// on another field too: `contact_hr` alone is rather a column of somebody's own, and nothing of that is printed.
fn tags(names: &[Text], table: Table, languages: &Languages) -> Vec<Option<Translated>> {
    let found: Vec<_> = names.iter().map(|name| Translated::of(name.as_str(), table)).collect();
    let is_known = |tag: &Translated| languages.knows(tag.language);
    let is_beside = |tag: &Translated, other: &Translated| match other.language == tag.language {
        true => other.field != tag.field,
        false => other.field == tag.field && is_known(other),
    };
    let is_shared = |tag: &Translated| found.iter().flatten().any(|other| is_beside(tag, other));
    let counts = |tag: &Translated| is_known(tag) || !is_word(tag.language) && is_shared(tag);
    found.iter().map(|tag| tag.filter(counts)).collect()
}

/// Chooses the value of the best language that is not empty. What is shown in another one is noted.
fn best<'s>(
    all: Vec<(Option<Language>, Value<'s>)>,
    has_language: bool,
    languages: &Languages,
    foreign: &mut Foreign,
) -> Option<Value<'s>> {
    let known = all.into_iter().filter(|(_, value)| !value.is_empty());
    let known = known.inspect(|(lang, _)| lang.iter().for_each(|lang| foreign.see(*lang)));
    let (lang, value) = known.min_by_key(|(lang, _)| languages.rank(*lang))?;
    let lang = lang.unwrap_or(languages.written);
    if has_language && lang != languages.wanted {
        foreign.note(value.span(), lang);
    } else if has_language {
        foreign.note_own(value.span());
    }
    Some(value)
}

/// Chooses in a value of a field: an object with a key for each language, and what is in records inside it.
pub fn localise<'s>(
    value: Value<'s>,
    table: Table,
    name: &str,
    languages: &Languages,
    foreign: &mut Foreign,
) -> Value<'s> {
    let form = || table.form(name);
    match value {
        Value::Record(record) => match (tongues(&record, form().and_then(inner), languages), form()) {
            (Some(tongues), _) if is_told(table, name) => {
                let all = tongues.into_iter().zip(record.values);
                let all = all.filter_map(|(lang, value)| Some((Some(lang?), value))).collect();
                best(all, true, languages, foreign).unwrap_or(Value::Empty(record.span))
            }
            (_, Some(form)) => match inner(form) {
                Some(inner) => Value::Record(Box::new(record_in(*record, inner, languages, foreign))),
                None => Value::Record(record),
            },
            _ => Value::Record(record),
        },
        Value::List(values, span) => {
            let values = values.into_iter().map(|value| localise(value, table, name, languages, foreign));
            let values: Vec<Value<'s>> = values.collect();
            match form() {
                Some(Form::Rows(_) | Form::Proses) => Value::List(in_one_language(values, languages, foreign), span),
                _ => Value::List(values, span),
            }
        }
        other => other,
    }
}

/// Chooses in all fields of a record inside another.
fn record_in<'s>(record: Record<'s>, table: Table, languages: &Languages, foreign: &mut Foreign) -> Record<'s> {
    let record = match Plan::of(&record.names, table, languages) {
        Some(plan) => plan.choose(record, languages, foreign),
        None => record,
    };
    let Record { span, names, values } = record;
    let values = names.iter().zip(values).map(|(name, value)| match table.field(&fold(name.as_str())) {
        Some(field) => localise(value, table, field, languages, foreign),
        None => value,
    });
    Record { span, values: values.collect(), names: Arc::clone(&names) }
}

/// Of rows inside a record that tell one thing in several languages keeps those in the best one, and what only another
/// one says.
fn in_one_language<'s>(values: Vec<Value<'s>>, languages: &Languages, foreign: &mut Foreign) -> Vec<Value<'s>> {
    let line = |value: &Value<'s>, name: &str| match value {
        Value::Record(record) => line(record, name).map(str::to_owned),
        _ => None,
    };
    let language = |value: &Value<'s>| Language::from_tag(&line(value, "lang")?);
    if values.iter().all(|value| language(value).is_none()) {
        return values;
    }
    values.iter().filter_map(language).for_each(|language| foreign.see(language));
    let tellings = values.iter().map(|value| {
        let order = line(value, "order");
        Telling { is_numbered: order.is_some(), key: order, language: language(value) }
    });
    let tellings: Vec<_> = tellings.collect();
    let mut note = |place: Span, at: usize| {
        let language = tellings[at].language.filter(|language| *language != languages.wanted);
        language.iter().for_each(|language| foreign.note(place, *language));
    };
    let mut values: Vec<Option<Value<'s>>> = values.into_iter().map(Some).collect();
    let mut kept = Vec::with_capacity(values.len());
    for (at, others) in languages.stand_ins(&tellings, &languages.choose(&tellings)) {
        let Some(mut value) = values[at].take() else { continue };
        note(value.span(), at);
        for at in others {
            if let (Value::Record(record), Some(Value::Record(other))) = (&mut value, &values[at])
                && fill(record, other)
            {
                note(other.span, at);
            }
        }
        kept.push(value);
    }
    kept
}

/// Gives a line as it is written.
fn line<'r>(record: &'r Record<'_>, name: &str) -> Option<&'r str> {
    let Value::Text(text) = record.value(name)? else { return None };
    Some(text.value.trim())
}

/// Takes over what a record leaves empty; says whether that was anything.
fn fill<'s>(record: &mut Record<'s>, other: &Record<'s>) -> bool {
    let told: Vec<String> =
        record.fields().filter(|(_, value)| !value.is_empty()).map(|(name, _)| fold(name.as_str())).collect();
    let more: Vec<(Text, Value<'s>)> = other
        .fields()
        .filter(|(name, value)| {
            !value.is_empty() && !told.contains(&fold(name.as_str())) && fold(name.as_str()) != "lang"
        })
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    if more.is_empty() {
        return false;
    }
    let Record { span, names, values } = &*record;
    let own = names.iter().cloned().zip(values.iter().cloned()).filter(|(_, value)| !value.is_empty());
    let (names, values): (Vec<Text>, Vec<Value<'s>>) = own.chain(more).unzip();
    *record = Record { span: *span, names: names.into(), values };
    true
}

/// Gives the table whose records a field holds.
fn inner(form: Form) -> Option<Table> {
    match form {
        Form::Rows(table) => Some(table),
        Form::People => Some(Table::People),
        Form::Proses => Some(Table::KeyMessages),
        _ => None,
    }
}

/// Gives the language of each key, where all of them are languages and none is a field of what may stand there: `{"id":
/// …}` is a person. `None` for a key that means something else; a single one counts if the edition knows it.
fn tongues(record: &Record<'_>, inner: Option<Table>, languages: &Languages) -> Option<Vec<Option<Language>>> {
    let is_field = |name: &Text| inner.is_some_and(|table| table.field(&fold(name.as_str())).is_some());
    let names = record.names.iter().map_while(|name| Language::from_tag(name.as_str()).filter(|_| !is_field(name)));
    let meant = |language: Language| Some(language).filter(|_| languages.knows(language) || !is_word(language));
    let tongues: Vec<Option<Language>> = names.map(meant).collect();
    let told = || tongues.iter().flatten();
    let is_one = told().count() > 1 || told().any(|language| languages.knows(*language));
    (is_one && tongues.len() == record.names.len()).then_some(tongues)
}
