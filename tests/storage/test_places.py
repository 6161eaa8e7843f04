"""A place that cannot be used says so: to people in general words, to those who run the server with names."""

import asyncio
import stat
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import obstore
import pytest
from obstore.store import S3Store

from tasktracker.domain.errors import StorageUnavailable
from tasktracker.domain.ids import new_id
from tasktracker.settings import Settings, default_folder
from tasktracker.storage import Storage, object_key, open_storage
from tasktracker.storage.places import Bucket, Folder, place_of
from tests.storage.conftest import BucketShelf, FolderShelf
from tests.storage.faulty_s3 import faulty_s3

KEY = object_key("attachments", new_id())
SEVERAL_PARTS = bytes(11 * 2**20)


async def reasons(storage: Storage) -> list[str]:
    """What each use says to those who run the server."""
    said = []
    for use in (
        storage.put(KEY, b"x", media_type="image/png"),
        storage.get(KEY),
        storage.exists(KEY),
        storage.delete(KEY),
    ):
        with pytest.raises(StorageUnavailable, match="Try again shortly") as refused:
            await use
        said.append(refused.value.reason)
        assert refused.value.reason not in str(refused.value)
    check = await storage.check()
    assert check is not None
    return [*said, check]


@pytest.mark.thorough
async def test_a_bucket_that_is_not_there_is_named_with_its_setting(s3_endpoint: str) -> None:
    storage = open_storage(Settings(storage_url="s3://nobodys-bucket/files", storage_s3_endpoint=s3_endpoint))
    for reason in await reasons(storage):
        assert reason == (
            f"There is no bucket “nobodys-bucket” at {s3_endpoint}. "
            "Create it, or name another one in TASKTRACKER_STORAGE_URL."
        )


@pytest.fixture
def distrustful_s3(s3_endpoint: str, bucket: str) -> Iterator[str]:
    """The server, when it knows nobody's keys."""
    httpx.post(f"{s3_endpoint}/moto-api/reset-auth", content="0").raise_for_status()
    yield s3_endpoint
    httpx.post(f"{s3_endpoint}/moto-api/reset-auth", content="inf").raise_for_status()


@pytest.mark.thorough
async def test_keys_that_a_bucket_does_not_know_are_told(distrustful_s3: str, bucket: str) -> None:
    storage = open_storage(Settings(storage_url=f"s3://{bucket}", storage_s3_endpoint=distrustful_s3))
    for reason in await reasons(storage):
        assert reason.startswith(f"The bucket “{bucket}” at {distrustful_s3} does not let this program in.")
        assert "AWS_" in reason


@pytest.mark.drill
async def test_a_server_that_nobody_can_reach_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    storage = open_storage(Settings(storage_url="s3://team-files", storage_s3_endpoint="http://127.0.0.1:1"))
    for reason in await reasons(storage):
        assert reason.startswith("The bucket “team-files” at http://127.0.0.1:1 cannot be used: ")
        assert "TASKTRACKER_STORAGE_S3_ENDPOINT" in reason
        assert KEY not in reason


@pytest.mark.parametrize(
    "failing",
    ["POST .*uploads", "PUT .*partNumber=1", "PUT .*partNumber=3", "POST .*uploadId"],
    ids=["at its start", "at its first part", "at its last part", "at its end"],
)
@pytest.mark.thorough
async def test_an_upload_that_the_server_fails_at_leaves_nothing(
    s3_endpoint: str, bucket: str, tmp_path: Path, failing: str
) -> None:
    with faulty_s3(s3_endpoint, failing) as endpoint:
        shelf = BucketShelf(endpoint, bucket, tmp_path.name)
        with pytest.raises(StorageUnavailable) as refused:
            await shelf.storage.put(KEY, SEVERAL_PARTS, media_type="image/png")
    assert "500 Internal Server Error" in refused.value.reason
    shelf = BucketShelf(s3_endpoint, bucket, tmp_path.name)
    assert (shelf.keys(), shelf.leftovers()) == ([], [])


@pytest.mark.parametrize("size", [1_000, len(SEVERAL_PARTS)], ids=["one request", "several parts"])
@pytest.mark.thorough
async def test_a_cancelled_upload_stays_cancelled_also_when_nothing_can_be_cleared_away(
    s3_endpoint: str, bucket: str, tmp_path: Path, size: int
) -> None:
    reached = asyncio.Event()

    async def watched() -> AsyncIterator[bytes]:
        yield SEVERAL_PARTS[:size]
        reached.set()

    with faulty_s3(s3_endpoint, "DELETE") as endpoint:
        shelf = BucketShelf(endpoint, bucket, tmp_path.name)
        upload = asyncio.create_task(shelf.storage.put(KEY, watched(), media_type="image/png"))
        await reached.wait()
        await asyncio.sleep(0)
        upload.cancel()
        with pytest.raises(asyncio.CancelledError):
            await upload


@pytest.mark.thorough
async def test_an_upload_that_is_cut_off_is_told_as_that_also_when_nothing_can_be_cleared_away(
    s3_endpoint: str, bucket: str, tmp_path: Path
) -> None:
    async def cut_off() -> AsyncIterator[bytes]:
        yield SEVERAL_PARTS
        raise ConnectionResetError("gone")

    with faulty_s3(s3_endpoint, "DELETE") as endpoint:
        shelf = BucketShelf(endpoint, bucket, tmp_path.name)
        with pytest.raises(ConnectionResetError, match="gone"):
            await shelf.storage.put(KEY, cut_off(), media_type="image/png")


@pytest.mark.thorough
async def test_a_server_that_deletes_one_object_at_a_time_is_good_enough(
    s3_endpoint: str, bucket: str, tmp_path: Path
) -> None:
    with faulty_s3(s3_endpoint, r"POST .*\?delete") as endpoint:
        shelf = BucketShelf(endpoint, bucket, tmp_path.name)
        await shelf.storage.put(KEY, b"x", media_type="image/png")
        await shelf.storage.delete(KEY)
    assert BucketShelf(s3_endpoint, bucket, tmp_path.name).keys() == []


@pytest.mark.thorough
async def test_a_file_keeps_its_media_type_in_the_bucket(s3_endpoint: str, bucket: str, tmp_path: Path) -> None:
    shelf = BucketShelf(s3_endpoint, bucket, tmp_path.name)
    for data in (b"x", SEVERAL_PARTS):
        await shelf.storage.put(KEY, data, media_type="image/png")
        kept = await obstore.get_async(Bucket(bucket, tmp_path.name, s3_endpoint, None).open(), KEY)
        assert kept.attributes["Content-Type"] == "image/png"


async def test_a_folder_that_is_a_file_is_named_with_its_setting(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("Dear Ana")
    for reason in await reasons(FolderShelf(tmp_path / "letter").storage):
        assert reason.startswith(f"The folder {tmp_path}/letter cannot be used for attachments: ")
        assert "TASKTRACKER_STORAGE_URL" in reason
    assert (tmp_path / "letter").read_text() == "Dear Ana"


async def test_a_folder_that_went_away_is_told_and_its_files_are_not_called_missing(tmp_path: Path) -> None:
    shelf = FolderShelf(tmp_path / "files")
    await shelf.storage.put(KEY, b"x", media_type="image/png")
    shelf.folder.rename(tmp_path / "elsewhere")
    with pytest.raises(StorageUnavailable) as refused:
        await shelf.storage.get(KEY)
    assert str(shelf.folder) in refused.value.reason


async def test_a_folder_in_the_way_of_a_file_is_told(tmp_path: Path) -> None:
    shelf = FolderShelf(tmp_path / "files")
    shelf.folder.mkdir()
    (shelf.folder / "attachments").write_text("in the way")
    with pytest.raises(StorageUnavailable) as refused:
        await shelf.storage.put(KEY, b"x", media_type="image/png")
    assert "Not a directory" in refused.value.reason


async def test_nobody_else_on_the_machine_may_enter_the_folder(tmp_path: Path) -> None:
    shelf = FolderShelf(tmp_path / "deep" / "files")
    await shelf.storage.put(KEY, b"x", media_type="image/png")
    assert stat.S_IMODE(shelf.folder.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("settings", "place"),
    [
        (Settings(data_folder=Path("/srv/data")), Folder(Path("/srv/data/attachments"))),
        (Settings(), Folder(default_folder() / "attachments")),
        (Settings(storage_url="file:///srv/our%20files/"), Folder(Path("/srv/our files"))),
        (Settings(storage_url="s3://team-files"), Bucket("team-files", "", None, None)),
        (
            Settings(
                storage_url="s3://team.files/a/b/",
                storage_s3_endpoint="https://s3.example.org",
                storage_s3_region="eu-central-1",
            ),
            Bucket("team.files", "a/b", "https://s3.example.org", "eu-central-1"),
        ),
    ],
    ids=repr,
)
def test_the_settings_name_the_place(settings: Settings, place: Folder | Bucket) -> None:
    assert place_of(settings) == place


def test_a_bucket_is_opened_where_the_settings_say() -> None:
    store = Bucket("team-files", "a/b", "https://s3.example.org/", "eu-central-1").open()
    assert isinstance(store, S3Store)
    assert (store.prefix, store.config["endpoint"], store.config["region"]) == (
        "a/b",
        "https://s3.example.org",
        "eu-central-1",
    )


async def test_what_a_process_that_was_killed_has_left_of_a_file_is_removed_with_it(tmp_path: Path) -> None:
    shelf = FolderShelf(tmp_path / "files")
    key = object_key("attachments", new_id())
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", DIES, str(shelf.folder), key)
    await process.wait()
    assert (shelf.keys(), len(shelf.leftovers())) == ([], 1)
    await shelf.storage.delete(key)
    assert shelf.leftovers() == []


DIES = """
import asyncio, os, signal, sys
from tasktracker.settings import Settings
from tasktracker.storage import open_storage

async def chunks():
    for _ in range(12):
        yield bytes(2**20)
    os.kill(os.getpid(), signal.SIGKILL)

storage = open_storage(Settings(storage_url=f"file://{sys.argv[1]}"))
asyncio.run(storage.put(sys.argv[2], chunks(), media_type="image/png"))
"""
