"""Draws the icons of the installed app from ui/static/favicon.svg, in Chromium: `make icons`.

An icon that a system cuts into its own shape fills the whole square, and its picture stays within the inner circle of
80 % that every shape leaves (https://www.w3.org/TR/appmanifest/#icon-masks).
"""

import io
import re
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

from e2e.browsers import chromium

STATIC = Path(__file__).parents[1] / "tasktracker" / "ui" / "static"
COLORS = 64


@dataclass(frozen=True)
class Icon:
    """`size` in pixels; `is_cut`: the system cuts it into a shape."""

    name: str
    size: int
    is_cut: bool = False


ICONS = (
    Icon("icon-192.png", 192),
    Icon("icon-512.png", 512),
    Icon("icon-cut-192.png", 192, is_cut=True),
    Icon("icon-cut-512.png", 512, is_cut=True),
    Icon("icon-apple.png", 180, is_cut=True),
)


def main() -> None:
    """Write them beside the drawing."""
    with chromium() as browser:
        page = browser.new_page(color_scheme="light")
        for icon in ICONS:
            _draw(page, icon)
        page.close()


def _draw(page: Page, icon: Icon) -> None:
    page.set_viewport_size({"width": icon.size, "height": icon.size})
    page.set_content(f"<style>body {{ margin: 0 }} svg {{ display: block; width: 100vw }}</style>{_drawing(icon)}")
    picture = Image.open(io.BytesIO(page.screenshot(omit_background=True)))
    file = STATIC / icon.name
    picture.quantize(COLORS, Image.Quantize.FASTOCTREE).save(file, optimize=True)
    print(f"{icon.name}: {file.stat().st_size} bytes")


def _drawing(icon: Icon) -> str:
    drawing = (STATIC / "favicon.svg").read_text()
    if not icon.is_cut:
        return drawing
    whole = re.sub(r' rx="\d+"', "", drawing)
    return whole.replace("<path ", '<path transform="translate(16 16) scale(0.85) translate(-16 -16)" ')


if __name__ == "__main__":
    main()
