"""Whether what a filter names is there, and what was probably meant if it is not."""

from collections.abc import Iterable
from typing import Any

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import FilterProblem
from tasktracker.domain.filter_language.fields import CUSTOM_PREFIX
from tasktracker.domain.filter_language.wording import closest, shown
from tasktracker.services.queries.filter_names import FilterNames, get_filter_names
from tasktracker.services.queries.filters.condition import Condition, Keyed, Named
from tasktracker.services.queries.filters.custom import typed

_UNKNOWN = {
    "person": "There is no person “{name}” in this workspace.",
    "label": "There is no label “{name}” here.",
    "column": "There is no column “{name}” here.",
    "project": "There is no project “{name}”, or you may not see it.",
    "task": "There is no task {name}, or you may not see it.",
}


async def refuse_unknown(actor: Actor, key: str | None, condition: Condition, facts: list[Any]) -> None:
    """Raise FilterProblem for the first thing that the filter names and that is not there.

    `facts` are what the database answered for `condition.facts`. Only what is wrong costs another round trip: for what
    there is instead, in the project with that key or (None) in all.
    """
    for claim, fact in zip(condition.claims, facts, strict=True):
        if isinstance(claim, Keyed):
            await _check_custom(actor, key, claim, fact)
        elif not fact:
            names = await get_filter_names(actor, key)
            detail = _UNKNOWN[claim.noun].format(name=shown(claim.text))
            raise FilterProblem(detail, *claim.span, suggestion=_nearest(claim.text, _instead(claim, names)))


def _instead(claim: Named, names: FilterNames) -> Iterable[str]:
    there = {"person": names.people, "label": names.labels, "column": names.columns, "project": names.projects}
    return there.get(claim.noun, ())


def _nearest(text: str, names: Iterable[str]) -> str | None:
    by_lower = {name.lower(): name for name in names}
    near = closest(text, by_lower)
    return near and by_lower[near]


async def _check_custom(actor: Actor, key: str | None, claim: Keyed, definitions: list[dict[str, Any]] | None) -> None:
    """One project's field of that key must take the value; others, of another kind, have no such task."""
    if not definitions:
        names = await get_filter_names(actor, key)
        raise _no_field(claim, names)
    problems = [_problem(claim, **each) for each in definitions]
    if all(problems):
        raise next(problem for problem in problems if problem)


def _problem(claim: Keyed, kind: str, options: list[str]) -> FilterProblem | None:
    if kind in claim.unfit:
        return claim.unfit[kind]
    try:
        typed(claim.comparison, kind, options)
    except FilterProblem as problem:
        return problem
    return None


def _no_field(claim: Keyed, names: FilterNames) -> FilterProblem:
    field = claim.comparison.field
    near = closest(field.custom_key, names.custom_fields)
    start = claim.comparison.span.start
    detail = f"There is no custom field “{field.custom_key}” here."
    return FilterProblem(detail, start, start + len(field.name), suggestion=near and CUSTOM_PREFIX + near)
