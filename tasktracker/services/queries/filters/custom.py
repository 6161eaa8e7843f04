"""A project's own fields: each is compared by its type, which the database knows."""

from collections.abc import Callable, Sequence

from tasktracker.domain.errors import FilterProblem
from tasktracker.domain.filter_language.fields import Kind
from tasktracker.domain.filter_language.nodes import Comparison
from tasktracker.domain.filter_language.values import as_kind
from tasktracker.services.queries.filters import names
from tasktracker.services.queries.filters.condition import Build, Keyed, any_of
from tasktracker.services.queries.filters.values import (
    bounds,
    compares,
    day_text_within,
    holds_text,
    lower_texts,
    number,
    texts,
    with_empty,
)

READ_AS = {
    "text": Kind.TEXT,
    "url": Kind.TEXT,
    "number": Kind.NUMBER,
    "date": Kind.DATE,
    "select": Kind.CHOICE,
    "multi_select": Kind.CHOICE,
    "person": Kind.PERSON,
    "checkbox": Kind.FLAG,
}
"""How the values of a comparison are read, by the kind of the field."""

_DEFINED = "custom_field f WHERE f.key = {name} AND f.project_id IN (SELECT id FROM scope)"
_KIND = f"(SELECT jsonb_object_agg(f.project_id, f.kind) FROM {_DEFINED}) ->> t.project_id::text"
_DEFINITIONS = f"(SELECT json_agg(json_build_object('kind', f.kind, 'options', f.options)) FROM {_DEFINED})"
_IS_PERSON = f"EXISTS (SELECT FROM {_DEFINED} AND f.kind = 'person')"


def typed(comparison: Comparison, kind: str, options: Sequence[str] | None = None) -> Comparison:
    """The comparison as one of a field of that kind. Without the options of a select, any text is one.

    Raises FilterProblem.
    """
    read_as = READ_AS[kind]
    if read_as is not Kind.CHOICE:
        return as_kind(comparison, read_as)
    if options is None:
        return as_kind(comparison, Kind.NAME)
    return as_kind(comparison, read_as, tuple(option.lower() for option in options))


def custom(comparison: Comparison, build: Build) -> str:
    """By whichever kind the field is in the project of the task."""
    name = build.param(comparison.field.custom_key, "text")
    cases, unfit = [], {}
    for kind in READ_AS:
        try:
            cases.append(f"WHEN '{kind}' THEN {_by_kind(typed(comparison, kind), kind, name, build)}")
        except FilterProblem as problem:
            unfit[kind] = problem
    build.claim(Keyed(comparison, _DEFINITIONS.format(name=name), unfit))
    return f"CASE {_KIND.format(name=name)} {' '.join(cases)} ELSE false END" if cases else "false"


def _by_kind(comparison: Comparison, kind: str, name: str, build: Build) -> str:
    def rest(others: Comparison) -> str:
        holds = _HOLDS[kind](build, name, others)
        return holds if kind == "checkbox" else f"(t.custom ->> {name} IS NOT NULL AND {holds})"

    return with_empty(comparison, f"(t.custom ->> {name} IS NULL)", rest)


def _text(build: Build, name: str, comparison: Comparison) -> str:
    return holds_text(build, f"(t.custom ->> {name})", comparison)


def _number(build: Build, name: str, comparison: Comparison) -> str:
    holds = compares(build, f"(t.custom ->> {name})::numeric", "numeric", comparison, number)
    return f"CASE jsonb_typeof(t.custom -> {name}) WHEN 'number' THEN {holds} ELSE false END"


def _date(build: Build, name: str, comparison: Comparison) -> str:
    return any_of([day_text_within(build, f"(t.custom ->> {name})", each) for each in bounds(build, comparison)])


def _select(build: Build, name: str, comparison: Comparison) -> str:
    return f"lower(t.custom ->> {name}) = ANY({lower_texts(build, comparison.values)})"


def _multi_select(build: Build, name: str, comparison: Comparison) -> str:
    chosen = f"CASE jsonb_typeof(t.custom -> {name}) WHEN 'array' THEN t.custom -> {name} ELSE '[]' END"
    wanted = lower_texts(build, comparison.values)
    return f"EXISTS (SELECT FROM jsonb_array_elements_text({chosen}) chosen WHERE lower(chosen) = ANY({wanted}))"


def _person(build: Build, name: str, comparison: Comparison) -> str:
    people = names.people(build, comparison.values, unless=f"NOT {_IS_PERSON.format(name=name)}")
    return f"t.custom ->> {name} = ANY({people}::text[])"


def _checkbox(_build: Build, name: str, comparison: Comparison) -> str:
    """A box that nobody has touched is not ticked."""
    is_ticked = {"yes": "IS TRUE", "no": "IS NOT TRUE"}
    return any_of([f"(t.custom ->> {name} = 'true') {is_ticked[word]}" for word in texts(comparison.values)])


_HOLDS: dict[str, Callable[[Build, str, Comparison], str]] = {
    "text": _text,
    "url": _text,
    "number": _number,
    "date": _date,
    "select": _select,
    "multi_select": _multi_select,
    "person": _person,
    "checkbox": _checkbox,
}
