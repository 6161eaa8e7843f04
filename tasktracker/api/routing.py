"""What every endpoint gets without a word of its own.

Somebody must be signed in, nothing may come along that the call does not take, a body must be JSON, an unsafe call with
an `Idempotency-Key` has one effect, an answer holds the `fields` that were asked for, and one that the caller has
already (`If-None-Match`) is not sent again.
"""

from collections.abc import Awaitable, Callable, Coroutine
from functools import cached_property
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.routing import APIRoute
from starlette.convertors import Convertor, register_url_convertor
from starlette.exceptions import HTTPException

from tasktracker.api.deps import authenticated
from tasktracker.api.fields import narrowed
from tasktracker.api.json_body import JsonRequest
from tasktracker.api.rate_limits import count_attempt
from tasktracker.api.strictness import parameters_of, refuse_body, refuse_other_parameters, takes_body
from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Invalid
from tasktracker.services.idempotency import Answer, answer_once

Handler = Callable[[Request], Coroutine[Any, Any, Response]]

PREFIX = "/api/v1"
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
STORED_HEADERS = ("content-type", "etag", "location", "link")
"""Headers of ours that a replayed answer carries again."""


class _Segment(Convertor[str]):
    """Part of a path up to a slash or a colon, so that `/tasks/WEB-12:move` is an address of its own."""

    regex = "[^/:]+"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("segment", _Segment())


class PublicRoute(APIRoute):
    """An endpoint that anybody may call. What changes something there may be tried only so often (brute force)."""

    @cached_property
    def parameters(self) -> dict[str, bool]:
        """What its query may hold, and whether more than once."""
        return parameters_of(self)

    def get_route_handler(self) -> Handler:
        handle = super().get_route_handler()

        async def handler(request: Request) -> Response:
            return await self.answer(JsonRequest(request.scope, request.receive), handle)

        return handler

    async def answer(self, request: Request, handle: Handler) -> Response:
        refuse_key(request)
        return await self.handle_json(request, _counted(handle) if request.method in UNSAFE else handle)

    async def handle_json(self, request: Request, handle: Handler) -> Response:
        refuse_other_parameters(request, self.parameters)
        if self.body_field is not None:
            await _require_json(request)
        elif request.method in UNSAFE and not takes_body(self):
            await refuse_body(request)
        answer = await handle(request)
        answer.headers.setdefault("Cache-Control", "private, no-cache")
        return _unless_known(request, narrowed(request, answer))


class Route(PublicRoute):
    """An endpoint for people and programs that are signed in, with one effect per `Idempotency-Key`."""

    async def answer(self, request: Request, handle: Handler) -> Response:
        request.state.actor = await authenticated(request)
        content = await request.body() if takes_key(request) else b""
        return await once(request, content, lambda: self.handle_json(request, handle))


class SecretRoute(Route):
    """An endpoint whose answer holds a secret: it must not be stored, so it takes no `Idempotency-Key`."""

    async def answer(self, request: Request, handle: Handler) -> Response:
        request.state.actor = await authenticated(request)
        refuse_key(request)
        return await self.handle_json(request, handle)


class PasswordRoute(SecretRoute):
    """An endpoint that asks for a password: it may be tried only so often, and nothing of it is stored."""

    async def handle_json(self, request: Request, handle: Handler) -> Response:
        return await super().handle_json(request, _counted(handle))


def api_router(tag: str, route_class: type[PublicRoute] = Route) -> APIRouter:
    """A router for one noun; its endpoints' names are their operation ids."""
    return APIRouter(
        prefix=PREFIX, tags=[tag], route_class=route_class, generate_unique_id_function=lambda route: route.name
    )


def refuse_key(request: Request) -> None:
    """Raise Invalid for an `Idempotency-Key` where its promise cannot be kept: ignoring it would break it silently."""
    if takes_key(request):
        detail = "This call takes no Idempotency-Key: it carries a secret, and secrets are not stored."
        raise Invalid.at("/headers/Idempotency-Key", detail)


def _counted(handle: Handler) -> Handler:
    async def handler(request: Request) -> Response:
        await count_attempt(request)
        return await handle(request)

    return handler


def takes_key(request: Request) -> bool:
    """Whether the call is to have one effect, however often it is sent."""
    return request.method in UNSAFE and "idempotency-key" in request.headers


async def once(request: Request, content: bytes, handle: Callable[[], Awaitable[Response]]) -> Response:
    """The answer of `handle`; with an `Idempotency-Key`, the one that this call with this content got before."""
    if not takes_key(request):
        return await handle()
    fresh: list[Response] = []

    async def effect() -> Answer:
        fresh.append(await handle())
        answer = fresh[0]
        stored = {name: answer.headers[name] for name in STORED_HEADERS if name in answer.headers}
        return Answer(answer.status_code, stored, bytes(answer.body))

    actor, key = request.state.actor, request.headers["idempotency-key"]
    answer = await answer_once(actor, key, _fingerprint(request, actor, content), effect)
    if not answer.is_replay:
        return fresh[0]
    return Response(answer.body, answer.status, {**answer.headers, "Idempotent-Replayed": "true"})


def _fingerprint(request: Request, actor: Actor, content: bytes) -> bytes:
    """What makes the call this call. The content comes last, since it alone may hold a line break."""
    scope = request.scope
    path = scope.get("raw_path") or scope["path"].encode()
    based_on = request.headers.get("if-match", "").encode("latin-1")
    head = [actor.workspace_id.bytes.hex().encode(), request.method.encode(), path, scope["query_string"], based_on]
    return b"\n".join([*head, content])


async def _require_json(request: Request) -> None:
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json" and await request.body():
        raise HTTPException(415, headers={"Accept": "application/json"})


def is_known(request: Request, tag: str | None) -> bool:
    """Whether the caller has this already (RFC 9110, section 13.1.2: the comparison is weak)."""
    known = request.headers.get("if-none-match")
    if request.method != "GET" or known is None or tag is None:
        return False
    tags = {each.strip().removeprefix("W/") for each in known.split(",")}
    return tag.removeprefix("W/") in tags or tags == {"*"}


def _unless_known(request: Request, answer: Response) -> Response:
    """304 instead of what the caller has already."""
    if not is_known(request, answer.headers.get("etag")):
        return answer
    kept = {name: answer.headers[name] for name in ("etag", "cache-control") if name in answer.headers}
    return Response(status_code=304, headers=kept)
