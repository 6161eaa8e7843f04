"""A process that starts with Vault: what it gets there, and what it says when it cannot."""

import asyncio
import re
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest

from tests.programs import start
from tests.vault.programs import Place

OWNERS = Path(__file__).resolve().parents[2] / "vault" / "database" / "owners.sql"


async def said_by(*arguments: str, **environment: str) -> tuple[int, str]:
    process = await start(*arguments, **environment)
    try:
        async with asyncio.timeout(60):
            output, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
    return process.returncode or 0, output.decode()


async def test_without_vault_a_start_says_what_is_missing_and_ends(place: Place) -> None:
    told = {**place.told(), "TASKTRACKER_VAULT_ADDRESS": "http://127.0.0.1:9"}
    code, said = await said_by("serve", "--port", "0", **told)
    assert code == 1
    assert "cannot start without the settings in kv/data/tasktracker/app" in said
    assert "from Vault at http://127.0.0.1:9, logging in by approle: Vault does not answer" in said
    assert "docs/runbooks/vault-lost.md" in said
    assert "Traceback" not in said


async def test_help_needs_no_vault(place: Place) -> None:
    told = {**place.told(), "TASKTRACKER_VAULT_ADDRESS": "http://127.0.0.1:9"}
    assert (await said_by("serve", "--help", **told))[0] == 0


async def test_a_sealed_vault_is_called_sealed(place: Place) -> None:
    await asyncio.to_thread(place.bao.seal)
    try:
        code, said = await said_by("serve", "--port", "0", **place.told())
    finally:
        await asyncio.to_thread(place.bao.unseal)
    assert (code, "Vault is sealed" in said, "docs/runbooks/unseal-vault.md" in said) == (1, True, True), said


async def test_a_database_user_that_vault_refuses_is_named(place: Place) -> None:
    code, said = await said_by("serve", "--port", "0", **(place.told() | {"TASKTRACKER_VAULT_ROLE": "migrator"}))
    assert code == 1
    assert "cannot start without a database user (database/creds/migrator)" in said
    assert "permission denied" in said
    assert "Traceback" not in said


@pytest.mark.vault
async def test_a_vault_that_hangs_does_not_hang_the_start(place: Place) -> None:
    place.bao.freeze()
    try:
        code, said = await said_by("doctor", **place.told())
    finally:
        place.bao.thaw()
    assert (code, "does not answer in time" in said) == (1, True), said


async def test_the_doctor_says_that_vault_is_behind_it_and_settings_come_from_there(place: Place) -> None:
    page = {"storage_url": f"file://{place.folder}/kept", "colour": "blue"}
    await asyncio.to_thread(place.bao.client.write_data, "kv/data/tasktracker/app", data={"data": page})
    try:
        _, said = await said_by("doctor", **place.told())
    finally:
        await asyncio.to_thread(place.bao.client.write_data, "kv/data/tasktracker/app", data={"data": {}})
    by = f"secrets: from Vault at {place.bao.address}, by AppRole, from {place.folder}/app"
    assert f"{by}: settings, a database user; stored ones are sealed with Vault's key" in said
    assert f"attachments: written to, read from and deleted from {place.folder}/kept" in said
    assert "holds what is no setting of this program: colour" in said
    assert "live changes: NOTIFY arrives" in said


async def test_the_migrator_makes_the_tables_and_they_outlive_its_user(place: Place) -> None:
    await asyncio.to_thread(place.delivered, "migrator")
    fresh = await new_database(place.url, "fresh_for_migrator")
    where = urlsplit(fresh)
    told = place.told("migrator") | {
        "TASKTRACKER_DATABASE_URL": f"postgres://{where.hostname}:{where.port}{where.path}"
    }
    code, said = await said_by("migrate", **told)
    assert code == 0, said
    assert re.search(r"applying \S+\n.*at head", said, re.DOTALL)
    connection = await asyncpg.connect(fresh)
    owners = await connection.fetch("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'")
    users = await connection.fetch("SELECT FROM pg_roles WHERE rolname LIKE 'v-%-migrator-%'")
    await connection.close()
    assert [row["tableowner"] for row in owners] == ["tasktracker_owner"]
    assert users == [], "its user was given back when it ended"


async def new_database(url: str, name: str) -> str:
    """An empty database that Vault's users may be used in; its address as of somebody who may make roles."""
    connection = await asyncpg.connect(url)
    await connection.execute(f'CREATE DATABASE "{name}"')
    await connection.close()
    fresh = urlsplit(url)._replace(path=f"/{name}").geturl()
    connection = await asyncpg.connect(fresh)
    await connection.execute(OWNERS.read_text("utf-8"))
    await connection.close()
    return fresh
