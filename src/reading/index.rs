//! Where in a text each run of some letters stands, so that very many facts are found in no more than one pass over it.

use std::ops::Range;
use std::sync::OnceLock;

/// So many bytes make a run. What is shorter is looked for letter by letter.
const RUN: usize = 4;

/// A text is looked through from its start as long as it has no more bytes: an index takes longer.
const SMALL: usize = 64 * 1024;

/// An index of a text, made when the first thing is looked for in a large part of it.
#[derive(Debug, Clone, Default)]
pub(super) struct Index(OnceLock<Runs>);

/// What is found is the same with an index and without.
impl PartialEq for Index {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Index {}

/// The places of all runs, those of one hash together and in order.
#[derive(Debug, Clone)]
struct Runs {
    /// Where the places of each hash begin, and after the last one the end of all.
    firsts: Vec<u32>,
    places: Vec<u32>,
    bits: u32,
}

impl Index {
    /// Forgets what is known: the text is another one.
    pub(super) fn clear(&mut self) {
        self.0.take();
    }

    /// Gives the places in a part of a text where another one stands, in order.
    pub(super) fn find<'f>(
        &'f self,
        text: &'f str,
        wanted: &'f str,
        within: Range<usize>,
    ) -> Box<dyn Iterator<Item = usize> + 'f> {
        let Range { start, end } = within;
        if wanted.len() < RUN || end - start < SMALL || u32::try_from(text.len()).is_err() {
            let finder = memchr::memmem::Finder::new(wanted);
            let next = move |from: usize| Some(from + finder.find(text.as_bytes().get(from..end)?)?);
            let first = next(start);
            // The next one may begin within this one.
            return Box::new(std::iter::successors(first, move |at| next(at + 1)));
        }
        let runs = self.0.get_or_init(|| Runs::of(text.as_bytes()));
        let of_run = |(at, run): (usize, &[u8])| (at, runs.places(run));
        let rarest = wanted.as_bytes().windows(RUN).enumerate().map(of_run).min_by_key(|(_, places)| places.len());
        let (before, places) = rarest.unwrap_or((0, &[]));
        let from = places.partition_point(|place| (*place as usize) < start + before);
        let candidates = places[from..].iter().map(move |place| *place as usize - before);
        let candidates = candidates.take_while(move |at| at + wanted.len() <= end);
        Box::new(candidates.filter(|at| text.as_bytes()[*at..].starts_with(wanted.as_bytes())))
    }
}

impl Runs {
    fn of(text: &[u8]) -> Runs {
        let bits = text.len().next_power_of_two().trailing_zeros().clamp(8, 24);
        let mut firsts = vec![0_u32; (1 << bits) + 1];
        text.windows(RUN).for_each(|run| firsts[hash(run, bits) + 1] += 1);
        (1..firsts.len()).for_each(|at| firsts[at] += firsts[at - 1]);
        let (mut next, mut places) = (firsts.clone(), vec![0_u32; text.len().saturating_sub(RUN - 1)]);
        for (place, run) in (0_u32..).zip(text.windows(RUN)) {
            let next = &mut next[hash(run, bits)];
            places[*next as usize] = place;
            *next += 1;
        }
        Runs { firsts, places, bits }
    }

    fn places(&self, run: &[u8]) -> &[u32] {
        let at = hash(run, self.bits);
        &self.places[self.firsts[at] as usize..self.firsts[at + 1] as usize]
    }
}

/// Multiplies by the golden ratio (Knuth, TAOCP vol. 3, §6.4): neighbours get far from each other.
fn hash(run: &[u8], bits: u32) -> usize {
    let run = run.iter().fold(0_u32, |run, byte| run << 8 | u32::from(*byte));
    (run.wrapping_mul(0x9E37_79B9) >> (32 - bits)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// With an index the same is found as letter by letter.
        #[test]
        fn an_index_finds_what_is_there(
            text in "[abé1]{0,200}",
            wanted in "[abé1]{4,9}",
            start in 0_usize..300,
            end in 0_usize..300,
        ) {
            let text = format!("{text}{}{wanted}{}", "ab1é".repeat(SMALL / 5 + 150), &text[..text.floor_char_boundary(40)]);
            let start = text.floor_char_boundary(start);
            let end = text.floor_char_boundary(text.len() - end);
            let here = &text.as_bytes()[start..end];
            let expected = (0..here.len()).filter(|at| here[*at..].starts_with(wanted.as_bytes()));
            let index = Index::default();
            let found: Vec<usize> = index.find(&text, &wanted, start..end).collect();
            prop_assert!(index.0.get().is_some());
            prop_assert_eq!(found, expected.map(|at| start + at).collect::<Vec<_>>());
            let part = start..text.floor_char_boundary(start + 100);
            let here = &text.as_bytes()[part.clone()];
            let expected = (0..here.len()).filter(|at| here[*at..].starts_with(wanted.as_bytes()));
            let found: Vec<usize> = Index::default().find(&text, &wanted, part.clone()).collect();
            prop_assert_eq!(found, expected.map(|at| part.start + at).collect::<Vec<_>>());
        }
    }
}
