"""Holds what is printed on paper against outside validators: handouts, speakers' sheets and door signs.

    printed.py BULLETIN WORK     BULLETIN is the program, WORK a folder for what is made on the way
"""

import itertools
import re
import subprocess
import sys
from pathlib import Path

import facts
import pdf
import verdict

EDITIONS = Path(__file__).parent.parent / "editions"
# Resolution in dots per inch of an office printer's draft.
DOTS = 200
# ISO/IEC 18004 has no smallest size; less than this is hard to read with a telephone held in the hand.
SMALLEST = 20

# Name, edition, options.
SHEETS = (
    ("plain", "handout", ()),
    ("grey", "handout", ("--greyscale",)),
    ("a5", "handout", ("--paper", "a5", "--greyscale")),
    ("large", "handout", ("--paper", "letter", "--large-print")),
    ("every key", "handout-keys", ()),
    ("arabic", "arabic", ()),
)

MARKED = {"https://fruit.example.org/days/welcome", "https://fruit.example.org/calls/cold-stores"}
# `qr = "all"`.
EACH = MARKED | {
    "https://fruit.example.org/calls/nets",
    "https://fruit.example.org/calls/advice",
    "https://fruit.example.org/",
}

# A bar of seven modules at that resolution.
BAR = re.compile(rb"(?<![\x00-\x90])[\x00-\x90]{20,80}(?![\x00-\x90])")

# What the handout of the first edition says, one fact a line, as in `facts.txt`.
FACTS = [
    [fact]
    for fact in """Orchard Days 2026: growing, storing, selling
17 September – 4 October 2026
Thursday, 17 September 2026
All times are CEST
9:00–9:30
Great hall
Ilse Rhomberg, Chair, Lakeside Fruit Cluster
Frost in April, hail in June.
What a cold store costs over twenty years
Mira Kovač, Engineer, Kältewerk
Moderation: Paul Amann, Technical Editor, Obst & Land
from 22:00 until 18 September, 1:30 CEST
Cancelled
2–4 October 2026
No date yet
Bees and sprays: who talks to whom, and when
23 June 2026
One telephone number for each valley is enough.
20 September 2026
Closing soon
EUR 2,000,000
up to EUR 150,000
30 November 2026
No deadline given
Quay 7, 6900 Bregenz, Austria
office@fruit.example.org
Notes""".splitlines()
]


def main():
    bulletin, work = Path(sys.argv[1]), Path(sys.argv[2])
    made = {name: build(bulletin, work / name, edition, options) for name, edition, options in SHEETS}
    for name, folder in made.items():
        for path in sorted(folder.glob("*.pdf")):
            findings = pdf.conformance(path) + pdf.structure(path) + pdf.fonts(path)
            verdict.clean(f"{name}: {path.name}: PDF/UA-1, PDF/A-2a, sound, fonts", findings)
    for name in ("grey", "a5"):
        for path in sorted(made[name].glob("*.pdf")):
            verdict.clean(f"{name}: {path.name}: nothing has a colour", coloured(path))
    verdict.caught("a page with colours", "page 1", coloured(made["plain"] / "handout.pdf"))

    for name, wanted in (("plain", MARKED), ("grey", MARKED), ("a5", MARKED), ("large", MARKED), ("every key", EACH)):
        path = made[name] / "handout.pdf"
        verdict.clean(f"{name}: {len(wanted)} QR codes lead where they should", wrong_codes(path, wanted, work))
    path = made["plain"] / "handout.pdf"
    verdict.caught("an address without its code", "not decoded", wrong_codes(path, EACH, work))
    verdict.caught("a code that is too small", "mm", wrong_codes(path, MARKED, work, SMALLEST * 2))
    alone = set(re.findall(r"https://\S+", pdf.text(path)))
    verdict.clean("plain: addresses are printed as they are typed", sorted(alone))

    text = pdf.text(path)
    verdict.clean(f"plain: {len(FACTS)} facts", facts.missing(text, FACTS))
    verdict.caught("a fact that is not there", "Atlantis", facts.missing(text, [["Atlantis"]]))
    pdf.plant(path)
    verdict.end()


def build(bulletin, folder, edition, options):
    command = [bulletin, "build", EDITIONS / edition, "--only", "handout,speakers,signs", "--output", folder, *options]
    subprocess.run(command, check=True, capture_output=True)
    return folder


def coloured(path):
    """Ghostscript's `inkcov` with colours taken as they are: grey is black ink alone, and any colour needs another."""
    command = ["gs", "-q", "-o", "-", "-dUseFastColor=true", "-sDEVICE=inkcov", path]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    pages = [line.split()[:3] for line in run.stdout.splitlines() if "CMYK" in line]
    if not pages:
        return ["Ghostscript saw no page"]
    return [
        f"page {number}: ink of cyan, magenta, yellow: {', '.join(inks)}"
        for number, inks in enumerate(pages, 1)
        if any(float(ink) > 0 for ink in inks)
    ]


def wrong_codes(path, wanted, work, smallest=SMALLEST):
    """Rasterises each page as a printer does, and reads its codes as a telephone does."""
    for old in work.glob("page-*.pgm"):
        old.unlink()
    subprocess.run(["pdftoppm", "-r", str(DOTS), "-gray", path, work / "page"], check=True, capture_output=True)
    read, findings = set(), []
    for page in sorted(work.glob("page-*.pgm")):
        run = subprocess.run(["zbarimg", "--quiet", "--raw", page], capture_output=True, text=True)
        codes = run.stdout.split()
        read.update(codes)
        sizes = widths(page) if codes else []
        if codes and not sizes:
            findings.append(f"{page.name}: a code was read, and none is found to be measured")
        findings += [f"{page.name}: a code is {size:.1f} mm wide" for size in sizes if size < smallest]
    findings += [f"not decoded: {address}" for address in sorted(wanted - read)]
    return findings + [f"decoded and not wanted: {address}" for address in sorted(read - wanted)]


def widths(page):
    """Measures codes in millimetres: on its first row each has two bars of seven modules, one at each end."""
    raw = page.read_bytes()
    head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", raw)
    width = int(head[1])
    pixels = raw[head.end() :]
    white = bytes([0xFF])
    sizes = []
    for top in range(4, len(pixels) // width):
        row = pixels[top * width : (top + 1) * width]
        bars = [bar.span() for bar in BAR.finditer(row)]
        for (start, end), (last, stop) in itertools.combinations(bars, 2):
            length = end - start
            # The quiet zone: four modules of white above and at both sides.
            zone = length // 2
            above = pixels[(top - 4) * width + start : (top - 4) * width + stop]
            sides = row[max(0, start - zone) : start - 3] + row[stop + 3 : stop + zone]
            quiet = not above.strip(white) and not sides.strip(white)
            # A finder is as high as it is wide.
            high = all(pixels[(top + step) * width + start + 2] < 0x90 for step in range(length - 2))
            # Codes have 21, 25, 29, … modules on each side.
            modules = (stop - start) / length * 7
            whole = abs((modules - 17) % 4 - 2) > 1.1
            if abs(stop - last - length) <= 2 and quiet and high and whole:
                sizes.append((stop - start) / DOTS * 25.4)
    return sizes


if __name__ == "__main__":
    main()
