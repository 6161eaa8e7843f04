"""Stored secrets where there is no Vault: sealed with a key in a file of this machine."""

import base64
import os
from pathlib import Path

import pytest

from tasktracker.secrets.errors import SealBroken, SecretsUnavailable
from tasktracker.secrets.sealing import KeyFile, StoredSecrets


async def test_what_was_sealed_opens_after_a_restart_and_for_its_purpose_alone(tmp_path: Path) -> None:
    sealed = await KeyFile(tmp_path / "keys").seal("whsec_ü🎉", "webhook 1")
    assert "whsec" not in sealed
    assert await KeyFile(tmp_path / "keys").open(sealed, "webhook 1") == "whsec_ü🎉"
    with pytest.raises(SealBroken):
        await KeyFile(tmp_path / "keys").open(sealed, "webhook 2")


async def test_a_changed_letter_opens_nothing(tmp_path: Path) -> None:
    keys = KeyFile(tmp_path / "keys")
    sealed = await keys.seal("whsec", "webhook 1")
    for wrong in (sealed[:-6] + ("A" if sealed[-6] != "A" else "B") + sealed[-5:], sealed[:20], "whsec", ""):
        with pytest.raises(SealBroken):
            await keys.open(wrong, "webhook 1")


async def test_the_key_is_made_when_it_is_first_needed_and_is_for_its_owner_alone(tmp_path: Path) -> None:
    keys = KeyFile(tmp_path / "new folder" / "keys")
    assert not (tmp_path / "new folder").exists()
    await keys.seal("whsec", "webhook 1")
    assert (tmp_path / "new folder" / "keys").stat().st_mode & 0o777 == 0o600


async def test_after_a_new_key_old_secrets_open_and_can_be_sealed_anew(tmp_path: Path) -> None:
    keys = KeyFile(tmp_path / "keys")
    old = await keys.seal("whsec", "webhook 1")
    assert await keys.reseal(old, "webhook 1") == old
    with (tmp_path / "keys").open("a") as file:  # as docs/runbooks/rotate-a-secret.md tells
        file.write(f"2:{base64.b64encode(bytes(range(32))).decode()}\n")
    keys = KeyFile(tmp_path / "keys")
    assert await keys.open(old, "webhook 1") == "whsec"
    new = await keys.reseal(old, "webhook 1")
    assert (old[:9], new[:9]) == ("local:v1:", "local:v2:")
    (tmp_path / "keys").write_text((tmp_path / "keys").read_text().splitlines()[1] + "\n")  # the old key is retired
    assert await KeyFile(tmp_path / "keys").open(new, "webhook 1") == "whsec"
    with pytest.raises(SealBroken, match="no key"):
        await KeyFile(tmp_path / "keys").open(old, "webhook 1")


async def test_two_processes_that_make_the_key_at_once_use_the_same(tmp_path: Path) -> None:
    one, other = KeyFile(tmp_path / "keys"), KeyFile(tmp_path / "keys")
    assert other._read() == {}  # noqa: SLF001  it has looked, and there was none
    sealed = await one.seal("whsec", "webhook 1")
    other._make()
    assert await other.open(sealed, "webhook 1") == "whsec"


async def test_nobody_finds_half_a_key_while_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []
    monkeypatch.setattr(os, "fsync", lambda _file: seen.append((tmp_path / "keys").exists()))
    await KeyFile(tmp_path / "keys").seal("whsec", "webhook 1")
    assert seen == [False]
    assert not [*tmp_path.glob(".*")]  # noqa: ASYNC240  a folder of the test


@pytest.mark.parametrize("content", ["1:not base64 at all…", "\n"], ids=["no key", "nothing"])
async def test_a_damaged_key_file_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "keys").write_text(content)
    with pytest.raises(SecretsUnavailable, match="backup"):
        await KeyFile(tmp_path / "keys").seal("whsec", "webhook 1")
    with pytest.raises(SecretsUnavailable, match="backup"):
        await KeyFile(tmp_path / "keys").open("local:v1:AAAA", "webhook 1")


async def test_what_is_sealed_can_be_moved_from_the_file_to_another_seal(tmp_path: Path) -> None:
    """As from a laptop to Vault: nothing opens by accident what it has not sealed."""
    stored = StoredSecrets()
    stored.use(KeyFile(tmp_path / "one"))
    sealed = await stored.seal("whsec", "webhook 1")
    assert await stored.open(sealed, "webhook 1") == "whsec"
    stored.use(KeyFile(tmp_path / "other"))
    with pytest.raises(SealBroken):
        await stored.open(sealed, "webhook 1")
