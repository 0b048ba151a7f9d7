//! Times that were written with an offset are instants: they stay what they are when another row, or a correction, says
//! in which zone they are told.

use crate::model::{Call, Catalogue, Clock, Session, Zone};
use crate::source::{Span, Spanned};

/// From which zone into which.
#[derive(Debug, Clone, Copy)]
pub(super) struct Way<'z> {
    pub(super) from: &'z Zone,
    pub(super) to: &'z Zone,
}

impl Way<'_> {
    pub(super) fn session(&self, session: &mut Session) {
        let Way { from, to } = self;
        if let Some(start) = &mut session.start
            && let Some((before, day)) = start.tell_in(from, to)
        {
            let date = session.date.as_mut().filter(|date| date.value == before);
            date.into_iter().for_each(|date| date.value = day);
        }
        if let Some(end) = &mut session.end
            && let Some((before, day)) = end.tell_in(from, to)
        {
            let is_stated = session.end_date.is_some_and(|date| date.value == before);
            if is_stated || session.end_date.is_none() && session.date.is_some() {
                let last = Some(Spanned::new(day, end.span));
                session.end_date = last.filter(|last| session.date.is_none_or(|date| date.value != last.value));
            }
        }
        for start in session.agenda.iter_mut().filter_map(|item| item.start.as_mut()) {
            start.tell_in(from, to);
        }
    }

    pub(super) fn call(&self, call: &mut Call) {
        let Way { from, to } = self;
        for deadline in call.deadlines.iter_mut().filter(|deadline| deadline.timezone.is_none()) {
            if let Some(time) = &mut deadline.time
                && let Some((before, day)) = time.tell_in(from, to)
                && deadline.date.value == before
            {
                deadline.date.value = day;
            }
        }
        if let Some(time) = &mut call.time {
            time.tell_in(from, to);
        }
    }
}

/// Tells instants of records without a zone, which are told in `zone`, with the offset that stands in their file: where
/// nobody said which hours are wanted, those are the ones that a reader knows.
pub fn tell_as_written(catalogue: &mut Catalogue, zone: &Zone) {
    for session in catalogue.sessions.iter_mut().filter(|session| session.timezone.is_none()) {
        let Some((own, place)) = session.start.as_ref().and_then(written) else { continue };
        // Hours without an offset, and an end that a duration has made, stand in `zone` as well.
        let last = session.end_date.or(session.date).map(|day| day.value);
        let end = session.end.filter(|end| end.written_in().is_none()).zip(last);
        if let Some(day) = session.date {
            let starts = session.agenda.iter_mut().filter_map(|item| item.start.as_mut());
            for start in starts.filter(|start| start.written_in().is_none()) {
                start.value = own.time_at(zone.instant(day.value, start.value));
            }
        }
        Way { from: zone, to: &own }.session(session);
        if let Some((mut end, day)) = end {
            let instant = zone.instant(day, end.value);
            end.value = own.time_at(instant);
            let last = Spanned::new(own.date_at(instant), end.span);
            session.end = Some(end);
            session.end_date = Some(last).filter(|last| session.date.is_none_or(|date| date.value != last.value));
        }
        session.timezone = Some(Spanned::new(own, place));
    }
    for call in &mut catalogue.calls {
        let bare = call.deadlines.iter_mut().filter(|deadline| deadline.timezone.is_none());
        for (deadline, (own, place)) in
            bare.filter_map(|deadline| deadline.time.as_ref().and_then(written).map(|own| (deadline, own)))
        {
            let day = deadline.time.as_mut().and_then(|time| time.tell_in(zone, &own));
            deadline.date.value = day.map_or(deadline.date.value, |(_, day)| day);
            deadline.timezone = Some(Box::new(Spanned::new(own, place)));
        }
        let first = call.deadlines.first().and_then(|deadline| deadline.timezone.clone());
        if call.deadlines.iter().all(|deadline| deadline.timezone == first) {
            call.timezone = call.timezone.take().or(first);
        }
    }
}

fn written(time: &Clock) -> Option<(Zone, Span)> {
    Some((time.written_in()?, time.span))
}
