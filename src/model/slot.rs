//! Which sessions stand in grids of times and rooms, and which days have one: who draws them and who proves them must
//! agree.

use std::collections::BTreeSet;

use super::print::Part;
use super::{Edition, Rooms, Session, Time};

/// What is longer is an exhibition or a camp and no talk, in minutes: it stands in the programme alone.
const LONGEST: i64 = 16 * 60;

/// Fewer talks than this are seen at a glance.
const FEWEST: usize = 6;

impl Edition {
    /// Says whether a session can stand in a grid: it has a room and an hour, in the zone of the hours at the side.
    pub fn has_slot(&self, session: &Session) -> bool {
        let is_placed = session.room.is_some() && session.date.is_some() && session.start.is_some();
        is_placed && self.zone(session) == &self.timezone && lasts(session) <= LONGEST
    }

    /// Says whether the sessions of a day have a grid. Where `[handout] content` does not say, those do that use several
    /// rooms and are more than are seen at a glance; in large print none do, because its words would not be large.
    pub fn has_grid<'a>(&'a self, day: impl IntoIterator<Item = &'a Session>) -> bool {
        let all = Rooms::of(&self.coming);
        let slots: Vec<&Session> = day.into_iter().filter(|session| self.has_slot(session)).collect();
        let rooms: BTreeSet<_> = slots.iter().filter_map(|session| all.room(session)).collect();
        let wanted = self.print.content.as_ref().map(|parts| parts.contains(&Part::Grid));
        let usual = rooms.len() > 1 && slots.len() >= FEWEST;
        !self.print.large_print && !slots.is_empty() && wanted.unwrap_or(usual)
    }
}

/// Gives how many minutes a session lasts; one without an end is short.
fn lasts(session: &Session) -> i64 {
    let (Some(first), Some(last), Some(start), Some(end)) =
        (session.date, session.last_day(), session.start, session.end)
    else {
        return 0;
    };
    let minute = |time: Time| i64::from(time.hour()) * 60 + i64::from(time.minute());
    i64::from((last - first.value).get_days()) * 24 * 60 + minute(end.value) - minute(start.value)
}
