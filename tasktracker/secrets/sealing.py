"""The seal: what the database keeps for other systems (secrets of webhooks, of sign-in) stands in it sealed.

Each secret is sealed for a purpose, such as `webhook 0197c5…`, and opens for that purpose alone: a sealed text that is
copied to another row opens nothing there. What was opened stays in memory for a while, so that a Vault that is away
keeps nobody from using what was in use.
"""

import base64
import os
import secrets
from collections import OrderedDict
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Protocol

from tasktracker.secrets.errors import SealBroken, SecretsUnavailable, VaultTrouble

if TYPE_CHECKING:
    from nacl.secret import Aead

    from tasktracker.secrets.vault import Vault

REMEMBERED = 10_000
"""Opened texts that stay in memory."""
KEY_BYTES = 32
TRIES = 2
"""Somebody may be waiting."""


class Seal(Protocol):
    """`str()` of one says in words what it uses."""

    async def seal(self, text: str, purpose: str) -> str:
        """The text, sealed with the newest key. Raises VaultTrouble, SecretsUnavailable."""

    async def open(self, sealed: str, purpose: str) -> str:
        """The inverse. Raises SealBroken, VaultTrouble, SecretsUnavailable."""

    async def reseal(self, sealed: str, purpose: str) -> str:
        """The same secret sealed with the newest key; as it is, if it is already. Raises as `open`."""


class StoredSecrets:
    """The seal of this process. `use` gives it one; before that it can do nothing."""

    def __init__(self) -> None:
        self._seal: Seal | None = None
        self._opened: OrderedDict[tuple[str, str], str] = OrderedDict()

    def use(self, seal: Seal) -> None:
        """Seal and open with this one from now on."""
        self._seal = seal
        self._opened.clear()

    async def seal(self, text: str, purpose: str) -> str:
        """As Seal says."""
        sealed = await self._own.seal(text, purpose)
        self._remember(sealed, purpose, text)
        return sealed

    async def open(self, sealed: str, purpose: str) -> str:
        """As Seal says."""
        if (known := self._opened.get((sealed, purpose))) is not None:
            self._opened.move_to_end((sealed, purpose))
            return known
        text = await self._own.open(sealed, purpose)
        self._remember(sealed, purpose, text)
        return text

    async def reseal(self, sealed: str, purpose: str) -> str:
        """As Seal says."""
        return await self._own.reseal(sealed, purpose)

    @property
    def _own(self) -> Seal:
        if self._seal is None:
            raise RuntimeError("no seal is in use")
        return self._seal

    def _remember(self, sealed: str, purpose: str, text: str) -> None:
        self._opened[sealed, purpose] = text
        while len(self._opened) > REMEMBERED:
            self._opened.popitem(last=False)


class VaultSeal:
    """Vault's transit engine: the key never leaves Vault, and has versions. The purpose derives a key of its own."""

    KEY = "tasktracker"

    def __init__(self, vault: "Vault") -> None:
        self._vault = vault

    def __str__(self) -> str:
        return f"Vault's key “{self.KEY}”"

    async def seal(self, text: str, purpose: str) -> str:
        """As Seal says."""
        plaintext = base64.b64encode(text.encode()).decode()
        return await self._asked("encrypt", "ciphertext", purpose, plaintext=plaintext)

    async def open(self, sealed: str, purpose: str) -> str:
        """As Seal says."""
        return base64.b64decode(await self._asked("decrypt", "plaintext", purpose, ciphertext=sealed)).decode()

    async def reseal(self, sealed: str, purpose: str) -> str:
        """As Seal says. The text does not leave Vault."""
        return await self._asked("rewrap", "ciphertext", purpose, ciphertext=sealed)

    async def _asked(self, deed: str, wanted: str, purpose: str, **data: str) -> str:
        data["context"] = base64.b64encode(purpose.encode()).decode()
        try:
            answer = await self._vault.asked(
                lambda client: client.write_data(f"transit/{deed}/{self.KEY}", data=data), tries=TRIES
            )
        except VaultTrouble as trouble:
            if trouble.reason == "refuses" and "permission denied" not in str(trouble):
                raise SealBroken(str(trouble)) from None
            raise
        return str(answer["data"][wanted])


class KeyFile:
    """Keys in a file that only its owner may read, one a line, the newest last: `2:base64`. Made when first needed.

    XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha), with the purpose as associated data.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._keys: dict[str, bytes] = {}

    def __str__(self) -> str:
        return f"the keys in {self._path}"

    @property
    def is_made(self) -> bool:
        """Whether there is a key yet."""
        return self._path.exists()

    async def seal(self, text: str, purpose: str) -> str:
        """As Seal says."""
        if not self._read():
            self._make()
        version, key = list(self._keys.items())[-1]
        sealed = bytes(_box(key).encrypt(text.encode(), purpose.encode()))
        return f"local:v{version}:{base64.b64encode(sealed).decode()}"

    async def open(self, sealed: str, purpose: str) -> str:
        """As Seal says."""
        scheme, _, rest = sealed.partition(":v")
        version, _, body = rest.partition(":")
        key = self._read().get(version) if scheme == "local" else None
        if key is None:
            raise SealBroken(f"{self._path} holds no key for what begins with “{sealed[:12]}”")
        from nacl.exceptions import CryptoError  # noqa: PLC0415  as in _box

        try:
            return _box(key).decrypt(base64.b64decode(body), purpose.encode()).decode()
        except (CryptoError, ValueError):
            raise SealBroken("it was changed, or sealed for something else") from None

    async def reseal(self, sealed: str, purpose: str) -> str:
        """As Seal says."""
        text = await self.open(sealed, purpose)
        newest = list(self._keys)[-1]
        return sealed if sealed.startswith(f"local:v{newest}:") else await self.seal(text, purpose)

    def _read(self) -> dict[str, bytes]:
        if not self._keys and self.is_made:
            try:
                self._keys = _keys_in(self._path.read_text("ascii"))
            except (OSError, ValueError) as error:
                raise SecretsUnavailable(f"{self._path} cannot be read ({error}): put it back from a backup. What it "
                                         "has sealed opens with nothing else.") from None  # fmt: skip
        return self._keys

    def _make(self) -> None:
        """Whole or not at all: another process may read it at any time, and must not find half a key."""
        line = f"1:{base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()}\n"
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile("w", dir=self._path.parent, prefix=f".{self._path.name}.") as file:
                file.write(line)
                file.flush()
                os.fsync(file.fileno())
                with suppress(FileExistsError):  # another process was first: its key it is
                    os.link(file.name, self._path)
        except OSError as error:
            raise SecretsUnavailable(f"{self._path} cannot be written ({error.strerror}): name another file in "
                                     "TASKTRACKER_KEY_FILE.") from None  # fmt: skip
        self._keys = {}
        self._read()


def _keys_in(text: str) -> dict[str, bytes]:
    """The keys by their versions; raises ValueError where there are none."""
    lines = text.split()
    if not lines:
        raise ValueError("it is empty")
    return {line.partition(":")[0]: base64.b64decode(line.partition(":")[2]) for line in lines}


def _box(key: bytes) -> "Aead":
    from nacl.secret import Aead  # noqa: PLC0415  most processes seal nothing, and need not wait for it at their start

    return Aead(key)


stored_secrets = StoredSecrets()
"""This process's."""
