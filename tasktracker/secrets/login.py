"""How a process proves to Vault who it is: three ways, one interface."""

import os
import re
from pathlib import Path
from typing import Any, Protocol

import hvac
from hvac.exceptions import InvalidRequest, VaultError
from loguru import logger

from tasktracker.secrets.aws import AwsIdentity, NoIdentity, signed_question
from tasktracker.secrets.errors import SecretsUnavailable
from tasktracker.settings import Settings

TIMEOUT = (1.0, 3.0)
"""Seconds to connect, and between two bytes of an answer, for whatever Vault is asked."""
_SECRET_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Login(Protocol):
    """`str()` of one says in words what it uses."""

    def __call__(self, client: hvac.Client) -> dict[str, Any]:
        """Log in; returns Vault's `auth`: token, seconds, policies.

        Raises:
            SecretsUnavailable: what it needs is not there.
            VaultError: Vault refuses.
        """


def login_of(settings: Settings) -> Login:
    """The way that the settings name. Raises SecretsUnavailable when they do not say enough."""
    if settings.vault_login == "aws":
        if not settings.vault_aws_region:
            raise SecretsUnavailable("TASKTRACKER_VAULT_AWS_REGION is missing: whose STS shall Vault ask?")
        return AwsIam(settings.vault_role, settings.vault_aws_region, settings.vault_server_id or "")
    if settings.vault_login_from is None:
        raise SecretsUnavailable("TASKTRACKER_VAULT_LOGIN_FROM is missing: it names the folder with role-id and "
                                 "secret-id, or the file with the token of a job.")  # fmt: skip
    if settings.vault_login == "jwt":
        return Jwt(settings.vault_role, settings.vault_login_from)
    return AppRole(settings.vault_login_from)


class AppRole:
    """By a role id and a secret id, from a folder that only this process may read: for compose.

    The secret id comes inside a wrapping that can be opened once. It is opened here, and kept in the wrapping's place,
    so that the process can start again.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._secret_id: str | None = None

    def __str__(self) -> str:
        return f"AppRole, from {self._folder}"

    def __call__(self, client: hvac.Client) -> dict[str, Any]:
        """As Login says."""
        role_id = _read(self._folder / "role-id")
        remembered = self._secret_id
        self._secret_id = remembered or self._opened(client, _read(self._folder / "secret-id"))
        try:
            auth: dict[str, Any] = client.auth.approle.login(role_id, self._secret_id, use_token=False)["auth"]
        except InvalidRequest:
            self._secret_id = None
            if remembered is None:
                raise
            return self(client)  # it has ended; another one may have been delivered meanwhile
        return auth

    def _opened(self, client: hvac.Client, found: str) -> str:
        if _SECRET_ID.fullmatch(found):
            return found
        own = hvac.Client(client.url, token=found, session=client.session, timeout=TIMEOUT)
        try:
            secret_id: str = own.sys.unwrap()["data"]["secret_id"]
        except (VaultError, KeyError) as refusal:
            if isinstance(refusal, InvalidRequest) or "wrapping token" in str(refusal):
                raise SecretsUnavailable(
                    f"the wrapping in {self._folder}/secret-id is used up: it is too old, or somebody else has opened "
                    "it. If nobody can tell who did, treat it as stolen: docs/runbooks/rotate-a-secret.md, and deliver "
                    "a new one with `make vault-deliver`."
                ) from None
            raise
        self._keep(secret_id)
        return secret_id

    def _keep(self, secret_id: str) -> None:
        path = self._folder / "secret-id"
        unfinished = path.with_name("secret-id.new")
        try:
            with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                file.write(secret_id)
            unfinished.replace(path)
        except OSError as error:
            logger.warning("vault: {} cannot be written ({}): the next start needs a new secret id", path, error)


class Jwt:
    """By a token that GitLab gives to a job (`id_tokens`), from a file."""

    def __init__(self, role: str, file: Path) -> None:
        self._role = role
        self._file = file

    def __str__(self) -> str:
        return f"a job's token, from {self._file}"

    def __call__(self, client: hvac.Client) -> dict[str, Any]:
        """As Login says."""
        auth: dict[str, Any] = client.auth.jwt.jwt_login(self._role, _read(self._file), use_token=False, path="gitlab")[
            "auth"
        ]
        return auth


class AwsIam:
    """By the role of a task on AWS."""

    def __init__(self, role: str, region: str, server_id: str) -> None:
        self._role = role
        self._region = region
        self._server_id = server_id

    def __str__(self) -> str:
        return f"AWS IAM, by the STS of {self._region}"

    def __call__(self, client: hvac.Client) -> dict[str, Any]:
        """As Login says."""
        try:
            identity = AwsIdentity.of_this_task()
        except NoIdentity as missing:
            raise SecretsUnavailable(f"AWS gives this process no identity: {missing}") from None
        question = signed_question(identity, self._region, self._server_id)
        auth: dict[str, Any] = client.login(
            "/v1/auth/aws/login", json={"role": self._role, **question}, use_token=False
        )["auth"]
        return auth


def _read(file: Path) -> str:
    try:
        found = file.read_text("utf-8").strip()
    except OSError as error:
        raise SecretsUnavailable(f"{file} cannot be read ({error.strerror}): it has to be delivered first "
                                 "(docs/how-to/use-vault.md).") from None  # fmt: skip
    if not found:
        raise SecretsUnavailable(f"{file} is empty: it has to be delivered first (docs/how-to/use-vault.md).")
    return found
