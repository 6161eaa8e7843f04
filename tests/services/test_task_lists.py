"""Lists of tasks: whatever the filter and the order, part by part and each task once."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasktracker.domain.errors import FilterProblem, NotFound
from tasktracker.domain.filter_language.parser import parse
from tasktracker.domain.task_fields import PRIORITIES
from tasktracker.models import Project
from tasktracker.services import projects, tasks
from tasktracker.services.clock import time_is
from tasktracker.services.queries.lists import ladder, reading, statement
from tasktracker.services.queries.lists.stages import Pace
from tasktracker.services.queries.projects import list_columns
from tasktracker.services.queries.tasks import list_all_tasks, list_tasks
from tasktracker.services.views import Page, TaskView
from tests.factories import make_team
from tests.patience import sequences
from tests.services.filter_evaluator import Evaluator
from tests.services.filter_terms import CHOSEN, IN_ONE_PROJECT, ORDERED, WORDS, comparisons
from tests.services.filter_world import NOW, Fact, World, make_world
from tests.services.outcomes import outcome_of, pointers_of

KEYS: dict[str, Callable[[Fact], Any]] = {
    "number": lambda fact: fact.number,
    "created": lambda fact: fact.created,
    "updated": lambda fact: fact.updated,
    "due": lambda fact: _end_of(fact.due),
    "start": lambda fact: _end_of(fact.start),
    "completed": lambda fact: fact.completed,
    "priority": lambda fact: PRIORITIES.index(fact.priority),
    "estimate": lambda fact: fact.estimate,
    "title": lambda fact: fact.title.lower(),
}
TERMS = [*WORDS, *(each for field in (*CHOSEN, *ORDERED) if field not in IN_ONE_PROJECT for each in comparisons(field))]
FILTERS = st.just("") | st.lists(st.sampled_from(TERMS), min_size=1, max_size=2).map(" ".join)
SORTS = st.sampled_from([sign + key for key in KEYS for sign in ("", "-")])
Read = Callable[[str | None], Awaitable[Page[TaskView]]]


@pytest.fixture(scope="module")
async def world() -> World:
    return await make_world(seed=2)


@pytest.fixture(params=["few are looked through", "few are looked through by who sees few", "all are looked through"])
def looks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """So few that a hundred tasks take every way through the statement."""
    if request.param.startswith("few"):
        pace = Pace(size=51, look=3, look_on=12, worth=1, small=6)
        monkeypatch.setattr(reading, "pace_for", lambda limit: replace(pace, size=limit + 1))
        monkeypatch.setattr(ladder, "LOOK", 3)
    if request.param.endswith("sees few"):
        monkeypatch.setattr(statement, "IS_NARROW", "true")


@pytest.mark.usefixtures("looks")
@sequences(15)
@given(FILTERS, SORTS, st.sampled_from(["one", "all"]), st.integers(5, 40))
async def test_a_list_holds_what_its_filter_describes_in_its_order_and_each_task_once(
    world: World,
    pattern: str,
    sort: str,
    which: str,
    limit: int,
) -> None:
    me = next(handle for handle in world.people if handle.startswith("ana"))
    names = {handle.partition(".")[0]: handle for handle in world.people}
    query = pattern.format(key=world.team.key, other=world.other, **names)
    actor = world.people[me]
    asked: dict[str, Any] = {"query": query, "sort": sort, "limit": limit}

    async def read(cursor: str | None) -> Page[TaskView]:
        if which == "one":
            return await list_tasks(actor, world.team.key, cursor=cursor, **asked)
        return await list_all_tasks(actor, cursor=cursor, **asked)

    with time_is(NOW):
        found = await _walk(read)
    ids = {each.key: each.id for each in await Project.filter(workspace_id=world.team.workspace.id)}
    facts = [fact for fact in world.facts.values() if which == "all" or fact.project == world.team.key]
    fitting = [fact for fact in _shown(facts, query) if Evaluator(world, me, "UTC").fits(parse(query), fact)]
    assert found == [fact.ref for fact in _sorted(fitting, sort, ids)], (query, sort)


async def test_the_order_of_the_board_is_that_of_its_columns(world: World) -> None:
    actor = world.people[next(iter(world.people))]
    columns = [column.name for column in await list_columns(actor, world.team.key)]
    facts = _shown([fact for fact in world.facts.values() if fact.project == world.team.key], "")
    expected = [each.ref for each in sorted(facts, key=lambda fact: (columns.index(fact.column), fact.number))]
    for sort, order in (("position", expected), ("-position", expected[::-1])):
        for query, limit in (("", 7), ("label:bug", 3), ("-label:bug", 50)):
            found = await _walk(partial(_board, world, query, sort, limit))
            assert found == [ref for ref in order if Evaluator(world, "", "UTC").fits(parse(query), world.facts[ref])]
    assert await pointers_of(list_all_tasks(actor, sort="position")) == ["/query/sort"]


async def test_an_order_that_there_is_not_is_refused_with_those_that_there_are() -> None:
    team = await make_team()
    refused = await outcome_of(list_tasks(team.owner, team.key, sort="--number"))
    assert str(refused).startswith(
        "Sort by one of: number, created, updated, due, start, completed, priority, estimate,"
    )


async def test_a_cursor_is_good_for_the_list_that_it_is_of_and_for_no_other() -> None:
    team, other = await make_team(), await make_team()
    for _ in range(3):
        await team.task("Fix the login")
    page = await list_tasks(team.owner, team.key, query="login -bug", sort="due", limit=1)
    again: dict[str, Any] = {"query": "login AND NOT bug", "sort": "due", "limit": 2, "cursor": page.cursor}
    assert [task.number for task in (await list_tasks(team.owner, team.key, **again)).items] == [2, 3]
    for change in ({"query": "login"}, {"sort": "-due"}, {"sort": "start"}, {"state": "active"}):
        assert await pointers_of(list_tasks(team.owner, team.key, **{**again, **change})) == ["/query/cursor"]
    assert await pointers_of(list_all_tasks(team.owner, **again)) == ["/query/cursor"]
    assert await pointers_of(list_tasks(other.owner, other.key, **again)) == ["/query/cursor"]


async def test_a_list_goes_on_behind_the_last_task_though_it_has_changed() -> None:
    team = await make_team()
    for number in range(1, 6):
        await team.task(f"Task {number}", due=f"2026-12-0{number}")
    page = await list_tasks(team.owner, team.key, sort="due", limit=2)
    await tasks.edit_task(team.owner, team.ref(2), {"due": None})
    await tasks.edit_task(team.owner, team.ref(5), {"due": "2026-11-01"})
    rest = await list_tasks(team.owner, team.key, sort="due", cursor=page.cursor)
    assert [task.number for task in rest.items] == [3, 4, 2]


async def test_longest_titles_have_cursors_too() -> None:
    team = await make_team()
    for sign in "ab":
        await team.task(("🎉" + sign) * 150)
    page = await list_tasks(team.owner, team.key, sort="title", limit=1)
    rest = await list_tasks(team.owner, team.key, sort="title", limit=1, cursor=page.cursor)
    assert ([task.number for task in rest.items], rest.cursor) == ([2], None)


async def test_archive_and_trash_are_left_out_unless_they_are_named() -> None:
    team = await make_team()
    for _ in range(4):
        await team.task()
    await tasks.archive_task(team.owner, team.ref(2))
    await tasks.trash_task(team.owner, team.ref(3))
    await tasks.archive_task(team.owner, team.ref(4))
    await tasks.trash_task(team.owner, team.ref(4))
    found = {
        query: [task.number for task in (await list_tasks(team.owner, team.key, query=query, sort="number")).items]
        for query in ("", "is:archived", "is:trashed", "is:archived,open", "-is:trashed", "is:trashed -is:archived")
    }
    assert found == {
        "": [1], "is:archived": [2], "is:trashed": [3, 4], "is:archived,open": [1, 2], "-is:trashed": [1],
        "is:trashed -is:archived": [3],
    }  # fmt: skip
    by_state = {
        state: [task.number for task in (await list_tasks(team.owner, team.key, state=state, sort="number")).items]
        for state in ("active", "archived", "trashed")
    }
    assert by_state == {"active": [1], "archived": [2], "trashed": [3, 4]}
    assert (await list_tasks(team.owner, team.key, state="active", query="is:archived")).items == []


async def test_tasks_of_all_projects_are_those_that_somebody_may_see() -> None:
    team, stranger = await make_team(), await make_team()
    hidden = await projects.create_project(team.owner, {"key": f"{team.key}H", "name": "H", "is_private": True})
    old = await projects.create_project(team.owner, {"key": f"{team.key}O", "name": "Old"})
    for key in (team.key, hidden, old):
        await tasks.create_task(team.owner, key, {"title": "Here"})
    await stranger.task("Elsewhere")
    await projects.archive_project(team.owner, old)
    assert await _refs(list_all_tasks(team.owner)) == {f"{team.key}-1", f"{hidden}-1"}
    assert await _refs(list_all_tasks(team.owner, query=f"project:{old},{team.key}")) == {f"{team.key}-1", f"{old}-1"}
    assert await _refs(list_all_tasks(team.owner, query=f"ref:{old}-1")) == {f"{old}-1"}
    assert await _refs(list_all_tasks(await team.person())) == {f"{team.key}-1"}
    assert await _refs(list_all_tasks(await team.person("guest"))) == set()


async def test_a_wrong_filter_tells_nothing_of_a_project_that_is_not_there() -> None:
    team, stranger = await make_team(), await make_team()
    for query in ("", "label:nothing", "is:overdue"):
        assert isinstance(await outcome_of(list_tasks(stranger.owner, team.key, query=query)), NotFound)
    assert isinstance(await outcome_of(list_tasks(team.owner, team.key, query="label:nothing")), FilterProblem)


async def _board(world: World, query: str, sort: str, limit: int, cursor: str | None) -> Page[TaskView]:
    actor = world.people[next(iter(world.people))]
    return await list_tasks(actor, world.team.key, query=query, sort=sort, limit=limit, cursor=cursor)


async def _walk(read: Read) -> list[str]:
    """The references of the whole list, part by part."""
    found: list[str] = []
    cursor = None
    while True:
        page = await read(cursor)
        found += [task.ref for task in page.items]
        if (cursor := page.cursor) is None:
            return found


async def _refs(call: Awaitable[Page[TaskView]]) -> set[str]:
    return {task.ref for task in (await call).items}


def _shown(facts: list[Fact], query: str) -> list[Fact]:
    """Those that are not left out by themselves."""
    archive, trash = (
        any(sign + name in query for sign in ("is:", ",")) or f"{name}:" in query for name in ("archived", "trashed")
    )
    return [fact for fact in facts if (trash if fact.trashed else archive or not fact.archived)]


def _sorted(facts: list[Fact], sort: str, ids: dict[str, Any]) -> list[Fact]:
    key, is_descending = KEYS[sort.removeprefix("-")], sort.startswith("-")
    ties = sorted(facts, key=lambda fact: (ids[fact.project], fact.number), reverse=is_descending)
    valued = [fact for fact in ties if key(fact) is not None]
    return [*sorted(valued, key=key, reverse=is_descending), *(fact for fact in ties if key(fact) is None)]


def _end_of(when: date | datetime | None) -> datetime | None:
    """A day counts until its end."""
    if when is None or isinstance(when, datetime):
        return when
    return datetime.combine(when + timedelta(days=1), time(), UTC)
