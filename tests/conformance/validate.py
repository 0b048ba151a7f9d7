"""Holds what `bulletin build` wrote against outside validators, and each validator against planted faults.

    validate.py FOLDER PUBLICATION     PUBLICATION is `sample` (with its facts) or `newcomer`
"""

import sys
from pathlib import Path

import facts
import ics
import mail
import markup
import pdf
import plant
import verdict

HERE = Path(__file__).parent
SUMMARY = "summary-cluster-management-101.pdf"


def main():
    folder, publication = Path(sys.argv[1]), sys.argv[2]
    sample = publication == "sample"
    pdfs = sorted(folder.glob("*.pdf"))
    verdict.clean("every file is there", absent(folder, sample))
    for path in pdfs:
        pdf.check(path)
    html = read(folder / "newsletter.html")
    text = read(folder / "newsletter.txt")
    raw = (folder / "newsletter.eml").read_bytes()
    calendar = (folder / "calendar.ics").read_bytes()
    wanted = ics.load(HERE / "instants.txt", publication)
    verdict.clean("newsletter.html: markup, accessibility, mail programs", markup.check(html))
    verdict.clean("newsletter.txt: every link of the HTML", mail.unlinked(markup.links(html), text))
    verdict.clean("newsletter.eml: headers and parts", mail.check(raw))
    verdict.clean("calendar.ics: form and instants", ics.check(calendar, wanted))
    if sample:
        state_facts(folder, html, text, raw)
        pdf.plant(folder / SUMMARY)
        plant.hold(html, markup.FAULTS, markup.check)
        plant.hold(raw, mail.FAULTS, mail.check)
        plant.hold(calendar, ics.FAULTS, lambda broken: ics.check(broken, wanted))
    verdict.end()


def absent(folder, sample):
    summary = SUMMARY if sample else "summary-from-field-to-canteen.pdf"
    letters = [f"newsletter{end}" for end in (".html", "-web.html", ".txt", ".eml")]
    names = [summary, "handout.pdf", *letters, "calendar.ics"]
    return [f"no {name}" for name in names if not (folder / name).is_file()]


def read(path):
    return path.read_bytes().decode("utf-8")


def state_facts(folder, html, text, raw):
    wanted = facts.load(HERE / "facts.txt")
    texts = {
        SUMMARY: ("summary", pdf.text(folder / SUMMARY)),
        "handout.pdf": ("handout", pdf.text(folder / "handout.pdf")),
        "newsletter.html": ("mail", markup.text(html)),
        "newsletter-web.html": ("mail", markup.text(read(folder / "newsletter-web.html"))),
        "newsletter.txt": ("mail", text),
        "newsletter.eml, HTML part": ("mail", markup.text(mail.part(raw, "text/html") or "")),
        "newsletter.eml, text part": ("mail", mail.part(raw, "text/plain") or ""),
    }
    for name, (artifact, found) in texts.items():
        verdict.clean(f"{name}: {len(wanted[artifact])} facts", facts.missing(found, wanted[artifact]))
        # A fact that nobody states, and one that is cut out of the text.
        verdict.caught(f"{name}: a fact that is not there", "Atlantis", facts.missing(found, [["EU-Atlantis Matchmaking"]]))
        cut = facts.pattern("Bengaluru").sub("Mysuru", facts.plain(found))
        verdict.caught(f"{name}: a place that was changed", "Bengaluru", facts.missing(cut, wanted[artifact]))


if __name__ == "__main__":
    main()
