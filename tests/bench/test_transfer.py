"""Ten thousand tasks into a project and out of it again."""

import time
import tracemalloc

import pytest

from tasktracker.models import Task
from tasktracker.services.transfer.exporting import export_project
from tasktracker.services.transfer.importing import ImportOptions, import_project
from tasktracker.services.undo import undo_command
from tests.bench.conftest import Note
from tests.factories import Team, make_team

TASKS = 10_000
LONGEST = 30.0
"""Seconds that an import may hold its project; the driver gives up on a single statement after as long."""
FLAT = 3.0
"""Times; what the memory of an export of ten times as many tasks may be at the most."""

pytestmark = pytest.mark.bench


def table(lines: int) -> str:
    rows = (
        f"Task {number},Words about task {number},To do,high,bug; idea,2030-01-02,3,{number},{number // 10 or ''}"
        for number in range(1, lines + 1)
    )
    return "title,description,column,priority,labels,due,estimate,id,parent\n" + "\n".join(rows)


async def test_ten_thousand_lines_are_imported_while_people_wait(note: Note) -> None:
    team = await make_team()
    for what in ("new", "unchanged"):
        start = time.perf_counter()
        report = await import_project(team.owner, team.key, table(TASKS), ImportOptions("csv"))
        seconds = time.perf_counter() - start
        assert report.counts["create" if what == "new" else "unchanged"] == TASKS
        note(f"import {TASKS:,} lines of CSV, {what}", f"{seconds:.1f} s")
        assert seconds < LONGEST


async def test_an_import_of_ten_thousand_lines_is_undone_while_people_wait(note: Note) -> None:
    team = await make_team()
    report = await import_project(team.owner, team.key, table(TASKS), ImportOptions("csv"))
    assert report.command
    revision = report.command
    for what, in_trash in (("undo of the import", TASKS), ("undo of that undo", 0), ("undo of that one", TASKS)):
        start = time.perf_counter()
        revision = (await undo_command(team.owner, team.key, revision)).command
        seconds = time.perf_counter() - start
        assert await Task.filter(project=team.project).exclude(trashed_at=None).count() == in_trash
        note(f"{what}, {TASKS:,} tasks", f"{seconds:.1f} s")
        assert seconds < LONGEST


async def test_the_memory_of_an_export_does_not_grow_with_the_project(note: Note) -> None:
    peaks = {}
    for tasks in (TASKS // 10, TASKS):
        team = await make_team()
        await import_project(team.owner, team.key, table(tasks), ImportOptions("csv"))
        start = time.perf_counter()
        size, peaks[tasks] = await _export(team)
        note(f"export {tasks:,} tasks as JSON, {size / 1e6:.1f} MB", f"{time.perf_counter() - start:.1f} s, "
             f"{peaks[tasks] / 1e6:.1f} MB of memory")  # fmt: skip
    assert peaks[TASKS] / peaks[TASKS // 10] < FLAT


async def _export(team: Team) -> tuple[int, int]:
    """Bytes of the file, and of memory at the most."""
    tracemalloc.start()
    size = 0
    async for part in await export_project(team.owner, team.key, "json"):
        size += len(part)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return size, peak
