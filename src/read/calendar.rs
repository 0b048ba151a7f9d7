//! iCalendar (RFC 5545) to a tree: `/vcalendar/vevent`, each property under its name in small letters.
//!
//! Of `DTSTART`, `DTEND`, `DURATION` and their zones come `start`, `end` and `timezone` or, of whole days, `date` and
//! `end-date`. An event that is repeated comes once for each time. Whom to write to is never read: of an organiser only
//! the name.

use std::borrow::Cow;

use rustc_hash::FxHashSet;

use super::tree::DEEPEST;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::model::Date;
use crate::record::{Record, Value};
use crate::source::{Quote, SourceId, Span, Text};

use event::Event;
use line::Line;
use zone::Zones;

mod event;
mod line;
mod repeat;
mod zone;

/// Something between `BEGIN` and `END`.
#[derive(Debug)]
struct Component<'s> {
    name: String,
    span: Span,
    lines: Vec<Line<'s>>,
    parts: Vec<Component<'s>>,
}

impl<'s> Component<'s> {
    /// Finds a property.
    fn line(&self, name: &str) -> Option<&Line<'s>> {
        self.lines.iter().find(|line| line.name == name)
    }
}

/// Reads a file. `None`: it is no calendar, and that has been told.
pub fn read<'s>(id: SourceId, text: &'s str, report: &mut Report) -> Option<Value<'s>> {
    let whole =
        Component { name: String::new(), span: Span::new(id, 0..text.len()), lines: Vec::new(), parts: Vec::new() };
    let mut open = vec![whole];
    for line in line::lines(id, text) {
        let line = match line {
            Ok(line) => line,
            Err(span) => {
                broken(
                    span,
                    "no name and colon",
                    "a line is `NAME:value`; one that goes on begins with a space",
                    report,
                );
                return None;
            }
        };
        match line.name.as_str() {
            "BEGIN" if open.len() > DEEPEST => {
                let help = "take some levels away; an event needs three";
                broken(line.place, &format!("more than {DEEPEST} levels"), help, report);
                return None;
            }
            "BEGIN" => {
                let name = line.raw.trim().to_ascii_uppercase();
                open.push(Component { name, span: line.place, lines: Vec::new(), parts: Vec::new() });
            }
            "END" => {
                // The whole has no name, and `END:` without one does not end it.
                let is_part = open.len() > 1;
                let ends = |last: &mut Component<'_>| is_part && last.name.eq_ignore_ascii_case(line.raw.trim());
                let Some(mut part) = open.pop_if(ends) else {
                    broken(line.place, "nothing of this name is open", "each `BEGIN` has its `END`", report);
                    return None;
                };
                part.span = part.span.to(line.value);
                open.last_mut().expect("the whole is never closed").parts.push(part);
            }
            _ => open.last_mut().expect("the whole is never closed").lines.push(line),
        }
    }
    let mut last = open.pop().expect("the whole is never closed");
    if !open.is_empty() {
        broken(last.span, "never closed", "the file breaks off; fetch it again", report);
        return None;
    }
    last.parts.retain(|part| part.name == "VCALENDAR");
    if last.parts.is_empty() {
        let start = text.len() - text.trim_start_matches('\u{FEFF}').len();
        broken(Span::new(id, start..start), "no `BEGIN:VCALENDAR`", "give a file that holds a calendar", report);
        return None;
    }
    let calendars: Vec<Value<'s>> = last.parts.iter().map(|part| calendar(part, report)).collect();
    Some(object(last.span, vec![("vcalendar", Value::List(calendars, last.span))]))
}

/// Reads one calendar with its events.
fn calendar<'s>(calendar: &Component<'s>, report: &mut Report) -> Value<'s> {
    let zones = Zones::new(calendar);
    let of_kind = |part: &&Component<'s>| part.name == "VEVENT";
    let events: Vec<Event<'_, 's>> =
        calendar.parts.iter().filter(of_kind).map(|part| Event::read(part, &zones, report)).collect();
    // What was moved stands in the place of the time that it is moved from.
    let moved: FxHashSet<(&str, Date)> = events.iter().filter_map(Event::moved_from).collect();
    let rows = events.iter().flat_map(|event| event.rows(&moved)).collect();
    let mut fields: Vec<(Text, Value<'s>)> = calendar.lines.iter().map(|line| (line.title(), line.text())).collect();
    fields.push((Text::new("vevent".into(), calendar.span), Value::List(rows, calendar.span)));
    let (names, values): (Vec<Text>, Vec<Value<'s>>) = fields.into_iter().unzip();
    Value::Record(Box::new(Record { span: calendar.span, names: names.into(), values }))
}

fn broken(span: Span, label: &str, help: &str, report: &mut Report) {
    report.add(Diagnostic::error(Code::BadCalendar, "the file is not iCalendar").at(span, label).help(help));
}

fn object<'s>(span: Span, fields: Vec<(&str, Value<'s>)>) -> Value<'s> {
    let names = fields.iter().map(|(name, _)| Text::new((*name).into(), span)).collect();
    let values = fields.into_iter().map(|(_, value)| value).collect();
    Value::Record(Box::new(Record { span, names, values }))
}

fn text<'s>(value: impl Into<Cow<'s, str>>, span: Span) -> Value<'s> {
    Value::Text(Quote::new(value.into(), span))
}
