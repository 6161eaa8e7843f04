"""A project's page: what it follows, and what it calls things."""

import asyncio

import pytest

from tasktracker.domain.errors import NotFound
from tasktracker.services import projects
from tasktracker.services.following import hub
from tasktracker.ui.presenters.project import ProjectPresenter
from tests.factories import make_team
from tests.held import Held


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


async def test_a_page_is_told_when_its_project_gets_another_name() -> None:
    team = await make_team()
    project, names = ProjectPresenter(team.owner, team.key), list[str]()
    project_id, leave = await project.open(lambda _patch: None)
    project.renamed = names.append
    await projects.edit_project(team.owner, team.key, {"name": "Shop"})
    hub.heard(project_id, 1_000)
    async with asyncio.timeout(5):
        while not names:
            await asyncio.sleep(0.01)
    leave()
    assert (names, project.frame["name"]) == (["Shop"], "Shop")


async def test_what_changes_while_a_page_is_opened_is_not_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    team = await make_team()
    held = Held(monkeypatch, "tasktracker.ui.presenters.project.get_frame")
    project, told = ProjectPresenter(team.owner, team.key), asyncio.Event()
    opening = asyncio.create_task(project.open(lambda _patch: told.set()))
    await held.reached()
    await projects.edit_project(team.owner, team.key, {"name": "Shop"})
    hub.heard(team.project.id, 1_000)
    await asyncio.wait_for(told.wait(), timeout=5)
    held.let_go()
    _, leave = await opening
    leave()
    assert project.frame["name"] == "Shop"
