"""What endpoints ask of a request: who is asking, which task, which version, which page."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, TypeVar
from urllib.parse import urlencode

from fastapi import Depends, Header, Path, Query, Request, Response
from starlette.requests import HTTPConnection

from tasktracker.api.problems import request_id
from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Invalid, NotFound, NotSignedIn
from tasktracker.domain.references import TaskRef
from tasktracker.domain.task_fields import clean_moment
from tasktracker.domain.task_operations import Version
from tasktracker.services.queries.cursors import LIMIT, LONGEST
from tasktracker.services.queries.saved_views import SavedViewView
from tasktracker.services.sessions import TOKEN_PREFIX, authenticate
from tasktracker.services.views import CommentView, Item, Page, TaskView
from tasktracker.settings import settings

Versioned = TypeVar("Versioned", TaskView, CommentView, SavedViewView)
_KEY = re.compile(r"[A-Z][A-Z0-9]{1,9}", re.ASCII)
# Proxies that compress make a strong ETag weak; the version in it is exact all the same.
_ETAG = re.compile(r'(?:W/)?"([1-9][0-9]{0,9})"', re.ASCII)


async def authenticated(request: HTTPConnection) -> Actor:
    """Who sent the request: by its bearer token, or else by its session cookie. Raises NotSignedIn."""
    authorization = request.headers.get("authorization")
    if authorization is None:
        secret = request.cookies.get(settings().session_cookie, "")
    else:
        scheme, _, secret = authorization.partition(" ")
        if scheme.lower() != "bearer" or not secret.startswith(TOKEN_PREFIX):
            raise NotSignedIn("Send a token as “Authorization: Bearer tt_…”.")
    if not secret:
        raise NotSignedIn("Sign in, or send a token as “Authorization: Bearer tt_…”.")
    actor = await authenticate(secret.strip())
    return actor.for_request(request_id(request.scope) or actor.request_id)


def _signed_in(request: Request) -> Actor:
    actor: Actor = request.state.actor  # put there by routing.Route before anything else of the request is read
    return actor


SignedIn = Annotated[Actor, Depends(_signed_in)]
"""Who is asking. Every route of `routing.Route` has made sure that there is somebody."""


async def _project_key(
    key: Annotated[str, Path(description="The project's key.", examples=["WEB"])],
) -> str:
    if not _KEY.fullmatch(key.upper()):
        raise NotFound("project", key[:40])
    return key.upper()


async def _only_project(
    project: Annotated[
        str | None, Query(description="The key of the only project to look in; all that you see unless told.")
    ] = None,
) -> str | None:
    return None if project is None else await _project_key(project)


async def _task_ref(
    ref: Annotated[str, Path(description="The task's reference.", examples=["WEB-12"])],
) -> TaskRef:
    return TaskRef.parse(ref)


Key = Annotated[str, Depends(_project_key)]
OnlyProject = Annotated[str | None, Depends(_only_project)]
Ref = Annotated[TaskRef, Depends(_task_ref)]


async def _expected_version(
    if_match: Annotated[
        str | None,
        Header(
            alias="If-Match",
            description="The ETag that the change is based on. Fields that nobody else changed since then merge; "
            "for the others the answer is 412. `*`: overwrite whatever is there, as nothing does where the project "
            "does not ask for a version.",
            examples=['"7"'],
            json_schema_extra={"pattern": rf"^(\*|{_ETAG.pattern})$"},
        ),
    ] = None,
) -> Version:
    if if_match is None:
        return None
    if if_match.strip() == "*":
        return "*"
    if found := _ETAG.fullmatch(if_match.strip()):
        return int(found[1])
    raise Invalid.at("/headers/If-Match", 'Send one ETag as an answer of the API gave it, such as "7", or *.')


IfMatch = Annotated[Version, Depends(_expected_version)]


def based_on(if_match: Version, body: dict[str, Any]) -> Version:
    """The version that a change is based on, by header or by the body's `version`, which is taken out of the body."""
    version: int | None = body.pop("version", None)
    if if_match is not None and version is not None and if_match != version:
        raise Invalid.at("/headers/If-Match", "This is another version than the body's. Send one of the two.")
    return version if if_match is None else if_match


async def _moment(
    at: Annotated[
        str | None,
        Query(
            description="Answer as it was at this moment (RFC 3339). In an address, `+` is written `%2B`.",
            examples=["2026-11-23T09:15:00Z"],
            json_schema_extra={"format": "date-time"},
        ),
    ] = None,
) -> datetime | None:
    return None if at is None else clean_moment(at, "/query/at")


Then = Annotated[datetime | None, Depends(_moment)]
"""The moment that is asked about; None for now."""


def tagged(answer: Response, view: Versioned) -> Versioned:
    """The task, comment or saved view, with its version as the answer's ETag."""
    answer.headers["ETag"] = f'"{view.version}"'
    return view


@dataclass(frozen=True, slots=True)
class Paging:
    """The part of a list that is asked for."""

    limit: int
    cursor: str | None


async def _paging(
    limit: Annotated[int, Query(ge=1, le=LIMIT, description="How many items to answer.")] = 50,
    cursor: Annotated[
        str | None, Query(max_length=LONGEST, description="Where to go on: from the `Link` of an earlier answer.")
    ] = None,
) -> Paging:
    return Paging(limit, cursor)


Paged = Annotated[Paging, Depends(_paging)]


def part_of_list(request: Request, answer: Response, page: Page[Item]) -> list[Item]:
    """The items of the page, with a `Link` (RFC 8288) to the next one if there is one."""
    if page.cursor is not None:
        link_next(request, answer, cursor=page.cursor)
    return page.items


def link_next(request: Request, answer: Response, **query: object) -> None:
    """Say where the list goes on. A relative reference, since behind a proxy only the caller knows the host."""
    target = urlencode({**request.query_params, **query})
    answer.headers["Link"] = f'<{request.url.path}?{target}>; rel="next"'
