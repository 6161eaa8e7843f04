"""`@page`: NiceGUI's, with the product's refusals turned into what a visitor understands."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response
from nicegui import Client, ui

from tasktracker.domain.errors import Forbidden, NotSignedIn, Refusal
from tasktracker.services.availability import UNAVAILABLE
from tasktracker.ui import error_pages
from tasktracker.ui.language import Reader, reader
from tasktracker.ui.reading import introduce_reader, speak_to, visitor
from tasktracker.ui.refusals import refusal_text
from tasktracker.ui.session import page_request, reader_of

Builder = Callable[..., Awaitable[Response | None]]
PATIENCE = 9.0
"""Seconds that a page has to be built: then it is as if the database could not be reached. NiceGUI waits one more."""


def page(path: str, *, title: str = "tasktracker") -> Callable[[Builder], Builder]:
    """A page at `path`. Somebody who is not signed in goes to the sign-in page and comes back afterwards."""

    def decorate(build: Builder) -> Builder:
        @ui.page(path, title=title, response_timeout=PATIENCE + 1)
        @wraps(build)
        async def built(*args: Any, **kwargs: Any) -> Response | None:
            _leave_main_to_us()
            request = page_request()
            speak_to(visitor(request))
            try:
                async with asyncio.timeout(PATIENCE):
                    answer = await build(*args, **kwargs)
            except NotSignedIn:
                return RedirectResponse(f"/sign-in?next={quote(_path_and_query())}", status_code=303)
            except Refusal as refusal:
                return _refused(request, refusal)
            except Exception as error:  # noqa: BLE001  whatever it is, the visitor is told, and it is logged there
                return error_pages.failed(request.scope, error)
            introduce_reader()
            return answer

        return built

    return decorate


def _refused(request: Request, refusal: Refusal) -> Response:
    told = error_pages.forbidden if isinstance(refusal, Forbidden) else error_pages.missing
    return told(request, reader(), refusal_text(refusal))


async def nowhere(request: Request, _exception: Exception) -> Response:
    """The answer to an address at which there is nothing; to one of NiceGUI's own files, in few words."""
    if request.url.path.startswith("/_nicegui/"):
        return PlainTextResponse("Not found", status_code=404)
    return error_pages.missing(request, await _reader_if_known(request))


async def _reader_if_known(request: Request) -> Reader:
    """Without a database nobody knows how they read, but it is no reason not to tell them that nothing is there."""
    try:
        return await reader_of(request)
    except UNAVAILABLE:
        return visitor(request)


def paths() -> frozenset[str]:
    """The addresses of all pages, as they are declared: `/{key}/board`."""
    return frozenset(Client.page_routes.values())


def local_path(target: str) -> str:
    """Where to go after signing in: a path of ours, never somebody else's site."""
    return target if target.startswith("/") and not target.startswith(("//", "/\\")) else "/"


def _path_and_query() -> str:
    url = page_request().url
    return url.path + (f"?{url.query}" if url.query else "")


def _leave_main_to_us() -> None:
    """Quasar's page is a `main` around everything, the sidebar too; ours is around what the page is about."""
    if slot := ui.context.client.content.parent_slot:
        slot.parent.tag = "div"
