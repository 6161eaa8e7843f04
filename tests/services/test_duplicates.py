"""Another task like one that there is."""

from tasktracker.domain.errors import Clash, ColumnFull, Forbidden
from tasktracker.models import Account, Event, Task
from tasktracker.services import columns, comments, labels, projects, tasks
from tasktracker.services.duplicates import duplicate_task
from tests.factories import make_team
from tests.services.outcomes import outcome_of


async def test_a_copy_has_the_fields_and_begins_anew() -> None:
    team = await make_team()
    label = str((await labels.add_label(team.owner, team.key, {"name": "bug"})).id)
    parent = await team.task("Parent")
    fields = {
        "description": "It *fails*.",
        "priority": "high",
        "assignee_ids": [str(team.owner.account_id)],
        "label_ids": [label],
        "start": "2030-01-01",
        "due": "2030-01-02T10:00:00Z",
        "estimate": 2.5,
    }
    original = await team.task("Fix it", **fields, parent=parent.ref, external_source="x", external_id="7")
    await comments.add_comment(team.owner, team.ref(original.number), "Hello")
    copy = await duplicate_task(await team.person(), team.ref(original.number))
    assert (copy.ref, copy.title, copy.version) == (f"{team.key}-3", "Fix it (copy)", 1)
    same = ("description", "priority", "assignee_ids", "label_ids", "start", "due", "estimate", "parent", "column_id")
    assert {name: getattr(copy, name) for name in same} == {name: getattr(original, name) for name in same}
    assert (copy.external_source, copy.external_id, copy.comment_count) == (None, None, 0)
    assert copy.created_by != original.created_by
    assert copy.watcher_ids == [copy.created_by]


async def test_the_tree_below_comes_along_in_one_command() -> None:
    team = await make_team()
    top = await team.task("Top")
    left = await team.task("Left", parent=top.ref)
    await team.task("Leaf", parent=left.ref)
    gone = await team.task("Gone", parent=top.ref)
    await team.task("Below gone", parent=gone.ref)
    await tasks.archive_task(team.owner, team.ref(gone.number))
    copy = await duplicate_task(team.owner, team.ref(top.number), with_subtasks=True)
    made = await Task.filter(project=team.project, number__gte=copy.number).order_by("number")
    by_id = {task.id: task.title for task in made}
    assert [(task.title, task.parent_id and by_id[task.parent_id]) for task in made] == [
        ("Top (copy)", None),
        ("Left", "Top (copy)"),
        ("Leaf", "Left"),
    ]
    commands = {event.command for event in await Event.filter(task_id__in=[task.id for task in made])}
    assert len(commands) == 1
    alone = await duplicate_task(team.owner, team.ref(top.number))
    assert alone.subtasks.total == 0


async def test_what_is_over_begins_in_the_column_for_new_tasks() -> None:
    team = await make_team()
    done = await team.task("Done", column="Done")
    copy = await duplicate_task(team.owner, team.ref(done.number))
    assert (copy.column_id, copy.completed_at) == (team.columns["To do"].id, None)


async def test_a_title_of_full_length_is_shortened_for_the_mark() -> None:
    team = await make_team()
    long = await team.task("x" * 300)
    copy = await duplicate_task(team.owner, team.ref(long.number))
    assert copy.title == "x" * 293 + " (copy)"


async def test_people_who_left_are_left_out() -> None:
    team = await make_team()
    left = await team.person()
    task = await team.task(assignee_ids=[str(left.account_id), str(team.owner.account_id)])
    await Account.filter(id=left.account_id).update(is_active=False)
    assert (await duplicate_task(team.owner, team.ref(task.number))).assignee_ids == [team.owner.account_id]


async def test_a_full_column_takes_no_copy_and_then_nothing_is_copied() -> None:
    team = await make_team()
    top = await team.task("Top")
    await team.task("Below", parent=top.ref)
    await columns.edit_column(team.owner, team.key, team.columns["To do"].id, {"wip_limit": 3})
    refused = await outcome_of(duplicate_task(team.owner, team.ref(1), with_subtasks=True))
    assert isinstance(refused, ColumnFull)
    assert await Task.filter(project=team.project).count() == 2


async def test_who_may_not_change_tasks_copies_none_and_the_trash_is_not_copied() -> None:
    team = await make_team()
    await team.task()
    reader = await team.person()
    await projects.set_project_member(team.owner, team.key, reader.account_id, "viewer")
    assert isinstance(await outcome_of(duplicate_task(reader, team.ref(1))), Forbidden)
    await tasks.trash_task(team.owner, team.ref(1))
    assert isinstance(await outcome_of(duplicate_task(team.owner, team.ref(1))), Clash)
