"""Relations between tasks: on both of them, across projects, without circles, and never telling too much."""

import asyncio

import pytest

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Clash, Forbidden, NotFound
from tasktracker.domain.references import TaskRef
from tasktracker.domain.task_fields import LIST_LIMIT, RELATIONS
from tasktracker.models import Project
from tasktracker.services import projects, tasks
from tasktracker.services.queries.history import list_history
from tasktracker.services.queries.tasks import get_task, list_tasks
from tasktracker.services.relations import relate, unrelate
from tasktracker.services.views import TaskView
from tests.factories import Team, make_team
from tests.services.outcomes import outcome_of, outcomes_of, pointers_of


async def second_project(team: Team, **fields: object) -> Team:
    """Another project of the team's workspace."""
    key = await projects.create_project(team.owner, {"key": f"{team.key}B", "name": "Shop", **fields})
    return Team(team.workspace, team.owner, key, await Project.get(key=key, workspace=team.workspace), {})


async def refs_of(team: Team, count: int) -> list[TaskRef]:
    return [team.ref((await team.task()).number) for _ in range(count)]


async def relations_of(actor: Actor, ref: TaskRef) -> list[tuple[str, str]]:
    return _pairs(await get_task(actor, ref))


def _pairs(task: TaskView) -> list[tuple[str, str]]:
    return [(relation.kind, relation.ref) for relation in task.relations]


@pytest.mark.parametrize("kind", RELATIONS)
async def test_each_of_the_two_tasks_shows_how_it_stands_to_the_other(kind: str) -> None:
    team = await make_team()
    one, two = await refs_of(team, 2)
    view = await relate(team.owner, one, kind, two)
    assert (_pairs(view), view.version) == ([(kind, str(two))], 2)
    assert view == await get_task(team.owner, one)
    assert await relations_of(team.owner, two) == [(RELATIONS[kind], str(one))]
    assert _pairs(await unrelate(team.owner, two, RELATIONS[kind], one)) == []
    assert await relations_of(team.owner, one) == []


async def test_both_histories_tell_of_a_relation() -> None:
    team = await make_team()
    one, two = await refs_of(team, 2)
    ids = {ref: str((await list_history(team.owner, ref)).items[0].subject_id) for ref in (one, two)}
    await relate(team.owner, one, "blocks", two)
    for ref, field, far in ((one, "blocks_ids", two), (two, "blocked_by_ids", one)):
        newest = (await list_history(team.owner, ref)).items[0]
        assert (newest.kind, newest.changes) == ("TaskEdited", [{"field": field, "old": [], "new": [ids[far]]}])


async def test_a_relation_that_is_there_already_or_not_there_changes_nothing() -> None:
    team = await make_team()
    one, two = await refs_of(team, 2)
    first = await relate(team.owner, one, "blocks", two)
    assert await relate(team.owner, one, "blocks", two) == first
    assert (await relate(team.owner, two, "blocked_by", one)).version == 2
    assert await unrelate(team.owner, one, "relates_to", two) == first


async def test_a_relation_joins_projects_and_needs_the_right_to_change_both() -> None:
    team = await make_team()
    shop, editor = await second_project(team), await team.person()
    here, there = (await refs_of(team, 1))[0], (await refs_of(shop, 1))[0]
    await projects.set_project_member(team.owner, shop.key, editor.account_id, "viewer")
    for call in (relate(editor, here, "blocks", there), relate(editor, there, "blocked_by", here)):
        assert isinstance(await outcome_of(call), Forbidden)
    await projects.set_project_member(team.owner, shop.key, editor.account_id, "editor")
    assert _pairs(await relate(editor, here, "blocks", there)) == [("blocks", str(there))]
    assert await relations_of(editor, there) == [("blocked_by", str(here))]
    assert _pairs(await unrelate(editor, there, "blocked_by", here)) == []


async def test_a_task_is_not_related_to_itself_and_a_kind_is_one_of_the_known() -> None:
    team = await make_team()
    one, two = await refs_of(team, 2)
    assert await pointers_of(relate(team.owner, one, "blocks", one)) == ["/path/other"]
    assert await pointers_of(relate(team.owner, one, "likes", two)) == ["/path/kind"]


@pytest.mark.parametrize(("kind", "back"), [("blocks", "blocked_by"), ("duplicates", "duplicated_by")])
async def test_a_circle_is_refused_however_long_and_from_whichever_end(kind: str, back: str) -> None:
    team = await make_team()
    shop = await second_project(team)
    one, two, three = *(await refs_of(team, 2)), (await refs_of(shop, 1))[0]
    await relate(team.owner, one, kind, two)
    await relate(team.owner, two, kind, three)
    for call in (
        relate(team.owner, two, kind, one),
        relate(team.owner, three, kind, one),
        relate(team.owner, one, back, three),
    ):
        refusal = await outcome_of(call)
        assert isinstance(refusal, Clash)
        assert "circle" in str(refusal)
    assert _pairs(await relate(team.owner, one, kind, three)) == [(kind, str(two)), (kind, str(three))]
    assert await relations_of(team.owner, one) == [(kind, str(two)), (kind, str(three))]


async def test_tasks_that_have_to_do_with_each_other_may_stand_in_a_circle() -> None:
    team = await make_team()
    one, two, three = await refs_of(team, 3)
    for pair in ((one, two), (two, three), (three, one)):
        assert not isinstance(await outcome_of(relate(team.owner, pair[0], "relates_to", pair[1])), Clash)
    assert await relations_of(team.owner, one) == [("relates_to", str(two)), ("relates_to", str(three))]


async def test_a_task_in_the_trash_still_counts_for_circles_since_it_may_come_back() -> None:
    team = await make_team()
    one, two, three = await refs_of(team, 3)
    await relate(team.owner, one, "blocks", two)
    await relate(team.owner, two, "blocks", three)
    await tasks.trash_task(team.owner, two)
    assert await relations_of(team.owner, one) == []
    assert isinstance(await outcome_of(relate(team.owner, three, "blocks", one)), Clash)
    assert "in the trash" in str(await outcome_of(relate(team.owner, three, "relates_to", two)))


async def test_commands_in_different_projects_do_not_close_a_circle_together() -> None:
    """Six projects around a table, each told at the same moment to block its neighbour: one of them is refused."""
    team = await make_team()
    keys = [
        await projects.create_project(team.owner, {"key": f"{team.key}N{n}", "name": f"Project {n}"}) for n in range(6)
    ]
    for key in keys:
        await tasks.create_task(team.owner, key, {"title": "Wait for the next"})
    refs = [TaskRef(key, 1) for key in keys]
    ring = list(zip(refs, [*refs[1:], refs[0]], strict=True))
    for _ in range(5):
        outcomes = await outcomes_of(relate(team.owner, one, "blocks", two) for one, two in ring)
        assert [type(outcome) for outcome in outcomes].count(Clash) == 1, outcomes
        made = [pair for pair, outcome in zip(ring, outcomes, strict=True) if isinstance(outcome, TaskView)]
        await asyncio.gather(*(unrelate(team.owner, one, "blocks", two) for one, two in made))


async def test_at_most_fifty_relations_of_a_kind_fit_on_either_side() -> None:
    team = await make_team()
    many = await refs_of(team, LIST_LIMIT + 2)
    hub, last = many[0], many[-1]
    for ref in many[1:-1]:
        await relate(team.owner, hub, "blocks", ref)
    for call in (relate(team.owner, hub, "blocks", last), relate(team.owner, last, "blocked_by", hub)):
        assert f"{hub} has {LIST_LIMIT} relations" in str(await outcome_of(call))
    assert await relations_of(team.owner, last) == []
    assert _pairs(await relate(team.owner, hub, "relates_to", last))[-1] == ("relates_to", str(last))


async def test_a_task_that_one_may_not_see_is_not_found_and_does_not_show_as_a_relation() -> None:
    team = await make_team()
    secret, other = await second_project(team, is_private=True), await team.person()
    here, there = (await refs_of(team, 1))[0], (await refs_of(secret, 1))[0]
    for call in (relate(other, here, "blocks", there), unrelate(other, here, "blocks", there)):
        assert isinstance(await outcome_of(call), NotFound)
    await relate(team.owner, here, "blocks", there)
    for read in (
        await get_task(other, here),
        (await list_tasks(other, team.key)).items[0],
        await tasks.edit_task(other, here, {"priority": "high"}),
    ):
        assert read.relations == []
    assert await relations_of(team.owner, here) == [("blocks", str(there))]
    await projects.set_project_member(team.owner, secret.key, other.account_id, "viewer")
    assert await relations_of(other, here) == [("blocks", str(there))]


async def test_a_task_that_is_not_there_is_not_found() -> None:
    team = await make_team()
    (one,) = await refs_of(team, 1)
    for other in (team.ref(99), TaskRef("NOTHERE", 1)):
        for call in (relate(team.owner, one, "blocks", other), relate(team.owner, other, "blocks", one)):
            assert isinstance(await outcome_of(call), NotFound)
