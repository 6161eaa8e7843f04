"""Bring a Vault to what the files beside this one say; run it again after every change of them.

What it writes is written whole each time, so that a second run changes nothing, and a hand's change does not last. It
never touches what people put in: values in KV, versions of keys, the password of the database's user.
"""

import asyncio
import secrets
import sys
import time
from pathlib import Path
from typing import Any

import asyncpg
import hvac
from hvac.exceptions import InvalidPath, InvalidRequest, VaultError

from vault.matrix import ROLES
from vault.site import Site

HERE = Path(__file__).parent
PROCESSES = ("app", "migrator", "backup")
"""Who logs in as a program: by AppRole in compose, by IAM on AWS."""
TTL = {"app": ("55m", "60m"), "migrator": ("60m", "60m"), "backup": ("60m", "60m")}
"""Of database users: how long a lease runs, and to what age it can be extended."""
LOGIN_LASTS = "2160h"
"""How long a process can start again with the secret id that it was given: 90 days."""
VAULT_USER = "tasktracker_vault"
TOKEN: dict[str, Any] = {"token_no_default_policy": True, "token_type": "service"}
"""Of every login: the policies in this folder are all that counts."""


class Bootstrap:
    """One run against one server. `say` is told of each step."""

    def __init__(self, client: hvac.Client, site: Site, say: Any = print) -> None:
        self._client = client
        self._site = site
        self._say = say

    def run(self) -> None:
        """Everything. Raises hvac's VaultError where the server refuses, and RuntimeError for what a person must do."""
        self._mount_engines()
        self._write_policies()
        self._check_audit()
        self._enable_logins()
        if self._site.database:
            self._connect_database()
        else:
            self._say("database: left alone, since VAULT_SITE_DATABASE names none")

    def _mount_engines(self) -> None:
        mounted = self._client.sys.list_mounted_secrets_engines()["data"]
        for path, kind, options in (("kv", "kv", {"version": "2"}), ("transit", "transit", None),
                                    ("database", "database", None)):  # fmt: skip
            if f"{path}/" not in mounted:
                self._client.sys.enable_secrets_engine(kind, path=path, options=options)
        self._put_when_ready("kv/config", max_versions=10, cas_required=False)
        for page in ("app", "ci"):
            self._seed(f"kv/data/tasktracker/{page}")
        # Derived: what was sealed for one thing cannot be opened as another's.
        if self._get("transit/keys/tasktracker") is None:
            self._put("transit/keys/tasktracker", type="aes256-gcm96", derived=True)
        self._put("transit/keys/tasktracker/config", auto_rotate_period="2160h", deletion_allowed=False)
        self._say("engines: kv (version 2), transit, database")

    def _put_when_ready(self, path: str, **data: Any) -> None:
        """A mount of KV version 2 that has just been made refuses everything for a moment."""
        for pause in (0.1, 0.2, 0.5, 1, 2, 5):
            try:
                return self._put(path, **data)
            except InvalidRequest as refusal:
                if "Upgrading" not in _said(refusal):
                    raise
            time.sleep(pause)
        return self._put(path, **data)

    def _seed(self, path: str) -> None:
        if self._get(path) is None:
            self._put(path, options={"cas": 0}, data={})

    def _write_policies(self) -> None:
        for role in ROLES:
            policy = (HERE / "policies" / f"{role}.hcl").read_text("utf-8")
            self._client.sys.create_or_update_acl_policy(role, policy)
        self._say(f"policies: {', '.join(ROLES)}")

    def _check_audit(self) -> None:
        devices = self._client.sys.list_enabled_audit_devices()["data"]
        try:
            for name, file in (("to-file", "/vault/audit/audit.log"), ("to-stdout", "stdout")):
                if f"{name}/" not in devices:
                    self._client.sys.enable_audit_device("file", path=name, options={"file_path": file})
        except InvalidRequest as refusal:
            raise RuntimeError(f"Start the server with vault/server/audit.hcl: {_said(refusal)}") from None
        self._say("audit: to-file, to-stdout")

    def _enable_logins(self) -> None:
        self._enable_auth("approle", "approle")
        # Else a secret id would end with the server's longest lease, after a day, and no process could start again.
        self._put("sys/auth/approle/tune", max_lease_ttl=LOGIN_LASTS)
        for role in PROCESSES:
            # Renewed as long as the process lives. A restart uses the same secret id again.
            self._put(f"auth/approle/role/{role}", token_policies=[role], token_period="1h", secret_id_ttl=LOGIN_LASTS,
                      secret_id_num_uses=0, bind_secret_id=True, **TOKEN)  # fmt: skip
        self._put("auth/token/roles/operator", allowed_policies=["operator"], orphan=True, renewable=True,
                  token_explicit_max_ttl="8h", token_no_default_policy=True)  # fmt: skip
        self._say(f"login by AppRole: {', '.join(PROCESSES)}; tokens of role: operator")
        if self._site.gitlab_url:
            self._enable_gitlab(self._site.gitlab_url)
        if self._site.aws_region:
            self._enable_aws(self._site.aws_region)

    def _enable_gitlab(self, url: str) -> None:
        self._enable_auth("jwt", "gitlab")
        keys = self._site.gitlab_keys
        found = {"jwt_validation_pubkeys": [keys]} if keys else {"jwks_url": f"{url}/oauth/discovery/keys"}
        self._put("auth/gitlab/config", bound_issuer=url, **found)
        claims = {
            "project_path": self._site.gitlab_project,
            "ref_protected": "true",
            "ref_type": "branch",
            "ref": [branch.strip() for branch in self._site.gitlab_branches.split(",")],
        }
        if not (self._site.gitlab_project and self._site.gitlab_audience):
            raise RuntimeError("Set VAULT_SITE_GITLAB_PROJECT and VAULT_SITE_GITLAB_AUDIENCE: without them any job of "
                               "any project could log in.")  # fmt: skip
        for role in ("ci", "migrator"):
            self._put(f"auth/gitlab/role/{role}", role_type="jwt", user_claim="project_path", bound_claims=claims,
                      bound_audiences=[self._site.gitlab_audience], claim_mappings={"ref": "ref", "job_id": "job_id"},
                      token_policies=[role], token_ttl="15m", token_max_ttl="1h", **TOKEN)  # fmt: skip
        self._say(f"login by JWT: jobs of {self._site.gitlab_project} on {self._site.gitlab_branches}")

    def _enable_aws(self, region: str) -> None:
        arns = (self._site.aws_app_arn, self._site.aws_migrator_arn, self._site.aws_backup_arn)
        named = {role: arn for role, arn in zip(PROCESSES, arns, strict=True) if arn}
        if not (named and self._site.aws_server_id):
            raise RuntimeError("Set VAULT_SITE_AWS_SERVER_ID and VAULT_SITE_AWS_APP_ARN: without them what a task has "
                               "signed for another Vault would be good here, or no task could log in.")  # fmt: skip
        try:
            self._enable_auth("aws", "aws")
        except VaultError as refusal:  # OpenBao has no such plugin
            self._say(f"login by AWS IAM: not on this server ({_said(refusal)})")
            return
        self._put("auth/aws/config/client", iam_server_id_header_value=self._site.aws_server_id, sts_region=region,
                  sts_endpoint=f"https://sts.{region}.amazonaws.com")  # fmt: skip
        for role, arn in named.items():
            self._put(f"auth/aws/role/{role}", auth_type="iam", bound_iam_principal_arn=[arn], token_policies=[role],
                      token_period="1h", **TOKEN)  # fmt: skip
        self._say(f"login by AWS IAM: {', '.join(named)}, by the STS of {region}")

    def _connect_database(self) -> None:
        self._put_database_roles()
        known = self._get("database/config/tasktracker")
        if admin := self._site.database_admin_url:
            password = None if known else secrets.token_urlsafe(32)
            asyncio.run(_prepare_database(admin.get_secret_value(), password))
        elif not known:
            raise RuntimeError("Set VAULT_SITE_DATABASE_ADMIN_URL for the first run: Vault's user has to be made.")
        else:
            password = None
        # The password that is written here is replaced at once by one that only Vault knows.
        secret = {"username": VAULT_USER, "password": password} if password else {}
        self._put("database/config/tasktracker", plugin_name="postgresql-database-plugin", allowed_roles=list(TTL),
                  connection_url=f"postgresql://{{{{username}}}}:{{{{password}}}}@{self._site.database}",
                  password_authentication="scram-sha-256", **secret)  # fmt: skip
        if password:
            self._put("database/rotate-root/tasktracker")
        self._say(f"database: {self._site.database}, users {', '.join(TTL)} for an hour at most")

    def _put_database_roles(self) -> None:
        for role, (default, longest) in TTL.items():
            made, gone = ((HERE / "database" / f"{name}.sql").read_text("utf-8") for name in (role, "revoke"))
            self._put(f"database/roles/{role}", db_name="tasktracker", default_ttl=default, max_ttl=longest,
                      creation_statements=[made], revocation_statements=[gone])  # fmt: skip

    def _enable_auth(self, kind: str, path: str) -> None:
        if f"{path}/" not in self._client.sys.list_auth_methods()["data"]:
            self._client.sys.enable_auth_method(kind, path=path)

    def _get(self, path: str) -> dict[str, Any] | None:
        try:
            found: dict[str, Any] | None = self._client.read(path)
        except InvalidPath:
            return None
        return found

    def _put(self, path: str, **data: Any) -> None:
        self._client.write_data(path, data=data)


async def _prepare_database(admin_url: str, password: str | None) -> None:
    connection = await asyncpg.connect(admin_url)
    try:
        await connection.execute((HERE / "database" / "owners.sql").read_text("utf-8"))
        if password:  # url-safe letters only, so nothing to quote
            await connection.execute(f"ALTER ROLE {VAULT_USER} LOGIN PASSWORD '{password}'")
    finally:
        await connection.close()


def _said(error: VaultError) -> str:
    return "; ".join(error.errors or [str(error)])


def main() -> None:
    client = hvac.Client(timeout=30)
    try:
        Bootstrap(client, Site()).run()
    except (VaultError, RuntimeError, OSError) as error:
        sys.exit(f"vault: {error}")


if __name__ == "__main__":
    main()
