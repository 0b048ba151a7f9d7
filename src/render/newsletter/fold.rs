//! How much of an edition a mail can hold: the items that matter least are folded to their titles, then left out.
//!
//! An item's rank is its place in its section: the first of each section come first, so that a thousand calls do not
//! drive out the news. Items are laid out in this order until the mail is full and little further; of the rest of
//! ten thousand items only where each call stands is computed, for the counts.

use super::items::{Pen, Title};
use super::when::Desk;
use super::{Kind, Section};
use crate::model::Edition;

/// So many items are laid out together, and thrown away where they do not fit.
const TOGETHER: usize = 64;

/// What a section needs besides its items: its heading, the list of titles, the line that counts the rest.
const SECTION: usize = 1200;

/// Lays out the sections of an edition, all of their items in full where they fit into `room` bytes of HTML.
pub fn lay_out<'a>(edition: &'a Edition, pen: &Pen<'a>, desk: &mut Desk<'_, 'a>, room: usize) -> Vec<Section<'a>> {
    let sections = Kind::ALL.into_iter().filter_map(|kind| Section::new(edition, kind, pen, desk));
    let mut sections: Vec<Section<'a>> = sections.collect();
    let mut ranks = Ranks::new(&sections);

    // What stands in a section besides its items takes its part of the room.
    let months: usize = sections.iter().map(|section| section.months_html.len()).sum();
    let room = room.saturating_sub(SECTION * sections.len() + months);
    let mut full = Full { items: Vec::with_capacity(TOGETHER), used: 0, long: Vec::new() };
    let (mut ahead, mut together) = (Vec::with_capacity(TOGETHER), TOGETHER);
    while full.used <= room {
        if ahead.is_empty() {
            ahead.extend(ranks.by_ref().take(TOGETHER));
            together = TOGETHER;
        }
        let block = &ahead[..together.min(ahead.len())];
        if block.is_empty() {
            break;
        }
        let mut done = 0;
        for (&(section, at), size) in block.iter().zip(lay(block, edition, &mut sections, pen, desk)) {
            done += 1;
            // One that would drive out all others is folded by itself; there may be more of them.
            if size > room / 2 {
                full.long.push((section, at));
                together = 1;
                break;
            }
            full.used += size;
            full.items.push((section, at, size));
            if full.used > room {
                break;
            }
        }
        // What has been laid out beyond is taken back.
        full.keep_in(&mut sections);
        ahead.drain(..done);
    }
    if full.used > room || !full.long.is_empty() {
        let titles = fold(edition, &mut sections, full, ahead.into_iter().chain(ranks), pen, desk, room);
        let mut size: usize = sections.iter().map(|section| section.html.len()).sum();
        for Folded { section, at, title, html } in titles {
            size += html.len();
            if size > room {
                break;
            }
            sections[section].add_title(at, title, &html);
        }
        sections.iter_mut().for_each(|section| section.count_left(edition, pen));
    }
    sections
}

/// Lays out some items, those of each section together; gives the bytes that each takes.
fn lay<'a>(
    items: &[(usize, usize)],
    edition: &'a Edition,
    sections: &mut [Section<'a>],
    pen: &Pen<'a>,
    desk: &mut Desk<'_, 'a>,
) -> Vec<usize> {
    let mut sizes = vec![0; items.len()];
    for (number, section) in sections.iter_mut().enumerate() {
        let of_it = items.iter().enumerate().filter(|(_, (section, _))| *section == number);
        let (ranks, places): (Vec<usize>, Vec<usize>) = of_it.map(|(rank, (_, at))| (rank, *at)).unzip();
        for (rank, size) in ranks.into_iter().zip(section.add(edition, &places, pen, desk)) {
            sizes[rank] = size;
        }
    }
    sizes
}

/// The items in full, by rank: section, place in it, bytes.
struct Full {
    items: Vec<(usize, usize, usize)>,
    used: usize,
    /// Those that are too long to be among them.
    long: Vec<(usize, usize)>,
}

impl Full {
    /// Takes from the sections what is not among them.
    fn keep_in(&self, sections: &mut [Section<'_>]) {
        let mut keep = vec![0; sections.len()];
        self.items.iter().for_each(|(section, ..)| keep[*section] += 1);
        sections.iter_mut().zip(keep).for_each(|(section, keep)| section.keep(keep));
    }
}

/// An item that is folded to its title.
struct Folded<'a> {
    section: usize,
    at: usize,
    title: Title<'a>,
    html: String,
}

/// Folds items, those that matter least first, until the rest fits. Where not even all titles fit beside the items,
/// the items get three fifths of the room and the titles two. Gives the titles by rank.
fn fold<'a>(
    edition: &'a Edition,
    sections: &mut [Section<'a>],
    mut full: Full,
    ranks: impl Iterator<Item = (usize, usize)>,
    pen: &Pen<'a>,
    desk: &mut Desk<'_, 'a>,
    room: usize,
) -> Vec<Folded<'a>> {
    let kinds: Vec<Kind> = sections.iter().map(|section| section.kind).collect();
    let mut folded = |section: usize, at: usize| {
        let title = kinds[section].title(edition, at, desk);
        let html = title.html(pen);
        Folded { section, at, title, html }
    };
    let few = room / 5 * 2;
    let (mut titles, mut size) = (Vec::new(), 0);
    for (section, at) in std::mem::take(&mut full.long).into_iter().chain(ranks) {
        let title = folded(section, at);
        size += title.html.len();
        titles.push(title);
        if size > few {
            break;
        }
    }
    let fits = size <= few;
    while let Some(&(section, at, bytes)) = full.items.last() {
        let overflows = if fits { full.used + size > room } else { full.used > room - few };
        if !overflows {
            break;
        }
        full.items.pop();
        full.used -= bytes;
        let title = folded(section, at);
        size += title.html.len();
        titles.push(title);
    }
    full.keep_in(sections);
    titles.sort_by_key(|title| (title.at, title.section));
    titles
}

/// The items of all sections by rank: section and place in it.
struct Ranks {
    at: usize,
    section: usize,
    longest: usize,
    lens: Vec<usize>,
}

impl Ranks {
    fn new(sections: &[Section<'_>]) -> Ranks {
        let lens: Vec<usize> = sections.iter().map(|section| section.len).collect();
        Ranks { at: 0, section: 0, longest: lens.iter().copied().max().unwrap_or(0), lens }
    }
}

impl Iterator for Ranks {
    type Item = (usize, usize);

    fn next(&mut self) -> Option<(usize, usize)> {
        while self.at < self.longest {
            let (section, at) = (self.section, self.at);
            self.section += 1;
            if self.section == self.lens.len() {
                (self.section, self.at) = (0, at + 1);
            }
            if at < self.lens[section] {
                return Some((section, at));
            }
        }
        None
    }
}
