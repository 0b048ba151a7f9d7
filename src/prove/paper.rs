//! Proof of what is printed of the whole edition: handout, speakers' sheets, door signs.

use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::artifact::{Engine, Kind};
use crate::fact::{Fact, Says};
use crate::model::print::Part;
use crate::model::{Identities, Identity, Item, Person, Session};
use crate::reading::Reading;

use super::Proof;
use super::facts::{Depth, Facts};

impl<'a> Proof<'a, '_> {
    /// Proves the pages of one of [`Kind::PAPER`] that an engine made, in the language of [`Proof::said_in`].
    pub fn sheets(&mut self, kind: Kind, engine: Engine, file: &str, reading: &Reading) {
        let pages = Pages::new(reading, engine);
        match kind {
            Kind::Handout => self.handout(file, &pages),
            Kind::Speakers => self.speakers(file, &pages),
            Kind::Signs => self.signs(file, &pages),
            Kind::Summary | Kind::Newsletter | Kind::Calendar | Kind::Facts | Kind::Data => {
                unreachable!("only what is on `Kind::PAPER` is proved here")
            }
        }
    }

    fn handout(&mut self, file: &str, pages: &Pages<'_>) {
        let edition = self.edition;
        let masthead = self.gather(Facts::masthead);
        self.look(file, pages, pages.front(), "handout", &masthead.all);
        for part in edition.print.content.as_deref().unwrap_or(&Part::USUAL) {
            match part {
                Part::Programme => {
                    for session in &edition.coming {
                        self.talk(file, pages, pages.all(), session);
                    }
                    if pages.engine == Engine::Typst {
                        self.grids(file, pages);
                    }
                }
                Part::Messages => edition.held.iter().for_each(|session| self.messages(file, pages, session)),
                Part::Calls => edition.calls.iter().for_each(|call| self.entry(file, pages, Item::Call(call))),
                Part::News => edition.news.iter().for_each(|news| self.entry(file, pages, Item::News(news))),
                Part::Contact => {
                    let contact = self.gather(Facts::contact);
                    self.look(file, pages, pages.place("contact", pages.all()).head, "handout", &contact.all);
                }
                Part::Index if !edition.has_index() || pages.engine == Engine::Genpdf => {}
                Part::Index => self.index(file, pages),
                // A grid is proved with the programme; the contents say headings again.
                Part::Contents | Part::Grid => {}
            }
        }
    }

    fn speakers(&mut self, file: &str, pages: &Pages<'_>) {
        for (who, (mentions, sessions)) in self.heard() {
            let name = who.item_name();
            let facts = self.gather(|facts| facts.person(&mentions));
            self.look(file, pages, pages.place(&name, pages.all()).head, &name, &facts.all);
            let sheet = pages.sheet(&name);
            sessions.into_iter().for_each(|session| self.talk(file, pages, sheet.clone(), session));
        }
    }

    /// Gives everybody who is heard in sessions to come: their mentions, and those sessions.
    pub(super) fn heard(&self) -> BTreeMap<Identity<'a>, (Vec<&'a Person>, Vec<&'a Session>)> {
        let known = Identities::of(self.edition.coming.iter().flat_map(Session::people));
        let mut heard: BTreeMap<Identity<'a>, (Vec<&'a Person>, Vec<&'a Session>)> = BTreeMap::new();
        for session in &self.edition.coming {
            for person in session.people() {
                let (mentions, sessions) = heard.entry(known.who(person)).or_default();
                mentions.push(person);
                if sessions.last().is_none_or(|last| !std::ptr::eq(*last, session)) {
                    sessions.push(session);
                }
            }
        }
        heard
    }

    fn signs(&mut self, file: &str, pages: &Pages<'_>) {
        let mut doors = Vec::new();
        for session in self.edition.coming.iter().filter(|session| session.room.is_some()) {
            let name = Item::Coming(session).name();
            let place = pages.place(&name, pages.all());
            let mut heading = self.gather(|facts| facts.day(session));
            match place.headings.first() {
                // A door has one place, that of the first session there that has one.
                Some(door) if session.place.is_some() && !doors.contains(door) => {
                    doors.push(door.clone());
                    heading.place(session);
                }
                _ => heading.room(session),
            }
            self.check_in(file, pages.reading, &place.headings, &name, &heading.all);
            let bare = self.says_zone(pages, &place, session);
            let facts = self.gather(|facts| {
                facts.line(session, bare);
                facts.speakers(session);
            });
            self.look(file, pages, place.head, &name, &facts.all);
        }
    }

    /// Proves a session to come, which stands among the marks `within`.
    fn talk(&mut self, file: &str, pages: &Pages<'_>, within: Range<usize>, session: &'a Session) {
        let name = Item::Coming(session).name();
        let place = pages.place(&name, within.clone());
        let day = self.gather(|facts| facts.day(session));
        self.check_in(file, pages.reading, &place.headings, &name, &day.all);
        let series = self.gather(|facts| facts.series(session));
        let of_track = [[place.head.clone()].as_slice(), &place.headings].concat();
        self.check_in(file, pages.reading, &of_track, &name, &series.all);
        let bare = self.says_zone(pages, &place, session);
        let facts = self.gather(|facts| facts.talk(session, bare));
        self.look(file, pages, place.head, &name, &facts.all);
        let told = self.gather(|facts| facts.told(session));
        self.look(file, pages, place.whole, &name, &told.all);
        for at in 0..session.agenda.len() {
            let name = session.item_name(at);
            let facts = self.gather(|facts| facts.agenda_line(session, at));
            self.look(file, pages, pages.place(&name, within.clone()).head, &name, &facts.all);
        }
    }

    fn messages(&mut self, file: &str, pages: &Pages<'_>, session: &'a Session) {
        let name = Item::Held(session).name();
        let facts = self.gather(|facts| facts.messages(session));
        self.look(file, pages, pages.place(&name, pages.all()).whole, &name, &facts.all);
    }

    /// Proves an entry of the lists of calls and news.
    fn entry(&mut self, file: &str, pages: &Pages<'_>, item: Item<'a>) {
        let name = item.name();
        let facts = Facts::of(self.edition, self.locale, item, Depth::Paper);
        self.look(file, pages, pages.place(&name, pages.all()).whole, &name, &facts);
    }

    /// Says whether a heading above a session says the zone of its times.
    fn says_zone(&self, pages: &Pages<'_>, place: &Place, session: &Session) -> bool {
        let zone = Facts::new(self.edition, self.locale).zone(session);
        let says = |zone: String| {
            place.headings.iter().any(|heading| self.find_words(&zone, pages.reading, heading).is_some())
        };
        zone.is_some_and(says)
    }

    /// Looks for facts in one part of the pages.
    fn look(&mut self, file: &str, pages: &Pages<'_>, region: Range<usize>, item: &str, facts: &[Fact<'a>]) {
        let drawn = |fact: &&Fact<'_>| pages.engine == Engine::Typst || !matches!(fact.says, Says::Code(_));
        let facts: Vec<Fact<'a>> = facts.iter().filter(drawn).cloned().collect();
        self.check(file, pages.reading, region, item, &facts);
    }

    pub(super) fn gather(&self, add: impl FnOnce(&mut Facts<'a>)) -> Facts<'a> {
        let mut facts = Facts::new(self.edition, self.locale);
        add(&mut facts);
        facts
    }
}

/// Pages with the marks that `theme/print.typ` sets: before items, before the headings `part` and `chapter` above them,
/// and wherever something else begins.
pub(super) struct Pages<'r> {
    pub(super) reading: &'r Reading,
    /// The plain engine draws no codes, and sets nothing that finds pages by their number.
    engine: Engine,
    /// The marks of each name.
    named: FxHashMap<&'r str, Vec<usize>>,
    /// For each mark, those of the headings above it, nearest first.
    above: Vec<[Option<usize>; 2]>,
}

/// A grid of times and rooms on its page.
pub(super) struct Grid {
    /// From its title on.
    pub(super) whole: Range<usize>,
    /// None where a theme of one's own sets no marks in it.
    pub(super) columns: Vec<Column>,
}

/// A room of a grid, and the talks below it.
pub(super) struct Column {
    pub(super) head: Range<usize>,
    pub(super) slots: Vec<Range<usize>>,
}

/// An index of speakers or rooms.
pub(super) struct Index {
    pub(super) whole: Range<usize>,
    /// None where a theme of one's own sets no marks in it.
    pub(super) entries: Vec<Range<usize>>,
}

/// Where an item stands.
struct Place {
    /// From its mark to the next one.
    head: Range<usize>,
    /// All of it, with its agenda.
    whole: Range<usize>,
    /// The headings above it, nearest first.
    headings: Vec<Range<usize>>,
}

impl<'r> Pages<'r> {
    fn new(reading: &'r Reading, engine: Engine) -> Self {
        let mut named: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        let (mut above, mut part, mut chapter) = (Vec::new(), None, None);
        for (at, mark) in reading.marks().iter().enumerate() {
            let name = mark.item.as_deref().unwrap_or_default();
            match name {
                "chapter" => (part, chapter) = (None, Some(at)),
                "part" => part = Some(at),
                _ => {}
            }
            named.entry(name).or_default().push(at);
            above.push([part, chapter]);
        }
        Pages { reading, engine, named, above }
    }

    /// Gives all marks.
    fn all(&self) -> Range<usize> {
        0..self.above.len()
    }

    /// Gives the grids of the day of an item: those under the same heading of a day. `None`: there are none in all of the
    /// file, so that a theme of one's own may draw them without marks.
    pub(super) fn grids(&self, name: &str) -> Option<Vec<Grid>> {
        let grids = self.named.get("timetable")?;
        let Some(at) = self.find(name, self.all()) else {
            return Some(grids.iter().map(|&grid| self.grid(grid)).collect());
        };
        let [part, chapter] = self.above[at];
        // A day is a part, or a chapter whose parts are tracks.
        let is_of_day = |grid: &&usize| match self.above[**grid] {
            [Some(day), _] => part == Some(day),
            [None, day] => chapter == day,
        };
        Some(grids.iter().filter(is_of_day).map(|&grid| self.grid(grid)).collect())
    }

    /// Gives the grid that a mark begins, with each talk in the column whose head it is nearest to.
    fn grid(&self, mark: usize) -> Grid {
        let inside = |mark: &usize| matches!(self.name(*mark), "room" | "hour" | "slot");
        let next = (mark + 1..self.above.len()).find(|mark| !inside(mark)).unwrap_or(self.above.len());
        let left = |mark: usize| self.reading.marks()[mark].left;
        let named = |name: &'static str| (mark + 1..next).filter(move |mark| self.name(*mark) == name);
        let mut columns: Vec<(usize, Column)> =
            named("room").map(|mark| (mark, Column { head: self.head(mark), slots: Vec::new() })).collect();
        for slot in named("slot") {
            let nearest = columns.iter_mut().min_by_key(|(head, _)| left(*head).abs_diff(left(slot)));
            nearest.into_iter().for_each(|(_, column)| column.slots.push(self.head(slot)));
        }
        Grid {
            whole: self.from(mark)..self.from(next),
            columns: columns.into_iter().map(|(_, column)| column).collect(),
        }
    }

    /// Gives all but where an item stands with its agenda.
    pub(super) fn elsewhere(&self, name: &str) -> Vec<Range<usize>> {
        let all = self.reading.whole();
        match self.place(name, self.all()).whole {
            whole if whole == all => vec![all],
            Range { start, end } => vec![0..start, end..all.end],
        }
    }

    /// Gives the index of a title; everywhere, where a theme of one's own has no chapters.
    pub(super) fn index(&self, title: &str) -> Index {
        let chapters = self.named.get("chapter").map(Vec::as_slice).unwrap_or_default();
        // The contents name it too, but do not begin with it.
        let begins = |chapter: &&usize| self.reading.find(title, self.head(**chapter)) == Some(self.from(**chapter));
        let Some(&chapter) = chapters.iter().find(begins) else {
            return Index { whole: self.reading.whole(), entries: Vec::new() };
        };
        let inside = |mark: &usize| matches!(self.name(*mark), "entry" | "entry-end");
        let next = (chapter + 1..self.above.len()).find(|mark| !inside(mark)).unwrap_or(self.above.len());
        Index {
            whole: self.from(chapter)..self.from(next),
            entries: (chapter + 1..next)
                .filter(|mark| self.name(*mark) == "entry")
                .map(|entry| self.head(entry))
                .collect(),
        }
    }

    /// Gives the pages on which some items begin, as an index says them: `2, 4–6`. `None`: nobody can know.
    pub(super) fn numbers(&self, names: impl IntoIterator<Item = String>) -> Option<String> {
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for name in names {
            let page = self.reading.page_of(self.from(self.find(&name, self.all())?))?;
            match runs.last_mut() {
                Some((_, last)) if *last == page => {}
                Some((_, last)) if *last + 1 == page => *last = page,
                _ => runs.push((page, page)),
            }
        }
        let said =
            |(first, last): (usize, usize)| if last > first { format!("{first}–{last}") } else { first.to_string() };
        Some(runs.into_iter().map(said).collect::<Vec<_>>().join(", "))
    }

    /// Gives what stands before all items.
    fn front(&self) -> Range<usize> {
        0..self.from(0)
    }

    /// Gives the marks of a speaker's sheet.
    fn sheet(&self, name: &str) -> Range<usize> {
        let Some(first) = self.find(name, self.all()) else { return self.all() };
        let next = |mark: &usize| self.name(*mark).starts_with("people/");
        first..(first + 1..self.above.len()).find(next).unwrap_or(self.above.len())
    }

    /// Gives where an item stands; everywhere, where a theme of one's own sets no marks.
    fn place(&self, name: &str, within: Range<usize>) -> Place {
        let Some(at) = self.find(name, within) else {
            let whole = || self.reading.whole();
            return Place { head: whole(), whole: whole(), headings: vec![whole()] };
        };
        let is_own = |mark: usize| self.name(mark).strip_prefix(name).is_some_and(|rest| rest.starts_with("/agenda/"));
        let next = (at + 1..self.above.len()).find(|mark| !is_own(*mark)).unwrap_or(self.above.len());
        Place {
            head: self.head(at),
            whole: self.from(at)..self.from(next),
            headings: self.above[at].into_iter().flatten().map(|mark| self.head(mark)).collect(),
        }
    }

    /// Gives what stands from a mark to the next one.
    fn head(&self, mark: usize) -> Range<usize> {
        self.from(mark)..self.from(mark + 1)
    }

    fn find(&self, name: &str, within: Range<usize>) -> Option<usize> {
        let marks = self.named.get(name)?;
        marks.get(marks.partition_point(|mark| *mark < within.start)).copied().filter(|mark| *mark < within.end)
    }

    fn name(&self, mark: usize) -> &'r str {
        self.reading.marks()[mark].item.as_deref().unwrap_or_default()
    }

    fn from(&self, mark: usize) -> usize {
        self.reading.marks().get(mark).map_or(self.reading.whole().end, |mark| mark.at)
    }
}
