"""Draws warnings and errors of the copy desk at random, each with the words around it, to be read by eye.

    draw.py PROGRAM DATA [COUNT]

The abstracts of the conferences are HTML; here they are turned into CommonMark first, because HTML is told as such and
not read. What was read and found right or wrong stands in `docs/copy-desk.md`.
"""

import html
import json
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

HERE = Path(__file__).parent


def main():
    program, data = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 100
    with tempfile.TemporaryDirectory() as folder:
        found = []
        for name, publish in PUBLICATIONS.items():
            place = Path(folder) / name
            place.mkdir()
            publish(data, place)
            found += [(name, finding) for finding in check(program, place)]
        random.seed(2026)
        for name, finding in random.sample(found, min(count, len(found))):
            show(name, finding)
        for code, times in sorted(Counter(finding["code"] for _, finding in found).items()):
            print(f"{times:4} {code}")


def check(program, folder):
    command = [program, "check", folder, "--only", "calendar", "--message-format", "json"]
    told = subprocess.run(command, capture_output=True, check=False).stdout
    return [finding for finding in json.loads(told)["findings"] if finding["level"] != "note"]


def show(name, finding):
    print(f"\n{name}: {finding['code']}: {finding['message']}")
    for place in finding["places"][:2]:
        text = Path(place["file"]).read_bytes()
        parts = text[max(0, place["start"] - 80) : place["start"]], text[place["start"] : place["end"]]
        parts += (text[place["end"] : place["end"] + 60],)
        before, inside, after = (part.decode(errors="replace").replace("\n", " ") for part in parts)
        print(f"    {before}>>{inside[:240]}<<{after}")


def head(title, date, zone="UTC", more=""):
    edition = f'[edition]\ntitle = "{title}"\ndate = {date}\ntimezone = "{zone}"\n{more}'
    return f'{edition}[newsletter]\nfrom = "news@publication.eu"\n'


def write(folder, config, sessions):
    (folder / "bulletin.toml").write_text(config, encoding="utf-8")
    (folder / "sessions.json").write_text(json.dumps(sessions, ensure_ascii=False, indent=1), encoding="utf-8")


def commonmark(text):
    """HTML as these systems write it, as CommonMark."""

    def link(match):
        return f"[{match[2]}]({match[1]})" if re.match(r"https?://\S+$", match[1]) else match[2]

    text = re.sub(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', link, text or "", flags=re.S)
    for pattern, new in [
        (r"<li>\s*(<p>)?", "\n- "),
        (r"</?(ul|ol)>|</h\d>|</?p>", "\n\n"),
        (r"<h(\d)[^>]*>", lambda match: "\n\n" + "#" * int(match[1]) + " "),
        (r"</?(em|i)>", "*"),
        (r"</?(strong|b)>", "**"),
        (r"<br ?/?>", "  \n"),
        (r"<code>(.*?)</code>", r"`\1`"),
        (r"<[^>]+>", ""),
    ]:
        text = re.sub(pattern, new, text, flags=re.S)
    return re.sub(r"\n{3,}", "\n\n", html.unescape(text)).strip()


def fosdem(data, folder):
    schedule = json.loads((data / "fosdem-2026/2026-final-1079.derived.json").read_text(encoding="utf-8"))
    sessions = []
    for day in schedule["schedule"]["conference"]["days"]:
        for talk in (talk for talks in day["rooms"].values() for talk in talks):
            hours, minutes = map(int, talk["duration"].split(":"))
            end = datetime.fromisoformat(talk["date"]) + timedelta(hours=hours, minutes=minutes)
            names = [person.get("public_name") or person.get("name") for person in talk.get("persons", [])]
            sessions.append({
                "id": talk["guid"], "title": talk["title"], "series": talk["track"], "room": talk["room"],
                "date": talk["date"][:10], "start": talk["start"], "end": f"{end:%H:%M}", "url": talk["url"],
                "summary": commonmark(talk["abstract"]),
                # Some names look like an id.
                "speakers": [name for name in names if not re.match(r"^[a-z0-9._-]+$", name)],
            })
    write(folder, head("FOSDEM", "2026-02-04", "Europe/Brussels", "[select]\nsince = 2026-01-31\n"), sessions)


def pycon(data, folder):
    schedule = json.loads((data / "pycon-us-2024/conference_2024.json").read_text(encoding="utf-8"))["schedule"]
    sessions = [
        {
            "id": str(talk["conf_key"]), "title": talk["name"], "kind": talk["kind"], "room": talk["room"],
            "date": talk["start"], "start": talk["start"], "end": talk["end"],
            "speakers": talk.get("authors") or [], "summary": commonmark(talk["description"]),
        }
        for talk in schedule
        if talk["kind"] not in ("break", "informational")
    ]
    write(folder, head("PyCon US", "2024-05-10", "America/New_York"), sessions)


def pyvideo(name):
    def publish(data, folder):
        sessions = []
        for path in sorted((data / "pyvideo-dev" / name / "videos").glob("*.json")):
            talk = json.loads(path.read_text(encoding="utf-8"))
            sessions.append({
                "id": path.stem, "title": talk["title"], "date": talk["recorded"][:10],
                "speakers": talk["speakers"], "summary": talk.get("description") or "",
            })
        write(folder, head("PyVideo", "2018-01-01"), sessions)

    return publish


def as_mapped(name):
    """A case of this folder, as it is."""

    def publish(data, folder):
        config = (HERE / name / "bulletin.toml").read_text(encoding="utf-8")
        (folder / "bulletin.toml").write_text(config.replace("news@example.org", "news@publication.eu"))
        (folder / "real").symlink_to(data / name)

    return publish


PUBLICATIONS = {
    "fosdem-2026": fosdem,
    "pycon-us-2024": pycon,
    "europython-2023": pyvideo("europython-2023"),
    "pycon-us-2018": pyvideo("pycon-us-2018"),
    **{name: as_mapped(name) for name in
       ("linz-sessionize", "confs-tech", "eu-horizon-calls-dev", "swedish-calls", "mena-arabic-dev", "ilas-2025-csv")},
}

if __name__ == "__main__":
    main()
