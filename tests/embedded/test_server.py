"""What the server is like that a start gives: its letters, its settings, who may sign in."""

from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest
from tortoise.backends.asyncpg.client import AsyncpgDBClient
from tortoise.backends.base.config_generator import expand_db_url

from tests.embedded.processes import address_of, owner
from tests.embedded.questions import asked


@pytest.fixture(scope="module")
def address(used_folder: Path) -> Iterator[str]:
    """The address of a server that runs throughout this file."""
    with owner(used_folder) as process:
        yield address_of(process)


async def test_words_of_every_alphabet_are_folded_and_found(address: str) -> None:
    assert await asked(address, "SELECT lower('ÀÉŐ Ж')") == "àéő ж"
    await asked(address, "CREATE EXTENSION pg_trgm")
    assert await asked(address, "SELECT similarity('Жанна', 'жанна')") == 1
    assert await asked(address, "SELECT to_tsvector('simple', 'Ünïcöde-Wörter')::text LIKE '%''wörter''%'") is True


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("data_checksums", "on"),
        ("fsync", "on"),
        ("listen_addresses", "127.0.0.1"),
        ("max_connections", "100"),
        ("server_encoding", "UTF8"),
    ],
)
async def test_the_server_is_set_up_for_one_machine(address: str, setting: str, value: str) -> None:
    assert await asked(address, f"SHOW {setting}") == value


async def test_nobody_signs_in_without_the_password_or_as_the_superuser(address: str) -> None:
    assert await asked(address, "SELECT usesuper FROM pg_user WHERE usename = current_user") is False
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(address, password="a guess")
    with pytest.raises(asyncpg.InvalidAuthorizationSpecificationError):
        await asyncpg.connect(address, user="postgres")


async def test_tortoise_takes_the_address(address: str) -> None:
    client = AsyncpgDBClient(connection_name="default", **expand_db_url(address)["credentials"])
    await client.create_connection(with_db=True)
    assert await client.execute_query_dict("SELECT current_database() AS name") == [{"name": "tasktracker"}]
    await client.close()
