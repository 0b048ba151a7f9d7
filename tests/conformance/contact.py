"""The contact sheet: pictures of each layout and each theme as readers see them, for a person to look at."""

import html
from pathlib import Path

MODES = {
    "light": ("light", None),
    "dark": ("dark", None),
    "forced dark": ("light", "forced-dark"),
    "no images": ("light", "no-images"),
    "no styles": ("light", "no-styles"),
}
DEVICES = {"phone": 360, "desktop": 800}

# An empty page as PNG is smaller.
SMALLEST = 10_000

HEAD = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Contact sheet</title>
<style>
body { margin: 2rem; font: 1rem/1.5 sans-serif; background: #ddd; color: #222 }
section { display: flex; gap: 1rem; overflow-x: auto; padding-bottom: 1rem }
figure { margin: 0; flex: none }
figcaption { padding: .25rem 0 }
div { max-height: 44rem; overflow-y: auto; border: 1px solid #888 }
img { display: block }
.phone { width: 270px }
.desktop { width: 480px }
</style>
<h1>Contact sheet</h1>
"""


def shots(folder, pages):
    """Lists the pictures to take of the pages, which are named for their look."""
    return [
        {
            "path": str(path), "picture": str(folder / file(look, mode, device)), "scheme": scheme, "width": width,
            "mode": kind,
        }
        for look, path in pages.items()
        for mode, (scheme, kind) in MODES.items()
        for device, width in DEVICES.items()
    ]


def file(look, mode, device):
    return f"{look}-{mode}-{device}.png".replace(" ", "-")


def write(folder, pages):
    parts = [HEAD]
    for look in pages:
        for device in DEVICES:
            parts.append(f"<h2>{html.escape(look)}, {device}</h2>\n<section>\n")
            for mode in MODES:
                source = html.escape(file(look, mode, device))
                alt = html.escape(f"The newsletter: {look}, {device}, {mode}")
                picture = f'<a href="{source}"><img class="{device}" src="{source}" alt="{alt}"></a>'
                frame = f'<div tabindex="0" role="region" aria-label="{alt}">{picture}</div>'
                parts.append(f"<figure><figcaption>{mode}</figcaption>{frame}</figure>\n")
            parts.append("</section>\n")
    sheet = folder / "index.html"
    sheet.write_text("".join(parts), encoding="utf-8")
    return sheet


def lacking(taken):
    """Lists the pictures that are not there or show nothing."""
    wanted = [Path(shot["picture"]) for shot in taken]
    return [f"no picture {path}" for path in wanted if not path.is_file() or path.stat().st_size < SMALLEST]
