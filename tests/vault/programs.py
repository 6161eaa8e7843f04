"""The program with Vault behind it: as a process that is told where Vault is, and nothing secret."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg

from tests.vault.bao import OpenBao
from vault.deliver import deliver


@dataclass(frozen=True)
class Place:
    """`url` names a user who sees all; the program is told the address without one."""

    bao: OpenBao
    url: str
    folder: Path

    def delivered(self, role: str = "app") -> "Place":
        """After `make vault-deliver` into the folder."""
        deliver(self.bao.client, role, self.folder / role, "5m")
        return self

    def told(self, role: str = "app") -> dict[str, str]:
        """The environment of the program."""
        where = urlsplit(self.url)
        return {
            "TASKTRACKER_DATABASE_URL": f"postgres://{where.hostname}:{where.port}{where.path}",
            "TASKTRACKER_VAULT_ADDRESS": self.bao.address,
            "TASKTRACKER_VAULT_LOGIN_FROM": str(self.folder / role),
            "TASKTRACKER_VAULT_ROLE": role,
            "TASKTRACKER_LOG_FORMAT": "text",
            "TASKTRACKER_DATA_FOLDER": str(self.folder / "data"),
        }

    def lend_for(self, seconds: int, longest: int | None = None) -> None:
        """Let users of the program live that long. Everything else stays as bootstrapped."""
        role = self.bao.client.read("database/roles/app")["data"]
        role |= {"default_ttl": seconds, "max_ttl": longest or seconds}
        self.bao.client.write_data("database/roles/app", data=role)

    async def sessions(self) -> dict[str, set[str]]:
        """The users of the program that have sessions now, and what for."""
        found: dict[str, set[str]] = {}
        connection = await asyncpg.connect(self.url)
        rows = await connection.fetch(
            "SELECT usename, application_name FROM pg_stat_activity WHERE datname = current_database() "
            "AND usename LIKE 'v-approle-app-%'"
        )
        await connection.close()
        for row in rows:
            found.setdefault(row["usename"], set()).add(row["application_name"])
        return found

    async def users(self) -> set[str]:
        """Every user of the program that there is."""
        connection = await asyncpg.connect(self.url)
        rows = await connection.fetch("SELECT rolname FROM pg_roles WHERE rolname LIKE 'v-approle-app-%'")
        await connection.close()
        return {row["rolname"] for row in rows}
