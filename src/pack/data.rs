//! The data of an edition as JSON: what was printed, in the form in which it can be read again.

use serde_json::json;

use crate::artifact::Attachment;
use crate::locale::Locale;
use crate::model::Edition;

use super::calendar;
use super::records::{call, day, news, object, session, text};

/// Gives what goes with a document inside its file: the data, and the calendar where there is an event.
pub fn attachments(edition: &Edition, locale: &Locale) -> Vec<Attachment> {
    let about = |label: &str, text: String, name: &str, media_type: &str| Attachment {
        name: name.to_owned(),
        media_type: media_type.to_owned(),
        description: label.to_owned(),
        text,
    };
    let calendar = calendar::calendar(edition, locale).and_then(|bytes| String::from_utf8(bytes).ok());
    let calendar = calendar.map(|text| about("Sessions and deadlines", text, "calendar.ics", "text/calendar"));
    [about("Data of this edition", data(edition), "edition.json", "application/json")]
        .into_iter()
        .chain(calendar)
        .collect()
}

/// Writes an edition as an object of tables, `sessions`, `calls`, `news`, whose fields are those of `bulletin schema`,
/// and `edition` with what `bulletin.toml` says of it. What is not known is not there.
pub fn data(edition: &Edition) -> String {
    let head = object([
        ("id", Some(json!(edition.id))),
        ("title", Some(json!(edition.title.as_str()))),
        ("subtitle", text(&edition.subtitle)),
        ("number", text(&edition.number)),
        ("date", Some(day(edition.date))),
        ("lang", Some(json!(edition.lang.tag()))),
        ("timezone", Some(json!(edition.timezone.name()))),
        ("publisher", text(&edition.publisher.name)),
    ]);
    let sessions = edition.held.iter().chain(&edition.coming).map(session);
    let whole = json!({
        "edition": head,
        "sessions": sessions.collect::<Vec<_>>(),
        "calls": edition.calls.iter().map(|one| call(one)).collect::<Vec<_>>(),
        "news": edition.news.iter().map(news).collect::<Vec<_>>(),
    });
    format!("{whole:#}\n")
}
