//! The newsletter as a message that a mail program opens and a server takes (RFC 5322, RFC 2045–2049).

use std::borrow::Cow;
use std::sync::Arc;

use encodify::qp;
use jiff::fmt::rfc2822;
use jiff::tz::{Offset, TimeZone};
use mail_builder::MessageBuilder;
use mail_builder::headers::HeaderType;
use mail_builder::headers::address::Address;
use mail_builder::headers::content_type::ContentType;
use mail_builder::headers::raw::Raw;
use mail_builder::headers::url::URL;
use mail_builder::mime::MimePart;
use twox_hash::XxHash3_64;

use crate::model::picture::File;
use crate::model::{Edition, Href, Mailbox};

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
    /// Files that the HTML names in `src`.
    pub pictures: &'a [Arc<File>],
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
    if let Some(list) = &mailing.list_id {
        // RFC 2919 §3: a phrase and the id between angle brackets, as in an address.
        let name = clean(list.value.name().unwrap_or(edition.title.as_str()));
        message = message.header("List-Id", Address::new_address(Some(name), list.value.id()));
    }
    // RFC 8058 §3.1: only `https` can be called without a person.
    let unsubscribe = mailing.unsubscribe_url.as_ref().and_then(|url| match &url.value {
        Href::Address(address) => Some(address),
        Href::Placeholder(_) => None,
    });
    if let Some(url) = unsubscribe.filter(|url| url.is_https()) {
        message = message
            .header("List-Unsubscribe", HeaderType::URL(URL::new(url.as_str())))
            .header("List-Unsubscribe-Post", Raw::new("List-Unsubscribe=One-Click"));
    }
    if mailing.draft {
        // Microsoft's, and read by Thunderbird and Apple Mail too: the message opens as one to be sent.
        message = message.header("X-Unsent", Raw::new("1"));
    }
    // The builder makes the room that it needs, and would take what is there along.
    let mut bytes = Vec::new();
    message.body(body(&parts, hash)).serialize(&mut bytes);
    Some(bytes)
}

/// Builds the tree of parts: text first, the best last (RFC 2046 §5.1.4); an attachment beside both.
fn body<'a>(parts: &Parts<'a>, hash: u64) -> MimePart<'a> {
    // `=_` stands in no quoted-printable or base64 text (RFC 2045 §6.7), so no boundary can stand in a part.
    let multipart = |kind: &'static str, at: usize, parts: Vec<MimePart<'a>>| {
        MimePart::new(ContentType::new(kind).attribute("boundary", format!("=_{at}_{hash:016x}")), parts)
    };
    let html = if parts.pictures.is_empty() {
        written("text/html", parts.html.into())
    } else {
        // RFC 2392: what the page calls by its file name is called by its Content-ID here.
        let cid = |file: &File| format!("{}.{hash:016x}@bulletin", file.name);
        let html = parts.pictures.iter().fold(parts.html.to_owned(), |html, file| {
            html.replace(&format!(" src=\"{}\"", file.name), &format!(" src=\"cid:{}\"", cid(file)))
        });
        let html = written("text/html", html.into());
        let files = parts.pictures.iter().map(|file| {
            MimePart::new(ContentType::new(file.kind), file.bytes.as_slice())
                .header("Content-ID", Raw::new(format!("<{}>", cid(file))))
                .header("Content-Disposition", Raw::new(format!("inline; filename=\"{}\"", file.name)))
        });
        // RFC 2387 §3.1: the type is that of the part to begin with.
        let kind = ContentType::new("multipart/related").attribute("type", "text/html");
        let boundary = format!("=_3_{hash:016x}");
        MimePart::new(kind.attribute("boundary", boundary), std::iter::once(html).chain(files).collect::<Vec<_>>())
    };
    let both = vec![written("text/plain", parts.text.into()), html];
    let alternative = multipart("multipart/alternative", 1, both);
    let Some(calendar) = parts.calendar else { return alternative };
    // RFC 6047 §2.4: the method stands in the type too.
    let kind = ContentType::new("text/calendar").attribute("charset", "utf-8").attribute("method", "PUBLISH");
    let calendar =
        MimePart::new(kind, calendar).header("Content-Disposition", Raw::new("attachment; filename=\"calendar.ics\""));
    multipart("multipart/mixed", 2, vec![alternative, calendar])
}

/// Makes a part of a text. For most, quoted-printable is shortest; where much is not ASCII, the builder looks whether
/// base64 is, and whether a text can travel as it stands.
fn written<'a>(kind: &'static str, text: Cow<'a, str>) -> MimePart<'a> {
    let kind = ContentType::new(kind).attribute("charset", "utf-8");
    if text.is_ascii() {
        return MimePart::new(kind, text);
    }
    let mut quoted = Vec::with_capacity(text.len() * 3 / 2);
    qp::BODY.encode_append(text.as_bytes(), &mut quoted);
    if quoted.len() > text.len() * 4 / 3 {
        return MimePart::new(kind, text);
    }
    MimePart::new(kind, quoted).transfer_encoding("quoted-printable")
}

fn mailbox<'a>(mailbox: &'a Mailbox, name: Option<&'a str>) -> Address<'a> {
    let name = mailbox.name.as_deref().or(name).map(clean).filter(|name| !name.is_empty());
    Address::new_address(name, clean(&mailbox.address))
}

/// Gives the start of the edition's day in its zone: the clock is never asked.
fn date(edition: &Edition) -> String {
    let start = edition.timezone.start_of(edition.date);
    let seconds = edition.timezone.offset_at(start);
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
    let atom: String = text.chars().take(20).map(safe).collect();
    if atom.is_empty() { "edition".to_owned() } else { atom }
}

/// Hashes the parts: the same message keeps its id on every machine and in every version.
fn hash(parts: &Parts<'_>) -> u64 {
    let texts =
        [parts.subject.as_bytes(), parts.html.as_bytes(), parts.text.as_bytes(), parts.calendar.unwrap_or_default()];
    let files = parts.pictures.iter().map(|file| file.bytes.as_slice());
    // Each begins with what came out of the one before it, so that the same bytes cut elsewhere are something else.
    texts.into_iter().chain(files).fold(0, XxHash3_64::oneshot_with_seed)
}

#[cfg(test)]
mod tests {
    use mailparse::{MailHeaderMap, ParsedMail, parse_mail};

    use super::*;
    use crate::locale::Lang;
    use crate::render::newsletter::fixture::{self, empty, hostile, mailbox, reference, some, text};

    const HTML: &str = "<p>Grüße = 1</p>\n";
    const TEXT: &str = "Grüße = 1\n\n-- \nfoot\n";
    const SUBJECT: &str =
        "Zusammenarbeit über Grenzen: Επιχειρηματικά δίκτυα, кластеры и 集群合作平台 in einem langen Betreff";

    fn parts(subject: &str) -> Parts<'_> {
        Parts {
            subject,
            html: HTML,
            text: TEXT,
            calendar: Some(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),
            pictures: &[],
        }
    }

    fn header(mail: &ParsedMail<'_>, name: &str) -> String {
        assert_eq!(mail.headers.get_all_values(name).len(), 1, "{name}");
        mail.headers.get_first_value(name).expect("a header")
    }

    #[test]
    fn a_parser_reads_back_what_was_packed() {
        let bytes = message(&reference(), parts(SUBJECT)).expect("there is a sender");
        let mail = parse_mail(&bytes).expect("a message");
        assert_eq!(header(&mail, "Subject"), SUBJECT);
        assert_eq!(header(&mail, "From"), "\"European Cluster Collaboration Platform\" <news@clusters.example.org>");
        assert_eq!(header(&mail, "To"), "<subscribers@clusters.example.org>");
        assert_eq!(header(&mail, "Reply-To"), "<contact@clusters.example.org>");
        assert_eq!(header(&mail, "Date"), "Fri, 21 Jun 2024 00:00:00 +0200");
        assert_eq!(header(&mail, "MIME-Version"), "1.0");
        assert_eq!(header(&mail, "List-Id"), "\"EU Clusters Talks\" <talks.clusters.example.org>");
        assert_eq!(header(&mail, "List-Unsubscribe"), "<https://clusters.example.org/unsubscribe?u=2f6c>");
        assert_eq!(header(&mail, "List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
        let id = header(&mail, "Message-ID");
        assert!(id.starts_with("<2024-06-21.") && id.ends_with("@clusters.example.org>"), "{id}");

        assert_eq!(mail.ctype.mimetype, "multipart/mixed");
        let [both, calendar] = mail.subparts.as_slice() else { panic!("two parts") };
        assert_eq!(both.ctype.mimetype, "multipart/alternative");
        let [plain, html] = both.subparts.as_slice() else { panic!("two parts") };
        assert_eq!((plain.ctype.mimetype.as_str(), html.ctype.mimetype.as_str()), ("text/plain", "text/html"));
        assert_eq!(plain.get_body().expect("UTF-8").replace("\r\n", "\n"), TEXT);
        assert_eq!(html.get_body().expect("UTF-8").replace("\r\n", "\n"), HTML);
        assert_eq!(calendar.ctype.mimetype, "text/calendar");
        assert_eq!(calendar.ctype.params.get("method").map(String::as_str), Some("PUBLISH"));
        assert_eq!(calendar.get_body_raw().expect("a body"), b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n");
    }

    #[test]
    fn every_byte_is_fit_to_travel() {
        for edition in [reference(), hostile()] {
            let bytes = message(&edition, parts(SUBJECT)).expect("there is a sender");
            assert!(bytes.iter().all(|byte| byte.is_ascii_graphic() || b" \t\r\n".contains(byte)));
            let text = String::from_utf8(bytes).expect("ASCII");
            assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
            assert_eq!(text.matches('\r').count(), text.matches("\r\n").count());
            let (head, _) = text.split_once("\r\n\r\n").expect("head and body");
            for line in head.split("\r\n") {
                assert!(line.len() <= 78, "{line}");
            }
            for word in head.split_whitespace().filter(|word| word.starts_with("=?")) {
                assert!(word.len() <= 75, "{word}");
            }
            assert!(text.split("\r\n").all(|line| line.len() <= 78));
        }
    }

    #[test]
    fn no_text_begins_a_header() {
        let evil = "a\r\nBcc: victim@example.org\r\n\r\nbody\u{2028}\0";
        let mut edition = hostile();
        edition.title = text(evil);
        edition.publisher.name = some(evil);
        edition.mailing.from = mailbox(evil, "news@example.org");
        edition.mailing.reply_to = mailbox("a\nBcc: b", "a@example.org\r\nBcc: victim@example.org");
        let bytes = message(&edition, parts(evil)).expect("there is a sender");
        let mail = parse_mail(&bytes).expect("a message");
        let names: Vec<String> = mail.headers.iter().map(|header| header.get_key()).collect();
        let expected = [
            "From",
            "To",
            "Subject",
            "Date",
            "Message-ID",
            "MIME-Version",
            "Content-Language",
            "Reply-To",
            "List-Id",
            "List-Unsubscribe",
            "List-Unsubscribe-Post",
            "Content-Type",
        ];
        assert_eq!(names, expected);
        assert_eq!(header(&mail, "Subject"), "a  Bcc: victim@example.org    body");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_but_the_value_of_its_header(words in ".{0,200}", name in "\\PC{0,80}|.{0,80}") {
            let mut edition = reference();
            edition.title = text(&name);
            edition.mailing.from = mailbox(&name, "news@example.org");
            let bytes = message(&edition, parts(&words)).expect("there is a sender");
            let (head, _) = std::str::from_utf8(&bytes).expect("ASCII").split_once("\r\n\r\n").expect("a head");
            let names: Vec<&str> =
                head.split("\r\n").filter(|line| !line.starts_with([' ', '\t'])).map(|line| line.split(':').next().unwrap_or("")).collect();
            proptest::prop_assert_eq!(names, [
                "From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Language", "Reply-To", "List-Id",
                "List-Unsubscribe", "List-Unsubscribe-Post", "Content-Type",
            ]);
            proptest::prop_assert!(head.split("\r\n").all(|line| line.len() <= 78 && !line.trim().is_empty()), "{}", head);
        }
    }

    #[test]
    fn the_same_parts_give_the_same_bytes_and_others_another_id() {
        let edition = reference();
        assert_eq!(message(&edition, parts("a")), message(&edition, parts("a")));
        let id = |subject| {
            let bytes = message(&edition, parts(subject)).expect("there is a sender");
            header(&parse_mail(&bytes).expect("a message"), "Message-ID")
        };
        assert_ne!(id("a"), id("b"));
    }

    #[test]
    fn without_a_sender_there_is_no_message() {
        let mut edition = empty(Lang::English);
        assert_eq!(message(&edition, parts("a")), None);
        edition.publisher.email = mailbox("", "contact@example.org");
        edition.mailing.unsubscribe_url = fixture::way_out("http://example.org/not-safe");
        let bytes = message(&edition, parts("a")).expect("the publisher sends it");
        let mail = parse_mail(&bytes).expect("a message");
        assert_eq!(header(&mail, "From"), header(&mail, "To"));
        assert!(mail.headers.get_first_value("List-Unsubscribe").is_none());
    }
}
