import pytest

from tasktracker.domain.errors import Forbidden
from tasktracker.models import Event
from tasktracker.services.queries.shell import get_shell
from tasktracker.services.workspaces import edit_workspace
from tests.factories import make_team
from tests.services.outcomes import outcome_of, pointers_of


async def test_a_workspace_gets_another_name_and_its_log_says_so() -> None:
    team = await make_team()
    await edit_workspace(team.owner, {"name": "  Web   team "})
    assert (await get_shell(team.owner)).workspace == "Web team"
    event = await Event.filter(log_id=team.workspace.id).order_by("-revision").first()
    assert event is not None
    assert event.kind == "WorkspaceEdited"
    assert event.changes == [{"field": "name", "old": team.workspace.name, "new": "Web team"}]


@pytest.mark.parametrize("role", ["member", "guest"])
async def test_only_those_who_run_a_workspace_name_it(role: str) -> None:
    team = await make_team()
    assert isinstance(await outcome_of(edit_workspace(await team.person(role), {"name": "Mine"})), Forbidden)
    assert await pointers_of(edit_workspace(team.owner, {"name": ""})) == ["/name"]
