"""The piles that a list of tasks is put together from, each of which an index holds in the order of the list.

They are the shelves of each project, or of the whole workspace; for the order of the board, the columns. A pile in an
order that some tasks have no value for has two halves: those with one, and those without, which come last in whichever
direction.
"""

from dataclasses import dataclass
from typing import Any

from tasktracker.services.queries.lists.orders import KEYS, POSITION, Order, Place
from tasktracker.services.queries.lists.shelves import ON_BOARD, Shelves

_LAST_NUMBER = 2**31 - 1

IN_SCOPE = "(t.project_id IN (SELECT id FROM scope)) IS TRUE"
"""Whether something is in one of the projects that are asked about: looked up in a table, and no reason to join one."""


@dataclass(frozen=True, slots=True)
class Piles:
    """SQL: `all` of them, for a `table`, and the `halves` of pile `u`, as what follows a SELECT from `t`.

    An index holds each half in the order of `keys`, whose names are `within`. They are to be sorted by `value`, and
    `columns` tell one from another. `besides` is what of `t` is to be asked, and is not known before `t` is looked at:
    so it takes its share of what is looked through.
    """

    table: str
    all: str
    halves: tuple[str, ...]
    keys: tuple[str, ...]
    within: tuple[str, ...]
    value: str
    direction: str
    columns: str = "t.project_id, t.number"
    besides: str = "true"

    @property
    def order(self) -> str:
        return ", ".join(f"{key} {self.direction}" for key in self.keys)


@dataclass(frozen=True, slots=True)
class Sorting:
    """How tasks are sorted, as SQL about task `t`: by its `value`, with what that needs `joined`.

    `beyond` says that it comes after `place`, the last task of the part before, whose parameters begin with number
    `first`.
    """

    order: Order
    shelves: Shelves
    place: Place | None
    first: int

    @property
    def value(self) -> str:
        return "c.position || ' ' || t.position" if self.order.name == POSITION else KEYS[self.order.name].place

    @property
    def may_be_null(self) -> bool:
        return self.order.name != POSITION and KEYS[self.order.name].may_be_null

    @property
    def joined(self) -> str:
        return "JOIN board_column c ON c.id = t.column_id" if self.order.name == POSITION else ""

    @property
    def params(self) -> list[Any]:
        """What the statement has to know of the last task, and no more: each parameter has to occur in it."""
        if self.place is None:
            return []
        value = [] if self.place.value is None else [self.place.value]
        return value if self.order.name == POSITION else [*value, self.place.project_id, self.place.number]

    @property
    def after(self) -> tuple[str, str, str]:
        """The last task's value, project and number."""
        kind = "text" if self.order.name == POSITION else KEYS[self.order.name].kind
        last = self.first + len(self.params) - 1
        return f"${self.first}::{kind}", f"${last - 1}::uuid", f"${last}::int"

    @property
    def beyond(self) -> str:
        if self.place is None:
            return "true"
        value, project, number = self.after
        if self.order.name == POSITION:
            return f"{self.value} {self.order.beyond} {value}"
        if self.place.value is None:
            return f"({self.value}) IS NULL AND (t.project_id, t.number) {self.order.beyond} ({project}, {number})"
        later = f"({self.value}, t.project_id, t.number) {self.order.beyond} ({value}, {project}, {number})"
        return f"(({self.value}) IS NULL OR {later})" if self.may_be_null else later

    def halves(self, pile: str, *keys: str) -> tuple[str, ...]:
        """Tasks of a pile whose index goes on with the value and these keys, from the last task on."""
        return tuple(f"FROM task t WHERE {pile} AND {which}" for which in self._which(keys))

    def _which(self, keys: tuple[str, ...]) -> list[str]:
        """What tells the halves apart, and what is left of them."""
        parts = []
        ends = self._ends(keys)
        if self.place is None:
            parts.append(f"{self.value} IS NOT NULL" if self.may_be_null else "true")
        elif self.place.value is not None:
            parts.append(f"({', '.join((self.value, *keys))}) {self.order.beyond} ({self.after[0]}, {ends})")
        if self.may_be_null:
            beyond = f"({', '.join(keys)}) {self.order.beyond} ({ends})"
            parts.append(f"{self.value} IS NULL AND {beyond if self.place and self.place.value is None else 'true'}")
        return parts

    def _ends(self, keys: tuple[str, ...]) -> str:
        """What the keys must be beyond, among tasks with the last one's value."""
        _, project, number = self.after
        if len(keys) > 1:
            return f"{project}, {number}"
        none_of_them, all_of_them = (0, _LAST_NUMBER) if self.order.is_descending else (_LAST_NUMBER, 0)
        return (
            f"CASE WHEN u.id {self.order.beyond} {project} THEN {all_of_them} WHEN u.id = {project} THEN {number} "
            f"ELSE {none_of_them} END"
        )


def of_projects(sorting: Sorting) -> Piles:
    """The shelves of each project."""
    return Piles(
        "own_piles",
        f"SELECT scope.id, shelf, row_number() OVER () AS pile FROM scope, {_shelves(sorting)}",
        sorting.halves("t.project_id = u.id AND t.shelf = u.shelf", "t.number"),
        (sorting.value, "t.number"),
        ("value", "number"),
        sorting.value,
        sorting.order.direction,
    )


def of_workspace(sorting: Sorting) -> Piles:
    """The shelves of the workspace, with what the asker sees of them and what not."""
    return Piles(
        "piles",
        f"SELECT shelf, shelf AS pile FROM {_shelves(sorting)}",
        sorting.halves("t.workspace_id = $1 AND t.shelf = u.shelf", "t.project_id", "t.number"),
        (sorting.value, "t.project_id", "t.number"),
        ("value", "project_id", "number"),
        sorting.value,
        sorting.order.direction,
        besides=IN_SCOPE,
    )


def of_columns(sorting: Sorting) -> Piles:
    """The columns of a project. A space is less than any sign of a position, so one text sorts by both of them."""
    order, where = sorting.order, on(sorting.shelves)
    if sorting.shelves <= ON_BOARD:
        where += " AND t.archived_at IS NULL AND t.trashed_at IS NULL"
    if sorting.place:
        column, position = (f"split_part({sorting.after[0]}, ' ', {number})" for number in (1, 2))
        everything, nothing = ("'~'", "''") if order.is_descending else ("''", "'~'")
        where += (
            f" AND t.position {order.beyond} CASE WHEN u.position {order.beyond} {column} THEN {everything} "
            f"WHEN u.position = {column} THEN {position} ELSE {nothing} END"
        )
    pile = f"t.project_id = u.project_id AND t.column_id = u.id AND {where}"
    return Piles(
        "piles",
        "SELECT c.id, c.project_id, c.position, row_number() OVER () AS pile "
        "FROM scope JOIN board_column c ON c.project_id = scope.id",
        (f"FROM task t WHERE {pile}",),
        ("t.position",),
        ("position",),
        "u.position || ' ' || t.position",
        order.direction,
    )


def on(shelves: Shelves) -> str:
    """Whether task `t` is on one of the shelves."""
    if not shelves:
        return "false"
    numbers = ", ".join(str(int(shelf)) for shelf in sorted(shelves))
    return f"t.shelf IN ({numbers})" if len(shelves) > 1 else f"t.shelf = {numbers}"


def _shelves(sorting: Sorting) -> str:
    return f"unnest(ARRAY[{', '.join(str(int(shelf)) for shelf in sorted(sorting.shelves))}]::smallint[]) AS shelf"
