"""The files that `make compose-up` makes once: everybody in a container reads them, and nobody else on the machine."""

from pathlib import Path

import pytest

from tools.compose import make_secrets


def test_secrets_are_made_once_in_a_folder_that_keeps_others_out(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "secrets"
    make_secrets(folder)
    made = {file.name: file.read_text() for file in folder.iterdir()}
    assert made.keys() == {"postgres-password", "vault.crt", "vault.key"}
    assert folder.stat().st_mode & 0o777 == 0o700
    make_secrets(folder)
    assert {file.name: file.read_text() for file in folder.iterdir()} == made


def test_a_folder_that_others_may_enter_gets_no_secret(tmp_path: Path) -> None:
    folder = tmp_path / "open"
    folder.mkdir()
    folder.chmod(0o755)
    with pytest.raises(SystemExit, match="chmod 700"):
        make_secrets(folder)
    assert list(folder.iterdir()) == []
