"""Dates: the two that are a day or a moment, and the moments that are noted."""

from collections.abc import Callable

from tasktracker.domain.filter_language.nodes import Comparison
from tasktracker.services.queries.filters.condition import Build, all_of, any_of
from tasktracker.services.queries.filters.values import (
    Bounds,
    bounds,
    day_within,
    key_within,
    moment_within,
    with_empty,
)


def has_day_or_moment(comparison: Comparison, build: Build) -> str:
    """`start` and `due`: a day is compared by days, a moment by moments."""
    name = comparison.field.name
    key = f"t.{name}_key"

    def within(each: Bounds) -> str:
        possible = key_within(build, key, each)
        moment, day = moment_within(build, f"t.{name}_at", each), day_within(build, f"t.{name}_on", each)
        return f"({possible} AND CASE WHEN t.{name}_on IS NULL THEN {moment} ELSE {day} END)"

    return _with_empty(comparison, build, key, within)


def has_moment(comparison: Comparison, build: Build) -> str:
    """`created`, `updated` and the others that the program notes itself."""
    place = f"t.{comparison.field.name}_at"
    return _with_empty(comparison, build, place, lambda each: moment_within(build, place, each))


def _with_empty(comparison: Comparison, build: Build, place: str, within: Callable[[Bounds], str]) -> str:
    def rest(dated: Comparison) -> str:
        return all_of([f"{place} IS NOT NULL", any_of([within(each) for each in bounds(build, dated)])])

    return with_empty(comparison, f"({place} IS NULL)", rest)
