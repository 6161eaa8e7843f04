"""Settings that come from elsewhere: they hold where the environment says nothing."""

from collections.abc import Iterator

import pytest
from pydantic import ValidationError

from tasktracker.settings import Settings, settings, supply


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    yield
    supply({})


def test_the_environment_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TASKTRACKER_SESSION_DAYS", "7")
    supply({"session_days": 14, "public_url": "https://tasks.example.com", "log_level": "ERROR"})
    assert (settings().session_days, settings().log_level) == (7, "ERROR")
    assert settings().public_url == "https://tasks.example.com"
    supply({})
    assert settings().public_url is None


def test_a_value_that_does_not_fit_is_refused_as_from_the_environment() -> None:
    supply({"port": "many"})
    with pytest.raises(ValidationError, match="port"):
        settings()


@pytest.mark.parametrize("address", ["http://vault.example.com:8200", "vault:8200", "https://me:pw@vault.example.com"])
def test_vault_is_not_asked_for_secrets_over_an_open_line(address: str) -> None:
    with pytest.raises(ValidationError, match="https://host"):
        Settings(vault_address=address)
