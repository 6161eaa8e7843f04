"""Objects in the place that the settings name: each is there whole, or not at all."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

import obstore
from loguru import logger
from obstore.store import LocalStore, S3Store

from tasktracker.domain.errors import NotFound, StorageUnavailable, TooLarge
from tasktracker.domain.ids import new_id
from tasktracker.settings import Settings
from tasktracker.storage.places import FAILURES, Place, place_of

if TYPE_CHECKING:
    from obstore import AsyncWritableFile, GetResult

T = TypeVar("T")

_KEY = re.compile(r"[a-z]{1,32}/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_PIECE = 2**20
"""Bytes of a whole file that are taken at a time, so that others get their turn in between."""
_PART = 5 * 2**20
"""Bytes of each part of a large object: the least that S3 takes. Smaller objects go in one request."""
_PARTS_AT_ONCE = 2
_READ = 2**16
"""Bytes of a piece on the way out, at least, unless it is the last one."""
_PROBE = b"?"


@dataclass(frozen=True, slots=True)
class Stored:
    """What was kept: its size in bytes, and its SHA-256 as 64 hexadecimal digits."""

    size: int
    sha256: str


def open_storage(settings: Settings) -> "Storage":
    """The storage that the settings name. Nothing is touched before the first use."""
    return Storage(place_of(settings), settings.attachment_limit_bytes)


def object_key(kind: str, object_id: UUID) -> str:
    """The key of an object, such as `attachments/019a5c1e-…`; `kind` is a word in small letters."""
    return f"{kind}/{object_id}"


class Storage:
    """Objects by key. A key is written once: to change a file is to keep another one.

    Whatever is asked for raises `StorageUnavailable` when the place cannot be used, and `ValueError` for a key that
    `object_key` would not make, which is a fault of ours.
    """

    def __init__(self, place: Place, limit_bytes: int) -> None:
        self._place = place
        self._limit = limit_bytes

    def __str__(self) -> str:
        """The place, as those who run the server call it."""
        return str(self._place)

    async def put(self, key: str, chunks: AsyncIterator[bytes] | bytes, *, media_type: str) -> Stored:
        """Keep what comes. If it fails, is too large or is cancelled, nothing of it stays.

        Raises:
            TooLarge: there are more bytes than the limit.
        """
        writer = self._writer(_checked(key), media_type)
        tally = _Tally(self._limit)
        try:
            async for chunk in _pieces(chunks):
                tally.add(chunk)
                await self._done(writer.write(chunk))
        except BaseException as error:
            await self._undone(writer.__aexit__(type(error), error, error.__traceback__))
            raise
        try:
            await self._done(writer.close())
            await self._done(self._place.settle(key))
        except BaseException:
            await self._undone(self.delete(key))
            raise
        return tally.stored()

    async def get(self, key: str, *, span: tuple[int, int] | None = None) -> AsyncIterator[bytes]:
        """The object's bytes, as they come; of a span (from, to), those from the first to before the last.

        A span may end behind the object, but has to begin inside of it: its size was known when it was stored.

        Raises:
            NotFound: there is no such object.
            ValueError: there is nothing in that span.
        """
        if span is not None and not 0 <= span[0] < span[1]:
            raise ValueError(f"{span} spans nothing")
        result = await self._found(_checked(key), span)
        if result is None:
            raise NotFound("file", key)
        return self._stream(result)

    async def delete(self, key: str) -> None:
        """Remove the object, if it is there, and what is there of it if a process died while it wrote it."""
        key = _checked(key)
        try:
            await self._place.clear(key)
            await obstore.delete_async(self._store, key)
        except FileNotFoundError as error:
            self._refuse_missing_place(error)
        except FAILURES as error:
            raise self._unavailable(error) from error

    async def exists(self, key: str) -> bool:
        """Whether the object is there."""
        key = _checked(key)
        try:
            return await self._found(key, (0, 1)) is not None
        except ValueError:
            return True  # it is empty, and has no first byte

    async def check(self) -> str | None:
        """Write, read and delete a small object.

        Returns None when all is well, else a sentence for those who run the server.
        """
        key = object_key("checks", new_id())
        try:
            await self.put(key, _PROBE, media_type="application/octet-stream")
            read = b"".join([chunk async for chunk in await self.get(key)])
            await self.delete(key)
        except StorageUnavailable as refusal:
            return refusal.reason
        return None if read == _PROBE else "The storage gave back something else than it was given."

    @cached_property
    def _opened(self) -> LocalStore | S3Store:
        return self._place.open()

    @property
    def _store(self) -> LocalStore | S3Store:
        try:
            return self._opened
        except FAILURES as error:
            raise self._unavailable(error) from error

    def _writer(self, key: str, media_type: str) -> "AsyncWritableFile":
        return obstore.open_writer_async(
            self._store,
            key,
            attributes=self._place.attributes(media_type),
            buffer_size=_PART,
            max_concurrency=_PARTS_AT_ONCE,
        )

    async def _done(self, step: Awaitable[T]) -> T:
        """The outcome of a step of writing; what goes wrong is told in our words."""
        try:
            return await _to_its_end(step)
        except FAILURES as error:
            raise self._unavailable(error) from error

    async def _undone(self, step: Awaitable[object]) -> None:
        """Clear away what is left of a write that failed. That it failed is what matters, whatever happens here."""
        try:
            await _to_its_end(step)
        except (*FAILURES, StorageUnavailable) as error:
            logger.warning("storage: what is left of a failed write could not be removed: {!r}", error)

    async def _found(self, key: str, span: tuple[int, int] | None = None) -> "GetResult | None":
        """The object, opened for reading; None when it is not there.

        Raises:
            ValueError: the object ends before the span.
        """
        try:
            return await obstore.get_async(self._store, key, options={"range": span} if span else None)
        except FileNotFoundError as error:
            self._refuse_missing_place(error)
            return None
        except FAILURES as error:
            if "InvalidRange" in str(error):  # S3's code and the folder's error are both called so
                raise ValueError(f"{key} ends before {span}") from error
            raise self._unavailable(error) from error

    async def _stream(self, result: "GetResult") -> AsyncIterator[bytes]:
        try:
            async for chunk in result.stream(min_chunk_size=_READ):
                yield bytes(chunk)
        except FAILURES as error:
            raise self._unavailable(error) from error

    def _refuse_missing_place(self, error: Exception) -> None:
        if self._place.is_missing(error):
            raise self._unavailable(error) from error

    def _unavailable(self, error: Exception) -> StorageUnavailable:
        refusal = StorageUnavailable(self._place.explain(error))
        logger.warning("storage: {}", refusal.reason)
        return refusal


class _Tally:
    """Counts and hashes what goes by, and stops it at the limit."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._hash = sha256()

    def add(self, chunk: bytes) -> None:
        self._size += len(chunk)
        if self._size > self._limit:
            raise TooLarge(self._limit)
        self._hash.update(chunk)

    def stored(self) -> Stored:
        return Stored(self._size, self._hash.hexdigest())


def _checked(key: str) -> str:
    if not _KEY.fullmatch(key):
        raise ValueError(f"{key!r} is not a key of the storage")
    return key


async def _pieces(chunks: AsyncIterator[bytes] | bytes) -> AsyncIterator[bytes]:
    if isinstance(chunks, bytes):
        for start in range(0, len(chunks), _PIECE):
            yield chunks[start : start + _PIECE]
        return
    async for chunk in chunks:
        yield chunk


async def _to_its_end(step: Awaitable[T]) -> T:
    """Wait for a step until it has ended, cancelled or not: half of one could neither be undone nor be known about."""
    task = asyncio.ensure_future(step)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.gather(task, return_exceptions=True)
        raise
