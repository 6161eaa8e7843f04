"""What makes an app of the pages, for those who install them: a manifest in each language and theme, and icons.

https://www.w3.org/TR/appmanifest/
"""

import json
from functools import cache
from hashlib import sha256

from fastapi import FastAPI, Response

from tasktracker.ui.language import LANGUAGES, Reader, speaking_to, t
from tasktracker.ui.static_files import address_of

THEMES = {"light": "#f7f7f8", "dark": "#101113"}
"""The themes and the colour of their pages: `--tt-bg` of static/tokens.css."""
_ICONS = (("icon-192.png", 192, "any"), ("icon-512.png", 512, "any"), ("icon-cut-192.png", 192, "maskable"),
          ("icon-cut-512.png", 512, "maskable"))  # fmt: skip


def install_manifests(app: FastAPI) -> None:
    """Serve them. An address carries a hash of what is there, so browsers may keep it for good."""

    @app.get("/manifest/{code}-{theme}.webmanifest", include_in_schema=False)
    async def manifest_of(code: str, theme: str) -> Response:
        if code not in LANGUAGES or theme not in THEMES:
            return Response(status_code=404)
        kept = {"Cache-Control": "public, max-age=31536000, immutable"}
        return Response(manifest(code, theme), media_type="application/manifest+json", headers=kept)


def manifest_links(code: str) -> str:
    """What stands in the head of a page in that language. Which theme it is, static/theme.js knows."""
    light, dark = (_address(code, theme) for theme in THEMES)
    return (
        f'<link rel="manifest" href="{light}" data-light="{light}" data-dark="{dark}">'
        f'<link rel="apple-touch-icon" href="{address_of("icon-apple.png")}">'
    )


@cache
def manifest(code: str, theme: str) -> str:
    """The manifest in that language and theme, as JSON."""
    color = THEMES[theme]
    with speaking_to(Reader(code)):
        return json.dumps(
            {
                "id": "/",
                "name": "tasktracker",
                "short_name": t("Tasks"),
                "description": t("The tasks of a team, on boards that are live."),
                "lang": code,
                "dir": "rtl" if LANGUAGES[code].is_rtl else "ltr",
                "start_url": "/",
                "scope": "/",
                "display": "standalone",
                "theme_color": color,
                "background_color": color,
                "categories": ["productivity"],
                "icons": [_icon(*each) for each in _ICONS],
                "shortcuts": [
                    {"name": t("My work"), "url": "/my-work"},
                    {"name": t("Inbox"), "url": "/inbox"},
                    {"name": t("New task"), "url": "/?do=new-task"},
                ],
            },
            ensure_ascii=False,
        )


def _icon(name: str, size: int, purpose: str) -> dict[str, str]:
    return {"src": address_of(name), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}


def _address(code: str, theme: str) -> str:
    return f"/manifest/{code}-{theme}.webmanifest?v={sha256(manifest(code, theme).encode()).hexdigest()[:12]}"
