"""What the tests say to a server."""

from uuid import uuid4

import asyncpg


async def asked(address: str, question: str) -> object:
    """The first value of the answer."""
    connection = await asyncpg.connect(address)
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


async def write_note(address: str) -> str:
    """Leave a text that no other test has left, and return it."""
    text = uuid4().hex
    await asked(address, "DROP TABLE IF EXISTS note")
    await asked(address, f"CREATE TABLE note AS SELECT '{text}'::text AS text")
    return text


async def read_note(address: str) -> object:
    return await asked(address, "SELECT text FROM note")
