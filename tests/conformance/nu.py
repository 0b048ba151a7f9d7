"""The HTML as the Nu checker of the W3C sees it: HTML and CSS by the standard, one process for all files."""

import json
import re
import subprocess

import tools

JAR = tools.MODULES / "node_modules/vnu-jar/build/dist/vnu.jar"

# What may be said of a newsletter, and why. One that nothing needs any more is a finding.
EXCEPTIONS = {
    r"Attribute “xmlns:o” not allowed here\.":
        "Outlook for Windows reads its settings (96 dots per inch) in this namespace",
    r"CSS: “mso-hide”: Property “mso-hide” doesn't exist\.":
        "Outlook for Windows shows the preheader otherwise: it does not know `display` on a block",
    r"CSS: “supported-color-schemes”: Property “supported-color-schemes” doesn't exist\.":
        "Apple Mail before `color-scheme` was standard",
    r"The “(width|cellpadding|cellspacing|border)” attribute on the “table” element is obsolete\..*":
        "Outlook for Windows takes the measures of a table from attributes only",
    r"The “(width|valign|align)” attribute on the “t[dh]” element is obsolete\..*":
        "Outlook for Windows takes the measures of a cell from attributes only",
    r"The “table” role is unnecessary for element “table”\.":
        "among so many tables of layout the one that is none says so; programs guess otherwise",
}
# What may be said of the web copy, and why.
WEB = {
    r"This document appears to be written in .*":
        "the labels are in the language of the edition, most words in that of the data, which is another one here",
}
# What may be said of words that somebody wrote in order to break programs.
WORDS = {
    r"Text run starts with a composing character\.": "a word may begin so, as bad as it is",
    r"Document uses the Unicode Private Use Area.*": "there are letters of nobody among the words",
}


def check(paths):
    """Lists what is wrong with each file. Folders of the name `nasty` or `foreign` hold words made to break things."""
    # For a run of seconds, to compile well and to collect on several processors only costs time.
    command = ["java", "-Xss4m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
    command += ["-jar", JAR, "--format", "json", "--stdout", *paths]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    found = {path: [] for path in paths}
    for message in json.loads(told.stdout)["messages"]:
        path = next(path for path in paths if message["url"] == path.as_uri().replace("file:///", "file:/"))
        allowed = WEB if path.name == "newsletter-web.html" else EXCEPTIONS
        allowed = allowed | (WORDS if path.parent.name.startswith(("nasty", "foreign")) else {})
        rule = next((rule for rule in allowed if re.fullmatch(rule, message["message"])), None)
        if rule is None:
            found[path].append(f"{message['type']} in line {message.get('lastLine')}: {message['message']}")
        else:
            needed.add(rule)
    return found


needed = set()


def needless():
    return [f"an exception that nothing needs: {rule}" for rule in (EXCEPTIONS | WEB) if rule not in needed]


FAULTS = (
    ("an element that nobody knows", r"</body>", "<blink>x</blink></body>", "“blink” element is a completely-unknown"),
    ("a tag that is not closed", r"</body>", "<div></body>", "unclosed elements"),
    ("a property that CSS does not have", r"margin:0 auto", "margin-middle:0", "margin-middle"),
    ("a value that CSS does not have", r"(:root\{[^}]*)\}", r"\1;width:wide}", "“width”: Too many values or values"),
    ("a name that stands twice", r"</body>", '<p id="a">1</p><p id="a">2</p></body>', "Duplicate ID"),
    ("a table with a hole", r"</body>", "<table><tr><td rowspan=3>x</table></body>", "spans past the end of its row"),
    ("no title", r"<title>.*?</title>", "", "title"),
    ("an obsolete element", r"</body>", "<center>x</center></body>", "“center” element is obsolete"),
)
