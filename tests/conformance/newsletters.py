"""Holds the newsletters of the whole matrix against what reads, shows, judges and carries mail.

    newsletters.py BULLETIN WORK     BULLETIN is the program, WORK a folder for what is made on the way
"""

import os
import shutil
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import browser
import contact
import deliver
import ics
import mail
import markup
import matrix
import nu
import parsers
import plant
import publications
import reading
import spam
import tools
import verdict

SHARED = Path(os.environ.get("BULLETIN_REAL_DATA", "../shared/data"))
SHEET = Path(sys.prefix) / "contact-sheet"
FIRST = matrix.Cell("sample")


def main():
    bulletin, work = Path(sys.argv[1]), Path(sys.argv[2])
    (work / "planted").mkdir(parents=True)
    cells = build(bulletin, work)
    foreign = build_foreign(bulletin, work)
    everything = [*cells.values(), *foreign]
    # What takes seconds is done for these.
    some = list(dict.fromkeys([cells[FIRST], *(cells[cell] for cell in matrix.some())]))
    # What a mail program can take is a matter neither of language nor of colours.
    shapes = [folder for cell, folder in cells.items() if (cell.theme, cell.language) == (FIRST.theme, FIRST.language)]

    quick = [folder for folder in everything if folder not in some]
    shown = build_shown(bulletin, work)
    taken = contact.shots(SHEET, shown)
    # The browser takes longest and needs one processor; the rest is done beside it.
    beside = ThreadPoolExecutor(1)
    thorough = [*pages(some), *map(browser.web, pages(some))]
    looked = beside.submit(browser.ask, work, thorough, pages(quick), cells[FIRST] / "newsletter.html", taken)

    for run, *given in (
        (each_file, everything, cells[FIRST]),
        (html_validate, everything, cells[FIRST], work),
        (caniemail, [*shapes, *foreign], cells[FIRST], work),
        (nu_checker, [*some, *foreign], cells[FIRST], work),
        (two_parsers, everything, cells[FIRST], work),
        (smtp, everything, cells[FIRST]),
        (spamassassin, some, cells[FIRST], work),
        (w3m, cells),
        (chromium, looked, thorough, pages(quick)),
        (contact_sheet, shown, taken, work),
    ):
        start = time.monotonic()
        run(*given)
        print(f"        ({run.__name__}: {time.monotonic() - start:.0f} s)", flush=True)
    verdict.end()


def build(bulletin, work):
    """Builds every cell of the matrix; gives their folders."""
    cells, told = {}, {}
    for cell in matrix.every():
        write = matrix.EDITIONS[cell.edition]
        folder, told[cell.name] = matrix.build(bulletin, work, cell.name, write, cell.layout, cell.theme, cell.language)
        cells[cell] = folder
    verdict.each("a newsletter is built", told)
    if any(told.values()):
        verdict.end()
    return cells


def build_foreign(bulletin, work):
    """Builds newsletters of the words of others; gives their folders."""
    parts = publications.foreign(SHARED)
    if not parts:
        print(f"  skipped: no `blns` and no `xss-h5sc` in `{SHARED}`")
        return []
    folders, told = [], {}
    for n, strings in enumerate(parts):
        name = f"foreign-{n}"
        write = lambda folder, _bulletin, strings=strings: publications.hostile(folder, strings)
        # Each in another layout and theme: the words must do no harm in any of them.
        layout, theme = matrix.LAYOUTS[n % len(matrix.LAYOUTS)], matrix.THEMES[n % len(matrix.THEMES)]
        folder, told[name] = matrix.build(bulletin, work, name, write, layout, theme)
        folders.append(folder)
    verdict.each("a newsletter is built of hostile words", told)
    return [folder for folder in folders if not told[folder.name]]


def each_file(folders, seed):
    found = {"html": {}, "txt": {}, "eml": {}, "same": {}, "ics": {}}
    for folder in folders:
        html, text = (read(folder / f"newsletter.{kind}") for kind in ("html", "txt"))
        raw = (folder / "newsletter.eml").read_bytes()
        found["html"][folder.name] = markup.check(html)
        found["txt"][folder.name] = mail.unlinked(markup.links(html), text)
        found["eml"][folder.name] = mail.check(raw)
        found["same"][folder.name] = mail.unlike(raw, html, text)
        if (folder / "calendar.ics").is_file():
            found["ics"][folder.name] = ics.check((folder / "calendar.ics").read_bytes(), [])
    verdict.each("newsletter.html: markup, accessibility, mail programs", found["html"])
    verdict.each("newsletter.txt: every link of the HTML", found["txt"])
    verdict.each("newsletter.eml: headers and parts", found["eml"])
    verdict.each("newsletter.eml: its parts are the files beside it", found["same"])
    verdict.each("calendar.ics: form", found["ics"])
    html, text = (read(seed / f"newsletter.{kind}") for kind in ("html", "txt"))
    raw = (seed / "newsletter.eml").read_bytes()
    plant.hold(text, mail.TEXT_FAULTS, lambda broken: mail.unlinked(markup.links(html), broken))
    plant.hold(text, PART_FAULTS, lambda broken: mail.unlike(raw, html, broken))


PART_FAULTS = (("a part that is not its file", r"edition", "editiom", "text/plain is not its file"),)

HTML_VALIDATE_FAULTS = (
    ("a link that leads nowhere from a mail", r"</body>", '<a href="page.html">x</a></body>', "allowed-links"),
    ("a table that does not say what it is for", r' role="presentation"', "", "element-required-attributes"),
    ("a picture without a text", r"</body>", '<img src="https://example.org/a.png" width="1"></body>', "wcag/h37"),
    ("a heading level is left out", r"<(/?)h2", r"<\1h5", "heading-level"),
    ("a tag that is not closed", r"</body>", "<div></body>", "close-order"),
    ("a name that stands twice", r"</body>", '<p id="a">1</p><p id="a">2</p></body>', "no-dup-id"),
    ("a bare sign", r"</body>", "<p>a < b</p></body>", "no-raw-characters"),
    ("an element that nobody knows", r"</body>", "<blimk>x</blimk></body>", "element-name"),
    ("a link that not everybody gets", r"<a href=", '<a aria-hidden="true" href=', "hidden-focusable"),
)


def html_validate(folders, seed, work):
    check = lambda paths: tools.ask_about("conformance.mjs", paths)
    plant.hold_all("html-validate", check, pages(folders), seed / "newsletter.html", HTML_VALIDATE_FAULTS, work)


CANIEMAIL_FAULTS = (
    ("columns that only browsers have", r"margin:0 auto", "display:grid", "display:grid (inline): not in"),
    ("colours that flow", r"margin:0 auto", "background-image:linear-gradient(#000,#fff)", "background-image (inline)"),
    ("a place that is fixed", r"margin:0 auto", "position:fixed", "position (inline): not in"),
    ("a form", r"</body>", "<form><input></form></body>", "<form> element (inline): not in"),
    ("a film", r"</body>", "<video></video></body>", "<video> element (inline): not in"),
    ("a rule for what lies under the mouse", r"</style>", "a:hover{color:#000}</style>", ":hover (whole): not in"),
)


def caniemail(folders, seed, work):
    told = {}

    def check(paths):
        told.update(tools.ask("clients.mjs", [str(path) for path in paths]))
        return {path: told[str(path)] for path in paths}

    what = "caniemail, with and without <style>"
    plant.hold_all(what, check, pages(folders), seed / "newsletter.html", CANIEMAIL_FAULTS, work)
    verdict.clean("caniemail: each exception is needed", told["needless"])


def nu_checker(folders, seed, work):
    both = [*pages(folders), *map(browser.web, pages(folders))]
    plant.hold_all("Nu checker", nu.check, both, seed / "newsletter.html", nu.FAULTS, work)
    verdict.clean("Nu checker: each exception is needed", nu.needless())


def two_parsers(folders, seed, work):
    raw = (seed / "newsletter.eml").read_bytes()
    good = messages(folders)
    pairs, planted = [(path, path) for path in good], []
    for n, (what, sign, broken) in enumerate(plant.vary(raw, parsers.FAULTS)):
        path = work / "planted" / f"parsers-{n}.eml"
        path.write_bytes(broken)
        pairs.append((seed / "newsletter.eml", path))
        planted.append((what, sign))
    found = parsers.check(pairs)
    verdict.each("email and postal-mime read the same", {path.parent.name: one for path, one in zip(good, found)})
    for (what, sign), one in zip(planted, found[len(good) :]):
        verdict.caught(what, f"{sign}: ", one)


def smtp(folders, seed):
    sent = {path: path.read_bytes() for path in messages(folders)}
    good = (seed / "newsletter.eml").read_bytes()
    planted = {what: (sign, broken) for what, sign, broken in plant.vary(good, deliver.FAULTS)}
    found = deliver.check(sent | {what: broken for what, (_, broken) in planted.items()})
    verdict.each("through SMTP and back, byte for byte", {path.parent.name: found[path] for path in sent})
    for what, (sign, _) in planted.items():
        verdict.caught(what, sign, found[what])


def spamassassin(folders, seed, work):
    what = f"SpamAssassin: at most {spam.MOST} points"
    plant.hold_all(what, spam.check, messages(folders), seed / "newsletter.eml", spam.FAULTS, work)
    print(f"        the most points: {max(spam.points[path] for path in messages(folders))}")


def w3m(cells):
    for cell in [matrix.Cell("newcomer"), *(matrix.Cell("sample", layout) for layout in matrix.LAYOUTS)]:
        name = "-".join(part for part in (cell.edition, cell.layout) if part)
        html = read(cells[cell] / "newsletter.html")
        verdict.clean(f"{name}: the order in which w3m reads it", reading.check(html, name))
    # The last one was a sample.
    if not reading.overwrites():
        plant.hold(html, reading.FAULTS, lambda broken: reading.check(broken, name))


def chromium(looked, thorough, quick):
    browser.check(looked.result(), thorough, quick)


def build_shown(bulletin, work):
    """Builds the sample in each layout, and in each of the other themes, with a picture at its head."""
    looks = [(layout, matrix.THEMES[0]) for layout in matrix.LAYOUTS]
    looks += [(matrix.LAYOUTS[0], theme) for theme in matrix.THEMES[1:]]
    logo = ("publisher", "logo", "https://example.org/logo.png")
    shown, told = {}, {}
    for layout, theme in looks:
        look = "-".join(part for part in (layout, theme) if part)
        folder, told[look] = matrix.build(
            bulletin, work, f"shown-{look}", publications.sample, layout, theme, settings=[logo]
        )
        shown[look] = folder / "newsletter.html"
    verdict.each("a newsletter is built to be shown", told)
    shutil.rmtree(SHEET, ignore_errors=True)
    SHEET.mkdir()
    return shown


def contact_sheet(shown, taken, work):
    verdict.clean(f"contact sheet: {len(taken)} pictures", contact.lacking(taken))
    empty = work / "planted" / "empty.png"
    empty.touch()
    verdict.caught("a picture that shows nothing", "empty.png", contact.lacking([{"picture": empty}]))
    print(f"        open {contact.write(SHEET, shown)}")


def pages(folders):
    return [folder / "newsletter.html" for folder in folders]


def messages(folders):
    return [folder / "newsletter.eml" for folder in folders]


def read(path):
    return path.read_bytes().decode("utf-8")


if __name__ == "__main__":
    main()
