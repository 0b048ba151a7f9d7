//! What has to stand on printed sheets, each fact where a reader looks for it: in the masthead, under a heading, with a
//! talk.

use crate::fact::{Fact, Says};
use crate::model::{Address, Date, Edition, Person, Session, Status};
use crate::source::{Span, Spanned, Text};

use super::{Depth, Facts};

/// An address with more characters may be said by its host: nobody would type it.
const TYPED: usize = 64;

impl<'a> Facts<'a> {
    /// Adds what the handout says of itself.
    pub fn masthead(&mut self) {
        let edition = self.edition;
        self.optional("publisher", &edition.publisher.name);
        self.text("title", &edition.title);
        self.optional("subtitle", &edition.subtitle);
        let (first, last, span) = days(edition);
        self.say("date", vec![self.locale.date_range(first, last)], span);
    }

    /// Adds who publishes it.
    pub fn contact(&mut self) {
        let publisher = &self.edition.publisher;
        self.optional("publisher", &publisher.name);
        self.optional("address", &publisher.address);
        self.optional("initiative", &publisher.initiative);
        self.address("url", &publisher.url);
        self.readable("url", &publisher.url);
        self.code(&publisher.url, None);
        if let Some(email) = &publisher.email {
            self.say("email", vec![email.value.address.clone()], email.span);
        }
    }

    /// Adds the day under whose heading a session stands.
    pub fn day(&mut self, session: &Session) {
        if let Some(date) = &session.date {
            self.say("date", vec![self.locale.weekday(date.value)], date.span);
        }
    }

    /// Gives the zone of a session's times, which may be said once for all of a day.
    pub fn zone(&self, session: &Session) -> Option<String> {
        let (date, start) = (session.date?.value, session.start?.value);
        Some(self.locale.zone(self.edition.zone(session), date, start))
    }

    /// Adds the series of a session; it may stand in the heading of its track.
    pub fn series(&mut self, session: &'a Session) {
        self.optional("series", &session.series);
    }

    /// Adds what is seen of a session at a door; `bare` where its heading says the zone.
    pub fn line(&mut self, session: &'a Session, bare: bool) {
        self.text("title", &session.title);
        self.hours(session, bare);
        self.called_off(session);
    }

    /// Adds the room.
    pub fn room(&mut self, session: &'a Session) {
        self.optional("room", &session.room);
    }

    /// Adds room and place.
    pub fn place(&mut self, session: &'a Session) {
        for (field, text) in [("room", &session.room), ("place", &session.place), ("country", &session.country)] {
            self.optional(field, text);
        }
    }

    /// Adds what a programme says beside the title of a session.
    pub fn talk(&mut self, session: &'a Session, bare: bool) {
        self.line(session, bare);
        self.place(session);
        self.optional("kind", &session.kind);
        self.optional("language", &session.language);
    }

    /// Adds what it says beneath.
    pub fn told(&mut self, session: &'a Session) {
        self.persons("speakers", &session.speakers);
        self.persons("moderators", &session.moderators);
        self.optional("organiser", &session.organiser);
        self.address("url", &session.url);
        self.readable("url", &session.url);
        self.code(&session.url, session.qr.map(|qr| qr.value));
        if self.edition.print.brief {
            return;
        }
        self.prose("summary", &session.summary);
        self.address("online-url", &session.online_url);
        self.readable("online-url", &session.online_url);
        for link in &session.links {
            self.optional("links", &link.label);
            self.address_at("links", &link.url);
            self.typed("links", &link.url);
        }
    }

    /// Adds those who are named at a door.
    pub fn speakers(&mut self, session: &'a Session) {
        self.persons("speakers", &session.speakers);
    }

    /// Adds an item of a talk's agenda, with what is said about it.
    pub fn agenda_line(&mut self, session: &'a Session, at: usize) {
        self.agenda(session, at, Depth::Paper);
        if !self.edition.print.brief {
            self.body(session, at);
        }
    }

    /// Adds what is to be taken home from a session that was held.
    pub fn messages(&mut self, session: &'a Session) {
        self.text("title", &session.title);
        self.days("date", session.date.as_ref(), session.end_date.as_ref());
        self.time(session);
        self.place(session);
        self.persons("speakers", &session.speakers);
        self.address("url", &session.url);
        self.readable("url", &session.url);
        if !self.edition.print.brief {
            self.prose("summary", &session.summary);
        }
        session.key_messages.iter().for_each(|message| self.pieces("key-messages", message));
    }

    /// Adds what the head of a speaker's sheet says; what one mention leaves out, another may tell.
    pub fn person(&mut self, mentions: &[&'a Person]) {
        let Some(first) = mentions.first() else { return };
        self.text("name", &first.name);
        for (field, has) in
            [("role", (|one| &one.role) as fn(&Person) -> &Option<Text>), ("organisation", |one| &one.organisation)]
        {
            let told: Vec<&Text> = mentions.iter().filter_map(|one| has(one).as_ref()).collect();
            if let Some(first) = told.first() {
                self.say(field, told.iter().map(|text| text.as_str().to_owned()).collect(), first.span);
            }
        }
        if let Some(one) = mentions.iter().find(|one| one.url.is_some()) {
            self.address("url", &one.url);
            self.readable("url", &one.url);
            self.code(&one.url, None);
        }
    }

    /// Adds what a grid of times and rooms says of a session that is in one, of a long title its first words; with its
    /// `room` where no head of a column is known to say that.
    pub fn slot(&mut self, session: &Session, room: Option<&Text>) {
        let Some(start) = &session.start else { return };
        let time = self.locale.time(start.value);
        let title = session.title.as_str();
        let cuts = title.match_indices(' ').map(|(end, _)| format!("{}…", &title[..end]));
        let labels = &self.locale.labels;
        let state = match session.status.as_ref().filter(|_| session.is_off()).map(|status| status.value) {
            Some(Status::Cancelled) => labels.cancelled.as_str(),
            Some(_) => labels.postponed.as_str(),
            None => "",
        };
        let before = if state.is_empty() { time } else { format!("{time} {state}") };
        let room = room.map(|room| format!("\n{room}")).unwrap_or_default();
        let ways = std::iter::once(title.to_owned()).chain(cuts);
        self.say("start", ways.map(|title| format!("{before} {title}{room}")).collect(), start.span);
    }

    /// Adds that an index names somebody or something.
    pub fn entry(&mut self, field: &'static str, name: &'a Text) {
        self.text(field, name);
    }

    /// Adds the line in which it says that, with the pages.
    pub fn entry_line(&mut self, field: &'static str, name: &'a Text, line: String) {
        self.say(field, vec![line], name.span);
    }

    /// Adds when a session is on its day, and its last day.
    fn hours(&mut self, session: &Session, bare: bool) {
        let (Some(date), locale) = (&session.date, self.locale) else { return };
        let (zone, first) = (self.edition.zone(session), date.value);
        let (start, end) = (session.start.map(|start| start.value), session.end.map(|end| end.value));
        let over_days = |last, end| start.map(|start| locale.times_over_days(zone, first, start, last, end));
        let last = session.end_date.as_ref().filter(|last| last.value > first);
        let over = last.and_then(|last| over_days(last.value, end?));
        if let Some(last) = last {
            self.say("end-date", vec![over.clone().unwrap_or_else(|| locale.date_range(first, last.value))], last.span);
        }
        if let Some(at) = &session.start {
            let end = end.filter(|end| *end != at.value && last.is_none());
            let alone = end.map_or_else(|| locale.time(at.value), |end| locale.time_range(at.value, end));
            let whole = over.unwrap_or_else(|| locale.times(zone, first, at.value, end));
            // Where the clocks are changed on the way, hours alone say too little.
            let changes = end.is_some_and(|end| zone.changes((first, at.value), (first, end)));
            let ways = [whole].into_iter().chain((bare && !changes).then_some(alone));
            // A time over days says its zone itself.
            let ways = if last.is_some() && session.end.is_some() { ways.take(1).collect() } else { ways.collect() };
            self.say("start", ways, at.span);
        }
    }

    /// Adds the QR code of an address, where config or record want one; `asked` is what the record says.
    pub(super) fn code(&mut self, address: &'a Option<Spanned<Address>>, asked: Option<bool>) {
        if let Some(address) = address.as_ref().filter(|_| self.edition.print.codes.wants(asked)) {
            self.all.push(Fact { field: "qr", says: Says::Code(address.value.as_str()), span: address.span });
        }
    }

    /// Adds an address as one reads and types it.
    pub(super) fn readable(&mut self, field: &'static str, address: &Option<Spanned<Address>>) {
        if let Some(address) = address {
            self.typed(field, address);
        }
    }

    fn typed(&mut self, field: &'static str, address: &Spanned<Address>) {
        let whole = address.value.as_str();
        let bare = whole.split_once("://").or(whole.split_once(':')).map_or(whole, |(_, bare)| bare);
        let bare = bare.trim_end_matches('/');
        let host = address.value.whole_host().filter(|_| bare.chars().count() > TYPED);
        self.say(field, vec![host.unwrap_or_else(|| bare.to_owned())], address.span);
    }
}

/// Gives the first and the last day of what is to come, and where the first one stands; the edition's where nothing is.
fn days(edition: &Edition) -> (Date, Date, Span) {
    let dates = edition.coming.iter().filter_map(|session| session.date);
    let first = dates.min_by_key(|date| date.value);
    let last = edition.coming.iter().filter_map(Session::last_day).max();
    let days = first.zip(last).map(|(first, last)| (first.value, last, first.span));
    days.unwrap_or((edition.date, edition.date, edition.dated))
}
