"""Where a list goes on: an opaque text that holds the sort key of the last item sent."""

import base64
import binascii
import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson

from tasktracker.domain.errors import Invalid

LONGEST = 2_000
"""Characters in a cursor: that of a list by title holds one."""
LIMIT = 100
"""Items in one answer, at most."""


def encode_cursor(*values: Any) -> str:
    """A cursor for the given JSON values."""
    return base64.urlsafe_b64encode(orjson.dumps(values)).decode().rstrip("=")


def decode_cursor(cursor: str | None, *types: type) -> list[Any] | None:
    """The values again, of these types (`object`: of any); None for no cursor.

    Raises Invalid for a text that no answer contained.
    """
    if cursor is None:
        return None
    if len(cursor) > LONGEST:
        raise not_ours()
    try:
        values = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError):
        raise not_ours() from None
    if not isinstance(values, list) or len(values) != len(types) or not all(map(_is, values, types)):
        raise not_ours()
    return values


def decode_moment_and_id(cursor: str | None) -> tuple[datetime | None, UUID | None]:
    """The sort key of a list by time, as `moment_cursor` wrote it; two None for no cursor. Raises Invalid."""
    values = decode_cursor(cursor, str, str)
    return (None, None) if values is None else moment_and_id(*values)


def moment_and_id(at: str, item_id: str) -> tuple[datetime, UUID]:
    """Of values that a cursor held. Raises Invalid."""
    try:
        return datetime.fromisoformat(at).astimezone(UTC), UUID(item_id)
    except (ValueError, OverflowError):
        raise not_ours() from None


def moment_cursor(at: datetime, item_id: UUID) -> str:
    """Where a list by time goes on."""
    return encode_cursor(at.isoformat(), str(item_id))


def decode_place(cursor: str | None, end: int) -> int:
    """How many items of a list of at most `end` were sent already; 0 for no cursor. Raises Invalid."""
    values = decode_cursor(cursor, int)
    if values is None:
        return 0
    if not 0 < values[0] < end:
        raise not_ours()
    return int(values[0])


def clean_limit(limit: int) -> int:
    """The number of items asked for. Raises Invalid outside 1 to `LIMIT`."""
    if not 1 <= limit <= LIMIT:
        raise Invalid.at("/query/limit", f"Ask for 1 to {LIMIT} items at a time.")
    return limit


def _is(value: Any, kind: type) -> bool:
    return kind is object or type(value) is kind


def not_ours() -> Invalid:
    """What refuses a cursor that no answer contained."""
    return Invalid.at("/query/cursor", "Use a cursor just as an earlier answer gave it, or leave it out to start over.")
