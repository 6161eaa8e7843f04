from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasktracker.domain.errors import Invalid
from tasktracker.domain.task_fields import DEFAULTS, LIST_LIMIT, PRIORITIES, clean_task_fields

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)
FIELDS = list(DEFAULTS)

DAYS = st.dates(date(1900, 1, 1), date(2999, 12, 31))


def problems_of(raw: dict[str, Any]) -> list[str]:
    with pytest.raises(Invalid) as refused:
        clean_task_fields(raw)
    return [problem.pointer for problem in refused.value.problems]


def test_every_problem_is_told_at_once_and_where_it_stands() -> None:
    raw = {
        "title": " ",
        "description": 5,
        "column_id": "to do",
        "priority": "asap",
        "assignee_ids": [str(uuid4()), "ada", str(uuid4()), 7],
        "label_ids": "bug",
        "due": "tomorrow",
        "colour": "red",
    }
    assert problems_of(raw) == [
        "/title", "/description", "/column_id", "/priority", "/assignee_ids/1", "/assignee_ids/3", "/label_ids",
        "/due", "/colour",
    ]  # fmt: skip


def test_a_pointer_leads_to_a_field_of_any_name() -> None:
    assert problems_of({"a/b~c": 1}) == ["/a~1b~0c"]


def test_an_unknown_field_is_answered_with_the_known_ones() -> None:
    with pytest.raises(Invalid, match="has no field “colour”; it has title, description, column_id, priority"):
        clean_task_fields({"colour": "red"})


@given(st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=5), JSON))
def test_whatever_is_sent_comes_out_clean_or_is_refused_with_pointers(raw: dict[str, Any]) -> None:
    outcome = _clean_or_refusal(raw)
    if isinstance(outcome, Invalid):
        assert outcome.problems
        assert all(problem.pointer.startswith("/") and problem.detail for problem in outcome.problems)
    else:
        assert outcome.keys() == raw.keys()
        assert clean_task_fields(outcome) == outcome


@given(DAYS, st.sampled_from(PRIORITIES), st.uuids(), st.lists(st.uuids(), max_size=LIST_LIMIT))
def test_good_values_come_out_in_one_form(due: date, priority: str, column: UUID, people: list[UUID]) -> None:
    raw = {
        "due": due.isoformat(),
        "priority": priority,
        "column_id": column.hex.upper(),
        "assignee_ids": [f"{{{each}}}" for each in people] + [str(each) for each in people[:1]],
    }
    if len(raw["assignee_ids"]) > LIST_LIMIT:
        raw["assignee_ids"] = raw["assignee_ids"][:LIST_LIMIT]
    assert clean_task_fields(raw) == {
        "due": due.isoformat(),
        "priority": priority,
        "column_id": str(column),
        "assignee_ids": [str(each) for each in dict.fromkeys(people)],
    }


def test_a_task_takes_fifty_people_and_no_more() -> None:
    assert len(clean_task_fields({"assignee_ids": [str(uuid4()) for _ in range(LIST_LIMIT)]})["assignee_ids"]) == 50
    assert problems_of({"assignee_ids": [str(uuid4()) for _ in range(LIST_LIMIT + 1)]}) == ["/assignee_ids"]


@pytest.mark.parametrize("due", ["2026-02-30", "30.11.2026", "2026-11-30T12:00:00", "", 20261130, []])
def test_a_day_that_does_not_exist_is_refused(due: object) -> None:
    assert problems_of({"due": due}) == ["/due"]


def test_no_day_is_a_day_too() -> None:
    assert clean_task_fields({"due": None}) == {"due": None}


def _clean_or_refusal(raw: dict[str, Any]) -> dict[str, Any] | Invalid:
    try:
        return clean_task_fields(raw)
    except Invalid as refusal:
        return refusal


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "3000-01-01", "9999-12-31"])
def test_a_due_day_that_no_calendar_needs_is_refused(day: str) -> None:
    with pytest.raises(Invalid, match="between the years 1900 and 2999"):
        clean_task_fields({"due": day})
