//! Times that were written with an offset are instants: they stay what they are when another row, or a correction, says
//! in which zone they are told.

use jiff::Timestamp;

use crate::diagnostic::Report;
use crate::model::value::moment;
use crate::model::{Call, Session, Zone};
use crate::source::{Sources, Span, Spanned};

/// From which zone into which.
#[derive(Debug, Clone, Copy)]
pub(super) struct Way<'z> {
    pub(super) from: &'z Zone,
    pub(super) to: &'z Zone,
    /// Where offsets stand.
    pub(super) sources: &'z Sources,
}

impl Way<'_> {
    /// Gives the instant that stands at a place, if it says its offset.
    fn instant(&self, place: Span) -> Option<Timestamp> {
        let text = Spanned::new(self.sources.slice(place).trim(), place);
        // As calendars write it: `20261101T200000Z` (RFC 5545 §3.3.5).
        if let Ok(instant) = text.value.parse() {
            return Some(instant);
        }
        let moment = moment(text, "", &mut Report::default())?.value;
        moment.offset?.to_timestamp(moment.date.to_datetime(moment.time?)).ok()
    }

    pub(super) fn session(&self, session: &mut Session) {
        let Way { from, to, .. } = self;
        if let Some(start) = &mut session.start
            && let Some(instant) = self.instant(start.span).filter(|instant| from.time_at(*instant) == start.value)
        {
            start.value = to.time_at(instant);
            let date = session.date.as_mut().filter(|date| date.value == from.date_at(instant));
            date.into_iter().for_each(|date| date.value = to.date_at(instant));
        }
        if let Some(end) = &mut session.end
            && let Some(instant) = self.instant(end.span).filter(|instant| from.time_at(*instant) == end.value)
        {
            end.value = to.time_at(instant);
            let last = end.with(to.date_at(instant));
            let is_stated = session.end_date.is_some_and(|date| date.value == from.date_at(instant));
            if is_stated || session.end_date.is_none() && session.date.is_some() {
                session.end_date = Some(last).filter(|last| session.date.is_none_or(|date| date.value != last.value));
            }
        }
        for start in session.agenda.iter_mut().filter_map(|item| item.start.as_mut()) {
            if let Some(instant) = self.instant(start.span).filter(|instant| from.time_at(*instant) == start.value) {
                start.value = to.time_at(instant);
            }
        }
    }

    pub(super) fn call(&self, call: &mut Call) {
        let Way { from, to, .. } = self;
        for deadline in call.deadlines.iter_mut().filter(|deadline| deadline.timezone.is_none()) {
            let Some(instant) = self.instant(deadline.date.span) else { continue };
            if let Some(time) = &mut deadline.time
                && (deadline.date.value, time.value) == (from.date_at(instant), from.time_at(instant))
            {
                (deadline.date.value, time.value) = (to.date_at(instant), to.time_at(instant));
            }
        }
        if let Some(time) = &mut call.time
            && let Some(instant) = self.instant(time.span).filter(|instant| from.time_at(*instant) == time.value)
        {
            time.value = to.time_at(instant);
        }
    }
}
