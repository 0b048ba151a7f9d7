"""Publications to be checked: the sample, the newcomer's, and some that are made here, always the same.

The words are made up. Each kind of row has every field in some row, and most rows lack some.
"""

import json
import random
import re
import shutil
import subprocess
import unicodedata

SYLLABLES = "a bel co da du el fa gar ho in ka lo men na or pel qui ran so ta um ven wi ya zen".split()
PLACES = ("Aarle", "Bröndal", "Çeviz", "Dúnvik", "Évrac", "Łąkowo", "Ñandel", "Ostheim", "Šumava", "Üsküb")
ZONES = ("Europe/Brussels", "America/Toronto", "Asia/Kolkata", "UTC", "AoE", "")
STATES = ("", "", "", "", "planned", "cancelled", "postponed")

# What an own newsletter would never hold, were it not for the one who tries.
NASTY = (
    "<script>alert(1)</script>", "</title><script>alert(1)</script>", "</td></tr></table></div>", "<!--", "-->", "--!>",
    "<!--[if mso]><p>Outlook</p><![endif]-->", "<![endif]-->", "]]>", "<style>*{display:none}</style>", "</style>",
    '" onmouseover="alert(1)', "' onfocus='alert(1)", "<img src=x onerror=alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "[x](javascript:alert(1))", "![x](https://example.net/track.png)", "<https://example.net/>",
    "{{ 7 * 7 }} {% raw %} ${7*7} #{7*7}", "&lt;b&gt; &amp;amp; &#60; &nbsp &copy", "x\r\nBcc: all@example.net",
    "x\nBEGIN:VEVENT\nSUMMARY:no\nEND:VEVENT", ".", ".\r\n.", "..\n.x", "From here\nFrom there", "=?utf-8?q?no?=",
    "--=_1_\nContent-Type: text/html\n\n<b>x</b>", "=3D=20=", "=", "tab\there", "a\u00a0b\u2003c\u2028d\u2029e",
    "W" * 400, "\u202eright to left\u202c", "שלום עולם", "مرحبا بالعالم", "\u200b\u200d\ufeff", "👩🏽‍🚀🏴󠁧󠁢󠁳󠁣󠁴󠁿",
    "Z͑ͫa̶l͜go͡",
    "\\u003cscript\\u003e", "%0d%0aBcc:x", "\\", "'", '"', "`", "*", "_", "# title", "- item", "1. item", "> said",
    "| a | b |\n|---|---|\n| 1 | 2 |", "```\ncode\n```", "http://example.net/?a=1&b=2#c", "mailto:x@example.net",
)
# One publication holds so many strings of others; each of them is title once, and words in a text twice.
STRINGS = 40
MARKED = re.compile("[\u0e47-\u0e4e]{20}")


def write(folder, config, **tables):
    folder.mkdir(parents=True)
    (folder / "bulletin.toml").write_text(config, encoding="utf-8")
    for name, rows in tables.items():
        text = json.dumps(rows, ensure_ascii=False, indent=1)
        (folder / f"{name}.json").write_text(text, encoding="utf-8")


def sample(folder, _bulletin):
    shutil.copytree("data", folder)


def newcomer(folder, bulletin):
    subprocess.run([bulletin, "init", folder], check=True, capture_output=True)


def one(folder, _bulletin):
    """One item, and a head that is anything but ASCII."""
    config = """
[edition]
title = "Žabja mlaka: novice za vse, ki želijo več vedeti o račkah, žabah in drugih živalih — 年度报告, № 1"
subtitle = "Ena stvar & nič več kot ta <ena>"
number = "1"
date = 2027-01-04
timezone = "Europe/Ljubljana"

[publisher]
name = "Društvo prijateljev „žab“, d. o. o."
address = "Prečna ulica 1, 1000 Ljubljana"
email = "drustvo@example.org"

[newsletter]
from = '"Društvo prijateljev „žab“, d. o. o." <drustvo@example.org>'
list-id = "Novice društva <novice.example.org>"
unsubscribe-url = "https://example.org/odjava?u=1&v=2"
"""
    session = {"id": "zaba", "title": "Žaba", "date": "2027-02-01", "start": "18:00"}
    write(folder, config, sessions=[session | {"url": "https://example.org/žaba?a=1&b=2"}])


def sixty(folder, _bulletin):
    many(folder, _bulletin, 60)


def many(folder, _bulletin, items=1900):
    dice = random.Random(items)
    quarter = items // 4
    config = f"""
[edition]
title = "The {items} things"
subtitle = "All that there is"
number = "{items}"
date = 2027-03-01
timezone = "Europe/Brussels"

[publisher]
name = "House of many things"
address = "1 Long Street, 1000 Aarle"
url = "https://example.org"
email = "things@example.org"
logo = "https://example.org/logo.png"
initiative = "An initiative of Aarle and Bröndal"

[newsletter]
intro = "There are **many** things, and [some of them](https://example.org/some) are new:\\n\\n- this one\\n- that one"
from = "House of many things <things@example.org>"
list-id = "Things <things.example.org>"
unsubscribe-url = "https://example.org/unsubscribe"
web-url = "https://example.org/things/{items}"
utm = {{ source = "newsletter", medium = "email", campaign = "things & more" }}
"""
    held = [session(dice, f"held-{n}", 2, past=True) for n in range(quarter // 5)]
    coming = [session(dice, f"coming-{n}", 3 + n % 9, past=False) for n in range(2 * quarter - len(held))]
    calls = [call(dice, n) for n in range(quarter)]
    news = [report(dice, n) for n in range(items - 3 * quarter)]
    write(folder, config, sessions=held + coming, calls=calls, news=news)


def word(dice):
    return "".join(dice.choices(SYLLABLES, k=dice.choice((1, 1, 1, 2, 2, 3))))


def words(dice, least, most):
    return " ".join(word(dice) for _ in range(dice.randint(least, most))).capitalize()


def prose(dice):
    forms = (
        "{a}.", "{a}. {b}, *{c}* and **{d}**.", "{a}: [{b}](https://example.org/{c}?x=1&y=2).\n\n{d}.",
        "{a}:\n\n- {b}\n- {c}\n\n1. {d}\n2. {a}", "{a} <{b}> & “{c}” — {d}.", "{a}, https://example.org/bare, {b}.",
    )
    return dice.choice(forms).format(a=words(dice, 3, 25), b=words(dice, 1, 4), c=word(dice), d=words(dice, 2, 20))


def some(dice, **fields):
    """Leaves out some of the fields, as people do."""
    return {name: value for name, value in fields.items() if dice.random() < 0.6}


def person(dice):
    name = f"{word(dice).capitalize()} {word(dice).capitalize()}"
    return dice.choice((name, f"{name}, {word(dice)}, {words(dice, 1, 4)}"))


def session(dice, name, month, past):
    day = dice.randint(1, 26)
    row = {"id": name, "title": words(dice, 1, 12), "date": f"2027-{month:02}-{day:02}"}
    row |= some(
        dice, series=words(dice, 1, 3), kind=word(dice), start="09:30", timezone=dice.choice(ZONES),
        place=dice.choice(PLACES), room=f"Room {day}", country="Belgium", url=f"https://example.org/{name}?a=1&b=2",
        action="Register", language="English", organiser=words(dice, 1, 6), summary=prose(dice),
        moderators=[person(dice)], speakers=[person(dice) for _ in range(3)], tags=[word(dice), word(dice)],
        links=[{"label": "Slides", "url": f"https://example.org/{name}.pdf"}],
    )
    row["online-url"] = f"https://example.org/join/{name}" if dice.random() < 0.3 else ""
    if "start" in row:
        row |= some(dice, end="11:00")
    elif dice.random() < 0.5:
        row["end-date"] = f"2027-{month:02}-{day + 2:02}"
    if past:
        row |= {"status": "held", "key-messages": [prose(dice) for _ in range(3)]}
        titles = [words(dice, 1, 9) for _ in range(4)]
        row["agenda"] = [{"title": title, "speakers": [person(dice)], "body": prose(dice)} for title in titles]
    else:
        row["status"] = dice.choice(STATES)
    return row


def call(dice, n):
    day = dice.randint(1, 28)
    row = {"id": f"call-{n}", "title": words(dice, 2, 14)}
    row |= some(
        dice, programme=words(dice, 1, 3), funder=words(dice, 1, 4), kind=word(dice), opens="2027-02-01",
        budget=f"EUR {dice.randint(1, 90)} million", rate="70 %", eligibility=prose(dice), countries=["Norway", "Chad"],
        url=f"https://example.org/call/{n}", summary=prose(dice), contact="Desk, desk@example.org", tags=[word(dice)],
    )
    row |= {"grant-min": "EUR 10 000", "grant-max": "EUR 1 500 000"} if dice.random() < 0.3 else {}
    if n % 5 == 0:
        stages = (("Outline", f"2027-03-{day:02}"), ("Full text", f"2027-09-{day:02}"))
        row["deadlines"] = [{"label": label, "date": date, "timezone": dice.choice(ZONES)} for label, date in stages]
    elif n % 7:
        row["deadline"] = f"2027-{3 + n % 9:02}-{day:02}" + dice.choice(("", " 17:00"))
    return row


def report(dice, n):
    row = {"id": f"news-{n}", "title": words(dice, 2, 10)}
    return row | some(
        dice, date=f"2027-02-{1 + n % 28:02}", place=dice.choice(PLACES), action="Register for",
        url=f"https://example.org/news/{n}", summary=prose(dice), tags=[word(dice)],
    )


def nasty(folder, _bulletin):
    hostile(folder, NASTY)


def quoted(text):
    """Writes a string of TOML."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def hostile(folder, strings):
    """Each of the strings wherever somebody else's words can stand."""
    # A link with an address that is no good is an error and nothing would be written; it stays a title.
    turned = [re.sub(r"\]\((?!https?:)", "] (", text) for text in strings[1:] + strings[:1]]
    config = f"""
[edition]
title = {quoted(strings[0])}
subtitle = {quoted(turned[0])}
date = 2027-03-01

[publisher]
name = {quoted(strings[-1])}
address = {quoted(turned[-1])}

[newsletter]
subject = {quoted("About " + strings[len(strings) // 2])}
intro = {quoted(turned[len(strings) // 2])}
from = "Desk <desk@example.org>"
list-id = "Desk <desk.example.org>"
unsubscribe-url = "https://example.org/unsubscribe"
"""
    sessions, calls, news = [], [], []
    for n, (first, second) in enumerate(zip(strings, turned)):
        name = f"s{n}"
        # Where the string is somebody's address it is taken away, and a name has to be left.
        if n % 3 == 0:
            sessions.append({
                "id": name, "title": first, "summary": second, "date": f"2027-04-{1 + n % 28:02}", "place": second,
                "series": first, "organiser": second, "speakers": [{"name": f"Ann {first}", "role": second}], "kind": second,
                "action": first, "url": "https://example.org/", "room": first, "language": second,
            })
        elif n % 3 == 1:
            calls.append({
                "id": name, "title": first, "summary": second, "deadline": f"2027-05-{1 + n % 28:02}", "funder": second,
                "programme": first, "eligibility": second, "contact": second, "kind": first,
            })
        else:
            news.append({"id": name, "title": first, "summary": second, "place": first, "action": second})
    write(folder, config, sessions=sessions, calls=calls, news=news)


def foreign(shared):
    """Gives the strings of others, so many for each publication; nothing where they are not on this machine."""
    strings = []
    naughty, injections = shared / "blns/blns.json", shared / "xss-h5sc/vectors.txt"
    if naughty.is_file():
        strings += json.loads(naughty.read_text(encoding="utf-8"))
    if injections.is_file():
        parts = injections.read_text(encoding="utf-8", errors="replace").split("""//["'`-->]]>]</div>""")
        strings += [part.strip() for part in parts]
    # A letter under so many marks that it is as wide as a screen where no font has them: nothing can break it.
    # What nobody can see is no title, and is told as missing.
    seen = {"L", "M", "N", "P", "S"}
    strings = [text for text in strings if any(unicodedata.category(c)[0] in seen for c in text)]
    strings = [text for text in strings if not MARKED.search(text)]
    return [tuple(strings[at : at + STRINGS]) for at in range(0, len(strings), STRINGS)]
