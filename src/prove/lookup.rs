//! Proof of what things are looked up in on paper: grids of times and rooms, indexes of speakers and rooms.

use std::collections::BTreeMap;

use crate::model::{Item, Person, Room, Rooms, Session, identity};

use super::Proof;
use super::paper::Pages;

impl<'a> Proof<'a, '_> {
    /// Proves that a session stands in a grid of its day, where that has grids.
    pub(super) fn slot(&mut self, file: &str, pages: &Pages<'_>, session: &'a Session) {
        let name = Item::Coming(session).name();
        let grids = pages.grids(&name);
        if !grids.is_empty() {
            let slot = self.gather(|facts| facts.slot(session));
            self.check_in(file, pages.reading, &grids, &name, &slot.all);
        }
    }

    /// Proves that all speakers and rooms stand in their index, each with the pages of its sessions.
    pub(super) fn index(&mut self, file: &str, pages: &Pages<'_>) {
        let numbers = |sessions: &[&Session]| pages.numbers(sessions.iter().map(|one| Item::Coming(one).name()));
        let heard = self.heard();
        let mut bearers: BTreeMap<&str, usize> = BTreeMap::new();
        let names = heard.values().filter_map(|(mentions, _)| identity::best(mentions));
        names.for_each(|person| *bearers.entry(person.name.as_str()).or_default() += 1);
        let speakers = pages.chapter(&self.locale.labels.index_of_speakers);
        for (who, (mentions, sessions)) in &heard {
            let Some(first) = identity::best(mentions) else { continue };
            // Who shares a name has more than that before the pages.
            let is_alone = |person: &Person| bearers.get(person.name.as_str()) == Some(&1);
            let numbers = numbers(sessions).filter(|_| is_alone(first));
            let facts = self.gather(|facts| facts.entry("name", &first.name, numbers));
            self.check(file, pages.reading, speakers.clone(), &who.item_name(), &facts.all);
        }

        let all = Rooms::of(&self.edition.coming);
        let mut used: BTreeMap<Room<'a>, Vec<&'a Session>> = BTreeMap::new();
        for session in &self.edition.coming {
            if let Some(room) = all.room(session) {
                used.entry(room).or_default().push(session);
            }
        }
        let rooms = pages.chapter(&self.locale.labels.index_of_rooms);
        for (room, sessions) in &used {
            let Some((first, name)) = sessions.first().and_then(|one| Some((one, one.room.as_ref()?))) else {
                continue;
            };
            // Where several places have a room of that name, the place stands between.
            let numbers = numbers(sessions).filter(|_| all.is_unique(*room));
            let facts = self.gather(|facts| facts.entry("room", name, numbers));
            self.check(file, pages.reading, rooms.clone(), &Item::Coming(first).name(), &facts.all);
        }
    }
}
