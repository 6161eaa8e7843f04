"""Following all projects that somebody sees, also those that they come to see: made, opened to them, brought back."""

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from loguru import logger

from tasktracker.domain.actor import Actor
from tasktracker.models.database import connection
from tasktracker.realtime.hub import Patch
from tasktracker.services.access import READERS, VISIBLE, read_in_workspace
from tasktracker.services.availability import UNAVAILABLE
from tasktracker.services.following import feed, hub
from tasktracker.services.queries.rows import rows_of

LOOK = 30.0
"""Seconds between two looks at all projects, in case no news of one came through."""
REST = 0.5
"""Seconds after a look that news asked for: what happens meanwhile is looked at together."""

_PROJECTS = f"""(SELECT coalesce(json_agg(json_build_object('id', v.id, 'key', v.key, 'revision', v.revision)), '[]')
    FROM ({VISIBLE}) v WHERE v.archived_at IS NULL)::text AS projects"""
_SEEN = f"""
    SELECT wanted.place, p.id, p.key, p.revision
    FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS wanted(workspace_id, account_id, place)
    JOIN ({READERS}) reader ON reader.account_id = wanted.account_id
    JOIN project p ON p.id = reader.project_id AND p.workspace_id = wanted.workspace_id
    WHERE p.archived_at IS NULL AND ($3::uuid[] IS NULL OR p.id = ANY($3)) ORDER BY wanted.place
"""
_Row = Mapping[str, Any]


@dataclass(eq=False)
class _Page:
    """An open page that follows all projects of its person; `stops` end that, by project."""

    actor: Actor
    follower: Callable[[str, Patch], None]
    others: Callable[[], None]
    stops: dict[UUID, Callable[[], None]] = field(default_factory=dict)

    def follow(self, rows: Collection[_Row]) -> bool:
        """Follow those projects that it does not follow yet; whether there was one."""
        later = [row for row in rows if row["id"] not in self.stops]
        for row in later:
            self.stops[row["id"]] = hub.follow(row["id"], row["revision"], partial(self.follower, row["key"]))
        return bool(later)

    def leave(self, rows: Collection[_Row]) -> bool:
        """Follow no project but these; whether there was one."""
        gone = self.stops.keys() - {row["id"] for row in rows}
        for project_id in gone:
            self.stops.pop(project_id)()
        return bool(gone)

    def stop(self) -> None:
        """Follow nothing any more."""
        _pages.discard(self)
        self.leave([])


_pages: set[_Page] = set()


async def follow_projects(
    actor: Actor, follower: Callable[[str, Patch], None], others: Callable[[], None]
) -> Callable[[], None]:
    """Hand every later change of any project that the actor sees to `follower`, with its key; returns how to stop.

    `others` is called when these are other projects than before. A patch tells a page when to read anew, and not what
    to show: a project that the actor does not see any more is followed for up to `LOOK` seconds.
    """
    row = await read_in_workspace(actor, _PROJECTS)
    page = _Page(actor, follower, others)
    page.follow(rows_of(row["projects"]))
    _pages.add(page)
    return page.stop


async def follow_later_projects() -> None:
    """For ever: have the pages of this process follow what they come to see, as soon as something happens in it."""
    loop = asyncio.get_running_loop()
    with feed.news() as news:
        while True:
            await _look()
            deadline = loop.time() + LOOK
            while (left := deadline - loop.time()) > 0:
                if logs := await news.wait(left):
                    await _look(logs)
                    await asyncio.sleep(REST)


async def _look(logs: Collection[UUID] | None = None) -> None:
    try:
        await look_for_projects(logs)
    except UNAVAILABLE as error:
        logger.warning("following: could not look for more projects ({}), trying again", error)


async def look_for_projects(logs: Collection[UUID] | None = None) -> None:
    """Have each page follow what it sees by now; of these projects only, if they are given. One round trip, or none."""
    pages = [page for page in _pages if logs is None or not page.stops.keys() >= set(logs)]
    if not pages:
        return
    rows = await connection().execute_query_dict(_SEEN, [*_asking(pages), None if logs is None else list(logs)])
    seen = {place: list(found) for place, found in groupby(rows, itemgetter("place"))}
    for place, page in enumerate(pages, start=1):
        found = seen.get(place, [])
        if page in _pages and (page.follow(found) | (logs is None and page.leave(found))):  # else it has gone meanwhile
            _tell(page)


def _asking(pages: Sequence[_Page]) -> list[list[UUID]]:
    return [[page.actor.workspace_id for page in pages], [page.actor.account_id for page in pages]]


def _tell(page: _Page) -> None:
    try:
        page.others()
    except Exception:  # noqa: BLE001  one page that fails must not keep the news from the others
        logger.exception("following: a page failed on news")
