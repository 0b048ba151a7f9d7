"""Facts: each must be found in the text of each artifact that needs it."""

import re
import unicodedata

HYPHENS = "-\u2010\u2011"


def load(path):
    """Reads a file of facts: for each artifact a list of facts, each a list of spellings."""
    wanted, under = {}, []
    for line in path.read_text(encoding="utf-8").splitlines():
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            under = line.strip("[]").split()
            continue
        for artifact in under:
            wanted.setdefault(artifact, []).append([part.strip() for part in line.split("|")])
    return wanted


def plain(text):
    """Makes every blank a plain one, keeps line breaks, and drops what cannot be seen."""
    text = unicodedata.normalize("NFC", text)
    text = re.sub("[\u200b\u200c\u200d\u2060\ufeff]", "", text)
    return re.sub(r"[^\S\n\r\f]", " ", text)


def pattern(spelling):
    """Makes an expression that finds `spelling` as whole words, however its lines are broken."""
    parts = []
    for word in plain(spelling).split():
        letters = []
        for letter in word:
            letters.append(f"[{HYPHENS}]" if letter in HYPHENS else re.escape(letter))
        # Within a word a line may break: after a hyphen that belongs to it, or after one that was put in.
        parts.append(f"(?:\u00ad?|[{HYPHENS}\u00ad]?\\s*[\\n\\r\\f]\\s*)".join(letters))
    return re.compile(r"(?<!\w)" + r"\s+".join(parts) + r"(?!\w)")


def missing(text, wanted):
    """Lists the facts that `text` lacks."""
    text = plain(text)
    return [
        f"missing: {' | '.join(spellings)}"
        for spellings in wanted
        if not any(pattern(spelling).search(text) for spelling in spellings)
    ]
