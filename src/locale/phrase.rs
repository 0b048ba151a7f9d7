//! What is said for every item of an edition: labels taken apart, and how digits are grouped.

use std::borrow::Cow;

use fluent_syntax::ast::{Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::unicode::unescape_unicode;
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;

/// A piece of a label.
#[derive(Debug)]
pub(super) enum Piece<'p> {
    /// It stands as it is.
    Words(Cow<'p, str>),
    /// The value of this name stands in its place.
    Value(Cow<'p, str>),
}

impl<'p> Piece<'p> {
    /// Reads one. `None`: it chooses, counts or looks elsewhere.
    pub fn of(element: &PatternElement<&'p str>) -> Option<Piece<'p>> {
        match element {
            PatternElement::TextElement { value } => Some(Piece::Words((*value).into())),
            PatternElement::Placeable { expression: Expression::Inline(inline) } => match inline {
                InlineExpression::StringLiteral { value } => {
                    let mut words = String::new();
                    unescape_unicode(&mut words, value).expect("a String takes everything");
                    Some(Piece::Words(words.into()))
                }
                InlineExpression::VariableReference { id } => Some(Piece::Value(id.name.into())),
                _ => None,
            },
            PatternElement::Placeable { .. } => None,
        }
    }

    /// Gives its words. `None`: nobody says the value.
    pub fn words<'v>(&'v self, values: &[(&str, &'v str)]) -> Option<&'v str> {
        match self {
            Piece::Words(words) => Some(words),
            Piece::Value(name) => values.iter().find(|(known, _)| known == name).map(|(_, value)| *value),
        }
    }

    fn into_owned(self) -> Piece<'static> {
        match self {
            Piece::Words(words) => Piece::Words(words.into_owned().into()),
            Piece::Value(name) => Piece::Value(name.into_owned().into()),
        }
    }
}

/// A label of words and values in a row, as nearly all are, taken apart once: it is said for every item of an edition.
#[derive(Debug)]
pub(super) struct Phrase(Vec<Piece<'static>>);

impl Phrase {
    /// Takes a label apart. `None`: it is more than a row.
    pub fn new(pattern: &Pattern<&str>) -> Option<Phrase> {
        let pieces = pattern.elements.iter().map(|element| Piece::of(element).map(Piece::into_owned));
        pieces.collect::<Option<_>>().map(Phrase)
    }

    /// Says it. `None`: a value is missing.
    pub fn say(&self, values: &[(&str, &str)]) -> Option<String> {
        let mut said = String::with_capacity(64);
        for piece in &self.0 {
            said.push_str(piece.words(values)?);
        }
        Some(said)
    }
}

/// Puts digits into groups of three, as ICU does in every language of [`Lang`](super::Lang).
#[derive(Debug)]
pub(super) struct Grouping {
    /// What stands between two groups.
    between: String,
}

impl Grouping {
    /// Learns it.
    pub fn new(decimals: &DecimalFormatter) -> Grouping {
        let said = decimals.format(&Decimal::from(111_u64 * 1000 + 222)).to_string();
        let between = said.strip_prefix("111").and_then(|rest| rest.strip_suffix("222"));
        Grouping { between: between.expect("Latin digits in groups of three, in every language of `Lang`").to_owned() }
    }

    /// Writes a number.
    pub fn number(&self, number: u64) -> String {
        let mut buffer = itoa::Buffer::new();
        let digits = buffer.format(number);
        let mut said = String::with_capacity(digits.len() + digits.len() / 3 * self.between.len());
        let (first, groups) = digits.split_at(digits.len() % 3);
        said.push_str(first);
        for at in (0..groups.len()).step_by(3) {
            if !said.is_empty() {
                said.push_str(&self.between);
            }
            said.push_str(&groups[at..at + 3]);
        }
        said
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::{EMBEDDED, Lang, Locale};

    #[test]
    fn digits_are_grouped_as_icu_groups_them() {
        for lang in Lang::ALL {
            let (locale, tag) = (Locale::new(lang), lang.icu());
            let icu = DecimalFormatter::try_new((&tag).into(), Default::default()).expect(EMBEDDED);
            let powers = (0..20).map(|power| 10_u64.pow(power));
            for number in powers.flat_map(|power| [power - 1, power, power + 1, power / 8 * 9]).chain([u64::MAX]) {
                assert_eq!(locale.number(number), icu.format(&Decimal::from(number)).to_string());
            }
        }
    }

    #[test]
    fn a_phrase_says_what_its_label_does() {
        for lang in Lang::ALL {
            let locale = Locale::new(lang);
            let money = [("currency", "one"), ("amount", "two")];
            let days = [("date", "one"), ("time", "two")];
            for (phrase, key, values) in
                [(&locale.money, "money", money), (&locale.date_with_time, "date-with-time", days)]
            {
                let phrase = phrase.as_ref().expect("words and values in a row");
                assert_eq!(phrase.say(&values), Some(locale.say(key, &values)));
                assert_eq!(phrase.say(&values[..1]), None);
            }
        }
    }
}
