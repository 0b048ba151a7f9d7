//! A session: a talk, webinar, meeting or conference, before or after it was held.

use jiff::ToSpan;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::cell::{Cells, YES};
use crate::model::row::Row;
use crate::model::{
    Address, AgendaItem, Clock, Date, Link, Person, Picture, Unpublished, Version, Zone, agenda, link, person,
};
use crate::prose::Prose;
use crate::source::{Span, Spanned, Str, Text};

/// What became of a session. An unpublished one never leaves `merge`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Still to come, as far as anyone said.
    Planned,
    /// It took place.
    Held,
    /// It will not take place.
    Cancelled,
    /// It will take place on another date.
    Postponed,
    /// Nobody outside may see it.
    Unpublished(Unpublished),
}

/// One session.
#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    /// Names it; stable from one edition to the next.
    pub id: Text,
    /// Never empty once merged.
    pub title: Text,
    /// The series that it belongs to.
    pub series: Option<Text>,
    /// Talk, webinar, workshop, …: the user's own word.
    pub kind: Option<Text>,
    /// What was said of it; see [`Session::is_held`].
    pub status: Option<Spanned<Status>>,
    /// First day.
    pub date: Option<Spanned<Date>>,
    /// Start, on `date`, in `timezone`.
    pub start: Option<Clock>,
    /// End, on the last day, in `timezone`.
    pub end: Option<Clock>,
    /// Last day, where it is not the first.
    pub end_date: Option<Spanned<Date>>,
    /// How long it lasts, in minutes, as stated; once merged it has made an `end` where there was none.
    pub duration: Option<Spanned<i64>>,
    /// Its own zone; the edition's where empty.
    pub timezone: Option<Spanned<Zone>>,
    /// Town or venue.
    pub place: Option<Text>,
    /// Room.
    pub room: Option<Text>,
    /// Country.
    pub country: Option<Text>,
    /// Page about it.
    pub url: Option<Spanned<Address>>,
    /// Where to join online.
    pub online_url: Option<Spanned<Address>>,
    /// What the reader can do: `Register`, `Save the date`.
    pub action: Option<Text>,
    /// Address or path of a picture.
    pub image: Option<Box<Text>>,
    /// What it shows.
    pub image_alt: Option<Box<Text>>,
    /// How large it is.
    pub image_size: Option<Box<Text>>,
    /// The picture itself, once it was read.
    pub picture: Option<Box<Picture>>,
    /// Whether its address gets a QR code on paper; as `[handout]` says where empty.
    pub qr: Option<Spanned<bool>>,
    /// Language spoken there.
    pub language: Option<Text>,
    /// Who organises it.
    pub organiser: Option<Text>,
    /// Who moderates it.
    pub moderators: Vec<Spanned<Person>>,
    /// Who speaks.
    pub speakers: Vec<Spanned<Person>>,
    /// The introduction.
    pub summary: Option<Prose>,
    /// What to take home.
    pub key_messages: Vec<Prose>,
    /// What happens in it, in order.
    pub agenda: Vec<AgendaItem>,
    /// Further addresses.
    pub links: Vec<Link>,
    /// Words to find it by.
    pub tags: Vec<Text>,
    /// Which of several rows about it this one was.
    pub version: Option<Box<Version>>,
}

impl Session {
    /// Says whether it took place, seen from `today`: as told by `status`, else by its last day.
    pub fn is_held(&self, today: Date) -> bool {
        match self.status.as_ref().map(|s| s.value) {
            Some(Status::Held) => true,
            Some(Status::Planned) | None => self.last_day().is_some_and(|day| day < today),
            Some(_) => false,
        }
    }

    /// Gives its last day.
    pub fn last_day(&self) -> Option<Date> {
        self.end_date.as_ref().or(self.date.as_ref()).map(|date| date.value)
    }

    /// Gives everybody whom it names: speakers, moderators, those of the agenda.
    pub fn people(&self) -> impl Iterator<Item = &Person> + Clone {
        let agenda = self.agenda.iter().flat_map(|item| &item.speakers);
        self.speakers.iter().chain(&self.moderators).chain(agenda).map(|person| &person.value)
    }

    /// Says whether it was called off: cancelled or postponed.
    pub fn is_off(&self) -> bool {
        matches!(self.status.as_ref().map(|s| s.value), Some(Status::Cancelled | Status::Postponed))
    }

    /// Says whether there is something to sum up: an introduction, messages or an agenda.
    pub fn has_summary(&self) -> bool {
        self.summary.is_some() || !self.key_messages.is_empty() || !self.agenda.is_empty()
    }
}

const STATUSES: [(&str, Status); 29] = [
    ("planned", Status::Planned),
    ("scheduled", Status::Planned),
    ("confirmed", Status::Planned),
    ("accepted", Status::Planned),
    ("held", Status::Held),
    ("cancelled", Status::Cancelled),
    ("canceled", Status::Cancelled),
    ("postponed", Status::Postponed),
    ("geplant", Status::Planned),
    ("bestätigt", Status::Planned),
    ("stattgefunden", Status::Held),
    ("durchgeführt", Status::Held),
    ("abgehalten", Status::Held),
    ("ausgefallen", Status::Cancelled),
    ("abgesagt", Status::Cancelled),
    ("verschoben", Status::Postponed),
    ("prévu", Status::Planned),
    ("prévue", Status::Planned),
    ("confirmé", Status::Planned),
    ("confirmée", Status::Planned),
    ("tenu", Status::Held),
    ("tenue", Status::Held),
    ("terminé", Status::Held),
    ("terminée", Status::Held),
    ("completed", Status::Held),
    ("annulé", Status::Cancelled),
    ("annulée", Status::Cancelled),
    ("reporté", Status::Postponed),
    ("reportée", Status::Postponed),
];

/// Gives every word of a status, the printed ones first.
fn statuses() -> Vec<(&'static str, Status)> {
    let unpublished = Unpublished::WORDS.map(|(word, why)| (word, Status::Unpublished(why)));
    STATUSES.into_iter().chain(unpublished).collect()
}

impl Session {
    /// Starts a session of which nothing is known.
    pub fn empty(span: Span) -> Session {
        let nothing = Text::new(Str::new(), span);
        Session {
            id: nothing.clone(),
            title: nothing,
            series: None,
            kind: None,
            status: None,
            date: None,
            start: None,
            end: None,
            end_date: None,
            duration: None,
            timezone: None,
            place: None,
            room: None,
            country: None,
            url: None,
            online_url: None,
            action: None,
            image: None,
            image_alt: None,
            image_size: None,
            picture: None,
            qr: None,
            language: None,
            organiser: None,
            moderators: Vec::new(),
            speakers: Vec::new(),
            summary: None,
            key_messages: Vec::new(),
            agenda: Vec::new(),
            links: Vec::new(),
            tags: Vec::new(),
            version: None,
        }
    }

    /// Decodes a row. A title or id may still be missing: another file may have it.
    pub fn decode(row: Row<'_>, cells: &mut Cells<'_>) -> Session {
        let mut session = Session::empty(row.span);
        // Times with an offset are turned into the session's own zone, so it comes first.
        let zone = row.cells.iter().find(|(field, _)| *field == "timezone");
        session.timezone = zone.and_then(|(field, value)| cells.zone(value, field));
        let zone = session.timezone.as_ref().map(|zone| zone.value.clone());
        let (mut start_date, mut last_date) = (None, None);
        for (field, value) in &row.cells {
            match *field {
                "id" => session.id = cells.line(value, field).unwrap_or(session.id),
                "title" => session.title = cells.required(value, field).unwrap_or(session.title),
                "series" => session.series = cells.line(value, field),
                "kind" => session.kind = cells.line(value, field),
                "status" => session.status = cells.word(value, field, &statuses()),
                "date" => {
                    if let Some(moment) = cells.moment(value, field, zone.as_ref()) {
                        session.date = Some(moment.with(moment.value.date));
                        session.start = session.start.or(Clock::of(moment));
                    }
                }
                "start" => {
                    if let Some((date, time)) = cells.clock(value, field, zone.as_ref()) {
                        (start_date, session.start) = (date, Some(time));
                    }
                }
                "end" => {
                    if let Some((date, time)) = cells.clock(value, field, zone.as_ref()) {
                        (last_date, session.end) = (date, Some(time));
                    }
                }
                "duration" => session.duration = cells.duration(value, field),
                "end-date" => {
                    if let Some(moment) = cells.moment(value, field, zone.as_ref()) {
                        session.end_date = Some(moment.with(moment.value.date));
                        session.end = session.end.or(Clock::of(moment));
                    }
                }
                "timezone" => {}
                "place" => session.place = cells.line(value, field),
                "room" => session.room = cells.line(value, field),
                "country" => session.country = cells.line(value, field),
                "url" => session.url = cells.url(value, field),
                "online-url" => session.online_url = cells.url(value, field),
                "action" => session.action = cells.line(value, field),
                "image" => session.image = cells.line(value, field).map(Box::new),
                "image-alt" => session.image_alt = cells.line(value, field).map(Box::new),
                "image-size" => session.image_size = cells.line(value, field).map(Box::new),
                "qr" => session.qr = cells.word(value, field, YES),
                "language" => session.language = cells.line(value, field),
                "organiser" => session.organiser = cells.name(value, field),
                "moderators" => session.moderators = person::decode_list(value, field, cells),
                "speakers" => session.speakers = person::decode_list(value, field, cells),
                "summary" => session.summary = cells.prose(value, field),
                "key-messages" => session.key_messages = cells.proses(value, field),
                "agenda" => session.agenda = agenda::decode_list(value, zone.as_ref(), cells),
                "links" => session.links = link::decode_list(value, cells),
                "tags" => session.tags = cells.lines(value, field),
                "updated" => Version::take_updated(&mut session.version, value, cells),
                "lang" => Version::take_lang(&mut session.version, value, cells),
                other => unreachable!("`{other}` is a field of the table, so it has an arm here"),
            }
        }
        tell_other_day("start", start_date, "date", session.date, cells);
        tell_other_day("end", last_date, "end-date", session.end_date, cells);
        session.date = session.date.or(start_date);
        session.end_date = session.end_date.or(last_date.filter(|last| Some(last) != session.date.as_ref()));
        session
    }

    /// Computes the end of a session that lasts some minutes; one that is stated must be the same. All rows about it are
    /// one by now: its start may have come from another one.
    pub fn settle(&mut self, cells: &mut Cells<'_>) {
        let (Some(minutes), Some(date), Some(start)) = (self.duration, self.date, self.start) else { return };
        let Ok(end) = date.value.to_datetime(start.value).checked_add(minutes.value.minutes()) else { return };
        match self.end {
            None => {
                self.end = Some(minutes.with(end.time()).into());
                if end.date() != date.value {
                    self.end_date = self.end_date.or(Some(minutes.with(end.date())));
                }
            }
            Some(stated) if stated.value != end.time() => cells.report.add(
                Diagnostic::warning(Code::ConflictingValues, "`end` and `duration` do not agree")
                    .at(minutes.span, format!("it would end at {}", end.time().strftime("%H:%M")))
                    .at(stated.span, "this end is used")
                    .help("make both the same, or empty one of the two"),
            ),
            Some(_) => {}
        }
    }

    /// Tells an end that lies before the start, and times that nobody can print.
    pub fn check_times(&self, cells: &mut Cells<'_>) {
        self.check_start(cells);
        let last = self.end_date.or(self.date);
        if let (Some(first), Some(last)) = (self.date, self.end_date)
            && last.value < first.value
        {
            cells.report.add(
                Diagnostic::error(Code::EndsBeforeStart, "`end-date` is before `date`")
                    .at(last.span, format!("{}", last.value))
                    .at(first.span, format!("starts on {}", first.value))
                    .help("correct one of the two"),
            );
        } else if let (Some(start), Some(end)) = (self.start, self.end)
            && last == self.date
            && end.value < start.value
        {
            cells.report.add(
                Diagnostic::error(Code::EndsBeforeStart, "`end` is before `start`")
                    .at(end.span, "")
                    .at(start.span, "starts here")
                    .help("correct one of the two; if it ends after midnight, give its `end-date`"),
            );
        }
    }

    /// Tells a time without its day, and an end or a duration without the start that it belongs to.
    fn check_start(&self, cells: &mut Cells<'_>) {
        let start = self.start.map(|start| ("start", start.span));
        let end = self.end.map(|end| ("end", end.span));
        let duration = self.duration.map(|duration| ("duration", duration.span));
        let (missing, lonely) = match (self.date, self.start) {
            (None, _) => ("date", [start, end.or(duration), self.end_date.map(|last| ("end-date", last.span))]),
            (Some(_), None) => ("start", [end.or(duration), None, None]),
            (Some(_), Some(_)) => return,
        };
        let found = Diagnostic::warning(Code::MissingField, format!("a session has times, but no `{missing}`"));
        let mut lonely = lonely.into_iter().flatten().peekable();
        if lonely.peek().is_some() {
            let found =
                lonely.fold(found, |found, (field, span)| found.at(span, format!("this `{field}` is not printed")));
            cells.report.add(
                found.help(format!("write the `{missing}`; where it is not known yet, leave the others empty too")),
            );
        }
    }
}

/// Tells a day that is stated twice in one row, differently.
fn tell_other_day(
    field: &str,
    stated: Option<Spanned<Date>>,
    other_field: &str,
    other: Option<Spanned<Date>>,
    cells: &mut Cells<'_>,
) {
    if let (Some(stated), Some(other)) = (stated, other)
        && stated != other
    {
        cells.report.add(
            Diagnostic::warning(Code::ConflictingValues, format!("`{field}` and `{other_field}` are on two days"))
                .at(stated.span, "this day is not used")
                .at(other.span, "this one is")
                .help("make both the same, or empty one of the two"),
        );
    }
}
