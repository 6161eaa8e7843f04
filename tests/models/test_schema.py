"""A schema that another release has migrated, on a real database."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from tasktracker.models import schema
from tasktracker.models.schema import ContractsTooEarly, upgrade_schema

APPLY = "INSERT INTO tortoise_migrations (app, name, applied_at) VALUES ('tasktracker', $1, now())"


@pytest.fixture
async def database(empty_database_url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(empty_database_url)
    yield connection
    await connection.close()


async def test_a_removal_waits_until_nobody_runs_who_needs_what_is_removed(
    empty_database_url: str, database: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought = (*schema.known_migrations(), "0103_estimates", "0104_contract_after_0103_old_estimate")
    monkeypatch.setattr(schema, "known_migrations", lambda: brought)
    with pytest.raises(ContractsTooEarly, match=r"0104_contract_after_0103_old_estimate.*--all-stopped"):
        await upgrade_schema(empty_database_url)
    await upgrade_schema(empty_database_url, all_stopped=True)
    await database.execute(APPLY, "0103_estimates")
    await upgrade_schema(empty_database_url)
