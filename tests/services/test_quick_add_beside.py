"""A line beside fields: which of them counts, and what is understood before anything is made."""

from datetime import UTC, datetime

import pytest

from tasktracker.domain.errors import Forbidden, Invalid, NotFound
from tasktracker.models import Task
from tasktracker.services import labels, projects, templates
from tasktracker.services.clock import time_is
from tasktracker.services.queries.quick_add import lines_of, read_quick_add
from tasktracker.services.queries.tasks import get_task
from tasktracker.services.quick_add import Beside, add_lines
from tests.factories import make_team, second_project
from tests.services.outcomes import outcome_of

WEDNESDAY = datetime(2026, 11, 18, 10, tzinfo=UTC)


async def test_what_is_given_counts_before_the_line_and_the_line_before_what_is_usual() -> None:
    team = await make_team()
    todo, done = (str(team.columns[name].id) for name in ("To do", "Done"))
    beside = Beside(given={"priority": "urgent"}, usual={"column_id": todo, "due": "2026-12-24"})
    await add_lines(team.owner, team.key, ["Fix it !low >done tomorrow"], beside=beside)
    await add_lines(team.owner, team.key, ["Fix that"], beside=beside)
    one, two = [await get_task(team.owner, team.ref(number)) for number in (1, 2)]
    assert (one.priority, str(one.column_id), one.title) == ("urgent", done, "Fix it")
    assert (two.priority, str(two.column_id), str(two.due)) == ("urgent", todo, "2026-12-24")
    assert str(one.due) != "2026-12-24"


async def test_people_and_labels_of_a_line_and_those_beside_it_add_up() -> None:
    team = await make_team()
    ana, ben = await team.person(name="Ana Lima"), await team.person(name="Ben Okafor")
    bug, web = [await labels.add_label(team.owner, team.key, {"name": name}) for name in ("bug", "web")]
    beside = Beside(given={"assignee_ids": [str(ben.account_id)]}, usual={"label_ids": [str(web.id)]})
    await add_lines(team.owner, team.key, ["Fix it @ana @ben *bug"], beside=beside)
    task = await get_task(team.owner, team.ref(1))
    assert set(task.assignee_ids) == {ana.account_id, ben.account_id}
    assert set(task.label_ids) == {bug.id, web.id}


async def test_a_template_gives_what_neither_the_line_nor_the_fields_say() -> None:
    team = await make_team()
    content = {"title": "A bug", "description": "What happens?", "priority": "high", "estimate": 2}
    template = await templates.add_template(team.owner, team.key, {"name": "Bug", "content": content})
    beside = Beside(given={"description": ""}, usual={"priority": "high"}, template_id=template.id)
    await add_lines(team.owner, team.key, ["Fix it !low"], beside=beside)
    task = await get_task(team.owner, team.ref(1))
    assert (task.title, task.description, task.priority, task.estimate) == ("Fix it", "", "low", 2.0)


async def test_all_lines_become_subtasks_of_the_one_beside_them() -> None:
    team = await make_team()
    await team.task("The whole")
    await add_lines(team.owner, team.key, ["One", "Two"], beside=Beside(given={"parent": str(team.ref(1))}))
    assert (await get_task(team.owner, team.ref(1))).subtasks.total == 2


async def test_nothing_makes_no_task() -> None:
    team = await make_team()
    refusal = await outcome_of(add_lines(team.owner, team.key, []))
    assert isinstance(refusal, Invalid)
    assert str(refusal) == "A task needs a title."


async def test_reading_a_line_says_what_is_understood_and_makes_nothing() -> None:
    with time_is(WEDNESDAY):
        team = await make_team()
        reading = await read_quick_add(team.owner, team.key, "Fix login !high @nobody tomorrow")
    assert (reading.project, reading.lines) == (team.key, ["Fix login !high @nobody tomorrow"])
    [said] = reading.said
    assert (said.title, said.priority, said.due) == ("Fix login @nobody", "high", "2026-11-19")
    assert await Task.filter(project_id=team.project.id).count() == 0


async def test_a_line_is_read_with_the_names_of_the_project_that_it_names() -> None:
    team = await make_team()
    other = await second_project(team)
    await labels.add_label(team.owner, other.key, {"name": "only there"})
    line = f"Fix it #{other.key.lower()} *only-there"
    reading = await read_quick_add(team.owner, team.key, line)
    assert (reading.project, reading.said[0].title, reading.said[0].labels) == (other.key, "Fix it", ("only there",))
    stays = await read_quick_add(team.owner, team.key, line, others=False)
    assert (stays.project, stays.said[0].title) == (team.key, line)


async def test_a_project_in_which_one_may_change_nothing_is_text() -> None:
    team = await make_team()
    other, person = await second_project(team), await team.person()
    await projects.set_project_member(team.owner, other.key, person.account_id, "viewer")
    reading = await read_quick_add(person, team.key, f"Fix it #{other.key}")
    assert (reading.project, reading.said[0].title) == (team.key, f"Fix it #{other.key}")
    assert isinstance(await outcome_of(read_quick_add(person, other.key, "Fix it")), Forbidden)
    assert isinstance(await outcome_of(read_quick_add(person, "NOWHERE", "Fix it")), NotFound)


async def test_several_lines_stay_in_their_project() -> None:
    team = await make_team()
    other = await second_project(team)
    reading = await read_quick_add(team.owner, team.key, f"- One #{other.key}\n- Two")
    assert (reading.project, reading.lines) == (team.key, [f"One #{other.key}", "Two"])


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("1. Chapter", ["1. Chapter"]),
        ("- minus", ["- minus"]),
        (" Fix it\n", ["Fix it"]),
        ("- One\n- Two", ["One", "Two"]),
        (" \n ", []),
    ],
)
def test_the_signs_of_a_list_are_taken_off_where_there_is_a_list(text: str, lines: list[str]) -> None:
    assert lines_of(text) == lines
