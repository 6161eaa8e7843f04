"""The four piles that a project's tasks are on, and which of them a filter can let anything through from.

The database notes for each task where it is (`task.shelf`), and every order has an index that begins with it. So what a
filter says about open and closed, archive and trash costs nothing.
"""

from collections.abc import Iterable
from enum import IntEnum

from tasktracker.domain.filter_language.nodes import And, Anything, Comparison, Node, Not, Nothing, Value, Word, terms
from tasktracker.services.queries.filters.words import CLOSED, OPEN


class Shelf(IntEnum):
    """`ARCHIVED` and not in the trash; `OPEN` and `CLOSED` are on the board."""

    OPEN = 0
    CLOSED = 1
    ARCHIVED = 2
    TRASHED = 3


Shelves = frozenset[Shelf]
ALL: Shelves = frozenset(Shelf)
ON_BOARD: Shelves = frozenset({Shelf.OPEN, Shelf.CLOSED})
STATES: dict[str, Shelves] = {
    "active": ON_BOARD,
    "archived": frozenset({Shelf.ARCHIVED}),
    "trashed": frozenset({Shelf.TRASHED}),
}
"""What a list may be asked for by name."""

_AWAY = {"archived": Shelf.ARCHIVED, "trashed": Shelf.TRASHED}
_NOWHERE: Shelves = frozenset()
_BY_GROUP = {"open": ALL - {Shelf.CLOSED}, "closed": ALL - {Shelf.OPEN}}
_WORDS: dict[str, tuple[Shelves, Shelves]] = {
    "open": (_BY_GROUP["open"], frozenset({Shelf.OPEN})),
    "closed": (_BY_GROUP["closed"], frozenset({Shelf.CLOSED})),
    "overdue": (_BY_GROUP["open"], _NOWHERE),
    "archived": (frozenset({Shelf.ARCHIVED, Shelf.TRASHED}), frozenset({Shelf.ARCHIVED})),
    "trashed": (frozenset({Shelf.TRASHED}), frozenset({Shelf.TRASHED})),
}
"""For a word of `is:` the shelves where it may hold of a task, and those where it holds of every task."""


def split(node: Node | None, state: str | None) -> tuple[Shelves, Node | None]:
    """The shelves to look on, and what the filter says beyond that.

    `state` is a key of `STATES`, or None: the board, and whatever of archive and trash the filter names.
    """
    shelves = STATES[state] if state else ON_BOARD | _named(node)
    parts = node.parts if isinstance(node, And) else () if node is None else (node,)
    for part in parts:
        shelves &= _may_hold(part)[0]
    rest = [part for part in parts if not shelves <= _may_hold(part)[1]]
    if isinstance(node, And) and len(rest) > 1:
        return shelves, And(tuple(rest), node.span)
    return shelves, rest[0] if rest else None


def _named(node: Node | None) -> Shelves:
    """The archive and the trash, as far as the filter asks about them in whichever way."""
    compared = [term for term in terms(node) if isinstance(term, Comparison)] if node else []
    words = {term.field.name for term in compared}
    words |= {value.text for term in compared if term.field.name == "is" for value in _words(term.values)}
    return frozenset(shelf for word, shelf in _AWAY.items() if word in words)


def _may_hold(part: Node) -> tuple[Shelves, Shelves]:
    """The shelves where that part of a filter may hold of a task, and those where it holds of every task."""
    match part:
        case Not():
            may, does = _may_hold(part.part)
            return ALL - does, ALL - may
        case Comparison() if part.field.name == "is":
            return _either(_WORDS.get(word.text, (ALL, _NOWHERE)) for word in _words(part.values))
        case Comparison() if part.field.name == "state":
            return _in_state({word.text for word in _words(part.values)})
        case Comparison() if part.field.name in _AWAY:
            return _either(_is_away(part.field.name, value) for value in part.values)
        case _:
            return ALL, _NOWHERE


def _in_state(words: set[str]) -> tuple[Shelves, Shelves]:
    groups = [group for group, inside in (("open", OPEN), ("closed", CLOSED)) if words & {group, *inside}]
    whole = [group for group, inside in (("open", OPEN), ("closed", CLOSED)) if group in words or words >= {*inside}]
    return _union(_BY_GROUP[group] for group in groups), _union(_WORDS[group][1] for group in whole)


def _is_away(word: str, value: Value) -> tuple[Shelves, Shelves]:
    may, does = _WORDS[word]
    match value:
        case Nothing():
            return ALL - does, ALL - may
        case Anything():
            return may, does
        case _:
            return may, _NOWHERE


def _either(cases: Iterable[tuple[Shelves, Shelves]]) -> tuple[Shelves, Shelves]:
    listed = list(cases)
    return _union(may for may, _ in listed), _union(does for _, does in listed)


def _union(shelves: Iterable[Shelves]) -> Shelves:
    return _NOWHERE.union(*shelves)


def _words(values: Iterable[Value]) -> list[Word]:
    return [value for value in values if isinstance(value, Word)]
