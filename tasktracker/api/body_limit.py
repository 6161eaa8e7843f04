"""ASGI middleware for the size of what comes in."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tasktracker.api.imports import IMPORT_BYTES, ImportRoute
from tasktracker.api.problems import TOO_LARGE, problem
from tasktracker.api.uploads import UploadRoute
from tasktracker.api.v1 import is_at, routes_of
from tasktracker.domain.errors import TooLarge

LINGER = 2.0
"""Seconds that the rest of a refused body is read for, and thrown away."""
FORM_BYTES = 2**16
"""Room for the form around a file."""


class BodyLimit:
    """Refuses a body of more than `limit_bytes` as soon as that is known: no more than that is ever in memory.

    Where a file is sent (`UploadRoute`) it may have `file_bytes`; it goes on as it comes, and is never in memory. One
    that is to be imported (`ImportRoute`) is read whole, and may have `IMPORT_BYTES`.
    """

    uploads = routes_of(UploadRoute)
    imports = routes_of(ImportRoute)

    def __init__(self, app: ASGIApp, limit_bytes: int, file_bytes: int) -> None:
        self.app = app
        self.limit = limit_bytes
        self.file_limit = file_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        is_file = is_at(scope, self.uploads)
        limit = self.file_limit + FORM_BYTES if is_file else self._limit(scope)
        meter = _Meter(receive, send, limit)
        if _declared_length(scope) > limit:
            meter.is_exceeded = True
        else:
            await self._answer(scope, meter)
        if meter.is_exceeded and not meter.has_started:
            await _refuse(self._refusal(scope, is_file=is_file), meter, receive, send)

    def _limit(self, scope: Scope) -> int:
        return max(self.limit, IMPORT_BYTES) if is_at(scope, self.imports) else self.limit

    async def _answer(self, scope: Scope, meter: "_Meter") -> None:
        try:
            await self.app(scope, meter.receive, meter.send)
        except Exception:  # whatever the app made of a body that was cut off
            if not meter.is_exceeded:
                raise

    def _refusal(self, scope: Scope, *, is_file: bool) -> Response:
        limit = self.file_limit if is_file else self._limit(scope)
        detail = str(TooLarge(limit)) if is_file else f"{TOO_LARGE.detail[:-1]}: {limit:,} bytes."
        return problem(scope, TOO_LARGE, detail, headers={"Connection": "close"}, limit=limit)


async def _refuse(answer: Response, meter: "_Meter", receive: Receive, send: Send) -> None:
    """Answer at once, then let the caller finish for a moment: cut off at once, many would miss the answer."""
    await send({"type": "http.response.start", "status": answer.status_code, "headers": answer.raw_headers})
    await send({"type": "http.response.body", "body": answer.body, "more_body": True})
    if not meter.is_whole:
        await _discard(receive)
    await send({"type": "http.response.body"})


async def _discard(receive: Receive) -> None:
    try:
        async with asyncio.timeout(LINGER):
            while (await receive()).get("more_body"):
                pass
    except TimeoutError:
        return


class _TooLarge(Exception):
    """Stops whoever reads the body."""


class _Meter:
    """Counts the bytes that come in; once they are too many, whatever the app still answers is dropped."""

    def __init__(self, receive: Receive, send: Send, limit: int) -> None:
        self._receive = receive
        self._send = send
        self._left = limit
        self.is_whole = False
        self.is_exceeded = False
        self.has_started = False

    async def receive(self) -> Message:
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        self.is_whole = not message.get("more_body")
        if self._left < 0:
            self.is_exceeded = True
            raise _TooLarge
        return message

    async def send(self, message: Message) -> None:
        if self.is_exceeded and not self.has_started:
            return
        self.has_started = True
        await self._send(message)


def _declared_length(scope: Scope) -> int:
    declared: str = Request(scope).headers.get("content-length", "")
    return int(declared[:19]) if declared.isdecimal() and declared.isascii() else 0
