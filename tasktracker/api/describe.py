"""How endpoints describe their answers in the OpenAPI document."""

from http import HTTPStatus
from typing import Any

from fastapi import Body
from fastapi.params import Body as BodyInfo

from tasktracker.api import examples
from tasktracker.api.problems import KINDS, MEDIA_TYPE, Kind

Answers = dict[int | str, dict[str, Any]]
ALWAYS = ("RateLimit", "RateLimit-Policy")
"""Headers of every answer."""


def answers(example: Any = None, *refusals: Kind, status: int = 200, headers: tuple[str, ...] = ()) -> Answers:
    """The `responses` of an endpoint: its success by example, the headers that come with it, and what it may refuse."""
    success: dict[str, Any] = {"description": f"{HTTPStatus(status).phrase}."}
    if example is not None:
        success["content"] = {"application/json": {"example": example}}
    if headers:
        success["headers"] = described(*headers)
    return {status: success, **refused(*refusals)}


_GROUPS: dict[str, list[Kind]] = {kind.slug: [kind] for kind in KINDS.values()}
"""What `refused` has named so far: it is called for every endpoint before the document is complete."""


def described(*headers: str) -> dict[str, Any]:
    """The `headers` of an answer, described once for all of them."""
    return {name: {"$ref": f"#/components/headers/{name}"} for name in headers}


def example_body(example: dict[str, Any], *, is_needed: bool = True) -> BodyInfo:
    """A JSON body, shown by example. One that `is_needed` by nobody may be left out, and then holds nothing."""
    absent: dict[str, Any] = {} if is_needed else {"default_factory": dict}
    body: BodyInfo = Body(openapi_examples={"example": {"value": example}}, **absent)
    return body


def refused(*kinds: Kind) -> Answers:
    """References to the shared descriptions of these kinds of problems, by status."""
    kinds = tuple(dict.fromkeys(kinds))
    groups = {status: [kind for kind in kinds if kind.status == status] for status in sorted({k.status for k in kinds})}
    _GROUPS.update({_name(group): group for group in groups.values()})
    return {
        status: {"$ref": f"#/components/responses/{_name(group)}", "description": _titles(group)}
        for status, group in groups.items()
    }


def shared_refusals() -> dict[str, Any]:
    """`components/responses`: each kind of problem, and those that share a status at some address."""
    return {name: _refusal(group) for name, group in sorted(_GROUPS.items())}


def _refusal(kinds: list[Kind]) -> dict[str, Any]:
    examples = {kind.slug: {"summary": kind.title, "value": _document(kind)} for kind in kinds}
    schema = {"$ref": "#/components/schemas/ProblemDocument"}
    response = {"description": _titles(kinds), "content": {MEDIA_TYPE: {"schema": schema, "examples": examples}}}
    response["headers"] = described(*_OWN.get(kinds[0].status, ()), *ALWAYS)
    return response


_OWN = {
    308: ("Location",),
    401: ("WWW-Authenticate",),
    405: ("Allow",),
    429: ("Retry-After",),
    503: ("Retry-After",),
}
"""Headers that come with a refusal of that status."""


def _titles(kinds: list[Kind]) -> str:
    return "; or: ".join(kind.title for kind in kinds) + "."


def _document(kind: Kind) -> dict[str, Any]:
    document: dict[str, Any] = {
        "type": kind.type,
        "title": kind.title,
        "status": kind.status,
        "detail": kind.detail,
        "instance": "5f0c1d9e2b7a4836",
    }
    return document | _MEMBERS.get(kind.slug, {})


_MEMBERS: dict[str, dict[str, Any]] = {
    "invalid": {"errors": [{"pointer": "/title", "detail": "A task needs a title."}]},
    "column-full": {"limit": 3},
    "cannot-undo": {
        "blockers": [
            {
                "project": "WEB",
                "revision": 44,
                "kind": "TaskEdited",
                "actor_id": examples.PERSON["id"],
                "at": "2026-11-23T09:20:00Z",
                "fields": ["priority"],
            }
        ]
    },
    "moved": {"ref": "SHOP-7"},
    "too-often": {"policy": "default"},
    "conflict": {
        "version": 9,
        "conflicts": {"title": {"base": "Fix login", "yours": "Fix the login", "theirs": "Repair login"}},
        "current": {"ref": "WEB-12", "title": "Repair login", "version": 9},
    },
}


def _name(kinds: list[Kind]) -> str:
    """`not-found`, `clash-or-column-full`."""
    return "-or-".join(kind.slug for kind in kinds)
