//! An artifact as it was read back: its letters in the order in which one meets them, and where its items begin.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use index::Index;

mod index;

/// What stands in a finished file. Spaces, hyphens and characters that nobody sees are left out, since a line may break
/// at any of them; where a word may begin is remembered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    letters: String,
    #[serde(skip)]
    index: Index,
    /// For each byte of `letters`, whether a word may begin there.
    begins: Vec<bool>,
    /// Whether the next letter may begin a word.
    apart: bool,
    marks: Vec<Mark>,
    addresses: Vec<(usize, String)>,
    /// Drawings as SVG, and after which letter each stands.
    drawings: Vec<(usize, String)>,
    pages: Vec<usize>,
}

/// So many letters at the foot of a page may by chance be those with which a text goes on.
const TOO_MANY: usize = 4;

/// By so many bytes a text is looked for, at most.
const HEAD: usize = 24;

/// No page holds less of a text than a syllable of so many bytes.
const LEAST: usize = 3;

/// A page ends with so many bytes at most that are its last line and its foot.
const FOOT: usize = 320;

/// At so many places at most.
const TRIES: usize = 64;

/// Where an item may begin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Offset into the letters.
    pub at: usize,
    /// Which item, where the file says so: `calls/seed-fund`.
    pub item: Option<String>,
    /// How far it is from the left edge of its page, in tenths of a point; 0 where the file does not say.
    pub left: i32,
}

impl Reading {
    /// Adds some text.
    pub fn add(&mut self, text: &str) {
        self.index.clear();
        for c in text.chars() {
            if is_seen(c) {
                self.letters.push(c);
                self.begins.resize(self.letters.len(), false);
                let first = self.letters.len() - c.len_utf8();
                self.begins[first] = std::mem::take(&mut self.apart);
            } else {
                self.apart |= !is_nothing(c);
            }
        }
    }

    /// Says that the next word begins here, though no space stands before it.
    pub fn part(&mut self) {
        self.apart = true;
    }

    /// Says that an item may begin here.
    pub fn mark(&mut self, item: Option<String>) {
        self.mark_left(item, 0);
    }

    /// Says that an item may begin here, so far from the left edge of its page in tenths of a point.
    pub fn mark_left(&mut self, item: Option<String>, left: i32) {
        self.part();
        self.marks.push(Mark { at: self.letters.len(), item, left });
    }

    /// Says that an item may have begun at a place that was passed; [`Reading::sort`] puts it among the others.
    pub fn mark_at(&mut self, at: usize) {
        self.marks.push(Mark { at, item: None, left: 0 });
    }

    /// Puts the marks in order.
    pub fn sort(&mut self) {
        self.marks.sort_by_key(|mark| mark.at);
    }

    /// Adds the address of a link.
    pub fn link(&mut self, address: &str) {
        self.addresses.push((self.letters.len(), address.to_owned()));
    }

    /// Adds a drawing, as SVG.
    pub fn drawing(&mut self, svg: String) {
        self.drawings.push((self.letters.len(), svg));
    }

    /// Begins a page.
    pub fn page(&mut self) {
        self.part();
        self.pages.push(self.letters.len());
    }

    /// Gives all of it.
    pub fn whole(&self) -> Range<usize> {
        0..self.letters.len()
    }

    /// Gives the places where items may begin, in order.
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// Gives the number of the page that a place is on, from 1. `None`: it has no pages.
    pub fn page_of(&self, at: usize) -> Option<usize> {
        match self.pages.partition_point(|&start| start <= at) {
            0 => None,
            page => Some(page),
        }
    }

    /// Says whether a part is this text and nothing else.
    pub fn says_only(&self, text: &str, within: Range<usize>) -> bool {
        self.letters.get(within).is_some_and(|letters| letters.chars().eq(seen(text)))
    }

    /// Says whether a part has no more letters than this text, and `more`.
    pub fn is_within(&self, text: &str, more: usize, within: Range<usize>) -> bool {
        self.letters.get(within).is_some_and(|letters| letters.chars().count() <= seen(text).count() + more)
    }

    /// Finds a text within a part: no letters or digits of the same word stand before or after it.
    pub fn find(&self, text: &str, within: Range<usize>) -> Option<usize> {
        self.seek(text, within, true)
    }

    fn seek(&self, text: &str, within: Range<usize>, whole: bool) -> Option<usize> {
        let wanted: String = seen(text).collect();
        if within.start > within.end {
            return None;
        }
        // A text of hyphens or spaces alone is everywhere.
        if wanted.is_empty() {
            return Some(self.letters.ceil_char_boundary(within.start));
        }
        let within = self.letters.ceil_char_boundary(within.start)..within.end;
        self.letters.get(within.clone())?;
        let is_whole = |start: &usize| self.is_edge(*start) && self.is_edge(start + wanted.len());
        self.index.find(&self.letters, &wanted, within).find(|start| !whole || is_whole(start))
    }

    /// Finds the last place of a text within a part.
    pub fn find_last(&self, text: &str, within: Range<usize>) -> Option<usize> {
        let places = std::iter::successors(self.find(text, within.clone()), |at| self.find(text, at + 1..within.end));
        places.last()
    }

    /// Finds a text that may go on over pages, with the foot of one and the head of the next between its parts.
    /// `whole`: only as words of its own.
    pub fn find_over_pages(&self, text: &str, within: Range<usize>, whole: bool) -> Option<usize> {
        if let Some(at) = self.seek(text, within.clone(), whole) {
            return Some(at);
        }
        self.letters.get(within.clone())?;
        // What stands on one page was found.
        let next = self.pages.partition_point(|&top| top <= within.start);
        self.pages.get(next).filter(|&&top| top < within.end)?;
        let text: String = seen(text).collect();
        // Of a text that repeats itself each beginning is one try, not each letter of it.
        let (mut past, len) = (0, head(&text).len());
        let is_apart = |at: &usize| {
            let is_apart = *at >= past;
            past = if is_apart { at + len } else { past };
            is_apart
        };
        let heads = self.index.find(&self.letters, head(&text), within.clone()).filter(is_apart).take(TRIES);
        // Of what begins at the foot of a page even the head may be cut in two.
        let syllable = &text[..text.ceil_char_boundary(LEAST)];
        let tops = self.pages.iter().filter(|&&top| within.start < top && top < within.end);
        let feet = tops.flat_map(|&top| {
            let foot = self.letters.ceil_char_boundary(top.saturating_sub(FOOT).max(within.start));
            self.letters[foot..top].match_indices(syllable).map(move |(at, _)| foot + at)
        });
        let mut starts = heads.chain(feet).filter(|&start| !whole || self.is_edge(start));
        starts.find(|&start| self.goes_on(&text, start..within.end, whole))
    }

    /// Says whether a text stands from a place on, as far as it goes on each page. It leaves a page where a line ends, and
    /// goes on where another begins.
    fn goes_on(&self, text: &str, within: Range<usize>, whole: bool) -> bool {
        let same = text.chars().zip(self.letters[within.clone()].chars()).take_while(|(one, other)| one == other);
        let same: usize = same.map(|(c, _)| c.len_utf8()).sum();
        if same == text.len() {
            return !whole || self.is_edge(within.start + same);
        }
        if same < LEAST {
            return false;
        }
        // A foot that begins with the letter with which the text goes on makes that one too many, and so does a head.
        let ends = text[..same].char_indices().rev().map(|(end, _)| end);
        let ends = std::iter::once(same).chain(ends).take(TOO_MANY);
        let here = within.start + 1..within.start + same;
        let feet = self.pages.iter().filter(|top| here.contains(top)).map(|top| top - within.start);
        ends.chain(feet).any(|end| {
            let next = self.pages.partition_point(|&start| start < within.start + end);
            let Some(&top) = self.pages.get(next).filter(|&&top| top < within.end) else { return false };
            let bottom = self.pages.get(next + 1).map_or(within.end, |&bottom| bottom.min(within.end));
            let rest = &text[end..];
            let places = self.letters[top..bottom].match_indices(head(rest)).map(|(at, _)| top + at);
            self.is_edge(within.start + end)
                && places
                    .filter(|&place| self.is_edge(place))
                    .take(TRIES)
                    .any(|place| self.goes_on(rest, place..within.end, whole))
        })
    }

    /// Finds a link within a part.
    pub fn find_link(&self, alike: impl Fn(&str) -> bool, within: Range<usize>) -> Option<usize> {
        self.links_at(within).find(|(_, known)| alike(known)).map(|(at, _)| *at)
    }

    /// Finds a drawing within a part.
    pub fn find_drawing(&self, alike: impl Fn(&str) -> bool, within: Range<usize>) -> Option<usize> {
        let from = self.drawings.partition_point(|(at, _)| *at < within.start);
        let here = self.drawings[from..].iter().take_while(|(at, _)| *at <= within.end);
        here.into_iter().find(|(_, svg)| alike(svg)).map(|(at, _)| *at)
    }

    /// Gives the addresses of a part's links.
    pub fn links(&self, within: Range<usize>) -> impl Iterator<Item = &str> {
        self.links_at(within).map(|(_, address)| address.as_str())
    }

    fn links_at(&self, within: Range<usize>) -> impl Iterator<Item = &(usize, String)> {
        let from = self.addresses.partition_point(|(at, _)| *at < within.start);
        self.addresses[from..].iter().take_while(move |(at, _)| *at <= within.end)
    }

    /// Says whether no word goes on over a place.
    fn is_edge(&self, at: usize) -> bool {
        if self.begins.get(at).copied().unwrap_or(true) {
            return true;
        }
        let alike = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !(alike(self.letters[..at].chars().next_back()) && alike(self.letters[at..].chars().next()))
    }
}

/// Gives the first letters of a text, by which it is looked for: few of a short one, of which few may stand together.
fn head(text: &str) -> &str {
    &text[..text.ceil_char_boundary((text.len() / 3).clamp(1, HEAD))]
}

/// Gives the characters of a text that count.
fn seen(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|&c| is_seen(c))
}

/// Says whether a character counts.
fn is_seen(c: char) -> bool {
    !c.is_whitespace() && !is_nothing(c) && !matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// Says whether a character is only ever an instruction to the compositor, and needs no glyph: joiners, direction marks,
/// soft hyphens, variation selectors (Unicode: `Default_Ignorable_Code_Point`, as far as text can hold it).
pub(crate) fn is_nothing(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0100}'..='\u{E01EF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(text: &str) -> Reading {
        let mut reading = Reading::default();
        reading.add(text);
        reading
    }

    #[test]
    fn a_text_of_which_nothing_is_seen_is_found_without_end_of_the_search() {
        let reading = reading("one - two");
        for text in ["-", "\u{AD}", " ", ""] {
            assert_eq!(reading.find_last(text, reading.whole()), Some(reading.whole().end), "{text:?}");
        }
    }

    #[test]
    fn words_are_found_whole_however_lines_break() {
        let reading = reading("The deadline is 11 June\n2024, for decar-\nboni\u{AD}sation, EU-\u{200B}wide.");
        let found = |text: &str| reading.find(text, reading.whole()).is_some();
        for text in ["11 June 2024", "11\u{A0}June", "decar\u{34F}boni\u{FE0F}sation", "EU-wide", ""] {
            assert!(found(text), "{text}");
        }
        for text in ["1 June 2024", "11 June 202", "dead", "June 2025"] {
            assert!(!found(text), "{text}");
        }
    }

    #[test]
    fn a_text_is_found_over_pages_and_over_nothing_else() {
        let mut reading = Reading::default();
        for page in ["one two th", "ree four", "five six"] {
            reading.page();
            reading.add("Head");
            reading.part();
            reading.add(page);
            reading.part();
            reading.add("foot of a page");
        }
        let found = |text: &str| reading.find_over_pages(text, reading.whole(), true).is_some();
        for text in ["one two three four", "one two three four five six", "four five", "two three four five six"] {
            assert!(found(text), "{text}");
        }
        for text in ["one two threw", "four fiv", "four fives", "o two three"] {
            assert!(!found(text), "{text}");
        }
        for text in ["one three", "four one", "one two five", "six one"] {
            assert!(!found(text), "{text}");
        }
    }

    #[test]
    fn a_head_may_begin_with_the_letters_with_which_a_text_goes_on() {
        let mut reading = Reading::default();
        for page in ["what was told of", "congregations here", "and there"] {
            reading.page();
            reading.add("congresses");
            reading.part();
            reading.add(page);
        }
        let found = |text: &str| reading.find_over_pages(text, reading.whole(), true).is_some();
        assert!(found("what was told of congregations here and there"));
        assert!(!found("what was told of congresses here and there"));
    }

    #[test]
    fn places_are_on_pages() {
        let mut reading = Reading::default();
        reading.page();
        reading.add("one");
        reading.page();
        reading.add("two");
        let page = |text: &str| reading.find(text, reading.whole()).and_then(|at| reading.page_of(at));
        assert_eq!((page("one"), page("two")), (Some(1), Some(2)));
    }
}
