"""Sends messages through a real SMTP server on this machine, and looks whether they come out as they went in."""

import smtplib
import socket

from aiosmtpd.controller import Controller

HOST = "127.0.0.1"


class Inbox:
    """Keeps the octets of each message as they came."""

    def __init__(self):
        self.content = None

    async def handle_DATA(self, _server, _session, envelope):
        self.content = envelope.content
        return "250 OK"


def free():
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def check(messages):
    """Sends each of the messages by its name, all over one connection where it holds; gives the findings of each."""
    inbox = Inbox()
    # None of the extensions for 8-bit octets or for addresses outside ASCII: an old server takes it too.
    server = Controller(inbox, hostname=HOST, port=free(), decode_data=False, enable_SMTPUTF8=False)
    server.start()
    try:
        return {name: send(inbox, server.port, raw) for name, raw in messages.items()}
    finally:
        server.stop()


def send(inbox, port, raw):
    inbox.content = None
    try:
        with smtplib.SMTP(HOST, port, timeout=30) as client:
            client.sendmail("sender@example.org", ["reader@example.org"], raw)
    except (smtplib.SMTPException, OSError) as error:
        return [f"refused: {error}"]
    if inbox.content != raw:
        return [f"changed: {len(raw)} octets went, {len(inbox.content or b'')} came"]
    return []


FAULTS = (
    ("a bare line feed", rb"\r\n", b"\n", "refused"),
    ("a line too long", rb"(?m)^Subject: ", b"X-Long: " + b"x" * 1100 + b"\r\nSubject: ", "refused"),
    ("no line end at the end", rb"\r\n$", b"", "changed"),
)
