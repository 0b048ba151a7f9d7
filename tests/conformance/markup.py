"""The newsletter's HTML: conformance, accessibility, and what Gmail and Outlook can take.

It is read twice: as most programs see it, and as Outlook for Windows does, with the conditional comments switched on.
"""

import functools
import re
import warnings

import html5lib
from lxml import etree

warnings.simplefilter("ignore")

GMAIL_CLIPS = 102 * 1024
GMAIL_STYLE = 16_384
EMPTY_WORDS = {"click here", "here", "read more", "more", "learn more", "link", "this", "details", "view", "go"}
BLOCKS = {
    "address", "article", "blockquote", "body", "br", "dd", "div", "dl", "dt", "footer", "h1", "h2", "h3", "h4", "h5",
    "h6", "head", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td",
    "th", "thead", "title", "tr", "ul",
}


def web(source):
    """What every program but Outlook for Windows sees."""
    source = re.sub(
        r"<!--\[if [^\]]*\]><!-->|<!--<!\[endif\]-->|<!--\[if [^\]]*\]>-->", "", source
    )
    return re.sub(r"<!--.*?-->", "", source, flags=re.S)


def outlook(source):
    """What Outlook for Windows sees."""
    source = re.sub(r"<!--\[if !mso\]><!-->.*?<!--<!\[endif\]-->", "", source, flags=re.S)
    source = re.sub(r"<!--\[if !mso[^\]]*\]>.*?<!\[endif\]-->", "", source, flags=re.S)
    source = re.sub(r"<!--\[if [^\]]*\]>(.*?)<!\[endif\]-->", r"\1", source, flags=re.S)
    source = re.sub(r"<!--.*?-->", "", source, flags=re.S)
    return re.sub(r"<noscript>\s*<xml>.*?</xml>\s*</noscript>|<xml>.*?</xml>", "", source, flags=re.S)


@functools.lru_cache(maxsize=4)
def parse(source):
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("lxml"), namespaceHTMLElements=False)
    return parser.parse(source).getroot(), [f"{code} {data or ''} at {at}" for at, code, data in parser.errors]


def text(source):
    """Gives the words without tags; blocks and cells stand on lines of their own."""
    root, _ = parse(web(source))
    words = []

    def walk(element):
        if not isinstance(element.tag, str) or element.tag in ("style", "script"):
            words.append(element.tail or "")
            return
        edge = "\n" if element.tag in BLOCKS else ""
        words.append(edge + (element.get("alt") or "") + (element.text or ""))
        for child in element:
            walk(child)
        words.append(edge + (element.tail or ""))

    walk(root)
    return "".join(words)


def links(source):
    root, _ = parse(web(source))
    return [a.get("href") for a in root.iter("a") if a.get("href")]


def check(source):
    """Lists everything that is wrong."""
    findings = []

    def bad(rule, what=""):
        findings.append(f"{rule}: {what}")

    root, errors = parse(web(source))
    for error in errors:
        bad("parse", error)
    seen, errors = parse(outlook(source))
    for error in errors:
        bad("parse-outlook", error)
    document(root, bad)
    tables(root, seen, bad)
    headings(root, bad)
    pictures(root, bad)
    anchors(root, bad)
    programs(source, bad)
    return findings


def document(root, bad):
    if not root.get("lang"):
        bad("html-lang")
    if not root.get("dir"):
        bad("html-dir")
    title = root.find(".//title")
    if title is None or not (title.text or "").strip():
        bad("title")
    # Mail programs drop <html>: language and direction stand once more on what they keep.
    for child in root.find("body"):
        if isinstance(child.tag, str) and "display:none" not in style(child):
            if not child.get("lang"):
                bad("body-lang", child.tag)
            if not child.get("dir"):
                bad("body-dir", child.tag)
    ids = [element.get("id") for element in root.iter(etree.Element) if element.get("id")]
    for repeated in sorted({name for name in ids if ids.count(name) > 1}):
        bad("repeated-id", repeated)
    for href in (a.get("href") or "" for a in root.iter("a")):
        if href.startswith("#") and href[1:] not in ids:
            bad("dead-anchor", href)
    metas = {meta.get("name"): meta.get("content") or "" for meta in root.iter("meta") if meta.get("name")}
    if re.search(r"user-scalable\s*=\s*(no|0)|maximum-scale", metas.get("viewport", "")):
        bad("zoom", metas["viewport"])
    for name in ("color-scheme", "supported-color-schemes", "viewport"):
        if name not in metas:
            bad("meta", name)
    for tag in ("script", "form", "iframe", "object", "embed", "video", "link", "base"):
        for _ in root.iter(tag):
            bad("forbidden", tag)


def tables(root, seen, bad):
    for table in root.iter("table"):
        layout = table.get("role") in ("presentation", "none")
        if not layout and not list(table.iter("th")):
            bad("table-role", "a table without heads lacks role=presentation")
        if layout and (list(table.iterchildren("caption")) or list(table.iterchildren("thead"))):
            bad("table-role", "a layout table has caption or head")
    for table in seen.iter("table"):
        if table.get("width") is None and "width:" not in style(table):
            bad("outlook-width", "a table without width")


def headings(root, bad):
    levels = [int(h.tag[1]) for h in root.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    if levels.count(1) != 1:
        bad("h1", f"{levels.count(1)} of them")
    for above, below in zip(levels, levels[1:]):
        if below > above + 1:
            bad("heading-order", f"h{below} follows h{above}")


def pictures(root, bad):
    for image in root.iter("img"):
        source = image.get("src") or ""
        if image.get("alt") is None:
            bad("img-alt", source)
        if image.get("width") is None:
            bad("img-width", source)
        if not source.startswith(("https://", "cid:")):
            bad("img-source", source[:60])


def anchors(root, bad):
    for a in root.iter("a"):
        href = a.get("href")
        if not href:
            bad("link-target")
            continue
        if not href.startswith(("https://", "mailto:", "tel:", "#")):
            bad("link-scheme", href[:60])
        name = "".join(a.itertext()) + " ".join(image.get("alt") or "" for image in a.iter("img"))
        name = " ".join(name.split())
        if not name:
            bad("link-name", href[:60])
        if name.lower() in EMPTY_WORDS:
            bad("link-words", name)
        look = style(a)
        if not any(sign in look for sign in ("text-decoration:underline", "background", "display:inline-block")):
            if not list(a.iter("img")):
                bad("link-looks", name[:40])


def programs(source, bad):
    css = "\n".join(re.findall(r"<style[^>]*>(.*?)</style>", web(source), flags=re.S))
    if len(css) > GMAIL_STYLE:
        bad("gmail-style", f"{len(css)} characters")
    if re.search(r"@[^{};]*\{[^{}]*@", css):
        bad("gmail-style", "one @ inside another")
    if "url(" in css or re.search(r'style="[^"]*url\(', web(source)):
        bad("gmail-url", "url() in CSS")
    size = len(source.encode())
    if size > GMAIL_CLIPS:
        bad("gmail-clips", f"{size} bytes")
    if re.search("[\u0080-\u009f]", source):
        bad("control-characters")
    if "<v:" in source:
        bad("vml")
    opened, closed = len(re.findall(r"<!--\[if", source)), len(re.findall(r"<!\[endif\]", source))
    if opened != closed:
        bad("outlook-comments", f"{opened} opened, {closed} closed")


def style(element):
    return (element.get("style") or "").replace(" ", "")


# What is replaced by what in a good newsletter, and the rule that must find it.
FAULTS = (
    ("no language", r' lang="[^"]*"', "", "html-lang"),
    ("a layout table that says so no more", r' role="presentation"', "", "table-role"),
    ("no main heading", r"<(/?)h1", r"<\1p", "h1"),
    ("a heading level is left out", r"<(/?)h2", r"<\1h5", "heading-order"),
    ("a link that runs a program", r'href="https://[^"]*"', 'href="javascript:alert(1)"', "link-scheme"),
    ("a link that says nothing", r"(<a\b[^>]*>).*?(</a>)", r"\1here\2", "link-words"),
    ("a program", r"</body>", "<script>1</script></body>", "forbidden"),
    ("more than Gmail shows", r"</body>", f"<p>{'x ' * 60_000}</p></body>", "gmail-clips"),
    ("a tag that is not closed", r"</body>", "<div></body>", "parse"),
    ("no zoom", r"initial-scale=1", "maximum-scale=1", "zoom"),
    ("a picture without a text", r"</body>", '<img src="https://example.org/a.png" width="1"></body>', "img-alt"),
)
