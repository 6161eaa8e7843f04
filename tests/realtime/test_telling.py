"""One change from a command to a page on another replica: doorbell, feed, hub and patch together."""

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import orjson
import pytest

from tasktracker.domain.errors import Refusal
from tasktracker.realtime.doorbell import doorbell
from tasktracker.realtime.feed import Feed
from tasktracker.realtime.hub import Hub, Patch
from tasktracker.services import tasks
from tasktracker.services.queries.boards import board_json, project_patch, revisions_of
from tasktracker.services.task_changes import Spot
from tests.factories import Team, make_team
from tests.realtime.ears import eventually, kill


class Board:
    """A page that follows first and loads then, and keeps itself up to date by patches alone."""

    def __init__(self, team: Team) -> None:
        self.team = team
        self.waiting: list[Patch] | None = []
        self.state: dict[str, Any] = {}
        self.at = 0.0

    async def open(self, hub: Hub) -> None:
        self.stop = hub.follow(self.team.project.id, 0, self.take)
        board = orjson.loads(await board_json(self.team.owner, self.team.key))
        self.state = {**board, "cards": {card["number"]: card for card in board["cards"]}}
        waiting, self.waiting = self.waiting or [], None
        for patch in waiting:
            self.take(patch)

    def take(self, patch: Patch) -> None:
        if self.waiting is not None:
            self.waiting.append(patch)
        elif patch["revision"] > self.state["revision"]:
            assert patch["since"] <= self.state["revision"]
            for card in patch["cards"]:
                self.state["cards"][card["number"]] = card
            for number in patch["gone"]:
                self.state["cards"].pop(number, None)
            self.state["revision"] = patch["revision"]
            self.at = time.monotonic()


@asynccontextmanager
async def replica(database_url: str) -> AsyncIterator[Hub]:
    """What a process has for its pages."""
    hub = Hub(project_patch)
    feed = Feed(hub.heard, lambda: hub.open_logs, revisions_of)
    feed.start(database_url)
    await asyncio.wait_for(feed.is_listening.wait(), 5)
    yield hub
    await feed.stop()


async def test_a_move_reaches_the_other_replicas_page_well_within_a_third_of_a_second(database_url: str) -> None:
    team = await make_team()
    task, spots = await team.task(), [Spot(str(column.id)) for column in team.columns.values()]
    board, waits = Board(team), []
    doorbell.start(database_url)
    async with replica(database_url) as hub:
        await board.open(hub)
        for turn in range(20):
            began, seen = time.monotonic(), board.state["revision"]
            await tasks.move_task(team.owner, team.ref(task.number), spots[(turn + 2) % len(spots)])
            await eventually(lambda: board.state["revision"] > seen, within=2)  # noqa: B023  waited for at once
            waits.append(board.at - began)
            await asyncio.sleep(0.11)
        board.stop()
    await doorbell.stop()
    assert sorted(waits)[10] < 0.3


@pytest.mark.thorough
async def test_pages_end_up_on_the_same_board_though_their_ears_are_cut_off_again_and_again(database_url: str) -> None:
    team = await make_team()
    boards = [Board(team) for _ in range(3)]
    doorbell.start(database_url)
    async with replica(database_url) as one, replica(database_url) as other:
        await boards[0].open(one)
        writers = asyncio.gather(*(_write(team, random.Random(seed)) for seed in range(4)))
        await boards[1].open(other)
        await kill("tasktracker feed")
        await asyncio.sleep(0.3)
        await boards[2].open(one)
        await kill("tasktracker doorbell")
        await asyncio.sleep(0.3)
        await kill("tasktracker feed")
        await writers
        truth = Board(team)
        await truth.open(Hub(project_patch))
        await eventually(
            lambda: all(board.state["revision"] == truth.state["revision"] for board in boards), within=2.5
        )
        assert all(board.state["cards"] == truth.state["cards"] for board in boards)
        for board in boards:
            board.stop()
    await doorbell.stop()


async def _write(team: Team, luck: random.Random) -> None:
    for _ in range(15):
        column = luck.choice(list(team.columns))
        number = (await team.task("A task", column=column)).number
        other = team.ref(luck.randint(1, number))
        try:
            await tasks.move_task(team.owner, other, Spot(str(team.columns["Done"].id), after=number))
            await luck.choice([tasks.trash_task, tasks.archive_task, tasks.restore_task])(team.owner, other)
        except Refusal:
            continue
