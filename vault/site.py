"""What differs from one installation to the next, from variables `VAULT_SITE_<NAME>`."""

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Site(BaseSettings):
    """VAULT_ADDR and VAULT_TOKEN are read by the client itself, as by Vault's own tools."""

    model_config = SettingsConfigDict(env_prefix="VAULT_SITE_", env_ignore_empty=True, extra="ignore", frozen=True)

    database: str | None = Field(
        default=None, description="The database as Vault reaches it, without a user: `host:port/name?sslmode=…`."
    )
    database_admin_url: SecretStr | None = Field(
        default=None,
        description="The database as this machine reaches it, with a user that may create roles. Needed once, and "
        "when the roles change; Vault does not keep it.",
    )
    gitlab_url: str | None = Field(default=None, description="Such as https://gitlab.com; jobs log in if it is set.")
    gitlab_project: str = Field(default="", description="The one project whose jobs may log in: `group/tasktracker`.")
    gitlab_branches: str = Field(default="main", description="Protected branches whose jobs may, with commas.")
    gitlab_audience: str = Field(default="", description="What `aud` of a job's token has to be: Vault's address.")
    gitlab_keys: str | None = Field(
        default=None, description="GitLab's public keys as PEM. Unless set, Vault fetches them from GitLab."
    )
    aws_region: str | None = Field(default=None, description="Whose STS is asked; tasks log in by IAM if it is set.")
    aws_server_id: str = Field(default="", description="What tasks must sign as X-Vault-AWS-IAM-Server-ID.")
    aws_app_arn: str = Field(default="", description="The IAM role of serving tasks.")
    aws_migrator_arn: str = Field(default="", description="The IAM role of the migration task.")
    aws_backup_arn: str = Field(default="", description="The IAM role of the backup task.")
