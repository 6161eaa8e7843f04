"""Stored secrets sealed by Vault: keys that change, rows that do not mix, and a Vault that is away."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from tasktracker.secrets.errors import SealBroken, VaultTrouble
from tasktracker.secrets.sealing import StoredSecrets, VaultSeal
from tasktracker.secrets.vault import Vault
from tests.vault.programs import Place
from tests.vault.test_logins import vault_of


@pytest.fixture
async def vault(place: Place) -> AsyncIterator[Vault]:
    vault = vault_of(place.bao.address, vault_login_from=place.folder / "app")
    yield vault
    await asyncio.to_thread(vault.close)


async def test_what_was_sealed_opens_for_its_purpose_alone(vault: Vault) -> None:
    seal = VaultSeal(vault)
    sealed = await seal.seal("whsec_ü🎉", "webhook 1")
    assert sealed.startswith("vault:v")
    assert await seal.open(sealed, "webhook 1") == "whsec_ü🎉"
    for purpose, wrong in (("webhook 2", sealed), ("webhook 1", sealed[:-8] + "AAAAAAA="), ("webhook 1", "whsec")):
        with pytest.raises(SealBroken):
            await seal.open(wrong, purpose)


async def test_after_a_new_key_old_secrets_are_sealed_anew_and_the_old_key_can_go(vault: Vault, place: Place) -> None:
    seal, root = VaultSeal(vault), place.bao.client
    old = await seal.seal("whsec", "webhook 1")
    root.write_data("transit/keys/tasktracker/rotate")
    version = root.read("transit/keys/tasktracker")["data"]["latest_version"]
    assert await seal.open(old, "webhook 1") == "whsec"
    new = await seal.reseal(old, "webhook 1")
    assert new.startswith(f"vault:v{version}:")
    root.write_data("transit/keys/tasktracker/config", data={"min_decryption_version": version})
    assert await seal.open(new, "webhook 1") == "whsec"
    with pytest.raises(SealBroken):
        await seal.open(old, "webhook 1")


async def test_while_vault_hangs_what_was_in_use_stays_in_use(vault: Vault, place: Place) -> None:
    stored = StoredSecrets()
    stored.use(VaultSeal(vault))
    known = await stored.seal("whsec", "webhook 1")
    other = await VaultSeal(vault).seal("whsec 2", "webhook 2")
    place.bao.freeze()
    try:
        assert await stored.open(known, "webhook 1") == "whsec"
        with pytest.raises(VaultTrouble) as trouble:
            await asyncio.wait_for(stored.open(other, "webhook 2"), 12)
        assert trouble.value.reason == "slow"
    finally:
        place.bao.thaw()
    assert await stored.open(other, "webhook 2") == "whsec 2"
