import json
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasktracker.domain.events import (
    GENESIS,
    Change,
    Link,
    changes_between,
    digest_of,
    is_redacted,
    redacted,
)

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)
LINK = Link(
    log_id=uuid4(),
    revision=7,
    kind="TaskEdited",
    subject_id=uuid4(),
    task_id=uuid4(),
    version=3,
    actor_id=uuid4(),
    at=datetime(2026, 11, 30, 12, 30, 15, 123456, UTC),
    request_id="0011223344556677",
    digest=digest_of([]),
)
OTHER: dict[str, Any] = {
    "log_id": uuid4(),
    "revision": 8,
    "kind": "TaskMoved",
    "subject_id": uuid4(),
    "task_id": None,
    "version": 4,
    "actor_id": None,
    "at": LINK.at + timedelta(microseconds=1),
    "request_id": "",
    "digest": digest_of([{"field": "title", "old": "a", "new": "b"}]),
}


def test_anybody_can_recompute_a_hash_from_its_description() -> None:
    link = replace(LINK, log_id=UUID(int=1), subject_id=UUID(int=2), task_id=None, actor_id=UUID(int=3))
    head = (
        b'["00000000-0000-0000-0000-000000000001",7,"TaskEdited","00000000-0000-0000-0000-000000000002",null,3,'
        b'"00000000-0000-0000-0000-000000000003","2026-11-30T12:30:15.123456+00:00","0011223344556677"]'
    )
    assert link.hash_after(GENESIS) == sha256(bytes(32) + sha256(b"[]").digest() + head).digest()


def test_a_moment_is_the_same_in_every_time_zone() -> None:
    in_nepal = replace(LINK, at=LINK.at.astimezone(timezone(timedelta(hours=5, minutes=45))))
    assert in_nepal.hash_after(GENESIS) == LINK.hash_after(GENESIS)


@pytest.mark.parametrize("name", [field.name for field in fields(Link)])
def test_every_field_of_an_event_counts(name: str) -> None:
    assert replace(LINK, **{name: OTHER[name]}).hash_after(GENESIS) != LINK.hash_after(GENESIS)


def test_the_event_before_counts() -> None:
    assert LINK.hash_after(bytes([1]) + bytes(31)) != LINK.hash_after(GENESIS)


@given(JSON)
def test_a_digest_survives_the_order_of_keys_and_any_writing_of_the_json(value: object) -> None:
    changes = [{"field": "x", "old": value, "new": None}]
    turned = [{"new": None, "old": value, "field": "x"}]
    again = json.loads(json.dumps(changes, ensure_ascii=True, indent=2))
    assert digest_of(changes) == digest_of(turned) == digest_of(again)


@given(JSON, JSON)
def test_different_changes_have_different_digests(one: object, other: object) -> None:
    same = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    if not same and one != other:
        assert digest_of([{"field": "x", "new": one}]) != digest_of([{"field": "x", "new": other}])


@pytest.mark.parametrize(
    ("number", "written"), [(1e22, 10**22), (1.0, 1), (-0.0, 0), (7.612830090956539e16, 76128300909565390)]
)
def test_a_whole_number_is_the_same_however_it_is_written(number: float, written: int) -> None:
    assert digest_of([{"new": number}]) == digest_of([{"new": written}])


@pytest.mark.parametrize(("one", "other"), [(1, True), (0, False), (None, False), ("1", 1), ("", None), ([], None)])
def test_values_that_only_look_alike_are_told_apart(one: object, other: object) -> None:
    assert digest_of([{"new": one}]) != digest_of([{"new": other}])


@given(st.dictionaries(st.sampled_from("abcd"), JSON), st.dictionaries(st.sampled_from("abcd"), JSON))
def test_changes_lead_from_before_to_after(before: dict[str, Any], after: dict[str, Any]) -> None:
    changes = changes_between(before, after)
    replayed = {**before, **{change.field: change.new for change in changes}}
    assert all(replayed.get(field) == value for field, value in {**before, **after}.items())
    assert all(change.old != change.new and before.get(change.field) == change.old for change in changes)


def test_a_redacted_change_tells_its_field_and_nothing_it_held() -> None:
    changes = [Change("body", "", "my password is hunter2").as_json(), Change("due", None, "2026-11-30").as_json()]
    assert redacted(changes) == [{"field": "body", "redacted": True}, {"field": "due", "redacted": True}]
    assert is_redacted(redacted(changes))


@pytest.mark.parametrize(
    "changes",
    [
        [],
        [{"field": "title", "old": "a", "new": "b"}],
        [{"field": "body", "redacted": True}, {"field": "title", "old": "a", "new": "b"}],
        [{"field": "body", "redacted": True, "new": "b"}],
        [{"field": "body", "redacted": "b"}],
        [{"field": "body", "redacted": False}],
        ["redacted"],
        [None],
    ],
)
def test_what_still_holds_a_value_is_not_redacted(changes: list[Any]) -> None:
    assert not is_redacted(changes)
