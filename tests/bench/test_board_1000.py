"""What a board of 1,000 tasks costs: the time until a browser has it, and what each open tab takes on the server."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.bench.conftest import BOARD, Note, timed
from tests.bench.limits import ELEMENTS, KILOBYTES
from tests.bench.measured import Measured, measured_server, open_tabs
from tests.factories import Team, make_session

TABS = 20

pytestmark = pytest.mark.bench


@pytest.fixture
async def server(database_url: str) -> AsyncIterator[Measured]:
    async with measured_server(database_url) as server:
        yield server


async def test_a_tab_with_a_board_of_1000_tasks_takes_few_elements_and_little_memory(
    database_url: str, server: Measured, big_team: Team, note: Note
) -> None:
    secret, _ = await make_session(big_team.owner)
    path = f"/{big_team.key}/board"
    async with measured_server(database_url, "--trace") as traced:
        before, after = await _twice_as_many(traced, path, secret)
    each = (after["python"] - before["python"]) / TABS
    elements = max(after["elements"])
    note(f"an open board of {BOARD:,} tasks", f"{elements} elements, {each / 1e6:.2f} MB of Python objects")
    before, after = await _twice_as_many(server, path, secret)
    if after["resident"] is not None:
        note("  growth of the process", f"{(after['resident'] - before['resident']) / TABS / 1e6:.2f} MB a tab")
    assert len(after["elements"]) == 2 * TABS
    assert elements <= ELEMENTS
    assert each <= KILOBYTES * 1000


async def test_a_board_of_1000_tasks_is_sent_fast(server: Measured, big_team: Team, note: Note) -> None:
    secret, _ = await make_session(big_team.owner)
    async with httpx.AsyncClient(base_url=server.address, cookies={"tasktracker": secret}) as client:

        async def fetch(path: str) -> httpx.Response:
            return (await client.get(path)).raise_for_status()

        board = f"/api/v1/projects/{big_team.key}/board"
        cards = await fetch(board)
        note("the page of a board", str(await timed(lambda: fetch(f"/{big_team.key}/board"), laps=20)))
        size = len(cards.content) / 1000
        note(f"{BOARD:,} cards ({size:.0f} kB of JSON)", str(await timed(lambda: fetch(board), laps=20)))
    assert len(cards.json()["cards"]) == BOARD


async def _twice_as_many(server: Measured, path: str, secret: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The figures with some tabs, which also fill caches, and with as many more."""
    async with open_tabs(server.address, path, secret, TABS):
        before = await server.figures()
        async with open_tabs(server.address, path, secret, TABS):
            return before, await server.figures()
