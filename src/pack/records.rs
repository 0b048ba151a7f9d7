//! Records as objects whose fields are those of `bulletin schema`: what every format in which data is written back is
//! made of. What is not known is not there.

use serde_json::{Map, Value, json};

use crate::model::{
    Address, AgendaItem, AgendaKind, Call, Clock, Date, Deadline, Money, News, Person, Session, State, Status,
    Unpublished, Version, Zone,
};
use crate::prose::Prose;
use crate::source::{Spanned, Text};

/// Writes a session, with its agenda and key messages inside.
pub fn session(session: &Session) -> Value {
    object([
        ("id", Some(json!(session.id.as_str()))),
        ("title", said(&session.title)),
        ("series", text(&session.series)),
        ("kind", text(&session.kind)),
        ("status", session.status.as_ref().map(|status| json!(status_word(status.value)))),
        ("date", date(&session.date)),
        ("start", time(session.start.as_ref())),
        ("end", time(session.end.as_ref())),
        (
            "duration",
            session.duration.map(|minutes| json!(format!("{}:{:02}", minutes.value / 60, minutes.value % 60))),
        ),
        ("end-date", date(&session.end_date)),
        ("timezone", session.timezone.as_ref().map(zone)),
        ("place", text(&session.place)),
        ("room", text(&session.room)),
        ("country", text(&session.country)),
        ("url", url(&session.url)),
        ("online-url", url(&session.online_url)),
        ("action", text(&session.action)),
        ("image", boxed(&session.image)),
        ("image-alt", boxed(&session.image_alt)),
        ("image-size", boxed(&session.image_size)),
        ("qr", yes(session.qr.as_ref())),
        ("language", text(&session.language)),
        ("organiser", text(&session.organiser)),
        ("moderators", people(&session.moderators)),
        ("speakers", people(&session.speakers)),
        ("summary", prose(session.summary.as_ref())),
        ("key-messages", list(session.key_messages.iter().map(|one| json!(one.source().as_str())))),
        ("agenda", list(session.agenda.iter().map(agenda_item))),
        (
            "links",
            list(
                session
                    .links
                    .iter()
                    .map(|link| object([("label", text(&link.label)), ("url", Some(json!(link.url.value.as_str())))])),
            ),
        ),
        ("tags", texts(&session.tags)),
    ])
}

/// Writes an item of an agenda.
pub(super) fn agenda_item(item: &AgendaItem) -> Value {
    let kind = item.kind.as_ref().map(|kind| match kind.value {
        AgendaKind::Talk => "talk",
        AgendaKind::News => "news",
        AgendaKind::Calls => "calls",
    });
    object([
        ("title", said(&item.title)),
        ("start", time(item.start.as_ref())),
        ("speakers", people(&item.speakers)),
        ("body", prose(item.body.as_ref())),
        ("kind", kind.map(Value::from)),
    ])
}

/// Writes a call, with its deadlines inside.
pub fn call(call: &Call) -> Value {
    let status = call.status.as_ref().and_then(|status| match status.value {
        State::Suspended => Some("suspended"),
        State::Closed => Some("closed"),
        State::Unpublished(why) => Some(why.word()),
        // The others are what the dates say.
        _ => None,
    });
    object([
        ("id", Some(json!(call.id.as_str()))),
        ("title", said(&call.title)),
        ("programme", text(&call.programme)),
        ("funder", text(&call.funder)),
        ("kind", text(&call.kind)),
        ("opens", date(&call.opens)),
        ("deadlines", list(call.deadlines.iter().map(deadline))),
        ("time", time(call.time.as_deref())),
        ("timezone", call.timezone.as_deref().map(zone)),
        ("budget", call.budget.as_ref().map(money)),
        ("grant-min", call.grant_min.as_deref().map(money)),
        ("grant-max", call.grant_max.as_deref().map(money)),
        ("rate", text(&call.rate)),
        ("eligibility", prose(call.eligibility.as_deref())),
        ("countries", texts(&call.countries)),
        ("url", url(&call.url)),
        ("qr", yes(call.qr.as_deref())),
        ("summary", prose(call.summary.as_ref())),
        ("contact", text(&call.contact)),
        ("tags", texts(&call.tags)),
        ("status", status.map(Value::from)),
    ])
}

fn deadline(deadline: &Deadline) -> Value {
    object([
        ("label", text(&deadline.label)),
        ("date", Some(day(deadline.date.value))),
        ("time", time(deadline.time.as_ref())),
        ("timezone", deadline.timezone.as_deref().map(zone)),
    ])
}

/// Writes a news item.
pub fn news(news: &News) -> Value {
    object([
        ("id", Some(json!(news.id.as_str()))),
        ("title", said(&news.title)),
        ("date", date(&news.date)),
        ("end-date", date(&news.end_date)),
        ("place", text(&news.place)),
        ("action", text(&news.action)),
        ("url", url(&news.url)),
        ("summary", prose(news.summary.as_ref())),
        ("tags", texts(&news.tags)),
        ("expires", date(&news.expires)),
        ("status", news.status.map(|status| json!(status.value.map_or("published", Unpublished::word)))),
    ])
}

/// Writes the record of a person, with what is private of them. It never goes into what is published.
pub fn entry(person: &Spanned<Person>) -> Value {
    let mut entry = known(&person.value);
    let Person { email, phone, notes, public, version, .. } = &person.value;
    let private =
        [("email", boxed(email)), ("phone", boxed(phone)), ("notes", boxed(notes)), ("public", yes(public.as_deref()))];
    for (name, value) in private {
        if let Some(value) = value {
            entry[name] = value;
        }
    }
    versioned(entry, version)
}

/// Adds which of several rows a record was. It never goes into what is published.
pub fn versioned(mut record: Value, version: &Option<Box<Version>>) -> Value {
    for (name, value) in [("updated", updated(version)), ("lang", lang(version))] {
        if let Some(value) = value {
            record[name] = value;
        }
    }
    record
}

/// Writes a person as named in another record.
pub fn person(person: &Spanned<Person>) -> Value {
    let mut mention = known(&person.value);
    // Without it, an address of their own would be left out when this is read again.
    if person.value.url.as_ref().is_some_and(|url| url.value.is_personal()) {
        mention["public"] = json!("true");
    }
    mention
}

fn known(person: &Person) -> Value {
    object([
        ("id", text(&person.id)),
        ("name", said(&person.name)),
        ("role", text(&person.role)),
        ("organisation", text(&person.organisation)),
        ("url", url(&person.url)),
    ])
}

fn status_word(status: Status) -> &'static str {
    match status {
        Status::Planned => "planned",
        Status::Held => "held",
        Status::Cancelled => "cancelled",
        Status::Postponed => "postponed",
        Status::Unpublished(why) => why.word(),
    }
}

/// Keeps what is known.
pub(super) fn object<const N: usize>(fields: [(&str, Option<Value>); N]) -> Value {
    let known = fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(known.collect::<Map<_, _>>())
}

/// Writes yes or no as the words that its field takes.
fn yes(value: Option<&Spanned<bool>>) -> Option<Value> {
    value.map(|value| json!(if value.value { "true" } else { "false" }))
}

/// Writes when a row was last changed, with its time where that is not the start of the day.
fn updated(version: &Option<Box<Version>>) -> Option<Value> {
    let moment = version.as_ref()?.updated?.value;
    let (day, time) = (moment.date(), moment.time());
    Some(json!(if time == jiff::civil::Time::midnight() { day.to_string() } else { format!("{day} {time}") }))
}

fn lang(version: &Option<Box<Version>>) -> Option<Value> {
    Some(json!(version.as_ref()?.lang.as_ref()?.value.tag()))
}

fn list(items: impl Iterator<Item = Value>) -> Option<Value> {
    Some(items.collect::<Vec<_>>()).filter(|items| !items.is_empty()).map(Value::from)
}

/// Writes a text that may stand in another row of its record.
fn said(text: &Text) -> Option<Value> {
    (!text.value.is_empty()).then(|| json!(text.as_str()))
}

pub(super) fn text(text: &Option<Text>) -> Option<Value> {
    text.as_ref().map(|text| json!(text.as_str()))
}

fn boxed(text: &Option<Box<Text>>) -> Option<Value> {
    text.as_deref().map(|text| json!(text.as_str()))
}

fn texts(texts: &[Text]) -> Option<Value> {
    list(texts.iter().map(|text| json!(text.as_str())))
}

fn prose(prose: Option<&Prose>) -> Option<Value> {
    prose.map(|prose| json!(prose.source().as_str()))
}

fn people(people: &[Spanned<Person>]) -> Option<Value> {
    list(people.iter().map(person))
}

fn url(url: &Option<Spanned<Address>>) -> Option<Value> {
    url.as_ref().map(|url| json!(url.value.as_str()))
}

fn zone(zone: &Spanned<Zone>) -> Value {
    json!(zone.value.name())
}

pub(super) fn day(date: Date) -> Value {
    json!(date.to_string())
}

fn date(date: &Option<Spanned<Date>>) -> Option<Value> {
    date.as_ref().map(|date| day(date.value))
}

fn time(time: Option<&Clock>) -> Option<Value> {
    time.map(|time| json!(time.value.to_string()))
}

/// Writes an amount as its field takes it: `EUR 1500000.50`.
fn money(money: &Spanned<Money>) -> Value {
    let Money { hundredths, .. } = money.value;
    let (units, cents) = (hundredths / 100, hundredths % 100);
    let cents = if cents == 0 { String::new() } else { format!(".{cents:02}") };
    json!(format!("{} {units}{cents}", money.value.currency()))
}
