"""The command line as an operator and a newcomer meet it: a real process, its exit code, and what it says."""

import asyncio
import shutil
import signal
import socket
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import httpx
import pytest

from tasktracker.models import Account, Task
from tasktracker.services import tasks
from tasktracker.services.relocation import transfer_task
from tests.factories import make_team, second_project
from tests.programs import ready_address, start


@pytest.fixture
def folder() -> Iterator[Path]:
    """A data folder that PostgreSQL's own user can reach when the tests run as root."""
    path = Path(tempfile.mkdtemp(prefix="tasktracker-cli-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path, ignore_errors=True)


async def run(*arguments: str, **environment: str) -> tuple[int, str]:
    """Exit code and everything it printed."""
    process = await start(*arguments, **environment)
    async with asyncio.timeout(60):
        output, _ = await process.communicate()
    return process.returncode or 0, output.decode()


@asynccontextmanager
async def running_up(folder: Path) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    """`tasktracker up`, ready: the process and its address. It is killed at the end if it still runs."""
    process = await start("up", "--no-browser", "--port", "0", TASKTRACKER_DATA_FOLDER=str(folder / "data"))
    try:
        yield process, await ready_address(process)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


def postgres_processes(folder: Path) -> list[str]:
    """Command lines of the servers on that folder."""
    lines = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = entry.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue  # it ended meanwhile
        if "postgres" in line and str(folder) in line:
            lines.append(line)
    return lines


async def gone(folder: Path, *, seconds: float) -> bool:
    async with asyncio.timeout(seconds):
        while postgres_processes(folder):
            await asyncio.sleep(0.1)
    return True


@pytest.mark.drill
async def test_up_ends_in_a_usable_page_and_leaves_nothing_behind(folder: Path) -> None:
    async with running_up(folder) as (process, address), httpx.AsyncClient(follow_redirects=True) as client:
        page = await client.get(address)
        assert page.status_code == httpx.codes.OK
        assert "Create workspace" in page.text
        assert (await client.get(f"{address}/livez")).text == "alive"
        assert (await client.get(f"{address}/readyz")).json() == {"ready": True, "problems": {}}
        assert "tasktracker_http_requests_total" in (await client.get(f"{address}/metrics")).text
        assert "server" not in page.headers
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 30) == 0
    assert await gone(folder, seconds=5)


@pytest.mark.drill
async def test_up_starts_again_after_it_was_killed(folder: Path) -> None:
    body = {"workspace": "Team", "name": "Ana", "email": "ana@example.org", "password": "long enough"}
    async with running_up(folder) as (process, address), httpx.AsyncClient() as client:
        assert (await client.post(f"{address}/api/v1/setup", json=body)).status_code == httpx.codes.CREATED
        process.send_signal(signal.SIGKILL)
        await process.wait()
    async with running_up(folder) as (process, address), httpx.AsyncClient() as client:
        credentials = {"email": body["email"], "password": body["password"]}
        assert (await client.post(f"{address}/api/v1/session", json=credentials)).status_code == httpx.codes.CREATED
        process.send_signal(signal.SIGINT)
        assert await asyncio.wait_for(process.wait(), 30) == 0
    assert await gone(folder, seconds=5)


async def test_a_port_in_use_is_said_before_anything_is_started(folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, said = await run("up", "--no-browser", "--port", str(port), TASKTRACKER_DATA_FOLDER=str(folder / "data"))
    assert code == 1
    assert f"Port {port} is in use" in said
    assert f"--port {port + 1}" in said
    assert not (folder / "data").exists()


@pytest.mark.drill
async def test_a_data_folder_of_another_major_version_is_left_alone(folder: Path) -> None:
    cluster = folder / "data" / "cluster"
    cluster.mkdir(parents=True)
    (cluster / "PG_VERSION").write_text("17\n")
    code, said = await run("up", "--no-browser", "--port", "0", TASKTRACKER_DATA_FOLDER=str(folder / "data"))
    assert code == 1
    assert "PostgreSQL 17" in said
    assert "PostgreSQL 18" in said
    assert [entry.name for entry in cluster.iterdir()] == ["PG_VERSION"]


@pytest.mark.thorough
async def test_the_doctor_says_what_to_do_when_the_database_is_not_there(folder: Path) -> None:
    named = "postgres://nobody:hidden@127.0.0.1:1/none"
    code, said = await run("doctor", TASKTRACKER_DATABASE_URL=named, TASKTRACKER_DATA_FOLDER=str(folder))
    assert code == 1
    assert "→ Check TASKTRACKER_DATABASE_URL" in said
    assert "Traceback" not in said
    assert "hidden" not in said
    assert "secrets: no Vault; settings from the environment" in said


@pytest.mark.thorough
async def test_the_doctor_tells_where_attachments_are_kept_and_whether_they_can_be(
    empty_database_url: str, folder: Path
) -> None:
    here = {"TASKTRACKER_DATABASE_URL": empty_database_url, "TASKTRACKER_DATA_FOLDER": str(folder)}
    code, said = await run("doctor", **here)
    assert code == 0, said
    assert f"{folder}/attachments" in said
    (folder / "letter").write_text("Dear Ana")
    code, said = await run("doctor", **here, TASKTRACKER_STORAGE_URL=f"file://{folder}/letter")
    assert code == 1
    assert f"attachments: {folder}/letter cannot be used" in said
    assert said.count("TASKTRACKER_STORAGE_URL") == 1


@pytest.mark.drill
async def test_serve_refuses_a_database_that_is_behind(server_url: str, folder: Path) -> None:
    name = f"behind_{folder.name.replace('-', '_').lower()}"
    connection = await asyncpg.connect(server_url)
    await connection.execute(f'CREATE DATABASE "{name}"')
    await connection.close()
    url = server_url.rpartition("/")[0] + f"/{name}"
    code, said = await run("serve", "--port", "0", TASKTRACKER_DATABASE_URL=url)
    assert code == 1
    assert "Run `tasktracker migrate` first" in said
    runs = await asyncio.gather(*(run("migrate", TASKTRACKER_DATABASE_URL=url) for _ in range(3)))
    assert [code for code, _ in runs] == [0, 0, 0], "any number may run at once"
    assert sum("applying 0001" in said for _, said in runs) == 1, "and one does the work"


@pytest.mark.thorough
async def test_serve_without_a_database_says_what_to_set() -> None:
    code, said = await run("serve")
    assert code == 1
    assert "TASKTRACKER_DATABASE_URL" in said


@pytest.mark.thorough
async def test_a_bad_setting_is_named() -> None:
    code, said = await run("doctor", TASKTRACKER_PORT="eighty")
    assert code == 1
    assert "TASKTRACKER_PORT" in said
    assert "Traceback" not in said


@pytest.mark.thorough
async def test_people_and_tokens_are_made_on_the_command_line(empty_database_url: str) -> None:
    here = {"TASKTRACKER_DATABASE_URL": empty_database_url, "TASKTRACKER_PASSWORD": "long enough"}
    person = ("--email", "Ana@example.org", "--name", "Ana", "--workspace", "Team")
    code, said = await run("user", "create", *person, **here)
    assert code == 0, said
    assert "owner" in said
    code, said = await run("user", "create", *person, **here)
    assert code == 1
    assert "already" in said
    code, said = await run("token", "create", "ana@example.org", "--name", "script", **here)
    assert code == 0
    assert said.startswith("tt_")


@pytest.mark.drill
async def test_a_change_is_taken_back_on_the_command_line(database_url: str, database: None) -> None:
    team = await make_team()
    email = (await Account.get(id=team.owner.account_id)).email
    await tasks.edit_task(team.owner, team.ref((await team.task("One")).number), {"title": "Two"})
    code, said = await run("undo", team.key, "--as", email, TASKTRACKER_DATABASE_URL=database_url)
    assert code == 0, said
    assert (await Task.get(project=team.project)).title == "One"
    again = said[said.index("tasktracker undo") :].split()[1:]
    code, said = await run(*again, TASKTRACKER_DATABASE_URL=database_url)
    assert (code, (await Task.get(project=team.project)).title) == (0, "Two"), said
    code, said = await run(*again, TASKTRACKER_DATABASE_URL=database_url)
    assert (code, "undone already" in said) == (1, True)


@pytest.mark.thorough
async def test_a_task_is_taken_back_from_another_project_on_the_command_line(database_url: str, database: None) -> None:
    team = await make_team()
    other = await second_project(team)
    email = (await Account.get(id=team.owner.account_id)).email
    await transfer_task(team.owner, team.ref((await team.task("One")).number), other.key)
    code, said = await run("undo", other.key, "--as", email, TASKTRACKER_DATABASE_URL=database_url)
    assert code == 0, said
    assert (await Task.get(project=team.project)).number == 1
    again = said[said.index("tasktracker undo") :].split()[1:]
    code, said = await run(*again, TASKTRACKER_DATABASE_URL=database_url)
    assert (code, await Task.filter(project=other.project).count()) == (0, 1), said


@pytest.mark.thorough
async def test_the_doctor_names_time_zones_that_the_database_does_not_have(
    database: None, database_url: str, folder: Path
) -> None:
    here = {"TASKTRACKER_DATABASE_URL": database_url, "TASKTRACKER_DATA_FOLDER": str(folder)}
    code, said = await run("doctor", **here)
    assert (code, "time zones: program and database agree" in said) == (0, True), said
    lost = await (await make_team()).person(time_zone="Moon/Crisium")
    try:
        code, said = await run("doctor", **here)
    finally:
        await Account.filter(id=lost.account_id).update(time_zone="UTC")
    assert (code, "people have chosen Moon/Crisium" in said) == (1, True), said


@pytest.mark.thorough
async def test_the_doctor_finds_all_well_and_a_log_that_was_tampered_with(
    database: None, empty_database_url: str, database_url: str, folder: Path
) -> None:
    here = {"TASKTRACKER_DATA_FOLDER": str(folder)}
    code, said = await run("doctor", "--audit", TASKTRACKER_DATABASE_URL=empty_database_url, **here)
    assert code == 0, said
    team = await make_team()
    await team.task()
    connection = await asyncpg.connect(database_url)
    before = await connection.fetchval("SELECT kind FROM event WHERE log_id = $1 AND revision = 3", team.project.id)
    change = "UPDATE event SET kind = $2 WHERE log_id = $1 AND revision = 3"
    await connection.execute(change, team.project.id, "ColumnEdited")
    try:
        code, said = await run("doctor", "--audit", TASKTRACKER_DATABASE_URL=database_url, **here)
    finally:
        await connection.execute(change, team.project.id, before)
        await connection.close()
    assert code == 1
    assert str(team.project.id) in said
    assert "revision 3" in said
