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

/// Words between a weekday and its date, or between a day and its month: `Mittwoch, dem 3. November`, `the 3rd of May`.
const LINKS: [&str; 7] = ["dem", "den", "der", "the", "le", "of", "am"];

/// Finds the dates among the words of a text. One without a year is the nearest to `near`; without that it is no date.
pub fn mentions(text: &str, words: &[(usize, &str)], near: Option<Date>) -> Vec<Mention> {
    let line = Line { text, words };
    let mut found = Vec::new();
    for at in 0..words.len() {
        let Some((first, last, date, has_year)) = line.in_words(at, near).or_else(|| line.in_digits(at, near)) else {
            continue;
        };
        let named = line.before(first).filter(|&before| words[before].1.chars().count() > 2);
        let named = named.and_then(|before| Some((before, weekday(words[before].1)?)));
        let start = words[named.map_or(first, |(before, _)| before)].0;
        let part = start..words[last].0 + words[last].1.len();
        found.push(Mention { part, date, has_year, weekday: named.map(|(_, weekday)| weekday) });
    }
    found
}

/// A text and its words.
struct Line<'a> {
    text: &'a str,
    words: &'a [(usize, &'a str)],
}

impl Line<'_> {
    /// Says whether nothing but spaces and the signs of dates stand between a word and the next.
    fn touches(&self, one: usize) -> bool {
        let ((start, word), Some((next, _))) = (self.words[one], self.words.get(one + 1)) else { return false };
        self.text[start + word.len()..*next].chars().all(|c| matches!(c, ' ' | ',' | '.' | '(' | '\u{A0}'))
    }

    /// Gives the word before another one, and before what links the two.
    fn before(&self, at: usize) -> Option<usize> {
        let before = at.checked_sub(1).filter(|&before| self.touches(before))?;
        match LINKS.contains(&self.words[before].1) {
            true => before.checked_sub(1).filter(|&before| self.touches(before)),
            false => Some(before),
        }
    }

    fn after(&self, at: usize) -> Option<&str> {
        Some(self.words.get(at + 1)?.1).filter(|_| self.touches(at))
    }

    /// Reads `19 June 2024`, `June 19th` around the name of a month: first and last word, the date, whether it has a year.
    fn in_words(&self, at: usize, near: Option<Date>) -> Option<(usize, usize, Date, bool)> {
        let word = self.words[at].1;
        if !word.starts_with(char::is_uppercase) && !word.starts_with(|c: char| !c.is_ascii()) && !is_french(word) {
            return None;
        }
        let month = month_by_name(word)?;
        let before = self.before(at).and_then(|before| Some((before, day(self.words[before].1)?)));
        let (first, last, day) = match (before, self.after(at).and_then(day)) {
            (Some((before, day)), _) => (before, at, day),
            (None, Some(day)) => (at, at + 1, day),
            (None, None) => return None,
        };
        match self.after(last).and_then(year) {
            Some(year) => Some((first, last + 1, build(year, month, day).ok()?, true)),
            None => Some((first, last, nearest(near?, month, day)?, false)),
        }
    }

    /// Reads `3.11.2026`; `3.11.` only after a weekday, for it may be a version or a time.
    fn in_digits(&self, at: usize, near: Option<Date>) -> Option<(usize, usize, Date, bool)> {
        let (start, word) = self.words[at];
        let mut parts = word.split('.');
        let (day, month) = (day(parts.next()?)?, parts.next()?.parse().ok()?);
        let said = match (parts.next(), parts.next()) {
            (Some(said), None) => Some(year(said)?),
            (None, None) => None,
            _ => return None,
        };
        match said {
            Some(year) => Some((at, at, build(year, month, day).ok()?, true)),
            None => {
                let follows = self.before(at).is_some_and(|before| weekday(self.words[before].1).is_some());
                let ends = self.text[start + word.len()..].starts_with('.');
                (follows && ends).then_some((at, at, nearest(near?, month, day)?, false))
            }
        }
    }
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
            ("Am Mittwoch, dem 19. Juni 2024", "2024-06-19 Wednesday"),
            ("Am Mittwoch, den 19. Juni", "2024-06-19 Wednesday"),
            ("Mittwoch (19. Juni)", "2024-06-19 Wednesday"),
            ("Wednesday the 19th of June", "2024-06-19 Wednesday"),
            ("le mercredi 19 juin", "2024-06-19 Wednesday"),
            ("Am Mittwoch, 19.06.2024, um 9.30 Uhr", "2024-06-19 Wednesday"),
            ("Mittwoch, 19.6.", "2024-06-19 Wednesday"),
            ("Frist: 1.12.2026", "2026-12-01"),
            ("version 3.11. of Python, 1.2.3 and 10.0.2024.1", ""),
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
