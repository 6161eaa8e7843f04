"""`@page`: NiceGUI's, with the product's refusals turned into what a visitor understands."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response
from nicegui import Client, ui

from tasktracker.domain.errors import NotSignedIn, Refusal
from tasktracker.ui.elements import box, text
from tasktracker.ui.language import t
from tasktracker.ui.reading import introduce_reader, speak_to, visitor
from tasktracker.ui.refusals import refusal_text
from tasktracker.ui.session import page_request, reader_of

Builder = Callable[..., Awaitable[Response | None]]


def page(path: str, *, title: str = "tasktracker") -> Callable[[Builder], Builder]:
    """A page at `path`. Somebody who is not signed in goes to the sign-in page and comes back afterwards."""

    def decorate(build: Builder) -> Builder:
        @ui.page(path, title=title, response_timeout=10)
        @wraps(build)
        async def built(*args: Any, **kwargs: Any) -> Response | None:
            _leave_main_to_us()
            speak_to(visitor(page_request()))
            answer = None
            try:
                answer = await build(*args, **kwargs)
            except NotSignedIn:
                return RedirectResponse(f"/sign-in?next={quote(_path_and_query())}", status_code=303)
            except Refusal as refusal:
                _not_here(refusal_text(refusal))
            introduce_reader()
            return answer

        return built

    return decorate


async def nowhere(request: Request, _exception: Exception) -> Response:
    """The answer to an address at which there is nothing; to one of NiceGUI's own files, in few words."""
    if request.url.path.startswith("/_nicegui/"):
        return PlainTextResponse("Not found", status_code=404)
    reader = await reader_of(request)
    with Client(ui.page(""), request=request) as client:
        _leave_main_to_us()
        speak_to(reader)
        _not_here(t("There is nothing at this address."))
        introduce_reader()
    return client.build_response(request, client.status_code)


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


def _not_here(reason: str) -> None:
    """What stands there in place of the page."""
    content = ui.context.client.content
    content.clear()
    content.classes(remove="tt-app")
    ui.status_code(404)
    ui.page_title(f"{t('Not here')} · tasktracker")
    with content, box("tt-notice", tag="main"):
        text(t("Not here"), "tt-notice-title", tag="h1")
        text(reason, "tt-notice-text", tag="p")
        ui.link(t("Back to your projects"), "/").classes("tt-button tt-button-primary")
