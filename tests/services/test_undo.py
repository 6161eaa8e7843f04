"""Undo: what stands in its way, what goes with it, and who may."""

from datetime import timedelta
from functools import partial

from tasktracker.domain.errors import CannotUndo, ColumnFull, Forbidden, NotFound
from tasktracker.domain.permissions import Permission
from tasktracker.domain.references import TaskRef
from tasktracker.models import Comment, Event, Label, Project, Task
from tasktracker.services import columns, comments, labels, projects, reactions, relations, tasks, watchers
from tasktracker.services.columns import COLUMN
from tasktracker.services.command import project_command
from tasktracker.services.custom_fields import CUSTOM_FIELD
from tasktracker.services.labels import LABEL
from tasktracker.services.queries.projects import list_columns
from tasktracker.services.queries.tasks import get_task
from tasktracker.services.relocation import transfer_task
from tasktracker.services.task_changes import Spot, add_task
from tasktracker.services.undo import undo_command, undo_last
from tests.factories import make_team, second_project
from tests.services.outcomes import outcome_of
from tests.services.snapshots import head, snapshot, without_new_ones


async def test_what_somebody_changed_since_stands_in_the_way_and_is_named() -> None:
    team = await make_team()
    ref = team.ref((await team.task("One")).number)
    ana = await team.person()
    await tasks.edit_task(team.owner, ref, {"title": "Two", "priority": "high"})
    wanted = await head(team)
    await tasks.edit_task(ana, ref, {"estimate": 2})
    await tasks.edit_task(ana, ref, {"priority": "low"})
    refusal = await outcome_of(undo_command(team.owner, team.key, wanted))
    assert isinstance(refusal, CannotUndo)
    assert [(each.kind, each.fields, each.actor_id) for each in refusal.blockers] == [
        ("TaskEdited", ["priority"], str(ana.account_id))
    ]
    assert (await Task.get(project=team.project, number=ref.number)).title == "Two", "nothing was taken back"


async def test_what_others_did_to_other_fields_stays() -> None:
    team = await make_team()
    ref = team.ref((await team.task("One")).number)
    await tasks.edit_task(team.owner, ref, {"title": "Two"})
    wanted = await head(team)
    await tasks.edit_task(team.owner, ref, {"priority": "low"})
    await undo_command(team.owner, team.key, wanted)
    task = await Task.get(project=team.project, number=ref.number)
    assert (task.title, task.priority) == ("One", 1)


async def test_nothing_is_undone_twice() -> None:
    team = await make_team()
    ref = team.ref((await team.task("One")).number)
    await tasks.edit_task(team.owner, ref, {"title": "Two"})
    wanted = await head(team)
    await undo_command(team.owner, team.key, wanted)
    refusal = await outcome_of(undo_command(team.owner, team.key, wanted))
    assert isinstance(refusal, CannotUndo)


async def test_a_task_that_others_have_worked_on_is_not_undone_away() -> None:
    team = await make_team()
    task = await team.task("One")
    wanted = await head(team)
    await comments.add_comment(team.owner, team.ref(task.number), "I have looked into it.")
    assert isinstance(await outcome_of(undo_command(team.owner, team.key, wanted)), CannotUndo)


async def test_a_column_that_is_full_by_now_takes_nothing_back() -> None:
    team = await make_team()
    task = await team.task("One", column="To do")
    await tasks.move_task(team.owner, team.ref(task.number), Spot(str(team.columns["Done"].id)))
    wanted = await head(team)
    await columns.edit_column(team.owner, team.key, team.columns["To do"].id, {"wip_limit": 1})
    await team.task("Two", column="To do")
    assert isinstance(await outcome_of(undo_command(team.owner, team.key, wanted)), ColumnFull)


async def test_what_comes_back_out_of_the_trash_needs_a_place_in_its_column() -> None:
    team = await make_team()
    await columns.edit_column(team.owner, team.key, team.columns["To do"].id, {"wip_limit": 1})
    await team.task("One", column="To do")
    taken_away = await undo_last(team.owner, team.key)
    await team.task("Two", column="To do")
    refusal = await outcome_of(undo_command(team.owner, team.key, taken_away.command))
    assert isinstance(refusal, ColumnFull)
    assert await Task.filter(project=team.project, trashed_at=None).count() == 1


async def test_what_is_in_the_archive_goes_back_to_a_full_column_where_it_takes_no_place() -> None:
    team = await make_team()
    task = await team.task("One", column="To do")
    await tasks.archive_task(team.owner, team.ref(task.number))
    await tasks.edit_task(team.owner, team.ref(task.number), {"column_id": str(team.columns["Done"].id)})
    wanted = await head(team)
    await team.task("Two", column="To do")
    await columns.edit_column(team.owner, team.key, team.columns["To do"].id, {"wip_limit": 1})
    await undo_command(team.owner, team.key, wanted)
    assert (await Task.get(project=team.project, number=task.number)).column_id == team.columns["To do"].id


async def test_a_place_that_is_taken_by_now_is_found_next_to_it() -> None:
    team = await make_team()
    one = await team.task("One")
    await tasks.move_task(team.owner, team.ref(one.number), Spot(str(team.columns["Done"].id)))
    wanted = await head(team)
    two = await team.task("Two")
    assert two.position == one.position, "it took the place"
    await undo_command(team.owner, team.key, wanted)
    board = await Task.filter(column_id=team.columns["To do"].id).order_by("position")
    assert [task.number for task in board] == [two.number, one.number]


async def test_a_deleted_label_comes_back_on_every_task_that_had_it() -> None:
    team = await make_team()
    label = await labels.add_label(team.owner, team.key, {"name": "bug", "color": "#aa0000"})
    marked = [await team.task(f"Task {number}", label_ids=[str(label.id)]) for number in range(3)]
    await labels.delete_label(team.owner, team.key, label.id)
    await undo_last(team.owner, team.key)
    assert (await Label.get(id=label.id)).color == "#aa0000"
    for task in marked:
        assert (await Task.get(project=team.project, number=task.number)).label_ids == [label.id]


async def test_a_relation_to_another_project_is_taken_back_on_both_sides() -> None:
    team = await make_team()
    key = await projects.create_project(team.owner, {"key": f"{team.key}B", "name": "Shop"})
    here = team.ref((await team.task("One")).number)
    there = TaskRef(key, (await tasks.create_task(team.owner, key, {"title": "Two"})).number)
    await relations.relate(team.owner, here, "blocks", there)
    assert (await get_task(team.owner, there)).relations
    undone = await undo_last(team.owner, team.key)
    for ref in (here, there):
        assert (await get_task(team.owner, ref)).relations == []
    await undo_command(team.owner, team.key, undone.command)
    assert [each.kind for each in (await get_task(team.owner, there)).relations] == ["blocked_by"]


async def test_the_other_half_of_a_relation_is_found_though_the_other_project_s_clock_is_ahead() -> None:
    team = await make_team()
    other = await second_project(team)
    first, second, far = await team.task("One"), await team.task("Two"), await other.task("Far")
    await Project.filter(id=other.project.id).update(changed_at=far.created_at + timedelta(hours=1))
    for task in (first, second):
        await relations.relate(team.owner, team.ref(task.number), "blocks", other.ref(far.number))
    await undo_last(team.owner, team.key)
    assert (await get_task(team.owner, team.ref(second.number))).relations == []
    assert [each.ref for each in (await get_task(team.owner, other.ref(far.number))).relations] == [first.ref]


async def test_a_relation_of_one_project_is_undone() -> None:
    team = await make_team()
    one, two = await team.task("One"), await team.task("Two")
    await relations.relate(team.owner, team.ref(one.number), "duplicates", team.ref(two.number))
    await undo_last(team.owner, team.key)
    assert (await get_task(team.owner, team.ref(two.number))).relations == []


async def test_a_reaction_is_undone() -> None:
    team = await make_team()
    ref = team.ref((await team.task("One")).number)
    comment = await comments.add_comment(team.owner, ref, "Done!")
    await reactions.react(team.owner, ref, comment.id, "🎉")
    await undo_last(team.owner, team.key)
    assert (await Comment.get(id=comment.id)).reactions == {}


async def test_people_and_projects_are_undone_too() -> None:
    team = await make_team()
    ana = await team.person()
    before = await snapshot(team)
    changes = (
        partial(projects.set_project_member, account_id=ana.account_id, role="viewer"),
        partial(projects.edit_project, raw={"name": "Shop", "is_private": True}),
        projects.archive_project,
    )
    for change in changes:
        await change(team.owner, team.key)
        assert await snapshot(team) != before
        await undo_last(team.owner, team.key)
        assert await snapshot(team) == before


async def test_undo_takes_the_right_that_the_change_took() -> None:
    team = await make_team()
    ref = team.ref((await team.task("One")).number)
    await tasks.edit_task(team.owner, ref, {"title": "Two"})
    edited = await head(team)
    await labels.add_label(team.owner, team.key, {"name": "bug"})
    labelled = await head(team)
    await comments.add_comment(team.owner, ref, "Mine")
    commented = await head(team)
    viewer, editor, stranger = await team.person(), await team.person(), await team.person("guest")
    await projects.set_project_member(team.owner, team.key, viewer.account_id, "viewer")
    for actor, revision, refusal in (
        (viewer, edited, Forbidden),
        (editor, labelled, Forbidden),
        (editor, commented, Forbidden),
        (stranger, edited, NotFound),
        (team.owner, 10**6, NotFound),
    ):
        assert isinstance(await outcome_of(undo_command(actor, team.key, revision)), refusal)
    assert (await undo_command(editor, team.key, edited)).undone == edited


async def test_who_only_comments_undoes_a_comment_and_the_watching_that_came_with_it() -> None:
    team = await make_team()
    ref = team.ref((await team.task("One")).number)
    commenter = await team.person()
    await projects.set_project_member(team.owner, team.key, commenter.account_id, "commenter")
    await comments.add_comment(commenter, ref, "Mine")
    await watchers.watch(team.owner, ref, (await team.person()).account_id)
    others = (await get_task(team.owner, ref)).watcher_ids
    await undo_last(commenter, team.key)
    task = await get_task(team.owner, ref)
    assert (task.comment_count, task.watcher_ids) == (0, [each for each in others if each != commenter.account_id])


async def test_a_relation_is_undone_at_both_tasks_and_leaves_those_that_came_later() -> None:
    team = await make_team()
    one, two, three = [team.ref((await team.task()).number) for _ in range(3)]
    await relations.relate(team.owner, one, "blocks", two)
    wanted = await head(team)
    await relations.relate(team.owner, one, "blocks", three)
    await undo_command(team.owner, team.key, wanted)
    assert [each.ref for each in (await get_task(team.owner, one)).relations] == [str(three)]
    assert (await get_task(team.owner, two)).relations == []
    assert isinstance(await outcome_of(undo_command(team.owner, team.key, wanted)), CannotUndo), "twice"


async def test_a_relation_that_would_close_a_circle_by_now_does_not_come_back() -> None:
    team = await make_team()
    one, two = [team.ref((await team.task()).number) for _ in range(2)]
    await relations.relate(team.owner, one, "blocks", two)
    await relations.unrelate(team.owner, one, "blocks", two)
    wanted = await head(team)
    await relations.relate(team.owner, two, "blocks", one)
    refusal = await outcome_of(undo_command(team.owner, team.key, wanted))
    assert isinstance(refusal, CannotUndo)
    assert "circle" in str(refusal)


async def test_a_parent_that_went_to_another_project_does_not_come_back_by_undo() -> None:
    team = await make_team()
    other = await second_project(team)
    above, task = await team.task("Above"), await team.task("Task")
    for parent in (above.ref, None):
        await tasks.edit_task(team.owner, team.ref(task.number), {"parent": parent})
    await transfer_task(team.owner, team.ref(above.number), other.key)
    refusal = await outcome_of(undo_command(team.owner, team.key, (await Event.filter(
        log_id=team.project.id, kind="TaskEdited").order_by("-revision"))[0].revision))  # fmt: skip
    assert isinstance(refusal, CannotUndo)
    assert "The task above it is not in" in str(refusal)


async def test_a_reaction_is_undone_by_who_gave_it_and_leaves_those_of_others() -> None:
    team = await make_team()
    ref, other = team.ref((await team.task()).number), await team.person()
    comment = await comments.add_comment(team.owner, ref, "Done")
    await reactions.react(team.owner, ref, comment.id, "👍")
    wanted = await head(team)
    await reactions.react(other, ref, comment.id, "👍")
    assert isinstance(await outcome_of(undo_command(other, team.key, wanted)), Forbidden)
    await undo_command(team.owner, team.key, wanted)
    assert (await Comment.get(id=comment.id)).reactions == {"👍": [str(other.account_id)]}
    assert isinstance(await outcome_of(undo_command(team.owner, team.key, wanted)), CannotUndo), "twice"


async def test_somebody_who_has_done_nothing_is_told_so() -> None:
    team = await make_team()
    assert isinstance(await outcome_of(undo_last(await team.person(), team.key)), CannotUndo)


async def test_undo_is_an_event_that_says_what_it_took_back() -> None:
    team = await make_team()
    await tasks.edit_task(team.owner, team.ref((await team.task("One")).number), {"title": "Two"})
    wanted = await head(team)
    view = await undo_last(team.owner, team.key)
    events = await Event.filter(log_id=team.project.id, command=view.command).order_by("revision")
    assert [event.kind for event in events] == ["TaskEdited", "CommandUndone"]
    assert events[-1].changes == [{"field": "revision", "old": None, "new": wanted}]


async def test_a_place_that_a_new_task_took_is_free_again() -> None:
    team = await make_team()
    for title in ("First", "Second"):
        await team.task(title)
    was = await snapshot(team)
    await tasks.move_task(team.owner, team.ref(2), Spot(str(team.columns["Backlog"].id)))
    await team.task("Third")
    for _ in range(2):
        await undo_last(team.owner, team.key)
    assert without_new_ones(await snapshot(team), was) == was


async def test_what_was_made_together_is_taken_back_together_and_comes_back() -> None:
    team = await make_team()
    async with project_command(team.owner, team.key, Permission.MANAGE_PROJECT) as command:
        label = await LABEL.add(command, {"name": "new", "color": "#123456"})
        column = await COLUMN.add(command, {"name": "New", "category": "done", "wip_limit": None, "position": "b00"})
        raw = {"key": "size", "name": "Size", "kind": "text", "options": [], "position": "a0"}
        await CUSTOM_FIELD.add(command, raw)
        fields = {"title": "A", "label_ids": [str(label.id)], "column_id": str(column.id), "custom.size": "large"}
        await add_task(command, fields)
    undone = await undo_last(team.owner, team.key)
    task = await Task.get(project=team.project)
    assert (task.trashed_at is not None, task.label_ids, task.custom) == (True, [], {})
    assert [each.name for each in await list_columns(team.owner, team.key)] == [*team.columns]
    await undo_command(team.owner, team.key, undone.command)
    task = await Task.get(project=team.project)
    assert (task.trashed_at, task.label_ids, task.column_id) == (None, [label.id], column.id)
    assert (task.custom, task.completed_at is not None) == ({"size": "large"}, True)
