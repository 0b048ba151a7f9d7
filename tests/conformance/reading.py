"""The order in which the mail is read where there is no layout: what w3m makes of it, beside what it made before.

`SNAPSHOTS=overwrite` writes it anew; read it then as somebody would who hears it.
"""

import difflib
import os
import subprocess
import tempfile
from pathlib import Path

FOLDER = Path(__file__).parent / "reading-order"


def read(html):
    with tempfile.TemporaryDirectory() as home:
        command = ["w3m", "-dump", "-T", "text/html", "-I", "UTF-8", "-O", "UTF-8", "-cols", "76"]
        told = subprocess.run(command, input=html.encode("utf-8"), capture_output=True, check=True, env={"HOME": home})
    return told.stdout.decode("utf-8")


def check(html, name):
    path = FOLDER / f"{name}.txt"
    told = read(html)
    if overwrites():
        FOLDER.mkdir(exist_ok=True)
        path.write_text(told, encoding="utf-8")
    wanted = path.read_text(encoding="utf-8") if path.is_file() else ""
    lines = difflib.unified_diff(wanted.splitlines(), told.splitlines(), "before", "now", lineterm="", n=0)
    return [f"reading order: {line}" for line in lines]


def overwrites():
    return os.environ.get("SNAPSHOTS") == "overwrite"


FAULTS = (
    ("two sections change places", r'(<h2 id="calls".*?)(<h2 id="news".*?)(Unsubscribe)', r"\2\1\3", "reading order"),
    ("a heading is said twice", r"(<h1.*?</h1>)", r"\1\1", "reading order: +"),
    ("the foot is lost", r'<a href="https://example.org/unsubscribe".*?</a>', "", "reading order: -Unsubscribe"),
)
