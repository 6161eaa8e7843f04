"""Whatever is written is read or refused with a place, and nothing else ever happens."""

from contextlib import suppress

from hypothesis import example, given
from hypothesis import strategies as st

from tasktracker.domain.errors import FilterProblem
from tasktracker.domain.filter_language.dates import WORDS
from tasktracker.domain.filter_language.fields import FIELDS, HAS, IS, STATES
from tasktracker.domain.filter_language.formatting import format_filter
from tasktracker.domain.filter_language.nodes import Node
from tasktracker.domain.filter_language.parser import parse
from tasktracker.domain.task_fields import PRIORITIES

NAMES = st.sampled_from([*FIELDS, "field.team", "field.", "assigne", "é", ""])
OPERATORS = st.sampled_from(["", "=", "<", "<=", ">", ">=", "<>"])
QUOTED = st.text(max_size=6).map(lambda text: '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"')
VALUES = (
    st.sampled_from([*STATES, *PRIORITIES, *HAS, *IS, *WORDS])
    | st.sampled_from(
        ["me", "@ana", "none", "any", "bug", "WEB-12", "web", "+7d", "-6h", "2026-11", "3", "2.5", ".5", ""]
    )
    | QUOTED
)
RANGES = st.tuples(VALUES, VALUES).map("..".join)
COMPARISONS = st.tuples(NAMES, OPERATORS, st.lists(VALUES | RANGES, max_size=3).map(",".join)).map(
    lambda parts: f"{parts[0]}:{parts[1]}{parts[2]}"
)
MARKS = st.sampled_from(["(", ")", "-", "NOT ", "not(", " OR ", "or ", " and ", ",", ":", "..", '"', "\\", "=", "\0"])


def _grouped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pair = st.tuples(inner, st.sampled_from([" ", " OR ", " or ", " AND ", ""]), inner).map("".join)
    return pair | inner.map(lambda text: f"({text})") | inner.map(lambda text: f"-{text}") | inner.map("NOT {}".format)


FILTERS = st.recursive(COMPARISONS | QUOTED | st.sampled_from(["bug", "or", "x-y", "5%"]), _grouped, max_leaves=12)
BROKEN = st.lists(FILTERS | MARKS | st.text(max_size=2), max_size=6).map("".join)


@given(st.text(alphabet=st.characters()))
@example("İ:1")
@example("K:" + "K" * 998)
@example('"' * 1_000)
@example("\\" * 1_000)
@example("-(" * 500)
@example("label:" + "," * 994)
@example("field.a:" + "." * 992)
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    _check(text)


@given(BROKEN)
def test_any_broken_filter_is_read_or_refused_with_a_place(text: str) -> None:
    _check(text)


@given(FILTERS | BROKEN)
def test_the_plainest_form_says_the_same_and_is_no_longer(text: str) -> None:
    with suppress(FilterProblem):
        node = parse(text)
        plainest = format_filter(node)
        assert _read(plainest) == node
        assert format_filter(_read(plainest)) == plainest
        assert len(plainest) <= len(text)


def _check(text: str) -> None:
    try:
        parse(text)
    except FilterProblem as problem:
        places = problem.start, problem.end, len(text)
        sentence = str(problem)
    else:
        return
    assert 0 <= places[0] < places[1] <= places[2]
    assert sentence.endswith((".", "?"))
    assert len(sentence) < 400


def _read(text: str) -> Node | None:
    """As `parse`, where a refusal is a failure of the test."""
    try:
        return parse(text)
    except FilterProblem as problem:
        raise AssertionError(text) from problem
