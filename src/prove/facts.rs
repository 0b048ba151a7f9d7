//! Which facts each artifact has to say, made from the edition alone: not from what the templates are given.

use crate::fact::{Fact, Says};
use crate::locale::Locale;
use crate::model::call::END_OF_DAY;
use crate::model::{
    Address, AgendaKind, Call, Date, Deadline, Edition, Item, Money, News, Person, Session, State, Status, Time,
};
use crate::prose::{Block, Inline, Prose};
use crate::source::{Span, Spanned, Text};

mod paper;

/// What an artifact tells of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Everything that the mail has room for.
    Mail,
    /// Title, day and address.
    Title,
    /// Everything.
    Summary,
    /// Everything, with addresses that can be read; without prose where `[handout]` is `brief`.
    Paper,
}

impl Depth {
    /// Says whether it is set on pages.
    fn is_print(self) -> bool {
        matches!(self, Depth::Summary | Depth::Paper)
    }
}

/// Gathers the facts of one item.
pub struct Facts<'a> {
    edition: &'a Edition,
    locale: &'a Locale,
    /// Those so far.
    pub all: Vec<Fact<'a>>,
}

impl<'a> Facts<'a> {
    /// Starts with none.
    pub fn new(edition: &'a Edition, locale: &'a Locale) -> Self {
        Facts { edition, locale, all: Vec::new() }
    }

    /// Gathers those of an item.
    pub fn of(edition: &'a Edition, locale: &'a Locale, item: Item<'a>, depth: Depth) -> Vec<Fact<'a>> {
        let mut facts = Facts::new(edition, locale);
        match item {
            Item::Held(session) => facts.session(session, depth, true),
            Item::Coming(session) => facts.session(session, depth, false),
            Item::Call(call) => facts.call(call, depth),
            Item::News(news) => facts.news(news, depth),
        }
        facts.all
    }

    /// Adds what the newsletter says of itself.
    pub fn newsletter(&mut self) {
        let (edition, publisher) = (self.edition, &self.edition.publisher);
        self.text("title", &edition.title);
        self.optional("subtitle", &edition.subtitle);
        self.optional("number", &edition.number);
        self.say("date", vec![self.locale.date(edition.date)], edition.dated);
        self.optional("publisher", &publisher.name);
        self.optional("address", &publisher.address);
        self.optional("initiative", &publisher.initiative);
        self.address("url", &publisher.url);
        if let Some(email) = &publisher.email {
            self.say("email", vec![email.value.address.clone()], email.span);
        }
        self.prose("intro", &edition.mailing.intro);
    }

    /// Adds those of a session; what an agenda item says stands in [`Facts::agenda`].
    pub fn session(&mut self, session: &'a Session, depth: Depth, held: bool) {
        self.text("title", &session.title);
        self.days("date", session.date.as_ref(), session.end_date.as_ref());
        if depth == Depth::Title {
            self.address("url", &session.url);
            return;
        }
        self.time(session);
        for (field, text) in [
            ("kind", &session.kind),
            ("place", &session.place),
            ("room", &session.room),
            ("country", &session.country),
            ("organiser", &session.organiser),
            ("language", &session.language),
        ] {
            self.optional(field, text);
        }
        let own = session.series.as_ref().is_some_and(|series| series.as_str() == self.edition.title.as_str());
        if depth == Depth::Summary || !own {
            self.optional("series", &session.series);
        }
        self.persons("moderators", &session.moderators);
        self.persons("speakers", &session.speakers);
        self.prose("summary", &session.summary);
        for message in session.key_messages.iter().filter(|_| held) {
            self.pieces("key-messages", message);
        }
        self.address("url", &session.url);
        if depth == Depth::Summary || (!held && !session.is_off()) {
            self.address("online-url", &session.online_url);
        }
        for link in &session.links {
            self.optional("links", &link.label);
            self.address_at("links", &link.url);
        }
        if depth == Depth::Mail {
            self.called_off(session);
        }
        for item in session.agenda.iter().filter(|_| depth == Depth::Mail) {
            if let Some(start) = &item.start {
                let time = self.locale.time(start.value);
                self.say("start", vec![format!("{time} · {}", item.title)], start.span);
            }
        }
    }

    /// Adds that a session is cancelled or postponed.
    fn called_off(&mut self, session: &Session) {
        if let Some(status) = session.status.as_ref().filter(|_| session.is_off()) {
            let labels = &self.locale.labels;
            let word = if status.value == Status::Cancelled { &labels.cancelled } else { &labels.postponed };
            self.say("status", vec![word.clone()], status.span);
        }
    }

    /// Adds what an agenda says of one of its items.
    pub fn agenda(&mut self, session: &'a Session, at: usize, depth: Depth) {
        let item = &session.agenda[at];
        self.text("title", &item.title);
        // In the mail it stands before the title, and is proved together with that.
        if let Some(start) = item.start.as_ref().filter(|_| depth.is_print()) {
            self.say("start", vec![self.locale.time(start.value)], start.span);
        }
        self.persons("speakers", &item.speakers);
    }

    /// Adds what was said in an item of an agenda.
    pub fn body(&mut self, session: &'a Session, at: usize) {
        self.prose("body", &session.agenda[at].body);
    }

    /// Adds those of a call.
    pub fn call(&mut self, call: &'a Call, depth: Depth) {
        let (edition, locale) = (self.edition, self.locale);
        let (state, next) = call.standing(&edition.present());
        self.text("title", &call.title);
        if depth != Depth::Title || state != State::Open {
            self.say("status", vec![locale.state(state).to_owned()], cause(call, state, next));
        }
        if let (Some(next), Depth::Title) = (next, depth) {
            self.days("deadline", Some(&next.date), None);
        }
        self.address("url", &call.url);
        if depth == Depth::Title {
            return;
        }
        for deadline in &call.deadlines {
            self.deadline(deadline);
        }
        if let Some(opens) = call.opens.as_ref().filter(|_| state == State::Forthcoming) {
            self.say("opens", vec![locale.date(opens.value)], opens.span);
        }
        for (field, text) in [
            ("programme", &call.programme),
            ("funder", &call.funder),
            ("kind", &call.kind),
            ("rate", &call.rate),
            ("contact", &call.contact),
        ] {
            self.optional(field, text);
        }
        self.money("budget", call.budget.as_ref());
        self.money("grant-min", call.grant_min.as_deref());
        self.money("grant-max", call.grant_max.as_deref());
        call.countries.iter().for_each(|country| self.text("countries", country));
        if depth == Depth::Paper {
            self.readable("url", &call.url);
            self.code(&call.url, call.qr.as_ref().map(|qr| qr.value));
            if self.edition.print.brief {
                return;
            }
        }
        self.prose("summary", &call.summary);
        if let Some(eligibility) = &call.eligibility {
            self.pieces("eligibility", eligibility);
        }
    }

    fn deadline(&mut self, deadline: &'a Deadline) {
        self.days("deadline", Some(&deadline.date), None);
        let zone = deadline.timezone.as_ref().map_or(&self.edition.timezone, |zone| &zone.value);
        let date = deadline.date.value;
        match &deadline.time {
            Some(time) => self.say("time", vec![self.locale.times(zone, date, time.value, None)], time.span),
            None if *zone != self.edition.timezone => {
                self.say("timezone", vec![self.locale.zone(zone, date, END_OF_DAY)], deadline.date.span);
            }
            None => {}
        }
        self.optional("label", &deadline.label);
    }

    /// Adds those of a news item.
    pub fn news(&mut self, news: &'a News, depth: Depth) {
        self.text("title", &news.title);
        self.optional("action", &news.action);
        let first = if depth.is_print() { news.date.as_ref().or(news.end_date.as_ref()) } else { news.date.as_ref() };
        self.days("date", first, news.end_date.as_ref());
        self.address("url", &news.url);
        if depth == Depth::Paper {
            self.readable("url", &news.url);
        }
        if depth != Depth::Title {
            self.optional("place", &news.place);
            self.prose("summary", &news.summary);
        }
    }

    /// Adds the day or days, however they are said: in words, or in a date block.
    fn days(&mut self, field: &'static str, first: Option<&Spanned<Date>>, last: Option<&Spanned<Date>>) {
        let Some(Spanned { value: first, span }) = first.copied() else { return };
        let last = last.map_or(first, |last| last.value.max(first));
        let mut ways = vec![self.locale.date_range(first, last), self.block(first, last)];
        // A session that is told by its moments says each of its days.
        ways.push(format!("{}\n{}", self.locale.day_month(first), self.locale.date(last)));
        self.say(field, ways, span);
    }

    /// Says days as a date block does: `25–26 Sept 2024`.
    fn block(&self, first: Date, last: Date) -> String {
        let month = |date: Date| self.locale.month_short(date);
        let whole = |date: Date| format!("{} {} {}", date.day(), month(date), date.year());
        if first == last {
            whole(first)
        } else if (first.year(), first.month()) == (last.year(), last.month()) {
            format!("{}–{}", first.day(), whole(last))
        } else if first.year() == last.year() {
            format!("{} {} – {}", first.day(), month(first), whole(last))
        } else {
            format!("{} – {}", whole(first), whole(last))
        }
    }

    /// Adds the time of a session; without a day nobody can say whether summer time is in force.
    fn time(&mut self, session: &'a Session) {
        let (Some(date), Some(start)) = (&session.date, &session.start) else { return };
        let (zone, locale) = (self.edition.zone(session), self.locale);
        let end: Option<Time> = session.end.as_ref().map(|end| end.value);
        let last = session.end_date.as_ref().map(|last| last.value).filter(|last| *last > date.value);
        let ways = match (last, end) {
            (Some(last), Some(end)) => vec![
                locale.times_over_days(zone, date.value, start.value, last, end),
                locale.moments(zone, date.value, start.value, last, end),
            ],
            _ => vec![locale.times(zone, date.value, start.value, end)],
        };
        self.say("start", ways, start.span);
    }

    fn money(&mut self, field: &'static str, money: Option<&Spanned<Money>>) {
        if let Some(money) = money {
            self.say(field, vec![self.locale.money(&money.value)], money.span);
        }
    }

    fn persons(&mut self, field: &'static str, persons: &'a [Spanned<Person>]) {
        for person in persons.iter().map(|person| &person.value) {
            self.text(field, &person.name);
            self.optional("role", &person.role);
            self.optional("organisation", &person.organisation);
            self.address("url", &person.url);
        }
    }

    fn address(&mut self, field: &'static str, address: &'a Option<Spanned<Address>>) {
        if let Some(address) = address {
            self.address_at(field, address);
        }
    }

    fn address_at(&mut self, field: &'static str, address: &'a Spanned<Address>) {
        self.all.push(Fact { field, says: Says::Address(address.value.as_str()), span: address.span });
    }

    fn optional(&mut self, field: &'static str, text: &'a Option<Text>) {
        if let Some(text) = text {
            self.text(field, text);
        }
    }

    fn text(&mut self, field: &'static str, text: &'a Text) {
        self.say(field, vec![text.as_str().to_owned()], text.span);
    }

    fn say(&mut self, field: &'static str, ways: Vec<String>, span: Span) {
        self.all.push(Fact { field, says: Says::Words(ways), span });
    }

    fn prose(&mut self, field: &'static str, prose: &'a Option<Prose>) {
        if let Some(prose) = prose {
            self.pieces(field, prose);
        }
    }

    fn pieces(&mut self, field: &'static str, prose: &'a Prose) {
        let mut pieces = Vec::new();
        prose.blocks().iter().for_each(|block| collect(block, &mut pieces));
        self.all.push(Fact { field, says: Says::Prose(pieces), span: prose.source().span });
    }
}

/// Gives the cell that a call's state follows from: the one that states it, the day it opens, its next deadline.
fn cause(call: &Call, state: State, next: Option<&Deadline>) -> Span {
    let stated = call.status.as_ref().map(|status| status.span);
    let opens = call.opens.as_ref().map(|opens| opens.span).filter(|_| state == State::Forthcoming || next.is_none());
    stated.or(opens).or(next.map(|next| next.date.span)).unwrap_or(call.title.span)
}

/// Says whether the sections of a session list the edition's calls, or its news.
pub fn lists(session: &Session, kind: AgendaKind) -> bool {
    session.agenda.iter().any(|item| item.kind.as_ref().is_some_and(|one| one.value == kind))
}

/// Collects the letters of a block, in pieces that are set in one go.
fn collect(block: &Block, pieces: &mut Vec<String>) {
    match block {
        Block::Paragraph(inlines) | Block::Heading(_, inlines) => collect_inlines(inlines, pieces),
        Block::List(_, items) => items.iter().flatten().for_each(|block| collect(block, pieces)),
        // In the text part a sign stands before each of its lines, so its words are set one by one.
        Block::Quote(blocks) => {
            let mut inside = Vec::new();
            blocks.iter().for_each(|block| collect(block, &mut inside));
            pieces.extend(inside.iter().flat_map(|piece| piece.split_whitespace()).map(str::to_owned));
        }
        Block::Code(text) => pieces.extend(text.lines().map(str::to_owned)),
        Block::Table(table) => {
            let cells = table.head.iter().chain(table.rows.iter().flatten());
            cells.for_each(|cell| collect_inlines(cell, pieces));
        }
        Block::Rule => {}
    }
}

fn collect_inlines(inlines: &[Inline], pieces: &mut Vec<String>) {
    for inline in inlines {
        match inline {
            // The mail takes a full stop away where the words stand in a line of facts.
            Inline::Text(text) | Inline::Code(text) => pieces.push(text.trim_end().trim_end_matches('.').to_owned()),
            Inline::Emph(inner) | Inline::Strong(inner) | Inline::Link(_, inner) => collect_inlines(inner, pieces),
            Inline::Break => {}
        }
    }
}
