//! Rooms: one of the same name in another place is another room.

use std::collections::{BTreeMap, BTreeSet};

use super::Session;
use crate::source::Text;

/// A room. Order is by name, then place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Room<'a> {
    /// As it is written at its door.
    pub name: &'a str,
    /// Where it is; empty where nobody said.
    pub place: &'a str,
}

/// All rooms of some sessions: by name, the places that have one.
#[derive(Debug, Default)]
pub struct Rooms<'a>(BTreeMap<&'a str, BTreeSet<&'a str>>);

impl<'a> Rooms<'a> {
    /// Gathers the rooms of some sessions.
    pub fn of(sessions: impl IntoIterator<Item = &'a Session>) -> Rooms<'a> {
        let mut rooms = Rooms::default();
        for room in sessions.into_iter().filter_map(said).filter(|room| !room.place.is_empty()) {
            rooms.0.entry(room.name).or_default().insert(room.place);
        }
        rooms
    }

    /// Gives the room in which a session is. Without a place it is the one room of that name; where several places have
    /// one, it is none of them.
    pub fn room(&self, session: &'a Session) -> Option<Room<'a>> {
        let room = said(session)?;
        let places = self.0.get(room.name).filter(|places| room.place.is_empty() && places.len() == 1);
        let place = places.and_then(|places| places.first().copied());
        Some(Room { place: place.unwrap_or(room.place), ..room })
    }

    /// Says whether no other place has a room of this name; else the place has to be said too.
    pub fn is_unique(&self, room: Room<'_>) -> bool {
        self.0.get(room.name).is_none_or(|places| places.len() < 2)
    }
}

fn said(session: &Session) -> Option<Room<'_>> {
    let name = session.room.as_ref()?.as_str();
    Some(Room { name, place: session.place.as_ref().map_or("", Text::as_str) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::fixture::{session, some};

    #[test]
    fn a_room_without_a_place_is_the_one_of_its_name() {
        let at = |place: &str| Session { room: some("Room 1"), place: some(place), ..session() };
        for (others, place, is_unique) in
            [(&["Paris"][..], "Paris", true), (&["Paris", "Brussels"], "", false), (&[], "", true)]
        {
            let bare = at("");
            let others: Vec<Session> = others.iter().map(|place| at(place)).collect();
            let all = Rooms::of(others.iter().chain([&bare]));
            assert_eq!(all.room(&bare), Some(Room { name: "Room 1", place }));
            assert_eq!(all.is_unique(Room { name: "Room 1", place }), is_unique);
        }
    }
}
