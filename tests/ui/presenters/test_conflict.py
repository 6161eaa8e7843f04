"""Two changes of one field, in words."""

import asyncio
from typing import Any

import pytest

from tasktracker.domain.errors import Conflict
from tasktracker.services import tasks
from tasktracker.services.custom_fields import add_custom_field
from tasktracker.ui.presenters.conflict import Names, api_fields, choices, told, with_typed
from tasktracker.ui.presenters.task import TaskPresenter
from tests.factories import Team, make_team

_EVENING = "December 1, 2030, 4:30\u202fPM"
KINDS: dict[str, dict[str, Any]] = {
    "place": {"kind": "text"},
    "cost": {"kind": "number"},
    "shipped": {"kind": "date"},
    "severity": {"kind": "select", "options": ["low", "high"]},
    "parts": {"kind": "multi_select", "options": ["api", "ui", "docs"]},
    "tester": {"kind": "person"},
    "design": {"kind": "url"},
    "risky": {"kind": "checkbox"},
}


@pytest.fixture
async def team() -> Team:
    team = await make_team()
    for key, field in KINDS.items():
        await add_custom_field(team.owner, team.key, {"name": key.title(), "key": key, **field})
    return team


async def conflict_of(team: Team, base: Any, yours: Any, theirs: Any, field: str = "") -> tuple[Conflict, Names]:
    """One field of a new task (a custom one without a name) was changed twice, by two who saw it alike."""
    values = [{field: value} if field else {"custom": value} for value in (base, theirs, yours)]
    ref = team.ref((await team.task(**values[0])).number)
    presenter = TaskPresenter(team.owner, ref)
    await presenter.load()
    ben = await team.person()
    await tasks.edit_task(ben, ref, values[1])
    with pytest.raises(Conflict) as refused:
        await presenter.edit(values[2])
    await presenter.load()
    people = {str(team.owner.account_id): "Ana", str(ben.account_id): "Ben"}
    return refused.value, presenter.names_for(refused.value, values[2], people)


async def test_texts_stand_side_by_side_and_come_together(team: Team) -> None:
    conflict, names = await conflict_of(team, "One\ntwo\nthree", "One!\ntwo\nthree", "One\ntwo\nthree!", "description")
    assert told(conflict, names).startswith("Somebody else changed the description while")
    (choice,) = await choices(conflict, names)
    assert (choice["merged"], choice["clean"]) == ("One!\ntwo\nthree!", True)
    assert [piece["text"] for piece in choice["pieces"]["yours"] if piece["kind"] == "new"] == ["One!"]
    assert [piece["text"] for piece in choice["pieces"]["theirs"] if piece["kind"] == "gone"] == ["three"]


@pytest.mark.parametrize(
    ("field", "base", "yours", "theirs", "words"),
    [
        ("priority", "none", "high", "low", ["No priority", "High", "Low"]),
        ("due", None, "2030-11-30", "2030-12-01T16:30:00Z", ["", "November 30, 2030", _EVENING]),
        ("estimate", 1, 2.5, None, ["1", "2.5", ""]),
        (
            "recurrence",
            None,
            {"rule": "FREQ=DAILY"},
            {"rule": "FREQ=WEEKLY;BYDAY=MO", "from": "completion"},
            ["", "every day", "every week on Monday, counted from completion"],
        ),
    ],
)
async def test_other_fields_are_three_values_in_words(
    team: Team, field: str, base: Any, yours: Any, theirs: Any, words: list[str]
) -> None:
    conflict, names = await conflict_of(team, base, yours, theirs, field)
    (choice,) = await choices(conflict, names)
    assert list(choice["words"].values()) == words


async def test_custom_fields_of_every_kind_have_their_words(team: Team) -> None:
    me = str(team.owner.account_id)
    yours = {
        "place": "Lisbon",
        "cost": 2.5,
        "shipped": "2030-11-30",
        "severity": "high",
        "parts": ["api"],
        "tester": me,
        "design": "https://example.com",
        "risky": True,
    }
    theirs = {**dict.fromkeys(KINDS, None), "risky": False, "place": "Porto", "parts": ["ui", "docs"]}
    base = {"place": "Faro", "cost": 1, "shipped": "2030-01-01", "severity": "low", "parts": ["ui"], "tester": me}
    del yours["tester"]
    conflict, names = await conflict_of(team, {**base, "design": "https://example.org"}, yours, theirs)
    found = {choice["field"]: choice for choice in await choices(conflict, names)}
    assert found.pop("custom.place")["merged"] == "Lisbon Porto"
    assert {field: choice["words"]["yours"] for field, choice in found.items()} == {
        "custom.cost": "2.5",
        "custom.shipped": "November 30, 2030",
        "custom.severity": "high",
        "custom.parts": "api",
        "custom.design": "https://example.com",
        "custom.risky": "Yes",
    }
    assert found["custom.parts"]["both"] == ["api", "docs"]
    assert "“Cost”" in told(conflict, names)


async def test_a_parent_is_told_by_its_reference(team: Team) -> None:
    mine, other = await team.task("Mine"), await team.task("Theirs")
    conflict, names = await conflict_of(team, None, mine.ref, other.ref, "parent")
    (choice,) = await choices(conflict, names)
    assert list(choice["words"].values()) == ["", mine.ref, other.ref]


def test_what_is_put_together_is_saved_under_the_names_of_the_api() -> None:
    merged = {"title": "Both", "custom.parts": ["api", "ui"]}
    assert api_fields(merged) == {"title": "Both", "custom": {"parts": ["api", "ui"]}}


async def test_who_left_and_what_is_deleted_have_words_in_a_choice() -> None:
    gone = "019a5c1e-7b1a-7c3e-9d55-0c2f4be8a102"
    sides = {"column_id": gone, "label_ids": [gone], "assignee_ids": [gone], "parent_id": gone}
    conflict = Conflict(1, {field: {"base": None, "yours": None, "theirs": value} for field, value in sides.items()})
    assert {each["field"]: each["words"]["theirs"] for each in await choices(conflict, Names({}, {}))} == {
        "column_id": "a deleted column",
        "label_ids": "a deleted label",
        "assignee_ids": "somebody who left",
        "parent_id": "another task",
    }


def test_what_was_typed_since_counts_also_when_it_was_all_taken_out() -> None:
    wanted = {"title": "Old", "description": "Old", "estimate": 1}
    assert with_typed(wanted, {"title": "New", "description": ""}) == {**wanted, "title": "New", "description": ""}
    assert with_typed(wanted, {"title": None, "description": None}) == wanted


async def test_everybody_else_is_served_while_texts_are_compared() -> None:
    shared = [str(number % 50) for number in range(900)]  # so many of each that it takes the most that it may
    sides = {side: "".join(f"{line}\n{side}\n" for line in shared) for side in ("base", "yours", "theirs")}
    drawing = asyncio.ensure_future(choices(Conflict(2, {"description": sides}), Names({}, {})))
    turns = 0
    while not drawing.done():
        await asyncio.sleep(0)
        turns += 1
    assert turns > 10
