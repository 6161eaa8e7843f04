"""ASGI middleware for every request: its name, its measure, where it comes from, and how the answer travels."""

import re
from collections.abc import Callable, Mapping
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

from loguru import logger
from starlette.datastructures import MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tasktracker.api.errors import failure, is_api
from tasktracker.api.files import FileRoute
from tasktracker.api.problems import CROSS_SITE, answer_headers, problem
from tasktracker.api.routing import UNSAFE
from tasktracker.api.v1 import is_at, routes_of
from tasktracker.domain.ids import new_request_id
from tasktracker.settings import settings
from tasktracker.telemetry.metrics import REQUEST_SECONDS, REQUESTS

_REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class HeadAsGet:
    """Answers HEAD as it would GET, and the server leaves the content out (RFC 9110, section 9.3.2).

    What the caller accepts is passed over, since a stream of events has no end.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "HEAD" and is_api(scope):
            headers = [(name, value) for name, value in scope["headers"] if name != b"accept"]
            scope = {**scope, "method": "GET", "headers": headers}
        await self.app(scope, receive, send)


class RequestContext:
    """Names each request, ties its log lines together, measures it, and answers what nobody expected.

    `failed_page` makes the answer of that kind to whoever asked for a page; the API has its own.
    """

    def __init__(self, app: ASGIApp, failed_page: Callable[[Scope, Exception], Response]) -> None:
        self.app = app
        self._failed_page = failed_page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = perf_counter()
        answer = _NamedAnswer(send, _request_id(scope), answer_headers(scope))
        scope.setdefault("state", {})["request_id"] = answer.request_id
        try:
            with logger.contextualize(request_id=answer.request_id):
                await self._answer(scope, receive, answer)
        finally:
            _measure(scope, answer.status, (answer.streamed_at or perf_counter()) - started)

    async def _answer(self, scope: Scope, receive: Receive, answer: "_NamedAnswer") -> None:
        try:
            await self.app(scope, receive, answer.send)
        except Exception as error:
            if answer.has_started:
                raise
            answer_failure = failure if is_api(scope) else self._failed_page
            await answer_failure(scope, error)(scope, receive, answer.send)


class _NamedAnswer:
    """An answer on its way out, which carries the request's name, and what else was found out for it by then."""

    def __init__(self, send: Send, request_id: str, headers: Mapping[str, str]) -> None:
        self._send = send
        self._headers = headers
        self.request_id = request_id
        self.status = 500  # what the server makes of it when nothing is sent
        self.has_started = False
        self.streamed_at: float | None = None
        """When an answer began that goes on for as long as the caller likes: how long it took says nothing."""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.has_started = True
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            if headers.get("content-type", "").startswith("text/event-stream"):
                self.streamed_at = perf_counter()
            headers.update({"X-Request-Id": self.request_id, **self._headers})
        await self._send(message)


class Farewell:
    """Asks callers of a process that is about to end to close their connection, and to call the next time elsewhere.

    `Connection: close` (RFC 9112, section 9.6); whatever stands before the process takes it for its own connection.
    """

    def __init__(self, app: ASGIApp, is_ending: Callable[[], bool]) -> None:
        self.app = app
        self._is_ending = is_ending

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_and_ask(message: Message) -> None:
            if message["type"] == "http.response.start" and self._is_ending():
                MutableHeaders(scope=message)["Connection"] = "close"
            await send(message)

        await self.app(scope, receive, send_and_ask if scope["type"] == "http" else send)


class SameOrigin:
    """Refuses unsafe calls that another site made a browser send along with the session cookie (CSRF).

    Browsers say where a request comes from (Fetch Metadata; over plain HTTP only `Origin`), and no page can forge it.
    """

    def __init__(self, app: ASGIApp, public_url: str | None = None) -> None:
        self.app = app
        self.public_origin = public_url and _origin(public_url)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in _SAFE:
            request = Request(scope)
            if settings().session_cookie in request.cookies and not self._is_own(request):
                await problem(scope, CROSS_SITE)(scope, receive, send)
                return
        await self.app(scope, receive, send)

    def _is_own(self, request: Request) -> bool:
        if site := request.headers.get("sec-fetch-site"):
            return site in {"same-origin", "none"}
        origin = _origin(request.headers.get("origin", ""))
        own = _origin(f"{request.scope['scheme']}://{request.headers.get('host', '')}")
        return origin is not None and origin in {own, self.public_origin}


class Compression(GZipMiddleware):
    """Compresses answers. Not files: most are compressed already, and length and `ETag` are those of their bytes."""

    files = routes_of(FileRoute)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_file = scope["type"] == "http" and is_at(scope, self.files)
        await (self.app if is_file else super().__call__)(scope, receive, send)


def _request_id(scope: Scope) -> str:
    wanted = Request(scope).headers.get("x-request-id", "")
    return wanted if _REQUEST_ID.fullmatch(wanted) else new_request_id()


def _measure(scope: Scope, status: int, seconds: float) -> None:
    method = scope["method"] if scope["method"] in _SAFE | UNSAFE else "other"
    route: Any = scope.get("route")
    template = getattr(route, "path_format", None) or "unmatched"
    REQUESTS.labels(method, template, status).inc()
    REQUEST_SECONDS.labels(method, template).observe(seconds)


def _origin(url: str) -> tuple[str, str | None, int | None] | None:
    """Scheme, host and port, the usual ports left out; None for what is no address, such as “null”."""
    try:
        parts = urlsplit(url.lower())
        port = parts.port
    except ValueError:
        return None
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    return (parts.scheme, parts.hostname, None if port == usual else port) if parts.hostname else None
