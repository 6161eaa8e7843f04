"""From what went wrong to a problem document. Endpoints catch nothing."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, cast
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.encoders import jsonable_encoder
from fastapi.exception_handlers import http_exception_handler
from fastapi.exceptions import RequestValidationError
from pydantic import TypeAdapter
from starlette.exceptions import HTTPException
from starlette.types import Scope

from tasktracker.api import problems
from tasktracker.api.problems import RETRY_AFTER, Explained, Kind, kind_of, problem
from tasktracker.domain.errors import (
    CannotUndo,
    ColumnFull,
    Conflict,
    FilterProblem,
    Invalid,
    NotFound,
    NotSignedIn,
    Problem,
    Refusal,
    StorageUnavailable,
    TooLarge,
    TooOften,
)
from tasktracker.domain.references import TaskRef
from tasktracker.services.availability import note_failure
from tasktracker.services.queries.tasks import get_task, moved_ref
from tasktracker.services.views import TaskView
from tasktracker.telemetry.metrics import COMMAND_REFUSALS

_STATUSES: dict[int, Kind] = {
    400: problems.MALFORMED,
    404: problems.NO_SUCH_ADDRESS,
    405: problems.WRONG_METHOD,
    413: problems.TOO_LARGE,
    415: problems.WRONG_MEDIA_TYPE,
    416: problems.NO_SUCH_RANGE,
}
"""What the frameworks below refuse by themselves."""

_SENTENCES = {
    "bool_parsing": "This must be true or false.",
    "bool_type": "This must be true or false.",
    "dict_type": "This must be a JSON object.",
    "extra_forbidden": "There is no such field here. Check its name, or leave it out.",
    "float_type": "This must be a number, without quotes.",
    "greater_than_equal": "This must be at least {ge}.",
    "int_from_float": "This must be a whole number.",
    "int_parsing": "This must be a whole number.",
    "int_parsing_size": "This must be a smaller whole number.",
    "int_type": "This must be a whole number, without quotes.",
    "invalid_key": "The name of a field must be valid Unicode text.",
    "less_than_equal": "This must be at most {le}.",
    "list_type": "This must be a list.",
    "literal_error": "This must be one of: {expected}.",
    "missing": "This is needed.",
    "string_too_long": "This must be at most {max_length} characters long.",
    "string_type": "This must be a text.",
    "string_unicode": "This must be valid Unicode text.",
    "uuid_parsing": "This must be an id (a UUID).",
    "uuid_type": "This must be an id (a UUID).",
}
"""The validator's findings in the words of the product."""

_TASK = TypeAdapter(TaskView)
_PLACES = {"header": "headers"}
_REFERENCES = {"ref", "other"}
"""What tasks are called in paths."""


def install_error_handlers(app: FastAPI) -> None:
    """Let the app answer refusals, invalid requests and the framework's own errors."""
    app.add_exception_handler(Refusal, _on_refusal)
    app.add_exception_handler(RequestValidationError, _on_validation)
    app.add_exception_handler(HTTPException, _on_http)


def is_api(scope: Scope) -> bool:
    """Whether the request is for the API, which answers in JSON whatever happens."""
    path: str = scope["path"]
    return path == "/api" or path.startswith("/api/")


def failure(scope: Scope, error: Exception) -> Response:
    """The answer to what nobody expected; logged here, once, and kept to ourselves."""
    if note_failure(scope["method"], scope["path"], error):
        return problem(scope, problems.UNAVAILABLE, headers={"Retry-After": str(RETRY_AFTER)})
    return problem(scope, problems.UNEXPECTED)


async def refused(request: Request, refusal: Refusal) -> Response:
    """The answer to what the product refuses."""
    COMMAND_REFUSALS.labels(type(refusal).__name__).inc()
    kind, members = kind_of(refusal), await _members(request, refusal)
    return problem(request.scope, kind, str(refusal), headers=_headers(refusal), **members)


async def _on_refusal(request: Request, error: Exception) -> Response:
    refusal = cast("Refusal", error)
    moved = await _moved(request) if isinstance(refusal, NotFound) else None
    return moved or await refused(request, refusal)


async def _moved(request: Request) -> Response | None:
    """The answer to a call for a task that is in another project now, if that is why something was not found."""
    for name in _REFERENCES & request.path_params.keys():
        old = request.path_params[name]
        with suppress(NotFound):
            if new := await moved_ref(request.state.actor, TaskRef.parse(old)):
                headers = {"Location": _address_with(request, name, str(new)), "Cache-Control": "private, no-cache"}
                detail = f"{old} is {new} now. Ask for that, at the address in Location."
                return problem(request.scope, problems.MOVED, detail, headers=headers, ref=str(new))
    return None


def _address_with(request: Request, name: str, value: str) -> str:
    """The address of the call, with another value for a part of its path."""
    values = {**request.path_params, name: value}
    path = request.scope["route"].path_format.format_map({each: quote(str(values[each]), safe="") for each in values})
    return f"{path}?{request.url.query}" if request.url.query else path


def _headers(refusal: Refusal) -> dict[str, str]:
    if isinstance(refusal, NotSignedIn):
        return {"WWW-Authenticate": "Bearer"}
    if isinstance(refusal, TooOften):
        return {"Retry-After": str(refusal.seconds)}
    if isinstance(refusal, StorageUnavailable):
        return {"Retry-After": str(RETRY_AFTER)}
    return {}


async def _members(request: Request, refusal: Refusal) -> dict[str, Any]:
    if isinstance(refusal, Invalid):
        return {"errors": problems.pointers(_said(request, refusal.problems)), **_place(refusal)}
    if isinstance(refusal, CannotUndo):
        return {"blockers": jsonable_encoder(refusal.blockers)}
    place = {"errors": problems.pointers([Problem(refusal.pointer, str(refusal))])} if refusal.pointer else {}
    if isinstance(refusal, ColumnFull | TooLarge):
        return {"limit": refusal.limit, **place}
    if isinstance(refusal, TooOften):
        return {"policy": refusal.limit}
    if isinstance(refusal, Conflict):
        conflict = {"version": refusal.version, "conflicts": jsonable_encoder(refusal.fields)}
        return conflict | await _current(request, refusal) | place
    return place


def _said(request: Request, found: Sequence[Problem]) -> list[Problem]:
    """What is wrong, where the request says it: a version, in the body or in a header."""
    version = "/headers/If-Match" if "if-match" in request.headers else "/version"
    return [Problem(version if each.pointer == "/version" else each.pointer, each.detail) for each in found]


def _place(refusal: Invalid) -> dict[str, Any]:
    """Of a filter, the characters that are wrong."""
    if not isinstance(refusal, FilterProblem):
        return {}
    return {"position": refusal.start, "length": refusal.end - refusal.start, "suggestion": refusal.suggestion}


async def _current(request: Request, conflict: Conflict) -> dict[str, Any]:
    """The task as it is now, for somebody who must decide; a comment's or a view's conflict tells enough by itself."""
    parameters = request.path_params
    if parameters.keys() & {"comment_id", "view_id"}:
        return {}
    task = await get_task(request.state.actor, TaskRef.parse(conflict.ref or parameters["ref"]))
    return {"current": _TASK.dump_python(task, mode="json")}


async def _on_validation(request: Request, error: Exception) -> Response:
    found: Sequence[Mapping[str, Any]] = cast("RequestValidationError", error).errors()
    return await refused(request, Invalid([Problem(_pointer(each["loc"]), _sentence(each)) for each in found]))


async def _on_http(request: Request, error: Exception) -> Response:
    refused = cast("HTTPException", error)
    if not is_api(request.scope):
        return await http_exception_handler(request, refused)
    kind = _STATUSES.get(refused.status_code) or Kind(refused.status_code, "other", refused.detail, refused.detail)
    detail = refused.detail if isinstance(refused, Explained) else ""
    return problem(request.scope, kind, detail, headers=refused.headers)


def _pointer(location: Sequence[str | int]) -> str:
    """A JSON pointer (RFC 6901): into the body, or to /query/…, /path/…, /headers/…."""
    place, *steps = map(str, location)
    parts = steps if place == "body" else [_PLACES.get(place, place), *steps]
    return "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in parts)


def _sentence(found: Mapping[str, Any]) -> str:
    if found["type"] == "missing" and found["loc"] == ("body",):
        return "Send a JSON object as the body."
    sentence = _SENTENCES.get(found["type"])
    return str(found["msg"]) if sentence is None else sentence.format(**found.get("ctx", {}))
