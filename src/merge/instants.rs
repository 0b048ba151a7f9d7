//! Times that were written with an offset are instants: they stay what they are when another row, or a correction, says
//! in which zone they are told.

use crate::model::{Call, Session, Zone};
use crate::source::Spanned;

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
