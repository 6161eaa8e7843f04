"""Passwords: Argon2id, off the event loop, a few at a time since each hash takes 64 MiB."""

import asyncio
from functools import cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from tasktracker.domain.errors import Invalid

SHORTEST, LONGEST = 10, 200
"""Characters."""

_hasher = PasswordHasher()
_at_once = asyncio.Semaphore(2)


def clean_password(value: Any, pointer: str) -> str:
    """A password that may be set. Raises Invalid when it is too short or too long."""
    if not isinstance(value, str) or not SHORTEST <= len(value) <= LONGEST:
        raise Invalid.at(pointer, f"Choose a password of {SHORTEST} to {LONGEST} characters.")
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise Invalid.at(pointer, "Remove the broken character (a lone surrogate) from the password.")
    return value


async def hash_password(password: str) -> str:
    """The hash to store of a clean password."""
    async with _at_once:
        return await asyncio.to_thread(_hasher.hash, password)


async def is_password(password: str, password_hash: str | None) -> bool:
    """Whether the password fits. Takes as long without a hash, so that time does not tell who has an account."""
    async with _at_once:
        return await asyncio.to_thread(_verify, password_hash, password) and password_hash is not None


def _verify(password_hash: str | None, password: str) -> bool:
    try:
        return _hasher.verify(password_hash or _nobody(), password)
    except (VerifyMismatchError, InvalidHashError, UnicodeEncodeError):
        return False


@cache
def _nobody() -> str:
    """The hash that is checked when nobody has that address."""
    return _hasher.hash("nobody")
