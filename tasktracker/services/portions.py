"""How many rows go into one statement."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

Each = TypeVar("Each")
AT_ONCE = 1_000


def portions(rows: Sequence[Each]) -> Iterator[Sequence[Each]]:
    """The rows in their order, as many at a time as go into one statement."""
    return (rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE))
