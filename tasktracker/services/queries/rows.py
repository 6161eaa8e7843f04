"""JSON that PostgreSQL made, back into typed rows."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson


def rows_of(text: str) -> list[dict[str, Any]]:
    """A JSON array of rows, with `*_id` columns as UUIDs, `*_ids` as lists of them, `*_at` and `*_on` as times."""
    rows: list[dict[str, Any]] = orjson.loads(text)
    return [typed(row) for row in rows]


def typed(row: Mapping[str, Any]) -> dict[str, Any]:
    """One row of those."""
    return {name: _typed(name, value) for name, value in row.items()}


def _typed(name: str, value: Any) -> Any:
    if value is None or name == "external_id":  # somebody else's id, of whatever form
        return value
    if name == "id" or name.endswith("_id"):
        return UUID(value)
    if name.endswith("_ids"):
        return [UUID(each) for each in value]
    if name == "at" or name.endswith("_at"):
        return datetime.fromisoformat(value)
    if name.endswith("_on"):
        return date.fromisoformat(value)
    return value
