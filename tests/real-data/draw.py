"""Draws warnings and errors of the copy desk at random, each with the words around it, to be read by eye.

    draw.py PROGRAM DATA [COUNT [SEED]]

What was read and found right or wrong stands in `docs/copy-desk.md`.
"""

import html
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent


def main():
    program, data = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 100
    with tempfile.TemporaryDirectory() as folder:
        found = {}
        for name, (dataset, config) in PUBLICATIONS.items():
            place = Path(folder) / name
            place.mkdir()
            (place / "bulletin.toml").write_text(config, encoding="utf-8")
            shutil.copytree(data / dataset, place / "real")
            for finding in check(program, place):
                # Two states of one list hold much the same: what is told of both counts once.
                about = finding["records"] or [place_of(finding, at)[1] for at in range(len(finding["places"][:2]))]
                found.setdefault((dataset, finding["code"], finding["message"], *about), (name, finding))
        drawn = list(found.values())
        random.seed(int(sys.argv[4]) if len(sys.argv) > 4 else 2026)
        for name, finding in random.sample(drawn, min(count, len(drawn))):
            show(name, finding)
        for what in (lambda one: one[0], lambda one: one[1]["code"]):
            print()
            for key, times in sorted(Counter(map(what, drawn)).items()):
                print(f"{times:4} {key}")
        print(f"\n{len(drawn)} findings")


def check(program, folder):
    command = [program, "check", folder, "--only", "calendar", "--message-format", "json"]
    told = subprocess.run(command, capture_output=True, check=False)
    if not told.stdout:
        sys.exit(f"{folder.name}: {told.stderr.decode()}")
    return [finding for finding in json.loads(told.stdout)["findings"] if finding["level"] != "note"]


def place_of(finding, at):
    """The words before a place, in it and behind it."""
    place = finding["places"][at]
    text = Path(place["file"]).read_bytes()
    start, end = place["start"], place["end"]
    if Path(place["file"]).suffix == ".xlsx":
        return "", f"{start}-{end}", ""
    parts = text[max(0, start - 240) : start], text[start:end], text[end : end + 160]
    return [part.decode(errors="replace").replace("\n", " ") for part in parts]


def show(name, finding):
    print(f"\n{name}: {finding['code']}: {finding['message']}")
    for at, place in enumerate(finding["places"][:3]):
        before, inside, after = place_of(finding, at)
        if len(inside) > 400:
            # Of a text that was HTML all of it is the place: the words of the message are looked up in it.
            inside = re.sub(r"<[^>]*>", " ", html.unescape(html.unescape(inside)))
            if at == 0 and finding["code"] == "unbalanced-marks":
                print(f"    {inside}")
            for word in re.findall(r"`([^`]{3,})`" if at == 0 else "$^", finding["message"]):
                for hit in list(re.finditer(re.escape(word), inside))[:3]:
                    print(f"    …{inside[max(0, hit.start() - 90) : hit.end() + 60]}…")
            for hit in re.finditer(r"\b(\w+) \1\b", inside) if finding["code"] == "doubled-word" else ():
                print(f"    …{inside[max(0, hit.start() - 60) : hit.end() + 40]}…")
        else:
            print(f"    {before[-100:]}>>{inside}<<{after[:80]}")
        print(f"        {place['text']}")
    print(f"    = {finding['help']}")


def publication(dataset, date, inputs, zone="UTC", lang="en"):
    config = f'[edition]\ntitle = "Drawn"\ndate = {date}\ntimezone = "{zone}"\nlang = "{lang}"\n'
    config += '[newsletter]\nfrom = "news@publication.eu"\n'
    for one in inputs:
        config += "[[input]]\n" + "".join(f"{key} = {value}\n" for key, value in one.items())
    return dataset, config


def formatted(dataset, path, name, date, zone="UTC", lang="en", **more):
    """Files as a format known by name reads them."""
    return publication(dataset, date, [{"path": json.dumps(path), "format": json.dumps(name), **more}], zone, lang)


def as_mapped(case):
    """A case of this folder, as it is."""
    config = (HERE / case / "bulletin.toml").read_text(encoding="utf-8")
    return case.split(".")[0], config.replace("news@example.org", "news@publication.eu")


def swedish(path):
    fields = 'title = "title", url = "url", opens = "opens", deadline = "closes", summary = "description"'
    where = '{ status = ["Open", "Upcoming"] }'
    one = {"table": '"calls"', "path": json.dumps(path), "map": f"{{ {fields} }}", "where": where}
    return publication("swedish-calls", "2026-05-04", [one], "Europe/Stockholm")


PUBLICATIONS = {
    "fosdem-final": formatted("fosdem-2026", "real/2026-final-1079.xml", "pretalx", "2026-01-28", "Europe/Brussels"),
    "fosdem-early": formatted("fosdem-2026", "real/2026-early-883.xml", "pretalx", "2026-01-07", "Europe/Brussels"),
    "pycon": formatted("pycon-us-2024", "real/conference_2024.json", "pycon", "2024-05-10", "America/New_York"),
    "europython": formatted("pyvideo-dev", "real/europython-2023/videos/*.json", "pyvideo", "2023-01-01"),
    "pycon-2018": formatted("pyvideo-dev", "real/pycon-us-2018/videos/*.json", "pyvideo", "2018-01-01"),
    "pycon-jp": formatted("pyvideo-dev", "real/pycon-jp-2016/videos/*.json", "pyvideo", "2016-01-01"),
    "camp": formatted("c3voc-json", "real/frab-camp2019.json", "pretalx", "2019-08-01", "Europe/Berlin", "de"),
    "rc3": formatted("c3voc-json", "real/pretalx-rc3.json", "pretalx", "2020-12-01", "Europe/Berlin", "de"),
    "hub": formatted("c3voc-json", "real/hub-schedule2.json", "hub", "2019-01-01", "Europe/Berlin", "de"),
    "democon": formatted("c3voc-json", "real/pretalx-democon.json", "pretalx", "2019-01-01", "Europe/Berlin"),
    # Both years, and each of the 15 years of lists of conferences, with its calls for papers.
    "linz": formatted("linz-sessionize", "real/*.json", "sessionize", "2024-04-01", "Europe/Vienna", "de"),
    **{f"confs-{year}": formatted("confs-tech", f"real/conferences/{year}/*.json", "confs-tech", f"{year - 1}-06-01")
       for year in range(2013, 2028)},
    # All topics of the programme, as they were before the first one closed.
    "horizon": formatted("eu-horizon-calls-dev", "real/HE_calls_2024-07-11.derived.csv", "eu-portal", "2021-01-01",
                         "Europe/Brussels"),
    "horizon-june": formatted("eu-horizon-calls-dev", "real/HE_calls_2024-06-26.derived.csv", "eu-portal",
                              "2024-06-26", "Europe/Brussels"),
    "formas": swedish("real/formas_raw.json"),
    "tillvaxt": swedish("real/tillvaxt_raw.json"),
    **{case: as_mapped(case) for case in
       ("swedish-calls", "mena-arabic-dev", "ilas-2025-csv", "ai-deadlines.format")},
}

if __name__ == "__main__":
    main()
