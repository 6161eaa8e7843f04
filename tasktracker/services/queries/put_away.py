"""What was taken off the board: the trash and the archive of a project."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tasktracker.domain.actor import Actor
from tasktracker.domain.events import EventKind
from tasktracker.domain.text import one_of
from tasktracker.services.access import read_in_project
from tasktracker.services.purge import KEPT
from tasktracker.services.queries.cursors import clean_limit, decode_moment_and_id, moment_cursor
from tasktracker.services.queries.rows import rows_of
from tasktracker.services.views import Page

LONGEST = 200
"""Characters that are searched for."""


@dataclass(frozen=True, slots=True)
class _Place:
    stamp: str
    kind: EventKind
    condition: str


_PLACES = {
    "trash": _Place("trashed_at", EventKind.TASK_TRASHED, "t.trashed_at IS NOT NULL"),
    "archive": _Place("archived_at", EventKind.TASK_ARCHIVED, "t.archived_at IS NOT NULL AND t.trashed_at IS NULL"),
}
_LIST = """(SELECT coalesce(json_agg(page), '[]') FROM (
    SELECT t.id, access.key || '-' || t.number AS ref, t.number, t.title, c.category AS state, t.{stamp} AS at,
        who.actor_id, a.name AS who
    FROM task t JOIN board_column c ON c.id = t.column_id
    LEFT JOIN LATERAL (SELECT e.actor_id FROM event e WHERE e.task_id = t.id AND e.kind = '{kind}'
        ORDER BY e.at DESC, e.revision DESC LIMIT 1) who ON true
    LEFT JOIN account a ON a.id = who.actor_id
    WHERE t.project_id = access.id AND {condition}
      AND ($5 = '' OR position(lower($5) IN lower(t.title)) > 0 OR t.number::text = $5
           OR access.key || '-' || t.number = upper($5))
      AND ($6::timestamptz IS NULL OR (t.{stamp}, t.id) < ($6, $7::uuid))
    ORDER BY t.{stamp} DESC, t.id DESC LIMIT $8) page)::text AS items"""


@dataclass(frozen=True, slots=True)
class PutAwayView:
    """A task in the trash or the archive: since when (`at`), and who put it there.

    `purged_at` is when it is removed from the trash for good, by itself; None in the archive, where it stays.
    """

    id: UUID
    ref: str
    number: int
    title: str
    state: str
    at: datetime
    actor_id: UUID | None
    who: str | None
    purged_at: datetime | None


async def list_put_away(
    actor: Actor, key: str, place: str, *, search: str = "", limit: int = 50, cursor: str | None = None
) -> Page[PutAwayView]:
    """What is in the project's trash or archive (`place`), latest first; with `search`, what has that in its title.

    A number or a reference finds the task, too. Raises NotFound, Invalid.
    """
    found = _PLACES[one_of(place, "/place", tuple(_PLACES))]
    select = _LIST.format(stamp=found.stamp, kind=found.kind, condition=found.condition)
    at, last = decode_moment_and_id(cursor)
    wanted = search.replace("\0", "").strip()[:LONGEST]
    row = await read_in_project(actor, key, select, wanted, at, last, clean_limit(limit) + 1)
    items = [_view(each, is_kept=place == "archive") for each in rows_of(row["items"])]
    more = len(items) > limit
    return Page(items[:limit], moment_cursor(items[limit - 1].at, items[limit - 1].id) if more else None)


def _view(row: dict[str, Any], *, is_kept: bool) -> PutAwayView:
    return PutAwayView(**row, purged_at=None if is_kept else row["at"] + KEPT)
