from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tasktracker.domain.errors import Invalid
from tasktracker.domain.quick_add import TEXT_LIMIT, Chip, Context, QuickAdd, parse, without
from tasktracker.domain.recurrence import clean_recurrence
from tasktracker.domain.task_fields import clean_task_fields
from tests.domain.typed import CONTEXT

MARKERS = [
    "!high", "!1", "!nonsense", "@ana", "@nobody", "#web", "#7", "*bug", '*"needs review"', "*", ">done",
    '>"In progress"', '>"on monday 17:00 x"', "~3", "~x", "start:friday", "start:30/11 9:00", "start:x",
]  # fmt: skip
PHRASES = [
    "today", "tomorrow", "monday", "Monday,", "on sat", "next week", "in 3 days", "30 nov", "nov 30, 2027", "30/11",
    "2026-11-30", "17:00", "5 pm", "at noon", "midnight", "by friday", "due: 30/11", "every day", "every! 2 weeks",
    "every last friday", "every mon, wed and fri", "every 31st", "daily", "every month",
]  # fmt: skip
DATE_WORDS = [
    "sat", "next", "week", "in", "3", "days", "30", "nov", "2027", "24/7", "5", "pm", "at", "on", "by", "due", "every",
    "every!", "last", "and", "15th", "weekday", "other",
]  # fmt: skip
WORDS = [
    "Fix", "login", "the", "for", "Part", "Black", "morning", "a", "-", "Ünïcode", "\u202e", '"quoted', 'x"', "\\",
    "\\n", "C:\\temp", "\\in", '"on monday 9:00"',
]  # fmt: skip


def _stretch(words: list[str], longest: int) -> st.SearchStrategy[str]:
    word = st.tuples(st.sampled_from(["", "", "", "\\", "\\\\"]), st.sampled_from(words), st.sampled_from(" \t\u00a0"))
    return st.lists(word.map("".join), max_size=longest).map("".join)


LINES = st.tuples(
    _stretch(MARKERS + PHRASES, 4), _stretch(WORDS + DATE_WORDS + PHRASES, 6), _stretch(MARKERS + PHRASES, 5)
).map("".join)
CONTEXTS = st.builds(
    lambda now, zone, day_first, first: Context(
        **(vars(CONTEXT) | {"now": now, "zone": ZoneInfo(zone), "day_first": day_first, "first_weekday": first})
    ),
    st.datetimes(
        datetime(1970, 1, 1),  # noqa: DTZ001  hypothesis adds the zone
        datetime(2900, 1, 1),  # noqa: DTZ001  as above
        timezones=st.sampled_from(["UTC", "Asia/Kathmandu", "America/New_York", "Pacific/Kiritimati"]).map(ZoneInfo),
    ),
    st.sampled_from(["Europe/Berlin", "UTC", "America/Los_Angeles", "Pacific/Apia", "Australia/Lord_Howe"]),
    st.booleans(),
    st.integers(0, 6),
)


@given(st.text(max_size=TEXT_LIMIT), CONTEXTS)
def test_any_text_becomes_a_task(text: str, context: Context) -> None:
    _is_sound(text, parse(text, context))


@settings(max_examples=200)
@given(LINES, CONTEXTS)
@example("Fix 1 jan 1900 0:00", CONTEXT)
@example("Fix 31 dec 2999 23:00", replace(CONTEXT, zone=ZoneInfo("America/New_York")))
def test_any_line_of_markers_and_dates_becomes_a_task(line: str, context: Context) -> None:
    _is_sound(line, parse(line, context))


@settings(max_examples=600)
@given(LINES, CONTEXTS)
@example("Part every day 2026-11-30", CONTEXT)
@example(r"\every 31st nov 30, 2027", CONTEXT)
@example("Fix !high !low tomorrow 9:00 at 10:00 friday 12:00", CONTEXT)
def test_a_chip_that_is_removed_becomes_words_of_the_title_and_changes_nothing_else(
    line: str, context: Context
) -> None:
    before = parse(line, context)
    for chip in before.chips:
        after = parse(without(line, chip), context)
        assert _signs(after.chips) == _signs([each for each in before.chips if each != chip])
        assert after.title.split() in _with_words_inserted(before.title.split(), chip.text.split())
        assert _unrelated(after, chip) == _unrelated(before, chip)
        assert chip.kind not in ALONE or getattr(after, chip.kind) is None


@settings(max_examples=200)
@given(LINES.map(lambda line: line.replace("\\", "")), CONTEXTS)
def test_whoever_removes_every_chip_has_the_words_as_they_were_typed(line: str, context: Context) -> None:
    text, task = line, parse(line, context)
    for _ in range(task.title.count(" ") + 2 + len(task.chips)):
        if task.chips:
            text = without(text, task.chips[-1])
            task = parse(text, context)
    assert task.chips == ()
    assert task.title == " ".join(line.split())


@given(st.lists(st.text("abcdefgxyzÄßжあ", min_size=1), min_size=1, max_size=20), CONTEXTS)
def test_a_title_without_markers_and_dates_stays_as_it_is(words: list[str], context: Context) -> None:
    title = " ".join(words)
    assert parse(title, context) == QuickAdd(title=title)


@given(st.sampled_from([*"!@#*>~"]), st.text(st.characters(exclude_categories=["Z", "C"]), max_size=20), CONTEXTS)
def test_a_backslash_makes_a_word_of_any_marker(marker: str, rest: str, context: Context) -> None:
    assert parse(f"Fix \\{marker}{rest}", context) == QuickAdd(title=f"Fix {marker}{rest}")
    assert parse(f"Fix \\\\{marker}{rest}", context) == QuickAdd(title=f"Fix \\{marker}{rest}")


@given(st.text(st.characters(exclude_characters='"', exclude_categories=["Z", "C"])), CONTEXTS)
def test_quoted_text_is_kept_with_its_quotes(text: str, context: Context) -> None:
    assert parse(f'Read "{text} 17:00" !high', context).title == f'Read "{text} 17:00"'


def test_a_line_of_a_thousand_characters_is_read_and_a_longer_one_refused() -> None:
    assert parse("x" * TEXT_LIMIT, CONTEXT).title == "x" * TEXT_LIMIT
    with pytest.raises(Invalid, match="at most 1,000 characters; this has 1,001") as refused:
        parse("x" * (TEXT_LIMIT + 1), CONTEXT)
    assert refused.value.problems[0].pointer == ""


ALONE = {"priority", "project", "column", "estimate", "start", "recurrence"}
_DATES = {"due", "recurrence"}
FIELDS = {"label": {"labels"}, "assignee": {"assignee_ids"}, "due": _DATES, "time": _DATES, "recurrence": _DATES}


def _is_sound(text: str, task: QuickAdd) -> None:
    assert bool(task.title) == bool(text.split())
    assert task.title == " ".join(task.title.split())
    ends = [0]
    for chip in task.chips:
        assert chip.text == text[chip.start : chip.end]
        assert chip.text.strip() == chip.text != ""
        assert chip.start >= ends[-1]
        ends.append(chip.end)
    assert task.recurrence == clean_recurrence(task.recurrence, "")
    for field in ("due", "start", "estimate"):
        value = getattr(task, field)
        assert clean_task_fields({field: value}) == {field: value}


def _signs(chips: Sequence[Chip]) -> list[tuple[str, str]]:
    return [(chip.kind, chip.text) for chip in chips]


def _with_words_inserted(words: list[str], more: list[str]) -> list[list[str]]:
    return [words[:index] + more + words[index:] for index in range(len(words) + 1)]


def _unrelated(task: QuickAdd, chip: Chip) -> dict[str, object]:
    """The fields that the chip has nothing to do with."""
    names = QuickAdd.__dataclass_fields__.keys() - {"title", "chips"} - FIELDS.get(chip.kind, {chip.kind})
    return {name: getattr(task, name) for name in names}
