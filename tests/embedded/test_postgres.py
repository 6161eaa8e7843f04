"""The PostgreSQL that ships with the program: what a person finds after each start."""

import asyncio
import os
import signal
import socket
from pathlib import Path

import asyncpg
import pytest

from tasktracker.embedded import EmbeddedPostgres, PortTaken, ServerFailed, leftovers
from tasktracker.settings import default_folder
from tests.embedded.processes import servers_on, unfinished_in
from tests.embedded.questions import asked, read_note, write_note

pytestmark = pytest.mark.thorough


async def test_what_was_written_is_there_at_the_next_start(new_folder: Path) -> None:
    async with EmbeddedPostgres(new_folder) as address:
        note = await write_note(address)
    assert servers_on(new_folder) == []
    async with EmbeddedPostgres(new_folder) as address:
        assert await read_note(address) == note


async def test_a_later_start_takes_a_moment(used_folder: Path) -> None:
    async with asyncio.timeout(5):  # a fiftieth of it on an idle machine
        async with EmbeddedPostgres(used_folder):
            pass


async def test_a_dropped_database_is_made_again(used_folder: Path) -> None:
    async with EmbeddedPostgres(used_folder) as address:
        connection = await asyncpg.connect(address, database="postgres")
        await connection.execute("DROP DATABASE tasktracker")
        await connection.close()
    async with EmbeddedPostgres(used_folder) as address:
        assert await asked(address, "SELECT current_database()") == "tasktracker"


@pytest.mark.parametrize("remains", [None, "", "half of i"])
async def test_a_lost_password_is_replaced(used_folder: Path, remains: str | None) -> None:
    (used_folder / "password").unlink()
    if remains is not None:
        (used_folder / "password").write_text(remains)
    async with EmbeddedPostgres(used_folder) as address:
        assert await asked(address, "SELECT 1") == 1
    assert (used_folder / "password").stat().st_mode & 0o777 == 0o600


async def test_a_password_of_another_folder_is_explained(used_folder: Path) -> None:
    (used_folder / "password").write_text("x" * 43)
    with pytest.raises(ServerFailed, match=r"password in .*/password. Delete that file and start again"):
        await EmbeddedPostgres(used_folder).start()
    assert servers_on(used_folder) == []
    (used_folder / "password").unlink()


async def test_the_port_that_was_asked_for_is_used_and_a_taken_one_named(used_folder: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PortTaken, match=rf"127\.0\.0\.1:{port}: Address already in use"):
            await EmbeddedPostgres(used_folder, port=port).start()
    async with EmbeddedPostgres(used_folder, port=port) as address:
        assert f"@127.0.0.1:{port}/" in address


async def test_starting_and_stopping_twice_does_no_harm(used_folder: Path) -> None:
    postgres = EmbeddedPostgres(used_folder)
    assert await postgres.start() == await postgres.start()
    await postgres.stop()
    await postgres.stop()
    assert servers_on(used_folder) == []
    assert await asked(await postgres.start(), "SELECT 1") == 1
    await postgres.stop()


@pytest.mark.parametrize("seconds", [0.01, 0.05])
async def test_a_start_that_is_given_up_leaves_nothing_running(used_folder: Path, seconds: float) -> None:
    await give_up_after(seconds, used_folder)
    async with EmbeddedPostgres(used_folder) as address:
        assert await asked(address, "SELECT 1") == 1


async def test_a_first_start_that_is_given_up_can_be_done_again(new_folder: Path) -> None:
    await give_up_after(0.3, new_folder)
    async with EmbeddedPostgres(new_folder) as address:
        assert await asked(address, "SELECT 1") == 1


async def give_up_after(seconds: float, folder: Path) -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(seconds), EmbeddedPostgres(folder):
            await asyncio.sleep(10)
    assert servers_on(folder) == []
    assert unfinished_in(folder) == []


async def test_a_server_that_cannot_start_says_why(used_folder: Path) -> None:
    control = used_folder / "cluster" / "global" / "pg_control"
    kept = control.rename(f"{control}.kept")
    try:
        with pytest.raises(ServerFailed, match=r"(?s)ended while it started.*pg_control"):
            await EmbeddedPostgres(used_folder).start()
    finally:
        kept.rename(control)


async def test_a_server_that_hangs_is_ended_and_its_data_kept(
    used_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    *gentle, last = leftovers.WAYS_TO_END
    monkeypatch.setattr(leftovers, "WAYS_TO_END", (*((sign, 0.2) for sign, _ in gentle), last))
    postgres = EmbeddedPostgres(used_folder)
    note = await write_note(await postgres.start())
    (server,) = servers_on(used_folder)
    os.kill(server, signal.SIGSTOP)
    await postgres.stop()
    assert servers_on(used_folder) == []
    async with postgres as address:
        assert await read_note(address) == note


def test_the_data_lies_where_a_persons_data_belongs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_folder() == tmp_path / "tasktracker" / "postgres"
    monkeypatch.setenv("XDG_DATA_HOME", "relative/paths/do/not/count")
    assert default_folder().is_absolute()
    assert default_folder().parts[-2:] == ("tasktracker", "postgres")
    if os.geteuid() == 0:
        assert default_folder() == Path("/var/lib/tasktracker/postgres")
