"""Who may run PostgreSQL on a data folder, and what is left when that program dies."""

import os
import signal
from pathlib import Path

import pytest

from tasktracker.embedded import DataFolderInUse, EmbeddedPostgres
from tasktracker.embedded.privileges import account_for
from tasktracker.embedded.programs import shipped_folder
from tests.embedded.processes import (
    address_of,
    becomes_true,
    guards_of,
    kill,
    other_program,
    owner,
    refusal_of,
    servers_on,
    unfinished_in,
)
from tests.embedded.questions import read_note, write_note

pytestmark = pytest.mark.thorough


async def found_note(folder: Path) -> object:
    async with EmbeddedPostgres(folder) as address:
        return await read_note(address)


def is_ready(pid_file: Path) -> bool:
    return pid_file.exists() and "ready" in pid_file.read_text()


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
async def test_the_server_ends_with_its_owner_and_committed_rows_stay(used_folder: Path, sign: signal.Signals) -> None:
    with owner(used_folder) as process:
        note = await write_note(address_of(process))
        assert len(servers_on(used_folder)) == 1
        process.send_signal(sign)
        assert process.wait(10) == (-sign if sign is signal.SIGKILL else 0)
        assert becomes_true(lambda: not servers_on(used_folder))
    assert await found_note(used_folder) == note


async def test_a_start_right_after_the_owner_was_killed_works(used_folder: Path) -> None:
    with owner(used_folder) as process:
        note = await write_note(address_of(process))
        process.kill()
        process.wait()
        assert await found_note(used_folder) == note


async def test_an_orphaned_server_is_stopped_and_replaced(used_folder: Path) -> None:
    with owner(used_folder) as process:
        note = await write_note(address_of(process))
        (orphan,) = servers_on(used_folder)
        kill(*guards_of(orphan), process.pid)
        process.wait()
        assert servers_on(used_folder) == [orphan]
        assert await found_note(used_folder) == note
    assert servers_on(used_folder) == []


async def test_a_start_after_everything_was_killed_at_once_works(used_folder: Path) -> None:
    with owner(used_folder) as process:
        note = await write_note(address_of(process))
        (server,) = servers_on(used_folder)
        kill(*guards_of(server), server, process.pid)
        process.wait()
        assert (used_folder / "cluster" / "postmaster.pid").exists()
        assert await found_note(used_folder) == note


async def test_a_pid_that_another_program_has_by_now_stops_nobody(used_folder: Path) -> None:
    with owner(used_folder) as process:
        note = await write_note(address_of(process))
    cluster = used_folder / "cluster"
    # PostgreSQL itself would believe this one: it is alive, and runs as the server's own account.
    with other_program(account_for(cluster), "/bin/sleep", "60") as stranger:
        (cluster / "postmaster.pid").write_text(f"{stranger.pid}\n{cluster}\n1\n5432\n\n\n")
        assert await found_note(used_folder) == note
        assert stranger.poll() is None


async def test_a_second_owner_is_refused_and_the_first_unharmed(used_folder: Path) -> None:
    async with EmbeddedPostgres(used_folder) as address:
        port = address.rpartition(":")[2].partition("/")[0]
        with owner(used_folder) as second:
            assert f"already running, on port {port}: process {os.getpid()} is using" in refusal_of(second)
        with pytest.raises(DataFolderInUse) as refusal:
            await EmbeddedPostgres(used_folder).start()
        assert (refusal.value.pid, refusal.value.port) == (os.getpid(), int(port))
        note = await write_note(address)
    assert await found_note(used_folder) == note


async def test_a_server_that_somebody_started_by_hand_is_left_alone(used_folder: Path) -> None:
    async with EmbeddedPostgres(used_folder) as address:
        port = int(address.rpartition(":")[2].partition("/")[0])
    cluster = used_folder / "cluster"
    command = (shipped_folder() / "postgres", "-D", cluster, "-p", str(port), "-c", "unix_socket_directories=")
    with other_program(account_for(cluster), *command) as by_hand:
        assert becomes_true(lambda: is_ready(cluster / "postmaster.pid"))
        with pytest.raises(DataFolderInUse, match=f"on port {port}: process {by_hand.pid} "):
            await EmbeddedPostgres(used_folder).start()
        assert by_hand.poll() is None


async def test_a_first_start_that_was_killed_half_way_is_done_again(new_folder: Path) -> None:
    with owner(new_folder) as process:
        assert becomes_true(lambda: any(new_folder.glob("cluster.new-*/base/1/*")))
        process.kill()
        process.wait()
    assert not (new_folder / "cluster").exists()
    async with EmbeddedPostgres(new_folder) as address:
        note = await write_note(address)
    assert await found_note(new_folder) == note
    assert unfinished_in(new_folder) == []
