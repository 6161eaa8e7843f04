"""What a call does not take is refused, and not passed over: whoever sends a `dryrun=true` counts on it."""

from collections import Counter
from collections.abc import Mapping
from typing import get_args, get_origin

from fastapi import Request
from fastapi.dependencies.utils import get_flat_params
from fastapi.params import Query
from fastapi.routing import APIRoute

from tasktracker.domain.errors import Invalid, Problem, pointer_to
from tasktracker.domain.text import gather

_NOTHING = (b"", b"{}")
"""Bodies that say nothing; some programs send one with every call."""


def parameters_of(route: APIRoute) -> dict[str, bool]:
    """What may stand in the query of the route's address, and whether it may more than once."""
    fields = (field for field in get_flat_params(route.dependant) if isinstance(field.field_info, Query))
    return {field.alias: _is_list(field.field_info.annotation) for field in fields}


def takes_body(route: APIRoute) -> bool:
    """Whether there is anything to say in a body."""
    return route.body_field is not None or "requestBody" in (route.openapi_extra or {})


def refuse_other_parameters(request: Request, known: Mapping[str, bool]) -> None:
    """Raise Invalid for parameters that are unknown here, and for one that is said twice and counts once."""
    counts = Counter(name for name, _ in request.query_params.multi_items())
    gather(
        [
            Problem(pointer_to("query", name), advice)
            for name, times in counts.items()
            if (advice := _advice(name, times, known))
        ]
    )


async def refuse_body(request: Request) -> None:
    """Raise Invalid for a body that says something."""
    if (await request.body()).strip() not in _NOTHING:
        raise Invalid.at("", "This call takes no body. Send it without one.")


def _advice(name: str, times: int, known: Mapping[str, bool]) -> str:
    """What is wrong with a parameter; empty if nothing is."""
    if name not in known:
        taken = f"This call takes {', '.join(known)}." if known else "This call takes none."
        return f"There is no parameter “{name[:40]}” here. {taken}"
    return f"“{name}” stands here {times} times. Send it once." if times > 1 and not known[name] else ""


def _is_list(annotation: object) -> bool:
    return any(get_origin(each) is list for each in (annotation, *get_args(annotation)))
