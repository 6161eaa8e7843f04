"""A pasted text to the lines that become tasks."""

import re

from tasktracker.domain.errors import Invalid

LINES_LIMIT = 200
"""Tasks from one paste."""

_BULLET = re.compile(r"(?:(?:[-*+•–]|[0-9]{1,3}[.)])(?:\s+|$))?(?:\[[ xX]?\](?:\s+|$))?")


def split_lines(text: str) -> list[str]:
    """The lines that are not empty, without the signs of a list before them. Raises `Invalid` for more than 200."""
    lines = [line for raw in text.splitlines() if (line := _BULLET.sub("", raw.strip(), count=1).strip())]
    if len(lines) > LINES_LIMIT:
        raise Invalid.at("", f"At most {LINES_LIMIT} lines become tasks at once; these are {len(lines):,}.")
    return lines
