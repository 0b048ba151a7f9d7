//! Dates as they are mentioned in prose: `Wednesday, 19 June 2024`, `June 19th`.

use std::ops::Range;

use jiff::civil::Weekday;

use super::Date;
use super::date::{build, month_by_name, weekday};

/// A date that prose mentions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Where, with its weekday.
    pub part: Range<usize>,
    /// The day; its year is that of the record where none is stated.
    pub date: Date,
    /// Whether the year is stated.
    pub has_year: bool,
    /// The weekday that stands before it.
    pub weekday: Option<Weekday>,
}

/// Finds the dates among the words of a text. One without a year is the nearest to `near`; without that it is no date.
pub fn mentions(text: &str, words: &[(usize, &str)], near: Option<Date>) -> Vec<Mention> {
    let mut found = Vec::new();
    for (at, (_, word)) in words.iter().enumerate() {
        if !word.starts_with(char::is_uppercase) && !word.starts_with(|c: char| !c.is_ascii()) && !is_french(word) {
            continue;
        }
        let Some(month) = month_by_name(word) else { continue };
        let touches = |one: usize| {
            let ((start, word), (next, _)) = (words[one], words[one + 1]);
            text[start + word.len()..next].chars().all(|c| matches!(c, ' ' | ',' | '.' | '\u{A0}'))
        };
        let before = at.checked_sub(1).filter(|&before| touches(before)).and_then(|before| day(words[before].1));
        let after = words.get(at + 1).filter(|_| touches(at)).and_then(|(_, word)| day(word));
        let (first, last, day) = match (before, after) {
            (Some(day), _) => (at - 1, at, day),
            (None, Some(day)) => (at, at + 1, day),
            (None, None) => continue,
        };
        let year = words.get(last + 1).filter(|_| touches(last)).and_then(|(_, word)| year(word));
        let Some(date) = (match year {
            Some(year) => build(year, month, day).ok(),
            None => near.and_then(|near| nearest(near, month, day)),
        }) else {
            continue;
        };
        let last = if year.is_some() { last + 1 } else { last };
        let named = first.checked_sub(1).filter(|&before| touches(before) && words[before].1.chars().count() > 2);
        let named = named.and_then(|before| Some((before, weekday(words[before].1)?)));
        let start = words[named.map_or(first, |(before, _)| before)].0;
        let part = start..words[last].0 + words[last].1.len();
        found.push(Mention { part, date, has_year: year.is_some(), weekday: named.map(|(_, weekday)| weekday) });
    }
    found
}

/// French writes months small; of the other languages' small words one may be a verb.
fn is_french(word: &str) -> bool {
    ["janvier", "avril", "juin", "juillet", "septembre", "octobre", "novembre"].contains(&word)
}

fn day(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let ending = &word[digits.len()..];
    let day = digits.parse().ok().filter(|_| matches!(ending, "" | "st" | "nd" | "rd" | "th" | "er"))?;
    (1..=31).contains(&day).then_some(day)
}

fn year(word: &str) -> Option<i16> {
    word.parse().ok().filter(|year| (1900..2200).contains(year))
}

fn nearest(near: Date, month: i8, day: i8) -> Option<Date> {
    let years = [near.year() - 1, near.year(), near.year() + 1];
    let dates = years.into_iter().filter_map(|year| build(year, month, day).ok());
    dates.min_by_key(|date| (*date - near).get_days().abs())
}

#[cfg(test)]
mod tests {
    use unicode_segmentation::UnicodeSegmentation;

    use super::*;

    #[test]
    fn dates_are_found_in_prose() {
        for (text, expected) in [
            ("On Wednesday, 19 June 2024 at 8:30", "2024-06-19 Wednesday"),
            ("on June 19th, 2024.", "2024-06-19"),
            ("am Mittwoch, 19. Juni 2024", "2024-06-19 Wednesday"),
            ("mercredi 19 juin 2024", "2024-06-19 Wednesday"),
            ("25-26 September", "2024-09-26"),
            ("it may 5 times", ""),
            ("in June, 40 people came", ""),
            ("31 June 2024", ""),
        ] {
            let words: Vec<(usize, &str)> = text.unicode_word_indices().collect();
            let found = mentions(text, &words, Some(jiff::civil::date(2024, 6, 1)));
            let said = found.iter().map(|mention| match mention.weekday {
                Some(weekday) => format!("{} {weekday:?}", mention.date),
                None => mention.date.to_string(),
            });
            assert_eq!(said.collect::<Vec<_>>().join(", "), expected, "{text}");
        }
    }
}
