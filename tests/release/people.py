"""People at work while releases roll: tabs in processes of their own, programs that edit, a browser with a draft."""

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx

from tasktracker.models.database import connection
from tests.factories import Team, make_session, second_project
from tests.release.stage import ROOT, Stage
from tests.release.tabs import Plan, Told

TEAM = 20
"""Tabs on the board of each project, at most."""
WORKED, EDITED = 1, 10
"""In each project, the task whose card is moved at one of the tabs of each process, and how many programs edit."""


@dataclass(frozen=True)
class Scale:
    """`edits` a second by programs, beside a move a second at one tab of each project."""

    tabs: int
    edits: int
    rolls: int
    processes: int = 2

    @property
    def projects(self) -> int:
        """How many there are; each process of tabs has its own."""
        return max(self.processes, self.tabs // TEAM)

    @property
    def pace(self) -> float:
        """Edits and moves a second, if nobody had to wait."""
        return self.edits + self.projects


@dataclass
class Day:
    """What became of everything that people did."""

    requests: int = 0
    failed: list[str] = field(default_factory=list)
    edits: list[str] = field(default_factory=list)
    """Titles that were confirmed."""
    told: list[Told] = field(default_factory=list)

    @property
    def reconnects(self) -> list[float]:
        return sorted(each for told in self.told for each in told.reconnects)

    @property
    def cut(self) -> int:
        return sum(told.cut for told in self.told)

    @property
    def moves(self) -> dict[str, int]:
        """By the name of the task whose card was moved."""
        return {name: moves for told in self.told for name, moves in told.moves.items()}


@asynccontextmanager
async def at_work(stage: Stage, teams: list[Team], token: str, scale: Scale) -> AsyncIterator[Day]:
    """Everybody has begun; when the block ends they stop, and the day can be looked at."""
    day = Day()
    secret, _ = await make_session(teams[0].owner)
    shares = [teams[number :: scale.processes] for number in range(scale.processes)]
    processes = [await _tabs(stage, share, secret, scale.tabs // scale.processes) for share in shares]
    editing = asyncio.create_task(_edit(stage, teams, token, scale.edits, day))
    try:
        yield day
    finally:
        editing.cancel()
        await asyncio.gather(editing, return_exceptions=True)
        for process in processes:
            told, _ = await process.communicate(b"")
            day.told.append(Told(**json.loads(told.decode().splitlines()[-1])))
        day.requests += sum(told.requests for told in day.told)
        day.failed += [each for told in day.told for each in told.failed]


async def fill(team: Team, scale: Scale) -> list[Team]:
    """The projects of the workspace, each with the tasks that are moved and edited."""
    teams = [team, *[await second_project(team) for _ in range(scale.projects - 1)]]
    for each in teams:
        for number in range(WORKED + EDITED):
            await each.task(f"Task {number + 1}", column="To do")
    return teams


async def lost_edits(teams: list[Team], day: Day) -> list[str]:
    """Of the confirmed edits those that the logs do not know, and cards that were moved otherwise than they say."""
    projects = [team.project.id for team in teams]
    rows = await connection().execute_query_dict(
        "SELECT changes::text AS changes FROM event WHERE log_id = ANY($1) AND kind = 'TaskEdited'", [projects]
    )
    logged = "\n".join(row["changes"] for row in rows)
    moved = await connection().execute_query_dict(
        "SELECT p.key || '-' || t.number AS name, count(e.revision) AS moves FROM task t "
        "JOIN project p ON p.id = t.project_id LEFT JOIN event e ON e.log_id = p.id AND e.subject_id = t.id "
        "AND e.kind = 'TaskMoved' WHERE p.id = ANY($1) GROUP BY 1",
        [projects],
    )
    known = {row["name"]: row["moves"] for row in moved}
    lost = [title for title in day.edits if f'"{title}"' not in logged]
    return lost + [
        f"{name}: {moves} moves, {known[name]} known" for name, moves in day.moves.items() if moves != known[name]
    ]


async def _tabs(stage: Stage, teams: list[Team], secret: str, count: int) -> asyncio.subprocess.Process:
    boards = {team.key: [str(team.columns[name].id) for name in ("To do", "Done")] for team in teams}
    plan = Plan(stage.address, secret, count, WORKED, boards)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.release.tabs"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=ROOT,
        limit=2**26,
    )
    assert process.stdin
    assert process.stdout
    process.stdin.write(json.dumps(asdict(plan)).encode() + b"\n")
    async with asyncio.timeout(300):
        assert (await process.stdout.readline()).strip() == b"open", "the tabs are open"
    return process


async def _edit(stage: Stage, teams: list[Team], token: str, rate: int, day: Day) -> None:
    """At a steady pace, each task's edits one after another. Nothing is tried twice."""
    headers = {"Authorization": f"Bearer {token}"}
    limits = httpx.Limits(max_connections=50, max_keepalive_connections=50, keepalive_expiry=5)
    busy: dict[str, asyncio.Lock] = {}
    forgetful = CookieJar(DefaultCookiePolicy(allowed_domains=[]))  # programs keep none: any replica may answer them

    async def edit(client: httpx.AsyncClient, count: int) -> None:
        ref = str(teams[count % len(teams)].ref(WORKED + 1 + count // len(teams) % EDITED))
        async with busy.setdefault(ref, asyncio.Lock()):
            title = f"Edit {count} of the day"
            day.requests += 1
            try:
                answer = await client.patch(f"/api/v1/tasks/{ref}", json={"title": title})
            except httpx.HTTPError as error:
                day.failed.append(f"edit {count}: {error!r}")
                return
        if answer.status_code == httpx.codes.OK:
            day.edits.append(title)
        else:
            day.failed.append(f"edit {count}: {answer.status_code} {answer.text[:200]}")

    async with (
        httpx.AsyncClient(
            base_url=stage.address, headers=headers, timeout=60, limits=limits, cookies=forgetful
        ) as client,
        asyncio.TaskGroup() as edits,
    ):
        began = time.monotonic()
        count = 0
        try:
            while True:
                count += 1
                edits.create_task(edit(client, count))
                await asyncio.sleep(max(0.0, began + count / rate - time.monotonic()))
        except asyncio.CancelledError:
            return  # those under way are waited for
