//! Coming sessions for search engines: schema.org `Event` as JSON-LD (JSON-LD 1.1 §7.2, in HTML).

use jiff::Timestamp;
use jiff::tz::Offset;
use serde_json::{Map, Value, json};

use crate::locale::Locale;
use crate::model::{Edition, Session, Status, Zone};

/// Writes the coming sessions that have a date, so that it can stand inside `<script>`. Empty: there is none.
pub fn json(edition: &Edition, locale: &Locale) -> String {
    let events: Vec<Value> = edition.coming.iter().filter_map(|session| event(session, edition, locale)).collect();
    if events.is_empty() {
        return String::new();
    }
    inert(&json!({ "@context": "https://schema.org", "@graph": events }).to_string())
}

fn event(session: &Session, edition: &Edition, locale: &Locale) -> Option<Value> {
    let first = session.date.as_ref()?.value;
    let last = session.last_day().unwrap_or(first).max(first);
    let zone = edition.zone(session);
    let mut event = Map::new();
    let mut say = |key: &str, value: Value| drop(event.insert(key.to_owned(), value));
    say("@type", "Event".into());
    say("name", session.title.as_str().into());
    match &session.start {
        Some(start) => {
            let start = zone.instant(first, start.value);
            say("startDate", moment(zone, start).into());
            match &session.end {
                // An end before the start is no end.
                Some(end) => {
                    let end = zone.instant(last, end.value);
                    if end > start {
                        say("endDate", moment(zone, end).into());
                    }
                }
                None if last > first => say("endDate", last.to_string().into()),
                None => {}
            }
        }
        None => {
            say("startDate", first.to_string().into());
            if last > first {
                say("endDate", last.to_string().into());
            }
        }
    }
    let status = match session.status.as_ref().map(|status| status.value) {
        Some(Status::Cancelled) => "https://schema.org/EventCancelled",
        Some(Status::Postponed) => "https://schema.org/EventPostponed",
        _ => "https://schema.org/EventScheduled",
    };
    say("eventStatus", status.into());
    let there = place(session, locale);
    let online =
        session.online_url.as_ref().map(|url| json!({ "@type": "VirtualLocation", "url": url.value.as_str() }));
    let mode = match (&there, &online) {
        (Some(_), Some(_)) => Some("https://schema.org/MixedEventAttendanceMode"),
        (Some(_), None) => Some("https://schema.org/OfflineEventAttendanceMode"),
        (None, Some(_)) => Some("https://schema.org/OnlineEventAttendanceMode"),
        (None, None) => None,
    };
    if let Some(mode) = mode {
        say("eventAttendanceMode", mode.into());
    }
    match (there, online) {
        (Some(there), Some(online)) => say("location", json!([there, online])),
        (Some(one), None) | (None, Some(one)) => say("location", one),
        (None, None) => {}
    }
    if let Some(url) = &session.url {
        say("url", url.value.as_str().into());
    }
    if let Some(summary) = &session.summary {
        say("description", summary.plain().into());
    }
    if let Some(organiser) = &session.organiser {
        say("organizer", json!({ "@type": "Organization", "name": organiser.as_str() }));
    }
    Some(event.into())
}

/// Gives where it is; a place that only says "online" is none.
fn place(session: &Session, locale: &Locale) -> Option<Value> {
    let words = |parts: &[&Option<crate::source::Text>]| {
        let parts: Vec<&str> = parts.iter().copied().flatten().map(|text| text.as_str()).collect();
        parts.join(", ")
    };
    let online = ["online", locale.labels.online.as_str()];
    if session.place.as_ref().is_some_and(|place| online.iter().any(|word| place.as_str().eq_ignore_ascii_case(word))) {
        return None;
    }
    let name = words(&[&session.room, &session.place, &session.country]);
    let address = words(&[&session.place, &session.country]);
    match (name.is_empty(), address.is_empty()) {
        (true, _) => None,
        (false, true) => Some(json!({ "@type": "Place", "name": name })),
        (false, false) => Some(json!({ "@type": "Place", "name": name, "address": address })),
    }
}

/// Writes an instant as its clocks show it, with the offset from UTC: `2024-09-25T09:00:00+02:00`.
fn moment(zone: &Zone, instant: Timestamp) -> String {
    match Offset::from_seconds(zone.offset_at(instant)) {
        Ok(offset) => instant.display_with_offset(offset).to_string(),
        Err(_) => instant.to_string(),
    }
}

/// Writes JSON so that no HTML reader finds a tag, a comment or an entity in it, and no script a line's end: these
/// signs stand in strings alone, where each may be a number (RFC 8259 §7).
fn inert(json: &str) -> String {
    let mut inert = String::with_capacity(json.len() + 64);
    for c in json.chars() {
        match c {
            '<' | '>' | '&' | '\'' | '\u{2028}' | '\u{2029}' => inert.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => inert.push(c),
        }
    }
    inert
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Lang;
    use crate::render::newsletter::fixture::{at, clock, day, empty, full, hostile, session, some, url, zone};

    fn events(edition: &Edition) -> Vec<Value> {
        let text = json(edition, &Locale::new(edition.lang));
        if text.is_empty() {
            return Vec::new();
        }
        let value: Value = serde_json::from_str(&text).expect("JSON");
        value["@graph"].as_array().expect("events").clone()
    }

    fn one(session: Session) -> Value {
        events(&Edition { coming: vec![session], ..empty(Lang::English) }).remove(0)
    }

    #[test]
    fn an_event_says_when_and_where() {
        let c2lab = events(&full(Lang::English)).remove(1);
        snapbox::assert_data_eq!(
            format!("{c2lab:#}"),
            snapbox::str![[r#"
{
  "@type": "Event",
  "description": "Two days on how clusters and laboratories find each other. Bring one question.",
  "endDate": "2024-09-26T17:30:00+02:00",
  "eventAttendanceMode": "https://schema.org/MixedEventAttendanceMode",
  "eventStatus": "https://schema.org/EventScheduled",
  "location": [
    {
      "@type": "Place",
      "address": "Strasbourg, France",
      "name": "Room 3, Strasbourg, France"
    },
    {
      "@type": "VirtualLocation",
      "url": "https://meet.example.org/c2lab"
    }
  ],
  "name": "C2Lab Workshop",
  "organizer": {
    "@type": "Organization",
    "name": "European Cluster Collaboration Platform"
  },
  "startDate": "2024-09-25T09:00:00+02:00",
  "url": "https://www.clustercollaboration.eu/events/c2lab"
}
"#]]
        );
    }

    #[test]
    fn what_is_called_off_says_so_and_what_has_no_date_is_no_event() {
        let events = events(&full(Lang::English));
        let status: Vec<&str> = events.iter().filter_map(|event| event["eventStatus"].as_str()).collect();
        let names = ["Scheduled", "Scheduled", "Cancelled", "Postponed", "Scheduled"];
        assert_eq!(status, names.map(|name| format!("https://schema.org/Event{name}")));
        assert!(json(&empty(Lang::English), &Locale::new(Lang::English)).is_empty());
    }

    #[test]
    fn times_have_the_offset_of_their_own_zone() {
        let on = |date: &str, name: &str| Session {
            date: Some(at(day(date))),
            start: clock(9, 0),
            end: clock(8, 0),
            timezone: Some(at(zone(name))),
            ..session("s", "S")
        };
        let autumn = one(on("2024-11-10", "America/Toronto"));
        assert_eq!(autumn["startDate"], "2024-11-10T09:00:00-05:00");
        assert!(autumn.get("endDate").is_none() && autumn.get("location").is_none(), "{autumn}");
        assert_eq!(one(on("2024-07-10", "Asia/Kolkata"))["startDate"], "2024-07-10T09:00:00+05:30");
        assert_eq!(one(on("2024-07-10", "UTC"))["startDate"], "2024-07-10T09:00:00+00:00");
    }

    #[test]
    fn online_is_no_place() {
        let online = Session {
            date: Some(at(day("2024-09-10"))),
            place: some("online"),
            online_url: url("https://meet.example.org/x"),
            ..session("s", "S")
        };
        let event = one(online);
        assert_eq!(event["location"]["@type"], "VirtualLocation");
        assert_eq!(event["eventAttendanceMode"], "https://schema.org/OnlineEventAttendanceMode");
    }

    #[test]
    fn nothing_in_it_is_html() {
        let mut edition = hostile();
        edition.coming[0].title = crate::render::newsletter::fixture::text("a\u{2028}b</script><!-- &amp; ' ]]>");
        let text = json(&edition, &Locale::new(Lang::English));
        assert!(!text.contains(['<', '>', '&', '\'', '\u{2028}', '\u{2029}']), "{text}");
        assert_eq!(events(&edition)[0]["name"], "a\u{2028}b</script><!-- &amp; ' ]]>");
    }
}
