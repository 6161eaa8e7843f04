"""The policy matrix against a real server: every role, every path, every capability, by tokens of real logins."""

import re
from pathlib import Path

import hvac
import pytest
import requests

from tests.vault.bao import OpenBao
from tests.vault.jobs import GitLab
from vault.matrix import ROLES, cells

POLICIES = Path(__file__).resolve().parents[2] / "vault" / "policies"
METHODS = {"create": "POST", "read": "GET", "update": "POST", "patch": "PATCH", "delete": "DELETE", "list": "LIST"}


@pytest.fixture(scope="session")
def tokens(bao: OpenBao, gitlab: GitLab) -> dict[str, str]:
    """A token of each role, as it gets one."""
    root = bao.client
    found = {}
    for role in ("app", "migrator", "backup"):
        role_id = root.auth.approle.read_role_id(role)["data"]["role_id"]
        secret_id = root.auth.approle.generate_secret_id(role)["data"]["secret_id"]
        login = hvac.Client(bao.address).auth.approle.login(role_id, secret_id)
        found[role] = login["auth"]["client_token"]
    job = hvac.Client(bao.address).auth.jwt.jwt_login("ci", gitlab.token(), path="gitlab")
    found["ci"] = job["auth"]["client_token"]
    found["operator"] = root.auth.token.create(role_name="operator")["auth"]["client_token"]
    return found


def test_every_cell_of_the_table_is_what_the_server_says(bao: OpenBao, tokens: dict[str, str]) -> None:
    paths = list(dict.fromkeys(cell.path for cell in cells()))
    said = {
        role: bao.client.write_data("sys/capabilities", data={"token": tokens[role], "paths": paths}) for role in ROLES
    }
    wrong = []
    for cell in cells():
        found = frozenset(said[cell.role]["data"][cell.path]) - {"deny"}
        if found != cell.capabilities:
            wrong.append(f"{cell.role} {cell.path}: {sorted(found)}, not {sorted(cell.capabilities)}")
    assert wrong == []
    assert len(list(cells())) == len(paths) * len(ROLES) > 200


def test_what_the_table_denies_is_refused_when_it_is_tried(bao: OpenBao, tokens: dict[str, str]) -> None:
    let_through = []
    for cell in cells():
        for capability in METHODS.keys() - cell.capabilities:
            if capability in {"create", "update"} and cell.capabilities & {"create", "update"}:
                continue  # one method for two capabilities: which it is, depends on what is there
            answer = requests.request(
                METHODS[capability],
                f"{bao.address}/v1/{cell.path}",
                headers={"X-Vault-Token": tokens[cell.role], "Content-Type": "application/merge-patch+json"},
                data="{}" if METHODS[capability] in {"POST", "PATCH"} else None,
                timeout=10,
            )
            if answer.status_code not in {403, 404, 405} or (capability == "read" and answer.status_code == 200):
                let_through.append(f"{cell.role} {capability} {cell.path}: {answer.status_code}")
    assert let_through == []


def test_a_policy_grants_nothing_that_is_not_in_the_table() -> None:
    listed = {(cell.role, cell.path) for cell in cells() if cell.capabilities}
    for role in ROLES:
        for pattern in re.findall(r'^path "([^"]+)"', (POLICIES / f"{role}.hcl").read_text("utf-8"), re.MULTILINE):
            matches = re.compile(re.escape(pattern).replace(r"\+", "[^/]+").replace(r"\*", ".*"))
            assert any(matches.fullmatch(path) for of, path in listed if of == role), f"{role} {pattern}"


def test_a_first_secret_leaves_vault_only_in_a_wrapping(bao: OpenBao, tokens: dict[str, str]) -> None:
    job = hvac.Client(bao.address, token=tokens["ci"])
    with pytest.raises(hvac.exceptions.Forbidden):
        job.write_data("auth/approle/role/app/secret-id")
    with pytest.raises(hvac.exceptions.Forbidden):
        job.write_data("auth/approle/role/app/secret-id", wrap_ttl="2h")
    wrapped = job.write_data("auth/approle/role/app/secret-id", wrap_ttl="5m")
    assert "data" not in wrapped or not wrapped["data"]
    opened = hvac.Client(bao.address, token=wrapped["wrap_info"]["token"]).sys.unwrap()
    assert opened["data"]["secret_id"]
    with pytest.raises(hvac.exceptions.VaultError, match="wrapping token"):
        hvac.Client(bao.address, token=wrapped["wrap_info"]["token"]).sys.unwrap()


def test_whoever_is_on_duty_deletes_an_old_value_and_cannot_destroy_it(bao: OpenBao, tokens: dict[str, str]) -> None:
    """As docs/runbooks/rotate-a-secret.md tells."""
    operator = hvac.Client(bao.address, token=tokens["operator"]).secrets.kv.v2
    page = {"path": "tasktracker/app", "mount_point": "kv"}
    old = operator.create_or_update_secret(secret={"log_level": "DEBUG"}, **page)["data"]["version"]
    operator.create_or_update_secret(secret={}, **page)
    operator.delete_secret_versions(versions=[old], **page)
    with pytest.raises(hvac.exceptions.InvalidPath):
        operator.read_secret_version(version=old, raise_on_deleted_version=True, **page)
    with pytest.raises(hvac.exceptions.Forbidden):
        operator.destroy_secret_versions(versions=[old], **page)
