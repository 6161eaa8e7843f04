"""HEAD is GET without the content, on a real server."""

import pytest
from httpx import AsyncClient, Headers

from tasktracker.services.sessions import create_token
from tests.api.test_crash import serving
from tests.factories import Team

pytestmark = pytest.mark.thorough

API = "/api/v1"
OF_THE_MOMENT = {"date", "x-request-id", "ratelimit"}


@pytest.fixture
async def addresses(team: Team) -> list[str]:
    for _ in range(30):
        await team.task(description="Words " * 20)
    project = f"{API}/projects/{team.key}"
    return [
        f"{API}/tasks/{team.key}-1", f"{project}/tasks?limit=20", f"{project}/board", f"{project}/events",
        f"{API}/tasks/{team.key}-99", f"{API}/tasks?filtr=x", "/api/docs", f"{API}/nothing",
    ]  # fmt: skip


async def test_the_head_is_that_of_the_answer(team: Team, addresses: list[str], database_url: str) -> None:
    headers = {"Authorization": f"Bearer {await create_token(team.owner, 'test')}"}
    async with serving(database_url) as (_, address), AsyncClient(base_url=address, headers=headers) as client:
        for each in addresses:
            whole, head = await client.get(each), await client.head(each)
            assert head.status_code == whole.status_code
            assert whole.content
            assert head.content == b""
            assert _lasting(head.headers) == _lasting(whole.headers)
        known = await client.head(addresses[0], headers={"If-None-Match": '"1"'})
        stream = await client.head(f"{API}/projects/{team.key}/events", headers={"Accept": "text/event-stream"})
        refused = await client.head(f"{API}/session")
    assert (known.status_code, stream.status_code, refused.status_code) == (304, 200, 405)


def _lasting(headers: Headers) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name not in OF_THE_MOMENT}
