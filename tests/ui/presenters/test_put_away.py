"""The pages of the trash and the archive."""

import pytest

from tasktracker.domain.errors import Forbidden
from tasktracker.services import projects, tasks
from tasktracker.services.undo import undo_command
from tasktracker.ui.presenters.project import ProjectPresenter
from tasktracker.ui.presenters.put_away import PutAwayPresenter
from tests.factories import Team, make_team


async def opened(team: Team, place: str = "trash") -> PutAwayPresenter:
    project = ProjectPresenter(team.owner, team.key)
    _, leave = await project.open(lambda _patch: None)
    leave()
    return PutAwayPresenter(project, place)


async def test_many_are_restored_in_one_command_which_can_be_undone() -> None:
    team = await make_team()
    for _ in range(3):
        await tasks.trash_task(team.owner, team.ref((await team.task()).number))
    presenter = await opened(team)
    assert [(item["number"], item["days"]) for item in await presenter.load()] == [(3, 29), (2, 29), (1, 29)]
    result = await presenter.bring_back([1, 3])
    assert [item["number"] for item in await presenter.load()] == [2]
    assert result.command
    await undo_command(team.owner, team.key, result.command)
    assert len(await presenter.load()) == 3


async def test_what_is_archived_is_put_back_on_the_board() -> None:
    team = await make_team()
    await tasks.archive_task(team.owner, team.ref((await team.task()).number))
    presenter = await opened(team, "archive")
    assert [item["days"] for item in await presenter.load()] == [None]
    await presenter.bring_back([1])
    assert await presenter.load() == []


async def test_only_managers_remove_for_good() -> None:
    team = await make_team()
    await tasks.trash_task(team.owner, team.ref((await team.task()).number))
    presenter = await opened(team)
    assert presenter.project.can_manage
    editor = await team.person()
    await projects.set_project_member(team.owner, team.key, editor.account_id, "editor")
    other = PutAwayPresenter(ProjectPresenter(editor, team.key), "trash")
    with pytest.raises(Forbidden):
        await other.purge([1])
    await presenter.purge([1])
    assert await presenter.load() == []


async def test_a_search_begins_anew_at_the_newest() -> None:
    team = await make_team()
    for title in ("Fix the login", "Ship the shop"):
        await tasks.trash_task(team.owner, team.ref((await team.task(title)).number))
    presenter = await opened(team)
    presenter.older()
    presenter.look_for("login")
    assert [item["title"] for item in await presenter.load()] == ["Fix the login"]
    assert not presenter.has_more
