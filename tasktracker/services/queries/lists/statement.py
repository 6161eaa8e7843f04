"""One statement for a part of a list of tasks.

Tasks lie in piles, and an index holds each pile in the order of the list. What nothing is asked of, or what an index
cannot find, is taken from the top of the piles. With a filter that may have to pass over many, there are two ways: to
look through the piles from their tops, which is fast for what is common, and to let the indexes of what is asked for
find all that there is and sort it, which is fast for what is rare.

A list of all projects has the piles of the workspace to look through. They are of no use to those who see few of its
tasks: these have the piles of the projects that they see.
"""

from dataclasses import dataclass
from enum import Enum, auto

from tasktracker.services.queries.lists.ladder import Ladder, Narrower, climb
from tasktracker.services.queries.lists.orders import POSITION, Order
from tasktracker.services.queries.lists.piles import IN_SCOPE, Piles, Sorting, of_columns, of_projects, of_workspace, on
from tasktracker.services.queries.lists.shelves import ALL, Shelf, Shelves
from tasktracker.services.queries.lists.stages import Pace, Stage, is_short, look_through, staged, take, top_of

PACES = [
    Pace(size=51, look=500, look_on=12_000, worth=5, small=2_000),
    Pace(size=101, look=500, look_on=15_000, worth=8, small=2_000),
]
"""For parts of up to 50 and 100 tasks, and one more to know whether there are more."""

_GLANCE = 200
"""Tasks at the top of each pile of a workspace that tell how many of its tasks the asker sees."""
_FEW_PROJECTS = 50
IS_NARROW = "(SELECT it_is FROM narrow)"
"""Whether the asker sees few of the workspace's tasks, in few projects: in the statement of a list of all."""


def pace_for(limit: int) -> Pace:
    """The pace for a part of that many tasks."""
    return next(pace for pace in PACES if pace.size > limit)


class Help(Enum):
    """How an index helps with a filter: not at all, by lists of what is asked for, or by ranges of an order.

    `DATED_LISTS` are those that an index can take a part of, by the time of the last change.
    """

    NONE = auto()
    LISTS = auto()
    DATED_LISTS = auto()
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
class Newest:
    """What to find of the tasks of a project or of all that were changed last; an index knows `condition` and time."""

    of_project: bool
    sorting: Sorting
    condition: str
    limit: object
    narrower: Narrower | None = None


def page_of(search: Search, limit: object, *, name: str = "page", unless: str = "false") -> dict[str, str]:
    """Common table expressions that end in `page(project_id, number, value)`, of `limit` tasks.

    They need `scope(id)`, and whatever the condition needs. `ordered` sorts them. Nothing is looked for if `unless` is
    true.
    """
    if search.help is Help.DATED_LISTS and search.sorting.order.text == "-updated" and not search.is_rare:
        newest = Newest(search.of_project, search.sorting, search.condition, limit)
        return newest_of(newest, name=name, unless=unless)
    if search.help is not Help.NONE and search.is_rare:
        made: dict[str, str] = {}
        stages = [_find(search)]
    else:
        made, stages = _of_one(search, limit) if search.of_project else _of_all(search, limit)
    return {**made, **staged(name, stages, ordered(search.sorting.order, "found"), limit, unless=unless)}


def ordered(order: Order, table: str) -> str:
    """The columns of a table of tasks to sort by: no value comes last, in whichever direction."""
    keys = (f"{table}.{column} {order.direction}" for column in ("value", "project_id", "number"))
    return f"{table}.value IS NULL, {', '.join(keys)}"


def _of_one(search: Search, limit: object) -> tuple[dict[str, str], list[Stage]]:
    """The tables that the stages share, and the stages, for the list of a project."""
    piles = (of_columns if search.sorting.order.name == POSITION else of_projects)(search.sorting)
    made = {piles.table: piles.all}
    if search.help is Help.NONE:
        return made, [Stage(take(piles, search.condition, search.pace.size, limit))]
    return made, [*look_through([piles], search.condition, search.pace, limit), _find(search)]


def _of_all(search: Search, limit: object) -> tuple[dict[str, str], list[Stage]]:
    """The same for the list of all projects."""
    wide, own, pace = of_workspace(search.sorting), of_projects(search.sorting), search.pace
    made = {"narrow": _narrow(wide), wide.table: f"{wide.all} WHERE NOT {IS_NARROW}"}
    if search.help is Help.NONE:
        too_few = is_short(wide, "{stage}", pace.look_on, limit)
        first = Stage(take(wide, search.condition, pace.size, limit, pace.look_on), f"{IS_NARROW} OR {too_few}")
        return {**made, own.table: own.all}, [first, Stage(take(own, search.condition, pace.size, limit))]
    made[own.table] = f"{own.all} WHERE {IS_NARROW}"
    return made, [*look_through([wide, own], search.condition, pace, limit), _find(search)]


def newest_of(newest: Newest, *, name: str, unless: str = "false") -> dict[str, str]:
    """The tables of `page_of`, for what was changed last."""
    sorting = newest.sorting
    wide, own = of_workspace(sorting), of_projects(sorting)
    if newest.of_project:
        made, kinds = {own.table: own.all}, [own]
    else:
        made, kinds = {"narrow": _narrow(wide)}, [wide, own]
        made |= {wide.table: f"{wide.all} WHERE NOT {IS_NARROW}", own.table: f"{own.all} WHERE {IS_NARROW}"}
    ladder = Ladder(
        kinds,
        "task",
        newest.condition,
        places_of(of_project=newest.of_project),
        ("project_id", "number"),
        newest.limit,
        f"{_on_some(sorting.shelves)} AND {sorting.beyond}",
        newest.narrower,
    )
    return {**made, **climb(ladder, name, unless=unless)}


def _on_some(shelves: Shelves) -> str:
    """Whether a task is on one of the shelves: for an index that lists those of each, unless that is most of them."""
    if shelves >= ALL - {Shelf.TRASHED}:
        return f"({on(shelves)}) IS TRUE"
    return f"ARRAY[t.shelf] && '{{{', '.join(str(int(shelf)) for shelf in sorted(shelves))}}}'::smallint[]"


def places_of(*, of_project: bool) -> str:
    """Where an index is to look: in the projects asked about, or in all of the workspace."""
    projects = "ARRAY(SELECT id FROM scope)"
    return projects if of_project else f"(CASE WHEN {IS_NARROW} THEN {projects} ELSE ARRAY[$1::uuid] END)"


def _narrow(wide: Piles) -> str:
    return (
        f"SELECT (SELECT count(*) FROM scope) <= {_FEW_PROJECTS} "
        f"AND 4 * count(*) FILTER (WHERE {IN_SCOPE}) < count(*) AS it_is "
        f"FROM ({wide.all}) u CROSS JOIN LATERAL (SELECT t.project_id {top_of(wide, wide.halves[0], _GLANCE)}) t"
    )


def _find(search: Search) -> Stage:
    """All tasks that fit, sorted. Where lists of them are found, no index on projects and shelves is to be read too."""
    sorting, is_found = search.sorting, search.help in {Help.LISTS, Help.DATED_LISTS}
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
