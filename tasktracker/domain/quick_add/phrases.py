"""Phrases about time: a day with or without a time, a recurrence, or a start, with the words that introduce them."""

import re
from dataclasses import dataclass, replace
from datetime import date, time

from tasktracker.domain.quick_add.clocks import read_clock
from tasktracker.domain.quick_add.days import read_day
from tasktracker.domain.quick_add.interface import Context, Kind
from tasktracker.domain.quick_add.repeats import read_repeat
from tasktracker.domain.recurrence import Recurrence

_INTRODUCTION = re.compile(r"(?ai)(?:due:? +(?:(on|by|at) +)?|(on|by|at) +)")
_TO_CLOCK = re.compile(r"(?ai),? +(?:(?:at|by) +)?")
_TO_DAY = re.compile(r"(?ai),? +(?:on +)?")
_START = re.compile(r"(?ai)start:")
_SETTING_APART = {",", ";", ":"}
"""As in "Monday: call Ana"."""


@dataclass(frozen=True, slots=True)
class When:
    """A day, a time, or both."""

    day: date | None
    clock: time | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """`is_certain`: it counts anywhere. `is_adjective`: before a noun it belongs to it. `is_word`: see `Day`."""

    kind: Kind
    value: When | Recurrence
    end: int
    is_certain: bool = False
    is_adjective: bool = False
    is_word: bool = False


def read_phrase(line: str, at: int, context: Context) -> Phrase | None:
    """The longest phrase that begins at that place, with the punctuation behind it."""
    phrase = _start(line, at, context) or _repeat(line, at, context) or _due(line, at, context)
    if phrase is None:
        return None
    punctuation = line[phrase.end :].split(" ", 1)[0]
    is_adjective = phrase.is_adjective and not _SETTING_APART & set(punctuation)
    return replace(phrase, end=phrase.end + len(punctuation), is_adjective=is_adjective)


def _start(line: str, at: int, context: Context) -> Phrase | None:
    found = _START.match(line, at)
    phrase = _when(line, found.end(), context) if found else None
    return replace(phrase, kind="start", is_certain=True) if phrase else None


def _repeat(line: str, at: int, context: Context) -> Phrase | None:
    found = read_repeat(line, at, context)
    return Phrase("recurrence", found.recurrence, found.end, is_adjective=found.is_adjective) if found else None


def _due(line: str, at: int, context: Context) -> Phrase | None:
    introduction = _INTRODUCTION.match(line, at)
    if introduction is None:
        phrase = _when(line, at, context)
        return None if phrase is None or phrase.is_word else phrase
    phrase = _when(line, introduction.end(), context)
    return replace(phrase, is_certain=True) if phrase and _fits(introduction, phrase) else None


def _fits(introduction: re.Match[str], phrase: Phrase) -> bool:
    """Nothing is due "on 17:00" or "at tomorrow"."""
    needed = {"on": "day", "at": "clock"}.get((introduction[1] or introduction[2] or "").lower())
    return needed is None or getattr(phrase.value, needed) is not None


def _when(line: str, at: int, context: Context) -> Phrase | None:
    if day := read_day(line, at, context):
        gap = _TO_CLOCK.match(line, day.end)
        if gap and (clock := read_clock(line, gap.end())):
            return Phrase("due", When(day.day, clock.clock), clock.end, is_certain=True)
        return Phrase("due", When(day.day), day.end, is_adjective=day.is_adjective, is_word=day.is_word)
    if clock := read_clock(line, at):
        gap = _TO_DAY.match(line, clock.end)
        if gap and (day := read_day(line, gap.end(), context)):
            return Phrase("due", When(day.day, clock.clock), day.end, is_certain=True)
        return Phrase("time", When(None, clock.clock), clock.end, is_adjective=clock.is_adjective)
    return None
