//! What merging looks at in sessions, calls, news and people.

use super::fill::Fields;
use super::instants::Way;
use super::part::{Instead, Part};
use crate::model::cell::Cells;
use crate::model::row::Row;
use crate::model::table::Table;
use crate::model::{Address, Call, Date, Deadline, News, Person, Session, Time, Version, Zone};
use crate::source::{Span, Spanned, Text};

impl Part for Session {
    const TABLE: Table = Table::Sessions;
    type Body = Session;

    fn blank(span: Span) -> Self {
        Session::empty(span)
    }

    fn decode(row: Row<'_>, cells: &mut Cells<'_>) -> Self {
        Session::decode(row, cells)
    }

    fn id(&self) -> Option<&Text> {
        Some(&self.id).filter(|id| !id.value.is_empty())
    }

    fn set_id(&mut self, id: Text) {
        self.id = id;
    }

    fn title(&self) -> &Text {
        &self.title
    }

    fn day(&self) -> Option<Date> {
        Some(self.date?.value)
    }

    fn url(&self) -> Option<&Spanned<Address>> {
        self.url.as_ref()
    }

    fn zone(&self) -> Option<&Spanned<Zone>> {
        self.timezone.as_ref()
    }

    fn give_way(&mut self, field: &str, stated: bool) -> Instead {
        // An end that nobody stated is computed of the duration.
        match field {
            "end" => Fields::clear(self, "duration").into(),
            "duration" if stated => Fields::clear(self, "end").into(),
            _ => Instead::Nothing,
        }
    }

    fn tell_in(&mut self, way: Way<'_>) {
        way.session(self);
    }

    fn start(&self) -> Option<Time> {
        Some(self.start?.value)
    }

    fn marks(&self) -> [Option<&Text>; 2] {
        [self.room.as_ref(), self.place.as_ref()]
    }

    fn version(&self) -> Option<&Version> {
        self.version.as_deref()
    }

    fn version_mut(&mut self) -> &mut Option<Box<Version>> {
        &mut self.version
    }

    fn body(&self) -> &Session {
        self
    }

    fn body_mut(&mut self) -> &mut Session {
        self
    }

    fn into_body(self) -> Session {
        self
    }
}

impl Part for Box<Call> {
    const TABLE: Table = Table::Calls;
    type Body = Call;

    fn blank(span: Span) -> Self {
        Box::new(Call::empty(span))
    }

    fn decode(row: Row<'_>, cells: &mut Cells<'_>) -> Self {
        Box::new(Call::decode(row, cells))
    }

    fn id(&self) -> Option<&Text> {
        Some(&self.id).filter(|id| !id.value.is_empty())
    }

    fn set_id(&mut self, id: Text) {
        self.id = id;
    }

    fn title(&self) -> &Text {
        &self.title
    }

    fn day(&self) -> Option<Date> {
        Some(self.deadlines.first()?.date.value)
    }

    fn url(&self) -> Option<&Spanned<Address>> {
        self.url.as_ref()
    }

    fn zone(&self) -> Option<&Spanned<Zone>> {
        self.timezone.as_deref()
    }

    fn give_way(&mut self, field: &str, _stated: bool) -> Instead {
        let own = |deadline: &Deadline| match field {
            "time" => deadline.time.as_ref().map(|time| time.span),
            "timezone" => deadline.timezone.as_ref().map(|zone| zone.span),
            _ => None,
        };
        match self.deadlines.as_mut_slice() {
            [only] => {
                let lost = own(only);
                match field {
                    "time" => only.time = None,
                    "timezone" => only.timezone = None,
                    _ => {}
                }
                lost.into()
            }
            [] => Instead::Nothing,
            all if all.iter().all(|deadline| own(deadline).is_some()) => {
                Instead::Stays("each deadline has its own; correct `deadlines`")
            }
            _ => Instead::Nothing,
        }
    }

    fn tell_in(&mut self, way: Way<'_>) {
        way.call(self);
    }

    fn marks(&self) -> [Option<&Text>; 2] {
        [self.funder.as_ref(), self.programme.as_ref()]
    }

    fn version(&self) -> Option<&Version> {
        self.version.as_deref()
    }

    fn version_mut(&mut self) -> &mut Option<Box<Version>> {
        &mut self.version
    }

    fn body(&self) -> &Call {
        self
    }

    fn body_mut(&mut self) -> &mut Call {
        self
    }

    fn into_body(self) -> Call {
        *self
    }
}

impl Part for News {
    const TABLE: Table = Table::News;
    type Body = News;

    fn blank(span: Span) -> Self {
        News::empty(span)
    }

    fn decode(row: Row<'_>, cells: &mut Cells<'_>) -> Self {
        News::decode(row, cells)
    }

    fn id(&self) -> Option<&Text> {
        Some(&self.id).filter(|id| !id.value.is_empty())
    }

    fn set_id(&mut self, id: Text) {
        self.id = id;
    }

    fn title(&self) -> &Text {
        &self.title
    }

    fn day(&self) -> Option<Date> {
        Some(self.date?.value)
    }

    fn url(&self) -> Option<&Spanned<Address>> {
        self.url.as_ref()
    }

    fn marks(&self) -> [Option<&Text>; 2] {
        [self.place.as_ref(), None]
    }

    fn version(&self) -> Option<&Version> {
        self.version.as_deref()
    }

    fn version_mut(&mut self) -> &mut Option<Box<Version>> {
        &mut self.version
    }

    fn body(&self) -> &News {
        self
    }

    fn body_mut(&mut self) -> &mut News {
        self
    }

    fn into_body(self) -> News {
        self
    }
}

impl Part for Spanned<Person> {
    const TABLE: Table = Table::People;
    type Body = Person;

    fn blank(span: Span) -> Self {
        Spanned::new(Person::empty(span), span)
    }

    fn decode(row: Row<'_>, cells: &mut Cells<'_>) -> Self {
        Person::decode(row, cells)
    }

    fn id(&self) -> Option<&Text> {
        self.value.id.as_ref()
    }

    fn set_id(&mut self, id: Text) {
        self.value.id = Some(id);
    }

    fn title(&self) -> &Text {
        &self.value.name
    }

    fn day(&self) -> Option<Date> {
        None
    }

    fn url(&self) -> Option<&Spanned<Address>> {
        self.value.url.as_ref()
    }

    fn marks(&self) -> [Option<&Text>; 2] {
        [None, None]
    }

    fn version(&self) -> Option<&Version> {
        self.value.version.as_deref()
    }

    fn version_mut(&mut self) -> &mut Option<Box<Version>> {
        &mut self.value.version
    }

    fn body(&self) -> &Person {
        &self.value
    }

    fn body_mut(&mut self) -> &mut Person {
        &mut self.value
    }

    fn into_body(self) -> Person {
        self.value
    }
}
