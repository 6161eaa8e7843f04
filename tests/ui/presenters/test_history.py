"""The log in words."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from tasktracker.services.views import EventView
from tasktracker.ui.presenters.history import sentence

ANA, BEN = "019a5c1e-7b1a-7c3e-9d55-0c2f4be8a101", "019a5c1e-7b1a-7c3e-9d55-0c2f4be8a102"
NAMES = {ANA: "Ana", BEN: "Ben", "custom.severity": "How bad"}


@pytest.fixture(autouse=True)
def _pool() -> None:
    """These need no database."""


def told(field: str, old: Any, new: Any, kind: str = "TaskEdited") -> str | None:
    """How it reads when Ana changes the field."""
    changes = [{"field": field, "old": old, "new": new}]
    at = datetime(2026, 11, 23, tzinfo=UTC)
    return sentence(EventView(1, 1, kind, UUID(BEN), "WEB-1", UUID(ANA), at, changes, "", "WEB"), NAMES)


def test_a_relation_is_told_when_it_comes_and_when_it_goes() -> None:
    assert told("blocked_by_ids", [], [BEN]) == "noted that this is blocked by another task"
    assert told("duplicates_ids", [BEN], []) == "took back that this is a duplicate of another task"


def test_only_what_one_does_to_other_watchers_is_told() -> None:
    assert told("watcher_ids", [], [BEN]) == "added the watcher Ben"
    assert told("watcher_ids", [BEN], []) == "removed the watcher Ben"
    assert told("watcher_ids", [BEN], [BEN, ANA]) is None


def test_a_reaction_is_told_when_it_comes_and_when_it_goes() -> None:
    assert told("reactions", {"🎉": [BEN]}, {"🎉": [BEN], "👍": [ANA]}) == "answered a comment with 👍"
    assert told("reactions", {"🎉": [BEN, ANA]}, {"🎉": [BEN]}) == "took 🎉 back from a comment"


def test_a_task_that_changes_projects_says_so() -> None:
    changes = [{"field": "title", "old": None, "new": "Fix the login"}]
    at = datetime(2026, 11, 23, tzinfo=UTC)
    kinds = ("TaskLeft", "TaskArrived")
    events = [EventView(1, 1, kind, UUID(BEN), "WEB-1", UUID(ANA), at, changes, "", "WEB") for kind in kinds]
    assert [sentence(event, NAMES) for event in events] == ["took this out of its project", "brought this here"]


@pytest.mark.parametrize(
    ("field", "value", "phrase"),
    [
        ("custom.severity", "high", "set How bad to high"),
        ("custom.severity", None, "cleared How bad"),
        ("custom.customer_contact", ANA, "set customer contact to Ana"),
        ("custom.platforms", ["mac", "linux"], "set platforms to mac, linux"),
        ("custom.budget", 1234567.5, "set budget to 1,234,567.5"),
        ("custom.budget", 20, "set budget to 20"),
        ("custom.urgent", True, "ticked urgent"),
        ("custom.urgent", False, "unticked urgent"),
    ],
)
def test_a_custom_field_is_told_of_by_its_name_and_value(field: str, value: Any, phrase: str) -> None:
    assert told(field, None, value) == phrase


def test_a_tick_is_told_from_an_edit() -> None:
    text = "- [ ] milk\n- [ ] bread"
    assert told("description", text, "- [x] milk\n- [ ] bread") == "ticked 1 item of the checklist"
    assert told("description", "- [x] milk\n- [x] bread", text) == "unticked 2 items of the checklist"
    assert told("description", text, "- [x] milk") == "edited the description"
    assert told("description", None, text) == "edited the description"


def test_a_file_is_told_of_by_its_name() -> None:
    assert told("name", None, "login.png", "AttachmentAdded") == "attached login.png"
    assert told("deleted_at", None, "2026-11-23T09:15:00Z", "AttachmentDeleted") == "deleted an attachment"


def test_what_was_done_is_told_in_the_readers_language(read_as: Callable[..., None]) -> None:
    read_as("de")
    assert told("title", "Old", "New") == "hat dies in „New“ umbenannt"
    assert told("due", None, "2020-11-25") == "hat die Fälligkeit auf 25. November 2020 gesetzt"
    assert told("priority", "none", "urgent") == "hat die Priorität auf „Dringend“ gesetzt"
    assert told("custom.budget", None, 1234567.5) == "hat budget auf 1.234.567,5 gesetzt"
