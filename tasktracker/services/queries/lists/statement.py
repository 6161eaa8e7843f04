"""One statement for a part of a list of tasks.

Tasks lie in piles, and an index holds each pile in the order of the list. What nothing is asked of, or what an index
cannot find, is taken from the top of the piles. With a filter that may have to pass over many, there are two ways: to
look through the piles from their tops, which is fast for what is common, and to let the indexes of what is asked for
find all that there is and sort it, which is fast for what is rare. Nobody knows beforehand which it is. So the
statement tries one stage after the other, and the next one runs only if there is doubt about the one before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from tasktracker.services.queries.lists.orders import IN_WORKSPACE, POSITION, Order
from tasktracker.services.queries.lists.piles import IN_SCOPE, Piles, Sorting, of_columns, of_projects, of_workspace, on
from tasktracker.services.queries.lists.shelves import Shelf


@dataclass(frozen=True, slots=True)
class Pace:
    """How many tasks to take from each pile (`size`), and how many to look through for them.

    At first `look`; if these gave at least `worth`, so that `look_on` will probably do, so many. Constants, since the
    planner must know how few they are.
    """

    size: int
    look: int
    look_on: int
    worth: int


PACES = [Pace(size=51, look=500, look_on=6_000, worth=4), Pace(size=101, look=500, look_on=6_000, worth=8)]
"""For parts of up to 50 and 100 tasks, and one more to know whether there are more."""


def pace_for(limit: int) -> Pace:
    """The pace for a part of that many tasks."""
    return next(pace for pace in PACES if pace.size > limit)


class Help(Enum):
    """How an index helps with a filter: not at all, by lists of what is asked for, or by ranges of an order."""

    NONE = auto()
    LISTS = auto()
    RANGES = auto()


@dataclass(frozen=True, slots=True)
class Search:
    """What to find: tasks of a project or of all, sorted, that a filter's `condition` lets through."""

    of_project: bool
    sorting: Sorting
    pace: Pace
    condition: str
    help: Help
    is_rare: bool


@dataclass(frozen=True, slots=True)
class Stage:
    """A SELECT, and SQL that says whether there is `doubt` about what it found: about `{stage}`."""

    sql: str
    doubt: str = "false"


def page_of(search: Search, limit: str) -> str:
    """Common table expressions that end in `page(project_id, number, value)`, of `limit` tasks.

    They need `scope(id)`, and whatever the condition needs. `ordered` sorts them.
    """
    piles, stages = _stages(search)
    made = {**piles, **staged("page", stages, ordered(search.sorting.order, "found"), limit)}
    return tables(made)


def staged(name: str, stages: Sequence[Stage], order: str, limit: str) -> dict[str, str]:
    """Tables that end in one of that name: what the first stage found that leaves no doubt. Later ones do not run."""
    made, found, open_doubt = {}, [], "true"
    for number, stage in enumerate(stages):
        table, doubt = f"{name}_{number}", f"{name}_doubt_{number}"
        made[table] = f"SELECT * FROM ({stage.sql}) stage WHERE {open_doubt}"
        made[doubt] = f"SELECT {stage.doubt.format(stage=table)} AS is_open"
        found.append(f"SELECT * FROM {table} WHERE {open_doubt} AND NOT (SELECT is_open FROM {doubt})")
        open_doubt += f" AND (SELECT is_open FROM {doubt})"
    made[name] = f"SELECT * FROM ({' UNION ALL '.join(found)}) found ORDER BY {order} LIMIT {limit}"
    return made


def tables(made: dict[str, str]) -> str:
    """Common table expressions, each of which is made once."""
    return ", ".join(f"{name} AS MATERIALIZED ({sql})" for name, sql in made.items())


def ordered(order: Order, table: str) -> str:
    """The columns of a table of tasks to sort by: no value comes last, in whichever direction."""
    keys = (f"{table}.{column} {order.direction}" for column in ("value", "project_id", "number"))
    return f"{table}.value IS NULL, {', '.join(keys)}"


def _stages(search: Search) -> tuple[dict[str, str], list[Stage]]:
    """The tables that the stages share, and the stages."""
    sorting, order = search.sorting, search.sorting.order
    if search.help is not Help.NONE and (search.is_rare or not _has_tops(search)):
        return {}, [_find(search)]
    if order.name == POSITION:
        piles = of_columns(sorting)
        return {"piles": piles.all}, [_take(search, piles)]
    if search.of_project or order.name not in IN_WORKSPACE:
        piles, last = of_projects(sorting), None
    else:
        piles, last = of_workspace(sorting), of_projects(sorting)
    made = {"piles": piles.all} | ({"small_piles": last.all} if last else {})
    if search.help is not Help.NONE:
        return made, [*_look(search, piles), _find(search)]
    if last:
        return made, [_take(search, piles, search.pace.look_on), _take(search, last, table="small_piles")]
    return made, [_take(search, piles)]


def _has_tops(search: Search) -> bool:
    """Whether there are few piles in that order, so that it is worth to look at them."""
    return search.sorting.order.name in IN_WORKSPACE or (search.of_project and search.sorting.order.name != POSITION)


def _look(search: Search, piles: Piles) -> list[Stage]:
    """For a while, and if that was worth it for longer."""
    pace = search.pace
    first, longer = _take(search, piles, pace.look), _take(search, piles, pace.look_on)
    is_worth = f"NOT ({_short(piles, pace.look, pace.worth).format(stage='page_0')})"
    return [
        first,
        Stage(f"SELECT * FROM ({longer.sql}) longer WHERE {is_worth}", f"NOT ({is_worth}) OR {longer.doubt}"),
    ]


def _take(search: Search, piles: Piles, look: int | None = None, *, table: str = "piles") -> Stage:
    """The first tasks of each pile that fit, or those of them among the first `look` ones."""
    direction, size = search.sorting.order.direction, search.pace.size
    within = ", ".join(f"t.{key} {direction}" for key in piles.within)
    parts = [
        f"SELECT u.pile, {number} AS half, t.project_id, t.number, t.value FROM {table} u CROSS JOIN LATERAL ("
        f"SELECT t.project_id, t.number, t.value FROM (SELECT t.*, {piles.value} AS value {half} "
        f"{f'LIMIT {look}' if look else ''}) t WHERE {search.condition} ORDER BY {within} LIMIT {size}) t"
        for number, half in enumerate(piles.halves)
    ]
    return Stage(" UNION ALL ".join(parts), _short(piles, look, size) if look else "false")


def _short(piles: Piles, look: int, enough: int) -> str:
    """Whether a pile gave fewer than enough, though it is larger than what was looked through.

    What has no value does not matter where enough has one.
    """
    too_few = f"{enough} > (SELECT count(*) FROM {{stage}} taken WHERE {{which}})"
    cases = [
        f"({too_few.format(stage='{stage}', which=f'taken.half < {number}')} AND EXISTS (SELECT FROM piles u WHERE "
        f"{too_few.format(stage='{stage}', which=f'taken.pile = u.pile AND taken.half = {number}')} "
        f"AND EXISTS (SELECT {half} OFFSET {look} LIMIT 1)))"
        for number, half in enumerate(piles.halves)
    ]
    return " OR ".join(cases)


def _find(search: Search) -> Stage:
    """All tasks that fit, sorted. Where lists of them are found, no index on projects and shelves is to be read too."""
    sorting, is_found = search.sorting, search.help is Help.LISTS
    shelf, project = on(sorting.shelves), "t.project_id IN (SELECT id FROM scope)"
    if is_found:
        project = IN_SCOPE
        shelf = shelf if shelf == f"t.shelf = {int(Shelf.OPEN)}" else shelf.replace("t.shelf", "t.shelf + 0")
    elif not search.of_project:
        project = f"t.workspace_id = $1 AND {project}"
    return Stage(
        f"SELECT 0 AS pile, 0 AS half, every.* FROM (SELECT t.project_id, t.number, {sorting.value} AS value "
        f"FROM task t {sorting.joined} WHERE {project} AND {shelf} AND {sorting.beyond} AND {search.condition}) every "
        f"ORDER BY {ordered(sorting.order, 'every')} LIMIT {search.pace.size}"
    )
