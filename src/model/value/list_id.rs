//! The identity of a mailing list (RFC 2919).

use std::str::FromStr;

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::Spanned;

use super::mailbox::phrase;

/// What a `List-Id` header says: an id that stays, and a name for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListId {
    id: String,
    name: Option<String>,
}

impl ListId {
    /// Gives the id, as in `talks.example.org`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Gives the name that people read.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }
}

impl FromStr for ListId {
    /// What is wrong with it.
    type Err = &'static str;

    /// Reads `talks.example.org` or `EU Clusters Talks <talks.example.org>`.
    fn from_str(text: &str) -> Result<ListId, &'static str> {
        if text.contains(char::is_control) {
            return Err("it has a line break or control character");
        }
        let (name, id) = match text.split_once('<') {
            Some((name, rest)) => (phrase(name), rest.trim_end().strip_suffix('>').ok_or("`>` is missing")?),
            None => (None, text),
        };
        let id = id.trim();
        if !id.contains('.') {
            return Err("it has no point");
        }
        let is_label =
            |label: &str| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_+@".contains(&b));
        if !id.split('.').all(is_label) {
            return Err("between points there are letters, digits and `-`");
        }
        // RFC 2919 §2.
        if id.len() > 255 {
            return Err("it has more than 255 characters");
        }
        Ok(ListId { id: id.to_owned(), name })
    }
}

/// Decodes the identity of a list.
pub fn list_id(text: Spanned<&str>, field: &str, report: &mut Report) -> Option<Spanned<ListId>> {
    match text.value.parse() {
        Ok(id) => Some(text.with(id)),
        Err(why) => {
            report.add(
                Diagnostic::error(Code::BadValue, format!("`{field}` does not identify a list"))
                    .at(text.span, why)
                    .help("write it as `news.example.org` or `Name <news.example.org>`"),
            );
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_id_is_a_name_with_points() {
        for (text, expected) in [
            ("talks.example.org", Ok(("talks.example.org", None))),
            ("EU Talks <talks.example.org>", Ok(("talks.example.org", Some("EU Talks")))),
            ("\"EU \\\"Talks\\\"\" <talks.example.org>", Ok(("talks.example.org", Some("EU \"Talks\"")))),
            ("talks", Err("it has no point")),
            ("<talks.example.org", Err("`>` is missing")),
            ("a..b", Err("between points there are letters, digits and `-`")),
            ("News <news example.org>", Err("between points there are letters, digits and `-`")),
            ("x <talks.example.org\r\nBcc: victim@example.org>", Err("it has a line break or control character")),
        ] {
            let read = text.parse::<ListId>();
            assert_eq!(read.as_ref().map(|id| (id.id(), id.name())).map_err(|why| *why), expected, "{text}");
        }
    }
}
