//! Proof of facts: the finished files are read back, and each has to say every fact that was chosen for it.
//!
//! What a file has to say is made from the edition, where it says it is looked for in what a reader meets: the laid-out
//! text of a PDF, the HTML as a browser reads it, the text part. A fact counts only where its item stands, so that two
//! dates that changed places are found.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::fact::{Fact, Says};
use crate::locale::{Direction, Locale};
use crate::model::{AgendaKind, Edition, Item, Session};
use crate::reading::Reading;

pub use facts::Depth;
use facts::{Facts, lists};
pub use ledger::Ledger;

mod code;
mod facts;
mod html;
mod ledger;
mod lookup;
mod paper;
mod text;

/// Proves the finished files of one edition.
pub struct Proof<'a, 'r> {
    /// What was chosen.
    pub edition: &'a Edition,
    /// How it is said.
    pub locale: &'a Locale,
    /// What was found where.
    pub ledger: &'r mut Ledger,
    /// What is missing.
    pub report: &'r mut Report,
}

impl<'a> Proof<'a, '_> {
    /// Proves a page of HTML that shows `items` in this order, each as deep as is said.
    pub fn html(&mut self, file: &str, page: &str, items: &[(Item<'a>, Depth)]) {
        self.list(file, &html::read(page), items);
    }

    /// Proves a text part that shows `items` in this order.
    pub fn text(&mut self, file: &str, page: &str, items: &[(Item<'a>, Depth)]) {
        self.list(file, &text::read(page), items);
    }

    /// Gives the same proof for what is said in another language.
    pub fn said_in<'p>(&'p mut self, locale: &'a Locale) -> Proof<'a, 'p> {
        Proof { edition: self.edition, locale, ledger: self.ledger, report: self.report }
    }

    /// Proves the pages of a summary.
    pub fn summary(&mut self, file: &str, reading: &Reading, session: &'a Session) {
        let (edition, locale) = (self.edition, self.locale);
        let name = Item::Held(session).name();
        let facts = Facts::of(edition, locale, Item::Held(session), Depth::Summary);
        self.check(file, reading, reading.whole(), &name, &facts);
        for at in 0..session.agenda.len() {
            let name = session.item_name(at);
            let mut facts = Facts::new(edition, locale);
            facts.agenda(session, at, Depth::Summary);
            self.check(file, reading, marked(reading, &name), &name, &facts.all);
            let mut body = Facts::new(edition, locale);
            body.body(session, at);
            self.check(file, reading, reading.whole(), &name, &body.all);
        }
        let news = edition.news.iter().filter(|_| lists(session, AgendaKind::News)).map(Item::News);
        let calls = edition.calls.iter().filter(|_| lists(session, AgendaKind::Calls)).map(|call| Item::Call(call));
        for item in news.chain(calls) {
            let name = item.name();
            let facts = Facts::of(edition, locale, item, Depth::Summary);
            self.check(file, reading, marked(reading, &name), &name, &facts);
        }
    }

    fn list(&mut self, file: &str, reading: &Reading, items: &[(Item<'a>, Depth)]) {
        let (edition, locale) = (self.edition, self.locale);
        let mut own = Facts::new(edition, locale);
        own.newsletter();
        self.check(file, reading, reading.whole(), "newsletter", &own.all);
        for (&(item, depth), region) in items.iter().zip(regions(reading, items)) {
            let facts = Facts::of(edition, locale, item, depth);
            self.check(file, reading, region.clone(), &item.name(), &facts);
            if let (Item::Held(session) | Item::Coming(session), Depth::Mail) = (item, depth) {
                for (at, region) in agenda_regions(reading, session, &region).into_iter().enumerate() {
                    let mut facts = Facts::new(edition, locale);
                    facts.agenda(session, at, depth);
                    self.check(file, reading, region, &session.item_name(at), &facts.all);
                }
            }
        }
    }

    /// Looks for facts in one part of a file.
    fn check(&mut self, file: &str, reading: &Reading, region: Range<usize>, item: &str, facts: &[Fact<'a>]) {
        self.check_in(file, reading, &[region], item, facts);
    }

    /// Looks for facts, each in one of some parts of a file.
    fn check_in(&mut self, file: &str, reading: &Reading, regions: &[Range<usize>], item: &str, facts: &[Fact<'a>]) {
        for fact in facts {
            match regions.iter().find_map(|region| self.find(fact, reading, region)) {
                Some(at) => self.ledger.enter(item, fact, file, reading.page_of(at)),
                None => self.report.add(
                    Diagnostic::error(
                        Code::MissingFact,
                        format!("`{file}` does not say the `{}` of `{item}`", fact.field),
                    )
                    .at(fact.span, format!("looked for: {}", shorten(&fact.words())))
                    .help("look at the template or theme that was changed last"),
                ),
            }
        }
    }

    fn find(&self, fact: &Fact<'_>, reading: &Reading, region: &Range<usize>) -> Option<usize> {
        match &fact.says {
            Says::Words(ways) => ways.iter().find_map(|way| self.find_words(way, reading, region)),
            Says::Prose(pieces) => {
                let found = pieces.iter().map(|piece| self.find_prose(piece, reading, region));
                found.collect::<Option<Vec<usize>>>().map(|found| found.first().copied().unwrap_or(region.start))
            }
            Says::Address(address) => {
                let alike = |known: &str| same_address(known, address, &self.edition.mailing.utm);
                reading.find_link(alike, region.clone())
            }
            Says::Code(address) => {
                let modules = code::modules(address)?;
                reading.find_drawing(|svg| code::read(svg).as_ref() == Some(&modules), region.clone())
            }
        }
    }

    /// Finds one way to say something: all of its lines.
    fn find_words(&self, way: &str, reading: &Reading, region: &Range<usize>) -> Option<usize> {
        let found = way.lines().map(|line| {
            if self.turns(line) {
                return every_word(line, |word| find_word(word, reading, region));
            }
            reading.find_over_pages(line, region.clone(), true)
        });
        found.collect::<Option<Vec<usize>>>()?.first().copied()
    }

    fn find_prose(&self, piece: &str, reading: &Reading, region: &Range<usize>) -> Option<usize> {
        if self.turns(piece) {
            return every_word(piece, |word| find_word(word, reading, region));
        }
        reading.find_over_pages(piece, region.clone(), false)
    }

    /// Says whether parts of a line may stand in another order than one reads them: pages hold runs of letters in the
    /// order of their places.
    fn turns(&self, text: &str) -> bool {
        let rtl = |text: &str| {
            Direction::Ltr.against(text).is_some() || text.chars().any(|c| ('\u{590}'..='\u{8FF}').contains(&c))
        };
        self.locale.direction() == Direction::Rtl || rtl(text)
    }
}

/// Finds a word; Arabic writes its `and` and its article without a space, but a number stands by itself and on one page.
fn find_word(word: &str, reading: &Reading, region: &Range<usize>) -> Option<usize> {
    if word.contains(|c: char| c.is_ascii_digit()) {
        return reading.find(word, region.clone());
    }
    reading.find_over_pages(word, region.clone(), false)
}

/// Finds each word, in whatever order, without the signs around it, which a line from right to left puts elsewhere.
/// Typst gives a letter that carries a vowel mark twice, out of its place: what stands between marks is a word here.
/// Dots count: they say that a text was cut.
fn every_word(text: &str, find: impl Fn(&str) -> Option<usize>) -> Option<usize> {
    let words = text.split(|c: char| !c.is_alphanumeric() || is_vowel_mark(c)).filter(|word| !word.is_empty());
    let words = words.chain(text.contains('…').then_some("…"));
    let found: Option<Vec<usize>> = words.map(find).collect();
    Some(found?.first().copied().unwrap_or_default())
}

/// Says whether a character stands above or below an Arabic letter.
fn is_vowel_mark(c: char) -> bool {
    matches!(c, '\u{64B}'..='\u{65F}' | '\u{670}')
}

/// Gives the part of a PDF that a mark begins; all of it where a theme of one's own sets no marks.
fn marked(reading: &Reading, item: &str) -> Range<usize> {
    let marks = reading.marks();
    match marks.iter().position(|mark| mark.item.as_deref() == Some(item)) {
        Some(at) => marks[at].at..marks.get(at + 1).map_or(reading.whole().end, |next| next.at),
        None => reading.whole(),
    }
}

/// Gives the part of a list where each item stands.
fn regions(reading: &Reading, items: &[(Item<'_>, Depth)]) -> Vec<Range<usize>> {
    let marks = reading.marks();
    let at = |mark: usize| marks.get(mark).map_or(reading.whole().end, |mark| mark.at);
    let holds =
        |mark: usize, item: usize| reading.find(items[item].0.title().as_str(), at(mark)..at(mark + 1)).is_some();
    let parts = divide(
        items.len(),
        0..marks.len(),
        |item, mut marks| marks.find(|&mark| holds(mark, item)),
        |item, marks| marks.rev().find(|&mark| holds(mark, item)),
    );
    parts.into_iter().map(|part| part.map_or(reading.whole(), |part| at(part.start)..at(part.end))).collect()
}

/// Gives the part of a session's region where each item of its agenda stands.
fn agenda_regions(reading: &Reading, session: &Session, region: &Range<usize>) -> Vec<Range<usize>> {
    let title = |at: usize| session.agenda[at].title.as_str();
    let parts = divide(
        session.agenda.len(),
        region.clone(),
        |at, within| reading.find(title(at), within),
        |at, within| reading.find_last(title(at), within),
    );
    parts.into_iter().map(|part| part.unwrap_or_else(|| region.clone())).collect()
}

/// Divides a range among things that begin in their order, each at one of several places: by chance a paragraph begins
/// with the title of the next item. Each gets all from the first place where it can begin to the last where the next
/// one can, so that its own is always within. `None`: it begins nowhere.
fn divide(
    count: usize,
    whole: Range<usize>,
    first: impl Fn(usize, Range<usize>) -> Option<usize>,
    last: impl Fn(usize, Range<usize>) -> Option<usize>,
) -> Vec<Option<Range<usize>>> {
    let mut from = whole.start;
    let starts = (0..count).map(|at| first(at, from..whole.end).inspect(|start| from = start + 1));
    let starts: Vec<_> = starts.collect();
    let mut end = whole.end;
    let mut parts: Vec<_> = (0..count)
        .rev()
        .map(|at| {
            let part = starts[at].map(|start| start..end.max(start));
            end = last(at, whole.start..end).unwrap_or(end);
            part
        })
        .collect();
    parts.reverse();
    parts
}

/// Says whether an address as it stands in a file is that of the data: parameters of the campaign may have been added.
fn same_address(known: &str, address: &str, utm: &[(String, String)]) -> bool {
    let bare = |text: &str| text.strip_prefix("mailto:").or(text.strip_prefix("tel:")).unwrap_or(text).to_owned();
    if known == address || bare(known) == bare(address) {
        return true;
    }
    let (page, fragment) = address.split_at(address.find('#').unwrap_or(address.len()));
    let added = known.strip_prefix(page).and_then(|rest| rest.strip_suffix(fragment));
    let is_utm = |pair: &str| utm.iter().any(|(name, _)| pair.split('=').next() == Some(name));
    added.is_some_and(|added| {
        let pairs = added.trim_start_matches(['?', '&']);
        !utm.is_empty() && pairs.split('&').all(is_utm)
    })
}

fn shorten(words: &str) -> String {
    const LONGEST: usize = 80;
    match words.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words.to_owned(),
    }
}
