"""Counts what was checked, and holds each check to its word: a fault that was planted must be found."""

import sys

# Of the findings of one check so many are shown.
SHOWN = 12

passed = 0
failed = 0


def say(good, what, findings=()):
    """Prints one line for a check, and one for each of its findings."""
    global passed, failed
    if good:
        passed += 1
        print(f"  ok    {what}")
    else:
        failed += 1
        print(f"  FAIL  {what}")
        for finding in findings[:SHOWN]:
            print(f"        {finding}")
        if len(findings) > SHOWN:
            print(f"        and {len(findings) - SHOWN} more")


def clean(what, findings):
    """The artifact itself: there must be no finding."""
    say(not findings, what, findings)


def each(what, found):
    """The same check of many artifacts: one line for all that are clean, and one for each that is not."""
    global passed
    good = [name for name, findings in found.items() if not findings]
    if good:
        passed += len(good)
        print(f"  ok    {what}: {len(good)} of {len(found)}")
    for name, findings in found.items():
        if findings:
            say(False, f"{what}: {name}", findings)


def caught(what, sign, findings):
    """A planted fault: one of the findings must hold `sign`, or the check is worth nothing."""
    good = any(sign in finding for finding in findings)
    say(good, f"a planted fault is found: {what}", [f"no finding says `{sign}`; there are {len(findings)}"])


def end():
    """Prints the count and leaves with it."""
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)
