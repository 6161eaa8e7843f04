"""Vault's part of `compose up`, beside the Vault of `make compose-test`."""

from pathlib import Path

import hvac
import pytest

from deploy.compose import vault_setup


def test_keys_of_another_vault_are_not_written_over(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    keys = tmp_path / "vault.json"
    keys.write_text("{}")
    monkeypatch.setattr(vault_setup, "KEYS", keys)
    with pytest.raises(RuntimeError, match=r"another Vault: this one is new\. Bring the volume vault-data back"):
        vault_setup.initialise(hvac.Client("http://127.0.0.1:9"))
    assert keys.read_text() == "{}"
