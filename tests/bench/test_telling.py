"""From a change to all the pages that follow its project, in one process: 50 pages cost hardly more than one."""

import asyncio
from collections.abc import Callable

import pytest

from tasktracker.realtime.hub import COALESCE, Patch
from tasktracker.services.following import follow_project
from tasktracker.services.tasks import edit_task
from tests.bench.conftest import Note, Stopwatch
from tests.factories import Team

CHANGES = 30
PAGES = 50
SLOWER = 3.0
"""Times."""

pytestmark = [pytest.mark.bench, pytest.mark.usefixtures("listening")]


async def test_a_change_reaches_50_pages_about_as_fast_as_one(big_team: Team, note: Note) -> None:
    one = await _reach(big_team, 1)
    many = await _reach(big_team, PAGES)
    note("from a change to 1 page", str(one))
    note(f"from a change to {PAGES} pages", str(many))
    assert many.median < one.median * SLOWER


async def _reach(team: Team, pages: int) -> Stopwatch:
    """Time from before the command to the last page's patch."""
    seen: list[int] = [0] * pages
    arrived = asyncio.Event()

    def follower(page: int) -> Callable[[Patch], None]:
        def follow(patch: Patch) -> None:
            seen[page] = patch["revision"]
            arrived.set()

        return follow

    followed = [await follow_project(team.owner, team.key, follower(page)) for page in range(pages)]
    watch = Stopwatch()
    for number in range(CHANGES):
        before = max(seen)
        with watch.lap():
            await edit_task(team.owner, team.ref(1 + number), {"title": f"Told to {pages} pages"})
            while min(seen) <= before:
                arrived.clear()
                await asyncio.wait_for(arrived.wait(), 5)
        await asyncio.sleep(COALESCE * 1.5)
    for _, leave in followed:
        leave()
    return watch
