//! Several languages in one record: of `title.de` and `title.fr`, or of `{"de": …, "fr": …}`, that which the edition is
//! written in, else the first of its fallbacks that there is.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::Languages;
use crate::model::Foreign;
use crate::model::table::{Form, Table};
use crate::model::value::Language;
use crate::record::{Record, Value, fold};
use crate::source::Text;

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
    pub fn of(names: &[Text], table: Table) -> Option<Plan> {
        let tags: Vec<_> = names.iter().map(|name| tagged(name.as_str(), table)).collect();
        if tags.iter().all(Option::is_none) {
            return None;
        }
        let mut by_field: BTreeMap<&'static str, usize> = BTreeMap::new();
        let (mut left, mut columns): (Vec<Text>, Vec<Columns>) = (Vec::new(), Vec::new());
        for (at, (name, tag)) in names.iter().zip(tags).enumerate() {
            let field = tag.map(|(field, _)| field).or_else(|| table.field(&fold(name.as_str())));
            let known = field.and_then(|field| by_field.get(field)).copied();
            // A name that stands there twice is told by whoever reads the columns.
            let known = known.filter(|&known| {
                let lang = tag.map(|(_, lang)| lang);
                columns[known].iter().all(|(_, other)| *other != lang)
            });
            match known {
                Some(known) => columns[known].push((at, tag.map(|(_, lang)| lang))),
                None => {
                    if let Some(field) = field {
                        by_field.insert(field, columns.len());
                    }
                    left.push(tag.map_or_else(|| name.clone(), |(field, _)| name.with(field.into())));
                    columns.push(vec![(at, tag.map(|(_, lang)| lang))]);
                }
            }
        }
        Some(Plan { names: left.into(), columns })
    }

    /// Chooses for each field the value in the best language.
    pub fn choose<'s>(&self, record: Record<'s>, languages: &Languages, foreign: &mut Foreign) -> Record<'s> {
        let mut values: Vec<Option<Value<'s>>> = record.values.into_iter().map(Some).collect();
        let mut take = |at: usize| values.get_mut(at).and_then(Option::take);
        let chosen = self.columns.iter().map(|columns| {
            let all = columns.iter().filter_map(|&(at, lang)| Some((lang, take(at)?))).collect();
            let is_told = columns.iter().any(|(_, lang)| lang.is_some());
            best(all, is_told, languages, foreign).unwrap_or(Value::Empty(record.span))
        });
        Record { span: record.span, names: Arc::clone(&self.names), values: chosen.collect() }
    }
}

/// Takes a name apart that ends with a language: `title.de`, `title@de`, `title_de`, `title-de-AT`.
fn tagged(name: &str, table: Table) -> Option<(&'static str, Language)> {
    let name = name.trim();
    let split = |(at, sign): (usize, &str)| {
        // Nearly every name ends here: a language is looked up in no time.
        let language = Language::from_tag(&name[at + sign.len()..])?;
        let field = table.field(&fold(&name[..at])).filter(|field| is_text(table, field))?;
        table.field(&fold(name)).is_none().then_some((field, language))
    };
    name.match_indices(['.', '@', '_', '-', ' ']).find_map(split)
}

/// Says whether a field is told in words, which are of some language.
fn is_text(table: Table, name: &str) -> bool {
    let form = table.fields().iter().find(|field| field.name == name).map(|field| field.form);
    let is_words = matches!(
        form,
        Some(Form::Line | Form::Prose | Form::Lines | Form::Proses | Form::People | Form::Url | Form::Links)
    );
    is_words && !matches!(name, "id" | "session" | "call" | "lang" | "language" | "email" | "phone" | "duration")
}

/// Chooses the value of the best language that is not empty. What is shown in another one is noted.
fn best<'s>(
    all: Vec<(Option<Language>, Value<'s>)>,
    is_told: bool,
    languages: &Languages,
    foreign: &mut Foreign,
) -> Option<Value<'s>> {
    let known = all.into_iter().filter(|(_, value)| !value.is_empty());
    let (lang, value) = known.min_by_key(|(lang, _)| languages.rank(*lang))?;
    let lang = lang.unwrap_or(languages.written);
    if is_told && lang != languages.wanted {
        foreign.note(value.span(), lang);
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
    let form = || table.fields().iter().find(|field| field.name == name).map(|field| field.form);
    match value {
        Value::Record(record) => match (tongues(&record), is_text(table, name), form()) {
            (Some(tongues), true, _) => {
                let span = record.span;
                let all = tongues.into_iter().map(Some).zip(record.values).collect();
                best(all, true, languages, foreign).unwrap_or(Value::Empty(span))
            }
            (_, _, Some(form)) => match inner(form) {
                Some(inner) => Value::Record(Box::new(record_in(*record, inner, languages, foreign))),
                None => Value::Record(record),
            },
            _ => Value::Record(record),
        },
        Value::List(values, span) => {
            let values = values.into_iter().map(|value| localise(value, table, name, languages, foreign));
            Value::List(values.collect(), span)
        }
        other => other,
    }
}

/// Chooses in all fields of a record inside another.
fn record_in<'s>(record: Record<'s>, table: Table, languages: &Languages, foreign: &mut Foreign) -> Record<'s> {
    let record = match Plan::of(&record.names, table) {
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

/// Gives the table whose records a field holds.
fn inner(form: Form) -> Option<Table> {
    match form {
        Form::Rows(table) => Some(table),
        Form::People => Some(Table::People),
        Form::Proses => Some(Table::KeyMessages),
        _ => None,
    }
}

/// Gives the language of each key, where all of them are languages.
fn tongues(record: &Record<'_>) -> Option<Vec<Language>> {
    let tongues: Vec<Language> = record.names.iter().map_while(|name| Language::from_tag(name.as_str())).collect();
    (!tongues.is_empty() && tongues.len() == record.names.len()).then_some(tongues)
}
