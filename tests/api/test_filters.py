"""Writing filters over the API."""

from typing import Any

from httpx import AsyncClient

from tasktracker.services import custom_fields, labels, projects
from tests.api.conftest import Sign
from tests.factories import Team, make_team

API = "/api/v1"


async def _complete(client: AsyncClient, **params: Any) -> dict[str, Any]:
    answer = await client.get(f"{API}/filter:complete", params=params)
    assert answer.status_code == 200, answer.text
    completion: dict[str, Any] = answer.json()
    return completion


async def _options(client: AsyncClient, **params: Any) -> list[str]:
    return [option["text"] for option in (await _complete(client, **params))["options"]]


async def test_a_filter_is_completed_by_what_there_is(owner: AsyncClient, team: Team) -> None:
    await labels.add_label(team.owner, team.key, {"name": "needs review"})
    await custom_fields.add_custom_field(
        team.owner, team.key, {"name": "Size", "kind": "select", "options": ["small", "large"]}
    )
    assert await _complete(owner, text="bug label:nee") == {
        "start": 10,
        "end": 13,
        "options": [{"text": '"needs review"', "label": "needs review", "kind": "label"}],
    }
    assert await _options(owner, text="field.size:") == ["small", "large", "none", "any"]
    assert "field.size:" in await _options(owner, text="fie")
    assert await _options(owner, text='column:"in pr', project=team.key.lower()) == ['"In progress"']
    assert f"{team.key}" in await _options(owner, text="project:")


async def test_the_place_that_is_completed_is_where_the_cursor_is(owner: AsyncClient) -> None:
    found = await _complete(owner, text="🎉 sta -is:open", cursor=5)
    assert (found["start"], found["end"], [each["text"] for each in found["options"]]) == (2, 5, ["state:", "start:"])


async def test_names_are_those_of_what_somebody_sees(team: Team, sign: Sign) -> None:
    hidden = await projects.create_project(team.owner, {"key": f"{team.key}H", "name": "H", "is_private": True})
    await labels.add_label(team.owner, hidden, {"name": "secret"})
    owner, member = await sign(team.owner), await sign(await team.person())
    assert "secret" in await _options(owner, text="label:se")
    assert await _options(member, text="label:se") == []
    assert hidden not in await _options(member, text="project:")
    stranger = await sign((await make_team()).owner)
    for project in (hidden, "NOPE", "no key at all", "\0"):
        for client in (member, stranger):
            answer = await client.get(f"{API}/filter:complete", params={"text": "label:", "project": project})
            assert answer.status_code == 404
