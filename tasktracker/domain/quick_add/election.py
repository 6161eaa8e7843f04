"""Which of the parts that count are taken: of two that say the same thing, the last one. The other stays text."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from tasktracker.domain.quick_add.interface import Kind
from tasktracker.domain.quick_add.parts import Part
from tasktracker.domain.quick_add.phrases import When

_SEVERAL: set[Kind] = {"assignee", "label"}


@dataclass(frozen=True, slots=True)
class Elected:
    """A part that is taken, and those that would be if it were not there."""

    part: Part
    kind: Kind
    value: Any
    rivals: tuple[Part, ...] = ()


def elect(parts: Sequence[Part]) -> list[Elected]:
    """The parts that are taken, in the order of the line."""
    by_kind: dict[Kind, list[Elected]] = {}
    for part in parts:
        if part.found:
            by_kind.setdefault(part.found.kind, []).append(Elected(part, part.found.kind, part.found.value))
    # A day may bring its time along; then a time elsewhere is none.
    times = by_kind.pop("time", []) if _has_clock(by_kind.get("due", [])) else []
    taken = [
        winner
        for kind, found in by_kind.items()
        for winner in (found if kind in _SEVERAL else [_last(found, times if kind == "due" else [])])
    ]
    return sorted(taken, key=lambda each: each.part.start)


def _last(found: list[Elected], others: list[Elected]) -> Elected:
    return replace(found[-1], rivals=tuple(each.part for each in [*found[:-1], *others]))


def _has_clock(dues: list[Elected]) -> bool:
    return bool(dues) and isinstance(dues[-1].value, When) and dues[-1].value.clock is not None
