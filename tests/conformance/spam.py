"""The message as SpamAssassin judges it, by the rules of its package alone: nothing is asked in the network."""

import re
import subprocess
import tempfile
from pathlib import Path

MOST = 0.5
# English rows in an Arabic edition stand in elements that say which way they go, and each of them is taken for one that
# hides a word (HTML_OBFUSCATE_05_10, 0.6 points). Readers need the elements more than SpamAssassin does.
MOST_ACROSS = 0.7


def check(paths):
    """Gives a finding for each message with more points than a newsletter may have: points, and what they are for."""
    with tempfile.TemporaryDirectory() as home:
        command = ["spamassassin", "--local", "--test-mode", "--nocreate-prefs", *paths]
        told = subprocess.run(command, capture_output=True, check=True, env={"HOME": home, "PATH": "/usr/bin:/bin"})
    # Each message comes back with its own verdict at the head.
    verdicts = re.findall(rb"(?m)^X-Spam-Status: (.*(?:\n[ \t].*)*)", told.stdout)
    if len(verdicts) != len(paths):
        raise SystemExit(f"spamassassin: {len(verdicts)} verdicts for {len(paths)} messages")
    found = {}
    for path, verdict in zip(paths, verdicts):
        text = " ".join(verdict.decode("ascii", "replace").split())
        points[path] = float(re.search(r"score=(-?[0-9.]+)", text)[1])
        rules = re.search(r"tests=(.*?) (?:autolearn|version)", text)[1]
        most = MOST_ACROSS if Path(path).parent.name.endswith("-ar") else MOST
        found[path] = [f"{points[path]} points: {rules}"] if points[path] > most else []
    return found


points = {}

OTHER = b"Zebras hum below nine quiet violins, seldom blue.\r\n" * 9

FAULTS = (
    ("no date and no name", rb"(?m)^(Date|Message-ID):", rb"X-\1:", "MISSING_DATE"),
    ("a text that says something else", rb"(?s)(text/plain.*?\r\n\r\n).*?(\r\n--=_)", rb"\1" + OTHER + rb"\2",
     "MPART_ALT_DIFF"),
    ("words that sell", rb"(?m)^Subject: .*\r\n", b"Subject: VIAGRA 100% FREE $$$ MAKE MONEY FAST!!!\r\n", "points"),
)
