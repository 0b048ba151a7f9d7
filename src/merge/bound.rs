//! Fields that are one fact: what one row says of it is not mixed with what another one says.

use super::fill::Stated;
use super::judge::{Contest, Judge};
use crate::model::{Call, Clock, Date, News, Person, Session, Time};
use crate::source::{Span, Spanned};

/// A record in which some fields are one fact.
pub(super) trait Bound {
    /// Of each such fact takes away what the part says that is not right, where both state something of it.
    fn bind(&mut self, _later: &mut Self, _judge: &mut Judge<'_>) {}
}

impl Bound for Call {}

impl Bound for Person {}

impl Bound for News {
    fn bind(&mut self, later: &mut Self, judge: &mut Judge<'_>) {
        days((&mut self.date, &mut self.end_date), (&mut later.date, &mut later.end_date), judge);
    }
}

impl Bound for Session {
    fn bind(&mut self, later: &mut Self, judge: &mut Judge<'_>) {
        days((&mut self.date, &mut self.end_date), (&mut later.date, &mut later.end_date), judge);
        ends(self, later, judge);
    }
}

type Day = Option<Spanned<Date>>;

/// First and last day: where the first one is another, the last one goes with it.
fn days(known: (&mut Day, &mut Day), later: (&mut Day, &mut Day), judge: &mut Judge<'_>) {
    let (Some(first), Some(second)) = (&known.0, &later.0) else { return };
    if first == second {
        return;
    }
    let (takes_later, why) = judge.prefers_later(("date", "date"), first.span, second.span);
    let (won, lost) = if takes_later { (later, known) } else { (known, later) };
    if let (Some(date), None, Some(last)) = (*won.0, *won.1, *lost.1) {
        judge.note(Contest { field: "end-date", won: vec![date.span], lost: vec![last.span], same: false, why });
        *lost.1 = None;
    }
}

/// End and duration, where one row states this and the other that.
fn ends(known: &mut Session, later: &mut Session, judge: &mut Judge<'_>) {
    let (Some(first), Some(second)) = (stated(known), stated(later)) else { return };
    let is_alike = known.end.is_some() == later.end.is_some() && known.duration.is_some() == later.duration.is_some();
    if is_alike {
        return;
    }
    let start = later.start.or(known.start);
    let end = |session: &Session| session.end.map(|end| end.value).or_else(|| computed(session, start));
    let same = end(known).is_some() && end(known) == end(later);
    let (takes_later, why) = judge.takes_later_of((first.0, second.0), first.1, second.1, same);
    let (won, lost, lost_session) = if takes_later { (second, first, known) } else { (first, second, later) };
    judge.note(Contest { field: won.0, won: vec![won.1], lost: vec![lost.1], same, why });
    (lost_session.end, lost_session.duration) = (None, None);
}

/// Gives what says when a session ends, and where.
fn stated(session: &Session) -> Option<(&'static str, Span)> {
    let end = session.end.place().map(|place| ("end", place));
    end.or_else(|| session.duration.place().map(|place| ("duration", place)))
}

fn computed(session: &Session, start: Option<Clock>) -> Option<Time> {
    let minutes = session.duration?.value;
    Some(session.start.or(start)?.value.wrapping_add(jiff::Span::new().try_minutes(minutes).ok()?))
}
