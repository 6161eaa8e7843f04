"""Rules: what may be written, and which events start one."""

from typing import Any

import pytest

from tasktracker.domain.errors import Invalid
from tasktracker.domain.rules import clean_actions, clean_events, starts

ID = "019a5c1e-7b1a-7c3e-9d55-0c2f4be8a101"


def pointers(call: Any, value: Any) -> list[str]:
    with pytest.raises(Invalid) as refused:
        call(value, "/here")
    return [problem.pointer for problem in refused.value.problems]


def change(field: str, old: Any = None, new: Any = None) -> dict[str, Any]:
    return {"field": field, "old": old, "new": new}


def test_events_are_kept_once_each() -> None:
    events = ["created", "due", "changed:priority", "changed:custom.severity", "created"]
    assert clean_events(events, "/events") == ["created", "due", "changed:priority", "changed:custom.severity"]


@pytest.mark.parametrize(
    ("value", "where"),
    [
        (None, ["/here"]),
        ("created", ["/here"]),
        ([], ["/here"]),
        (["created"] * 21, ["/here"]),
        (["created", "destroyed", 7, None, ["due"]], ["/here/1", "/here/2", "/here/3", "/here/4"]),
        (["changed:", "changed:position", "changed:custom.", "changed:custom.Ä", "priority"],
         ["/here/0", "/here/1", "/here/2", "/here/3", "/here/4"]),
    ],
)  # fmt: skip
def test_an_event_that_nobody_knows_is_refused(value: Any, where: list[str]) -> None:
    assert pointers(clean_events, value) == where


def test_actions_are_normalised() -> None:
    actions = [
        {"do": "set", "fields": {"title": "  New   title ", "priority": "high", "due": "2026-11-30T17:00:00+01:00"}},
        {"do": "add_labels", "label_ids": [ID.upper(), ID]},
        {"do": "move", "column_id": ID},
        {"do": "comment", "body": "Thank you \r\n"},
        {"do": "archive"},
    ]
    assert clean_actions(actions, "/actions") == [
        {"do": "set", "fields": {"title": "New title", "priority": "high", "due": "2026-11-30T16:00:00Z"}},
        {"do": "add_labels", "label_ids": [ID]},
        {"do": "move", "column_id": ID},
        {"do": "comment", "body": "Thank you"},
        {"do": "archive"},
    ]


@pytest.mark.parametrize(
    ("action", "where"),
    [
        ("archive", ""),
        ({}, "/do"),
        ({"do": "destroy"}, "/do"),
        ({"do": "archive", "when": "now"}, "/when"),
        ({"do": "move"}, "/column_id"),
        ({"do": "move", "column_id": "Done"}, "/column_id"),
        ({"do": "add_labels"}, "/label_ids"),
        ({"do": "add_labels", "label_ids": []}, "/label_ids"),
        ({"do": "remove_assignees", "assignee_ids": [ID, "me"]}, "/assignee_ids/1"),
        ({"do": "comment", "body": "  "}, "/body"),
        ({"do": "set"}, "/fields"),
        ({"do": "set", "fields": {}}, "/fields"),
        ({"do": "set", "fields": {"priority": "highest"}}, "/fields/priority"),
        ({"do": "set", "fields": {"column_id": ID}}, "/fields/column_id"),
        ({"do": "set", "fields": {"parent": "WEB-1"}}, "/fields/parent"),
        ({"do": "set", "fields": {"colour": "red"}}, "/fields/colour"),
    ],
)
def test_an_action_that_makes_no_sense_is_refused(action: Any, where: str) -> None:
    assert pointers(clean_actions, [{"do": "archive"}, action]) == [f"/here/1{where}"]


def test_everything_wrong_is_named_at_once() -> None:
    actions = [{"do": "move", "column_id": "x"}, {"do": "comment", "body": 7}]
    assert pointers(clean_actions, actions) == ["/here/0/column_id", "/here/1/body"]


@pytest.mark.parametrize(
    ("event", "kind", "changes", "does"),
    [
        ("created", "TaskCreated", [change("title", None, "x")], True),
        ("created", "TaskEdited", [change("title", None, "x")], False),
        ("edited", "TaskEdited", [change("title")], True),
        ("edited", "TaskMoved", [change("position"), change("column_id"), change("completed_at")], False),
        ("edited", "TaskMoved", [change("column_id"), change("priority")], True),
        ("edited", "TaskArchived", [change("archived_at")], False),
        ("moved", "TaskMoved", [change("column_id"), change("position")], True),
        ("moved", "TaskMoved", [change("position")], False),
        ("completed", "TaskMoved", [change("completed_at", None, "2026")], True),
        ("completed", "TaskMoved", [change("completed_at", "2026", None)], False),
        ("completed", "TaskCreated", [change("completed_at", None, "2026")], True),
        ("reopened", "TaskMoved", [change("completed_at", "2026", None)], True),
        ("reopened", "TaskMoved", [change("column_id")], False),
        ("commented", "CommentAdded", [change("body")], True),
        ("commented", "CommentEdited", [change("body")], False),
        ("due", "TaskFellDue", [], True),
        ("changed:priority", "TaskEdited", [change("title"), change("priority")], True),
        ("changed:priority", "TaskMoved", [change("column_id"), change("priority")], True),
        ("changed:priority", "TaskEdited", [change("title")], False),
        ("changed:priority", "TaskCreated", [change("priority")], False),
        ("changed:parent", "TaskEdited", [change("parent_id")], True),
        ("changed:custom.severity", "TaskEdited", [change("custom.severity")], True),
    ],
)
def test_an_event_starts_the_rules_that_wait_for_it(
    event: str, kind: str, changes: list[dict[str, Any]], *, does: bool
) -> None:
    assert starts([event], kind, changes) is does
    assert starts(["due", event], kind, changes) is does or event == "due"
