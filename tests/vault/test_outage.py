"""Vault goes away and comes back. A minute of real life is a second here."""

import asyncio
import re
import time

import httpx
import pytest

from tests.vault.load import Load
from tests.vault.programs import Place
from tests.vault.test_rotation import serving

pytestmark = pytest.mark.vault
LEASE, LONGEST, AWAY = 55, 60, 30
"""Seconds, for minutes."""


async def lease_seconds(client: httpx.AsyncClient) -> float:
    metrics = (await client.get("/metrics")).text
    found = re.search(r'^tasktracker_vault_lease_seconds{lease="database_user"} (\S+)', metrics, re.MULTILINE)
    assert found
    return float(found[1])


async def calls(client: httpx.AsyncClient, outcome: str) -> float:
    metrics = (await client.get("/metrics")).text
    found = re.search(rf'^tasktracker_vault_calls_total{{outcome="{outcome}"}} (\S+)', metrics, re.MULTILINE)
    return float(found[1]) if found else 0


async def test_half_an_hour_without_vault_costs_nobody_an_error(place: Place) -> None:
    await asyncio.to_thread(place.lend_for, LEASE, LONGEST)
    try:
        async with serving(place) as (_, client):
            first = set(await place.sessions())
            while await lease_seconds(client) > LEASE * 0.66:  # the worst moment: a new user is nearly due
                await asyncio.sleep(0.2)
            assert set(await place.sessions()) == first
            load, left = await away(place, client)
            assert set(await place.sessions()) == first, "it goes on with what it has"
            await asyncio.to_thread(place.bao.start_again)
            began = time.monotonic()
            async with asyncio.timeout(25):
                while set(await place.sessions()) & first or not await place.sessions():
                    await asyncio.sleep(0.2)
            again = time.monotonic() - began
            assert await lease_seconds(client) > LEASE / 2
    finally:
        await asyncio.to_thread(place.lend_for, 3300, 3600)
    print(f"\nVault away for {AWAY} s of leases of {LEASE} s: {load.calls} calls, {len(load.failed)} failed, longest "
          f"{load.longest_call:.2f} s; the metric fell to {left:.1f} s; {again:.1f} s after it is there again a new "
          "user has taken over")  # fmt: skip
    assert load.failed == []
    assert load.calls > 100
    assert left < LEASE * 0.3


async def away(place: Place, client: httpx.AsyncClient) -> tuple[Load, float]:
    """Stop Vault, and work; returns what came of it, and the least that the metric showed."""
    load, gone = Load(), await calls(client, "gone")
    await asyncio.to_thread(place.bao.stop)
    made = await client.post("/api/v1/projects", json={"key": "AWAY", "name": "Without Vault"})
    assert made.status_code == 201
    work = [asyncio.create_task(load.work(client, "AWAY", f"person {number} task")) for number in range(3)]
    await asyncio.sleep(AWAY)
    left = await lease_seconds(client)
    assert await calls(client, "gone") > gone, "the metric shows it"
    assert (await client.get("/readyz")).status_code == 200, "it is still to be sent people"
    for task in work:
        task.cancel()
    await asyncio.gather(*work, return_exceptions=True)
    return load, left
