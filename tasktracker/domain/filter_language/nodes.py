"""What a filter says, as a tree. Two trees are equal if they say the same, wherever it stood in the text."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from tasktracker.domain.filter_language.fields import Field
from tasktracker.domain.references import TaskRef


class Span(NamedTuple):
    """The characters from `start` up to `end` of the text."""

    start: int
    end: int


class Operator(StrEnum):
    """What stands between the colon and the value."""

    IS = ""
    EXACT = "="
    BELOW = "<"
    AT_MOST = "<="
    ABOVE = ">"
    AT_LEAST = ">="


@dataclass(frozen=True, slots=True)
class And:
    """All of two or more."""

    parts: tuple["Node", ...]
    span: Span = dataclasses.field(compare=False)


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of two or more."""

    parts: tuple["Node", ...]
    span: Span = dataclasses.field(compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    part: "Node"
    span: Span = dataclasses.field(compare=False)


@dataclass(frozen=True, slots=True)
class Text:
    """Words to find anywhere in a task. A phrase stands in the task just as it stands here."""

    words: str
    is_phrase: bool
    span: Span = dataclasses.field(compare=False)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A field that has any of the values, or that lies below or above the only one.

    Several values come with `IS` and `EXACT` alone. `EXACT` comes with texts and custom fields alone.
    """

    field: Field
    operator: Operator
    values: tuple["Value", ...]
    span: Span = dataclasses.field(compare=False)


@dataclass(frozen=True, slots=True)
class Nothing:
    """`none`: the field is empty."""

    span: Span = dataclasses.field(compare=False)


@dataclass(frozen=True, slots=True)
class Anything:
    """`any`: the field is not empty."""

    span: Span = dataclasses.field(compare=False)


@dataclass(frozen=True, slots=True)
class Word:
    """A text, a name, a project's key, or one of the words that a field knows (those in lower case)."""

    text: str
    span: Span = dataclasses.field(compare=False)


@dataclass(frozen=True, slots=True)
class Me:
    """`me`: whoever asks."""

    span: Span = dataclasses.field(compare=False)


@dataclass(frozen=True, slots=True)
class Person:
    """A handle in lower case, without its @."""

    handle: str
    span: Span = dataclasses.field(compare=False)


@dataclass(frozen=True, slots=True)
class Reference:
    """A task by its name, as `WEB-12`."""

    ref: TaskRef
    span: Span = dataclasses.field(compare=False)


@dataclass(frozen=True, slots=True)
class Number:
    value: Decimal
    span: Span = dataclasses.field(compare=False)


@dataclass(frozen=True, slots=True)
class Date:
    """A date as people write it, in its one form; `dates.resolve_date` says when that is."""

    text: str
    span: Span = dataclasses.field(compare=False)


@dataclass(frozen=True, slots=True)
class Raw:
    """A value of a custom field, whose type the text does not tell; `values.as_kind` reads it."""

    text: str
    is_quoted: bool
    span: Span = dataclasses.field(compare=False)


Single = Word | Me | Person | Reference | Number | Date | Raw


@dataclass(frozen=True, slots=True)
class Range:
    """From `low` to `high`, both included; None is an open end, and one of them is closed."""

    low: Single | None
    high: Single | None
    span: Span = dataclasses.field(compare=False)


Value = Single | Range | Nothing | Anything
Term = Comparison | Text
Node = And | Or | Not | Term


def terms(node: Node) -> Iterator[Term]:
    """Every comparison and text of a filter, from left to right."""
    match node:
        case And() | Or():
            for part in node.parts:
                yield from terms(part)
        case Not():
            yield from terms(node.part)
        case _:
            yield node
