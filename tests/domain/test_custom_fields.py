import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasktracker.domain.custom_fields import (
    KINDS,
    OPTION_LIMIT,
    Definition,
    clean_field_key,
    clean_options,
    clean_value,
    is_field_key,
    key_for,
    renamed_options,
    require_options,
)
from tasktracker.domain.errors import Invalid
from tests.domain.test_task_fields import JSON

OPTIONS = ("low", "medium", "high")
PERSON = "019a5c1e-7b1a-7c3e-9d55-0c2f4be8a101"


def cleaned(kind: str, value: Any) -> Any:
    return clean_value(Definition(kind, OPTIONS), value, "/custom/x")


def pointers_of(kind: str, value: Any) -> list[str]:
    with pytest.raises(Invalid) as refused:
        cleaned(kind, value)
    return [problem.pointer for problem in refused.value.problems]


@pytest.mark.parametrize(
    ("kind", "sent", "kept"),
    [
        ("text", "  two\n words ", "two words"),
        ("text", "x" * 500, "x" * 500),
        ("number", 3, 3.0),
        ("number", -1e12, -1e12),
        ("number", 0.12345678, 0.123457),
        ("date", "2026-11-30", "2026-11-30"),
        ("date", "20261130", "2026-11-30"),
        ("select", "high", "high"),
        ("multi_select", ["high", "low", "high"], ["low", "high"]),
        ("multi_select", [], None),
        ("person", PERSON.upper(), PERSON),
        ("url", " HTTPS://Example.com/a?b=c#d ", "https://Example.com/a?b=c#d"),
        ("url", "http://[::1]:8080", "http://[::1]:8080"),
        ("checkbox", False, False),
    ],
)
def test_a_good_value_is_kept_in_one_form(kind: str, sent: Any, kept: Any) -> None:
    assert cleaned(kind, sent) == kept
    assert type(cleaned(kind, sent)) is type(kept)


@pytest.mark.parametrize("kind", KINDS)
def test_null_is_no_value_of_any_kind(kind: str) -> None:
    assert cleaned(kind, None) is None


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text", ""),
        ("text", 5),
        ("text", "x" * 501),
        ("number", "3"),
        ("number", True),
        ("number", float("nan")),
        ("number", float("inf")),
        ("number", 10**400),
        ("number", 1.1e12),
        ("date", "2026-02-30"),
        ("date", "2026-11-30T17:00:00Z"),
        ("date", "1899-12-31"),
        ("date", 20261130),
        ("select", "urgent"),
        ("select", ["high"]),
        ("multi_select", "high"),
        ("multi_select", ["high"] * (OPTION_LIMIT + 1)),
        ("person", "ana"),
        ("url", "javascript:alert(1)"),
        ("url", "https://"),
        ("url", "https://exa mple.com"),
        ("url", "https://example.com:99999"),
        ("url", "http://[bad"),
        ("url", 'https://example.com/"onclick'),
        ("url", "https://example.com/" + "x" * 2_000),
        ("url", "https://example.com/\x00"),
        ("url", 7),
        ("checkbox", "true"),
        ("checkbox", 1),
    ],
)
def test_a_value_that_does_not_fit_its_kind_is_refused(kind: str, value: Any) -> None:
    assert pointers_of(kind, value) == ["/custom/x"]


def test_every_choice_that_there_is_not_is_pointed_at() -> None:
    assert pointers_of("multi_select", ["low", "urgent", ["high"]]) == ["/custom/x/1", "/custom/x/2"]


@given(st.sampled_from(KINDS), JSON)
def test_whatever_is_sent_comes_out_clean_or_is_refused(kind: str, value: Any) -> None:
    kept = _cleaned_or_refusal(kind, value)
    if isinstance(kept, Invalid):
        assert all(problem.pointer.startswith("/custom/x") and problem.detail for problem in kept.problems)
    else:
        assert cleaned(kind, kept) == kept
        assert json.loads(json.dumps(kept)) == kept


def _cleaned_or_refusal(kind: str, value: Any) -> Any:
    try:
        return cleaned(kind, value)
    except Invalid as refusal:
        return refusal


def test_no_number_is_a_negative_zero() -> None:
    assert str(cleaned("number", -0.0000001)) == "0.0"


def test_a_refusal_of_a_long_choice_stays_short() -> None:
    with pytest.raises(Invalid) as refused:
        clean_value(Definition("select", [f"option {n}" for n in range(OPTION_LIMIT)]), "x", "/custom/x")
    assert len(str(refused.value)) < 300


@pytest.mark.parametrize(
    ("name", "key"),
    [("Severity", "severity"), ("Größe (cm)", "grosse_cm"), ("  Über-Alles ", "uber_alles"), ("重要度", "field")],
)
def test_a_key_is_made_of_the_name(name: str, key: str) -> None:
    assert key_for(name, ()) == key


@given(st.text(min_size=1, max_size=50), st.sets(st.sampled_from(["x", "x_2", "field", "field_2"])))
def test_a_made_key_is_always_a_good_one_and_free(name: str, taken: set[str]) -> None:
    key = key_for(name, taken)
    assert is_field_key(key)
    assert key not in taken


def test_a_made_key_counts_on_from_those_that_are_taken() -> None:
    assert key_for("Severity", {"severity", "severity_2"}) == "severity_3"
    assert key_for("x" * 50, {"x" * 40}) == "x" * 38 + "_2"


@pytest.mark.parametrize("key", ["", "Severity", "a-b", "a" * 41, "é", "a\n", None, 5])
def test_a_key_of_other_signs_is_refused(key: Any) -> None:
    with pytest.raises(Invalid):
        clean_field_key(key, "/key")


def test_options_are_trimmed_and_differ_in_more_than_capitals() -> None:
    assert clean_options([" low ", "high"], "/options") == ["low", "high"]
    with pytest.raises(Invalid) as refused:
        clean_options(["low", "High", "", "HIGH", 5], "/options")
    assert [problem.pointer for problem in refused.value.problems] == ["/options/2", "/options/3", "/options/4"]


@pytest.mark.parametrize("options", ["low", [f"option {n}" for n in range(OPTION_LIMIT + 1)]])
def test_too_many_options_or_none_at_all_are_refused(options: Any) -> None:
    with pytest.raises(Invalid):
        clean_options(options, "/options")


def test_a_select_needs_options_and_nothing_else_takes_them() -> None:
    require_options(Definition("select", ["a"]), "/options")
    require_options(Definition("text"), "/options")
    for wrong in (Definition("multi_select"), Definition("text", ["a"])):
        with pytest.raises(Invalid):
            require_options(wrong, "/options")


def test_options_that_come_to_one_name_become_one() -> None:
    assert renamed_options(["low", "high", "blocker"], {"blocker": "high", "low": "minor"}) == ["minor", "high"]
