"""How a list of tasks is sorted, and where a part of it ends."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from math import isfinite
from typing import Any
from uuid import UUID

from tasktracker.domain.errors import Invalid
from tasktracker.services.queries.cursors import decode_cursor, encode_cursor, not_ours


@dataclass(frozen=True, slots=True)
class Key:
    """What tasks are sorted by: SQL about task `t`, and its type. Ties are in the order of project and number."""

    place: str
    kind: str
    may_be_null: bool = False


KEYS: dict[str, Key] = {
    "number": Key("t.number", "int"),
    "created": Key("t.created_at", "timestamptz"),
    "updated": Key("t.updated_at", "timestamptz"),
    "due": Key("t.due_key", "timestamptz", may_be_null=True),
    "start": Key("t.start_key", "timestamptz", may_be_null=True),
    "completed": Key("t.completed_at", "timestamptz", may_be_null=True),
    "priority": Key("t.priority", "int"),
    "estimate": Key("t.estimate", "float8", may_be_null=True),
    "title": Key("lower(t.title)", "text"),
}
POSITION = "position"
"""The order of the board: by column, and by place in it. There is none of several projects together."""


@dataclass(frozen=True, slots=True)
class Order:
    """`-due` is `due`, and `is_descending`. Either way tasks without a value come last."""

    name: str
    is_descending: bool

    @property
    def text(self) -> str:
        return "-" * self.is_descending + self.name

    @property
    def direction(self) -> str:
        return "DESC" if self.is_descending else "ASC"

    @property
    def beyond(self) -> str:
        """The sign of what comes later."""
        return "<" if self.is_descending else ">"


@dataclass(frozen=True, slots=True)
class Place:
    """The last task of a part: its sort key (None for nothing in it), its project's id and its number."""

    value: Any
    project_id: UUID
    number: int


def read_order(text: str, *, of_project: bool) -> Order:
    """How to sort. Raises Invalid."""
    name = text.removeprefix("-")
    known = (*KEYS, *([POSITION] if of_project else []))
    if name not in known:
        advice = f"Sort by one of: {', '.join(known)}; with “-” before it, from the last to the first."
        raise Invalid.at("/query/sort", advice)
    return Order(name, text.startswith("-"))


def place_cursor(asked: Sequence[str], place: Place) -> str:
    """Where a list goes on, for whoever asks for the same again."""
    return encode_cursor(_mark(asked), place.value, place.project_id.hex, place.number)


def read_place(cursor: str | None, asked: Sequence[str], order: Order) -> Place | None:
    """Where the list goes on. Raises Invalid for a cursor of a list that was `asked` for in another way."""
    values = decode_cursor(cursor, str, object, str, int)
    if values is None:
        return None
    mark, value, project, number = values
    if mark != _mark(asked):
        detail = "This cursor is of another list. Ask with the same filter and order as before, or leave it out."
        raise Invalid.at("/query/cursor", detail)
    return Place(_read(value, _kind(order)), _read(project, "uuid"), _read(number, "int"))


def _mark(asked: Sequence[str]) -> str:
    return blake2b("\0".join(asked).encode(), digest_size=9).hexdigest()


def _kind(order: Order) -> str:
    return "text" if order.name == POSITION else KEYS[order.name].kind


def _read(value: Any, kind: str) -> Any:
    """A value in its own type. The mark says that it is ours, unless somebody has made it."""
    try:
        return None if value is None else _TYPES[kind](value)
    except (TypeError, ValueError, OverflowError):
        raise not_ours() from None


def _moment(value: Any) -> datetime:
    return datetime.fromisoformat(value).astimezone(UTC)


def _int(value: Any) -> int:
    if not isinstance(value, int) or not -(2**31) < value < 2**31:
        raise ValueError
    return value


def _float(value: Any) -> float:
    number = float(value)
    if not isfinite(number):
        raise ValueError
    return number


def _text(value: Any) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise ValueError
    return value.encode().decode()


_TYPES: dict[str, Callable[[Any], Any]] = {
    "int": _int,
    "float8": _float,
    "timestamptz": _moment,
    "text": _text,
    "uuid": UUID,
}
