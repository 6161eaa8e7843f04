"""Doing to the database what no command does."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tortoise.backends.base.client import TransactionalDBClient
from tortoise.transactions import in_transaction


@asynccontextmanager
async def tampering() -> AsyncIterator[TransactionalDBClient]:
    """A connection on which anything may be done: it is undone in the end."""
    async with in_transaction() as db:
        yield db
        await db.rollback()
