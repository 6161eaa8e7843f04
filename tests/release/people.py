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
from tests.factories import Team, make_session
from tests.release.stage import ROOT, Stage
from tests.release.tabs import Plan, Told

WORKERS = 5
"""Of the tabs of each process, how many move a card every second."""
EDITED = 100
"""Tasks that programs edit."""


@dataclass(frozen=True)
class Scale:
    """`edits` a second by programs, beside those of the tabs."""

    tabs: int
    edits: int
    rolls: int
    processes: int = 2

    @property
    def workers(self) -> int:
        return WORKERS * self.processes


@dataclass
class Day:
    """What became of everything that people did."""

    requests: int = 0
    failed: list[str] = field(default_factory=list)
    edits: dict[int, list[str]] = field(default_factory=dict)
    """Titles that were confirmed, by the number of the task, in order."""
    told: list[Told] = field(default_factory=list)

    @property
    def reconnects(self) -> list[float]:
        return sorted(each for told in self.told for each in told.reconnects)

    @property
    def cut(self) -> int:
        return sum(told.cut for told in self.told)

    def lost_moves(self, logged: dict[int, int]) -> list[str]:
        """Cards that were moved otherwise than the log says, by their number."""
        made = {task: moves for told in self.told for task, moves in told.moves.items()}
        return [
            f"card {task}: {moves} moves, {logged[task]} known" for task, moves in made.items() if moves != logged[task]
        ]

    @property
    def moves(self) -> int:
        return sum(moves for told in self.told for moves in told.moves.values())


@asynccontextmanager
async def at_work(stage: Stage, team: Team, token: str, scale: Scale) -> AsyncIterator[Day]:
    """Everybody has begun; when the block ends they stop, and the day can be looked at."""
    day = Day()
    secret, _ = await make_session(team.owner)
    processes = [await _tabs(stage, team, secret, scale, number) for number in range(scale.processes)]
    editing = asyncio.create_task(_edit(stage, team, token, scale.edits, day))
    try:
        yield day
    finally:
        editing.cancel()
        await asyncio.gather(editing, return_exceptions=True)
        for process in processes:
            told, _ = await process.communicate(b"")
            day.told.append(Told(**json.loads(told.decode().splitlines()[-1], object_hook=_numbered)))
        day.requests += sum(told.requests for told in day.told)
        day.failed += [each for told in day.told for each in told.failed]


async def fill(team: Team, scale: Scale) -> None:
    """The tasks whose cards are moved, and behind them those that are edited."""
    for number in range(scale.workers + EDITED):
        await team.task(f"Task {number + 1}", column="To do")


async def lost_edits(team: Team, day: Day) -> list[str]:
    """Of the confirmed edits those that the log does not know, and cards that are not where they were put."""
    rows = await connection().execute_query_dict(
        "SELECT changes::text AS changes FROM event WHERE log_id = $1 AND kind = 'TaskEdited'", [team.project.id]
    )
    logged = "\n".join(row["changes"] for row in rows)
    lost = [title for titles in day.edits.values() for title in titles if f'"{title}"' not in logged]
    moved = await connection().execute_query_dict(
        "SELECT t.number, count(e.revision) AS moves FROM task t LEFT JOIN event e ON e.log_id = t.project_id "
        "AND e.subject_id = t.id AND e.kind = 'TaskMoved' WHERE t.project_id = $1 GROUP BY t.number",
        [team.project.id],
    )
    return lost + day.lost_moves({row["number"]: row["moves"] for row in moved})


async def _tabs(stage: Stage, team: Team, secret: str, scale: Scale, number: int) -> asyncio.subprocess.Process:
    columns = [str(team.columns[name].id) for name in ("To do", "Done")]
    count = scale.tabs // scale.processes
    plan = Plan(stage.address, team.key, secret, count, WORKERS, 1 + number * WORKERS, columns)
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


async def _edit(stage: Stage, team: Team, token: str, rate: int, day: Day) -> None:
    """At a steady pace, each task's edits one after another. Nothing is tried twice."""
    headers = {"Authorization": f"Bearer {token}"}
    first = WORKERS * 2 + 1
    limits = httpx.Limits(max_connections=50, max_keepalive_connections=50, keepalive_expiry=5)
    busy: dict[int, asyncio.Lock] = {}
    forgetful = CookieJar(DefaultCookiePolicy(allowed_domains=[]))  # programs keep none: any replica may answer them

    async def edit(client: httpx.AsyncClient, count: int) -> None:
        number = first + count % EDITED
        async with busy.setdefault(number, asyncio.Lock()):
            title = f"Edit {count} of the day"
            day.requests += 1
            try:
                answer = await client.patch(f"/api/v1/tasks/{team.ref(number)}", json={"title": title})
            except httpx.HTTPError as error:
                day.failed.append(f"edit {count}: {error!r}")
                return
        if answer.status_code == httpx.codes.OK:
            day.edits.setdefault(number, []).append(title)
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


def _numbered(found: dict[str, object]) -> dict[object, object]:
    """JSON's names are texts; those of tasks are numbers."""
    return {int(name) if name.isdigit() else name: value for name, value in found.items()}
