"""The board of a project."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b
from typing import Annotated, Any
from uuid import UUID

import orjson
from fastapi import Query, Response

from tasktracker.api import examples
from tasktracker.api.deps import Key, SignedIn, Then
from tasktracker.api.describe import answers
from tasktracker.api.problems import NOT_FOUND
from tasktracker.api.routing import api_router
from tasktracker.services.queries import board_filters
from tasktracker.services.queries.board_filters import Fitting
from tasktracker.services.queries.boards import board_json
from tasktracker.services.queries.past_boards import board_at

router = api_router("Boards")


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """A column; its cards are those with its id."""

    id: UUID
    name: str
    category: str
    wip_limit: int | None


@dataclass(frozen=True, slots=True)
class BoardLabel:
    """A label of the project."""

    id: UUID
    name: str
    color: str


@dataclass(frozen=True, slots=True)
class BoardPerson:
    """Somebody who can see the project."""

    id: UUID
    name: str
    handle: str


@dataclass(frozen=True, slots=True)
class BoardProject:
    """What surrounds the cards."""

    key: str
    name: str
    color: str
    archived: bool
    columns: list[BoardColumn]
    labels: list[BoardLabel]
    people: list[BoardPerson]


@dataclass(frozen=True, slots=True)
class BoardCard:
    """A task as a board draws it; its reference is the project's key and `number`.

    `parent` and `blocked_by` are numbers too: of tasks of the same project.
    """

    number: int
    title: str
    column_id: UUID
    position: str
    priority: str
    assignee_ids: list[UUID]
    label_ids: list[UUID]
    start: date | datetime | None
    due: date | datetime | None
    estimate: float | None
    parent: int | None
    blocked_by: list[int]
    comment_count: int
    version: int


@dataclass(frozen=True, slots=True)
class Board:
    """A project at one revision. The events after that revision lead on from it."""

    revision: int
    project: BoardProject
    cards: list[BoardCard]


NUMBERS_LIMIT = 1_000
"""Tasks that one question may be about."""
_Number = Annotated[int, Query(ge=1, le=2**31 - 1)]
_FITTING: dict[str, Any] = {"revision": 214, "numbers": [12, 15]}
_ANSWERS = answers(examples.BOARD, NOT_FOUND, headers=("ETag",))
_ANSWERS[200]["model"] = Board  # for the reference alone: the database writes the JSON


@router.get("/projects/{key:segment}/board", summary="Read a board", response_class=Response, responses=_ANSWERS)
async def get_board(key: Key, at: Then, actor: SignedIn) -> Response:
    """The project's columns, labels and people, and every task that is neither archived nor in the trash.

    With `at`, as they were then, but for the people, who are those of today.
    """
    board = await board_json(actor, key) if at is None else orjson.dumps(await board_at(actor, key, at))
    # Of the content and not of the revision: the people on a board change without one.
    tag = blake2b(board, digest_size=12).hexdigest()
    return Response(board, headers={"ETag": f'W/"{tag}"'}, media_type="application/json")


@router.get(
    "/projects/{key:segment}/board:fitting",
    summary="Filter a board",
    responses=answers(_FITTING, NOT_FOUND),
)
async def filter_board(
    key: Key,
    actor: SignedIn,
    query: Annotated[str, Query(alias="filter", description="A filter in the filter language.")] = "",
    numbers: Annotated[
        list[_Number] | None,
        Query(max_length=NUMBERS_LIMIT, description="Only the tasks with these numbers; all on the board unless told."),
    ] = None,
) -> Fitting:
    """The numbers of the board's tasks that a filter lets through: for who has their cards already."""
    return await board_filters.fitting_tasks(actor, key, query, numbers)
