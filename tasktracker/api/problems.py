"""Problem documents (RFC 9457): every kind of refusal that the API answers, in one table."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NotRequired

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Scope
from typing_extensions import TypedDict

from tasktracker.domain.errors import (
    CannotUndo,
    Clash,
    ColumnFull,
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    NotSignedIn,
    Problem,
    Refusal,
    StorageUnavailable,
    TooLarge,
    TooOften,
    VersionNeeded,
)

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER = 5
"""Seconds after which a caller may try again when the database or the storage cannot be reached."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem. `slug` is the stable part of its `type`; `detail` is what it says unless it knows more."""

    status: int
    slug: str
    title: str
    detail: str

    @property
    def type(self) -> str:
        return f"/problems/{self.slug}"


MOVED = Kind(
    308, "moved", "The task is in another project", "WEB-12 is SHOP-7 now. Ask for that, at the address in Location."
)
MALFORMED = Kind(400, "malformed", "Malformed request", "The request could not be read.")
NOT_SIGNED_IN = Kind(401, "not-signed-in", "Not signed in", "Please sign in.")
FORBIDDEN = Kind(403, "forbidden", "Not allowed", "Your role here (viewer) may not change tasks.")
CROSS_SITE = Kind(
    403,
    "cross-site",
    "Request from another site",
    "A call that comes with a session cookie must come from this site's own pages. Programs use a token.",
)
NOT_FOUND = Kind(404, "not-found", "Not found", "There is no task WEB-12, or you may not see it.")
NO_SUCH_ADDRESS = Kind(404, "no-such-address", "No such address", "The API has nothing at this address.")
WRONG_METHOD = Kind(405, "wrong-method", "Wrong method", "This address does not answer that method; see Allow.")
CLASH = Kind(409, "clash", "It collides with something that exists", "The key WEB is taken. Choose another one.")
CANNOT_UNDO = Kind(
    409,
    "cannot-undo",
    "This cannot be undone",
    "Later changes stand in the way: TaskEdited (revision 44 of WEB). Undo those first, or change it by hand.",
)
COLUMN_FULL = Kind(409, "column-full", "The column is full", "“In progress” is full: its limit is 3.")
CONFLICT = Kind(
    412, "conflict", "Somebody else changed the same fields", "Look at the current state and decide what should stand."
)
TOO_LARGE = Kind(413, "too-large", "Request too large", "The body is larger than this server accepts.")
WRONG_MEDIA_TYPE = Kind(
    415, "wrong-media-type", "Wrong media type", "Send the body as JSON, with “Content-Type: application/json”."
)
NO_SUCH_RANGE = Kind(416, "no-such-range", "No such range", "The file ends before the range that you ask for begins.")
INVALID = Kind(422, "invalid", "The request is not valid", "A task needs a title.")
VERSION_NEEDED = Kind(
    428, "version-needed", "Which version?", "Send the task's ETag as If-Match, or * to overwrite whatever is there."
)
TOO_OFTEN = Kind(429, "too-often", "Too many requests", str(TooOften("calls", "default", 40)))
UNEXPECTED = Kind(
    500,
    "unexpected",
    "Something went wrong",
    "This is a fault of the server. Its log tells more under this request id.",
)
UNAVAILABLE = Kind(503, "unavailable", "Temporarily unavailable", "The database cannot be reached. Try again shortly.")

KINDS: dict[str, Kind] = {kind.slug: kind for kind in list(globals().values()) if isinstance(kind, Kind)}

REFUSALS: dict[type[Refusal], Kind] = {
    NotSignedIn: NOT_SIGNED_IN,
    NotFound: NOT_FOUND,
    Forbidden: FORBIDDEN,
    Conflict: CONFLICT,
    Clash: CLASH,
    CannotUndo: CANNOT_UNDO,
    ColumnFull: COLUMN_FULL,
    TooLarge: TOO_LARGE,
    StorageUnavailable: UNAVAILABLE,
    Invalid: INVALID,
    VersionNeeded: VERSION_NEEDED,
    TooOften: TOO_OFTEN,
}
"""A refusal that is missing here is answered as the one that it is a kind of."""


class Explained(HTTPException):
    """What the frameworks below refuse by themselves, refused by us: `detail` says why."""


class ProblemError(TypedDict):
    """One thing wrong with a request, and where: a JSON pointer into the body, or /query/…, /path/…, /headers/…."""

    pointer: str
    detail: str


class ProblemBlocker(TypedDict):
    """A later change that stands in the way of an undo, by its revision in the log of the project with that key."""

    project: str
    revision: int
    kind: str
    actor_id: str | None
    at: str
    fields: list[str]


class ProblemDocument(TypedDict):
    """What every refusal looks like (RFC 9457). `instance` is the request id, as in `X-Request-Id` and in the logs.

    Of a filter, `position` and `length` say which characters are wrong (Unicode characters, counted from 0), and
    `suggestion` what could stand there instead. Of a task that went to another project, `ref` is its reference now.
    """

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: NotRequired[list[ProblemError]]
    version: NotRequired[int]
    conflicts: NotRequired[dict[str, dict[str, Any]]]
    current: NotRequired[dict[str, Any]]
    limit: NotRequired[int]
    blockers: NotRequired[list[ProblemBlocker]]
    policy: NotRequired[str]
    position: NotRequired[int]
    length: NotRequired[int]
    suggestion: NotRequired[str | None]
    ref: NotRequired[str]


def problem(
    scope: Scope, kind: Kind, detail: str = "", *, headers: Mapping[str, str] | None = None, **members: Any
) -> Response:
    """The answer that refuses a request; `members` are what its kind adds to the document."""
    document = {
        "type": kind.type,
        "title": kind.title,
        "status": kind.status,
        "detail": detail or kind.detail,
        "instance": request_id(scope),
        **members,
    }
    # A refusal may quote text that is no valid Unicode; as a backslash escape it is valid JSON.
    body = json.dumps(document, ensure_ascii=False).encode(errors="backslashreplace")
    return Response(body, kind.status, headers, media_type=MEDIA_TYPE)


def kind_of(refusal: Refusal) -> Kind:
    """What answers this refusal."""
    return next(REFUSALS[each] for each in type(refusal).__mro__ if each in REFUSALS)


def pointers(problems: Sequence[Problem]) -> list[ProblemError]:
    """The `errors` of a problem document."""
    return [{"pointer": each.pointer, "detail": each.detail} for each in problems]


def answer_headers(scope: Scope) -> dict[str, str]:
    """Headers that the answer to this request carries, whatever it will be; the middleware adds them."""
    headers: dict[str, str] = scope.setdefault("state", {}).setdefault("answer_headers", {})
    return headers


def request_id(scope: Scope) -> str:
    """The id that the middleware gave the request; empty where it did not run."""
    return str(scope.get("state", {}).get("request_id", ""))
