"""What a process asks for before it does anything: its settings, its database user, its seal."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from loguru import logger

from tasktracker.secrets.database_credentials import LeasedDatabase, Where
from tasktracker.secrets.errors import SecretsUnavailable, VaultTrouble
from tasktracker.secrets.sealing import KeyFile, Seal, VaultSeal
from tasktracker.settings import Settings, settings, supply

if TYPE_CHECKING:
    from tasktracker.secrets.vault import Vault

PAGE = "kv/data/tasktracker/app"
TRIES = 5
"""About ten seconds, or twenty if Vault hangs: longer than it takes another node to become the leader."""


def supply_settings() -> None:
    """Take from Vault the settings that the environment does not have. Raises SecretsUnavailable."""
    vault = vault_of_process()
    if vault is None:
        return
    try:
        answer = vault.ask(lambda client: client.read(PAGE), tries=TRIES)
    except (VaultTrouble, SecretsUnavailable) as error:
        raise _missing(f"the settings in {PAGE}", error) from None
    found: dict[str, Any] = (answer or {}).get("data", {}).get("data") or {}
    if unknown := sorted(found.keys() - Settings.model_fields.keys()):
        logger.warning("vault: {} holds what is no setting of this program: {}", PAGE, ", ".join(unknown))
    supply(found)


@cache
def vault_of_process() -> "Vault | None":
    """Vault, if one is configured. Raises SecretsUnavailable when the settings do not say how to log in."""
    own = settings()
    if own.vault_address is None:
        return None
    from tasktracker.secrets.login import login_of  # noqa: PLC0415  hvac takes time that a laptop need not spend
    from tasktracker.secrets.vault import Vault  # noqa: PLC0415

    return Vault(own.vault_address, login_of(own), own.vault_ca_file)


def lends_users(own: Settings) -> bool:
    """Whether the database's users come from Vault: there is one, and the address names no user."""
    url = own.database_url.get_secret_value() if own.database_url else ""
    return own.vault_address is not None and url != "" and not urlsplit(url).username


@asynccontextmanager
async def lent_database(url: str) -> AsyncIterator[Where]:
    """The database at `url`: as the user that it names, or as users of Vault, which change while the block lasts.

    Raises:
        SecretsUnavailable: Vault gives no user.
    """
    vault = vault_of_process()
    if vault is None or not lends_users(settings()):
        yield url
        return
    database = LeasedDatabase(url, vault, settings().vault_role)
    try:
        await database.open()
    except (VaultTrouble, SecretsUnavailable) as error:
        raise _missing(f"a database user (database/creds/{settings().vault_role})", error) from None
    keeping = asyncio.create_task(database.keep(), name="database user: keep")
    try:
        yield database
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)
        await database.close()


def seal_of(own: Settings) -> Seal:
    """What seals stored secrets: Vault, or else a key file."""
    vault = vault_of_process()
    return VaultSeal(vault) if vault else KeyFile(own.key_file or own.folder / "secrets.key")


def give_all_back() -> None:
    """Log out of Vault, at the very end: whatever it has lent to this process ends."""
    asked = vault_of_process.cache_info().currsize  # settings that are wrong have been told of, and lend nothing
    if asked and (vault := vault_of_process()):
        vault.close()


def _missing(what: str, error: Exception) -> SecretsUnavailable:
    own = settings()
    where = f"{own.vault_address}, logging in by {own.vault_login}"
    return SecretsUnavailable(f"cannot start without {what}, from Vault at {where}: {error}. {_advice(error)}")


def _advice(error: Exception) -> str:
    if not isinstance(error, VaultTrouble):
        return "Then start it again."
    return {
        "gone": "Is it running, and is TASKTRACKER_VAULT_ADDRESS right? See docs/runbooks/vault-lost.md.",
        "slow": "See docs/runbooks/vault-lost.md.",
        "sealed": "Unseal it: docs/runbooks/unseal-vault.md.",
        "refuses": "Run make vault-bootstrap, and look whether the secret id is still good: "
        "docs/runbooks/rotate-a-secret.md.",
        "failing": "Its own log says why; see docs/runbooks/vault-lost.md.",
    }[error.reason]
