"""When a task is not taken back from another project by undo: what stands in the way is named, and nothing moves."""

from collections.abc import Awaitable, Callable

import pytest

from tasktracker.domain.errors import CannotUndo, Clash, ColumnFull, Forbidden, NotFound, Refusal
from tasktracker.domain.references import TaskRef
from tasktracker.models import Label
from tasktracker.services import (
    columns,
    custom_fields,
    labels,
    projects,
    purge,
    relations,
    tasks,
)
from tasktracker.services.queries.tasks import get_task
from tasktracker.services.relocation import transfer_task
from tasktracker.services.undo import undo_command
from tests.factories import Team, make_team, second_project
from tests.services.carried import carried, everything, latest, undo
from tests.services.outcomes import outcome_of
from tests.services.play import add_field


async def _labelled(team: Team, other: Team) -> None:
    label = await labels.add_label(team.owner, other.key, {"name": "new"})
    await tasks.edit_task(team.owner, other.ref(1), {"label_ids": [str(label.id)]})


async def _put_under(team: Team, other: Team) -> None:
    above = await other.task("Above")
    await tasks.edit_task(team.owner, other.ref(1), {"parent": above.ref})


async def _sized(team: Team, other: Team) -> None:
    await add_field(other, "platforms")
    await tasks.edit_task(team.owner, other.ref(2), {"custom": {"platforms": ["low"]}})


async def _carried_on(team: Team, other: Team) -> None:
    await transfer_task(team.owner, other.ref(2), (await second_project(team)).key)


IN_THE_WAY: dict[str, tuple[Callable[[Team, Team], Awaitable[object]], str, str]] = {
    "another column": (
        lambda team, other: tasks.edit_task(team.owner, other.ref(1), {"column_id": str(other.columns["Done"].id)}),
        "TaskMoved",
        "column_id",
    ),
    "another label": (_labelled, "TaskEdited", "label_ids"),
    "a parent there": (_put_under, "TaskEdited", "parent_id"),
    "a value of a field there": (_sized, "TaskEdited", "custom.platforms"),
    "a new subtask there": (lambda _, other: other.task("New", parent=f"{other.key}-2"), "TaskCreated", "parent_id"),
    "the trash": (lambda team, other: tasks.trash_task(team.owner, other.ref(2)), "TaskTrashed", "trashed_at"),
    "a third project": (_carried_on, "TaskLeft", "number"),
}


@pytest.mark.parametrize("what", IN_THE_WAY)
async def test_what_the_old_project_could_not_take_stands_in_the_way_and_is_named(what: str) -> None:
    team, other = await carried()
    revision = (await latest(team)).revision
    do, kind, field = IN_THE_WAY[what]
    await do(team, other)
    before = await everything(team, other)
    refusal = await outcome_of(undo_command(team.owner, team.key, revision))
    assert isinstance(refusal, CannotUndo)
    assert [(each.project, each.kind, field in each.fields) for each in refusal.blockers] == [(other.key, kind, True)]
    assert f"of {other.key})" in str(refusal)
    assert await everything(team, other) == before


async def _archived(team: Team, _: Team) -> None:
    await projects.archive_project(team.owner, team.key)


async def _parent_trashed(team: Team, _: Team) -> None:
    await tasks.trash_task(team.owner, team.ref(1))


async def _parent_carried(team: Team, other: Team) -> None:
    await transfer_task(team.owner, team.ref(1), other.key)


async def _label_gone(team: Team, _: Team) -> None:
    label = await Label.get(project=team.project, name="bug")
    await labels.delete_label(team.owner, team.key, label.id)


async def _field_gone(team: Team, _: Team) -> None:
    field = (await custom_fields.CUSTOM_FIELD.model.filter(project=team.project))[0]
    await custom_fields.delete_custom_field(team.owner, team.key, field.id)


async def _full(team: Team, _: Team) -> None:
    await columns.edit_column(team.owner, team.key, team.columns["To do"].id, {"wip_limit": 2})


async def _label_used(team: Team, other: Team) -> None:
    label = await Label.get(project=other.project, name="bug")
    await other.task("Other", label_ids=[str(label.id)])


async def _purged(team: Team, other: Team) -> None:
    await tasks.trash_task(team.owner, other.ref(2))
    await purge.purge_task(team.owner, other.ref(2))


NOT_POSSIBLE: dict[str, tuple[Callable[[Team, Team], Awaitable[object]], type[Refusal], str]] = {
    "the old project is archived": (_archived, Clash, "is archived"),
    "its parent is in the trash": (_parent_trashed, CannotUndo, "or it is in the trash"),
    "its parent was carried away": (_parent_carried, CannotUndo, "The task above it is not in"),
    "its label was deleted": (_label_gone, CannotUndo, "has no label"),
    "its custom field was deleted": (_field_gone, CannotUndo, "no custom field"),
    "its column is full": (_full, ColumnFull, "is full"),
    "the label made for it is on another task": (_label_used, CannotUndo, "have the label"),
    "a task that went along was purged": (_purged, CannotUndo, "removed from the log for good"),
}


@pytest.mark.parametrize("why", NOT_POSSIBLE)
async def test_what_is_not_possible_any_more_is_refused_and_moves_nothing(why: str) -> None:
    team, other = await carried()
    revision = (await latest(team)).revision
    do, kind, reason = NOT_POSSIBLE[why]
    await do(team, other)
    before = await everything(team, other)
    refusal = await outcome_of(undo_command(team.owner, team.key, revision))
    assert (type(refusal), reason in str(refusal)) == (kind, True), refusal
    assert await everything(team, other) == before


async def test_an_outside_id_that_another_task_has_by_now_stands_in_the_way() -> None:
    team = await make_team()
    other = await second_project(team)
    await team.task("Task", external_source="github", external_id="7")
    await transfer_task(team.owner, team.ref(1), other.key)
    await team.task("Again", external_source="github", external_id="7")
    refusal = await outcome_of(undo(other))
    assert isinstance(refusal, CannotUndo)
    assert f"{team.key}-2 is “7” of github already" in str(refusal)


async def test_nothing_is_taken_back_twice() -> None:
    team, other = await carried()
    revisions = {each.key: (await latest(each)).revision
                 for each in (team, other)}  # fmt: skip
    await undo(team)
    for key, revision in revisions.items():
        refusal = await outcome_of(undo_command(team.owner, key, revision))
        assert isinstance(refusal, CannotUndo)
        assert "undone already" in str(refusal)


async def test_it_takes_the_right_to_change_tasks_in_both() -> None:
    team, other = await carried()
    revision = (await latest(team)).revision
    viewer, outsider, stranger = [await team.person() for _ in range(3)]
    await projects.set_project_member(team.owner, other.key, viewer.account_id, "viewer")
    await projects.edit_project(team.owner, other.key, {"is_private": True})
    await projects.edit_project(team.owner, team.key, {"is_private": True})
    await projects.set_project_member(team.owner, team.key, outsider.account_id, "editor")
    await projects.set_project_member(team.owner, team.key, viewer.account_id, "editor")
    for actor, kind in ((viewer, Forbidden), (outsider, CannotUndo), (stranger, NotFound)):
        refusal = await outcome_of(undo_command(actor, team.key, revision))
        assert isinstance(refusal, kind)
        assert other.key not in str(refusal)


async def test_a_relation_is_not_half_undone_when_one_of_its_tasks_has_gone_elsewhere() -> None:
    team = await make_team()
    other, third = await second_project(team), await second_project(team)
    here, there = await team.task("Here"), await other.task("There")
    await relations.relate(team.owner, team.ref(here.number), "blocks", other.ref(there.number))
    revision = (await latest(team)).revision
    for to in (third, team):
        at = await get_task(team.owner, other.ref(there.number))
        await transfer_task(team.owner, TaskRef.parse(at.ref), to.key)
        refusal = await outcome_of(undo_command(team.owner, team.key, revision))
        assert isinstance(refusal, CannotUndo)
        assert [each.kind for each in refusal.blockers] == ["TaskLeft"]
        assert [each.kind for each in (await get_task(team.owner, team.ref(1))).relations] == ["blocks"]
        assert [each.kind for each in (await get_task(team.owner, other.ref(1))).relations] == ["blocked_by"]
