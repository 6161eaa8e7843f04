"""The two places where objects can be kept. Each opens itself, and says in a sentence what is wrong with it."""

import asyncio
import os
import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import unquote, urlsplit

from obstore.exceptions import BaseError
from obstore.store import LocalStore, S3Store

from tasktracker.settings import Settings

if TYPE_CHECKING:
    from obstore import Attributes
    from obstore.store import ClientConfig, RetryConfig, S3Config

SETTING = "TASKTRACKER_STORAGE_URL"
FOLDER = "attachments"

FAILURES = (BaseError, OSError)
"""What the storage's library raises for what is wrong outside of this program."""

_PATIENCE: "RetryConfig" = {"max_retries": 3, "retry_timeout": timedelta(seconds=15)}
_CLIENT: "ClientConfig" = {
    "connect_timeout": "3s",
    "read_timeout": "30s",
    "timeout": "1h",  # of a whole transfer: somebody may fetch a large file over a slow line
}

_AROUND = re.compile(r"^Generic \w+ error: (?:Error performing .* - )?")
_IS_REFUSED = re.compile(r"status code: 40[13]\b")
"""What comes while an object is read and what comes while it is written are of different types; this is in both."""
_CODE = re.compile(r"<Code>(\w{1,60})</Code>")
"""The name that S3 gives to what is wrong, in the body of its answer."""


class Place(Protocol):
    """Somewhere to keep objects. `is_missing` tells "no such object" from "no such place" in what was raised."""

    def __str__(self) -> str: ...
    def open(self) -> LocalStore | S3Store: ...
    def attributes(self, media_type: str) -> "Attributes | None": ...
    async def settle(self, key: str) -> None: ...
    async def clear(self, key: str) -> None: ...
    def is_missing(self, error: Exception) -> bool: ...
    def explain(self, error: Exception) -> str: ...


def place_of(settings: Settings) -> "Place":
    """The place that the settings name."""
    parts = urlsplit(settings.storage_url or "")
    if parts.scheme == "s3":
        return Bucket(parts.netloc, parts.path.strip("/"), settings.storage_s3_endpoint, settings.storage_s3_region)
    return Folder(Path(unquote(parts.path)) if parts.scheme else (settings.folder.expanduser() / FOLDER).absolute())


@dataclass(frozen=True)
class Folder:
    """A folder of this machine, which only the program's own user may enter."""

    path: Path

    def __str__(self) -> str:
        return str(self.path)

    def open(self) -> LocalStore:
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        return LocalStore(self.path)

    def attributes(self, _media_type: str) -> None:
        """None: files have no place for them."""

    async def settle(self, key: str) -> None:
        """Bring the file and its name to the disk: a row that is committed later counts on both."""
        file = self.path / key
        await asyncio.to_thread(_sync, file, file.parent, self.path)

    async def clear(self, key: str) -> None:
        """Remove what a process that died has left of a file: the library writes it beside, under a number."""
        await asyncio.to_thread(_remove_parts, self.path / key)

    def is_missing(self, _error: Exception) -> bool:
        return not self.path.is_dir()

    def explain(self, error: Exception) -> str:
        return (
            f"The folder {self.path} cannot be used for attachments: {_reason(error)}. "
            f"Let this user write to it, make room on its disk, or name another place in {SETTING}."
        )


@dataclass(frozen=True)
class Bucket:
    """A bucket of Amazon S3, or of a server that speaks the same language at `endpoint`."""

    name: str
    prefix: str
    endpoint: str | None
    region: str | None

    def __str__(self) -> str:
        return f"s3://{self.name}/{self.prefix}".rstrip("/") + self._where

    def open(self) -> S3Store:
        config: S3Config = {"disable_bulk_delete": True}  # not every server has it, and one object goes at a time
        if self.endpoint:
            config["endpoint"] = self.endpoint.rstrip("/")
        if self.region:
            config["region"] = self.region
        client: ClientConfig = {**_CLIENT, "allow_http": (self.endpoint or "").startswith("http:")}
        return S3Store(
            self.name, prefix=self.prefix or None, config=config, client_options=client, retry_config=_PATIENCE
        )

    def attributes(self, media_type: str) -> "Attributes":
        return {"Content-Type": media_type}

    async def settle(self, key: str) -> None:
        """Nothing: S3 answers when the object is safe."""

    async def clear(self, key: str) -> None:
        """Nothing: the bucket's own rule ends uploads that were left unfinished."""

    def is_missing(self, error: Exception) -> bool:
        return "NoSuchBucket" in str(error)

    def explain(self, error: Exception) -> str:
        if self.is_missing(error):
            return f"There is no bucket “{self.name}”{self._where}. Create it, or name another one in {SETTING}."
        if _IS_REFUSED.search(str(error)):
            return (
                f"The bucket “{self.name}”{self._where} does not let this program in. Check its credentials (AWS_…, or "
                f"the role it runs under), that they may read, write and delete there, and {SETTING}."
            )
        return (
            f"The bucket “{self.name}”{self._where} cannot be used: {_reason(error)}. "
            f"Check {SETTING}, TASKTRACKER_STORAGE_S3_ENDPOINT, TASKTRACKER_STORAGE_S3_REGION and the credentials."
        )

    @property
    def _where(self) -> str:
        return f" at {self.endpoint}" if self.endpoint else ""


def _sync(*paths: Path) -> None:
    for path in paths:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _remove_parts(file: Path) -> None:
    for part in file.parent.glob(f"{file.name}#*"):
        part.unlink(missing_ok=True)


def _reason(error: Exception) -> str:
    """What the library says, without the address, the times and the picture of its insides around it."""
    said = str(error)
    line = _AROUND.sub("", said.strip().partition("\n")[0].partition("<")[0])[:300].rstrip(" .:")
    code = _CODE.search(said)
    return f"{line} ({code[1]})" if code else line
