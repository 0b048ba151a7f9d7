//! Proof of what things are looked up in on paper: grids of times and rooms, indexes of speakers and rooms.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::model::{Item, Room, Rooms, Session, identity};
use crate::reading::Reading;
use crate::source::Text;

use super::paper::{Grid, Index, Pages};
use super::{Proof, is_vowel_mark};

impl<'a> Proof<'a, '_> {
    /// Proves that each day that is to have grids has them, with each of its talks in the column of its room.
    pub(super) fn grids(&mut self, file: &str, pages: &Pages<'_>) {
        let edition = self.edition;
        let rooms = Rooms::of(&edition.coming);
        let date = |session: &Session| session.date.map(|date| date.value);
        for day in edition.coming.chunk_by(|one, next| date(one) == date(next)) {
            let Some(first) = day.first().filter(|_| edition.has_grid(day)) else { continue };
            let grids = pages.grids(&Item::Coming(first).name());
            for session in day.iter().filter(|session| edition.has_slot(session)) {
                let name = Item::Coming(session).name();
                let (places, is_known) = match &grids {
                    None => (pages.elsewhere(&name), false),
                    Some(grids) => self.slots(pages, grids, &rooms, session),
                };
                let room = session.room.as_ref().filter(|_| !is_known);
                let slot = self.gather(|facts| facts.slot(session, room));
                self.check_in(file, pages.reading, &places, &name, &slot.all);
            }
        }
    }

    /// Gives the places where the grids of its day may have a session: those below the head of its room, and whether
    /// heads are known; where they are not, the grids.
    fn slots(
        &self,
        pages: &Pages<'_>,
        grids: &[Grid],
        rooms: &Rooms<'_>,
        session: &Session,
    ) -> (Vec<Range<usize>>, bool) {
        let columns = || grids.iter().flat_map(|grid| &grid.columns);
        if !grids.is_empty() && columns().next().is_none() {
            return (grids.iter().map(|grid| grid.whole.clone()).collect(), false);
        }
        let Some(room) = rooms.room(session) else { return (Vec::new(), true) };
        let own = columns().filter(|column| self.names(room, rooms, pages.reading, &column.head));
        (own.flat_map(|column| column.slots.iter().cloned()).collect(), true)
    }

    /// Says whether a head of a column names a room, and no other.
    fn names(&self, room: Room<'_>, among: &Rooms<'_>, reading: &Reading, head: &Range<usize>) -> bool {
        self.says_only(&self.door(room, among), reading, head)
    }

    /// Gives the words for a room, with its place where several have one of that name.
    fn door(&self, room: Room<'_>, among: &Rooms<'_>) -> String {
        let place = Some(room.place).filter(|place| !among.is_unique(room) && !place.is_empty());
        let words: Vec<&str> = [Some(room.name), place].into_iter().flatten().collect();
        words.join(&self.locale.labels.comma)
    }

    /// Says whether some words stand in a part of a file, and nothing else.
    fn says_only(&self, words: &str, reading: &Reading, part: &Range<usize>) -> bool {
        // Words that go the other way may come in another order, and with each vowel mark its letter twice.
        if self.turns(words) {
            let twice = words.chars().filter(|c| is_vowel_mark(*c)).count() * 2;
            return reading.is_within(words, twice, part.clone()) && self.find_words(words, reading, part).is_some();
        }
        reading.says_only(words, part.clone())
    }

    /// Proves that all speakers and rooms stand in their index, each with the pages of its sessions and no others.
    pub(super) fn index(&mut self, file: &str, pages: &Pages<'_>) {
        let comma = &self.locale.labels.comma;
        let numbers = |sessions: &[&Session]| pages.numbers(sessions.iter().map(|one| Item::Coming(one).name()));
        let heard = self.heard();
        let mut bearers: BTreeMap<&str, usize> = BTreeMap::new();
        let names = heard.values().filter_map(|(mentions, _)| identity::best(mentions));
        names.for_each(|person| *bearers.entry(person.name.as_str()).or_default() += 1);
        let speakers = pages.index(&self.locale.labels.index_of_speakers);
        for (who, (mentions, sessions)) in &heard {
            let Some(first) = identity::best(mentions) else { continue };
            // Who shares a name has role and organisation with it.
            let shares = bearers.get(first.name.as_str()).is_some_and(|count| *count > 1);
            let more = [&first.role, &first.organisation].into_iter().flatten().filter(|_| shares);
            let words: Vec<&str> = std::iter::once(&first.name).chain(more).map(Text::as_str).collect();
            let entry = Entry { field: "name", name: &first.name, words: words.join(comma) };
            self.in_index(file, pages, &speakers, &who.item_name(), entry, numbers(sessions));
        }

        let all = Rooms::of(&self.edition.coming);
        let mut used: BTreeMap<Room<'a>, Vec<&'a Session>> = BTreeMap::new();
        for session in &self.edition.coming {
            if let Some(room) = all.room(session) {
                used.entry(room).or_default().push(session);
            }
        }
        let rooms = pages.index(&self.locale.labels.index_of_rooms);
        for (room, sessions) in &used {
            let Some((first, name)) = sessions.first().and_then(|one| Some((one, one.room.as_ref()?))) else {
                continue;
            };
            let entry = Entry { field: "room", name, words: self.door(*room, &all) };
            self.in_index(file, pages, &rooms, &Item::Coming(first).name(), entry, numbers(sessions));
        }
    }

    /// Proves an entry of an index: its name, and where its pages are known, the line that says those.
    fn in_index(
        &mut self,
        file: &str,
        pages: &Pages<'_>,
        index: &Index,
        item: &str,
        Entry { field, name, words }: Entry<'a>,
        numbers: Option<String>,
    ) {
        let facts = self.gather(|facts| facts.entry(field, name));
        self.check(file, pages.reading, index.whole.clone(), item, &facts.all);
        let Some(numbers) = numbers else { return };
        let line = format!("{words} {numbers}");
        let lines = match &index.entries[..] {
            [] => vec![index.whole.clone()],
            entries => entries.iter().filter(|entry| self.says_only(&line, pages.reading, entry)).cloned().collect(),
        };
        let facts = self.gather(|facts| facts.entry_line(field, name, line));
        self.check_in(file, pages.reading, &lines, item, &facts.all);
    }
}

/// What an index says of somebody or something before the pages.
struct Entry<'a> {
    field: &'static str,
    name: &'a Text,
    words: String,
}
