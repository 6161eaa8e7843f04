"""A project's page: what it follows, and what it calls things."""

import pytest

from tasktracker.domain.errors import NotFound
from tasktracker.services.following import hub
from tasktracker.ui.presenters.project import ProjectPresenter
from tests.factories import make_team


async def test_a_page_that_cannot_be_opened_does_not_go_on_following(monkeypatch: pytest.MonkeyPatch) -> None:
    async def gone(*_: object) -> None:
        raise NotFound("project")

    team = await make_team()
    before = hub.open_logs
    monkeypatch.setattr("tasktracker.ui.presenters.project.get_shell", gone)
    with pytest.raises(NotFound):
        await ProjectPresenter(team.owner, team.key).open(lambda _patch: None)
    assert hub.open_logs == before


async def test_a_project_names_its_columns_labels_and_people() -> None:
    team = await make_team()
    project = ProjectPresenter(team.owner, team.key)
    _, leave = await project.open(lambda _patch: None)
    leave()
    names = project.names()
    assert (names[str(team.columns["Done"].id)], names[str(team.owner.account_id)]) == (
        "Done",
        project.people()[str(team.owner.account_id)],
    )
