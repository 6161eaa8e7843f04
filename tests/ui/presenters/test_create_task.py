"""New tasks while they are described."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from tasktracker.services import labels, templates
from tasktracker.services.clock import time_is
from tasktracker.services.queries.tasks import get_task
from tasktracker.ui.presenters.create_task import CreateTaskPresenter, beside, overruled
from tasktracker.ui.presenters.project import ProjectPresenter
from tests.factories import Team, make_team, second_project

WEDNESDAY = datetime(2026, 11, 18, 10, tzinfo=UTC)
PRESET: dict[str, Any] = {"column_id": "todo", "priority": "none", "assignee_ids": [], "label_ids": [], "due": None}


async def describe(team: Team) -> CreateTaskPresenter:
    home = ProjectPresenter(team.owner, team.key)
    _, leave = await home.open(lambda _patch: None)
    leave()
    presenter = CreateTaskPresenter(home)
    presenter.begin(None)
    return presenter


async def read(presenter: CreateTaskPresenter, text: str, turn: int = 1) -> list[dict[str, Any]]:
    reading = await presenter.read(turn, text)
    assert reading is not None
    lines: list[dict[str, Any]] = reading["lines"]
    return lines


async def test_chips_are_told_in_words_with_what_their_pictures_need() -> None:
    with time_is(WEDNESDAY):
        team = await make_team()
        await team.person(name="Ana Lima")
        await labels.add_label(team.owner, team.key, {"name": "bug", "color": "#d4552a"})
        presenter = await describe(team)
        [line] = await read(presenter, "Fix it !h @ana *bug >done ~2.5 tomorrow every 2 weeks")
    told = {chip["kind"]: (chip["name"], chip["look"]) for chip in line["chips"]}
    assert line["title"] == "Fix it"
    assert told == {
        "priority": ("High", "high"),
        "assignee": ("Ana Lima", "Ana Lima"),
        "label": ("bug", "#d4552a"),
        "column": ("Done", "done"),
        "estimate": ("Estimate 2.5", ""),
        "due": ("2026-11-19", ""),
        "recurrence": ("every 2 weeks", ""),
    }


async def test_words_are_told_in_the_readers_language(read_as: Callable[..., None]) -> None:
    team = await make_team()
    presenter = await describe(team)
    read_as("de")
    [line] = await read(presenter, "Fix it !high")
    assert line["chips"][0]["name"] == "Hoch"


async def test_a_line_goes_to_the_project_that_it_names_and_back() -> None:
    team = await make_team()
    other = await second_project(team)
    presenter = await describe(team)
    home = presenter.frame["name"]
    [line] = await read(presenter, f"Fix it #{other.key}")
    assert (presenter.key, line["chips"][0]["name"]) == (other.key, presenter.frame["name"])
    assert not presenter.is_at_home
    await read(presenter, "Fix it", turn=2)
    assert (presenter.key, presenter.frame["name"]) == (team.key, home)


async def test_what_is_made_does_not_depend_on_what_was_understood_before() -> None:
    team = await make_team()
    other = await second_project(team)
    presenter = await describe(team)
    text = f"Fix it !high #{other.key}"
    assert await presenter.settle(text) is False
    made = await presenter.create(text, beside({}, {}, None, None))
    assert [ref.key for ref in made.refs] == [other.key]
    assert (await get_task(team.owner, made.refs[0])).priority == "high"


async def test_a_line_that_is_no_task_says_why_while_it_is_typed() -> None:
    presenter = await describe(await make_team())
    reading = await presenter.read(1, "x" * 1_001)
    assert reading == {"lines": [], "problem": "A line is at most 1,000 characters; this has 1,001. Shorten it."}


async def test_a_subtask_stays_in_the_project_of_its_parent() -> None:
    team = await make_team()
    other = await second_project(team)
    await team.task("The whole")
    presenter = await describe(team)
    presenter.begin(team.ref(1))
    [line] = await read(presenter, f"A part #{other.key}")
    assert (line["title"], presenter.names()["projects"]) == (f"A part #{other.key}", [])
    made = await presenter.create("A part", beside({}, {}, presenter.parent, None))
    assert (await get_task(team.owner, made.refs[0])).parent == str(team.ref(1))


async def test_templates_of_the_project_are_offered() -> None:
    team = await make_team()
    await templates.add_template(team.owner, team.key, {"name": "Bug", "content": {"priority": "high"}})
    presenter = await describe(team)
    await presenter.load_templates()
    assert [each.name for each in presenter.templates.values()] == ["Bug"]


def test_what_was_chosen_by_hand_counts_before_the_line_and_the_rest_behind_it() -> None:
    fields = PRESET | {"priority": "low", "label_ids": ["bug"], "column_id": "todo"}
    found = beside(fields, PRESET, None, None)
    assert found.given == {"priority": "low", "label_ids": ["bug"]}
    assert found.usual == {"column_id": "todo", "assignee_ids": [], "due": None}
    said = {"title": "Fix it", "priority": "high", "column_id": "done", "label_ids": ["web"]}
    assert found.merged(said) == {
        "title": "Fix it", "priority": "low", "column_id": "done", "label_ids": ["web", "bug"], "assignee_ids": [],
        "due": None,
    }  # fmt: skip
    assert list(overruled(fields, PRESET)) == ["priority"]
