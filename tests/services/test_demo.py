"""`tasktracker demo`: what somebody finds who tries the program for five minutes.

Each fill runs in a process of its own, since the pool of this one is open on another database.
"""

import asyncio
import json
import sys
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import pytest

from tasktracker.domain.ids import new_id

ROOT = Path(__file__).resolve().parents[2]
SLOWEST_FILL = 60.0
"""Seconds. It takes about four on two quiet cores; tests share theirs with other work."""

PROGRAM = """
import asyncio, dataclasses, json, sys, time
from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Refusal
from tasktracker.models.database import close_database, connection, open_database
from tasktracker.services import accounts, demo, projects, sessions

async def attempt(awaitable):
    began = time.perf_counter()
    try:
        answer = await awaitable
    except (Refusal, RuntimeError) as problem:
        return {"refused": type(problem).__name__, "because": str(problem)}
    answer = dataclasses.asdict(answer) if dataclasses.is_dataclass(answer) else answer
    return {"answer": answer, "seconds": time.perf_counter() - began}

async def tasks():
    return (await connection().execute_query_dict("SELECT count(*) AS n FROM task"))[0]["n"]

async def main():
    await open_database(sys.argv[1], pool_min=1, pool_max=5)
    try:
        print(json.dumps(await scene(), default=str))
    finally:
        await close_database()
"""
FRESH = """
async def scene():
    seen = []
    first = await attempt(demo.fill(progress=lambda *call: seen.append(call)))
    second = await attempt(demo.fill())
    secret = await attempt(sessions.sign_in("demo@example.org", "tasktracker-demo", days=1))
    return {"first": first, "second": second, "signed_in": "answer" in secret, "progress": seen}
"""
AMONG_OTHERS = """
def break_off(name, done, total):
    if done == 200:
        raise RuntimeError("the cable")

async def scene():
    owner = await accounts.set_up("Own", "Own Er", "owner@example.org", "a long enough one")
    account_id = (await accounts.add_person(owner, "Me", "me@example.org", "a long enough one")).account_id
    member = Actor(account_id, owner.workspace_id)
    await projects.create_project(owner, {"key": "WEB", "name": "Our web"})
    return {
        "nobody": await attempt(demo.fill()),
        "member": await attempt(demo.fill(member)),
        "broken": await attempt(demo.fill(owner, break_off)),
        "left_by_broken": await tasks(),
        "again": await attempt(demo.fill(owner)),
        "third": await attempt(demo.fill(owner)),
        "colleague": await attempt(sessions.sign_in("lea@example.org", "tasktracker-demo", days=1)),
    }
"""


async def play(scene: str, url: str) -> dict[str, Any]:
    """Run a scene in another process and return what it saw."""
    program = f"{PROGRAM}{scene}\nasyncio.run(main())"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, url, cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    out, err = await process.communicate()
    assert process.returncode == 0, err.decode()
    seen: dict[str, Any] = json.loads(out)
    return seen


@pytest.fixture(scope="module")
async def filled(server_url: str, template: str) -> tuple[str, dict[str, Any]]:
    """A database that nobody had used before the demo was filled in, and what was seen meanwhile."""
    name = f"test_demo_{new_id().hex}"
    server = await asyncpg.connect(server_url)
    await server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    await server.close()
    url = urlsplit(server_url)._replace(path=f"/{name}").geturl()
    return url, await play(FRESH, url)


@pytest.fixture
async def seen(filled: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    """What the process that filled the database saw."""
    return filled[1]


@pytest.fixture
async def database_of_demo(filled: tuple[str, dict[str, Any]]) -> AsyncIterator[asyncpg.Connection]:
    """A look into the filled database."""
    connection = await asyncpg.connect(filled[0])
    yield connection
    await connection.close()


@pytest.mark.thorough
async def test_a_team_of_ten_has_three_projects_and_three_hundred_tasks(seen: dict[str, Any]) -> None:
    summary = seen["first"]["answer"]
    print(f"the demo was filled in within {seen['first']['seconds']:.1f} s: {summary}")  # noqa: T201
    assert summary["projects"] == ["WEB", "APP", "OPS"]
    assert summary["people"] == 10
    assert summary["tasks"] >= 300
    assert seen["first"]["seconds"] < SLOWEST_FILL


async def test_progress_is_told_step_by_step(seen: dict[str, Any]) -> None:
    steps = seen["first"]["answer"]["steps"]
    assert [(done, total) for _, done, total in seen["progress"]] == [(n + 1, steps) for n in range(steps)]
    assert {name for name, _, _ in seen["progress"]} == {"Shop relaunch", "Mobile app", "Infrastructure"}


async def test_the_printed_address_and_password_open_it(seen: dict[str, Any]) -> None:
    summary = seen["first"]["answer"]
    assert (summary["email"], summary["password"]) == ("demo@example.org", "tasktracker-demo")
    assert seen["signed_in"]


async def test_a_second_run_is_refused(seen: dict[str, Any]) -> None:
    assert seen["second"]["refused"] == "Clash"
    assert "demo data is already there" in seen["second"]["because"]


async def test_no_two_tasks_are_called_the_same(database_of_demo: asyncpg.Connection) -> None:
    titles = Counter(row["title"].casefold() for row in await database_of_demo.fetch("SELECT title FROM task"))
    assert [title for title, count in titles.items() if count > 1] == []


async def test_the_history_is_ninety_days_long_without_a_gap_or_a_step_back(
    database_of_demo: asyncpg.Connection,
) -> None:
    events = await database_of_demo.fetch("SELECT log_id, revision, at, now() FROM event ORDER BY log_id, revision")
    logs: dict[Any, list[asyncpg.Record]] = {}
    for event in events:
        logs.setdefault(event["log_id"], []).append(event)
    assert len(logs) == 4
    for log in logs.values():
        assert [event["revision"] for event in log] == list(range(1, len(log) + 1))
        assert [event["at"] for event in log] == sorted(event["at"] for event in log)
        assert log[-1]["at"] <= log[-1]["now"]
    spans = sorted(log[-1]["at"] - log[0]["at"] for log in logs.values())
    assert min(spans[1:]) >= timedelta(days=80)


async def test_every_column_has_tasks_and_none_has_too_many(database_of_demo: asyncpg.Connection) -> None:
    columns = await database_of_demo.fetch("""
        SELECT c.name, c.wip_limit, count(t.id) AS tasks FROM board_column c
        LEFT JOIN task t ON t.column_id = c.id AND t.archived_at IS NULL AND t.trashed_at IS NULL GROUP BY c.id""")
    assert len(columns) == 15
    assert all(column["tasks"] > 0 for column in columns), columns
    assert all(column["tasks"] <= column["wip_limit"] for column in columns if column["wip_limit"]), columns
    assert {column["name"] for column in columns if column["wip_limit"]} == {"In progress", "In review"}
    assert max(column["tasks"] for column in columns if column["name"] == "Done") <= 25


async def test_the_newest_finished_task_is_on_top(database_of_demo: asyncpg.Connection) -> None:
    for key in ("WEB", "APP", "OPS"):
        done = await database_of_demo.fetch(
            """SELECT t.completed_at FROM task t JOIN board_column c ON c.id = t.column_id
               JOIN project p ON p.id = t.project_id WHERE p.key = $1 AND c.name = 'Done' ORDER BY t.position""",
            key,
        )
        times = [row["completed_at"] for row in done]
        assert times == sorted(times, reverse=True)


async def test_some_tasks_are_overdue_and_some_are_due_today(database_of_demo: asyncpg.Connection) -> None:
    days = await database_of_demo.fetch("""
        SELECT (t.due_on - (now() AT TIME ZONE 'UTC')::date) AS days
        FROM task t JOIN board_column c ON c.id = t.column_id
        WHERE c.category <> 'done' AND t.due_on IS NOT NULL AND t.archived_at IS NULL AND t.trashed_at IS NULL""")
    ahead = [row["days"] for row in days]
    assert sum(day < 0 for day in ahead) >= 3
    assert 0 in ahead
    assert 1 in ahead
    assert sum(day > 1 for day in ahead) > len(ahead) / 2


async def test_tasks_have_spans_points_and_others_that_wait_for_them(database_of_demo: asyncpg.Connection) -> None:
    seen = await database_of_demo.fetchrow(
        """
        SELECT count(*) FILTER (WHERE start_on < due_on) AS spans, count(estimate) AS estimated,
               count(*) FILTER (WHERE cardinality(blocks_ids) > 0) AS waited_for
        FROM task WHERE archived_at IS NULL AND trashed_at IS NULL
        """
    )
    assert seen is not None
    assert seen["spans"] >= 20
    assert seen["estimated"] >= 50
    assert seen["waited_for"] >= 9


async def test_every_project_has_fields_templates_rules_and_views(database_of_demo: asyncpg.Connection) -> None:
    kept = await database_of_demo.fetch(
        """
        SELECT (SELECT count(*) FROM custom_field WHERE project_id = p.id) AS fields,
               (SELECT count(*) FROM template WHERE project_id = p.id) AS templates,
               (SELECT count(*) FROM rule WHERE project_id = p.id AND error IS NULL) AS rules,
               (SELECT count(*) FROM saved_view WHERE project_id = p.id AND is_shared) AS views
        FROM project p
        """
    )
    assert len(kept) == 3
    assert all(count for project in kept for count in project.values())


async def test_people_mention_each_other_by_their_real_handles(database_of_demo: asyncpg.Connection) -> None:
    handles = {row["handle"] for row in await database_of_demo.fetch("SELECT handle FROM account")}
    said = await database_of_demo.fetch(
        r"""SELECT body, regexp_matches(body, '(?:^|[^\w@])@([a-z0-9._-]*[a-z0-9])', 'g') AS found FROM comment"""
    )
    mentioned = {row["found"][0] for row in said}
    assert len(mentioned) >= 6
    assert mentioned <= handles
    assert "demo" in mentioned


async def test_no_placeholder_is_left_in_what_people_read(database_of_demo: asyncpg.Connection) -> None:
    found = await database_of_demo.fetch(r"SELECT changes FROM event WHERE changes::text ~ '\{\{|@robin\M'")
    assert found == []


async def test_people_talk_about_a_quarter_of_the_tasks(database_of_demo: asyncpg.Connection) -> None:
    row = await database_of_demo.fetchrow("""
        SELECT count(*) AS comments, count(DISTINCT task_id) AS tasks, count(DISTINCT author_id) AS people,
               count(edited_at) AS edited FROM comment""")
    assert row is not None
    assert row["comments"] >= 250
    assert row["tasks"] >= 75
    assert row["people"] == 10
    assert row["edited"] >= 3


@pytest.mark.drill
async def test_among_others_the_demo_takes_free_keys_and_gives_no_password_away(empty_database_url: str) -> None:
    seen = await play(AMONG_OTHERS, empty_database_url)
    assert seen["nobody"]["refused"] == "Clash"
    assert seen["member"]["refused"] == "Forbidden"
    assert seen["broken"] == {"refused": "RuntimeError", "because": "the cable"}
    assert seen["left_by_broken"] == 0
    summary = seen["again"]["answer"]
    assert summary["projects"] == ["WEB2", "APP", "OPS"]
    assert (summary["email"], summary["password"]) == (None, None)
    assert seen["third"]["refused"] == "Clash"
    assert "already there" in seen["third"]["because"]
    assert seen["colleague"]["refused"] == "NotSignedIn"
