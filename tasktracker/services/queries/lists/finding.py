"""How an index helps to find the few tasks that a filter lets through, or whether somebody has to look through them."""

from tasktracker.domain.filter_language.nodes import (
    And,
    Anything,
    Comparison,
    Node,
    Nothing,
    Operator,
    Or,
    Text,
    Value,
    Word,
)
from tasktracker.services.queries.lists.shelves import Shelf, Shelves
from tasktracker.services.queries.lists.statement import Help

_DATED = frozenset({"label", "assignee", "watcher", "creator", "commenter"})
_LISTED = frozenset({"column", "ref", "parent"})
"""Fields for whose values an index lists the tasks: for the dated ones, the one that knows when they were changed."""
_RANGED = frozenset({"number", "priority", "due", "start", "created", "updated", "completed"})
"""Fields that an index holds the tasks in the order of."""
_FIELDS = {Help.DATED_LISTS: _DATED, Help.LISTS: _LISTED, Help.RANGES: _RANGED}
_BEST_FIRST = (Help.DATED_LISTS, Help.LISTS, Help.RANGES, Help.NONE)
_RARE = frozenset({"ref", "parent", "number"})
_PERSONAL = frozenset({"assignee", "watcher"})
_WORDS = {"watched": Help.DATED_LISTS, "overdue": Help.RANGES, "blocked": Help.RANGES, "blocking": Help.RANGES}
_TRIGRAM = 3
"""Letters that an index of parts of words needs."""


def help_with(node: Node | None) -> Help:
    """What an index does for the filter: of parts that must all hold, one is enough."""
    match node:
        case And():
            return _first([help_with(part) for part in node.parts], *_BEST_FIRST)
        case Or():
            return _first([help_with(part) for part in node.parts], *reversed(_BEST_FIRST))
        case Text() if any(sign.isalnum() for sign in node.words):
            return Help.DATED_LISTS
        case Comparison():
            return _first([_help_with(node, value) for value in node.values], *reversed(_BEST_FIRST))
        case _:
            return Help.NONE


def is_rare(node: Node | None, shelves: Shelves) -> bool:
    """Whether so few tasks fit that nobody has to look for them along the way: what somebody has open is never much."""
    names = _RARE | _PERSONAL if shelves == {Shelf.OPEN} else _RARE
    match node:
        case And():
            return any(is_rare(part, shelves) for part in node.parts)
        case Comparison() if node.field.name == "is":
            return shelves == {Shelf.OPEN} and [getattr(value, "text", "") for value in node.values] == ["watched"]
        case Comparison():
            is_one = node.operator is Operator.IS and help_with(node) is not Help.NONE
            return is_one and node.field.name in names
        case _:
            return False


def _help_with(node: Comparison, value: Value) -> Help:
    name = node.field.name
    if isinstance(value, Nothing | Anything):
        return Help.NONE
    if isinstance(value, Word) and name == "is":
        return _WORDS.get(value.text, Help.NONE)
    if isinstance(value, Word) and name == "title":
        has_index = node.operator is Operator.IS and len(value.text) >= _TRIGRAM
        return Help.DATED_LISTS if has_index else Help.NONE
    return next((kind for kind, names in _FIELDS.items() if name in names), Help.NONE)


def _first(kinds: list[Help], *wanted: Help) -> Help:
    """The first of the wanted kinds that is among them."""
    return next(kind for kind in wanted if kind in kinds)
