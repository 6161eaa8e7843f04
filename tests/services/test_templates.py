"""Tasks to begin with."""

from typing import Any

import pytest

from tasktracker.domain.errors import Clash, Forbidden
from tasktracker.models import Account, Event, Template
from tasktracker.services import columns, labels, projects, tasks, templates
from tasktracker.services.queries.templates import list_templates
from tasktracker.services.undo import undo_last
from tasktracker.services.views import TaskView, TemplateView
from tests.factories import Team, make_team
from tests.services.outcomes import outcome_of, pointers_of

NOBODY = "00000000-0000-7000-8000-000000000000"


async def make_template(team: Team, name: str = "Bug report", **content: Any) -> TemplateView:
    return await templates.add_template(team.owner, team.key, {"name": name, "content": content})


async def create(team: Team, template: TemplateView, **own: Any) -> TaskView:
    return await tasks.create_task(team.owner, team.key, own, template_id=template.id)


async def test_a_task_starts_from_what_its_template_says() -> None:
    team = await make_team()
    label = await labels.add_label(team.owner, team.key, {"name": "bug"})
    content: dict[str, Any] = {
        "title": "A bug",
        "description": "What happens?\r\n",
        "priority": "high",
        "label_ids": [str(label.id)],
        "assignee_ids": [str(team.owner.account_id)],
        "estimate": 2,
        "column_id": str(team.columns["Backlog"].id),
    }
    task = await create(team, await make_template(team, **content))
    assert (task.title, task.description, task.priority, task.estimate) == ("A bug", "What happens?", "high", 2.0)
    assert (task.label_ids, task.assignee_ids) == ([label.id], [team.owner.account_id])
    assert task.column_id == team.columns["Backlog"].id


async def test_own_fields_win() -> None:
    team = await make_team()
    template = await make_template(team, title="A bug", description="What happens?", priority="high")
    task = await create(team, template, title="It crashes", priority="none")
    assert (task.title, task.description, task.priority) == ("It crashes", "What happens?", "none")


async def test_a_title_is_needed_from_one_of_the_two() -> None:
    team = await make_team()
    template = await make_template(team, priority="high")
    assert await pointers_of(create(team, template)) == ["/title"]
    assert (await create(team, template, title="It crashes")).priority == "high"


async def test_what_is_gone_since_the_template_was_written_is_left_out() -> None:
    team = await make_team()
    gone, kept = [await labels.add_label(team.owner, team.key, {"name": name}) for name in ("gone", "kept")]
    left, here = await team.person(), await team.person()
    column = await columns.add_column(team.owner, team.key, {"name": "Gone", "category": "started"})
    template = await make_template(
        team,
        title="A bug",
        label_ids=[str(gone.id), str(kept.id)],
        assignee_ids=[str(here.account_id), str(left.account_id)],
        column_id=str(column.id),
    )
    await labels.delete_label(team.owner, team.key, gone.id)
    await columns.delete_column(team.owner, team.key, column.id)
    await Account.filter(id=left.account_id).update(is_active=False)
    task = await create(team, template)
    assert (task.label_ids, task.assignee_ids) == ([kept.id], [here.account_id])
    assert task.column_id == team.columns["To do"].id


async def test_what_is_wrong_with_ones_own_fields_is_still_refused() -> None:
    team = await make_team()
    template = await make_template(team, title="A bug")
    assert await pointers_of(create(team, template, label_ids=[NOBODY])) == ["/label_ids/0"]


@pytest.mark.parametrize(
    ("content", "pointer"),
    [
        ({"title": ""}, "/content/title"),
        ({"colour": "red"}, "/content/colour"),
        ({"label_ids": [NOBODY]}, "/content/label_ids/0"),
        ({"assignee_ids": [NOBODY]}, "/content/assignee_ids/0"),
        ({"column_id": NOBODY}, "/content/column_id"),
        ({"custom": {"nothing": 1}}, "/content/custom/nothing"),
        ({"parent": "WEB-1"}, "/content/parent"),
        ({"external_id": "7"}, "/content/external_id"),
        ([], "/content"),
    ],
)
async def test_a_content_that_no_task_could_have_is_refused(content: Any, pointer: str) -> None:
    team = await make_team()
    wrong = templates.add_template(team.owner, team.key, {"name": "Bug", "content": content})
    assert await pointers_of(wrong) == [pointer]
    template = await make_template(team)
    assert await pointers_of(templates.edit_template(team.owner, team.key, template.id, {"content": content})) == [
        pointer
    ]


async def test_a_template_is_renamed_and_deleted_and_its_tasks_stay() -> None:
    team = await make_team()
    template = await make_template(team, title="A bug")
    await create(team, template)
    renamed = await templates.edit_template(team.owner, team.key, template.id, {"name": "Defect"})
    assert (renamed.name, renamed.version, renamed.content) == ("Defect", 2, {"title": "A bug"})
    await templates.delete_template(team.owner, team.key, template.id)
    assert await list_templates(team.owner, team.key) == []
    assert await pointers_of(create(team, template)) == ["/template"]
    events = await Event.filter(log_id=team.project.id, subject_id=template.id).order_by("revision")
    kinds = [event.kind for event in events]
    assert kinds == ["TemplateAdded", "TemplateEdited", "TemplateDeleted"]


async def test_a_deleted_template_comes_back_by_undo() -> None:
    team = await make_team()
    template = await make_template(team, title="A bug", priority="high")
    await templates.delete_template(team.owner, team.key, template.id)
    await undo_last(team.owner, team.key)
    assert [(each.id, each.content) for each in await list_templates(team.owner, team.key)] == [
        (template.id, {"title": "A bug", "priority": "high"})
    ]


async def test_names_of_templates_are_taken_once() -> None:
    team = await make_team()
    await make_template(team, "Bug")
    other = await make_template(team, "Feature")
    assert isinstance(await outcome_of(make_template(team, "Bug")), Clash)
    assert isinstance(await outcome_of(templates.edit_template(team.owner, team.key, other.id, {"name": "Bug"})), Clash)
    await templates.edit_template(team.owner, team.key, other.id, {"name": "Feature", "content": {"title": "A"}})


async def test_a_template_of_another_project_is_not_found() -> None:
    team, other = await make_team(), await make_team()
    template = await make_template(other, title="A bug")
    assert await pointers_of(create(team, template)) == ["/template"]
    assert await Template.filter(project=team.project).count() == 0


async def test_editors_use_templates_and_managers_write_them() -> None:
    team = await make_team()
    editor = await team.person()
    await projects.set_project_member(team.owner, team.key, editor.account_id, "editor")
    template = await make_template(team, title="A bug")
    assert (await tasks.create_task(editor, team.key, {}, template_id=template.id)).title == "A bug"
    assert isinstance(await outcome_of(templates.add_template(editor, team.key, {"name": "Mine"})), Forbidden)
