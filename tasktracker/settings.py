"""The one reader of the environment. Every setting is `TASKTRACKER_<NAME>`; docs/reference/settings.md lists them."""

import os
import re
import sys
from collections.abc import Mapping
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

_PLACE_OF_FILES = re.compile(r"file:///[^?#]+|s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:/[\w!.*'()-]+)*/?", re.ASCII)
"""A folder, or a bucket (named by Amazon's rules) with a prefix of characters that are safe in every S3."""


_supplied: dict[str, Any] = {}


class Settings(BaseSettings):
    """Sizes are counts unless the name says otherwise; times are seconds."""

    model_config = SettingsConfigDict(env_prefix="TASKTRACKER_", env_ignore_empty=True, extra="ignore", frozen=True)

    host: str = Field(default="127.0.0.1", description="The address to serve on. `0.0.0.0` serves every network.")
    port: int = Field(default=8080, ge=0, le=65535, description="The port to serve on; 0 takes any free one.")
    database_url: SecretStr | None = Field(
        default=None,
        description="The database: `postgres://user:password@host:port/name`. Without a user, Vault lends one.",
    )
    data_folder: Path | None = Field(
        default=None,
        description="Where `up` keeps its PostgreSQL, and attachments are kept unless told otherwise.",
    )
    pool_min: int = Field(default=2, ge=1, description="Database connections that stay open.")
    pool_max: int = Field(default=10, ge=1, description="Database connections at most; two more listen and notify.")
    public_url: str | None = Field(
        default=None, description="The address people use, such as https://tasks.example.com; https secures cookies."
    )
    session_days: int = Field(default=30, ge=1, description="Days that a sign-in lasts.")
    body_limit_bytes: int = Field(default=1_000_000, ge=1, description="The largest request body; more gets 413.")
    rate_limit_per_minute: int = Field(
        default=1200,
        ge=0,
        description="Calls of the API a minute: for each account, and for each address that calls without one. "
        "0: any number. Each process counts for itself.",
    )
    sign_in_limit_per_minute: int = Field(
        default=20,
        ge=0,
        description="Attempts to sign in a minute from one address, and three times as many for one account from "
        "everywhere. 0: any number. Each process counts for itself.",
    )
    storage_url: str | None = Field(
        default=None,
        description="Where attachments are kept: `file:///folder` or `s3://bucket/prefix`. "
        "Unless set, in `attachments` in the data folder.",
    )
    storage_s3_endpoint: str | None = Field(
        default=None,
        description="The address of a server that speaks S3 and is not Amazon's, such as https://s3.example.com; "
        "http only on this machine.",
    )
    storage_s3_region: str | None = Field(
        default=None, description="The bucket's region, such as `eu-central-1`. Unless set, `AWS_REGION`."
    )
    attachment_limit_bytes: int = Field(default=25 * 2**20, ge=1, description="The largest attachment; more gets 413.")
    key_file: Path | None = Field(
        default=None,
        description="Keys that seal stored secrets where there is no Vault. Unless set, `secrets.key` in the data "
        "folder, made when it is first needed.",
    )
    vault_address: str | None = Field(
        default=None, description="A Vault, such as https://vault.example.com:8200; http only on this machine."
    )
    vault_login: Literal["approle", "jwt", "aws"] = Field(
        default="approle", description="How to log in to Vault: AppRole, the token of a GitLab job, or AWS IAM."
    )
    vault_login_from: Path | None = Field(
        default=None, description="The folder with `role-id` and `secret-id`, or the file with the job's token."
    )
    vault_role: str = Field(default="app", description="As what to log in, and which database user to take.")
    vault_ca_file: Path | None = Field(default=None, description="Who signed Vault's certificate, as PEM.")
    vault_aws_region: str | None = Field(default=None, description="Whose STS says who a task on AWS is.")
    vault_server_id: str | None = Field(default=None, description="What Vault wants signed by tasks on AWS.")
    drain_seconds: float = Field(
        default=10,
        ge=0,
        le=40,
        description="Seconds that `serve` goes on answering after a signal to stop, so that a balancer finds out and "
        "open pages move to another process; they may take longer. 0: nobody else serves them, so end soon.",
    )
    reconnect_seconds: float = Field(
        default=30, ge=3, description="Seconds that the server keeps the page of a tab whose connection is away."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="The least important lines to write."
    )
    log_format: Literal["json", "text"] = Field(
        default="json", description="What `serve` writes: JSON, one object a line, or text. `up` always writes text."
    )

    @field_validator("storage_url")
    @classmethod
    def _names_a_place(cls, url: str | None) -> str | None:
        if url is not None and (".." in url or not _PLACE_OF_FILES.fullmatch(url)):
            raise ValueError("write file:///folder or s3://bucket/prefix")
        return url

    @field_validator("storage_s3_endpoint", "vault_address")
    @classmethod
    def _keeps_bytes_private(cls, url: str | None) -> str | None:
        parts = urlsplit(url or "https://unset")
        is_private = parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(parts.hostname))
        if not is_private or not parts.hostname or parts.port == 0 or parts.username or parts.query or parts.fragment:
            raise ValueError("write https://host, or http://127.0.0.1:port for a server on this machine")
        return url

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003  pydantic hands it over
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  there is no such file
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003  as above
    ) -> tuple[Any, ...]:
        return init_settings, env_settings, lambda: dict(_supplied)

    @property
    def folder(self) -> Path:
        """The data folder: the one that is named, or where a person's data belongs."""
        return self.data_folder or default_folder()

    @property
    def is_secure(self) -> bool:
        """Whether people reach this server over TLS."""
        return (self.public_url or "").startswith("https://")

    @property
    def session_cookie(self) -> str:
        """The name of the session cookie; `__Host-` binds it to this host and to TLS (RFC 6265bis, section 4.1.3.2)."""
        return "__Host-tasktracker" if self.is_secure else "tasktracker"


def default_folder() -> Path:
    """Where a person's data belongs: `$XDG_DATA_HOME/tasktracker/postgres` (XDG Base Directory Specification 0.8).

    Root's is /var/lib/tasktracker/postgres unless XDG_DATA_HOME says otherwise: PostgreSQL does not run as root, and
    the account that it runs as may not enter root's home.
    """
    data_home = os.environ.get("XDG_DATA_HOME", "")
    if Path(data_home).is_absolute():
        base = Path(data_home)
    elif os.geteuid() == 0:
        base = Path("/var/lib")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path.home() / ".local" / "share"
    return base / "tasktracker" / "postgres"


def _is_loopback(host: str | None) -> bool:
    try:
        return host == "localhost" or ip_address(host or "").is_loopback
    except ValueError:
        return False


def supply(values: Mapping[str, Any]) -> None:
    """Let these hold, by the names of `Settings`, wherever the environment says nothing. For the start of a process."""
    _supplied.clear()
    _supplied.update(values)
    settings.cache_clear()


@cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
