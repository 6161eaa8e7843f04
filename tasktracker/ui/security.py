"""Headers that keep a page to itself.

NiceGUI compiles its templates in the browser, which needs 'unsafe-eval', and styles elements inline; its own scripts in
the page get a nonce here, so that no injected script runs. User text never holds a raw `<` in the page: NiceGUI
escapes the elements' JSON.
"""

import re
import secrets
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SCRIPT = re.compile(rb"<script(?=[\s>])")
_POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self' {sockets}; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class SecurityHeaders:
    """ASGI middleware: the headers on every answer, and on pages a Content-Security-Policy with a nonce."""

    def __init__(self, app: ASGIApp, *, is_secure: bool) -> None:
        self.app = app
        self.headers = dict(_HEADERS)
        if is_secure:
            self.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answer = _Answer(send, self.headers, _sockets(scope))
        await self.app(scope, receive, answer.send)


class _Answer:
    """One answer on its way out. A page is held back until it is whole, since the nonce goes into its scripts."""

    def __init__(self, send: Send, headers: dict[str, str], sockets: str) -> None:
        self._send = send
        self._headers = headers
        self._sockets = sockets
        self._nonce = secrets.token_urlsafe(16)
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            await self._begin(message)
        elif self._start is not None and message["type"] == "http.response.body":
            await self._page(self._start, message)
        else:
            await self._send(message)

    async def _begin(self, message: Message) -> None:
        headers = MutableHeaders(scope=message)
        for name, value in self._headers.items():
            headers.setdefault(name, value)
        if headers.get("X-NiceGUI-Content") == "page":
            headers["Content-Security-Policy"] = _POLICY.format(nonce=self._nonce, sockets=self._sockets)
            self._start = message
        else:
            headers.setdefault("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
            await self._send(message)

    async def _page(self, start: Message, message: Message) -> None:
        self._body += message.get("body", b"")
        if message.get("more_body"):
            return
        body = _SCRIPT.sub(f'<script nonce="{self._nonce}"'.encode(), self._body)
        self._body = b""  # as long as the page is open NiceGUI keeps the request, and by it this answer
        MutableHeaders(scope=start)["Content-Length"] = str(len(body))
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})


def _sockets(scope: Scope) -> str:
    """The page's own socket addresses: Safari's 'self' does not cover them."""
    headers: dict[bytes, Any] = dict(scope["headers"])
    host = headers.get(b"host", b"").decode("latin-1")
    return f"ws://{host} wss://{host}" if re.fullmatch(r"[A-Za-z0-9.:\[\]-]+", host) else ""
