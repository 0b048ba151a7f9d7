#!/usr/bin/env python3
"""The newsletter beside MJML, mrml and react-email: the same sixty items, in one run, interleaved.

    benches/peers.py [--rounds 5] [--seconds 2] [--bulletin-bench PATH] [--bulletin PATH]

It needs Python, Node with npm, and Cargo; what else it needs, it puts into target/peers, in the versions of
benches/peers/package-lock.json and benches/peers/mrml/Cargo.lock. Each round runs each tool once, in a process of its
own, warmed up; the figures are the median of the rounds' medians, and the fastest call of all. An aim holds where it
does by both: on a busy machine a call of milliseconds is put off and one of microseconds is not, so the median is too
hard on a slow peer, and the fastest call, in which no garbage is collected, too kind. For the peers that run on Node the
processor time of a call stands between the two.

The layout is ours for all of them, the date beside the text, in the way that each tool has for columns; once more each
is measured with all of an item in one column, the smallest that it can write, though no such newsletter is asked for.
Whatever else can favour a peer does. Its dates come written and its links tagged; ours are worked out in the time that is
measured. The source for MJML and mrml comes put together, and neither writes text: theirs is HTML alone. Ours alone has
dark colours, a list of contents, the state of each call and the action of each session.
"""

import argparse
import html
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
HERE = ROOT / "benches/peers"
WORK = TARGET / "peers"

# The aims: at least so many times slower than ours.
AIMS = {"MJML": 100, "react-email": 100, "mrml": 5}

# The items are those of benches/newsletter.rs.
TITLE, DATE = "Lakeside research news", "5 October 2026"
TEXT = "Two lines of text that say what it is about, for whom it is meant and why one should read on."
CONFIG = """\
[edition]
title = "Lakeside research news"
date = 2026-10-05
timezone = "Europe/Brussels"
[publisher]
name = "Lakeside University"
url = "https://example.org"
[newsletter]
from = "news@example.org"
unsubscribe-url = "https://example.org/unsubscribe"
utm = { source = "newsletter", medium = "email" }
"""


def tables():
    """Gives the publication as `bulletin` reads it."""
    sessions = "".join(
        f's{n},Open data clinic {n},2026-11-{1 + n % 28:02},14:00,15:30,Ghent,Belgium,https://example.org/s/{n},Register,"{TEXT}"\n'
        for n in range(20)
    )
    calls = "".join(
        f'c{n},Seed fund {n},Lakeside Grants,2026-12-{1 + n % 28:02},17:00,EUR {100_000 * (n + 1)},https://example.org/c/{n},"{TEXT}"\n'
        for n in range(30)
    )
    news = "".join(
        f'n{n},New reading hall {n},2026-10-{10 + n},Main Library,https://example.org/n/{n},"{TEXT}"\n' for n in range(10)
    )
    return {
        "bulletin.toml": CONFIG,
        "sessions.csv": "id,title,date,start,end,place,country,url,action,summary\n" + sessions,
        "calls.csv": "id,title,programme,deadline,time,budget,url,summary\n" + calls,
        "news.csv": "id,title,date,place,url,summary\n" + news,
    }


def edition():
    """Gives the same as a peer's template wants it: grouped, each date and amount written out, each link tagged."""

    def item(title, at, meta, **date):
        url = f"https://example.org/{at}?utm_source=newsletter&utm_medium=email"
        return {"title": title, "url": url, "meta": meta, "summary": TEXT, **date}

    sessions = [
        item(f"Open data clinic {n}", f"s/{n}", "Ghent, Belgium", day=str(1 + n % 28), month="Nov 2026", time="14:00–15:30 CET")
        for n in range(20)
    ]
    calls = [
        item(
            f"Seed fund {n}", f"c/{n}", f"Lakeside Grants · Budget: EUR {100_000 * (n + 1):,}",
            day=str(1 + n % 28), month="Dec 2026", time="17:00 CET",
        )
        for n in range(30)
    ]
    calls.sort(key=lambda call: int(call["day"]))
    news = [item(f"New reading hall {n}", f"n/{n}", f"{10 + n} October 2026 · Main Library") for n in range(10)]
    return {
        "title": TITLE,
        "date": DATE,
        "preheader": "20 coming sessions, 30 funding opportunities and 10 news items · "
        "Open data clinic 0 · Open data clinic 1 · Open data clinic 2",
        "publisher": "Lakeside University",
        "unsubscribe": "https://example.org/unsubscribe",
        "groups": [
            {"heading": "Coming up", "items": sessions},
            {"heading": "Funding opportunities", "items": calls},
            {"heading": "News", "items": news},
        ],
    }


def mjml(edition, beside):
    """Gives the source for MJML and mrml: a text for each item, or a section for each, with the date `beside` it."""
    safe = {key: html.escape(value) for key, value in edition.items() if isinstance(value, str)}

    def words(item):
        return (
            f'<h3 style="margin:0;font-size:18px"><a style="color:#0b4f7d" href="{html.escape(item["url"])}">'
            f'{html.escape(item["title"])}</a></h3><p style="margin:0;color:#4c5a6c">{html.escape(item["meta"])}</p>'
            f'<p style="margin:0">{html.escape(item["summary"])}</p>'
        )

    def lone(item):
        date = f"{item['day']} {item['month']} · {item['time']}" if "day" in item else ""
        date = date and f'<p style="margin:0;color:#0b4f7d">{date}</p>'
        return f"<mj-text>{date}{words(item)}</mj-text>"

    def columns(item):
        if "day" not in item:
            return f"<mj-section><mj-column><mj-text>{words(item)}</mj-text></mj-column></mj-section>"
        return (
            f'<mj-section><mj-column width="20%"><mj-text font-size="28px" color="#0b4f7d">{item["day"]}</mj-text>'
            f'<mj-text color="#4c5a6c">{item["month"]}<br />{item["time"]}</mj-text></mj-column>'
            f'<mj-column width="80%"><mj-text>{words(item)}</mj-text></mj-column></mj-section>'
        )

    def group(group):
        heading = f'<mj-text><h2 style="margin:0">{html.escape(group["heading"])}</h2></mj-text>'
        if beside:
            return f"<mj-section><mj-column>{heading}</mj-column></mj-section>" + "".join(map(columns, group["items"]))
        return f"<mj-section><mj-column>{heading}{''.join(map(lone, group['items']))}</mj-column></mj-section>"

    return f"""\
<mjml lang="en">
  <mj-head>
    <mj-title>{safe["title"]}, {safe["date"]}</mj-title>
    <mj-preview>{safe["preheader"]}</mj-preview>
    <mj-attributes>
      <mj-all font-family="'Segoe UI',Arial,sans-serif" />
      <mj-text padding="0 0 16px" font-size="16px" line-height="24px" color="#16202e" />
      <mj-section background-color="#ffffff" padding="0 32px" />
    </mj-attributes>
  </mj-head>
  <mj-body background-color="#eef1f4">
    <mj-section><mj-column><mj-text><p>{safe["date"]}</p><h1>{safe["title"]}</h1></mj-text></mj-column></mj-section>
    {"".join(map(group, edition["groups"]))}
    <mj-section><mj-column><mj-text color="#4c5a6c">{safe["publisher"]} · <a href="{safe["unsubscribe"]}">Unsubscribe from this newsletter</a></mj-text></mj-column></mj-section>
  </mj-body>
</mjml>
"""


def must(command, **more):
    """Runs a command and gives what it said; its complaint ends the run."""
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, text=True, encoding="utf-8", **more)
    if done.returncode:
        raise SystemExit(f"failed: {' '.join(map(str, command))}")
    return done.stdout


def install():
    """Puts the peers into target/peers."""
    locked = (HERE / "package-lock.json").read_bytes()
    stamp = WORK / "node_modules/.from-lock"
    for file in HERE.glob("*.js*"):
        shutil.copy(file, WORK)
    if not stamp.exists() or stamp.read_bytes() != locked:
        must(["npm", "ci", "--ignore-scripts"], cwd=WORK)
        stamp.write_bytes(locked)
    must([WORK / "node_modules/.bin/esbuild", "react-email.jsx", "--jsx=automatic", "--outfile=react-email.js",
          "--log-level=warning"], cwd=WORK)
    must(["cargo", "build", "--release", "--locked", "--manifest-path", HERE / "mrml/Cargo.toml",
          "--target-dir", WORK / "mrml"])


def divan(said, name):
    """Reads the fastest and the median time of one bench, in microseconds."""
    unit = {"ns": 1e-3, "µs": 1.0, "ms": 1e3, "s": 1e6}
    row = re.search(rf"{name} +([\d.]+) (\S+) +│ +[\d.]+ \S+ +│ +([\d.]+) (\S+)", said)
    if not row:
        raise SystemExit(f"the bench says nothing about {name}:\n{said}")
    return {"fastest": float(row[1]) * unit[row[2]], "median": float(row[3]) * unit[row[4]]}


def whole(page, edition):
    """Looks whether a page says everything; a fast half would be no newsletter."""
    said = html.unescape(page)
    for item in (item for group in edition["groups"] for item in group["items"]):
        for word in (item["title"], item["url"], item["summary"]):
            if word not in said:
                return f"lacks `{word}`"
    return "lacks texts" if said.count(TEXT) < 60 else None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2, help="how long each peer is timed in each round")
    parser.add_argument("--bulletin-bench", type=Path, help="the bench `newsletter`, where it is built already")
    parser.add_argument("--bulletin", type=Path, help="the command `bulletin`, where it is built already")
    options = parser.parse_args()

    WORK.mkdir(parents=True, exist_ok=True)
    given, found = WORK / "given", WORK / "found"
    for folder in (given, found):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
    for name, text in tables().items():
        (given / name).write_text(text, encoding="utf-8")
    items = edition()
    for name, beside in (("lone", False), ("beside", True)):
        (found / f"{name}.mjml").write_text(mjml(items, beside), encoding="utf-8")
        (found / f"{name}.json").write_text(json.dumps({**items, "beside": beside}), encoding="utf-8")

    install()
    command = options.bulletin
    if not command:
        must(["cargo", "build", "--release", "--manifest-path", ROOT / "Cargo.toml"])
        command = TARGET / "release/bulletin"
    must([command, "build", given, "--output", found / "bulletin"])

    bench = [options.bulletin_bench, "--bench"]
    if not options.bulletin_bench:
        bench = ["cargo", "bench", "--manifest-path", ROOT / "Cargo.toml", "--bench", "newsletter", "--"]
    bench += ["html_and_text", "message_of_both", "--sample-count", "2000"]
    # React is slower in the mode for development.
    node = {**os.environ, "NODE_ENV": "production"}
    rust = WORK / "mrml/release/peer-mrml"
    peers = {
        "MJML": ["node", "mjml.js", "found/beside.mjml", "found/mjml.html"],
        "react-email": ["node", "react-email.js", "found/beside.json", "found/react-email.html"],
        "mrml": [rust, "found/beside.mjml", "found/mrml.html"],
        "MJML, one column": ["node", "mjml.js", "found/lone.mjml", "found/mjml-lone.html"],
        "react-email, one column": ["node", "react-email.js", "found/lone.json", "found/react-email-lone.html"],
        "mrml, one column": [rust, "found/lone.mjml", "found/mrml-lone.html"],
    }
    taken = {name: [] for name in ("bulletin", "message", *peers)}
    for number in range(options.rounds):
        print(f"round {number + 1} of {options.rounds}", file=sys.stderr)
        said = must(bench)
        taken["bulletin"].append(divan(said, "html_and_text"))
        taken["message"].append(divan(said, "message_of_both"))
        for name, peer in peers.items():
            taken[name].append(json.loads(must([*peer, options.seconds], cwd=WORK, env=node)))

    pages = {name: WORK / peer[-1] for name, peer in peers.items()}
    pages["bulletin"] = found / "bulletin/newsletter.html"
    pages = {name: path.read_text(encoding="utf-8") for name, path in pages.items()}
    for name, page in pages.items():
        if fault := whole(page, items):
            raise SystemExit(f"{name}: {fault}")
    report(taken, {name: len(page.encode()) for name, page in pages.items()})


def report(taken, sizes):
    def middle(name, what="median"):
        return statistics.median(run[what] for run in taken[name])

    def fastest(name):
        return min(run["fastest"] for run in taken[name])

    ratios = {}
    print(f"{'60 items':26} {'parts':12} {'median':>11} {'fastest':>11} {'processor':>11} {'ratio':>7} {'fastest':>7} {'HTML':>9} {'ratio':>6}")
    for name in ("bulletin", *(name for name in taken if name not in ("bulletin", "message"))):
        parts = "HTML" if name.startswith(("MJML", "mrml")) else "HTML, text"
        # Beside each other in a round, so that what else the machine does weighs on both.
        ratio = statistics.median(run["median"] / ours["median"] for run, ours in zip(taken[name], taken["bulletin"]))
        processor = f"{middle(name, 'processor'):8.1f} µs" if "processor" in taken[name][0] else ""
        print(
            f"{name:26} {parts:12} {middle(name):8.1f} µs {fastest(name):8.1f} µs {processor:>11} {ratio:7.1f} "
            f"{fastest(name) / fastest('bulletin'):7.1f} {sizes[name]:7} B {sizes[name] / sizes['bulletin']:6.2f}"
        )
        ratios[name] = (ratio, fastest(name) / fastest("bulletin"))

    def said(holds):
        return "holds" if holds else "does not hold"

    print()
    for where, layout in (("", "in our layout"), (", one column", "in one column")):
        for name, aim in AIMS.items():
            usual, best = ratios[name + where]
            print(f"{aim} times faster than {name} {layout}: {said(min(usual, best) >= aim)}, "
                  f"{usual:.1f} times by the median, {best:.1f} by the fastest")
        smallest = min((sizes[name + where], name) for name in AIMS)
        print(f"HTML not larger than the smallest {layout} ({smallest[1]}): {said(sizes['bulletin'] <= smallest[0])}, "
              f"{sizes['bulletin']} beside {smallest[0]} bytes")
    together = statistics.median(a["median"] + b["median"] for a, b in zip(taken["bulletin"], taken["message"]))
    best = fastest("bulletin") + fastest("message")
    print(f"a whole message under 100 µs: {said(together < 100)}, {middle('bulletin'):.1f} for HTML and text and "
          f"{middle('message'):.1f} for MIME by the median, {best:.1f} together by the fastest")


main()
