"""The three ways in: each gets the rights of its role, and what is not right is refused with a reason."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tasktracker.secrets.errors import SecretsUnavailable, VaultTrouble
from tasktracker.secrets.login import login_of
from tasktracker.secrets.vault import Vault
from tasktracker.settings import Settings
from tests.vault.aws_login import REGION, SERVER_ID, vault_with_aws
from tests.vault.bao import OpenBao
from tests.vault.jobs import GitLab
from tests.vault.programs import Place
from vault.deliver import deliver

PAGE = "kv/data/tasktracker/app"


def vault_of(address: str, **settings: object) -> Vault:
    own = Settings(vault_address=address, **settings)  # type: ignore[arg-type]
    assert own.vault_address
    return Vault(own.vault_address, login_of(own), own.vault_ca_file)


def test_the_first_secret_is_opened_once_and_kept_for_the_next_start(place: Place) -> None:
    wrapped = (place.folder / "app" / "secret-id").read_text()
    for _ in range(2):  # two starts
        vault = vault_of(place.bao.address, vault_login_from=place.folder / "app")
        assert "data" in vault.ask(lambda client: client.read(PAGE))["data"]
        vault.close()
    kept = place.folder / "app" / "secret-id"
    assert kept.read_text() != wrapped
    assert kept.stat().st_mode & 0o777 == 0o600
    kept.write_text(wrapped)  # what a thief has copied before
    with pytest.raises(SecretsUnavailable, match=r"somebody else has opened it.*rotate-a-secret"):
        vault_of(place.bao.address, vault_login_from=place.folder / "app").ask(lambda client: client.read(PAGE))


def test_a_process_can_start_again_with_its_secret_for_ninety_days(bao: OpenBao) -> None:
    made = bao.client.write_data("auth/approle/role/app/secret-id")["data"]
    assert made["secret_id_ttl"] == 90 * 24 * 3600


def test_vault_is_known_by_its_certificate_before_it_is_told_anything(place: Place) -> None:
    told = {"vault_login_from": place.folder / "app"}
    with pytest.raises(VaultTrouble, match="certificate") as trouble:
        vault_of(place.bao.tls_address, **told).ask(lambda client: client.read(PAGE), tries=1)
    assert trouble.value.reason == "gone"
    vault = vault_of(place.bao.tls_address, vault_ca_file=place.bao.certificate, **told)
    assert "data" in vault.ask(lambda client: client.read(PAGE))["data"]
    vault.close()


def test_a_secret_id_that_was_taken_back_lets_nobody_in(place: Place) -> None:
    root = place.bao.client
    vault = vault_of(place.bao.address, vault_login_from=place.folder / "app")
    vault.ask(lambda client: client.read(PAGE))
    secret_id = (place.folder / "app" / "secret-id").read_text()
    root.write_data("auth/approle/role/app/secret-id/destroy", data={"secret_id": secret_id})
    again = vault_of(place.bao.address, vault_login_from=place.folder / "app")
    with pytest.raises(VaultTrouble, match="invalid") as refused:
        again.ask(lambda client: client.read(PAGE))
    assert refused.value.reason == "refuses"
    vault.close()


def test_a_token_that_was_taken_back_is_replaced(place: Place) -> None:
    vault = vault_of(place.bao.address, vault_login_from=place.folder / "app")
    token = vault.ask(lambda client: client.token)
    place.bao.client.auth.token.revoke(token)
    assert "data" in vault.ask(lambda client: client.read(PAGE))["data"]
    assert vault.logins == 2
    with pytest.raises(VaultTrouble, match="permission denied"):
        vault.ask(lambda client: client.read("database/creds/migrator"))
    assert vault.logins == 2, "a right that is missing is no reason to log in again"
    vault.close()


def test_a_job_of_the_pipeline_migrates_as_the_migrator(bao: OpenBao, gitlab: GitLab, tmp_path: Path) -> None:
    (tmp_path / "token").write_text(gitlab.token())
    told = {"vault_login": "jwt", "vault_role": "migrator", "vault_login_from": tmp_path / "token"}
    vault = vault_of(bao.address, **told)
    assert vault.ask(lambda client: client.read("database/creds/migrator"))["data"]["username"]
    vault.close()
    (tmp_path / "token").write_text(gitlab.token(ref="feature/x"))
    with pytest.raises(VaultTrouble, match="ref"):
        vault_of(bao.address, **told).ask(lambda client: client.read(PAGE))


@pytest.fixture
def aws(bao: OpenBao, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A Vault that lets in the role `app` of one IAM role; this process is of that role."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "ASIAMINE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "my own")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "of this hour")
    with vault_with_aws(bao, {"ASIAMINE": "my own"}, {"ASIAMINE": "app"}) as address:
        yield address


def test_a_task_on_aws_gets_in_by_its_iam_role(aws: str) -> None:
    vault = vault_of(aws, vault_login="aws", vault_aws_region=REGION, vault_server_id=SERVER_ID)
    assert "data" in vault.ask(lambda client: client.read(PAGE))["data"]
    assert vault.token_seconds == 3600
    vault.renew_token()
    assert vault.logins == 1
    vault.close()


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"vault_role": "migrator"}, "may not be that"),
        ({"vault_aws_region": "us-east-1"}, "another host"),
        ({"vault_server_id": "another-vault.example.com"}, "server id"),
    ],
)
def test_another_task_on_aws_is_refused(aws: str, told: dict[str, str], reason: str) -> None:
    right = {"vault_login": "aws", "vault_aws_region": REGION, "vault_server_id": SERVER_ID}
    with pytest.raises(VaultTrouble, match=reason):
        vault_of(aws, **(right | told)).ask(lambda client: client.read(PAGE))


def test_a_stranger_with_the_right_name_is_refused(aws: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "guessed")
    with pytest.raises(VaultTrouble, match="signature"):
        vault_of(aws, vault_login="aws", vault_aws_region=REGION, vault_server_id=SERVER_ID).ask(lambda c: c.read(PAGE))


def test_what_has_not_been_delivered_is_named(place: Place, tmp_path: Path) -> None:
    with pytest.raises(SecretsUnavailable, match=r"none/role-id cannot be read"):
        vault_of(place.bao.address, vault_login_from=tmp_path / "none").ask(lambda client: client.read(PAGE))
    with pytest.raises(SecretsUnavailable, match="TASKTRACKER_VAULT_LOGIN_FROM"):
        vault_of(place.bao.address)
    deliver(place.bao.client, "app", tmp_path / "app", "5m")
