"""Markdown with the names of what the reader may know, and of nothing else."""

import pytest

from tasktracker.domain.ids import new_id
from tasktracker.models import Task, TaskAlias
from tasktracker.services import projects, tasks
from tasktracker.services.rendering import render, render_markdown
from tests.factories import make_person, make_team
from tests.services.outcomes import pointers_of


async def test_a_reference_shows_the_title_and_the_state_of_now() -> None:
    team = await make_team()
    task = await team.task("Fix the login", column="To do")
    (html,) = await render(team.owner, [f"See {task.ref}."])
    assert f'href="/t/{task.ref}" class="tt-ref" title="Fix the login (To do)"' in html
    await tasks.edit_task(
        team.owner, team.ref(task.number), {"title": "Repair it", "column_id": str(team.columns["Done"].id)}
    )
    (html,) = await render(team.owner, [f"See {task.ref}."])
    assert 'class="tt-ref tt-ref-done" title="Repair it (Done)"' in html


async def test_a_task_that_the_reader_may_not_see_stays_text() -> None:
    team, secret, stranger = await make_team(), await make_team(is_private=True), await make_team()
    hidden = await secret.task("Buy the competitor")
    text = f"See {hidden.ref}, {team.key}-99, NOTHERE-1."
    for reader in (team.owner, stranger.owner, await secret.person()):
        assert await render(reader, [text]) == [f"<p>{text}</p>\n"]
    assert "Buy the competitor" in (await render(secret.owner, [text]))[0]
    viewer = await secret.person("guest")
    await projects.set_project_member(secret.owner, secret.key, viewer.account_id, "viewer")
    assert "Buy the competitor" in (await render(viewer, [text]))[0]


async def test_a_task_in_the_trash_is_no_link() -> None:
    team = await make_team()
    task = await team.task()
    await tasks.trash_task(team.owner, team.ref(task.number))
    assert await render(team.owner, [task.ref]) == [f"<p>{task.ref}</p>\n"]


async def test_a_task_that_moved_is_linked_where_it_is_if_the_reader_may_go_there() -> None:
    team = await make_team()
    reader = await team.person()
    key = await projects.create_project(team.owner, {"key": f"{team.key}B", "name": "Shop", "is_private": True})
    moved = await tasks.create_task(team.owner, key, {"title": "Sell"})
    row = await Task.get(project__key=key, project__workspace_id=team.workspace.id)
    await TaskAlias.create(project=team.project, number=77, task=row)
    (html,) = await render(team.owner, [f"{team.key}-77"])
    assert f'href="/t/{moved.ref}"' in html
    assert await render(reader, [f"{team.key}-77"]) == [f"<p>{team.key}-77</p>\n"]


async def test_people_of_the_workspace_are_marked_and_nobody_else() -> None:
    team, stranger = await make_team(), await make_team()
    tail = new_id().hex[-8:]
    await team.person(handle=f"ana-{tail}", name="Ana Lima")
    await team.person(handle=f"gone-{tail}", is_active=False)
    await make_person(stranger.workspace, handle=f"other-{tail}")
    text = f"@ana-{tail} @gone-{tail} @other-{tail}"
    (html,) = await render(team.owner, [text])
    assert html == f'<p><span class="tt-mention" title="Ana Lima">@ana-{tail}</span> @gone-{tail} @other-{tail}</p>\n'


async def test_many_texts_each_get_their_own() -> None:
    team = await make_team()
    refs = [(await team.task(f"Task {number}")).ref for number in range(3)]
    htmls = await render(team.owner, [*refs, "", "*none*"])
    assert [f"Task {number} (To do)" in html for number, html in enumerate(htmls[:3])] == [True] * 3
    assert htmls[3:] == ["", "<p><em>none</em></p>\n"]


@pytest.mark.parametrize("text", [None, 5, "x" * 100_001, "a\0b"])
async def test_what_is_no_text_is_refused(text: object) -> None:
    team = await make_team()
    assert await pointers_of(render_markdown(team.owner, text)) == ["/text"]
