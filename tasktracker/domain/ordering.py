"""The order of things that people arrange by hand.

A position is a base-62 string, compared byte by byte (`COLLATE "C"` in the database). Between any two positions
there is always another, so that moving one card never touches its neighbours.
"""

from fractional_indexing import generate_key_between, generate_n_keys_between


def position_between(before: str | None, after: str | None) -> str:
    """A position greater than `before` and less than `after`; None is the open end on that side."""
    return str(generate_key_between(before, after))


def positions_after(last: str | None, count: int) -> list[str]:
    """`count` positions in ascending order, all greater than `last`."""
    return [str(key) for key in generate_n_keys_between(last, None, count)]
