//! A link: a further address of a session, with what it leads to.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::Address;
use crate::model::cell::Cells;
use crate::record::{Value, fold};
use crate::source::{Spanned, Text};

/// A further address of a session.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// What it leads to.
    pub label: Option<Text>,
    /// Where it leads.
    pub url: Spanned<Address>,
}

/// Decodes links: objects with `label` and `url`, or addresses alone, perhaps as `Label: https://…`.
pub(super) fn decode_list(value: &Value<'_>, cells: &mut Cells<'_>) -> Vec<Link> {
    let mut links = Vec::new();
    match value {
        Value::List(values, _) => values.iter().for_each(|value| links.extend(decode(value, cells))),
        Value::Record(_) | Value::Link(_) => links.extend(decode(value, cells)),
        other => {
            for text in cells.lines(other, "links") {
                links.extend(decode(&Value::from(&text), cells));
            }
        }
    }
    links
}

fn decode(value: &Value<'_>, cells: &mut Cells<'_>) -> Option<Link> {
    if let Value::Record(record) = value {
        for (name, _) in record.fields().filter(|(name, _)| !matches!(fold(name.as_str()).as_str(), "label" | "url")) {
            cells.report.add(
                Diagnostic::warning(Code::UnknownField, format!("a link has no field `{name}`"))
                    .at(name.span, "it is not printed")
                    .help("it has `label` and `url`"),
            );
        }
        let label = record.value("label").and_then(|label| cells.line(label, "label"));
        let Some(url) = record.value("url").filter(|url| !url.is_empty()) else {
            cells.report.add(
                Diagnostic::error(Code::MissingField, "a link has no `url`")
                    .at(record.span, "")
                    .help("write it as `{\"label\": \"Slides\", \"url\": \"https://…\"}`"),
            );
            return None;
        };
        return Some(Link { label, url: cells.url(url, "links")? });
    }
    if let Value::Link(_) = value {
        return Some(Link { label: cells.line(value, "links"), url: cells.url(value, "links")? });
    }
    let text = cells.line(value, "links")?;
    // As people write it in prose: `[Slides](https://…)`.
    let inside = text.as_str().strip_prefix('[').and_then(|rest| rest.strip_suffix(')')?.split_once("]("));
    if let Some((label, url)) = inside {
        let label = (!label.trim().is_empty()).then(|| text.with(label.trim().into()));
        return Some(Link { label, url: cells.url(&Value::from(&text.with(url.trim().into())), "links")? });
    }
    let at = text.value.find("https://").or(text.value.find("http://")).unwrap_or(0);
    let (label, url) = text.value.split_at(at);
    let label = label.trim().trim_end_matches([':', ',']).trim();
    let label = (!label.is_empty()).then(|| text.with(label.into()));
    Some(Link { label, url: cells.url(&Value::from(&text.with(url.into())), "links")? })
}
