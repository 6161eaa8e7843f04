"""Database users that change under load: nobody notices, and nobody stays behind."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import httpx
import pytest

from tasktracker.models import schema
from tasktracker.secrets import database_credentials
from tasktracker.secrets.database_credentials import LeasedDatabase, woken
from tests.programs import ready_address, start
from tests.vault.load import LATE, Load
from tests.vault.programs import Place
from tests.vault.test_logins import vault_of

PASSWORD = "correct horse battery"


@asynccontextmanager
async def serving(place: Place) -> AsyncIterator[tuple[asyncio.subprocess.Process, httpx.AsyncClient]]:
    """`tasktracker serve`, and a client of its owner; it is asked to end afterwards, and has to end well."""
    quiet = {"TASKTRACKER_RATE_LIMIT_PER_MINUTE": "0", "TASKTRACKER_LOG_LEVEL": "INFO"}
    process = await start("serve", "--port", "0", **place.told(), **quiet)
    try:
        address = await ready_address(process)
        talking = asyncio.create_task(_said(process))
        async with httpx.AsyncClient(base_url=address, timeout=30) as client:
            client.headers["Authorization"] = f"Bearer {await owner_token(place)}"
            yield process, client
        if process.returncode is None:
            process.terminate()
            async with asyncio.timeout(30):
                assert await process.wait() == 0, await talking
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def owner_token(place: Place) -> str:
    """Of the workspace's owner, who is made on the command line the first time; there as well with Vault's users."""
    here = {**place.told(), "TASKTRACKER_PASSWORD": PASSWORD}
    email = "ana@example.org"
    made = await start("user", "create", "--email", email, "--name", "Ana", "--role", "owner", **here)
    await made.communicate()
    process = await start("token", "create", email, "--name", "load", **here)
    said, _ = await process.communicate()
    assert process.returncode == 0, said.decode()
    return said.decode().split()[-1]


async def _said(process: asyncio.subprocess.Process) -> str:
    assert process.stdout
    return (await process.stdout.read()).decode()


async def under_load(place: Place, client: httpx.AsyncClient, seconds: float, people: int) -> Load:
    load, key = Load(), f"K{id(place) % 100_000}"
    made = await client.post("/api/v1/projects", json={"key": key, "name": "Under load"})
    assert made.status_code == 201, made.text
    work = [load.listen(client, key), load.count_sessions(place)]
    work += [load.work(client, key, f"person {number} task") for number in range(people)]
    tasks = [asyncio.create_task(each) for each in work]
    done, _ = await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_EXCEPTION)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    for task in done:
        task.result()
    return load


@pytest.mark.parametrize(
    ("lease", "seconds", "least"),
    [
        pytest.param(14, 20, 3, id="every 5 s for 20 s"),
        pytest.param(25, 300, 25, id="every 10 s for 5 minutes", marks=pytest.mark.vault),
    ],
)
async def test_no_call_fails_while_database_users_change(place: Place, lease: int, seconds: float, least: int) -> None:
    await asyncio.to_thread(place.lend_for, lease)
    try:
        async with serving(place) as (_, client):
            load = await under_load(place, client, seconds, people=4)
            metrics = (await client.get("/metrics")).text
    finally:
        await asyncio.to_thread(place.lend_for, 3300, 3600)
    lost = next(line for line in metrics.splitlines() if line.startswith("tasktracker_feed_reconnects_total"))
    told = sorted(load.delays)
    print(f"\n{len(load.users)} database users in {seconds} s: {load.calls} calls, {len(load.failed)} failed, "
          f"longest {load.longest_call:.2f} s; {len(told)} events heard, p50 {told[len(told) // 2] * 1000:.0f} ms, "
          f"last {told[-1]:.2f} s; {lost}; an old user had sessions for {load.lingering:.1f} s at most")  # fmt: skip
    assert load.failed == []
    assert len(load.users) >= least
    assert load.calls > seconds * 5
    assert load.lingering <= 5
    assert lost.endswith(" 0.0"), "the next user listens before the old one stops"
    assert len(told) > 10
    assert told[-1] < LATE * 5
    assert await place.users() == set(), "the last one was given back when the program ended"


async def test_users_that_were_taken_back_by_force_are_replaced_at_once(place: Place) -> None:
    async with serving(place) as (_, client):
        first = set(await place.sessions())
        root = place.bao.client
        await asyncio.to_thread(root.write_data, "sys/leases/revoke-prefix/database/creds/app")
        began = time.monotonic()
        async with asyncio.timeout(20):
            while (await client.get("/readyz")).status_code != 200:
                assert (await client.get("/api/v1/me")).status_code in {200, 503}
                await asyncio.sleep(0.1)
        assert not first & set(await place.sessions())
    print(f"\nAfter all users were taken back by force: served again after {time.monotonic() - began:.1f} s")


async def test_who_cannot_move_over_keeps_nobody_else_from_it_and_no_user_stays_behind(place: Place) -> None:
    vault = vault_of(place.bao.address, vault_login_from=place.folder / "app")
    database = LeasedDatabase(place.told()["TASKTRACKER_DATABASE_URL"], vault, "app")
    await database.open()
    first, woken_up = database.user, asyncio.Event()

    async def closed() -> None:
        raise asyncpg.InterfaceError("pool is closed")

    database.watch(closed)
    with woken(database, woken_up):
        await database.rotate()
    assert woken_up.is_set()
    async with asyncio.timeout(10):
        while first in await place.users():
            await asyncio.sleep(0.1)
    await database.close()
    await asyncio.to_thread(vault.close)


async def test_a_long_migration_keeps_the_user_that_it_began_with(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_credentials, "LINGER", 0.1)
    vault = vault_of(place.bao.address, vault_login_from=place.delivered("migrator").folder / "migrator")
    database = LeasedDatabase(place.told()["TASKTRACKER_DATABASE_URL"], vault, "migrator")
    await database.open()
    first = database.user
    busy = await asyncpg.connect(place.url)
    await busy.execute("SELECT pg_advisory_lock($1)", schema.LOCK)  # the migration of another process
    migrating = asyncio.create_task(schema.upgrade_schema(database))
    await asyncio.sleep(1)
    await database.rotate()
    assert database.user != first
    await asyncio.sleep(1)
    await busy.close()
    await migrating
    await database.close()
    await asyncio.to_thread(vault.close)


async def test_while_vault_can_make_no_new_user_the_old_one_is_good_for_longer(place: Place) -> None:
    root, role = place.bao.client, "database/roles/app"
    usual = (await asyncio.to_thread(root.read, role))["data"]
    vault = vault_of(place.bao.address, vault_login_from=place.folder / "app")
    database = LeasedDatabase(place.told()["TASKTRACKER_DATABASE_URL"], vault, "app")
    short = usual | {"default_ttl": 6, "max_ttl": 60}
    await asyncio.to_thread(root.write_data, role, data=short)
    try:
        await database.open()
        first, keeping = database.user, asyncio.create_task(database.keep())
        await asyncio.to_thread(root.write_data, role, data=short | {"creation_statements": ["SELECT broken"]})
        await asyncio.sleep(9)
        assert (database.user, database.seconds_left > 0) == (first, True)
        await (await database.connect()).close()
        keeping.cancel()
    finally:
        await asyncio.to_thread(root.write_data, role, data=usual)
    await database.close()
    await asyncio.to_thread(vault.close)


async def test_a_killed_program_leaves_its_user_to_the_leases_end(place: Place) -> None:
    await asyncio.to_thread(place.lend_for, 8)
    try:
        async with serving(place) as (process, _):
            process.kill()
            await process.wait()
        assert len(await place.users()) >= 1
        async with asyncio.timeout(30):
            while await place.users():
                await asyncio.sleep(0.5)
    finally:
        await asyncio.to_thread(place.lend_for, 3300, 3600)
