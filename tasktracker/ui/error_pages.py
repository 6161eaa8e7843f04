"""The pages for when there is no page: not found, not allowed, broken, or away for a moment.

Each is one file that needs nothing else: no database, no socket, and nothing of NiceGUI. So it can be shown whatever
has failed. It is in the reader's language as far as that can be known.
"""

import html
from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from http import HTTPStatus
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from starlette.types import Scope

from tasktracker.services.availability import note_failure
from tasktracker.ui.language import Reader, reader, speaking_to, t
from tasktracker.ui.reading import visitor
from tasktracker.ui.static_files import STATIC, address_of

RETRY_AFTER = 5
"""Seconds after which to ask again for what is away for a moment."""


@dataclass(frozen=True, slots=True)
class _Words:
    """`way` is the label of the main link, `target` where it leads."""

    title: str
    reason: str
    way: str
    target: str = "/"


def missing(request: Request, asker: Reader, reason: str = "") -> Response:
    """There is nothing at this address, or not for whoever asked."""
    with speaking_to(asker):
        told = reason or t("There is nothing at this address.")
        words = _Words(t("Not here"), told, t("Back to your projects"))
        return _page(request, HTTPStatus.NOT_FOUND, words)


def forbidden(request: Request, asker: Reader, reason: str) -> Response:
    """It is there, and they may not."""
    with speaking_to(asker):
        words = _Words(t("Not for you"), reason, t("Back to your projects"))
        return _page(request, HTTPStatus.FORBIDDEN, words)


def failed(scope: Scope, error: Exception) -> Response:
    """What nobody expected; logged here, once, and kept to ourselves. Where the database is away, the page waits."""
    request = Request(scope)
    is_away = note_failure(scope["method"], scope["path"], error)
    with speaking_to(visitor(request)):
        here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        kept = t("What you typed is kept in this browser.")
        if is_away:
            away = t("The server cannot reach its database. This page goes on by itself as soon as it can.")
            words = _Words(t("Back in a moment"), f"{away} {kept}", t("Try again"), here)
            return _page(request, HTTPStatus.SERVICE_UNAVAILABLE, words)
        fault = t("This is our fault, and it has been noted. Try again; if it stays so, tell who runs this server.")
        words = _Words(t("Something went wrong"), f"{fault} {kept}", t("Try again"), here)
        return _page(request, HTTPStatus.INTERNAL_SERVER_ERROR, words)


def _page(request: Request, status: HTTPStatus, words: _Words) -> Response:
    language = reader().language
    links = [(words.target, words.way)]
    if words.target != "/":
        links.append(("/", t("Back to your projects")))
    elif back := _where_they_were(request):
        links.append((back, t("Back to where you were")))
    is_waiting = status is HTTPStatus.SERVICE_UNAVAILABLE
    scripts = ["theme.js", *(["waiting.js"] if is_waiting else [])]
    text = _FRAME.format(
        language=language.code,
        way="rtl" if language.is_rtl else "ltr",
        title=html.escape(words.title),
        reason=html.escape(words.reason),
        icon=address_of("favicon.svg"),
        style=_style(),
        scripts="".join(f"<script>{_script(name)}</script>" for name in scripts),
        links="".join(map(_link, links, ("primary", "plain"))),
        status=status.value,
        request=html.escape(t("Request {id}", id=_request_id(request))),
    )
    headers = {"Content-Security-Policy": _policy(tuple(scripts)), "Cache-Control": "no-store"}
    if is_waiting:
        headers["Retry-After"] = str(RETRY_AFTER)
    return HTMLResponse(text, status.value, headers)


_FRAME = """<!doctype html>
<html lang="{language}" dir="{way}">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · tasktracker</title>
<link rel="icon" href="{icon}"><style>{style}</style>{scripts}
</head>
<body>
<main>
<svg class="logo" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="8"/><path
 d="M9 16.5l4.6 4.6L23 11.5"/></svg>
<h1>{title}</h1>
<p dir="auto">{reason}</p>
<nav>{links}</nav>
</main>
<footer><span>{status}</span><span dir="auto">{request}</span></footer>
</body>
</html>
"""


def _link(link: tuple[str, str], kind: str) -> str:
    target, label = link
    return f'<a class="{kind}" href="{html.escape(target)}">{html.escape(label)}</a>'


def _where_they_were(request: Request) -> str | None:
    """The page of ours that led here, if it was another one."""
    came = urlsplit(request.headers.get("referer", ""))
    if came.netloc != request.headers.get("host") or came.path in {request.url.path, "/"}:
        return None
    return f"{came.path}?{came.query}" if came.query else came.path


def _request_id(request: Request) -> str:
    return str(request.scope.get("state", {}).get("request_id", ""))


@cache
def _style() -> str:
    names = "tokens.css", "error_page.css"
    return "".join((STATIC / name).read_text() for name in names).replace('url("fonts/', 'url("/static/fonts/')


@cache
def _script(name: str) -> str:
    return (STATIC / name).read_text()


@cache
def _policy(scripts: tuple[str, ...]) -> str:
    """Nothing runs, and nothing is styled, but what stands here."""
    allowed = " ".join(map(_hash, map(_script, scripts)))
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(_style())}; img-src 'self'; font-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
