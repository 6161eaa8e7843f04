"""Sixty-four writers in four processes on four projects, with failures, and one process killed in the middle."""

import asyncio
import json
import os
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tasktracker.models import Comment, Event, Project, Task, Workspace
from tasktracker.models.database import connection
from tasktracker.services import columns, projects
from tasktracker.services.audit import audit_logs
from tasktracker.services.queries.projects import list_columns
from tests.factories import make_person, make_workspace
from tests.services.replay import replayed, state_of

ROOT = Path(__file__).resolve().parents[2]
WORKERS, WRITERS, COMMANDS = 4, 16, 56
KILLED = "w0"
WIP_LIMIT = 10
_DEADLOCKS = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"

Line = dict[str, Any]


@dataclass
class Aftermath:
    """What the workers noted, and what the database holds now."""

    workspace: Workspace
    lines: list[Line]
    seconds: float
    projects: dict[str, Project]
    events: dict[str, list[Event]]
    tasks: dict[str, list[Task]]

    def noted(self, outcome: str) -> list[Line]:
        return [line for line in self.lines if line["outcome"] == outcome]


@pytest.mark.drill
async def test_a_storm_with_a_killed_process_loses_and_doubles_nothing(database_url: str, tmp_path: Path) -> None:
    deadlocks = await _deadlocks()
    after = await _storm(database_url, tmp_path)
    _print_figures(after)
    assert len(after.lines) > 3_000
    _assert_revisions_have_no_gap(after)
    _assert_every_acknowledged_command_is_there_once(after)
    _assert_what_failed_is_not_there(after)
    _assert_numbers_are_those_handed_out(after)
    _assert_positions_are_in_order(after)
    _assert_rows_are_what_the_log_tells(after)
    await _assert_comments_are_counted(after)
    await _assert_the_limit_held(after)
    audit = await audit_logs(after.workspace.id)
    assert (audit.broken, audit.events) == ((), sum(map(len, after.events.values())) + len(after.projects))
    assert await _deadlocks() == deadlocks


def _assert_revisions_have_no_gap(after: Aftermath) -> None:
    for key, events in after.events.items():
        assert [event.revision for event in events] == list(range(1, len(events) + 1))
        assert after.projects[key].revision == len(events)


def _assert_every_acknowledged_command_is_there_once(after: Aftermath) -> None:
    found = {(event.request_id, key, event.revision) for key, events in after.events.items() for event in events}
    done = {(line["request"], line["key"], line["revision"]) for line in after.noted("done") if line["revision"]}
    assert done - found == set()
    commands = {(event.request_id, event.log_id, event.command) for events in after.events.values() for event in events}
    requests = Counter(request for request, _, _ in commands)
    of_workers = {request: count for request, count in requests.items() if request.startswith("w")}
    assert set(of_workers.values()) == {1}
    unacknowledged = set(of_workers) - {request for request, _, _ in done}
    assert {request.partition("-")[0] for request in unacknowledged} <= {KILLED}
    assert len(unacknowledged) <= WRITERS


def _assert_what_failed_is_not_there(after: Aftermath) -> None:
    failed = {line["request"] for line in after.lines if line["outcome"] != "done" or not line["revision"]}
    assert failed & {event.request_id for events in after.events.values() for event in events} == set()
    assert failed & {task.title for tasks in after.tasks.values() for task in tasks} == set()


def _assert_numbers_are_those_handed_out(after: Aftermath) -> None:
    for key, tasks in after.tasks.items():
        assert sorted(task.number for task in tasks) == list(range(1, after.projects[key].next_number))
    creations = {event.request_id: event.subject_id for events in after.events.values() for event in events}
    numbers = {task.id: task.number for tasks in after.tasks.values() for task in tasks}
    handed_out = [line for line in after.noted("done") if line["created"]]
    assert len(handed_out) > 500
    assert all(numbers[creations[line["request"]]] == line["created"] for line in handed_out)


def _assert_positions_are_in_order(after: Aftermath) -> None:
    """The rows were read ordered by the database: Python must see the same order, and no two alike."""
    for tasks in after.tasks.values():
        places = [(task.column_id.int, task.position.encode()) for task in tasks]
        assert places == sorted(set(places))


def _assert_rows_are_what_the_log_tells(after: Aftermath) -> None:
    for key, tasks in after.tasks.items():
        own: dict[object, list[Event]] = {}
        for event in after.events[key]:
            own.setdefault(event.subject_id, []).append(event)
        for task in tasks:
            assert replayed(own[task.id]) == state_of(task)
            assert [event.version for event in own[task.id]] == list(range(1, task.version + 1))


async def _assert_comments_are_counted(after: Aftermath) -> None:
    counts = Counter([comment.task_id for comment in await Comment.filter(task__project__workspace=after.workspace)])
    for task in (task for tasks in after.tasks.values() for task in tasks):
        assert task.comment_count == counts[task.id]


async def _assert_the_limit_held(after: Aftermath) -> None:
    for key, tasks in after.tasks.items():
        limited = {column.id for column in await after.projects[key].columns.filter(wip_limit=WIP_LIMIT)}  # type: ignore[attr-defined]
        inside = [task for task in tasks if task.column_id in limited and not task.trashed_at]
        assert len(inside) <= WIP_LIMIT
    assert Counter(line["why"] for line in after.noted("refused"))["ColumnFull"] > 0


async def _storm(database_url: str, folder: Path) -> Aftermath:
    workspace = await make_workspace()
    people = [await make_person(workspace, "owner"), *[await make_person(workspace) for _ in range(5)]]
    keys = [await projects.create_project(people[0], {"key": f"STORM{n}", "name": f"Storm {n}"}) for n in range(4)]
    for key in keys:
        limited = (await list_columns(people[0], key))[2].id
        await columns.edit_column(people[0], key, limited, {"wip_limit": WIP_LIMIT})
    plan = {
        "workspace": str(workspace.id),
        "accounts": [str(person.account_id) for person in people],
        "projects": [
            {"key": key, "columns": [str(column.id) for column in await list_columns(people[0], key)]} for key in keys
        ],
        "database_url": database_url,
        "writers": WRITERS,
    }
    began = time.monotonic()
    await _run(plan, folder)
    return await _aftermath(workspace, folder, time.monotonic() - began)


async def _run(plan: dict[str, Any], folder: Path) -> None:
    workers = {}
    for name in (f"w{n}" for n in range(WORKERS)):
        own = {"name": name, "acks": str(folder / name), "commands": 10**9 if name == KILLED else COMMANDS}
        workers[name] = await asyncio.create_subprocess_exec(
            sys.executable, str(Path(__file__).with_name("storm_worker.py")), json.dumps(plan | own),
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
    while min(_lines_in(folder / name) for name in workers) < COMMANDS * WRITERS // 2:
        await asyncio.sleep(0.05)
    victim = workers.pop(KILLED)
    victim.kill()
    assert await victim.wait() != 0
    assert [await worker.wait() for worker in workers.values()] == [0] * len(workers)


async def _aftermath(workspace: Workspace, folder: Path, seconds: float) -> Aftermath:
    found = {project.key: project for project in await Project.filter(workspace=workspace)}
    events = {key: await Event.filter(log_id=project.id).order_by("revision") for key, project in found.items()}
    tasks = {
        key: await Task.filter(project=project).order_by("column_id", "position") for key, project in found.items()
    }
    return Aftermath(workspace, _lines_of(folder), seconds, found, events, tasks)


def _print_figures(after: Aftermath) -> None:
    counts = Counter(line["outcome"] for line in after.lines)
    figures = ", ".join(f"{count:,} {outcome}" for outcome, count in sorted(counts.items()))
    sys.stdout.write(f"storm: {figures} in {after.seconds:.1f} s ({len(after.lines) / after.seconds:,.0f} a second)\n")


def _lines_of(folder: Path) -> list[Line]:
    return [json.loads(line) for file in sorted(folder.iterdir()) for line in file.read_text("utf-8").splitlines()]


def _lines_in(file: Path) -> int:
    return file.read_bytes().count(b"\n") if file.exists() else 0


async def _deadlocks() -> int:
    """How many PostgreSQL has met in this database. Backends tell when they end, so look a moment later."""
    await asyncio.sleep(0.2)
    return int((await connection().execute_query_dict(_DEADLOCKS))[0]["deadlocks"])
