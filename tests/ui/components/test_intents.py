"""What a browser says is checked before anybody acts on it."""

from typing import Any

import pytest

from tasktracker.ui.components.board.board import CreateIntent, MoveIntent, read_move
from tasktracker.ui.components.live_view import ActIntent, EditIntent, read_act, read_create, read_edit, read_number
from tasktracker.ui.components.prose.prose import TickIntent, read_tick
from tasktracker.ui.components.task_properties.task_properties import SaveIntent, read_reminder, read_save
from tasktracker.ui.components.thread.thread import CommentTick, ReactIntent, read_comment_tick, read_react

GOOD: dict[str, Any] = {"number": 12, "column_id": "c1", "after": 3, "before": None, "version": 4}


def test_a_well_formed_move_is_understood() -> None:
    assert read_move(GOOD) == MoveIntent(number=12, column_id="c1", after=3, before=None, version=4)


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": 0},
        {"number": True},
        {"number": "12"},
        {"number": 2**31},
        {"column_id": None},
        {"column_id": ""},
        {"column_id": "c" * 65},
        {"after": "3"},
        {"after": -1},
        {"before": 1.5},
        {"before": [3]},
        {"version": None},
    ],
)
def test_a_malformed_move_is_none(wrong: dict[str, Any]) -> None:
    assert read_move(GOOD | wrong) is None


@pytest.mark.parametrize("raw", [None, 12, "move", [GOOD], []])
def test_what_is_no_object_is_no_move(raw: object) -> None:
    assert read_move(raw) is None


def test_an_open_needs_a_number_and_a_create_a_column() -> None:
    assert read_number(7) == 7
    assert read_number([7]) is None
    assert read_create({"column_id": "c1"}) == CreateIntent("c1")
    assert read_create({"column_id": 5}) is None
    assert read_create([]) is None


def test_a_well_formed_edit_is_understood() -> None:
    raw = {"edits": {"12": {"priority": "high"}, "7": {"due": None}}, "versions": {"12": 3}}
    assert read_edit(raw) == EditIntent({12: {"priority": "high"}, 7: {"due": None}}, {12: 3})


@pytest.mark.parametrize(
    "wrong",
    [
        None,
        [],
        {},
        {"edits": {}},
        {"edits": []},
        {"edits": {"12": {}}},
        {"edits": {"12": "high"}},
        {"edits": {"x": {"priority": "high"}}},
        {"edits": {"0": {"priority": "high"}}},
        {"edits": {"9" * 500: {"priority": "high"}}},
        {"edits": {"²": {"priority": "high"}}},
        {"edits": {"12": {"priority": "high"}}, "versions": {"12": "3"}},
        {"edits": {"12": {"priority": "high"}}, "versions": 3},
        {"edits": {str(number): {"priority": "high"} for number in range(1, 1002)}},
    ],
)
def test_a_malformed_edit_is_none(wrong: Any) -> None:
    assert read_edit(wrong) is None


def test_a_well_formed_act_is_understood() -> None:
    assert read_act({"numbers": [3, 5], "act": "archive"}) == ActIntent((3, 5), "archive")


@pytest.mark.parametrize("wrong", [None, {}, {"numbers": []}, {"numbers": [0]}, {"numbers": [3], "act": "purge"}])
def test_a_malformed_act_is_none(wrong: Any) -> None:
    assert read_act({"act": "archive", **wrong} if wrong else wrong) is None


def test_a_property_is_saved_by_its_name_version_and_token() -> None:
    wanted = {"field": "custom.severity", "value": ["any"], "version": 3, "token": 1}
    assert read_save(wanted) == SaveIntent("custom.severity", ["any"], 3, 1)
    for wrong in ({"field": "position"}, {"field": 1}, {"field": "custom." + "a" * 60}, {"version": 0}, {"token": "1"}):
        assert read_save(wanted | wrong) is None
    assert read_save({"field": "due", "version": 3, "token": 1}) is None
    assert read_save(None) is None


def test_a_reminder_is_a_moment_or_minutes() -> None:
    assert read_reminder({"at": "2026-11-30T09:00:00Z"}) == {"at": "2026-11-30T09:00:00Z"}
    assert read_reminder({"minutes_before": 0}) == {"minutes_before": 0}
    wrongs: list[object] = [{"at": 3}, {"minutes_before": -1}, {"at": "", "minutes_before": 1}, {}, []]
    for wrong in wrongs:
        assert read_reminder(wrong) is None


COMMENT = "01936bcd-7a5e-7000-8000-000000000001"


def test_a_tick_names_its_item_and_what_is_wanted() -> None:
    assert read_tick({"item": "a-1", "done": True}) == TickIntent("a-1", done=True)
    tick = {"id": COMMENT, "item": "a-1", "done": False}
    assert read_comment_tick(tick) == CommentTick(COMMENT, "a-1", done=False)
    for wrong in (None, {"item": "a-1"}, {**tick, "item": ""}, {**tick, "item": "a" * 65}, {**tick, "done": 1}):
        assert read_tick(wrong) is None
    assert read_comment_tick({**tick, "id": "1"}) is None


def test_a_reaction_names_its_comment_and_what_is_wanted() -> None:
    given = {"id": COMMENT, "emoji": "👍", "wanted": True}
    assert read_react(given) == ReactIntent(COMMENT, "👍", wanted=True)
    for wrong in (None, {}, {**given, "id": "1"}, {**given, "emoji": "👍" * 33}, {**given, "wanted": "yes"}):
        assert read_react(wrong) is None
