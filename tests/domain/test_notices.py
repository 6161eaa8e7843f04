"""Whom an event concerns, and why."""

from typing import Any
from uuid import UUID

import pytest

from tasktracker.domain.events import EventKind
from tasktracker.domain.notices import REASONS, notices_of, texts_of

ANA, BEN = UUID(int=1), UUID(int=2)
PEOPLE = {"ana": ANA, "ben": BEN}
ALL_CONCERNED = None


def told(kind: str, field: str, old: Any, new: Any) -> list[tuple[str, UUID | None]]:
    return list(notices_of(kind, [{"field": field, "old": old, "new": new}], PEOPLE))


def test_a_comment_concerns_all_of_the_task_and_whom_it_mentions_most() -> None:
    assert told("CommentAdded", "body", None, "@ana `@ben`") == [("mentioned", ANA), ("commented", ALL_CONCERNED)]


def test_an_edit_speaks_only_to_those_whom_the_text_did_not_mention_before() -> None:
    assert told("CommentEdited", "body", "@ana", "@ben and @ana") == [("mentioned", BEN)]
    assert told("TaskEdited", "description", "@ana", "@ana @ben") == [("mentioned", BEN), ("changed", ALL_CONCERNED)]
    assert told("TaskCreated", "description", "", "@ana") == [("mentioned", ANA)]


def test_a_deleted_or_restored_comment_speaks_to_nobody() -> None:
    assert told("CommentDeleted", "body", "@ana", "") == []
    assert told("CommentRestored", "body", "", "@ana") == []


def test_who_is_newly_assigned_is_told() -> None:
    assert told("TaskCreated", "assignee_ids", [], [str(ANA)]) == [("assigned", ANA)]
    edited = told("TaskEdited", "assignee_ids", [str(ANA)], [str(ANA), str(BEN)])
    assert edited == [("assigned", BEN), ("changed", ALL_CONCERNED)]
    assert told("TaskEdited", "assignee_ids", [str(ANA)], []) == [("changed", ALL_CONCERNED)]


@pytest.mark.parametrize("field", ["title", "column_id", "priority", "due", "start", "estimate", "blocked_by_ids"])
def test_a_change_of_what_matters_is_told(field: str) -> None:
    for kind in ("TaskEdited", "TaskMoved"):
        assert told(kind, field, None, "x") == [("changed", ALL_CONCERNED)]


@pytest.mark.parametrize("field", ["position", "watcher_ids", "label_ids", "external_id"])
def test_a_change_of_what_does_not_matter_is_not_told(field: str) -> None:
    assert told("TaskMoved", field, None, "x") == []


def test_what_a_later_release_may_write_concerns_nobody_and_harms_nothing() -> None:
    assert told("TaskTeleported", "description", "", "@ana") == []
    assert texts_of("TaskTeleported", [{"field": "description", "new": "@ana"}]) == []


def test_a_redacted_event_tells_nothing_of_what_it_held() -> None:
    redacted = [{"field": "body", "redacted": True}]
    assert list(notices_of("CommentAdded", redacted, PEOPLE)) == [("commented", ALL_CONCERNED)]
    assert texts_of("CommentAdded", redacted) == []


def test_every_kind_of_event_can_be_read() -> None:
    for kind in EventKind:
        for reason, _ in notices_of(kind, [{"field": "title", "old": "a", "new": "b"}], PEOPLE):
            assert reason in REASONS
