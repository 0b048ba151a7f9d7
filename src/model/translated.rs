//! Names of fields that end with a language: `title.de`, `title@fr`, `title_de`, `title-de-AT`.

use crate::model::table::{Form, Table};
use crate::model::value::Language;
use crate::record::fold;

/// A name that may tell a field in a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Translated {
    /// The field.
    pub field: &'static str,
    /// The language.
    pub language: Language,
}

impl Translated {
    /// Takes a name apart. `None`: it ends with no language, or is a field itself.
    pub fn of(name: &str, table: Table) -> Option<Translated> {
        let name = name.trim();
        let split = |(at, sign): (usize, &str)| {
            // Nearly every name ends here: a language is looked up in no time.
            let language = Language::from_tag(&name[at + sign.len()..])?;
            let field = table.field(&fold(&name[..at])).filter(|field| is_told(table, field))?;
            let is_meant = matches!(sign, "." | "@") || !is_word(language);
            (is_meant && table.field(&fold(name)).is_none()).then_some(Translated { field, language })
        };
        name.match_indices(['.', '@', '_', '-']).find_map(split)
    }
}

/// Knows the languages whose tag means something else in most tables: `room_id` is no room in Indonesian, and `Contact
/// no` is a telephone number.
pub fn is_word(language: Language) -> bool {
    matches!(language.tag(), "id" | "no")
}

/// Says whether a field is told in words, which are of some language.
pub fn is_told(table: Table, name: &str) -> bool {
    let is_words = matches!(
        table.form(name),
        Some(Form::Line | Form::Prose | Form::Lines | Form::Proses | Form::People | Form::Url | Form::Links)
    );
    is_words && !matches!(name, "id" | "session" | "call" | "lang" | "language" | "email" | "phone" | "duration")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_language_after_a_field_is_one() {
        for (name, expected) in [
            ("title.de", "title de"),
            ("Title@fr", "title fr"),
            ("summary_de", "summary de"),
            ("online-url-de-AT", "online-url de"),
            ("room.no", "room no"),
            ("room_id", ""),
            ("organiser-id", ""),
            ("place_no", ""),
            ("Place no", ""),
            ("title de", ""),
            ("date.de", ""),
            ("online-url", ""),
            ("image-alt", ""),
            ("language.de", ""),
        ] {
            let found = Translated::of(name, Table::Sessions);
            let said = found.map(|found| format!("{} {}", found.field, found.language)).unwrap_or_default();
            assert_eq!(said, expected, "{name}");
        }
    }
}
