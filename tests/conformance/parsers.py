"""The message as two parsers read it that have nothing in common: Python's `email` and postal-mime."""

import email
import email.policy
import hashlib
from datetime import timezone

import mail
import tools


def read(raw):
    """Tells what a message holds, in the form of `postal.mjs`."""
    message = mail.parse(raw)
    plain = email.message_from_bytes(raw, policy=email.policy.compat32)
    body = {kind: message.get_body((kind,)) for kind in ("plain", "html")}
    return {
        "headers": [[name.lower(), " ".join(value.split())] for name, value in plain.items()],
        "subject": message["Subject"],
        "from": next(iter(people(message["From"])), None),
        "to": people(message["To"]),
        "reply-to": people(message["Reply-To"]),
        "date": instant(message["Date"]),
        "text": body["plain"] and body["plain"].get_content().replace("\r\n", "\n").rstrip("\n"),
        "html": body["html"] and body["html"].get_content().replace("\r\n", "\n").rstrip("\n"),
        "attachments": [
            {
                "name": part.get_filename(),
                "kind": part.get_content_type(),
                "disposition": part.get_content_disposition(),
                "sha256": hashlib.sha256(content(part)).hexdigest(),
            }
            for part in message.iter_attachments()
        ] if message.is_multipart() else [],
    }


def content(part):
    """Gives the bytes of an attachment; of a text its lines, whose ends a mail may change (RFC 2046 §4.1.1)."""
    found = part.get_payload(decode=True)
    return found.replace(b"\r\n", b"\n") if part.get_content_maintype() == "text" else found


def people(header):
    return [[each.display_name, each.addr_spec] for each in header.addresses] if header else []


def instant(header):
    if not header or not header.datetime:
        return None
    return header.datetime.astimezone(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def differ(first, second):
    """Lists what two accounts of a message tell otherwise."""
    return [
        f"{name}: {str(first[name])[:200]!r} for the one, {str(second[name])[:200]!r} for the other"
        for name in first if first[name] != second[name]
    ]


def check(pairs):
    """Reads the first of each pair with Python and the second with postal-mime; gives what is not the same."""
    told = tools.ask("postal.mjs", [str(second) for _, second in pairs])
    return [differ(read(first.read_bytes()), told[str(second)]) for first, second in pairs]


ATTACHMENT = (
    rb"\r\n\1\r\nContent-Type: text/calendar\r\nContent-Disposition: attachment; filename=a.ics\r\n\r\nx\r\n\1--\r\n"
)
# The one parser gets the good message, the other the variation.
FAULTS = (
    ("another subject", rb"(?m)^Subject: ", b"Subject: Re: ", "subject"),
    ("another name of the sender", rb"(?m)^From: (.*) <", b"From: Somebody <", "from"),
    ("another address to answer to", rb"(?m)^Reply-To: .*", b"Reply-To: <x@example.net>\r", "reply-to"),
    ("another day", rb"(?m)^(Date: \w+, )\d+", rb"\g<1>3", "date"),
    ("a header more", rb"(?m)^Subject: ", b"X-Word: x\r\nSubject: ", "headers"),
    ("another letter in the text", rb"edition\r\n---", b"editiom\r\n---", "text"),
    ("another letter in the HTML", rb"</html>", b"</html >", "html"),
    ("an attachment more", rb"\r\n(--=\S+)--\r\n$", ATTACHMENT, "attachments"),
)
