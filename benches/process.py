#!/usr/bin/env python3
"""Whole processes side by side: time and memory, in one run, interleaved.

    cargo build --release
    benches/process.py [--typst PATH] [--runs 20]

The sample edition (all files, proof-read) against the Typst command on the very document of its summary alone; then
`bulletin check` on calls as CSV, for time per row and memory per byte of the file. Typst is `typst` on the path, of
the version in Cargo.lock, where none is given; without one that part says so.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BULLETIN = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release" / "bulletin"


def run(command):
    """Gives wall time in seconds and the largest resident set in MB."""
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    took = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{command}: {said.decode()}")
    return took, usage.ru_maxrss / 1024


def measure(commands, runs):
    taken = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            taken[name].append(run(command))
    return {name: (statistics.median(t for t, _ in all), max(m for _, m in all)) for name, all in taken.items()}


def edition(folder, typst, runs):
    build = [BULLETIN, "build", ROOT / "data", "--output", folder / "out"]
    commands = {
        "bulletin build, the edition without handout": [*build, "--only", "summary,newsletter,calendar"],
        "bulletin build, the whole edition": build,
    }
    if typst:
        (document,) = (ROOT / "tests/editions/sample/expected").glob("summary-*.typ")
        # The program sets the title of the PDF beside the text; PDF/UA asks the command for it as well.
        title = '#set document(title: "Cluster Management 101", date: datetime(year: 2024, month: 6, day: 26))\n'
        (folder / "summary.typ").write_text(title + document.read_text(encoding="utf-8"), encoding="utf-8")
        shutil.copy(ROOT / "templates/theme.typ", folder)
        commands["typst compile, the summary alone"] = [
            typst, "compile", "--ignore-system-fonts", "--font-path", ROOT / "templates/fonts",
            "--pdf-standard", "ua-1,a-2a", folder / "summary.typ", folder / "summary.pdf",
        ]
    else:
        print("there is no Typst command; give one with --typst")
    found = measure(commands, runs)
    for name, (took, memory) in found.items():
        print(f"{name:40} {took * 1000:7.1f} ms {memory:7.1f} MB")
    if typst:
        # The handout has no counterpart on the other side.
        (ours, _), _, (theirs, _) = found.values()
        print(f"{'ratio':40} {ours / theirs:7.2f}")


def table(path, rows):
    summary = "Pays for the first year of joint work, from the plan to the first delivery; half of the partners " * 2
    with open(path, "w", encoding="utf-8") as out:
        out.write("id,title,programme,funder,opens,deadline,budget,url,summary\n")
        for row in range(rows):
            out.write(
                f"call-{row:06},\"Green Business: round {row}\",Green Business,Research Council,"
                f"2026-{1 + row % 12:02}-{1 + row % 28:02},{1 + row % 28}.{1 + row % 12}.2027,"
                f"EUR {1 + row % 9} 500 000,https://example.org/calls/{row},\"{summary}\"\n"
            )


def rows(folder, runs):
    # On the first day one call in 84 is open, on the second all are, and every word of them is proof-read.
    for date, shown in (("2027-12-27", "few"), ("2026-06-01", "all")):
        (folder / "bulletin.toml").write_text(f'[edition]\ntitle = "Calls"\ndate = {date}\n')
        for count in (10_000, 100_000, 400_000):
            table(folder / "calls.csv", count)
            size = (folder / "calls.csv").stat().st_size / 1024 / 1024
            ((took, memory),) = measure({"": [BULLETIN, "check", folder]}, runs).values()
            print(f"bulletin check, {count:7,} calls, {shown} shown, {size:6.1f} MB {took * 1000:8.1f} ms, "
                  f"{took / count * 1e6:5.2f} µs a row, {memory:7.1f} MB, {memory / size:4.2f} times the file")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--typst", default=shutil.which("typst"))
    parser.add_argument("--runs", type=int, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temp:
        edition(Path(temp), options.typst, options.runs)
        rows(Path(temp), max(3, options.runs // 4))


main()
