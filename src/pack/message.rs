//! The newsletter as a message that a mail program opens and a server takes (RFC 5322, RFC 2045–2049).

use jiff::fmt::rfc2822;
use jiff::tz::{Offset, TimeZone};
use mail_builder::MessageBuilder;
use mail_builder::headers::HeaderType;
use mail_builder::headers::address::Address;
use mail_builder::headers::content_type::ContentType;
use mail_builder::headers::raw::Raw;
use mail_builder::headers::url::URL;
use mail_builder::mime::MimePart;

use crate::model::{Edition, Mailbox};

/// A header line may have 998 octets (RFC 5322 §2.1.1), and an address in one cannot be folded.
const LONGEST_URL: usize = 900;

/// The parts that go into a message.
#[derive(Debug, Clone, Copy)]
pub struct Parts<'a> {
    /// The subject.
    pub subject: &'a str,
    /// The HTML part.
    pub html: &'a str,
    /// The text part.
    pub text: &'a str,
    /// The calendar, to be attached.
    pub calendar: Option<&'a [u8]>,
}

/// Puts the message together: 7-bit clean, lines ended by CRLF, the same bytes for the same parts.
///
/// `None`: there is neither a sender (`from`) nor an address of the publisher, and a message without a sender is
/// none (RFC 5322 §3.6.2). The draft goes to the recipient (`to`), else back to the sender.
pub fn message(edition: &Edition, parts: Parts<'_>) -> Option<Vec<u8>> {
    let mailing = &edition.mailing;
    let from = &mailing.from.as_ref().or(edition.publisher.email.as_ref())?.value;
    let to = mailing.to.as_ref().map_or(from, |to| &to.value);
    let publisher = edition.publisher.name.as_ref().map(|name| name.as_str());
    let hash = hash(&parts);

    let mut message = MessageBuilder::new()
        .from(mailbox(from, publisher))
        .to(mailbox(to, None))
        .subject(clean(parts.subject))
        .header("Date", Raw::new(date(edition)))
        .message_id(format!("{}.{hash:016x}@{}", atom(&edition.id), from.domain()))
        .header("MIME-Version", Raw::new("1.0"))
        .header("Content-Language", Raw::new(edition.lang.tag()));
    if let Some(reply_to) = &mailing.reply_to {
        message = message.reply_to(mailbox(&reply_to.value, None));
    }
    if let Some(id) = mailing.list_id.as_ref().and_then(|id| list_id(id.as_str())) {
        // RFC 2919 §3: a phrase and the id between angle brackets, as in an address.
        message = message.header("List-Id", Address::new_address(Some(clean(edition.title.as_str())), id));
    }
    // RFC 8058 §3.1: only `https` can be called without a person.
    let unsubscribe = mailing.unsubscribe_url.as_ref().map(|url| &url.value);
    if let Some(url) = unsubscribe.filter(|url| url.is_https() && url.as_str().len() <= LONGEST_URL) {
        message = message
            .header("List-Unsubscribe", HeaderType::URL(URL::new(url.as_str())))
            .header("List-Unsubscribe-Post", Raw::new("List-Unsubscribe=One-Click"));
    }
    Some(write(message.body(body(&parts, hash))))
}

fn write(message: MessageBuilder<'_>) -> Vec<u8> {
    let mut bytes = Vec::new();
    message.serialize(&mut bytes);
    bytes
}

/// Builds the tree of parts: text first, the best last (RFC 2046 §5.1.4); an attachment beside both.
fn body<'a>(parts: &Parts<'a>, hash: u64) -> MimePart<'a> {
    // `=_` stands in no quoted-printable or base64 text (RFC 2045 §6.7), so no boundary can stand in a part.
    let multipart = |kind: &'static str, at: usize, parts: Vec<MimePart<'a>>| {
        MimePart::new(ContentType::new(kind).attribute("boundary", format!("=_{at}_{hash:016x}")), parts)
    };
    let text =
        |kind: &'static str, text: &'a str| MimePart::new(ContentType::new(kind).attribute("charset", "utf-8"), text);
    let both = vec![text("text/plain", parts.text), text("text/html", parts.html)];
    let alternative = multipart("multipart/alternative", 1, both);
    let Some(calendar) = parts.calendar else { return alternative };
    // RFC 6047 §2.4: the method stands in the type too.
    let kind = ContentType::new("text/calendar").attribute("charset", "utf-8").attribute("method", "PUBLISH");
    let calendar =
        MimePart::new(kind, calendar).header("Content-Disposition", Raw::new("attachment; filename=\"calendar.ics\""));
    multipart("multipart/mixed", 2, vec![alternative, calendar])
}

fn mailbox<'a>(mailbox: &'a Mailbox, name: Option<&'a str>) -> Address<'a> {
    let name = mailbox.name.as_deref().or(name).map(clean).filter(|name| !name.is_empty());
    Address::new_address(name, clean(&mailbox.address))
}

/// Gives the start of the edition's day in its zone: the clock is never asked.
fn date(edition: &Edition) -> String {
    let start = edition.timezone.start_of(edition.date);
    let (seconds, _) = edition.timezone.offset_at(start);
    let zone = Offset::from_seconds(seconds).map_or(TimeZone::UTC, TimeZone::fixed);
    // RFC 5322 §3.3 has four digits for the year, from 1900; what is before cannot be said.
    rfc2822::to_string(&start.to_zoned(zone)).unwrap_or_else(|_| "Mon, 1 Jan 1900 00:00:00 +0000".to_owned())
}

/// Makes a text fit for a header: a line break or control character would end the line that it stands in.
fn clean(text: &str) -> String {
    let space = |c: char| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c };
    text.chars().map(space).collect::<String>().trim().to_owned()
}

/// Makes a text fit for the left of a Message-ID (RFC 5322 §3.2.3: dot-atom).
fn atom(text: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() || c == '-' || c == '_' { c } else { '-' };
    let atom: String = text.chars().take(64).map(safe).collect();
    if atom.is_empty() { "edition".to_owned() } else { atom }
}

/// Finds the id of a list in `talks.example.org` or `EU Clusters Talks <talks.example.org>`.
fn list_id(text: &str) -> Option<&str> {
    let id = match text.split_once('<') {
        Some((_, rest)) => rest.trim_end().strip_suffix('>')?,
        None => text,
    };
    let id = id.trim();
    let labels = id
        .split('.')
        .all(|label| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_+@".contains(&b)));
    (labels && id.contains('.') && id.len() <= 255).then_some(id)
}

/// Hashes the parts (FNV-1a, 64 bits): the same message keeps its id on every machine and in every version.
fn hash(parts: &Parts<'_>) -> u64 {
    let calendar = parts.calendar.unwrap_or_default();
    let texts = [parts.subject.as_bytes(), parts.html.as_bytes(), parts.text.as_bytes(), calendar];
    let bytes = texts.into_iter().flat_map(|text| text.iter().chain(&[0xFF]));
    bytes.fold(0xCBF2_9CE4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}
