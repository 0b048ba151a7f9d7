"""Lays out what each target starts from, of the cases that the other tests have: `seeds.py FOLDER`."""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 20_000
TARGETS = {"ics": "calendar", "rss": "xml", "atom": "xml", "html": "page", "xlsx": "workbook", "tsv": "csv", "jsonl": "json"}
PROSE = ["title", "summary", "text", "body", "abstract", "eligibility"]


def publications():
    for room in ["editions", "diagnostics", "desk"]:
        for folder in sorted((ROOT / "tests" / room).iterdir()):
            files = [file for file in sorted(folder.iterdir()) if file.is_file() and file.name not in ["expected.txt", "case.toml"]]
            if files:
                yield f"{room}-{folder.name}", files


def texts(value):
    """Gives every text that may be prose."""
    if isinstance(value, list):
        for one in value:
            yield from texts(one)
    elif isinstance(value, dict):
        for name, one in value.items():
            if name in PROSE and isinstance(one, str):
                yield one
            else:
                yield from texts(one)


def main():
    seeds = Path(sys.argv[1])

    def keep(target, name, content):
        if len(content) <= LONGEST:
            (seeds / target).mkdir(parents=True, exist_ok=True)
            (seeds / target / name).write_bytes(content)

    for name, files in publications():
        whole = b""
        for file in files:
            content = file.read_bytes()
            whole += b"=== " + file.name.encode() + b"\n" + content
            kind = file.suffix[1:]
            target = "toml" if file.name == "bulletin.toml" else TARGETS.get(kind, kind)
            keep(target, f"{name}-{file.name}", content)
            if kind == "json":
                try:
                    prose = list(texts(json.loads(content)))
                except ValueError:
                    prose = []
                for at, text in enumerate(prose):
                    for target in ["prose", "html", "typst", "markup"]:
                        keep(target, f"{name}-{file.stem}-{at}", text.encode())
        for target in ["check", "edition"]:
            keep(target, name, whole)


main()
