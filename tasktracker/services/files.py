"""The bytes of attachments.

They are kept in the storage, which shares no transaction with the database. So a file is noted as loose before its
first byte is stored, and the command that makes an attachment of it takes the note away. Whatever fails, whenever the
process dies: bytes that nobody owns have a note, and those who find it remove them. Nothing goes by what the storage
happens to hold, which may be more than this database knows of.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from loguru import logger

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Clash, NotFound, StorageUnavailable
from tasktracker.domain.files import clean_file_name
from tasktracker.domain.permissions import Permission
from tasktracker.domain.references import TaskRef
from tasktracker.models import LooseFile
from tasktracker.services.access import read_in_project
from tasktracker.services.availability import UNAVAILABLE
from tasktracker.services.command import ProjectCommand, require_write
from tasktracker.services.transaction import unit_of_work
from tasktracker.storage import Storage, object_key
from tasktracker.storage.media import HEAD_BYTES, sniff
from tasktracker.storage.thumbnails import MEDIA_TYPE, Thumbnail, make_thumbnail

KEPT_LOOSE = timedelta(hours=24)
"""How long a file may take to come in, and to be made an attachment of."""

_FILE, _THUMBNAIL = "attachments", "thumbnails"
_PICTURES = frozenset({"image/avif", "image/bmp", "image/gif", "image/jpeg", "image/png", "image/webp"})
_OUT_OF_REACH: tuple[type[Exception], ...] = (*UNAVAILABLE, StorageUnavailable)
_PICTURE_MOST = 50 * 2**20
"""Bytes of a picture that gets a thumbnail."""
_TASK_FOUND = "EXISTS (SELECT FROM task t WHERE t.project_id = access.id AND t.number = $5) AS found"
_CLAIM = "DELETE FROM loose_file WHERE id = $1 RETURNING id"
_CLAIM_OLD = """
    DELETE FROM loose_file WHERE id = (
        SELECT id FROM loose_file WHERE since < now() - $1::interval ORDER BY since LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id
"""
_LOOSEN = """
    WITH gone AS (DELETE FROM attachment WHERE task_id = $1 RETURNING id)
    INSERT INTO loose_file (id, since) SELECT id, 'epoch' FROM gone
"""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that is stored and belongs to nothing yet. `width` and `height` are a picture's, in pixels."""

    id: UUID
    name: str
    media_type: str
    size: int
    sha256: str
    width: int | None
    height: int | None


class Files:
    """The storage of this process, once it is opened."""

    storage: Storage

    def __init__(self) -> None:
        self._opening = asyncio.Semaphore(2)

    def open(self, storage: Storage) -> None:
        """Use this storage from now on."""
        self.storage = storage

    async def keep(self, file_id: UUID, name: str, chunks: AsyncIterator[bytes]) -> Upload:
        """Store the bytes as they come, and a thumbnail of a picture. Raises TooLarge, StorageUnavailable."""
        head, rest = await _beginning(chunks)
        media_type = sniff(head, name)
        stored = await self.storage.put(object_key(_FILE, file_id), rest, media_type=media_type)
        is_picture = media_type in _PICTURES and stored.size <= _PICTURE_MOST
        thumbnail = await self._thumbnail(file_id) if is_picture else None
        size = (thumbnail.original_width, thumbnail.original_height) if thumbnail else (None, None)
        return Upload(file_id, name, media_type, stored.size, stored.sha256, *size)

    async def _thumbnail(self, file_id: UUID) -> Thumbnail | None:
        async with self._opening:  # a picture is in memory whole while it is made smaller
            data = b"".join([chunk async for chunk in await self.read(file_id)])
            thumbnail = await make_thumbnail(data)
        if thumbnail is not None:
            await self.storage.put(object_key(_THUMBNAIL, file_id), thumbnail.data, media_type=MEDIA_TYPE)
        return thumbnail

    async def read(self, file_id: UUID, span: tuple[int, int] | None = None) -> AsyncIterator[bytes]:
        """The file's bytes, or those of a span (from, to). Raises NotFound, StorageUnavailable."""
        return await self.storage.get(object_key(_FILE, file_id), span=span)

    async def read_thumbnail(self, file_id: UUID) -> AsyncIterator[bytes]:
        """A picture's thumbnail, as WebP. Raises NotFound, StorageUnavailable."""
        return await self.storage.get(object_key(_THUMBNAIL, file_id))

    async def remove(self, file_id: UUID) -> None:
        """Remove the file and its thumbnail, as far as they are there. Raises StorageUnavailable."""
        for kind in (_THUMBNAIL, _FILE):
            await self.storage.delete(object_key(kind, file_id))


files = Files()


@asynccontextmanager
async def uploaded(actor: Actor, ref: TaskRef, name: str, chunks: AsyncIterator[bytes]) -> AsyncIterator[Upload]:
    """Store a file for the block, which may make an attachment of it; else it is removed at the end of the block.

    It has its own transactions, so it cannot be part of one. Raises NotFound, Forbidden, Invalid, TooLarge,
    StorageUnavailable.
    """
    name = clean_file_name(name, "/file")
    await _require_may_attach(actor, ref)
    loose = await LooseFile.create()
    try:
        yield await files.keep(loose.id, name, chunks)
    finally:
        await _remove_if_loose(loose.id)


async def take_over(command: ProjectCommand, upload: Upload) -> None:
    """Note that the file belongs to something from now on. Raises Clash if it has been removed meanwhile."""
    if not await command.db.execute_query_dict(_CLAIM, [upload.id]):
        raise Clash("This file came in too long ago, and was removed. Send it again.")


async def loosen_files(command: ProjectCommand, task_id: UUID) -> None:
    """Forget the attachments of a task that is purged; upkeep removes their bytes once that is committed."""
    await command.db.execute_query(_LOOSEN, [task_id])


async def remove_loose_files() -> None:
    """Remove the bytes that nobody has made an attachment of in time. Raises StorageUnavailable."""
    while await _remove_one(_CLAIM_OLD, KEPT_LOOSE):
        pass


async def _require_may_attach(actor: Actor, ref: TaskRef) -> None:
    """Refuse a file before its first byte is read, for those who may not attach any."""
    require_write(actor)
    row = await read_in_project(actor, ref.key, _TASK_FOUND, ref.number, permission=Permission.COMMENT)
    if not row["found"]:
        raise NotFound("task", ref)


async def _remove_if_loose(file_id: UUID) -> None:
    try:
        await _remove_one(_CLAIM, file_id)
    except _OUT_OF_REACH as error:
        logger.warning("an uploaded file could not be removed ({}); upkeep will do it", error)


async def _remove_one(claim: str, value: object) -> bool:
    """Remove the bytes of a loose file, if there is one. Where that fails, the note stays.

    A command that takes the file over at this moment holds its note; then this waits, and finds none.
    """
    async with unit_of_work() as work:
        rows = await work.db.execute_query_dict(claim, [value])
        for row in rows:
            await files.remove(row["id"])
    return bool(rows)


async def _beginning(chunks: AsyncIterator[bytes]) -> tuple[bytes, AsyncIterator[bytes]]:
    """As much of the beginning as tells what the file is, and all of the file."""
    head = b""
    async for chunk in chunks:
        head += chunk
        if len(head) >= HEAD_BYTES:
            break
    return head, _joined(head, chunks)


async def _joined(head: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    if head:
        yield head
    async for chunk in rest:
        yield chunk
