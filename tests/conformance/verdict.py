"""Counts what was checked, and holds each check to its word: a fault that was planted must be found."""

import sys

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
        for finding in findings:
            print(f"        {finding}")


def clean(what, findings):
    """The artifact itself: there must be no finding."""
    say(not findings, what, findings)


def caught(what, sign, findings):
    """A planted fault: one of the findings must hold `sign`, or the check is worth nothing."""
    good = any(sign in finding for finding in findings)
    say(good, f"a planted fault is found: {what}", [f"no finding says `{sign}`; there are {len(findings)}"])


def end():
    """Prints the count and leaves with it."""
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)
