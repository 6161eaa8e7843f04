"""Reports over the API."""

from typing import Any

import pytest
from httpx import AsyncClient
from pydantic import TypeAdapter

from tasktracker.api.v1 import reports
from tasktracker.services.report_views import BurndownReport, CycleTimeReport, FlowReport, ThroughputReport
from tasktracker.services.task_changes import Spot
from tasktracker.services.tasks import move_task
from tests.api.conftest import Sign
from tests.factories import Team, make_team

EXAMPLES: dict[str, tuple[Any, dict[str, Any]]] = {
    "flow": (FlowReport, reports._FLOW),  # noqa: SLF001  what the reference shows
    "burndown": (BurndownReport, reports._BURNDOWN),  # noqa: SLF001
    "cycle-time": (CycleTimeReport, reports._CYCLE_TIME),  # noqa: SLF001
    "throughput": (ThroughputReport, reports._THROUGHPUT),  # noqa: SLF001
}


@pytest.fixture
async def finished(team: Team) -> Team:
    """Two tasks: one was started at once and done at once, the other is open."""
    number = (await team.task(column="In progress", estimate=3)).number
    await team.task(column="To do", estimate=2)
    await move_task(team.owner, team.ref(number), Spot(str(team.columns["Done"].id)))
    return team


async def _read(client: AsyncClient, team: Team, name: str, **query: Any) -> dict[str, Any]:
    answer = await client.get(f"/api/v1/projects/{team.key}/reports/{name}", params=query)
    assert answer.status_code == 200, answer.text
    read: dict[str, Any] = answer.json()
    return read


@pytest.mark.parametrize("name", EXAMPLES)
async def test_a_report_is_what_the_reference_says(owner: AsyncClient, finished: Team, name: str) -> None:
    kind, example = EXAMPLES[name]
    read = await _read(owner, finished, name)
    of_report = TypeAdapter(kind)
    assert of_report.dump_python(of_report.validate_python(read), mode="json") == read
    assert of_report.dump_python(of_report.validate_python(example), mode="json") == example


async def test_reports_tell_what_was_done(owner: AsyncClient, finished: Team) -> None:
    last = (await _read(owner, finished, "burndown"))["days"][-1]
    assert (last["tasks"], last["estimate"], last["ideal_tasks"]) == (1, 2, 0)
    task = (await _read(owner, finished, "cycle-time"))["tasks"][0]
    assert (task["ref"], task["lead"], task["cycle"]) == (f"{finished.key}-1", 0, 0)
    week = (await _read(owner, finished, "throughput"))["weeks"][-1]
    assert (week["tasks"], week["estimate"]) == (1, 3)
    day = (await _read(owner, finished, "flow"))["days"][-1]
    assert (day["unstarted"], day["started"], day["done"]) == (1, 0, 1)
    assert (await _read(owner, finished, "flow", filter="is:open"))["days"][-1]["done"] == 0


@pytest.mark.parametrize("name", EXAMPLES)
async def test_what_no_report_can_tell_is_refused(
    owner: AsyncClient, team: Team, sign: Sign, nobody: AsyncClient, name: str
) -> None:
    address = f"/api/v1/projects/{team.key}/reports/{name}"
    wrong: dict[str, dict[str, str]] = {
        "/query/last": {"first": "2026-03-02", "last": "2026-03-01"},
        "/query/first": {"first": "2020-01-01", "last": "2026-03-01"},
        "/query/filter": {"filter": "is:opn"},
    }
    for pointer, query in [*wrong.items(), ("/query/first", {"first": "0001-01-01"}), ("/query/first", {"first": "x"})]:
        answer = await owner.get(address, params=query)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer), query
    assert (await owner.get(address, params={"last": "9999-12-31"})).status_code == 422
    assert (await owner.get(address, params={"first": "2990-01-01"})).status_code == 422
    assert (await nobody.get(address)).status_code == 401
    stranger = await sign((await make_team()).owner)
    assert (await stranger.get(address)).status_code == 404
    assert (await owner.get(f"{address}s")).status_code == 404
