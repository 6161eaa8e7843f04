"""A line to a task: what was taken from it as chips and fields, and the rest as the title."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from tasktracker.domain.errors import Invalid
from tasktracker.domain.quick_add.election import Elected, elect
from tasktracker.domain.quick_add.interface import Chip, Context, Kind, QuickAdd
from tasktracker.domain.quick_add.moments import schedule, value_of
from tasktracker.domain.quick_add.parts import Part, read_parts
from tasktracker.domain.quick_add.phrases import When
from tasktracker.domain.quick_add.words import fold
from tasktracker.domain.recurrence import Recurrence

TEXT_LIMIT = 1_000
"""Characters in a line."""


def parse(text: str, context: Context) -> QuickAdd:
    """Read a line. Raises `Invalid` if it is longer than 1,000 characters, and for nothing else.

    If nothing would be left for the title, the whole line is the title, and nothing is taken from it.
    """
    if len(text) > TEXT_LIMIT:
        raise Invalid.at("", f"A line is at most {TEXT_LIMIT:,} characters; this has {len(text):,}. Shorten it.")
    parts = read_parts(text, context)
    elected = elect(parts)
    title = _title(parts, elected)
    return _result(title, text, elected, context) if title else QuickAdd(title=fold(text))


def without(text: str, chip: Chip) -> str:
    """The line with that chip of its own escaped: it reads as before, but the chip's words are part of the title.

    So are its rivals, which would otherwise take its place.
    """
    for start in sorted((chip.start, *chip.rivals), reverse=True):
        text = f"{text[:start]}\\{text[start:]}"
    return text


def _result(title: str, text: str, elected: Sequence[Elected], context: Context) -> QuickAdd:
    said: dict[Kind, list[Any]] = {}
    for each in elected:
        said.setdefault(each.kind, []).append(each.value)
    last = {kind: values[-1] for kind, values in said.items()}
    due, recurrence = schedule(_when(last), last.get("recurrence"), context)
    return QuickAdd(
        title=title,
        priority=last.get("priority"),
        assignee_ids=tuple(dict.fromkeys(said.get("assignee", []))),
        project=last.get("project"),
        labels=tuple(dict.fromkeys(said.get("label", []))),
        column=last.get("column"),
        due=due,
        start=value_of(last["start"], context) if "start" in last else None,
        estimate=last.get("estimate"),
        recurrence=recurrence.to_json() if recurrence else None,
        chips=tuple(_chip(each, text, recurrence, context) for each in elected),
    )


def _title(parts: Sequence[Part], elected: Sequence[Elected]) -> str:
    taken = {each.part.start for each in elected}
    return fold(" ".join(part.text for part in parts if part.start not in taken))


def _when(last: Mapping[Kind, Any]) -> When:
    """The day and the time, which may stand apart."""
    due: When = last.get("due", When(None))
    return replace(due, clock=last["time"].clock) if "time" in last else due


def _chip(elected: Elected, text: str, recurrence: Recurrence | None, context: Context) -> Chip:
    start, end = elected.part.start, elected.part.end
    rivals = tuple(rival.start for rival in elected.rivals)
    return Chip(elected.kind, text[start:end], start, end, _json(elected, recurrence, context), rivals)


def _json(elected: Elected, recurrence: Recurrence | None, context: Context) -> Any:
    if elected.kind == "recurrence":
        return recurrence and recurrence.to_json()
    if not isinstance(when := elected.value, When):
        return elected.value
    return f"{when.clock:%H:%M}" if elected.kind == "time" else value_of(when, context)
