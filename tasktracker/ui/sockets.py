"""The page socket, bound to the session.

NiceGUI trusts a socket message for the client id that it names, and accepts any Origin. Here every handshake must come
from our own origin with the session that the page was built for, and every later message must come over the very
socket that shook hands for that page, while the page's session is still good.
"""

import asyncio
from collections.abc import Callable
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import socketio
from loguru import logger
from nicegui import Client, core, ui
from nicegui import nicegui as nicegui_server

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import NotSignedIn
from tasktracker.services.availability import UNAVAILABLE
from tasktracker.services.following import still_allowed
from tasktracker.services.sessions import authenticate
from tasktracker.settings import settings
from tasktracker.telemetry.metrics import SOCKETS, SOCKETS_REFUSED

_RELOAD = "Implicit handshake failed"
"""NiceGUI's own words: a page that hears them loads itself anew."""

CHECK = 1.0
"""Seconds between two looks at whether the sessions of the open pages are still good."""

OWNER, PROJECT, LEAVE, CLOSED = "owner", "project", "leave", "closed"
"""Keys in a client's volatile storage: the page's actor, the project it shows, how to stop following it, whether it
has been sent away."""

_MESSAGES = {
    "event": nicegui_server._on_event,  # noqa: SLF001  NiceGUI offers no hook before its handlers
    "javascript_response": nicegui_server._on_javascript_response,  # noqa: SLF001
    "ack": nicegui_server._on_ack,  # noqa: SLF001
    "log": nicegui_server._on_log,  # noqa: SLF001
}


class SocketGuard:
    """Stands before NiceGUI's socket handlers. One per process."""

    def __init__(self) -> None:
        self._sessions: dict[str, UUID | None] = {}
        self._pages: dict[str, str] = {}

    def install(self) -> None:
        """Put the guard in front of every message that NiceGUI handles.

        One message after another, as they came: what a page sends just before it goes would else be looked at after its
        socket's end, and dropped. None of the handlers waits for what it begins.
        """
        core.sio.async_handlers = False
        core.sio.on("connect", self._on_connect)
        core.sio.on("handshake", self._on_handshake)
        core.sio.on("disconnect", self._on_disconnect)
        for name, handler in _MESSAGES.items():
            core.sio.on(name, self._guarded(name, handler))

    async def _on_connect(self, sid: str, environ: dict[str, Any], _auth: Any = None) -> None:
        if not is_same_origin(environ):
            SOCKETS_REFUSED.labels("origin").inc()
            raise socketio.exceptions.ConnectionRefusedError("Origin refused")
        self._sessions[sid] = await _session_of(environ)
        SOCKETS.inc()
        query = {name: values[0] for name, values in parse_qs(environ.get("QUERY_STRING", "")).items()}
        if query.get("implicit_handshake") == "true" and not await self._on_handshake(sid, query):
            self._forget(sid)
            raise socketio.exceptions.ConnectionRefusedError(_RELOAD)

    async def _on_handshake(self, sid: str, data: Any) -> bool:
        client = Client.instances.get(str(data.get("client_id"))) if isinstance(data, dict) else None
        if client is None:
            return False
        owner = client.storage.get(OWNER)
        if CLOSED in client.storage or (owner and owner.session_id != self._sessions.get(sid)):
            SOCKETS_REFUSED.labels("session").inc()
            logger.warning("socket: a handshake for somebody else's page was refused")
            return False
        if not await nicegui_server._on_handshake(sid, data):  # noqa: SLF001
            return False
        self._pages[sid] = client.id
        return True

    def _on_disconnect(self, sid: str, *_reason: object) -> None:
        nicegui_server._on_disconnect(sid)  # noqa: SLF001
        self._forget(sid)

    def _forget(self, sid: str) -> None:
        if self._sessions.pop(sid, _UNKNOWN) is not _UNKNOWN:
            SOCKETS.dec()
        self._pages.pop(sid, None)

    def _guarded(self, name: str, handler: Callable[[str, Any], None]) -> Callable[[str, Any], None]:
        def handle(sid: str, message: Any) -> None:
            if self._is_own(name, sid, message):
                handler(sid, message)

        return handle

    def _is_own(self, name: str, sid: str, message: Any) -> bool:
        page = self._pages.get(sid)
        client = Client.instances.get(page) if page and isinstance(message, dict) else None
        if client and message.get("client_id") == page and CLOSED not in client.storage:
            return True
        SOCKETS_REFUSED.labels(name).inc()
        return False


_UNKNOWN = object()


async def close_pages_of_ended_sessions() -> None:
    """For ever: send pages whose session has ended, or whose project is gone for them, away within a second or two."""
    while True:
        await asyncio.sleep(CHECK)
        try:
            await check_pages()
        except UNAVAILABLE as error:
            logger.warning("sockets: could not check the open pages ({}), trying again", error)


async def check_pages() -> None:
    """One look at all the open pages of this process, in one round trip."""
    clients = [client for client in Client.instances.values() if OWNER in client.storage]
    if not clients:
        return
    allowed = await still_allowed([(client.storage[OWNER], client.storage.get(PROJECT)) for client in clients])
    for client, is_allowed in zip(clients, allowed, strict=True):
        if not is_allowed and not client.is_deleted:
            _send_away(client)


def _send_away(client: Client) -> None:
    """The page is loaded anew and shows what there is to see now; the old one is deaf and told nothing from here on."""
    owner = client.storage.pop(OWNER)
    client.storage[CLOSED] = True
    client.storage.pop(LEAVE, _nothing)()
    client.run_javascript("window.location.reload()")
    logger.info("sockets: closed a page of account {}", owner.account_id)


def own_page(actor: Actor) -> None:
    """Note whose page is being built: only this session's sockets may open it."""
    ui.context.client.storage[OWNER] = actor


def page_owner() -> Actor:
    """Whose page is being built."""
    owner: Actor = ui.context.client.storage[OWNER]
    return owner


def follow_from_page(project_id: UUID | None, leave: Callable[[], None]) -> None:
    """Note which project the page shows (None: all), and what to call when it goes or is sent away."""
    client = ui.context.client
    client.storage[PROJECT], client.storage[LEAVE] = project_id, leave
    client.on_delete(leave)


def _nothing() -> None:
    """What a page that follows nothing does when it goes."""


def is_same_origin(environ: dict[str, Any]) -> bool:
    """Whether a handshake comes from a page of ours. Without an Origin, the browser must vouch for it otherwise."""
    origin = environ.get("HTTP_ORIGIN")
    if origin is None:
        return environ.get("HTTP_SEC_FETCH_SITE") == "same-origin"
    public_url = settings().public_url
    hosts = {environ.get("HTTP_HOST"), urlsplit(public_url).netloc if public_url else None}
    return urlsplit(origin).netloc in hosts - {None}


async def _session_of(environ: dict[str, Any]) -> UUID | None:
    cookie = SimpleCookie(environ.get("HTTP_COOKIE", "")).get(settings().session_cookie)
    if cookie is None:
        return None
    try:
        return (await authenticate(cookie.value)).session_id
    except NotSignedIn:
        return None
