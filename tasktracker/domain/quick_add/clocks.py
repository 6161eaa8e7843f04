"""Times of day as people write them: `17:00`, `5pm`, `5:30 pm`, `noon`, `midnight`."""

import re
from dataclasses import dataclass
from datetime import time

from tasktracker.domain.quick_add.days import END

_CLOCK = re.compile(rf"(?ai)(?:([0-9]{{1,2}}):([0-9]{{2}})(?: *([ap])m)?|([0-9]{{1,2}}) *([ap])m){END}")
_NAMED = re.compile(rf"(?ai)(noon|midnight){END}")
_HOURS_OF_A_HALF = 12


@dataclass(frozen=True, slots=True)
class Clock:
    """`is_adjective`: before a noun it belongs to it, as in "Midnight train"."""

    clock: time
    end: int
    is_adjective: bool = False


def read_clock(line: str, at: int) -> Clock | None:
    """The time that is written at that place."""
    if found := _NAMED.match(line, at):
        return Clock(time(12 if found[1].lower() == "noon" else 0), found.end(), is_adjective=True)
    if found := _CLOCK.match(line, at):
        hour, minute, half = int(found[1] or found[4]), int(found[2] or 0), found[3] or found[5]
        try:
            return Clock(time(_in_a_day(hour, half), minute), found.end())
        except ValueError:
            return None
    return None


def _in_a_day(hour: int, half: str | None) -> int:
    """0 to 23, from the hour of a half: 12 am is midnight, 12 pm noon. Raises `ValueError` for an hour it lacks."""
    if half is None:
        return hour
    if not 1 <= hour <= _HOURS_OF_A_HALF:
        raise ValueError
    return hour % _HOURS_OF_A_HALF + (_HOURS_OF_A_HALF if half.lower() == "p" else 0)
