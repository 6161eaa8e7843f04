"""Reading a part of a list of tasks, in one round trip."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import FilterProblem
from tasktracker.domain.filter_language.formatting import format_filter
from tasktracker.domain.filter_language.nodes import Comparison, Node, Reference, Word, terms
from tasktracker.domain.filter_language.parser import parse
from tasktracker.domain.text import one_of
from tasktracker.services.access import VISIBLE, read_in_project, read_in_workspace
from tasktracker.services.queries.cursors import clean_limit
from tasktracker.services.queries.expansion import clean_expand, expanded_view, with_expansion
from tasktracker.services.queries.filters.asking import Facts, ask, facts_of
from tasktracker.services.queries.filters.condition import Condition
from tasktracker.services.queries.lists.finding import help_with, is_rare
from tasktracker.services.queries.lists.orders import Place, place_cursor, read_order, read_place
from tasktracker.services.queries.lists.piles import Sorting
from tasktracker.services.queries.lists.shelves import STATES, split
from tasktracker.services.queries.lists.stages import tables
from tasktracker.services.queries.lists.statement import Search, ordered, pace_for, page_of
from tasktracker.services.queries.task_json import TASK
from tasktracker.services.views import Page, TaskView

_SEEN = f"seen AS MATERIALIZED (SELECT id, key, archived_at FROM ({VISIBLE}) v)"
_SCOPE = "scope AS MATERIALIZED (SELECT {columns})"
_ONE = _SCOPE.format(columns="access.id, access.key")
_ALL = _SCOPE.format(columns="id, key FROM seen WHERE archived_at IS NULL OR key = ANY($4::text[])")
"""Projects in the archive are left out unless the filter names them."""

_FIRST = 5
"""The number of the first parameter after the asker's and the key of the project, or the keys of those named."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A list that somebody wants: a filter, an order such as `-due`, and which part of it.

    `state` is active, archived or trashed; None leaves archive and trash out unless the filter names them. `expand`
    names what is to come along with each task.
    """

    query: str
    sort: str
    state: str | None
    limit: int
    cursor: str | None
    expand: Sequence[str] = ()


async def read_list(actor: Actor, key: str | None, asked: Asked) -> Page[TaskView]:
    """The part of the list, of the project with that key or (None) of all. Raises NotFound, Invalid, FilterProblem."""
    if asked.state is not None:
        one_of(asked.state, "/query/state", tuple(STATES))
    try:
        return await _read_list(actor, key, asked, parse(asked.query))
    except FilterProblem as problem:
        raise problem.at_pointer("/query/filter") from None


async def _read_list(actor: Actor, key: str | None, asked: Asked, node: Node | None) -> Page[TaskView]:
    order = read_order(asked.sort, of_project=key is not None)
    marks = [key or "", format_filter(node), order.text, asked.state or ""]
    after = read_place(asked.cursor, marks, order)
    shelves, rest = split(node, asked.state)
    sorting = Sorting(order, shelves, after, _FIRST + 1)
    limit, expand = clean_limit(asked.limit), clean_expand(asked.expand)
    own = [limit + 1, *sorting.params]

    async def statement(made: Condition) -> tuple[Facts, list[dict[str, Any]]]:
        search = Search(key is not None, sorting, pace_for(limit), made.sql, help_with(rest), is_rare(rest, shelves))
        row = await _read(actor, key, f"({_select(search, made, expand)})::text AS page", [*own, *made.params], node)
        page = orjson.loads(row["page"])
        return page["facts"], page["items"]

    items = await ask(actor, key, rest, statement, first_parameter=_FIRST + len(own))
    return _page(items, limit, marks)


def _select(search: Search, condition: Condition, expand: Sequence[str]) -> str:
    made = with_expansion(TASK, expand)
    return (
        f"WITH {_SEEN}, {_ONE if search.of_project else _ALL}, {tables(page_of(search, f'${_FIRST}::int'))} "
        f"SELECT json_build_object('facts', {facts_of(condition)}, 'items', (SELECT coalesce(json_agg("
        f"json_build_object('value', page.value, 'project_id', page.project_id, 'made', {made}) "
        f"ORDER BY {ordered(search.sorting.order, 'page')}), '[]') FROM page JOIN scope tp ON tp.id = page.project_id "
        "JOIN task t ON t.project_id = page.project_id AND t.number = page.number))"
    )


async def _read(actor: Actor, key: str | None, select: str, params: list[Any], node: Node | None) -> Mapping[str, Any]:
    if key is None:
        return await read_in_workspace(actor, select, _keys_in(node), *params)
    return await read_in_project(actor, key, select, *params)


def _keys_in(node: Node | None) -> list[str]:
    """The projects that a filter names."""
    compared = [term for term in terms(node) if isinstance(term, Comparison)] if node else []
    values = [value for term in compared for value in term.values if term.field.name in {"project", "ref"}]
    return [
        value.ref.key if isinstance(value, Reference) else value.text
        for value in values
        if isinstance(value, Reference | Word)
    ]


def _page(items: list[dict[str, Any]], limit: int, marks: list[str]) -> Page[TaskView]:
    tasks = [expanded_view(item["made"]) for item in items[:limit]]
    if len(items) <= limit:
        return Page(tasks, None)
    last = items[limit - 1]
    place = Place(last["value"], UUID(last["project_id"]), tasks[-1].number)
    return Page(tasks, place_cursor(marks, place))
