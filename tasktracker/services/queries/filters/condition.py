"""What a filter becomes: a condition in SQL, its parameters, and what has to be there for it to make sense."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tasktracker.domain.errors import FilterProblem
from tasktracker.domain.filter_language.dates import Interval, resolve_date
from tasktracker.domain.filter_language.nodes import Comparison, Date, Span

UTC = ZoneInfo("UTC")
ME = "$2::uuid"
"""Whoever asks: every statement that holds a condition begins its parameters with `access.asker`."""


@dataclass(frozen=True, slots=True)
class Context:
    """Who asks, when, and where: what `today` and `this-week` mean. Parameters are numbered from `first_parameter`."""

    now: datetime
    zone: ZoneInfo = UTC
    first_weekday: int = 0
    first_parameter: int = 5


@dataclass(frozen=True, slots=True)
class Named:
    """A value that has to name something. `exists` is SQL that says whether it does."""

    noun: str
    text: str
    span: Span
    exists: str


@dataclass(frozen=True, slots=True)
class Keyed:
    """A comparison of a project's own field. `defined` is SQL for its definitions: `[{kind, options}]`, or null.

    `unfit` says of which kinds the field must not be, and why.
    """

    comparison: Comparison
    defined: str
    unfit: Mapping[str, FilterProblem]


Claim = Named | Keyed
"""What the writer of a filter takes for granted; the database knows whether it is so."""


@dataclass(frozen=True, slots=True)
class Condition:
    """`sql` is true or false of task `t`, and never null, so that it may be negated.

    Its statement defines `scope(id)`, the projects whose tasks are asked for, and `seen(id, key)`, those that exist
    for whoever asks. `is_dated`: it depends on the asker's time zone.
    """

    sql: str
    params: tuple[Any, ...]
    claims: tuple[Claim, ...]
    is_dated: bool

    @property
    def facts(self) -> str:
        """SQL for what the database says to each claim: an array of JSON."""
        answers = [claim.exists if isinstance(claim, Named) else claim.defined for claim in self.claims]
        return f"json_build_array({', '.join(answers)})"


@dataclass
class Build:
    """A condition in the making."""

    context: Context
    params: list[Any] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    is_dated: bool = False

    def param(self, value: Any, kind: str) -> str:
        """The value as a parameter of that type; no value ever stands in the SQL itself."""
        self.params.append(value)
        return f"${self.context.first_parameter + len(self.params) - 1}::{kind}"

    def claim(self, claim: Claim) -> None:
        self.claims.append(claim)

    def interval(self, value: Date) -> Interval:
        """When a date is. Raises FilterProblem."""
        self.is_dated = True
        context = self.context
        return resolve_date(value, now=context.now, zone=context.zone, first_weekday=context.first_weekday)


def any_of(parts: list[str]) -> str:
    """True if one of the parts is."""
    return parts[0] if len(parts) == 1 else f"({' OR '.join(parts)})" if parts else "false"


def all_of(parts: list[str]) -> str:
    """True if each of the parts is."""
    return parts[0] if len(parts) == 1 else f"({' AND '.join(parts)})" if parts else "true"
