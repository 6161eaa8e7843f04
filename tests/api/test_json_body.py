"""A body says one thing to every reader, or is refused."""

import json
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasktracker.api.json_body import DEPTH_LIMIT, Malformed, read_json
from tests import patience

PATIENCE = 20
"""Seconds: what grows faster than its size takes minutes."""

__all__ = ["patience"]

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
MEGABYTE = 1_000_000


@given(VALUES)
def test_plain_json_is_read_as_it_was_written(value: Any) -> None:
    assert read_json(json.dumps(value).encode()) == value
    assert read_json(json.dumps(value, ensure_ascii=False, indent=1).encode()) == value


def test_thirty_two_levels_are_read() -> None:
    assert read_json(b"[" * DEPTH_LIMIT + b"]" * DEPTH_LIMIT)
    assert read_json(b'{"a":' * DEPTH_LIMIT + b"1" + b"}" * DEPTH_LIMIT)


def test_many_side_by_side_are_not_deep() -> None:
    assert len(read_json(b"[" + b"[{}]," * 1000 + b"1]")) == 1001


@pytest.mark.parametrize("text", [r"[[[[", r"\"[{\\\"", r"\\", "{" * 40])
def test_brackets_in_a_text_are_text(text: str) -> None:
    padding: list[list[str]] = [[]] * DEPTH_LIMIT
    assert read_json(json.dumps([text, *padding, text]).encode()) == [text, *padding, text]


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 33 + b"]" * 33,
        b'{"a":' * 33 + b"1" + b"}" * 33,
        b'["\\"",' * 33 + b"1" + b"]" * 33,
        b"[]," * 100 + b"[" * 33,
        b'{"a": [{"b": ' * 500_000,
    ],
    ids=["lists", "objects", "after strings", "after others", "without an end"],
)
def test_deeper_ones_are_refused(body: bytes) -> None:
    with pytest.raises(Malformed, match="more than 32 deep"):
        read_json(body)


@pytest.mark.parametrize(
    "body",
    [
        b'{"title": "x", "title": "x"}',
        b'[{"a": {"b": 1, "c": 2, "b": 3}}]',
        b'{"a": 1, "\\u0061": 2}',
    ],
)
def test_a_name_that_stands_twice_in_an_object_is_refused(body: bytes) -> None:
    with pytest.raises(Malformed, match="twice in one object"):
        read_json(body)


@pytest.mark.parametrize(("digits", "number"), [("7.0", 7), ("-0.0", 0), ("1e2", 100), ("7.5", 7.5), ("1e300", 1e300)])
def test_a_whole_number_is_one_however_it_is_written(digits: str, number: float) -> None:
    read = read_json(digits.encode())
    assert (read, type(read)) == (number, type(number))


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "-1e400", "9" * 5000])
def test_what_is_no_number_elsewhere_is_refused(number: str) -> None:
    with pytest.raises(Malformed):
        read_json(f'{{"limit": {number}}}'.encode())


@pytest.mark.parametrize(
    "body", [b"", b"\xff", "[1]".encode("utf-16"), b'"\xed\xa0\x80"', b"[1,]", b"{'a': 1}", b"[1] x", b"\xef\xbb\xbf"]
)
def test_what_is_no_json_in_utf_8_is_refused(body: bytes) -> None:
    with pytest.raises(Malformed, match="no valid"):
        read_json(body)


def test_a_byte_order_mark_is_passed_over() -> None:
    assert read_json(b"\xef\xbb\xbf[1]") == [1]


def test_a_name_that_stands_twice_is_found_among_many() -> None:
    names = ",".join(f'"{number}":1' for number in range(80_000))
    started = perf_counter()
    with pytest.raises(Malformed, match="“79999” twice"):
        read_json(f'{{{names},"79999":1}}'.encode())
    assert perf_counter() - started < PATIENCE


@pytest.mark.parametrize(
    "unit", [b"[", b"[],", b'"', b'\\"', b'"\\', b'"[",', b"\\", b'{"', b"]["], ids=lambda unit: unit.decode()
)
def test_the_worst_megabyte_is_judged_in_a_moment(unit: bytes) -> None:
    started = perf_counter()
    for before in (b"", b"[" + b"[]," * DEPTH_LIMIT, b"[" + b"[]," * DEPTH_LIMIT + b'"'):
        with pytest.raises(Malformed):
            read_json(before + unit * (MEGABYTE // len(unit)))
    assert perf_counter() - started < PATIENCE, "the time grows with the size and no faster"
