"""How a problem speaks of what people wrote."""

from collections.abc import Iterable
from difflib import get_close_matches

_SHOWN = 40
"""Characters of a wrong word that are repeated to the person who wrote it."""


def shown(text: str) -> str:
    """The text, or its beginning if it is long."""
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word that comes nearest, if one is near."""
    return next(iter(get_close_matches(word.lower(), list(known), n=1)), None)
