//! The words themselves: doubled ones, left-over placeholders, two ways of spelling in one text.

use std::ops::Range;

use whatlang::Lang;

use super::Desk;
use super::manuscript::{Page, Passage};
use super::spelling::{AMERICAN, ISE, IZE, Spelling, Ways, spelling};
use crate::diagnostic::{Code, Diagnostic};
use crate::prose::Stretch;

/// Reads one page.
pub fn check(page: &Page<'_>, desk: &mut Desk<'_>) {
    let mut spellings = Vec::new();
    for (passage, stretch) in page.stretches() {
        let words = stretch.words();
        placeholders(page, passage, stretch, &words, desk);
        if passage.is_prose {
            doubled(page, passage, stretch, &words, desk);
            let known = words.iter().filter_map(|&(at, word)| {
                let spelling = spelling(word)?;
                Some(Found { passage, stretch, part: at..at + word.len(), spelling })
            });
            spellings.extend(known);
        }
    }
    if are_mixed(&spellings) {
        spellings.retain(|found| is_own(&found.stretch.text, found.part.start));
        mixed(page, &spellings, desk);
    }
}

/// Words that never stand twice in a row on purpose.
const SINGLE: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "from", "has", "have", "he", "if", "in", "its",
    "of", "on", "or", "our", "she", "the", "their", "them", "these", "they", "this", "those", "to", "was", "we",
    "were", "which", "with", "you", "your", "und", "oder", "von", "für", "mit", "auf", "ein", "eine", "et", "le", "la",
    "les", "des", "du", "dans", "pour", "avec", "une",
];

fn doubled(page: &Page<'_>, passage: &Passage<'_>, stretch: &Stretch, words: &[(usize, &str)], desk: &mut Desk<'_>) {
    for pair in words.windows(2) {
        let [(first, one), (second, two)] = *pair else { continue };
        let gap = &stretch.text[first + one.len()..second];
        if one == two && gap.chars().all(|c| c == ' ') && SINGLE.contains(&one) {
            let part = first + one.len()..second + two.len();
            let place = passage.place(stretch, first..part.end, desk.sources);
            let found =
                Diagnostic::warning(Code::DoubledWord, format!("`{one}` stands twice")).at(place, "").of(page.id);
            let help = found.help("delete one of the two");
            desk.report.add(passage.fix(help, stretch, part, "", desk.sources));
        }
    }
}

fn placeholders(
    page: &Page<'_>,
    passage: &Passage<'_>,
    stretch: &Stretch,
    words: &[(usize, &str)],
    desk: &mut Desk<'_>,
) {
    let tell = |part: Range<usize>, desk: &mut Desk<'_>| {
        let place = passage.place(stretch, part.clone(), desk.sources);
        desk.report.add(
            Diagnostic::warning(Code::PlaceholderText, format!("`{}` was to be replaced", &stretch.text[part]))
                .at(place, "it would be printed")
                .help("write what is known, or leave it out")
                .of(page.id),
        );
    };
    for (at, &(start, word)) in words.iter().enumerate() {
        let end = start + word.len();
        let next = words.get(at + 1).map(|(_, next)| *next);
        let before = stretch.text[..start].chars().next_back();
        let money = |c: char| matches!(c, '€' | '$' | '£');
        match word {
            // A program that keeps lists of what is to be done.
            "TODO" if next.is_some_and(|next| ["app", "apps", "list", "lists", "item", "items"].contains(&next)) => {}
            // The thirtieth of a series: `XXX Jornadas`.
            "XXX" if next.is_some_and(|next| next.starts_with(char::is_uppercase)) => {}
            // Tuberculosis, and what else is shortened so, stands among words.
            "TBC" | "TBA" if !stands_for_all(&stretch.text, start..end) => {}
            "TODO" | "FIXME" | "TBC" | "TBD" | "TBA" | "XXX" | "XXXX" => tell(start..end, desk),
            "XX" if before.is_some_and(|c| money(c) || c.is_ascii_digit())
                || stretch.text[..start].ends_with("EUR ")
                || stretch.text[end..].starts_with([' ', '\u{A0}'])
                    && stretch.text[end..].trim_start().starts_with(money)
                || next == Some("XX") =>
            {
                tell(start..end, desk);
            }
            _ if word.eq_ignore_ascii_case("lorem") && next.is_some_and(|next| next.eq_ignore_ascii_case("ipsum")) => {
                tell(start..words[at + 1].0 + 5, desk);
            }
            _ => {}
        }
    }
}

/// Says whether a word is all of a text, or all that stands behind a colon or in brackets.
fn stands_for_all(text: &str, part: Range<usize>) -> bool {
    let (before, after) = (text[..part.start].trim_end(), text[part.end..].trim_start());
    before.ends_with([':', '(', '[']) || before.is_empty() && after.trim_end_matches(['.', '!', '…']).is_empty()
}

/// The ways of spelling English, and what they are called.
const NAMES: [(Ways, &str); 3] = [(ISE, "British"), (AMERICAN, "American"), (IZE, "British with `-ize`")];

struct Found<'p, 'a> {
    passage: &'p Passage<'a>,
    stretch: &'p Stretch,
    part: Range<usize>,
    spelling: Spelling,
}

impl<'p> Found<'p, '_> {
    fn word(&self) -> &'p str {
        &self.stretch.text[self.part.clone()]
    }
}

/// Says whether a word is the writer's own: not quoted, and no part of an address.
fn is_own(text: &str, at: usize) -> bool {
    let before = &text[..at];
    let straight = before.matches('"').count() % 2 == 1;
    let curly = before.rfind(['“', '„', '«', '‘']).is_some_and(|open| !before[open..].contains(['”', '»', '’']));
    let start = at - before.rsplit(char::is_whitespace).next().map_or(0, str::len);
    let token = text[start..].split(char::is_whitespace).next().unwrap_or("");
    !straight && !curly && !token.contains(['/', '@', '_'])
}

/// Says whether no way of spelling has all of these words.
fn are_mixed(found: &[Found<'_, '_>]) -> bool {
    found.iter().fold(AMERICAN | ISE | IZE, |ways, found| ways & found.spelling.ways) == 0
}

fn mixed(page: &Page<'_>, found: &[Found<'_, '_>], desk: &mut Desk<'_>) {
    if !are_mixed(found) {
        return;
    }
    let prose: String = page.stretches().filter(|(p, _)| p.is_prose).map(|(_, s)| s.text.as_str()).collect();
    if whatlang::detect_lang(&prose) != Some(Lang::Eng) {
        return;
    }
    let count = |way: Ways| found.iter().filter(|found| found.spelling.ways & way != 0).count();
    let Some((way, name)) = NAMES.into_iter().rev().max_by_key(|(way, _)| count(*way)) else { return };
    let Some(other) = found.iter().find(|found| found.spelling.ways & way != 0) else { return };
    let example = other.word();
    let mut told: Vec<&str> = Vec::new();
    for first @ Found { passage, stretch, part, spelling } in found.iter().filter(|f| f.spelling.ways & way == 0) {
        let word = first.word();
        let Some(cure) = spelling.written(way) else { continue };
        if told.contains(&word) {
            continue;
        }
        told.push(word);
        let place = passage.place(stretch, part.clone(), desk.sources);
        let message = format!("`{word}` stands beside `{example}`: two ways of spelling");
        let diagnostic = Diagnostic::warning(Code::MixedSpelling, message)
            .at(place, format!("most of this text is {name}"))
            .at(other.passage.place(other.stretch, other.part.clone(), desk.sources), "as here")
            .help(format!("write `{}`", cure))
            .of(page.id);
        // It is told once, and cured wherever it stands.
        let same = found.iter().filter(|found| found.word() == word);
        desk.report.add(same.fold(diagnostic, |diagnostic, Found { passage, stretch, part, .. }| {
            passage.fix(diagnostic, stretch, part.clone(), cure, desk.sources)
        }));
    }
}
