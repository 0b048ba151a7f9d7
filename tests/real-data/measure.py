"""Runs the program against foreign data: it must never fall over, and must say of each case what it always said.

    measure.py PROGRAM DATA [--update]
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "conformance"))

import mail  # noqa: E402
import markup  # noqa: E402
import pdf  # noqa: E402
import verdict  # noqa: E402

# Seconds after which a run counts as hanging; the debug binary is slow, not that slow.
PATIENCE = 120

HEAD = '[edition]\ntitle = "Foreign data"\ndate = 2024-06-26\n[newsletter]\nfrom = "news@example.org"\n'


def main():
    program, data = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    update = "--update" in sys.argv[3:]
    with tempfile.TemporaryDirectory() as folder:
        for case in sorted(path.parent for path in HERE.glob("*/bulletin.toml")):
            if (data / real(case)).is_dir():
                publication(program, data, case, Path(folder) / case.name, update)
            else:
                print(f"  skipped: {case.name}: no such data")
        broken_json(program, data / "json-test-suite/test_parsing", Path(folder) / "json")
        tables(program, [data / "csv-spectrum/csvs", data / "messytables-horror"], Path(folder) / "csv")
        naughty(program, data, Path(folder) / "naughty")
        sweep(program, data, Path(folder) / "sweep", update)
    verdict.end()


def real(case):
    """Gives the folder of its data: one may have several cases, told apart by what follows a point."""
    return case.name.split(".")[0]


def copied(source, place):
    """Gives a file a second name, where the disk can, else a copy."""
    try:
        os.link(source, place)
    except OSError:
        shutil.copyfile(source, place)


def run(program, *arguments):
    """Gives the exit status and what was said; a crash or a hang has a status of its own."""
    try:
        done = subprocess.run(
            [program, *arguments], capture_output=True, timeout=PATIENCE, stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired:
        return "no end", b"", b""
    return done.returncode, done.stdout, done.stderr


def publication(program, data, case, folder, update):
    """One case: what the copy desk tells, counted; and where it has no errors, the whole edition."""
    folder.mkdir()
    for path in [case / "bulletin.toml", *case.glob("*.csv")]:
        (folder / path.name).write_bytes(path.read_bytes())
    # A link would lead out of the publication.
    shutil.copytree(data / real(case), folder / "real", copy_function=copied)
    status, out, _ = run(program, "check", str(folder), "--message-format", "json")
    told = "".join(f"{line}\n" for line in summed_up(status, out))
    expected = case / "expected.txt"
    if update:
        expected.write_text(told)
    known = expected.read_text() if expected.is_file() else "nothing is expected yet\n"
    verdict.clean(f"{case.name}: findings", [] if told == known else [f"expected: {known!r}", f"told: {told!r}"])
    if status != 0:
        return
    status, out, err = run(program, "build", str(folder), "--output", str(folder / "out"))
    verdict.clean(f"{case.name}: built", [] if status == 0 else [f"status {status}", err.decode()[-500:]])
    if status == 0:
        for path in sorted((folder / "out").glob("*.pdf"))[:3]:
            verdict.clean(f"{case.name}: {path.name}", pdf.conformance(path) + pdf.structure(path))
        html = (folder / "out" / "newsletter.html").read_bytes().decode()
        verdict.clean(f"{case.name}: newsletter.eml", message(folder / "out" / "newsletter.eml"))
        # Their links are theirs: `http` and `here` are told as findings.
        findings = [f for f in markup.check(html) if not f.startswith(("link-scheme: http:", "link-words:"))]
        verdict.clean(f"{case.name}: newsletter.html", findings)


def summed_up(status, out):
    """Gives lines that say how a check ended, how many rows were read and records made, and what was found how often."""
    checked = json.loads(out or '{"findings": [], "rows": 0, "records": {}}')
    found = Counter(f"{finding['level']} {finding['code']}" for finding in checked["findings"])
    counts = [f"{checked['rows']} rows", *(f"{n} {table}" for table, n in checked["records"].items())]
    return [f"status {status}", *counts, *(f"{n} {what}" for what, n in sorted(found.items()))]


def sweep(program, data, folder, update):
    """All files of each folder at once, as news that nobody described: read or told, and always the same."""
    lines, expected = [], HERE / "sweep.txt"
    for source in sorted(path for path in data.iterdir() if path.is_dir()):
        for end in ("csv", "json"):
            files = [path for path in source.rglob(f"*.{end}") if path.is_file()]
            if not files:
                continue
            place = folder / f"{source.name}.{end}"
            place.mkdir(parents=True)
            for at, path in enumerate(sorted(files)):
                copied(path, place / f"{at:03}-{path.name}")
            config = f'{HEAD}[[input]]\ntable = "news"\npath = "*.{end}"\n'
            (place / "bulletin.toml").write_text(config)
            status, out, _ = run(program, "check", str(place), "--message-format", "json")
            lines += [f"{source.name}/**/*.{end}: {len(files)} files, {', '.join(summed_up(status, out))}"]
            verdict.clean(f"sweep of {place.name}", [] if status in (0, 1) else [f"status {status}"])
    told = "".join(f"{line}\n" for line in lines)
    if update:
        expected.write_text(told)
    known = expected.read_text().splitlines() if expected.is_file() else []
    verdict.clean("sweep: counts", [line for line in lines if line not in known])


def message(path):
    # These publications have no list that anyone could leave.
    rules = ("rfc8058", "rfc2919")
    return [finding for finding in mail.check(path.read_bytes()) if not finding.startswith(rules)]


def broken_json(program, files, folder):
    """JSONTestSuite: what is not JSON is told (status 1); nothing makes the program fall over."""
    if not files.is_dir():
        return print("  skipped: json-test-suite: no such data")
    folder.mkdir()
    (folder / "bulletin.toml").write_text(HEAD)
    findings = []
    for path in sorted(files.iterdir()):
        (folder / "sessions.json").write_bytes(path.read_bytes())
        status, _, _ = run(program, "check", str(folder))
        if status not in ((1,) if path.name.startswith("n_") else (0, 1)):
            findings.append(f"{path.name}: status {status}")
    verdict.clean(f"json-test-suite: {len(list(files.iterdir()))} files", findings)


def tables(program, folders, folder):
    """Tables of any form, as calls and as news: told or taken, never a crash."""
    folder.mkdir()
    findings, count = [], 0
    ends = (".csv", ".tsv", ".psv", ".ssv", ".xlsx", ".xls", ".ods")
    paths = [path for source in folders if source.is_dir() for path in sorted(source.iterdir())]
    for path in (path for path in paths if path.suffix in ends):
        name = f"any{path.suffix}"
        for table in ("calls", "news"):
            (folder / "bulletin.toml").write_text(f'{HEAD}[[input]]\ntable = "{table}"\npath = "{name}"\n')
            (folder / name).write_bytes(path.read_bytes())
            status, _, _ = run(program, "check", str(folder))
            (folder / name).unlink()
            count += 1
            if status not in (0, 1):
                findings.append(f"{path.name} as {table}: status {status}")
    if count:
        verdict.clean(f"csv-spectrum, messytables-horror: {count} runs", findings)


def naughty(program, data, folder):
    """Naughty strings as titles, places and prose: text stays text, in HTML, in the message and in the calendar."""
    strings = []
    if (data / "blns/blns.json").is_file():
        strings += json.loads((data / "blns/blns.json").read_text(encoding="utf-8"))
    if (data / "xss-h5sc/vectors.txt").is_file():
        strings += (data / "xss-h5sc/vectors.txt").read_text(encoding="utf-8").splitlines()
    if not strings:
        return print("  skipped: blns, xss-h5sc: no such data")
    folder.mkdir()
    (folder / "bulletin.toml").write_text(HEAD)
    news = [{"id": f"n{at}", "title": f"Item {at}: {text}", "place": text} for at, text in enumerate(strings)]
    prose = [{"id": f"n{at}", "title": f"Item {at}", "summary": text} for at, text in enumerate(strings)]
    for name, rows, fine in (("titles", news, (0,)), ("prose", prose, (0, 1))):
        (folder / "news.json").write_text(json.dumps(rows), encoding="utf-8")
        command = ("build", str(folder), "--only", "newsletter,calendar", "--output", str(folder / "out"))
        status, _, err = run(program, *command)
        verdict.clean(f"naughty {name}: built", [] if status in fine else [f"status {status}", err.decode()[-500:]])
        if status == 0:
            findings = markup.check((folder / "out" / "newsletter.html").read_bytes().decode())
            # 700 items are more than a mail should hold; that is not what is looked at here.
            findings = [finding for finding in findings if not finding.startswith("gmail-clips")]
            verdict.clean(f"naughty {name}: nothing became a tag or a link", findings)


if __name__ == "__main__":
    os.environ.pop("RUST_BACKTRACE", None)
    main()
