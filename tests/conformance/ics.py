"""The calendar: RFC 5545, and that each event is at its instant."""

import re
from datetime import date, datetime, timedelta, timezone

import icalendar


def load(path, publication):
    """Reads what one publication's calendar must say."""
    wanted, under = [], None
    for line in path.read_text(encoding="utf-8").splitlines():
        line = line.strip()
        if line.startswith("["):
            under = line.strip("[]")
        elif line and not line.startswith("#") and under == publication:
            first, last, title = line.split(" ", 2)
            wanted.append((first, last, title))
    return wanted


def shown(moment):
    """Writes a day or an instant as `instants.txt` does."""
    if moment is None:
        return None
    if isinstance(moment, datetime):
        if moment.tzinfo is None:
            return f"{moment.isoformat()} (floating)"
        return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%MZ")
    return moment.isoformat()


def end(event):
    """RFC 5545 §3.6.1: what has no end lasts its duration, or its day, or no time at all."""
    start = event.decoded("DTSTART")
    if "DTEND" in event:
        return event.decoded("DTEND")
    if "DURATION" in event:
        return start + event.decoded("DURATION")
    return start + timedelta(days=1) if type(start) is date else start


def check(raw, wanted):
    findings = []

    def bad(rule, what=""):
        findings.append(f"{rule}: {what}")

    if re.search(rb"(?<!\r)\n|\r(?!\n)", raw) or not raw.endswith(b"\r\n"):
        bad("rfc5545-3.1", "lines must end in CRLF")
    for line in raw.split(b"\r\n"):
        if len(line) > 75:
            bad("rfc5545-3.1", f"a line of {len(line)} octets")
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            bad("rfc5545-3.1", f"a fold splits a character: {line[:30]!r}")
    try:
        calendar = icalendar.Calendar.from_ical(raw)
    except ValueError as error:
        return findings + [f"parse: {error}"]
    for need in ("VERSION", "PRODID"):
        if need not in calendar:
            bad("rfc5545-3.6", f"no {need}")
    events = calendar.walk("VEVENT")
    uids = [str(event.get("UID", "")) for event in events]
    if len(set(uids)) != len(uids):
        bad("rfc5545-3.8.4.7", "a UID stands twice")
    for event in events:
        for need in ("UID", "DTSTAMP", "DTSTART", "SUMMARY"):
            if need not in event:
                bad("rfc5545-3.6.1", f"an event without {need}")
        for error in event.errors:
            bad("parse", error)
    for first, last, title in wanted:
        same = [event for event in events if title in str(event.get("SUMMARY", ""))]
        told = [(shown(event.decoded("DTSTART")), shown(end(event))) for event in same]
        if not any(start == first and last in ("*", stop) for start, stop in told):
            bad("instant", f"{title}: {first} to {last} wanted, {told or 'nothing'} found")
    return findings


FAULTS = (
    ("an event one hour or day late", rb"(?m)^(DTSTART[^\r]*?)0(\d?)(T\d{6}Z?)?\r", rb"\g<1>1\g<2>\g<3>\r", "instant"),
    ("two events of one name", rb"(?m)^UID:[^\r]*(\r\n [^\r]*)*", rb"UID:one", "UID"),
    ("no time stamp", rb"(?m)^DTSTAMP", rb"X-STAMP", "DTSTAMP"),
    ("a bare line feed", rb"\r\n", rb"\n", "CRLF"),
)
