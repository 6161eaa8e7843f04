"""The OpenAPI 3.1 document: what FastAPI finds out, and what holds for every call."""

from functools import cache
from typing import Any

from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from pydantic import TypeAdapter

from tasktracker import __version__
from tasktracker.api import problems
from tasktracker.api.describe import ALWAYS, described, refused, shared_refusals
from tasktracker.api.fields import describe_fields
from tasktracker.api.problems import Kind, ProblemDocument
from tasktracker.api.routing import UNSAFE, Route, SecretRoute
from tasktracker.api.uploads import UploadRoute
from tasktracker.api.v1 import ROUTERS
from tasktracker.settings import settings

_DESCRIPTION = """\
Everything the pages can do, through the same services.

**Who you are.** Send a token as `Authorization: Bearer tt_…`, or the session cookie that signing in sets. What is not
there for you answers 404, whether it exists or not.

**Refusals** are problem documents (RFC 9457): a stable `type`, a `detail` for people, `errors` with JSON pointers to
what is wrong in the request, and the request's id as `instance`.

**Editing together.** A task's `ETag` is its version. Send it as `If-Match` with an edit or a move: fields that nobody
else changed since then merge; for the others the answer is 412 with the task as it is now and the conflicting fields
(`base`, `yours`, `theirs`). To archive, trash or restore changes one fact only, and never conflicts.

**Safe retries.** Send an `Idempotency-Key` of your own (such as a UUID) with a call that changes something. The same
call with the same key has one effect and gets the same answer for 72 hours, marked `Idempotent-Replayed: true`; another
call with that key is refused (422). A call that was refused leaves nothing behind and may be tried again. Calls whose
answer is a secret (signing in, creating a token) take no key.

**How often.** Each account may make so many calls a minute, and so may each address that calls without one. Every
answer tells how many are left (`RateLimit`, `RateLimit-Policy`); one call too many is refused (429) and says when
to come back (`Retry-After`). Attempts to sign in are counted apart, and fewer of them are allowed.

**Bodies** are JSON in UTF-8, at most 32 levels deep, with each name once in its object and without NaN or Infinity;
anything else is refused (400), since two readers could understand it differently. Whatever a call does not take is
refused too (422): fields, parameters in the address, a body.

**Lists** come in parts: `limit`, and a `Link` with `rel="next"` while there is more. Tasks are filtered by the filter
language (`filter`); a wrong filter is refused at the characters that are wrong (`position`, `length`, `suggestion`).
Where a call takes `fields`, the answer holds these fields and no others.

**Moved tasks.** The reference that a task had in another project leads to it from then on: every call under
`/tasks/{ref}` answers 308 with the address to send it to, in `Location`, and the new reference, as `ref`.

**HEAD** is answered wherever GET is.
"""

_HEADERS = {
    "Allow": "The methods that the address answers.",
    "Content-Location": "Where the task is now.",
    "ETag": "The version of what is answered, for `If-Match` and `If-None-Match`.",
    "Link": 'Where the list goes on: `<address>; rel="next"`.',
    "Location": "The address of what was created, or of what is asked for.",
    "RateLimit": 'How many calls are left, and for how many seconds: `"default";r=1199;t=60`.',
    "RateLimit-Policy": 'How many calls there may be in how many seconds: `"default";q=1200;w=60`.',
    "Retry-After": "Seconds after which to try again.",
    "WWW-Authenticate": "How to sign in.",
}

_PARAMETERS = {
    "IdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "required": False,
        "description": "Makes a retry safe: one effect and one answer for each key, for 72 hours.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 255},
        "example": "7d9f4b1e-2c53-4f7e-9a60-3f1d8f6f2b11",
    },
    "IfNoneMatch": {
        "name": "If-None-Match",
        "in": "header",
        "required": False,
        "description": "The ETag of what you have: the answer is 304 without a body if it is still that.",
        "schema": {"type": "string"},
        "example": '"7"',
    },
}


@cache
def document() -> dict[str, Any]:
    """The document of the running version."""
    routes = [route for router in ROUTERS for route in router.routes]
    made = get_openapi(title="tasktracker", version=__version__, description=_DESCRIPTION, routes=routes)
    _complete_components(made["components"])
    for route in routes:
        if isinstance(route, APIRoute):
            for method in route.methods or ():
                operation = made["paths"][route.path_format][method.lower()]
                _complete(operation, route, method)
                describe_fields(operation, made["components"]["schemas"])
    made["components"]["responses"] = shared_refusals()
    return made


def _complete_components(components: dict[str, Any]) -> None:
    problem = TypeAdapter(ProblemDocument).json_schema(ref_template="#/components/schemas/{model}")
    schemas = components["schemas"]
    schemas.update({**problem.pop("$defs", {}), "ProblemDocument": problem})
    for unused in ("HTTPValidationError", "ValidationError"):  # FastAPI's own shape of a 422, which nothing answers
        schemas.pop(unused, None)
    components["parameters"] = _PARAMETERS
    components["headers"] = {
        name: {"description": text, "schema": {"type": "string"}} for name, text in _HEADERS.items()
    }
    components["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "description": "A token, `tt_…`."},
        "session": {"type": "apiKey", "in": "cookie", "name": settings().session_cookie},
    }


def _complete(operation: dict[str, Any], route: APIRoute, method: str) -> None:
    """Add what the route's class does for the endpoint, and what may go wrong with any call of its kind."""
    answers = operation["responses"]
    if "$ref" not in answers.get("422", {"$ref": ""}):
        del answers["422"]  # FastAPI's, for any parameter, even one that every text fits
    _restore_examples(operation, route)
    _sort_parameters(operation, route)
    _leave_out_nulls(operation)
    if isinstance(route, Route):
        operation["security"] = [{"token": []}, {"session": []}]
    if method in UNSAFE and isinstance(route, Route) and not isinstance(route, SecretRoute):
        _add_parameter(operation, "IdempotencyKey")
    if method == "GET" and "ETag" in answers["200"].get("headers", {}):
        _add_parameter(operation, "IfNoneMatch")
        answers["304"] = {"description": "You have it already."}
    for answer in answers.values():
        if "$ref" not in answer:
            answer["headers"] = answer.get("headers", {}) | described(*ALWAYS)
    usual = [*_usual_refusals(route, method), *([problems.VERSION_NEEDED] if _takes_version(operation) else [])]
    answers.update({str(status): answer for status, answer in refused(*usual).items()})
    operation["responses"] = dict(sorted(answers.items()))


def _usual_refusals(route: APIRoute, method: str) -> list[Kind]:
    kinds = [problems.TOO_OFTEN, problems.UNAVAILABLE, problems.INVALID]
    if isinstance(route, Route):
        kinds += [problems.NOT_SIGNED_IN]
    if method in UNSAFE:
        kinds += [problems.FORBIDDEN] if isinstance(route, Route) else []
        kinds += [problems.CROSS_SITE]
    if "ref" in route.param_convertors:
        kinds += [problems.MOVED]
    if route.body_field is not None or isinstance(route, UploadRoute):
        kinds += [problems.MALFORMED, problems.TOO_LARGE, problems.WRONG_MEDIA_TYPE]
    return kinds


def _takes_version(operation: dict[str, Any]) -> bool:
    return any(each.get("name") == "If-Match" for each in operation.get("parameters", []))


def _restore_examples(operation: dict[str, Any], route: APIRoute) -> None:
    """FastAPI leaves nulls out, in examples too; there a null is the point."""
    for status, answer in route.responses.items():
        for media_type, content in answer.get("content", {}).items():
            if "example" in content:  # a file has none
                operation["responses"][str(status)]["content"][media_type]["example"] = content["example"]
    if route.body_field is not None:
        given = getattr(route.body_field.field_info, "openapi_examples", {})
        operation["requestBody"]["content"]["application/json"]["examples"] = given


def _sort_parameters(operation: dict[str, Any], route: APIRoute) -> None:
    """As in the path; those of the query and the headers after them."""
    if "parameters" in operation:
        operation["parameters"].sort(key=lambda each: route.path_format.find(f"{{{each['name']}}}") % 1000)


def _leave_out_nulls(operation: dict[str, Any]) -> None:
    """A parameter may be left out; null is nothing that an address or a header can say."""
    for parameter in operation.get("parameters", []):
        schema = parameter["schema"]
        if {"type": "null"} in schema.get("anyOf", []):
            [only] = [each for each in schema.pop("anyOf") if each != {"type": "null"}]
            parameter["schema"] = {**only, **schema}


def _add_parameter(operation: dict[str, Any], name: str) -> None:
    operation.setdefault("parameters", []).append({"$ref": f"#/components/parameters/{name}"})
