//! A row under our names.

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::model::cell::shorten;
use crate::model::listing;
use crate::model::table::Table;
use crate::model::translated::Translated;
use crate::record::{Record, Value, fold};
use crate::source::Span;

/// A row whose names are those of a table: folded, mapped, unknown ones told and left out.
#[derive(Debug)]
pub struct Row<'s> {
    /// All of it.
    pub span: Span,
    /// Fields and their values, none of them empty.
    pub cells: Vec<(&'static str, Value<'s>)>,
}

impl<'s> Row<'s> {
    /// Arranges an object inside another record.
    pub fn of(record: &Record<'s>, table: Table, report: &mut Report) -> Row<'s> {
        let columns = columns(record, table, report);
        let cells = record.values.iter().zip(columns);
        let cells = cells.filter_map(|(value, field)| {
            field.filter(|_| !value.is_empty()).map(|field| (field, unfolded(value.clone(), field, table)))
        });
        Row { span: record.span, cells: cells.collect() }
    }
}

/// Gives the value of a cell; a list of JSON in it becomes a list.
pub fn unfolded<'s>(value: Value<'s>, field: &str, table: Table) -> Value<'s> {
    match &value {
        // Few cells start so: the field is looked up for these alone.
        Value::Text(text) if text.value.trim_start().starts_with('[') => {
            match table.fields().iter().find(|known| known.name == field) {
                Some(known) => listing::unfold(value, known.form),
                None => value,
            }
        }
        _ => value,
    }
}

/// Finds the field for each name; unknown names and repeated ones are told, once in a file.
pub fn columns(record: &Record<'_>, table: Table, report: &mut Report) -> Vec<Option<&'static str>> {
    let mut columns: Vec<Option<&'static str>> = Vec::with_capacity(record.names.len());
    for (name, value) in record.fields() {
        let folded = fold(name.as_str());
        let field = table.field(&folded);
        if let Some(first) = field.and_then(|field| columns.iter().position(|known| *known == Some(field))) {
            report.add(
                Diagnostic::error(Code::RepeatedField, format!("the object has the key `{folded}` twice"))
                    .at(name.span, "again here")
                    .at(record.names[first].span, "first here")
                    .help("`_`, spaces and case make no difference; delete one of the two"),
            );
            columns.push(None);
            continue;
        }
        if field.is_none() && !(folded.is_empty() && value.is_empty()) {
            let shown =
                if folded.is_empty() { "without a name".into() } else { format!("`{}`", shorten(name.as_str())) };
            let message = format!("`{}` has no field {shown}", table.name());
            if report.is_news(Code::UnknownField, name.span.source, &message) {
                let help = match (table.near(&folded), Translated::of(name.as_str(), table)) {
                    (_, Some(Translated { field, language })) => {
                        format!(
                            "if it is `{field}` in `{language}`, write `fallback = [\"{language}\"]` in `[edition]`"
                        )
                    }
                    (Some(near), None) => {
                        format!("perhaps `{near}` is meant; rename it, or take it by `map` in an `[[input]]`")
                    }
                    (None, None) => {
                        let table = table.name();
                        format!("`bulletin schema {table}` lists its fields; `map` in an `[[input]]` fills one from it")
                    }
                };
                report.add(
                    Diagnostic::warning(Code::UnknownField, message).at(name.span, "it is not printed").help(help),
                );
            }
        }
        columns.push(field);
    }
    columns
}
