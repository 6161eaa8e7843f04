"""Identifiers."""

import os
import time
from uuid import UUID

_VERSION = 0x7 << 76
_VARIANT = 0b10 << 62


def new_id() -> UUID:
    """A UUID version 7 (RFC 9562, section 5.7): 48 bits of Unix milliseconds, then random bits.

    Made here and not by the database, so that a command knows its ids before it writes and can write in bulk.
    """
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10))
    high = (milliseconds & 0xFFFF_FFFF_FFFF) << 80
    return UUID(int=high | _VERSION | ((random >> 62) & 0xFFF) << 64 | _VARIANT | (random & 0x3FFF_FFFF_FFFF_FFFF))


def new_request_id() -> str:
    """Sixteen hexadecimal digits that name one request in the logs and in the events it causes."""
    return os.urandom(8).hex()
