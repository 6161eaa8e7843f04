"""Which jobs get into Vault: those of our project, on a protected branch that is named, with a token meant for it."""

import time
from typing import Any

import hvac
import pytest

from tests.vault.bao import OpenBao
from tests.vault.jobs import URL, GitLab


def log_in(bao: OpenBao, token: str, role: str = "ci") -> dict[str, Any]:
    found: dict[str, Any] = hvac.Client(bao.address).auth.jwt.jwt_login(role, token, path="gitlab")["auth"]
    return found


@pytest.mark.parametrize("branch", ["main", "develop"])
def test_a_job_on_a_protected_branch_gets_the_rights_of_the_pipeline_for_a_quarter_of_an_hour(
    bao: OpenBao, gitlab: GitLab, branch: str
) -> None:
    token = log_in(bao, gitlab.token(ref=branch))
    assert (token["token_policies"], token["lease_duration"]) == (["ci"], 900)
    assert token["metadata"] == {"role": "ci", "ref": branch, "job_id": "4711"}


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"aud": "https://another.example.com"}, "audience"),
        ({"ref": "feature/steal-secrets"}, "ref"),
        ({"ref_protected": "false"}, "ref_protected"),
        ({"ref": "main", "ref_type": "tag"}, "ref_type"),
        ({"project_path": "somebody/tasktracker"}, "project_path"),
        ({"iss": "https://gitlab.evil.example"}, "issuer"),
        ({"exp": int(time.time()) - 600, "iat": int(time.time()) - 900, "nbf": int(time.time()) - 900}, "expired"),
    ],
    ids=["another audience", "another branch", "an unprotected branch", "a tag", "another project", "another GitLab",
         "yesterday's token"],
)  # fmt: skip
def test_another_job_is_denied(bao: OpenBao, gitlab: GitLab, changed: dict[str, Any], reason: str) -> None:
    with pytest.raises(hvac.exceptions.VaultError, match=reason):
        log_in(bao, gitlab.token(**changed))


def test_a_token_that_somebody_else_signed_is_denied(bao: OpenBao, gitlab: GitLab) -> None:
    with pytest.raises(hvac.exceptions.VaultError, match="signature"):
        log_in(bao, GitLab().token())
    assert log_in(bao, gitlab.token())["client_token"], f"as {URL} signs it"
