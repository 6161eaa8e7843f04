"""`make vault-bootstrap`: brings a server to what the files say, any number of times."""

import asyncio
import json
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from tests.vault.bao import OpenBao
from vault.bootstrap import Bootstrap
from vault.site import Site

PAGES = (
    *("sys/mounts", "sys/auth", "sys/policies/acl/app", "sys/policies/acl/operator", "transit/keys/tasktracker"),
    *("database/config/tasktracker", "database/roles/app", "database/roles/migrator", "kv/data/tasktracker/app"),
    *("auth/approle/role/app", "auth/gitlab/config", "auth/gitlab/role/ci", "auth/token/roles/operator", "kv/config"),
)


def state(bao: OpenBao) -> dict[str, Any]:
    """What is set, without how often it was."""
    read = {page: dict(bao.client.read(page)["data"]) for page in PAGES}
    return {page: json.dumps({**found, "version": 0, "modified": 0}, sort_keys=True) for page, found in read.items()}


async def test_a_second_run_changes_nothing_and_undoes_what_a_hand_has_changed(bao: OpenBao, site: Site) -> None:
    before = state(bao)
    bao.client.write_data("database/roles/app", data={"db_name": "tasktracker", "default_ttl": "20h", "max_ttl": "90h",
                                                      "creation_statements": ["SELECT 1"]})  # fmt: skip
    bao.client.sys.create_or_update_acl_policy("app", 'path "*" { capabilities = ["sudo"] }')
    assert state(bao) != before
    without_admin = site.model_copy(update={"database_admin_url": None})
    await asyncio.to_thread(Bootstrap(bao.client, without_admin, say=lambda _line: None).run)
    assert state(bao) == before
    assert bao.client.read("database/creds/app")["lease_duration"] <= 3600, "Vault still knows its own password"


def test_both_audit_devices_write_and_tell_no_secret(bao: OpenBao) -> None:
    bao.client.write_data("kv/data/tasktracker/ci", data={"data": {"slack": "hush-hush"}})
    for log in ("audit/audit.log", "server.log"):
        text = Path(bao.folder / log).read_text("utf-8")
        assert '"path":"kv/data/tasktracker/ci"' in text
        assert "hush-hush" not in text


def test_jobs_of_any_project_are_not_let_in_by_a_forgotten_name(bao: OpenBao, site: Site) -> None:
    forgetful = site.model_copy(update={"gitlab_audience": ""})
    with pytest.raises(RuntimeError, match="VAULT_SITE_GITLAB_AUDIENCE"):
        Bootstrap(bao.client, forgetful, say=lambda _line: None).run()


def test_what_was_signed_for_another_vault_is_not_let_in_by_a_forgotten_name(bao: OpenBao, site: Site) -> None:
    for forgotten in ("aws_server_id", "aws_app_arn"):
        forgetful = site.model_copy(update={forgotten: ""})
        with pytest.raises(RuntimeError, match=f"VAULT_SITE_{forgotten.upper()}"):
            Bootstrap(bao.client, forgetful, say=lambda _line: None).run()


async def test_a_user_of_the_program_reads_and_writes_and_changes_no_table(
    bao: OpenBao, vault_database_url: str
) -> None:
    lease = await asyncio.to_thread(bao.client.read, "database/creds/app")
    user = await connect(vault_database_url, lease)
    assert await user.fetchval("SELECT count(*) FROM task") == 0
    for statement in ("CREATE TABLE mine (id int)", "CREATE TEMPORARY TABLE mine (id int)",
                      "ALTER TABLE task ADD COLUMN mine int", "DROP TABLE task",
                      "TRUNCATE event", "CREATE ROLE mine", "SET ROLE tasktracker_owner"):  # fmt: skip
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await user.execute(statement)
    await asyncio.to_thread(bao.client.sys.revoke_lease, lease["lease_id"])
    with pytest.raises((asyncpg.PostgresConnectionError, asyncpg.InterfaceError, asyncpg.AdminShutdownError)):
        await user.fetchval("SELECT 1")
    with pytest.raises(asyncpg.InvalidPasswordError):
        await connect(vault_database_url, lease)


async def test_what_the_migrator_made_stays_when_its_user_is_taken_back(bao: OpenBao, vault_database_url: str) -> None:
    lease = await asyncio.to_thread(bao.client.read, "database/creds/migrator")
    migrator = await connect(vault_database_url, lease)
    await migrator.execute("CREATE TABLE made_by_migrator (id int)")
    await asyncio.to_thread(bao.client.sys.revoke_lease, lease["lease_id"])
    lease = await asyncio.to_thread(bao.client.read, "database/creds/app")
    user = await connect(vault_database_url, lease)
    await user.execute("INSERT INTO made_by_migrator VALUES (1)")
    owner = """
        SELECT tableowner, (SELECT count(*) FROM pg_roles WHERE rolname LIKE 'v-%migrator%')
        FROM pg_tables WHERE tablename = 'made_by_migrator'
    """
    assert tuple(await user.fetchrow(owner) or ()) == ("tasktracker_owner", 0)
    await user.close()


async def connect(url: str, lease: dict[str, Any]) -> asyncpg.Connection:
    return await asyncpg.connect(url, user=lease["data"]["username"], password=lease["data"]["password"])


async def test_a_user_of_backups_reads_all_and_writes_nothing(bao: OpenBao, vault_database_url: str) -> None:
    lease = await asyncio.to_thread(bao.client.read, "database/creds/backup")
    user = await connect(vault_database_url, lease)
    assert await user.fetchval("SELECT count(*) FROM account") == 0
    with pytest.raises((asyncpg.InsufficientPrivilegeError, asyncpg.ReadOnlySQLTransactionError)):
        await user.execute("DELETE FROM account")
    await user.close()
