import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasktracker.domain.errors import NotFound
from tasktracker.domain.references import TaskRef


@given(st.from_regex(r"\A[A-Z][A-Z0-9]{1,9}\Z"), st.integers(min_value=1, max_value=999_999_999))
def test_a_reference_reads_back_as_it_is_written_in_capitals_or_not(key: str, number: int) -> None:
    ref = TaskRef(key, number)
    assert TaskRef.parse(str(ref)) == TaskRef.parse(str(ref).lower()) == ref


@pytest.mark.parametrize(
    "text",
    [
        "",
        "WEB",
        "WEB-",
        "-1",
        "WEB-0",
        "WEB-01",
        "WEB--1",
        "WEB-1 ",
        "W-1",
        "1EB-1",
        "WEB-1234567890",
        "WEB-\u0661",
        "WEB-1\n",
        "W\0B-1",
        "\ud800-1",
    ],
)
def test_what_names_no_task_is_not_found(text: str) -> None:
    with pytest.raises(NotFound):
        TaskRef.parse(text)


@given(st.text(alphabet=st.characters()))
def test_any_text_is_a_reference_or_refused_with_a_sentence_that_can_be_shown(text: str) -> None:
    with contextlib.suppress(NotFound):
        assert TaskRef.parse(text).number > 0
        return
    with pytest.raises(NotFound) as refused:
        TaskRef.parse(text)
    assert len(str(refused.value).encode()) < 300
