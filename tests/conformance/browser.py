"""The HTML in Chromium: accessibility in light and dark, no scrolling sideways, and nothing that runs or is fetched."""

import shutil

import plant
import tools
import verdict

SCHEMES = ("light", "dark")
WIDTHS = (320, 360, 800)

BODY = r"</body>"
DARK = "<style>@media (prefers-color-scheme:dark){.z{color:#222!important;background-color:#000!important}}</style>"
# What is planted into the web copy.
WEB_FAULTS = (
    ("nothing says what is the content", r"<(/?)main\b", r"<\1div", "axe-landmark-one-main", "light", 800),
    ("words outside of every landmark", BODY, "<p>who knows where</p></body>", "axe-region", "light", 800),
    ("pale letters on the web", BODY, '<p style="color:#ccc;background-color:#fff">pale letters</p></body>',
     "axe-color-contrast", "light", 320),
    ("wider than a phone, on the web", BODY, '<div style="width:330px">x</div></body>', "overflow: 330", "light", 320),
)
# What is planted, by what it is found, in which scheme and width.
FAULTS = (
    ("pale letters", BODY, '<p style="color:#ccc;background-color:#fff">pale letters</p></body>',
     "axe-color-contrast", "light", 320),
    ("pale letters in the dark", BODY,
     f'{DARK}<p class="z" style="color:#000;background-color:#fff">pale letters</p></body>',
     "axe-color-contrast", "dark", 800),
    ("letters on who knows what", BODY,
     '<p style="color:#777;background-image:linear-gradient(#000,#fff)">some words</p></body>',
     "undecided", "light", 800),
    ("a heading without words", BODY, "<h2></h2></body>", "axe-empty-heading", "light", 800),
    ("a link without words", BODY, '<a href="https://example.org/"></a></body>', "axe-link-name", "light", 800),
    ("a picture without words", BODY, '<img src="https://example.org/logo.png"></body>', "axe-image-alt", "light", 800),
    ("no language", r' lang="[^"]*"', "", "axe-html-has-lang", "light", 800),
    ("wider than a phone", BODY, '<div style="width:330px">x</div></body>', "overflow: 330", "light", 320),
    ("wider than a window", BODY, '<div style="width:900px">x</div></body>', "overflow: 900", "light", 800),
    ("a word that does not break", BODY, f"<div>{'m' * 200}</div></body>", "overflow", "light", 360),
    ("a picture that counts readers", BODY,
     '<img src="https://example.net/1.png" alt="x"></body>', "request", "light", 360),
    ("a program", BODY, "<script>alert(1)</script></body>", "program: it says", "light", 360),
)


def ask(work, thorough, quick, seed, shots):
    """Looks at some pages with axe-core in each scheme and width, at others once, and takes pictures."""
    pages = [page(path, SCHEMES, WIDTHS, True) for path in thorough]
    pages += [page(path, ("light",), WIDTHS[:1], False) for path in quick]
    planted = {}
    for good, faults in ((seed, FAULTS), (web(seed), WEB_FAULTS)):
        for n, (*fault, scheme, width) in enumerate(faults):
            for what, sign, broken in plant.vary(good.read_bytes().decode("utf-8"), [fault]):
                path = work / "planted" / str(n) / good.name
                path.parent.mkdir(exist_ok=True)
                path.write_text(broken, encoding="utf-8")
                planted[path] = what, sign
                pages.append(page(path, (scheme,), (width,), sign.startswith(("axe", "undecided"))))
    return tools.ask("browser.mjs", {"chromium": shutil.which("chromium"), "pages": pages, "shots": shots}), planted


def check(told, thorough, quick):
    """Says what came of it."""
    found, planted = told
    verdict.each("in Chromium, light and dark, 320, 360 and 800 wide: axe-core, width, nothing runs",
                 {plant.name(path): found[str(path)] for path in thorough})
    verdict.each("in Chromium, 320 wide: width, nothing runs", {plant.name(path): found[str(path)] for path in quick})
    for path, (what, sign) in planted.items():
        verdict.caught(f"in Chromium: {what}", sign, found[str(path)])


def web(path):
    """Gives the web copy beside a newsletter."""
    return path.with_name("newsletter-web.html")


def page(path, schemes, widths, accessibility):
    # A newsletter stands inside the page of a mail program, which has its own landmarks; the web copy stands alone.
    alone = path.name == "newsletter-web.html"
    return {
        "path": str(path), "schemes": schemes, "widths": widths, "accessibility": accessibility, "landmarks": alone,
    }
