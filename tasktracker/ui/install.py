"""Mounting NiceGUI into the program. After every API route: NiceGUI answers whatever nobody else does."""

from urllib.parse import urlsplit

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from nicegui import app as nicegui_app
from nicegui import run, ui
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from tasktracker.settings import Settings
from tasktracker.ui.assets import name_assets_by_content
from tasktracker.ui.installing import THEMES, install_manifests
from tasktracker.ui.language import reader_is_found_by
from tasktracker.ui.pages import (
    boards,
    log,
    personal,
    profile,
    project_settings,
    projects,
    reports,
    search,
    tasks,
    views,
    welcome,
    workspace_settings,
)
from tasktracker.ui.paging import nowhere
from tasktracker.ui.reading import reader_of_page
from tasktracker.ui.scripts import install_texts
from tasktracker.ui.sockets import SocketGuard
from tasktracker.ui.static_files import STATIC, address_of
from tasktracker.ui.styles import STYLES

_LANGUAGE = ("language.js", "formats.js", "refusals.js")
_SCRIPTS = (
    *("address.js", "composing.js", "drafts.js", "moving.js", "connection.js"),
    *("undo.js", "copy.js", "open_task.js", "installed.js"),
)
_PAGES = (
    boards,
    log,
    personal,
    profile,
    project_settings,
    projects,
    reports,
    search,
    tasks,
    views,
    welcome,
    workspace_settings,
)
"""Importing a page registers it."""


def install(app: FastAPI, settings: Settings) -> None:
    """Mount the pages, guard their sockets."""
    reader_is_found_by(reader_of_page)
    install_texts(app)
    install_manifests(app)
    app.mount("/static", _Immutable(directory=STATIC), name="static")
    ui.add_head_html(_head(), shared=True)
    name_assets_by_content()
    SocketGuard().install()
    for nothing_there in (404, RequestValidationError):  # the second: `/views/no-id`
        nicegui_app.exception_handler(nothing_there)(nowhere)
    # No page calculates in a process of its own. The pool for that would be made at every start, of memory that
    # programs share, which a hardened container does not have.
    run.setup = _no_processes
    nicegui_app.config.quasar_config["notify"] = {}
    nicegui_app.config.quasar_config["loadingBar"] = {"skipHijack": True}  # no bar for what a page fetches by itself
    ui.run_with(
        app,
        title="tasktracker",
        favicon=STATIC / "favicon.svg",
        dark=False,
        language="en-US",
        tailwind=False,
        binding_refresh_interval=None,
        reconnect_timeout=settings.reconnect_seconds,
        gzip_middleware_factory=None,
        show_welcome_message=False,
    )


def _no_processes() -> None:
    """Instead of NiceGUI's own, which it calls when it starts."""


class _Immutable(StaticFiles):
    """Files that a browser may keep for good: their addresses carry a hash of what is in them.

    Not so one that carries the hash of another release, whose page fetches from here during a roll.
    """

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        is_own = scope["query_string"].decode("latin-1") in {"", urlsplit(address_of(path)).query}
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if is_own else "no-store"
        return response


def _head() -> str:
    theme = (STATIC / "theme.js").read_text()  # inline: the theme must stand before the first paint
    font = '<link rel="preload" href="/static/fonts/inter-latin.woff2" as="font" type="font/woff2" crossorigin>'
    styles = "".join(f'<link rel="stylesheet" href="{address_of(name)}">' for name in STYLES)
    # Not deferred: the others are written in it.
    language = "".join(f'<script src="{address_of(name)}"></script>' for name in _LANGUAGE)
    scripts = "".join(f'<script defer src="{address_of(name)}"></script>' for name in _SCRIPTS)
    colors = "".join(f' data-{name}="{color}"' for name, color in THEMES.items())
    color = f'<meta name="theme-color" content="{THEMES["light"]}"{colors}>'
    return f"{color}<script>{theme}</script>{font}{styles}{language}{scripts}"
