"""Vault saved to a file, and put back into a server that was made anew."""

from collections.abc import Iterator
from pathlib import Path

import hvac
import pytest

from tests.vault.bao import OpenBao, fresh_bao
from vault.snapshot import restore, save, verify

pytestmark = pytest.mark.vault


@pytest.fixture
def another_bao() -> Iterator[OpenBao]:
    with fresh_bao() as server:
        yield server


def test_what_was_saved_is_there_again_in_a_new_server(bao: OpenBao, another_bao: OpenBao, tmp_path: Path) -> None:
    bao.client.write_data("kv/data/tasktracker/ci", data={"data": {"slack": "before the fire"}})
    file = tmp_path / "vault.snap"
    role_id = bao.client.auth.approle.read_role_id("backup")["data"]["role_id"]
    secret_id = bao.client.auth.approle.generate_secret_id("backup")["data"]["secret_id"]
    backup = hvac.Client(bao.address)
    backup.auth.approle.login(role_id, secret_id)
    assert save(backup, file) == file.stat().st_size > 1000
    assert file.stat().st_mode & 0o777 == 0o600
    assert b"before the fire" not in file.read_bytes()

    restore(another_bao.client, file, force=True)
    another_bao.take_over(bao)
    assert another_bao.client.read("kv/data/tasktracker/ci")["data"]["data"] == {"slack": "before the fire"}
    assert another_bao.client.sys.read_acl_policy("app")["data"]["policy"].startswith("# A running tasktracker")


def test_a_damaged_snapshot_is_found_before_it_is_put_back(bao: OpenBao, tmp_path: Path) -> None:
    file = tmp_path / "vault.snap"
    save(bao.client, file)
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ValueError, match="is no snapshot"):
        verify(file)
    with pytest.raises(ValueError, match="is no snapshot"):
        restore(bao.client, file, force=True)
