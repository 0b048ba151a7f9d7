"""Tables that were written back, read by another: Python's own `csv` must find what the JSON says. The workbook is read
again by the suite.

    exported.py PROGRAM FOLDER
"""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import verdict

CONFIG = '[edition]\ntitle = "Tables"\ndate = 2024-06-26\ntimezone = "Europe/Brussels"\n'
CALLS = [
    {"id": "007", "title": "=1+1", "deadline": "2024-09-19", "time": "17:00", "opens": "2024-07-01", "tags": ["a; b"]},
    {"id": "008", "title": '=HYPERLINK("https://example.org","x")', "summary": "One.\n\n- two\n- three"},
    {"id": "1e5", "title": "+49 30", "budget": "EUR 1500000.50", "opens": "1899-01-01"},
    {"id": "-5", "title": "@SUM(A1)", "contact": "  x, \"y\"; z\t "},
    {"id": "TRUE", "title": "_x0041_ 漢字 🎉", "deadlines": [
        {"label": "first", "date": "2024-09-19", "time": "08:30:15", "timezone": "AoE"}, {"date": "2025-01-01"}]},
]
# What a spreadsheet program takes for the start of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def main():
    program, folder = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
    (folder / "news").mkdir(parents=True)
    (folder / "news" / "bulletin.toml").write_text(CONFIG)
    (folder / "news" / "calls.json").write_text(json.dumps(CALLS), encoding="utf-8")
    for form in ("csv", "json"):
        subprocess.run([program, "export", folder / "news", "-o", folder / form, "--format", form], check=True,
                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    truth = {call["id"]: call for call in json.loads((folder / "json/calls.json").read_text(encoding="utf-8"))}
    text = (folder / "csv/calls.csv").read_bytes().decode("utf-8")
    verdict.clean("calls.csv: same texts, no formula", table(text, truth))
    verdict.caught("a formula in a cell", "is taken for a formula", table(text.replace(",+49", "+49").replace(" +49", "+49"), truth))
    verdict.caught("a lost zero", "007", table(text.replace("007", "7"), truth))
    verdict.end()


def table(text, truth):
    """CSV as a spreadsheet program sees it."""
    findings = [] if text.startswith("\ufeff") else ["no byte order mark: Excel takes it for another encoding"]
    for row in csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline="")):
        findings += [f"`{cell}` is taken for a formula" for cell in row.values() if cell.startswith(FORMULA)]
        known = truth.get(row["id"].strip())
        if known is None:
            findings.append(f"no call has the id {row['id']}; {' '.join(truth)}")
            continue
        findings += differing({name: cell.strip() for name, cell in row.items()}, known)
    return findings


def differing(row, known):
    """Names the cells that say something else than the record."""
    findings = []
    for name in ("title", "summary", "budget", "contact", "opens", "time"):
        wanted = known.get(name, "")
        wanted = wanted[:5] if name == "time" else wanted
        if row.get(name, "") != wanted:
            findings.append(f"{name} of {known['id']}: {row.get(name)!r} instead of {wanted!r}")
    return findings


if __name__ == "__main__":
    main()
