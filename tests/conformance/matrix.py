"""Which newsletters are checked: each edition in each layout, theme and language. To check one more, add its name."""

import itertools
import re
import shutil
import subprocess
from typing import NamedTuple

import publications

# `[newsletter] layout`; None leaves the key out.
LAYOUTS = ("list", "cards", "agenda")
# `[theme] name`.
THEMES = ("harbour", "meadow", "brick", "slate")
# `--lang`.
LANGUAGES = ("en", "de", "fr", "ar")
# What writes the publication.
EDITIONS = {
    "sample": publications.sample,
    "newcomer": publications.newcomer,
    "one": publications.one,
    "sixty": publications.sixty,
    "many": publications.many,
    "nasty": publications.nasty,
}


class Cell(NamedTuple):
    edition: str
    layout: str | None = LAYOUTS[0]
    theme: str = THEMES[0]
    language: str = LANGUAGES[0]

    @property
    def name(self):
        return "-".join(part for part in self if part)


def every():
    """The first edition in each look and language; the others in each layout and language, the themes in turn."""
    first, *others = EDITIONS
    cells = [Cell(first, *parts) for parts in itertools.product(LAYOUTS, THEMES, LANGUAGES)]
    for n, (edition, layout, language) in enumerate(itertools.product(others, LAYOUTS, LANGUAGES)):
        cells.append(Cell(edition, layout, THEMES[n % len(THEMES)], language))
    return list(dict.fromkeys([*cells, *some()]))


def some():
    """For what takes seconds: each layout in each theme once, and each edition and each language at least once."""
    looks = list(itertools.product(LAYOUTS, THEMES))
    editions = list(EDITIONS)
    cells = []
    for n in range(max(len(looks), len(editions), len(LANGUAGES))):
        layout, theme = looks[n % len(looks)]
        # The language moves on by one more in each round, or an edition would always meet the same.
        language = LANGUAGES[(n + n // len(LANGUAGES)) % len(LANGUAGES)]
        cells.append(Cell(editions[n % len(editions)], layout, theme, language))
    for at, names in enumerate((EDITIONS, LAYOUTS, THEMES, LANGUAGES)):
        assert {cell[at] for cell in cells} == set(names)
    return cells


def build(bulletin, work, name, write, layout=None, theme=None, language="en", settings=()):
    """Writes a publication and builds its newsletter and calendar; gives their folder, or what was told instead."""
    folder, output = work / "publications" / name, work / "built" / name
    write(folder, bulletin)
    config = folder / "bulletin.toml"
    text = config.read_text(encoding="utf-8")
    for table, key, value in (("newsletter", "layout", layout), ("theme", "name", theme), *settings):
        if value is not None:
            text = put(text, table, key, value)
    config.write_text(text, encoding="utf-8")
    command = [bulletin, "build", folder, "--lang", language, "--only", "newsletter,calendar", "--output", output]
    told = subprocess.run([*command, "--message-format", "short"], capture_output=True, text=True, check=False)
    shutil.rmtree(folder)
    return output, [] if told.returncode == 0 else [line for line in told.stderr.splitlines() if "warning[" not in line]


def put(text, table, key, value):
    """Sets a key of `bulletin.toml`."""
    head = f"[{table}]\n"
    text = re.sub(rf"(?m)(^\[{table}\]\n(?:[^\[\n].*\n|\n)*?){key} = .*\n", r"\1", text)
    line = f'{key} = "{value}"\n'
    return text.replace(head, head + line, 1) if head in text else f"{text}\n{head}{line}"
