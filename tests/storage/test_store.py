"""What people attach is kept whole or not at all, in a folder and in S3 alike."""

import asyncio
import contextlib
import hashlib
import random
from collections.abc import AsyncIterator, Callable

import pytest

from tasktracker.domain.errors import NotFound, TooLarge
from tasktracker.domain.ids import new_id
from tasktracker.storage import Storage, object_key
from tests.storage.conftest import LIMIT, Shelf

PNG = "image/png"
MEBIBYTE = 2**20
SEVERAL_PARTS = random.Random(1).randbytes(11 * MEBIBYTE)
SIZES = {"nothing": b"", "one byte": b"x", "one request": b"abc" * 100_000, "several parts": SEVERAL_PARTS}


def new_key() -> str:
    return object_key("attachments", new_id())


async def chunks(data: bytes, size: int = 2**16) -> AsyncIterator[bytes]:
    for start in range(0, len(data), size):
        yield data[start : start + size]


async def cut_after(data: bytes, error: BaseException) -> AsyncIterator[bytes]:
    async for chunk in chunks(data):
        yield chunk
    raise error


async def read(storage: Storage, key: str, span: tuple[int, int] | None = None) -> bytes:
    return b"".join([chunk async for chunk in await storage.get(key, span=span)])


@pytest.mark.parametrize("data", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("given", [bytes, chunks], ids=["whole", "in pieces"])
async def test_a_file_comes_back_as_it_was_given(
    shelf: Shelf, data: bytes, given: Callable[[bytes], bytes | AsyncIterator[bytes]]
) -> None:
    key = new_key()
    stored = await shelf.storage.put(key, given(data), media_type=PNG)
    assert (stored.size, stored.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert await read(shelf.storage, key) == data
    assert await shelf.storage.exists(key)
    assert (shelf.keys(), shelf.leftovers()) == ([key], [])


async def test_a_large_file_comes_in_pieces_that_leave_room_for_others(shelf: Shelf) -> None:
    key = new_key()
    await shelf.storage.put(key, SEVERAL_PARTS, media_type=PNG)
    sizes = [len(chunk) async for chunk in await shelf.storage.get(key)]
    assert sum(sizes) == len(SEVERAL_PARTS)
    assert max(sizes) <= MEBIBYTE


@pytest.mark.parametrize("size", [1_000, len(SEVERAL_PARTS)], ids=["one request", "several parts"])
@pytest.mark.parametrize("error", [ConnectionResetError("gone"), RuntimeError("broken")], ids=repr)
async def test_an_upload_that_is_cut_off_leaves_nothing(shelf: Shelf, size: int, error: Exception) -> None:
    key = new_key()
    with pytest.raises(type(error), match=str(error)):
        await shelf.storage.put(key, cut_after(SEVERAL_PARTS[:size], error), media_type=PNG)
    assert (shelf.keys(), shelf.leftovers()) == ([], [])
    assert not await shelf.storage.exists(key)


async def test_an_upload_of_several_parts_is_seen_by_nobody_before_its_end(shelf: Shelf) -> None:
    key, seen = new_key(), []

    async def watched() -> AsyncIterator[bytes]:
        async for chunk in chunks(SEVERAL_PARTS, MEBIBYTE):
            yield chunk
        seen.append((shelf.keys(), len(shelf.leftovers())))

    await shelf.storage.put(key, watched(), media_type=PNG)
    assert seen == [([], 1)], "so that what the other tests find cleared away was there"


@pytest.mark.parametrize("pieces", [1, 4, 5, 6, 10, 11])
@pytest.mark.parametrize("turns", [0, 2, 20], ids="after {} turns".format)
async def test_an_upload_that_is_called_off_leaves_nothing(shelf: Shelf, pieces: int, turns: int) -> None:
    """At any moment: while a piece goes out, while a part of a large object does, while the object is closed."""
    reached = asyncio.Event()

    async def watched() -> AsyncIterator[bytes]:
        async for chunk in chunks(SEVERAL_PARTS[: pieces * MEBIBYTE], MEBIBYTE):
            yield chunk
        reached.set()

    upload = asyncio.create_task(shelf.storage.put(new_key(), watched(), media_type=PNG))
    await reached.wait()
    for _ in range(turns):
        await asyncio.sleep(0)
    was_called_off = upload.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await upload
    assert upload.cancelled() == was_called_off
    assert (len(shelf.keys()), shelf.leftovers()) == (0 if was_called_off else 1, [])


@pytest.mark.parametrize("pieces", [0, 1, 6], ids="after {} MiB".format)
async def test_an_upload_that_never_goes_on_is_given_up_and_leaves_nothing(shelf: Shelf, pieces: int) -> None:
    async def stalled() -> AsyncIterator[bytes]:
        async for chunk in chunks(SEVERAL_PARTS[: pieces * MEBIBYTE], MEBIBYTE):
            yield chunk
        await asyncio.Event().wait()

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.3):
            await shelf.storage.put(new_key(), stalled(), media_type=PNG)
    assert (shelf.keys(), shelf.leftovers()) == ([], [])


@pytest.mark.parametrize("given", [bytes, chunks], ids=["whole", "in pieces"])
async def test_a_file_over_the_limit_is_refused_and_leaves_nothing(
    shelf: Shelf, given: Callable[[bytes], bytes | AsyncIterator[bytes]]
) -> None:
    key = new_key()
    with pytest.raises(TooLarge, match="at most 12 MiB") as refused:
        await shelf.storage.put(key, given(bytes(LIMIT + 1)), media_type=PNG)
    assert refused.value.limit == LIMIT
    assert (shelf.keys(), shelf.leftovers()) == ([], [])
    assert (await shelf.storage.put(key, given(bytes(LIMIT)), media_type=PNG)).size == LIMIT


async def test_what_is_over_the_limit_is_not_read_to_its_end(shelf: Shelf) -> None:
    given = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal given
        while True:
            given += MEBIBYTE
            yield bytes(MEBIBYTE)

    with pytest.raises(TooLarge):
        await shelf.storage.put(new_key(), endless(), media_type=PNG)
    assert given == LIMIT + MEBIBYTE


@pytest.mark.parametrize(
    ("span", "expected"),
    [((0, 1), b"0"), ((0, 10), b"0123456789"), ((3, 6), b"345"), ((9, 10), b"9"), ((7, 1_000), b"789")],
)
async def test_a_part_of_a_file_is_read(shelf: Shelf, span: tuple[int, int], expected: bytes) -> None:
    key = new_key()
    await shelf.storage.put(key, b"0123456789", media_type=PNG)
    assert await read(shelf.storage, key, span) == expected


@pytest.mark.parametrize("span", [(10, 11), (10, 10), (-1, 3), (5, 2), (0, 0)])
async def test_a_part_that_is_not_in_the_file_is_a_fault(shelf: Shelf, span: tuple[int, int]) -> None:
    key = new_key()
    await shelf.storage.put(key, b"0123456789", media_type=PNG)
    with pytest.raises(ValueError, match=r"spans nothing|ends before"):
        await shelf.storage.get(key, span=span)


async def test_twenty_files_at_once_are_all_kept(shelf: Shelf) -> None:
    files = {new_key(): random.Random(seed).randbytes(200_000 + seed) for seed in range(20)}
    stored = await asyncio.gather(*(shelf.storage.put(k, chunks(data), media_type=PNG) for k, data in files.items()))
    assert [each.size for each in stored] == [len(data) for data in files.values()]
    assert [await read(shelf.storage, key) for key in files] == list(files.values())
    assert (shelf.keys(), shelf.leftovers()) == (sorted(files), [])


async def test_a_file_that_was_removed_is_gone_and_removing_it_again_is_fine(shelf: Shelf) -> None:
    key, other = new_key(), new_key()
    await shelf.storage.put(key, b"x", media_type=PNG)
    await shelf.storage.put(other, b"y", media_type=PNG)
    for _ in range(2):
        await shelf.storage.delete(key)
        assert not await shelf.storage.exists(key)
        with pytest.raises(NotFound):
            await shelf.storage.get(key)
    assert shelf.keys() == [other]


@pytest.mark.parametrize(
    "key",
    [
        "",
        "attachments",
        "attachments/",
        "../attachments/019a5c1e-7b1a-7c3e-9d55-0c2f4be8a101",
        "attachments/../019a5c1e-7b1a-7c3e-9d55-0c2f4be8a101",
        "attachments/../../etc/passwd",
        "/attachments/019a5c1e-7b1a-7c3e-9d55-0c2f4be8a101",
        "attachments//019a5c1e-7b1a-7c3e-9d55-0c2f4be8a101",
        "attachments/019a5c1e-7b1a-7c3e-9d55-0c2f4be8a101/x",
        "attachments/019a5c1e-7b1a-7c3e-9d55-0c2f4be8a101\n",
        "attachments/019A5C1E-7B1A-7C3E-9D55-0C2F4BE8A101",
        "attachments/%2e%2e/019a5c1e-7b1a-7c3e-9d55-0c2f4be8a101",
        "attachments\\019a5c1e-7b1a-7c3e-9d55-0c2f4be8a101",
    ],
)
async def test_a_key_that_leads_elsewhere_is_refused(shelf: Shelf, key: str) -> None:
    for use in (shelf.storage.get, shelf.storage.delete, shelf.storage.exists):
        with pytest.raises(ValueError, match="is not a key"):
            await use(key)
    with pytest.raises(ValueError, match="is not a key"):
        await shelf.storage.put(key, b"x", media_type=PNG)
    assert shelf.keys() == []


async def test_a_place_that_works_is_found_well_and_left_as_it_was(shelf: Shelf) -> None:
    assert await shelf.storage.check() is None
    assert (shelf.keys(), shelf.leftovers()) == ([], [])
