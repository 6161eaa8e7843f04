"""Every request has a name and is measured; what nobody expected is logged once and told to nobody."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from loguru import logger
from prometheus_client import REGISTRY

from tasktracker.api.errors import failure
from tasktracker.api.middleware import RequestContext
from tests.factories import Team

API = "/api/v1"


@pytest.fixture
def log() -> Iterator[list[dict[str, Any]]]:
    """The lines logged during the test: level, text and request id."""
    lines: list[dict[str, Any]] = []
    sink = logger.add(
        lambda line: lines.append(
            {"level": line.record["level"].name, "text": str(line), "request": line.record["extra"].get("request_id")}
        )
    )
    yield lines
    logger.remove(sink)


def _count(method: str, route: str, status: int) -> float:
    labels = {"method": method, "route": route, "status": str(status)}
    return REGISTRY.get_sample_value("tasktracker_http_requests_total", labels) or 0


async def test_a_caller_s_own_name_for_a_request_is_kept(nobody: AsyncClient) -> None:
    answer = await nobody.get(f"{API}/me", headers={"X-Request-Id": "order-66_A"})
    assert answer.headers["X-Request-Id"] == answer.json()["instance"] == "order-66_A"


@pytest.mark.parametrize("name", ["", "a b", "x" * 65, "a\tb", "<script>", "é", "a\u00a0"])
async def test_a_name_that_could_spoil_the_log_is_replaced(nobody: AsyncClient, name: str) -> None:
    answer = await nobody.get(f"{API}/me", headers=[(b"X-Request-Id", name.encode())])
    assert len(answer.headers["X-Request-Id"]) == 16


async def test_a_fault_is_logged_once_and_not_shown(nobody: AsyncClient, log: list[dict[str, Any]]) -> None:
    answer = await nobody.get(f"{API}/broken")
    assert (answer.status_code, answer.json()["type"]) == (500, "/problems/unexpected")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "hunter2" not in answer.text
    errors = [line for line in log if line["level"] == "ERROR"]
    assert len(errors) == 1
    assert "hunter2" in errors[0]["text"]
    assert errors[0]["request"] == answer.headers["X-Request-Id"]


async def test_requests_are_counted_by_the_template_of_their_route(owner: AsyncClient, team: Team) -> None:
    ref = (await team.task()).ref
    read, missing = f"{API}/tasks/{{ref}}", _count("GET", "unmatched", 404)
    before = _count("GET", read, 200), _count("POST", f"{read}:archive", 200)
    await owner.get(f"{API}/tasks/{ref}")
    await owner.post(f"{API}/tasks/{ref}:archive")
    await owner.get(f"{API}/nothing/{ref}")
    assert (_count("GET", read, 200), _count("POST", f"{read}:archive", 200)) == (before[0] + 1, before[1] + 1)
    assert _count("GET", "unmatched", 404) == missing + 1


async def test_a_made_up_method_makes_no_metric_of_its_own(nobody: AsyncClient) -> None:
    before = _count("other", "unmatched", 404)
    await nobody.request("BREW", f"{API}/coffee")
    assert _count("other", "unmatched", 404) == before + 1


async def test_pages_that_are_mounted_are_measured_by_their_own_routes() -> None:
    pages = FastAPI()

    @pages.get("/{key}/board")
    async def board(key: str) -> str:
        return key

    app = FastAPI()
    app.mount("/", pages)
    app.add_middleware(RequestContext, failed_page=failure)
    before = _count("GET", "/{key}/board", 200)
    async with AsyncClient(transport=ASGITransport(app), base_url="http://tasks.test") as client:
        answer = await client.get("/WEB/board")
    assert answer.headers["X-Request-Id"]
    assert _count("GET", "/{key}/board", 200) == before + 1
