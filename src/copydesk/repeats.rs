//! The same thing said twice: sentences of one text that share most of their words, texts of two records that are one.
//!
//! No two sentences are compared that have nothing in common: each pair of neighbouring content words is looked up, and
//! those found in another sentence count.

use std::borrow::Cow;
use std::hash::{BuildHasher, Hash};

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use unicode_segmentation::UnicodeSegmentation;

use super::Desk;
use super::manuscript::{Page, Passage, words};
use crate::diagnostic::{Code, Diagnostic};
use crate::prose::Stretch;
use crate::source::{Span, Str, Text};

/// A pair of words that stands in more sentences than this says nothing.
const COMMON: usize = 6;

/// Two sentences share so many pairs at least.
const LEAST: usize = 5;

/// What has to be known of all pages.
#[derive(Default)]
pub struct Repeats<'a> {
    /// Whole texts by their hash.
    texts: FxHashMap<u64, Vec<Whole<'a>>>,
}

/// A whole text: title, place and record.
type Whole<'a> = (&'a Text, Span, &'a Str);

struct Sentence<'p> {
    stretch: &'p Stretch,
    start: usize,
    end: usize,
    pairs: Vec<u64>,
}

impl<'a> Repeats<'a> {
    /// Reads one page.
    pub fn page(&mut self, page: &Page<'a>, desk: &mut Desk<'_>) {
        for passage in page.passages.iter().filter(|passage| passage.is_prose) {
            if has_repeats(passage) {
                let sentences: Vec<Sentence<'_>> = passage.stretches.iter().flat_map(sentences).collect();
                sentence_twice(page, passage, &sentences, desk);
            }
            if passage.text.value.split_ascii_whitespace().nth(24).is_some() {
                let hash = FxBuildHasher.hash_one(passage.text.as_str());
                self.add(hash, (page.title, passage.text.span, page.id));
            }
        }
    }

    fn add(&mut self, hash: u64, text: Whole<'a>) {
        let known = self.texts.entry(hash).or_default();
        if known.len() < 3 && known.iter().all(|(.., id)| *id != text.2) {
            known.push(text);
        }
    }

    /// Takes what was gathered of the pages that follow.
    pub fn join(&mut self, other: Repeats<'a>) {
        let texts = other.texts.into_iter().flat_map(|(hash, texts)| texts.into_iter().map(move |text| (hash, text)));
        texts.for_each(|(hash, text)| self.add(hash, text));
    }

    /// Tells what has to be known of all pages. What stands in three records is meant to.
    pub fn finish(self, desk: &mut Desk<'_>) {
        let mut twice: Vec<_> = self.texts.into_values().filter(|known| known.len() == 2).collect();
        twice.sort_by_key(|known| known[1].1);
        for known in twice {
            let [(first, first_place, first_id), (second, place, id)] = known[..] else { continue };
            if is_part_of_same(first.as_str(), second.as_str()) || place == first_place {
                continue;
            }
            desk.report.add(
                Diagnostic::warning(Code::RepeatedProse, format!("`{second}` has the text of `{first}`"))
                    .at(place, "")
                    .at(first_place, "word for word here")
                    .help("one of the two was perhaps copied and never changed")
                    .of(id)
                    .of(first_id),
            );
        }
    }
}

/// Says whether two titles differ in a number alone, as those of two parts do that have one text on purpose.
fn is_part_of_same(one: &str, other: &str) -> bool {
    fn named(title: &str) -> impl Iterator<Item = &str> {
        let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.filter(|word| !word.chars().all(|c| c.is_numeric() || "IVX".contains(c)))
    }
    named(one).eq(named(other))
}

/// Says whether enough pairs of words stand twice in a text for two of its sentences to be much the same. Only then is
/// it worth while to find out where they start and end.
fn has_repeats(passage: &Passage<'_>) -> bool {
    let mut known: FxHashSet<u64> = FxHashSet::default();
    let mut repeats = 0;
    for stretch in &passage.stretches {
        let mut before = None;
        for stem in stretch.words().into_iter().filter_map(|(_, word)| stem(word)) {
            let pair = before.replace(stem).map(|before| pair(before, stem));
            repeats += usize::from(pair.is_some_and(|pair| !known.insert(pair)));
        }
    }
    repeats >= LEAST
}

fn pair(first: u64, second: u64) -> u64 {
    FxBuildHasher.hash_one((first, second))
}

fn sentences(stretch: &Stretch) -> impl Iterator<Item = Sentence<'_>> {
    stretch.text.split_sentence_bound_indices().filter_map(move |(start, text)| {
        let stems: Vec<u64> = words(text).into_iter().filter_map(|(_, word)| stem(word)).collect();
        let pairs: Vec<u64> = stems.windows(2).map(|two| pair(two[0], two[1])).collect();
        let end = start + text.trim_end().len();
        // An address, a line of a list and a formula are no sentences.
        let is_sentence =
            text.trim_end().ends_with(['.', '!', '?']) && !text.contains("://") && !text.contains(['$', '\\']);
        (is_sentence && pairs.len() >= LEAST).then_some(Sentence { stretch, start, end, pairs })
    })
}

/// Gives what a content word begins with, as a hash: `highlighted` and `highlights` are one. Small words have none.
fn stem(word: &str) -> Option<u64> {
    const SMALL: &[&str] = &[
        "this", "that", "with", "from", "they", "their", "them", "have", "which", "while", "these", "those", "will",
        "also", "into", "about", "more", "what", "when", "where", "your", "been", "were", "than", "then", "there",
        "eine", "einen", "einer", "oder", "auch", "wird", "sind", "dass", "diese", "dieser", "nicht", "dans", "pour",
        "avec", "cette", "plus", "nous", "vous", "sont",
    ];
    let lower = if word.bytes().all(|b| b.is_ascii_lowercase()) { word.into() } else { Cow::from(word.to_lowercase()) };
    if lower.chars().nth(3).is_none() || SMALL.contains(&&*lower) {
        return None;
    }
    let mut hasher = FxBuildHasher.build_hasher();
    lower.chars().take(6).for_each(|c| c.hash(&mut hasher));
    Some(std::hash::Hasher::finish(&hasher))
}

fn sentence_twice(page: &Page<'_>, passage: &Passage<'_>, sentences: &[Sentence<'_>], desk: &mut Desk<'_>) {
    let mut by_pair: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for (at, sentence) in sentences.iter().enumerate() {
        let mut shared: FxHashMap<usize, usize> = FxHashMap::default();
        for pair in &sentence.pairs {
            let known = by_pair.entry(*pair).or_default();
            if known.last() != Some(&at) && known.len() <= COMMON {
                known.iter().for_each(|other| *shared.entry(*other).or_default() += 1);
                known.push(at);
            }
        }
        let near = |(other, count): &(usize, usize)| {
            let least = sentence.pairs.len().min(sentences[*other].pairs.len());
            *count >= LEAST && count * 5 >= least * 3
        };
        let mut shared: Vec<(usize, usize)> = shared.into_iter().filter(near).collect();
        shared.sort_unstable();
        let Some((other, _)) = shared.first() else { continue };
        let first = &sentences[*other];
        let place = |s: &Sentence<'_>| passage.place(s.stretch, s.start..s.end, desk.sources);
        desk.report.add(
            Diagnostic::note(Code::RepeatedProse, "this sentence says again what another says")
                .at(place(sentence), "")
                .at(place(first), "much the same here")
                .help("keep the better one of the two")
                .of(page.id),
        );
    }
}
