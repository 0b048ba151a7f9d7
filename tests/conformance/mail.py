"""The message: RFC 5322, 2045, 2047, 2919, 8058, and that its parts are the files beside it."""

import base64
import email
import email.policy
import quopri
import re
import unicodedata

ONCE = (
    "From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Message-ID", "In-Reply-To", "References", "Subject", "Date",
    "List-Unsubscribe", "List-Unsubscribe-Post", "List-Id", "MIME-Version",
)
NEEDED = ("From", "To", "Date", "Message-ID", "Subject", "MIME-Version")


def parse(raw):
    return email.message_from_bytes(raw, policy=email.policy.SMTP)


def part(raw, kind):
    """Gives the text of the first part of a kind, with plain line ends."""
    for found in parse(raw).walk():
        if found.get_content_type() == kind:
            return found.get_content().replace("\r\n", "\n")
    return None


def check(raw):
    findings = []

    def bad(rule, what=""):
        findings.append(f"{rule}: {what}")

    octets(raw, bad)
    message = parse(raw)
    for found in message.walk():
        for defect in found.defects:
            bad("defect", f"{found.get_content_type()}: {defect!r}")
        for name, value in found.items():
            for defect in getattr(value, "defects", ()):
                bad("defect", f"{name}: {defect!r}")
    headers(message, bad)
    parts(message, bad)
    return findings


def octets(raw, bad):
    if re.search(rb"(?<!\r)\n|\r(?!\n)", raw):
        bad("rfc5322-2.3", "a bare CR or LF")
    longest = max(len(line) for line in raw.split(b"\r\n"))
    if longest > 998:
        bad("rfc5322-2.1.1", f"a line of {longest} octets")
    head, _, body = raw.partition(b"\r\n\r\n")
    longest = max(len(line) for line in head.split(b"\r\n"))
    if longest > 78:
        bad("rfc5322-2.1.1", f"a header line of {longest} octets")
    if any(octet > 127 for octet in head):
        bad("rfc5322-2.2", "8-bit header")
    if any(octet > 127 for octet in body):
        bad("rfc2045-2.7", "8-bit body")
    for word in re.findall(rb"=\?[^?\s]+\?[bBqQ]\?[^?\s]*\?=", head):
        if len(word) > 75:
            bad("rfc2047-2", f"an encoded word of {len(word)} octets")
        charset, encoding, text = word[2:-2].split(b"?", 2)
        try:
            quoted = text.replace(b"_", b" ")
            plain = base64.b64decode(text, validate=True) if encoding in b"bB" else quopri.decodestring(quoted)
            plain.decode(charset.decode())
        except ValueError:
            bad("rfc2047-5", f"an encoded word splits a character: {word[:40]!r}")


def headers(message, bad):
    for name in ONCE:
        if len(message.get_all(name, [])) > 1:
            bad("rfc5322-3.6", f"{name} stands twice")
    for name in NEEDED:
        if name not in message:
            bad("rfc5322-3.6", f"no {name}")
    if "Bcc" in message:
        bad("privacy", "Bcc")
    if not re.fullmatch(r"<[^<>@\s]+@[^<>@\s]+>", str(message.get("Message-ID", "")).strip()):
        bad("rfc5322-3.6.4", "Message-ID")
    unsubscribe = str(message.get("List-Unsubscribe", ""))
    if not re.search(r"<https://[^>]+>", unsubscribe):
        bad("rfc8058-3.1", "List-Unsubscribe without an https address")
    if str(message.get("List-Unsubscribe-Post", "")) != "List-Unsubscribe=One-Click":
        bad("rfc8058-3.1", "List-Unsubscribe-Post")
    if "List-Id" not in message:
        bad("rfc2919", "no List-Id")


def parts(message, bad):
    kinds = [found.get_content_type() for found in message.walk()]
    if kinds.count("text/plain") != 1 or kinds.count("text/html") != 1:
        bad("rfc2046", f"parts are {kinds}")
    for found in message.walk():
        kind = found.get_content_type()
        if kind == "multipart/alternative":
            order = [child.get_content_type() for child in found.iter_parts()]
            if not order or order[0] != "text/plain":
                bad("rfc2046-5.1.4", f"order is {order}")
        if kind.startswith("text/") and (found.get_content_charset() or "").lower() not in ("utf-8", "us-ascii"):
            bad("rfc2046-4.1.2", f"charset of {kind}")
        if kind == "text/plain":
            for line in found.get_content().splitlines():
                # Accents and marks of direction take no column.
                columns = sum(unicodedata.category(c) not in ("Mn", "Me", "Cf") for c in line)
                if columns > 78 and " " in line.strip():
                    bad("wrap", line[:60])
    wanted = set(re.findall(r'cid:([^"\')\s>]+)', str(message)))
    held = {(found.get("Content-ID") or "").strip().strip("<>") for found in message.walk()}
    for name in sorted(wanted - held):
        bad("rfc2392", f"cid:{name} has no part")


def unlinked(hrefs, text):
    """Lists the links of the HTML that the text lacks; campaign parameters do not count."""
    bare = lambda address: re.sub(r"\?.*|/+$", "", address)
    told = {bare(address.rstrip(".,;)>")) for address in re.findall(r"https?://[^\s<>]+", text)}
    return [f"text-parity: {href}" for href in sorted(set(hrefs)) if href.startswith("http") and bare(href) not in told]


# What is replaced by what in a good message, and the rule that must find it.
FAULTS = (
    ("a bare line feed", rb"\r\n", b"\n", "rfc5322-2.3"),
    ("a second subject", rb"(?m)^Subject:", b"Subject: x\r\nSubject:", "rfc5322-3.6"),
    ("no date", rb"(?m)^Date:", b"X-Date:", "no Date"),
    ("letters outside ASCII", rb"(?m)^Subject:", "Subject: ü".encode(), "rfc5322-2.2"),
    ("no way out of the list", rb"(?m)^List-Unsubscribe:", b"X-List-Unsubscribe:", "rfc8058"),
    ("no boundary", rb"boundary=", b"xoundary=", "defect"),
    ("a line too long", rb"(?m)^Subject:", b"X-Long: " + b"x" * 999 + b"\r\nSubject:", "octets"),
)
