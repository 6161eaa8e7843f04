"""Which ids in the log have to be named for people."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID


def ids_in(changes: Iterable[Mapping[str, Any]], *others: UUID | None) -> set[str]:
    """Whatever looks like the id of a column, a label or a person in the changes of an event, and the others."""
    values = (value for change in changes for value in (change.get("old"), change.get("new")))
    flat = (each for value in values for each in (value if isinstance(value, list) else [value]))
    return {str(each) for each in flat if _is_id(each)} | {str(each) for each in others if each}


def _is_id(value: Any) -> bool:
    if not isinstance(value, str) or len(value) != 36:  # noqa: PLR2004  characters of a UUID in its usual form
        return False
    try:
        UUID(value)
    except ValueError:
        return False
    return True
