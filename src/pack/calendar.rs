//! Coming sessions and deadlines as a calendar (RFC 5545, RFC 7986).
//!
//! The lines are written here and not by a library: those at hand take what is missing from the clock, leave a
//! line break in a calendar's name as it is, and do not escape it.

use std::fmt::Write;

use jiff::Timestamp;

use crate::locale::Locale;
use crate::model::value::slug;
use crate::model::{Address, Call, Date, Deadline, Edition, Session, Status};
use crate::source::Spanned;

/// Octets of a line without its line break (RFC 5545 §3.1).
const WIDTH: usize = 75;

/// Writes the calendar of an edition: one event for each coming session that has a date and for each deadline.
/// Timed events are instants in UTC; those without a time are whole days. `None`: there is no event, and a calendar
/// needs one (RFC 5545 §3.6).
pub fn calendar(edition: &Edition, locale: &Locale) -> Option<Vec<u8>> {
    let mut out = Lines::begin();
    let name = edition.title.as_str();
    out.text("NAME", name);
    out.text("X-WR-CALNAME", name);
    out.text("X-WR-TIMEZONE", edition.timezone.name());
    let before = out.0.len();
    let frame = Frame::new(edition, locale);
    edition.coming.iter().for_each(|session| frame.session(session, &mut out));
    edition.calls.iter().for_each(|call| frame.call(call, &mut out));
    let events = out.0.len() > before;
    out.line("END", "VCALENDAR");
    events.then(|| out.0.into_bytes())
}

/// Writes a calendar for each coming session that has a date: its file's name, and in it the one event as it is in
/// [`calendar`]. One that is called off has its file too, for the one that was hosted before says something else.
/// These have no name of a calendar: with one, Outlook opens a new calendar instead of adding to the reader's own.
pub fn sessions(edition: &Edition, locale: &Locale) -> Vec<(String, Vec<u8>)> {
    let frame = Frame::new(edition, locale);
    let file = |session| {
        let mut out = Lines::begin();
        frame.session(session, &mut out);
        out.line("END", "VCALENDAR");
        out.0.into_bytes()
    };
    edition.calendar_files().map(|(session, name)| (name, file(session))).collect()
}

/// What all events of an edition share.
struct Frame<'a> {
    edition: &'a Edition,
    locale: &'a Locale,
    host: String,
    stamp: String,
}

impl<'a> Frame<'a> {
    fn new(edition: &'a Edition, locale: &'a Locale) -> Frame<'a> {
        let host = edition.publisher.url.as_ref().and_then(|url| url.value.host());
        let sender = edition.mailing.from.as_ref().map(|from| from.value.domain().to_owned());
        // Two publications without an address must not share their events.
        let name = || slug(edition.publisher.name.as_ref().unwrap_or(&edition.title).as_str());
        Frame {
            edition,
            locale,
            host: host.or(sender).unwrap_or_else(name),
            stamp: utc(edition.timezone.start_of(edition.date)),
        }
    }

    fn begin(&self, id: &str, out: &mut Lines) {
        out.line("BEGIN", "VEVENT");
        out.text("UID", &format!("{id}@{}", self.host));
        out.line("DTSTAMP", &self.stamp);
    }

    fn session(&self, session: &Session, out: &mut Lines) {
        let Some(first) = session.date.as_ref().map(|date| date.value) else { return };
        let labels = &self.locale.labels;
        let last = session.last_day().unwrap_or(first).max(first);
        let zone = self.edition.zone(session);
        self.begin(&format!("sessions-{}", session.id), out);
        match &session.start {
            Some(start) => {
                let start = zone.instant(first, start.value);
                let end = match &session.end {
                    Some(end) => Some(zone.instant(last, end.value)),
                    None => (last > first).then(|| zone.end_of(last)),
                };
                out.line("DTSTART", &utc(start));
                // §3.8.2.2: the end is later than the start.
                if let Some(end) = end.filter(|&end| end > start) {
                    out.line("DTEND", &utc(end));
                }
            }
            None => out.days(first, last),
        }
        let (status, off) = match session.status.as_ref().map(|status| status.value) {
            Some(Status::Cancelled) => ("CANCELLED", Some(&labels.cancelled)),
            Some(Status::Postponed) => ("TENTATIVE", Some(&labels.postponed)),
            _ => ("CONFIRMED", None),
        };
        // Many calendars do not show the status: it stands in the title too.
        match off {
            Some(off) => out.text("SUMMARY", &format!("{off}{}{}", labels.colon, session.title)),
            None => out.text("SUMMARY", session.title.as_str()),
        }
        out.line("STATUS", status);
        let place = [&session.room, &session.place, &session.country];
        let mut place: Vec<&str> = place.into_iter().flatten().map(|text| text.as_str()).collect();
        if place.is_empty() && session.online_url.is_some() {
            place.push(&labels.online);
        }
        if !place.is_empty() {
            out.text("LOCATION", &place.join(", "));
        }
        let mut about: Vec<String> = session.summary.iter().map(|prose| prose.plain()).collect();
        if let Some(online) = &session.online_url {
            about.push(format!("{}{}{}", labels.join_online, labels.colon, online.value));
        }
        out.about(&about);
        out.url(session.url.as_ref().or(session.online_url.as_ref()));
        out.categories(session.kind.iter().chain(&session.tags).map(|text| text.as_str()));
        out.line("END", "VEVENT");
    }

    fn call(&self, call: &Call, out: &mut Lines) {
        // The first without a name keeps the plain id when it moves to another day; the others are known by their
        // names, or by their days.
        let mut plain = true;
        for deadline in &call.deadlines {
            match &deadline.label {
                Some(label) => self.begin(&format!("calls-{}/{}", call.id, slug(label.as_str())), out),
                None if plain => {
                    plain = false;
                    self.begin(&format!("calls-{}", call.id), out);
                }
                None => self.begin(&format!("calls-{}/{}", call.id, deadline.date.value), out),
            }
            self.deadline(call, deadline, out);
        }
    }

    fn deadline(&self, call: &Call, deadline: &Deadline, out: &mut Lines) {
        let labels = &self.locale.labels;
        match deadline.time {
            // §3.6.1: without an end it takes no time.
            Some(_) => out.line("DTSTART", &utc(deadline.instant(&self.edition.timezone))),
            None => out.days(deadline.date.value, deadline.date.value),
        }
        let label = deadline.label.as_ref().map(|label| format!(" ({label})")).unwrap_or_default();
        out.text("SUMMARY", &format!("{}{}{}{label}", labels.deadline, labels.colon, call.title));
        out.line("STATUS", "CONFIRMED");
        // Nobody is busy because a deadline is near.
        out.line("TRANSP", "TRANSPARENT");
        let facts: Vec<&str> =
            [&call.programme, &call.funder].into_iter().flatten().map(|text| text.as_str()).collect();
        let mut about: Vec<String> = Vec::new();
        if !facts.is_empty() {
            about.push(facts.join(", "));
        }
        about.extend(call.summary.iter().map(|prose| prose.plain()));
        out.about(&about);
        out.url(call.url.as_ref());
        out.categories(call.kind.iter().chain(&call.tags).map(|text| text.as_str()));
        out.line("END", "VEVENT");
    }
}

fn utc(instant: Timestamp) -> String {
    instant.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// Content lines (RFC 5545 §3.1).
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn begin() -> Lines {
        let mut out = Lines::default();
        out.line("BEGIN", "VCALENDAR");
        out.line("VERSION", "2.0");
        out.line("PRODID", concat!("-//bulletin//bulletin ", env!("CARGO_PKG_VERSION"), "//EN"));
        out.line("CALSCALE", "GREGORIAN");
        out.line("METHOD", "PUBLISH");
        out
    }

    /// Writes a line, folded before it is longer than 75 octets, never inside a character.
    fn line(&mut self, name: &str, value: &str) {
        let start = self.0.len();
        self.0.push_str(name);
        self.0.push(':');
        self.0.push_str(value);
        let mut at = start;
        let mut room = WIDTH;
        while self.0.len() - at > room {
            at = self.0.floor_char_boundary(at + room);
            self.0.insert_str(at, "\r\n ");
            at += "\r\n ".len();
            room = WIDTH - 1;
        }
        self.0.push_str("\r\n");
    }

    /// Writes a value of type TEXT (§3.3.11); controls other than line breaks and tabs vanish.
    fn text(&mut self, name: &str, value: &str) {
        self.line(name, &escape(value));
    }

    /// Writes whole days; the end is the day after the last (§3.8.2.2).
    fn days(&mut self, first: Date, last: Date) {
        let day = |date: Date| date.strftime("%Y%m%d").to_string();
        self.line("DTSTART;VALUE=DATE", &day(first));
        self.line("DTEND;VALUE=DATE", &day(last.tomorrow().unwrap_or(last)));
    }

    fn about(&mut self, paragraphs: &[String]) {
        if !paragraphs.is_empty() {
            self.text("DESCRIPTION", &paragraphs.join("\n\n"));
        }
    }

    fn url(&mut self, url: Option<&Spanned<Address>>) {
        if let Some(url) = url {
            self.line("URL", url.value.as_str());
        }
    }

    fn categories<'t>(&mut self, words: impl Iterator<Item = &'t str>) {
        let mut list = String::new();
        for word in words {
            let comma = if list.is_empty() { "" } else { "," };
            write!(list, "{comma}{}", escape(word)).expect("a String takes everything");
        }
        if !list.is_empty() {
            self.line("CATEGORIES", &list);
        }
    }
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => escaped.push_str("\\n"),
            '\t' => escaped.push(c),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Lang;
    use crate::render::newsletter::fixture::{
        at, call, clock, day, deadline, empty, full, hostile, reference, session, some, url, zone,
    };

    fn written(edition: &Edition) -> String {
        let bytes = calendar(edition, &Locale::new(edition.lang)).expect("there are events");
        String::from_utf8(bytes).expect("UTF-8").replace("\r\n ", "")
    }

    fn one_session(session: Session) -> String {
        written(&Edition { coming: vec![session], ..empty(Lang::English) })
    }

    #[test]
    fn a_deadline_is_an_instant() {
        let mut edition = empty(Lang::English);
        let on = |date, time| Call { deadlines: vec![deadline(date, time)], ..call("c", "A call") };
        let calls = [on("2024-11-14", clock(17, 0)), on("2024-09-19", clock(17, 0)), on("2024-12-05", None)];
        edition.calls = calls.map(Box::new).into();
        let calendar = written(&edition);
        assert!(calendar.contains("\r\nDTSTART:20241114T160000Z\r\n"), "{calendar}");
        assert!(calendar.contains("\r\nDTSTART:20240919T150000Z\r\n"), "{calendar}");
        assert!(calendar.contains("\r\nDTSTART;VALUE=DATE:20241205\r\nDTEND;VALUE=DATE:20241206\r\n"), "{calendar}");
        assert_eq!(calendar.matches("TRANSP:TRANSPARENT").count(), 3);
    }

    #[test]
    fn each_deadline_of_a_call_is_an_event() {
        let calendar = written(&full(Lang::English));
        assert!(calendar.contains("UID:calls-i3-2b/first-cut-off@clustercollaboration.eu"), "{calendar}");
        assert!(calendar.contains("UID:calls-i3-2b/second-cut-off@clustercollaboration.eu"), "{calendar}");
        assert!(
            calendar.contains("SUMMARY:Deadline: I3 Instrument: Capacity Building Strand 2b (first cut-off)"),
            "{calendar}"
        );
    }

    #[test]
    fn days_end_on_the_day_after_the_last() {
        let days =
            Session { date: Some(at(day("2024-09-25"))), end_date: Some(at(day("2024-09-26"))), ..session("s", "S") };
        let calendar = one_session(days.clone());
        assert!(calendar.contains("DTSTART;VALUE=DATE:20240925\r\nDTEND;VALUE=DATE:20240927\r\n"), "{calendar}");
        let timed = Session { start: clock(9, 0), end: clock(17, 30), ..days.clone() };
        let calendar = one_session(timed);
        assert!(calendar.contains("DTSTART:20240925T070000Z\r\nDTEND:20240926T153000Z\r\n"), "{calendar}");
        let backwards = Session { start: clock(9, 0), end: clock(8, 0), end_date: None, ..days };
        assert!(!one_session(backwards).contains("DTEND"));
    }

    #[test]
    fn a_session_has_its_own_zone() {
        let timed = Session {
            date: Some(at(day("2024-09-10"))),
            start: clock(9, 0),
            timezone: Some(at(zone("America/Toronto"))),
            ..session("s", "S")
        };
        assert!(one_session(timed).contains("DTSTART:20240910T130000Z\r\n"));
    }

    #[test]
    fn what_is_called_off_says_so_twice() {
        let calendar = written(&full(Lang::English));
        assert!(calendar.contains("SUMMARY:Cancelled: EU-Singapore Matchmaking\r\nSTATUS:CANCELLED\r\n"), "{calendar}");
        assert!(calendar.contains("SUMMARY:Postponed: EU-India Matchmaking\r\nSTATUS:TENTATIVE\r\n"), "{calendar}");
    }

    #[test]
    fn each_session_with_a_date_has_a_file_of_its_own() {
        let edition = full(Lang::English);
        let all = written(&edition);
        let files = sessions(&edition, &Locale::new(edition.lang));
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(
            names,
            [
                "session-canada.ics",
                "session-c2lab.ics",
                "session-singapore.ics",
                "session-india.ics",
                "session-energy.ics"
            ]
        );
        for (name, bytes) in files {
            let file = String::from_utf8(bytes).expect("UTF-8").replace("\r\n ", "");
            let event =
                &file[file.find("BEGIN:VEVENT").expect("an event")..file.find("END:VCALENDAR").expect("an end")];
            assert!(event.matches("BEGIN:VEVENT").count() == 1 && all.contains(event), "{name}: {file}");
            assert!(!file.contains("X-WR-"), "{file}");
        }
    }

    #[test]
    fn text_is_escaped_and_lines_are_folded() {
        let words = "a\\b;c,d\r\ne\u{7}".to_owned() + &" größer".repeat(30);
        let bytes = calendar(
            &Edition {
                coming: vec![Session {
                    date: Some(at(day("2024-09-10"))),
                    place: some(&words),
                    tags: vec![some("one, two").expect("text"), some("three").expect("text")],
                    url: url("https://example.org/a;b,c"),
                    ..session("s", "S")
                }],
                ..empty(Lang::English)
            },
            &Locale::new(Lang::English),
        );
        let calendar = String::from_utf8(bytes.expect("an event")).expect("UTF-8");
        assert!(calendar.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])), "{calendar}");
        let calendar = calendar.replace("\r\n ", "");
        assert!(calendar.contains("LOCATION:a\\\\b\\;c\\,d\\ne größer"), "{calendar}");
        assert!(calendar.contains("CATEGORIES:one\\, two,three\r\n"), "{calendar}");
        assert!(calendar.contains("URL:https://example.org/a;b,c\r\n"), "{calendar}");
    }

    #[test]
    fn no_text_begins_a_line() {
        let known = [
            "BEGIN",
            "END",
            "VERSION",
            "PRODID",
            "CALSCALE",
            "METHOD",
            "NAME",
            "X-WR-CALNAME",
            "X-WR-TIMEZONE",
            "UID",
            "DTSTAMP",
            "DTSTART",
            "DTEND",
            "SUMMARY",
            "STATUS",
            "TRANSP",
            "LOCATION",
            "DESCRIPTION",
            "URL",
            "CATEGORIES",
        ];
        for line in written(&hostile()).split_terminator("\r\n") {
            let name = line.split([':', ';']).next().expect("a name");
            assert!(known.contains(&name), "{line}");
        }
    }

    #[test]
    fn the_same_edition_gives_the_same_bytes_and_none_gives_none() {
        assert_eq!(written(&reference()), written(&reference()));
        assert!(written(&reference()).contains("DTSTAMP:20240620T220000Z"));
        assert_eq!(calendar(&empty(Lang::English), &Locale::new(Lang::English)), None);
    }
}
