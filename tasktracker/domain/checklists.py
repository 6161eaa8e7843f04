"""Checklists in Markdown: list items that begin with a box, as in `- [x] done`."""

import re
from collections.abc import Collection

from tasktracker.domain.errors import Clash
from tasktracker.domain.markdown import Box, boxes

_BOX = re.compile(r"\[[ xX]\] ")
"""The first one in its line: before it stand only the marks of lists and quotes."""


def unticked(markdown: str) -> str:
    """The same text with every box empty."""
    return _drawn(markdown, boxes(markdown), is_ticked=False)


def ticked(markdown: str, item: str, *, done: bool) -> str:
    """The same text with the box of that `markdown.Box.item` ticked, or empty. Raises Clash if it is not there."""
    found = [box for box in boxes(markdown) if box.item == item]
    if not found:
        raise Clash("This item is not in the text any more: somebody has changed it. Tick the one that is there now.")
    return _drawn(markdown, found, is_ticked=done)


def steps_between(old: str, new: str) -> tuple[int, int] | None:
    """How many boxes were ticked and how many emptied, if nothing else differs between two texts.

    For telling what happened, many texts at a time: it compares lines, and does not ask whether one of them is code.
    """
    before, after = old.split("\n"), new.split("\n")
    turned = [(was, now) for was, now in zip(before, after, strict=False) if was != now]
    if len(before) != len(after) or any(_emptied(was) != _emptied(now) for was, now in turned):
        return None
    ticks = sum(_emptied(now) != now for _was, now in turned)
    return ticks, len(turned) - ticks


def _emptied(line: str) -> str:
    return _BOX.sub("[ ] ", line, count=1)


def _drawn(markdown: str, wanted: Collection[Box], *, is_ticked: bool) -> str:
    lines = markdown.split("\n")
    for box in wanted:
        if box.is_ticked != is_ticked:
            lines[box.line] = _BOX.sub("[x] " if is_ticked else "[ ] ", lines[box.line], count=1)
    return "\n".join(lines)
