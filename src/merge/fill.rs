//! One record told in two parts: what one leaves empty comes from the other, what differs is told with both places.

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::model::session::{AgendaItem, Link};
use crate::model::{Call, Deadline, News, Person, Session};
use crate::prose::Prose;
use crate::source::{Span, Spanned, Text};

/// A field that may be empty.
pub(super) trait Stated: PartialEq {
    /// Where it was stated; `None`: it is empty.
    fn place(&self) -> Option<Span>;
}

impl<T: PartialEq> Stated for Option<Spanned<T>> {
    fn place(&self) -> Option<Span> {
        self.as_ref().map(|stated| stated.span)
    }
}

impl<T: PartialEq> Stated for Option<Box<Spanned<T>>> {
    fn place(&self) -> Option<Span> {
        self.as_ref().map(|stated| stated.span)
    }
}

impl Stated for Text {
    fn place(&self) -> Option<Span> {
        (!self.value.is_empty()).then_some(self.span)
    }
}

impl Stated for Option<Box<Prose>> {
    fn place(&self) -> Option<Span> {
        self.as_ref().map(|prose| prose.source().span)
    }
}

impl Stated for Option<Prose> {
    fn place(&self) -> Option<Span> {
        self.as_ref().map(|prose| prose.source().span)
    }
}

impl<T: PartialEq> Stated for Vec<Spanned<T>> {
    fn place(&self) -> Option<Span> {
        self.first().map(|stated| stated.span)
    }
}

impl Stated for Vec<Prose> {
    fn place(&self) -> Option<Span> {
        self.first().map(|prose| prose.source().span)
    }
}

impl Stated for Vec<AgendaItem> {
    fn place(&self) -> Option<Span> {
        self.first().map(|item| item.title.span)
    }
}

impl Stated for Vec<Link> {
    fn place(&self) -> Option<Span> {
        self.first().map(|link| link.url.span)
    }
}

impl Stated for Vec<Deadline> {
    fn place(&self) -> Option<Span> {
        self.first().map(|deadline| deadline.date.span)
    }
}

/// Fills one field; where both are stated and differ, the later wins and both places are told.
pub(super) fn field<F: Stated>(known: &mut F, later: F, name: &str, report: &mut Report) {
    let Some(place) = later.place() else { return };
    if let Some(first) = known.place()
        && *known != later
    {
        report.add(
            Diagnostic::warning(Code::ConflictingValues, format!("two rows give `{name}` of one record differently"))
                .at(place, "this one is used")
                .at(first, "this one is not")
                .help("make both the same, or empty one of the two"),
        );
    }
    *known = later;
}

macro_rules! fill {
    ($known:ident, $later:ident, $report:ident; $($field:ident = $name:literal,)+) => {
        $(field(&mut $known.$field, $later.$field, $name, $report);)+
    };
}

pub(super) fn session(known: &mut Session, later: Session, report: &mut Report) {
    fill!(known, later, report;
        title = "title", series = "series", kind = "kind", status = "status", date = "date", start = "start",
        end = "end", end_date = "end-date", timezone = "timezone", place = "place", room = "room",
        country = "country", url = "url", online_url = "online-url", action = "action", image = "image", image_alt = "image-alt", image_size = "image-size", qr = "qr", language = "language",
        organiser = "organiser", moderators = "moderators", speakers = "speakers", summary = "summary",
        key_messages = "key-messages", agenda = "agenda", links = "links", tags = "tags",
    );
}

pub(super) fn call(known: &mut Call, later: Call, report: &mut Report) {
    fill!(known, later, report;
        title = "title", programme = "programme", funder = "funder", kind = "kind", opens = "opens",
        deadlines = "deadlines", time = "time", timezone = "timezone", budget = "budget", grant_min = "grant-min", grant_max = "grant-max", rate = "rate",
        eligibility = "eligibility", countries = "countries", url = "url", qr = "qr", summary = "summary", contact = "contact",
        tags = "tags", status = "status",
    );
}

pub(super) fn news(known: &mut News, later: News, report: &mut Report) {
    fill!(known, later, report;
        title = "title", date = "date", end_date = "end-date", place = "place", action = "action", url = "url",
        summary = "summary", tags = "tags", expires = "expires",
    );
}

pub(super) fn person(known: &mut Person, later: Person, report: &mut Report) {
    fill!(known, later, report; name = "name", role = "role", organisation = "organisation", url = "url",);
}
