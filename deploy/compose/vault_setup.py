"""Vault's part of `compose up`: keys at the first start, unsealing, the bootstrap, and logins that have been wrapped.

Runs in a container of the program's image, beside the folder vault/ of the repository, each time that things are
started; what is right already stays.
"""

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import hvac
import requests
from hvac.exceptions import InvalidRequest, VaultError
from pydantic import SecretStr

from vault.bootstrap import Bootstrap
from vault.deliver import deliver
from vault.site import Site

ADDRESS = os.environ.get("TASKTRACKER_VAULT_ADDRESS", "https://vault:8200")
SECRETS = Path("/run/secrets")
CERTIFICATE = str(SECRETS / "vault-certificate")
KEYS = Path("/keys/vault.json")
"""The key that unseals, and the root token. Whoever takes them away has to unseal by hand."""
LOGINS = {Path("/login/app-a"): "app", Path("/login/app-b"): "app", Path("/login/migrator"): "migrator"}
DATABASE = "postgres:5432/tasktracker?sslmode=disable"
ADMIN = "tasktracker_admin"
PATIENCE = 60.0
"""Seconds that Vault may take to answer."""
PAUSE = 0.3
WITHIN = "1h"
"""How long a wrapping can be opened: the replicas open theirs only after the migration, which may be a long one."""
OF_NOBODY = {501: "new", 503: "sealed"}


def main() -> None:
    client = hvac.Client(ADDRESS, verify=CERTIFICATE, timeout=30)
    if _state() == "new":
        initialise(client)
    keys = json.loads(KEYS.read_text("utf-8")) if _has_keys() else None
    _unseal(client, keys)
    if keys is None:
        print("vault: no keys here, so nothing is bootstrapped and nothing is delivered", flush=True)
        return
    client.token = keys["root_token"]
    _when_active(client)
    Bootstrap(client, _site(), say=lambda line: print(f"vault: {line}", flush=True)).run()
    for folder, role in LOGINS.items():
        if not _opens(folder):
            deliver(client, role, folder, WITHIN)
            print(f"vault: a login as {role} is in {folder}, to be opened within {WITHIN}", flush=True)


def _state() -> str:
    """`new`, `sealed` or `open`; waits until there is an answer."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            status = requests.get(f"{ADDRESS}/v1/sys/health", verify=CERTIFICATE, timeout=3)
            return OF_NOBODY.get(status.status_code, "open")
        except requests.RequestException:
            if time.monotonic() > deadline:
                raise
            time.sleep(PAUSE)


def initialise(client: hvac.Client) -> None:
    """The file is open before there are any keys: without them nobody opens this Vault again."""
    if _has_keys():
        raise RuntimeError(
            f"{KEYS} belongs to another Vault: this one is new. Bring the volume vault-data back, or move it away"
        )
    with os.fdopen(os.open(KEYS, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
        made = client.sys.initialize(secret_shares=1, secret_threshold=1)
        json.dump({"keys": made["keys_base64"], "root_token": made["root_token"]}, file)
        file.flush()
        os.fsync(file.fileno())
    print("vault: initialised; its keys are in the volume vault-keys", flush=True)


def _has_keys() -> bool:
    """An empty file is what is left where initialising failed."""
    return KEYS.exists() and KEYS.stat().st_size > 0


def _unseal(client: hvac.Client, keys: dict[str, Any] | None) -> None:
    """With the keys, or by waiting until a person has done it."""
    told = False
    while _state() == "sealed":
        for key in keys["keys"] if keys else ():
            client.sys.submit_unseal_key(key)
        if keys is None and not told:
            print("vault: sealed, and its keys are not here: unseal it (docs/runbooks/unseal-vault.md)", flush=True)
            told = True
        time.sleep(PAUSE)


def _when_active(client: hvac.Client) -> None:
    """A server that has just been unsealed becomes the leader first."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            client.sys.list_mounted_secrets_engines()
        except VaultError:
            time.sleep(PAUSE)
        else:
            return


def _site() -> Site:
    password = (SECRETS / "postgres-password").read_text("utf-8").strip()
    return Site(database=DATABASE, database_admin_url=SecretStr(f"postgres://{ADMIN}:{password}@{DATABASE}"))


def _opens(folder: Path) -> bool:
    """Whether the login that lies there still works; one that nobody has opened yet is replaced."""
    try:
        role_id, secret_id = ((folder / name).read_text("utf-8").strip() for name in ("role-id", "secret-id"))
        other = hvac.Client(ADDRESS, verify=CERTIFICATE, timeout=30)
        other.auth.approle.login(role_id, secret_id)
        other.auth.token.revoke_self()
    except (OSError, InvalidRequest):
        return False
    return True


if __name__ == "__main__":
    try:
        main()
    except (VaultError, RuntimeError, OSError) as error:
        sys.exit(f"vault: {error}")
