//! A call: for proposals, tenders, prizes or papers, with its deadlines.

use jiff::Timestamp;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::cell::{Cells, YES};
use crate::model::row::Row;
use crate::model::table::Table;
use crate::model::value::Moment;
use crate::model::{Address, Clock, Date, Money, Time, Unpublished, Version, Zone};
use crate::prose::Prose;
use crate::record::Value;
use crate::source::{Span, Spanned, Str, Text};

/// When a deadline without a time ends, as far as the name of its zone goes.
pub const END_OF_DAY: Time = Time::constant(23, 59, 0, 0);

/// Where a call stands on a given day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Open, and its next deadline is near.
    ClosingSoon,
    /// Open.
    Open,
    /// Not open yet.
    Forthcoming,
    /// Its last deadline has passed.
    Closed,
    /// Halted by its funder.
    Suspended,
    /// Nobody outside may see it; never printed.
    Unpublished(Unpublished),
}

/// One call. What few calls have is in boxes: a table may have a hundred thousand rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// Names it; stable from one edition to the next.
    pub id: Text,
    /// Never empty once merged.
    pub title: Text,
    /// The programme that it belongs to.
    pub programme: Option<Text>,
    /// Who pays.
    pub funder: Option<Text>,
    /// Grant, tender, prize, papers, …: the user's own word.
    pub kind: Option<Text>,
    /// First day on which one can apply.
    pub opens: Option<Spanned<Date>>,
    /// By instant; empty where none is known.
    pub deadlines: Vec<Deadline>,
    /// The time of deadlines that have none of their own.
    pub time: Option<Box<Clock>>,
    /// The zone of deadlines that have none of their own; the edition's where empty.
    pub timezone: Option<Box<Spanned<Zone>>>,
    /// All the money of the call.
    pub budget: Option<Spanned<Money>>,
    /// Least money for one project.
    pub grant_min: Option<Box<Spanned<Money>>>,
    /// Most money for one project.
    pub grant_max: Option<Box<Spanned<Money>>>,
    /// Share of the cost that is paid, as written (`70 %`).
    pub rate: Option<Text>,
    /// Who can apply.
    pub eligibility: Option<Box<Prose>>,
    /// From which countries.
    pub countries: Vec<Text>,
    /// Page about it.
    pub url: Option<Spanned<Address>>,
    /// Whether its address gets a QR code on paper; as `[handout]` says where empty.
    pub qr: Option<Box<Spanned<bool>>>,
    /// What it is about.
    pub summary: Option<Prose>,
    /// Whom to ask.
    pub contact: Option<Text>,
    /// Words to find it by.
    pub tags: Vec<Text>,
    /// Overrides what the dates say: [`State::Suspended`], [`State::Closed`] or [`State::Unpublished`].
    pub status: Option<Spanned<State>>,
    /// Which of several rows about it this one was.
    pub version: Option<Box<Version>>,
}

/// One deadline of a call.
#[derive(Debug, Clone, PartialEq)]
pub struct Deadline {
    /// Which one: `first cut-off`.
    pub label: Option<Text>,
    /// The day, in `timezone`.
    pub date: Spanned<Date>,
    /// The time of day; the end of the day where none is given.
    pub time: Option<Clock>,
    /// Its own zone; the edition's where empty.
    pub timezone: Option<Box<Spanned<Zone>>>,
}

impl Deadline {
    /// Gives the very instant, in `zone` where it has none of its own. Without a time it is the end of that day.
    pub fn instant(&self, zone: &Zone) -> Timestamp {
        let zone = self.timezone.as_ref().map_or(zone, |z| &z.value);
        match self.time {
            Some(time) => zone.instant(self.date.value, time.value),
            None => zone.end_of(self.date.value),
        }
    }

    /// Says whether it has not passed.
    fn is_ahead(&self, present: &Present<'_>) -> bool {
        // More than two days after a day, it has not passed on that day anywhere on Earth.
        days(present.today, self.date.value) > 2 || self.instant(present.zone) > present.now
    }
}

/// When and where it is asked how calls stand.
#[derive(Debug, Clone, Copy)]
pub struct Present<'z> {
    now: Timestamp,
    zone: &'z Zone,
    /// The day that it is there.
    today: Date,
    soon: i32,
}

impl<'z> Present<'z> {
    /// It is `now`, in `zone` for what has none of its own. A deadline within `soon` days (counted on the calendar of
    /// its own zone) is closing soon.
    pub fn new(now: Timestamp, zone: &'z Zone, soon: i32) -> Present<'z> {
        Present { now, zone, today: zone.date_at(now), soon }
    }
}

/// Counts the days from one to another.
fn days(from: Date, to: Date) -> i64 {
    to.duration_since(from).as_hours() / 24
}

impl Call {
    /// Gives the next deadline that has not passed, or the last one.
    pub fn next_deadline(&self, present: &Present<'_>) -> Option<&Deadline> {
        self.ahead(present).or(self.deadlines.last())
    }

    fn ahead(&self, present: &Present<'_>) -> Option<&Deadline> {
        self.deadlines.iter().find(|deadline| deadline.is_ahead(present))
    }

    /// Computes where the call stands, and gives its next deadline.
    pub fn standing(&self, present: &Present<'_>) -> (State, Option<&Deadline>) {
        let ahead = self.ahead(present);
        let next = ahead.or(self.deadlines.last());
        let state = match &self.status {
            Some(status) => status.value,
            None if ahead.is_none() && next.is_some() => State::Closed,
            None => self.state_until(next, present),
        };
        (state, next)
    }

    /// Computes where a call stands whose next deadline has not passed.
    fn state_until(&self, next: Option<&Deadline>, present: &Present<'_>) -> State {
        let own = next.and_then(|d| d.timezone.as_ref()).or(self.timezone.as_ref());
        let today = own.map_or(present.today, |own| own.value.date_at(present.now));
        if self.opens.as_ref().is_some_and(|opens| opens.value > today) {
            return State::Forthcoming;
        }
        match next {
            Some(d) if days(today, d.date.value) <= i64::from(present.soon) => State::ClosingSoon,
            _ => State::Open,
        }
    }
}

/// Gives every word of a status. That a call is open says nothing: its dates do.
fn statuses() -> Vec<(&'static str, Option<State>)> {
    let unpublished = Unpublished::WORDS.map(|(word, why)| (word, Some(State::Unpublished(why))));
    let stated = [
        ("suspended", Some(State::Suspended)),
        ("closed", Some(State::Closed)),
        ("geschlossen", Some(State::Closed)),
        ("fermé", Some(State::Closed)),
        ("open", None),
        ("offen", None),
        ("ouvert", None),
    ];
    unpublished.into_iter().chain(stated).collect()
}

impl Call {
    /// Starts a call of which nothing is known.
    pub fn empty(span: Span) -> Call {
        let nothing = Text::new(Str::new(), span);
        Call {
            id: nothing.clone(),
            title: nothing,
            programme: None,
            funder: None,
            kind: None,
            opens: None,
            deadlines: Vec::new(),
            time: None,
            timezone: None,
            budget: None,
            grant_min: None,
            grant_max: None,
            rate: None,
            eligibility: None,
            countries: Vec::new(),
            url: None,
            qr: None,
            summary: None,
            contact: None,
            tags: Vec::new(),
            status: None,
            version: None,
        }
    }

    /// Decodes a row. A title or id may still be missing: another file may have it.
    pub fn decode(row: Row<'_>, cells: &mut Cells<'_>) -> Call {
        let mut call = Call::empty(row.span);
        let zone = row.cells.iter().find(|(field, _)| *field == "timezone");
        call.timezone = zone.and_then(|(field, value)| cells.zone(value, field)).map(Box::new);
        let zone = call.timezone.as_ref().map(|zone| zone.value.clone());
        let mut single = None;
        for (field, value) in &row.cells {
            match *field {
                "id" => call.id = cells.line(value, field).unwrap_or(call.id),
                "title" => call.title = cells.required(value, field).unwrap_or(call.title),
                "programme" => call.programme = cells.line(value, field),
                "funder" => call.funder = cells.line(value, field),
                "kind" => call.kind = cells.line(value, field),
                "opens" => call.opens = cells.date(value, field),
                "deadline" => single = cells.moment(value, field, zone.as_ref()),
                "deadlines" => call.deadlines = decode_deadlines(value, zone.as_ref(), cells),
                "time" => call.time = cells.clock(value, field, zone.as_ref()).map(|(_, time)| Box::new(time)),
                "timezone" => {}
                "budget" => call.budget = cells.money(value, field),
                "grant-min" => call.grant_min = cells.money(value, field).map(Box::new),
                "grant-max" => call.grant_max = cells.money(value, field).map(Box::new),
                "rate" => call.rate = cells.rate(value, field),
                "eligibility" => call.eligibility = cells.prose(value, field).map(Box::new),
                "countries" => call.countries = cells.lines(value, field),
                "url" => call.url = cells.url(value, field),
                "qr" => call.qr = cells.word(value, field, YES).map(Box::new),
                "summary" => call.summary = cells.prose(value, field),
                "contact" => call.contact = cells.line(value, field),
                "tags" => call.tags = cells.lines(value, field),
                "status" => {
                    let status = cells.word(value, field, &statuses());
                    call.status = status.and_then(|status| Some(status.with(status.value?)));
                }
                "updated" => Version::take_updated(&mut call.version, value, cells),
                "lang" => Version::take_lang(&mut call.version, value, cells),
                other => unreachable!("`{other}` is a field of the table, so it has an arm here"),
            }
        }
        if let Some(moment) = single {
            // Exactly one: a list that grows takes room for four, which a hundred thousand calls would feel.
            call.deadlines.reserve_exact(1);
            call.deadlines.push(Deadline::of(moment));
        }
        call
    }

    /// Gives deadlines what they take from the call, makes one of those that are told twice, and puts them in order.
    /// `zone` is that of calls without one of their own.
    pub fn settle(&mut self, zone: &Zone) {
        for deadline in &mut self.deadlines {
            deadline.time = deadline.time.or(self.time.as_deref().copied());
            if deadline.timezone.is_none() {
                deadline.timezone = self.timezone.clone();
            }
        }
        if self.deadlines.len() < 2 {
            return;
        }
        // One that says more stands before one that says less of the same day.
        self.deadlines.sort_by_key(|d| (d.date.value, d.label.is_none(), d.time.is_none()));
        self.deadlines.dedup_by(|later, kept| later.says_no_more_than(kept));
        self.deadlines.sort_by_key(|deadline| deadline.instant(zone));
    }
}

impl Call {
    /// Tells a call that opens after its last deadline: mostly the year of one of them is wrong, and then it may be that
    /// no edition shows it.
    pub fn check_order(&self, cells: &mut Cells<'_>) {
        let (Some(opens), Some(last)) = (&self.opens, self.deadlines.last()) else { return };
        if opens.value > last.date.value {
            cells.report.add(
                Diagnostic::warning(Code::DeadlineOrder, "the deadline is before the call opens")
                    .at(last.date.span, "")
                    .at(opens.span, "opens here")
                    .help("correct one of the two")
                    .of(&self.id.value),
            );
        }
    }
}

impl Deadline {
    fn of(moment: Spanned<Moment>) -> Deadline {
        Deadline { label: None, date: moment.with(moment.value.date), time: Clock::of(moment), timezone: None }
    }

    /// Says whether all that it states is stated by another one too.
    pub fn says_no_more_than(&self, other: &Deadline) -> bool {
        let label = self.label.is_none() || self.label == other.label;
        let time = self.time.is_none() || self.time == other.time;
        let timezone = self.timezone.is_none() || self.timezone == other.timezone;
        self.date == other.date && label && time && timezone
    }

    /// Decodes a row of `deadlines` of a call in `zone`.
    pub fn decode(row: &Row<'_>, zone: Option<&Zone>, cells: &mut Cells<'_>) -> Option<Deadline> {
        let own = row.cells.iter().find(|(field, _)| *field == "timezone");
        let timezone = own.and_then(|(field, value)| cells.zone(value, field));
        let zone = timezone.as_ref().map(|zone| &zone.value).or(zone).cloned();
        let (mut label, mut moment, mut time, mut stated) = (None, None, None, false);
        for (field, value) in &row.cells {
            match *field {
                "call" => {}
                "label" => label = cells.line(value, field),
                "date" => {
                    stated = true;
                    moment = cells.moment(value, field, zone.as_ref());
                }
                "time" => time = cells.clock(value, field, zone.as_ref()).map(|(_, time)| time),
                "timezone" => {}
                other => unreachable!("`{other}` is a field of the table, so it has an arm here"),
            }
        }
        if !stated {
            cells.missing(Table::Deadlines, "date", row.span, "give each deadline its date");
        }
        let deadline = Deadline::of(moment?);
        Some(Deadline { label, time: time.or(deadline.time), timezone: timezone.map(Box::new), ..deadline })
    }
}

/// Decodes deadlines: objects, or dates alone.
fn decode_deadlines(value: &Value<'_>, zone: Option<&Zone>, cells: &mut Cells<'_>) -> Vec<Deadline> {
    let is_objects = match value {
        Value::Record(_) => true,
        Value::List(values, _) => values.iter().any(|value| matches!(value, Value::Record(_))),
        Value::Text(_) | Value::Link(_) | Value::Empty(_) => false,
    };
    if !is_objects {
        let days = cells.lines(value, "deadlines");
        let moments = days.iter().filter_map(|day| cells.moment(&Value::from(day), "deadlines", zone));
        return moments.map(Deadline::of).collect();
    }
    let mut deadlines = Vec::new();
    for record in cells.objects(value, "deadlines") {
        let row = Row::of(record, Table::Deadlines, cells.report);
        deadlines.extend(Deadline::decode(&row, zone, cells));
    }
    deadlines
}
