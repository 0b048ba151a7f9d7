//! Names of things: series, programmes and houses that are written in two ways, terms that lose a word on the way.

use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::Desk;
use super::manuscript::{Page, Passage, Record, people};
use super::names::fold;
use crate::diagnostic::{Code, Diagnostic};
use crate::prose::Stretch;
use crate::source::{Span, Str, Text};

/// One way of writing, where it first stands, and how often it does.
type Way<'a> = (&'a Text, &'a Str, usize);

/// Tells fields that name one thing in two ways of writing: capitals, accents, spaces, hyphens.
pub fn fields(desk: &mut Desk<'_>) {
    let edition = desk.edition;
    let sessions = || edition.held.iter().chain(&edition.coming);
    let series = sessions().filter_map(|s| Some((s.series.as_ref()?, &s.id.value)));
    drift("series", series, desk);
    let houses = sessions().filter_map(|s| Some((s.organiser.as_ref()?, &s.id.value)));
    let funders = edition.calls.iter().filter_map(|c| Some((c.funder.as_ref()?, &c.id.value)));
    drift("organisation", houses.chain(funders), desk);
    let programmes = edition.calls.iter().filter_map(|c| Some((c.programme.as_ref()?, &c.id.value)));
    drift("programme", programmes, desk);
    let places = sessions().filter_map(|s| Some((s.place.as_ref()?, &s.id.value)));
    let news = edition.news.iter().filter_map(|n| Some((n.place.as_ref()?, &n.id.value)));
    drift("place", places.chain(news), desk);
    let roles = sessions().flat_map(|s| people(s).filter_map(|p| Some((p.value.role.as_ref()?, &s.id.value))));
    drift("role", roles, desk);
}

fn drift<'a>(what: &str, fields: impl Iterator<Item = (&'a Text, &'a Str)> + Clone, desk: &mut Desk<'_>) {
    let mut ways: FxHashMap<&str, Way<'a>> = FxHashMap::default();
    for (text, record) in fields.clone() {
        ways.entry(text.as_str()).or_insert((text, record, 0)).2 += 1;
    }
    let mut things: BTreeMap<String, Vec<Way<'a>>> = BTreeMap::new();
    let mut ways: Vec<Way<'a>> = ways.into_values().collect();
    ways.sort_by_key(|(text, ..)| text.span);
    for way in ways {
        let thing = thing(way.0.as_str());
        if thing.contains(char::is_alphabetic) {
            things.entry(thing).or_default().push(way);
        }
    }
    for mut ways in things.into_values().filter(|ways| ways.len() > 1) {
        ways.sort_by_key(|(text, _, count)| (std::cmp::Reverse(*count), text.span));
        let (good, _, most) = ways[0];
        for (bad, record, count) in &ways[1..] {
            let mut found =
                Diagnostic::warning(Code::TermVariants, format!("one {what} is written `{bad}` and `{good}`"))
                    .at(bad.span, "")
                    .at(good.span, if most > *count { "so in most places" } else { "so elsewhere" })
                    .help(format!("write `{good}` everywhere"))
                    .of(record);
            if most > *count {
                let same = fields.clone().map(|(text, _)| text).filter(|text| text.value == bad.value);
                found = everywhere(found, same, good, desk);
            }
            desk.report.add(found);
        }
    }
}

/// Gives what two ways of writing one name have in common: all but capitals, accents, and spaces and hyphens between
/// letters. `C++` and `C#` are two things, `1-2` and `12` too.
fn thing(text: &str) -> String {
    let folded: Vec<char> = fold(text).chars().collect();
    let is_digit = |at: Option<&char>| at.is_some_and(|c| c.is_numeric());
    let is_letter = |at: Option<&char>| at.is_some_and(|c| c.is_alphabetic());
    let kept = folded.iter().enumerate().filter(|(at, c)| {
        let (before, after) = (at.checked_sub(1).and_then(|at| folded.get(at)), folded.get(at + 1));
        match c {
            ' ' | '\u{A0}' => is_digit(before) && is_digit(after),
            '-' | '\u{2010}' | '\u{2011}' => !(is_letter(before) && is_letter(after)),
            _ => true,
        }
    });
    kept.map(|(_, c)| *c).collect()
}

/// Adds the replacement of all places of a text by `good`; none, where one of them cannot be replaced.
pub fn everywhere<'a>(
    found: Diagnostic,
    places: impl Iterator<Item = &'a Text>,
    good: &Text,
    desk: &Desk<'_>,
) -> Diagnostic {
    let places: BTreeMap<Span, &Text> = places.map(|text| (text.span, text)).collect();
    if places.iter().any(|(span, text)| desk.sources.slice(*span) != text.as_str()) {
        return found;
    }
    places.into_keys().fold(found, |found, span| found.fix(span, good.as_str()))
}

/// A run of capital words in prose.
struct Term<'p, 'a> {
    passage: &'p Passage<'a>,
    stretch: &'p Stretch,
    part: Range<usize>,
    words: Vec<&'p str>,
}

/// Tells a name of three words or more that stands elsewhere on the page without one in its middle.
pub fn page(page: &Page<'_>, desk: &mut Desk<'_>) {
    let Record::Session(session) = page.record else { return };
    let names: Vec<&str> = people(session).flat_map(|person| person.value.name.as_str().split(' ')).collect();
    let mut terms: Vec<Term<'_, '_>> = Vec::new();
    for (passage, stretch) in page.stretches() {
        let words = stretch.words();
        let mut run: Vec<(usize, &str)> = Vec::new();
        for (at, &(start, word)) in words.iter().enumerate() {
            let joined = run.last().is_none_or(|(before, last)| &stretch.text[before + last.len()..start] == " ");
            let fits = word.starts_with(char::is_uppercase) && word.len() > 1 && !names.contains(&word);
            if !(fits && joined) {
                take(&run, passage, stretch, &mut terms);
                run.clear();
            }
            if fits {
                run.push((start, words[at].1));
            }
        }
        take(&run, passage, stretch, &mut terms);
    }
    let mut long: BTreeMap<(&str, &str), Vec<&Term<'_, '_>>> = BTreeMap::new();
    for term in terms.iter().filter(|term| term.words.len() == 3) {
        long.entry((term.words[0], term.words[2])).or_default().push(term);
    }
    for short in terms.iter().filter(|term| term.words.len() == 2) {
        let Some(known) = long.get(&(short.words[0], short.words[1])) else { continue };
        // One long form, several times; the short one is then a slip, unless it stands as often.
        let same = known.iter().all(|term| term.words == known[0].words);
        let often = terms.iter().filter(|term| term.words == short.words).count();
        if !same || known.len() < 2 || often > known.len() {
            continue;
        }
        let good = known[0].words.join(" ");
        let bad = short.words.join(" ");
        let place = short.passage.place(short.stretch, short.part.clone(), desk.sources);
        let other = known[0].passage.place(known[0].stretch, known[0].part.clone(), desk.sources);
        desk.report.add(
            Diagnostic::warning(Code::TermVariants, format!("`{bad}` is perhaps `{good}`"))
                .at(place, "")
                .at(other, "written so elsewhere")
                .help(format!("write `{good}`"))
                .of(page.id),
        );
    }
}

/// Words with which sentences start, and articles.
const STARTS: &[&str] = &[
    "The", "A", "An", "This", "Our", "In", "At", "For", "Der", "Die", "Das", "Den", "Dem", "Des", "Ein", "Eine", "Im",
    "Am", "Bei", "Für", "Von", "Mit", "Zum", "Zur", "Unser", "Unsere", "Dieser", "Diese", "Le", "La", "Les", "Un",
    "Une", "Du", "Au", "Aux", "Notre", "Pour", "Dans", "Ce", "Cette", "De", "Het", "Een", "Deze", "Ons", "Onze", "Det",
    "Ett", "Denna",
];

fn take<'p, 'a>(
    run: &[(usize, &'p str)],
    passage: &'p Passage<'a>,
    stretch: &'p Stretch,
    terms: &mut Vec<Term<'p, 'a>>,
) {
    // The word that starts a sentence or stands for an article is no part of the name.
    let skip = run.iter().take_while(|(_, word)| STARTS.contains(word)).count();
    let run = &run[skip..];
    if let ([first, .., last], 2..=3) = (run, run.len()) {
        let part = first.0..last.0 + last.1.len();
        terms.push(Term { passage, stretch, part, words: run.iter().map(|(_, word)| *word).collect() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_of_writing_one_thing() {
        for (one, other) in
            [("Quay Talks", "Quay-talks"), ("Universität Wien", "Universitat Wien"), ("e-mail", "Email"), ("A 1", "a1")]
        {
            assert_eq!(thing(one), thing(other));
        }
        for (one, other) in [
            ("Senior C++ developer", "Senior C# developer"),
            ("Senior C developer", "Senior C++ developer"),
            ("Cluster 1-2", "Cluster 12"),
            ("Cluster 1 2", "Cluster 12"),
            ("Cluster 1.2", "Cluster 1/2"),
            (".NET", "Net"),
        ] {
            assert_ne!(thing(one), thing(other));
        }
    }
}
