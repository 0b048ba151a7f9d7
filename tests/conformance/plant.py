"""Makes a known-bad variation of what is good: a check that passes it is worth nothing."""

import re

import verdict


def vary(good, faults):
    """Gives for each fault what it is, the sign by which it must be found, and the variation."""
    flags = re.S if isinstance(good, str) else 0
    for what, before, after, sign in faults:
        broken = re.sub(before, after, good, flags=flags)
        if broken == good:
            verdict.say(False, f"a fault can be planted: {what}")
        else:
            yield what, sign, broken


def name(path):
    """Names a file among all that are built: by its folder, and by itself where a folder has two of them."""
    return f"{path.parent.name} (web copy)" if path.name == "newsletter-web.html" else path.parent.name


def hold(good, faults, check):
    """Holds a check of one text to its word."""
    for what, sign, broken in vary(good, faults):
        verdict.caught(what, sign, check(broken))


def hold_all(what, check, files, seed, faults, work):
    """Runs a check of many files once, over the good ones and the variations of one of them."""
    good, planted = seed.read_bytes(), {}
    if seed.suffix != ".eml":
        good = good.decode("utf-8")
    for n, (fault, sign, broken) in enumerate(vary(good, faults)):
        path = work / "planted" / f"{check.__module__}-{n}{seed.suffix}"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(broken if isinstance(broken, bytes) else broken.encode("utf-8"))
        planted[path] = fault, sign
    found = check([*files, *planted])
    verdict.each(what, {name(path): found[path] for path in files})
    for path, (fault, sign) in planted.items():
        verdict.caught(fault, sign, found[path])
