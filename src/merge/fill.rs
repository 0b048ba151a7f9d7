//! The fields of each record, one by one: what one part leaves empty comes from the other, where both say something a
//! [`Judge`] decides.

use super::bound::Bound;
use super::judge::{Contest, Judge, Why};
use crate::model::{AgendaItem, Call, Clock, Deadline, Link, News, Person, Session};
use crate::prose::Prose;
use crate::source::{Span, Spanned, Str, Text};

/// A field that may be empty.
pub(super) trait Stated: PartialEq {
    /// Where it was stated; `None`: it is empty.
    fn place(&self) -> Option<Span>;
    /// Takes away what is there.
    fn clear(&mut self);
    /// Where each part of it was stated: the items of a list.
    fn places(&self) -> Vec<Span> {
        self.place().into_iter().collect()
    }
}

impl<T: PartialEq> Stated for Option<Spanned<T>> {
    fn place(&self) -> Option<Span> {
        self.as_ref().map(|stated| stated.span)
    }

    fn clear(&mut self) {
        *self = None;
    }
}

impl<T: PartialEq> Stated for Option<Box<Spanned<T>>> {
    fn place(&self) -> Option<Span> {
        self.as_ref().map(|stated| stated.span)
    }

    fn clear(&mut self) {
        *self = None;
    }
}

impl Stated for Option<Clock> {
    fn place(&self) -> Option<Span> {
        self.as_ref().map(|stated| stated.span)
    }

    fn clear(&mut self) {
        *self = None;
    }
}

impl Stated for Option<Box<Clock>> {
    fn place(&self) -> Option<Span> {
        self.as_ref().map(|stated| stated.span)
    }

    fn clear(&mut self) {
        *self = None;
    }
}

impl Stated for Text {
    fn place(&self) -> Option<Span> {
        (!self.value.is_empty()).then_some(self.span)
    }

    fn clear(&mut self) {
        self.value = Str::new();
    }
}

impl Stated for Option<Box<Prose>> {
    fn place(&self) -> Option<Span> {
        self.as_ref().map(|prose| prose.source().span)
    }

    fn clear(&mut self) {
        *self = None;
    }
}

impl Stated for Option<Prose> {
    fn place(&self) -> Option<Span> {
        self.as_ref().map(|prose| prose.source().span)
    }

    fn clear(&mut self) {
        *self = None;
    }
}

impl<T: PartialEq> Stated for Vec<Spanned<T>> {
    fn place(&self) -> Option<Span> {
        self.first().map(|stated| stated.span)
    }

    fn clear(&mut self) {
        Vec::clear(self);
    }

    fn places(&self) -> Vec<Span> {
        self.iter().map(|stated| stated.span).collect()
    }
}

impl Stated for Vec<Prose> {
    fn place(&self) -> Option<Span> {
        self.first().map(|prose| prose.source().span)
    }

    fn clear(&mut self) {
        Vec::clear(self);
    }

    fn places(&self) -> Vec<Span> {
        self.iter().map(|prose| prose.source().span).collect()
    }
}

impl Stated for Vec<AgendaItem> {
    fn place(&self) -> Option<Span> {
        self.first().map(|item| item.title.span)
    }

    fn clear(&mut self) {
        Vec::clear(self);
    }

    fn places(&self) -> Vec<Span> {
        self.iter().map(|item| item.title.span).collect()
    }
}

impl Stated for Vec<Link> {
    fn place(&self) -> Option<Span> {
        self.first().map(|link| link.url.span)
    }

    fn clear(&mut self) {
        Vec::clear(self);
    }

    fn places(&self) -> Vec<Span> {
        self.iter().map(|link| link.url.span).collect()
    }
}

impl Stated for Vec<Deadline> {
    fn place(&self) -> Option<Span> {
        self.first().map(|deadline| deadline.date.span)
    }

    fn clear(&mut self) {
        Vec::clear(self);
    }

    fn places(&self) -> Vec<Span> {
        self.iter().map(|deadline| deadline.date.span).collect()
    }
}

/// All fields of a record that two files can state.
pub(super) trait Fields {
    /// Takes what a later part states.
    fn fill(&mut self, later: Self, judge: &mut Judge<'_>);
    /// Takes away a field, and gives the place where it was stated.
    fn clear(&mut self, field: &str) -> Option<Span>;
    /// Gives the fields that are stated, with their places: several for a list.
    fn stated(&self) -> Vec<(&'static str, Vec<Span>)>;
}

/// Fills one field; where both are stated the judge says which one holds.
pub(super) fn field<F: Stated>(known: &mut F, later: F, name: &'static str, judge: &mut Judge<'_>) {
    let Some(place) = later.place() else { return };
    let Some(first) = known.place() else {
        *known = later;
        judge.took(name);
        return;
    };
    let same = *known == later;
    let (takes, why) = judge.takes_later(name, first, place, same);
    if judge.contests.is_some() {
        let (won, lost) = if takes { (later.places(), known.places()) } else { (known.places(), later.places()) };
        judge.note(Contest { field: name, won, lost, same, why });
    }
    if takes {
        *known = later;
        judge.took(name);
    }
}

macro_rules! fields {
    ($type:ty; $($field:ident = $name:literal,)+) => {
        impl Fields for $type {
            fn fill(&mut self, mut later: Self, judge: &mut Judge<'_>) {
                // A correction is about its field alone.
                if judge.why != Why::Corrected {
                    self.bind(&mut later, judge);
                }
                $(field(&mut self.$field, later.$field, $name, judge);)+
            }

            fn clear(&mut self, field: &str) -> Option<Span> {
                match field {
                    $($name => {
                        let place = self.$field.place();
                        Stated::clear(&mut self.$field);
                        place
                    })+
                    _ => None,
                }
            }

            fn stated(&self) -> Vec<(&'static str, Vec<Span>)> {
                let fields = [$(($name, self.$field.places()),)+];
                fields.into_iter().filter(|(_, places)| !places.is_empty()).collect()
            }
        }
    };
}

fields! { Session;
    title = "title", series = "series", kind = "kind", status = "status", date = "date", start = "start", end = "end",
    duration = "duration", end_date = "end-date", timezone = "timezone", place = "place", room = "room",
    country = "country", url = "url", online_url = "online-url", action = "action", image = "image",
    image_alt = "image-alt", image_size = "image-size", qr = "qr", language = "language", organiser = "organiser",
    moderators = "moderators", speakers = "speakers", summary = "summary", key_messages = "key-messages",
    agenda = "agenda", links = "links", tags = "tags",
}

fields! { Call;
    title = "title", programme = "programme", funder = "funder", kind = "kind", opens = "opens",
    deadlines = "deadlines", time = "time", timezone = "timezone", budget = "budget", grant_min = "grant-min",
    grant_max = "grant-max", rate = "rate", eligibility = "eligibility", countries = "countries", url = "url", qr = "qr",
    summary = "summary", contact = "contact", tags = "tags", status = "status",
}

fields! { News;
    title = "title", date = "date", end_date = "end-date", place = "place", action = "action", url = "url",
    summary = "summary", tags = "tags", expires = "expires", status = "status",
}

fields! { Person;
    name = "name", role = "role", organisation = "organisation", url = "url", email = "email", phone = "phone",
    notes = "notes", public = "public",
}
