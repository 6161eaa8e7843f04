"""Two people edit one task: what only one of them touched merges, what both touched is a conflict with three sides."""

import tracemalloc
from itertools import permutations
from typing import Any

import pytest

from tasktracker.domain.errors import Conflict
from tasktracker.services import labels, tasks
from tasktracker.services.queries.tasks import get_task
from tasktracker.services.task_changes import Spot
from tasktracker.services.views import TaskView
from tests.factories import Team, make_team
from tests.services.outcomes import outcome_of, pointers_of

FIELDS = (
    *("title", "description", "column_id", "priority", "assignee_ids", "label_ids", "due"),
    *("start", "estimate", "external_source", "external_id"),
)
EVERY_DAY = 7
"""Of so many pairs one is tried in `make test`, so that each field is on both sides; each of them in `make drills`."""
PAIRS = [
    pytest.param(*pair, marks=[pytest.mark.drill] if number % EVERY_DAY else [])
    for number, pair in enumerate(permutations(FIELDS, 2))
]


async def two_values_of_each_field() -> tuple[Team, dict[str, tuple[Any, Any, Any]]]:
    """A team with one task, and for each field its value now and two others."""
    team = await make_team()
    people = [str((await team.person()).account_id) for _ in range(2)]
    marks = [str((await labels.add_label(team.owner, team.key, {"name": name})).id) for name in ("bug", "idea")]
    names = ("To do", "Done", "In review")
    return (
        team,
        {
            "title": ("Base", "Theirs", "Mine"),
            "description": ("", "Theirs\n\nin two paragraphs", "Mine"),
            "column_id": tuple(str(team.columns[name].id) for name in names),  # type: ignore[dict-item]
            "priority": ("none", "high", "low"),
            "assignee_ids": ([], people, people[:1]),
            "label_ids": ([], marks[1:], marks),
            "due": (None, "2026-11-30", "2026-12-24"),
            "start": (None, "2026-11-01", "2026-11-02"),
            "estimate": (None, 2.5, 3.0),
            "external_source": (None, "github", "gitlab"),
            "external_id": (None, "7", "8"),
        },
    )


@pytest.mark.parametrize(("theirs", "mine"), PAIRS)
async def test_two_people_who_change_different_fields_both_keep_what_they_did(theirs: str, mine: str) -> None:
    team, values = await two_values_of_each_field()
    ref = team.ref((await team.task("Base")).number)
    other = await team.person()
    await tasks.edit_task(other, ref, {theirs: values[theirs][1]}, version=1)
    view = await tasks.edit_task(team.owner, ref, {mine: values[mine][2]}, version=1)
    assert view.version == 3
    assert _json(view, theirs) == values[theirs][1]
    assert _json(view, mine) == values[mine][2]
    assert view == await get_task(team.owner, ref)


@pytest.mark.parametrize("field", FIELDS)
async def test_two_people_who_change_one_field_are_shown_all_three_sides(field: str) -> None:
    team, values = await two_values_of_each_field()
    task = await team.task("Base")
    base, theirs, mine = values[field]
    untouched = next(name for name in FIELDS if name != field)
    saved = await tasks.edit_task(team.owner, team.ref(task.number), {field: theirs}, version=1)
    raw = {field: mine, untouched: values[untouched][2]}
    refusal = await outcome_of(tasks.edit_task(team.owner, team.ref(task.number), raw, version=1))
    assert isinstance(refusal, Conflict)
    assert refusal.version == 2
    assert refusal.fields == {field: {"base": base, "yours": mine, "theirs": theirs}}
    assert await get_task(team.owner, team.ref(task.number)) == saved


@pytest.mark.parametrize("field", FIELDS)
async def test_two_people_who_do_the_same_do_not_disturb_each_other(field: str) -> None:
    team, values = await two_values_of_each_field()
    ref = team.ref((await team.task("Base")).number)
    first = await tasks.edit_task(team.owner, ref, {field: values[field][1]}, version=1)
    assert await tasks.edit_task(team.owner, ref, {field: values[field][1]}, version=1) == first


async def test_the_base_is_what_the_late_one_saw_however_many_changes_came_since() -> None:
    team = await make_team()
    ref = team.ref((await team.task("One")).number)
    for title in ("Two", "Three", "Four"):
        await tasks.edit_task(team.owner, ref, {"title": title})
    refusal = await outcome_of(tasks.edit_task(team.owner, ref, {"title": "Mine"}, version=2))
    assert isinstance(refusal, Conflict)
    assert refusal.fields == {"title": {"base": "Two", "yours": "Mine", "theirs": "Four"}}


async def test_a_late_one_is_not_answered_out_of_all_that_was_written_since() -> None:
    team = await make_team()
    ref = team.ref((await team.task("Base")).number)
    length, times = 100_000, 30
    for turn in range(times):
        await tasks.edit_task(team.owner, ref, {"description": str(turn % 10) * length})
    tracemalloc.start()
    refusal = await outcome_of(tasks.edit_task(team.owner, ref, {"description": "Mine"}, version=2))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(refusal, Conflict)
    assert refusal.fields["description"]["base"] == "0" * length
    assert most < length * times  # each version is there twice, as what was and as what came


async def test_a_value_that_came_back_to_what_it_was_is_still_no_business_of_the_late_one() -> None:
    team = await make_team()
    ref = team.ref((await team.task("One")).number)
    for title in ("Two", "One"):
        await tasks.edit_task(team.owner, ref, {"title": title})
    assert isinstance(await outcome_of(tasks.edit_task(team.owner, ref, {"title": "Mine"}, version=1)), Conflict)


async def test_without_a_version_the_last_one_wins() -> None:
    team = await make_team()
    ref = team.ref((await team.task("One")).number)
    await tasks.edit_task(team.owner, ref, {"title": "Two"})
    assert (await tasks.edit_task(team.owner, ref, {"title": "Three"})).title == "Three"


async def test_a_comment_a_label_or_a_column_of_others_is_no_change_of_the_task() -> None:
    team, other = await make_team(), await make_team()
    task, theirs = await team.task("One"), await other.task("One")
    await tasks.edit_task(other.owner, other.ref(theirs.number), {"title": "Elsewhere"})
    await labels.add_label(team.owner, team.key, {"name": "bug"})
    assert (await tasks.edit_task(team.owner, team.ref(task.number), {"title": "Two"}, version=1)).version == 2


@pytest.mark.parametrize("version", [3, 10**6, 0, -1])
async def test_a_version_that_never_was_is_refused(version: int) -> None:
    team = await make_team()
    ref = team.ref((await team.task("One")).number)
    await tasks.edit_task(team.owner, ref, {"title": "Two"})
    for call in (
        tasks.edit_task(team.owner, ref, {"title": "Three"}, version=version),
        tasks.move_task(team.owner, ref, Spot(str(team.columns["Done"].id)), version=version),
    ):
        assert await pointers_of(call) == ["/version"]


async def test_a_label_taken_off_by_its_deletion_conflicts_with_a_late_choice_of_labels() -> None:
    team = await make_team()
    marks = [await labels.add_label(team.owner, team.key, {"name": name}) for name in ("bug", "idea", "docs")]
    ids = [str(mark.id) for mark in marks]
    ref = team.ref((await team.task(label_ids=ids)).number)
    await labels.delete_label(team.owner, team.key, marks[0].id)
    refusal = await outcome_of(tasks.edit_task(team.owner, ref, {"label_ids": ids[1:2]}, version=1))
    assert isinstance(refusal, Conflict)
    assert refusal.fields["label_ids"] == {"base": ids, "yours": ids[1:2], "theirs": ids[1:]}


def _json(view: TaskView, field: str) -> object:
    value = getattr(view, field)
    if isinstance(value, list):
        return [str(each) for each in value]
    return value if value is None or field in ("priority", "estimate") else str(value)
