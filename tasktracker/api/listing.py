"""What lists of tasks take: a filter, an order, which of them, and what is to come along with each."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Query

from tasktracker.api.schemas import TaskState
from tasktracker.domain.filter_language.parser import LENGTH_LIMIT
from tasktracker.services.queries.expansion import EXPANSIONS, ExpandedTaskView
from tasktracker.services.queries.lists.orders import KEYS, POSITION
from tasktracker.services.views import TaskView

AnyTask = ExpandedTaskView | TaskView
"""A task, with what was asked for along with it. In this order: every expanded one passes for a plain one too."""


def _sort_by(*names: str) -> Any:
    return Query(
        description="What to sort by; with `-` before it, from the last to the first. Tasks without a value come "
        "last either way, and ties are in the order of project and number.",
        json_schema_extra={"enum": [sign + name for name in names for sign in ("", "-")]},
    )


Filter = Annotated[
    str,
    Query(
        alias="filter",
        description=f"A filter in the filter language, at most {LENGTH_LIMIT:,} characters.",
        examples=["assignee:me is:open due:<+7d"],
    ),
]
_State = Annotated[
    TaskState | None,
    Query(description="Which tasks. Unless told, those on the board, and what the filter names of the others."),
]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list as it is asked for; `sort` None is its usual order."""

    query: str
    sort: str | None
    state: TaskState | None
    expand: tuple[str, ...]

    @property
    def arguments(self) -> dict[str, Any]:
        """What the services take."""
        order = {} if self.sort is None else {"sort": self.sort}
        return {"query": self.query, "state": self.state, "expand": self.expand, **order}


async def expanded(
    expand: Annotated[
        str | None,
        Query(
            description="What is to come along in `expanded`, separated by commas: the `parent`, the `subtasks` right "
            "below, tasks in `relations` (100 of each at most), the last 20 `comments`, the `attachments`.",
            json_schema_extra={"enum": list(EXPANSIONS)},
        ),
    ] = None,
) -> tuple[str, ...]:
    return () if expand is None else tuple(each.strip() for each in expand.split(","))


Expand = Annotated[tuple[str, ...], Depends(expanded)]
"""What is to come along with a task."""


async def _listing(
    expand: Expand,
    query: Filter = "",
    sort: Annotated[str | None, _sort_by(*KEYS, POSITION)] = None,
    state: _State = None,
) -> Listing:
    return Listing(query, sort, state, expand)


async def _listing_of_all(
    expand: Expand, query: Filter = "", sort: Annotated[str | None, _sort_by(*KEYS)] = None, state: _State = None
) -> Listing:
    return Listing(query, sort, state, expand)


Listed = Annotated[Listing, Depends(_listing)]
"""A list of a project's tasks."""
ListedOfAll = Annotated[Listing, Depends(_listing_of_all)]
"""One of the tasks of all projects: of these there is no `position`."""
