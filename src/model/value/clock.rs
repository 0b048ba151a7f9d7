//! Times of day of which the instant may be known too.

use jiff::Timestamp;
use jiff::tz::Offset;

use crate::model::value::Moment;
use crate::model::{Date, Time, Zone};
use crate::source::{Span, Spanned};

/// A time of day, and the place where the user wrote it. Equality looks at the time alone.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    /// What clocks show in the zone of the record.
    pub value: Time,
    /// Where it stands.
    pub span: Span,
    /// The very instant, where it was written with an offset from UTC.
    instant: Option<Timestamp>,
    /// The offset that was written.
    offset: Option<Offset>,
}

impl PartialEq for Clock {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl From<Spanned<Time>> for Clock {
    fn from(time: Spanned<Time>) -> Self {
        Clock { value: time.value, span: time.span, instant: None, offset: None }
    }
}

impl Clock {
    /// Takes the time of a moment, if it has one.
    pub fn of(moment: Spanned<Moment>) -> Option<Clock> {
        let Moment { time, written, .. } = moment.value;
        Some(Clock { value: time?, span: moment.span, instant: moment.value.instant(), offset: written })
    }

    /// Gives the zone of the offset with which it was written.
    pub fn written_in(&self) -> Option<Zone> {
        self.offset.map(Zone::fixed)
    }

    /// Tells it in another zone, if it is an instant; gives the days that it is on in the zone before and in this one.
    pub fn tell_in(&mut self, from: &Zone, to: &Zone) -> Option<(Date, Date)> {
        let instant = self.instant?;
        self.value = to.time_at(instant);
        Some((from.date_at(instant), to.date_at(instant)))
    }
}
