"""The image as it runs in production, on a real PostgreSQL: how fast it is there, and what it may not do."""

import asyncio
import json
import os
import platform
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.container.running import PYTHON, Container, launched, migrated, started
from tools import containers
from tools.image import Image

pytestmark = pytest.mark.image

ROOT = Path(__file__).resolve().parents[2]
API = "/api/v1"
VOLUME = "/var/lib/tasktracker"
READY = 3.0
"""Seconds from the start of the process to the first time that it says it is ready."""
STARTS = 6
"""At most: other programs use the machine too, so the fastest counts, and all are printed."""
WRITABLE = """
import os, stat
for folder, folders, files in os.walk("/"):
    folders[:] = [name for name in folders if os.path.join(folder, name) not in ("/proc", "/sys")]
    for path in [folder, *(os.path.join(folder, name) for name in files)]:
        if not os.path.islink(path) and not stat.S_ISCHR(os.lstat(path).st_mode) and os.access(path, os.W_OK):
            print(path)
"""
FORBIDDEN = """
import ctypes, os, socket
libc = ctypes.CDLL(None, use_errno=True)
calls = {
    "unshare": (272, 0x10000000), "clone": (56, 0x10000011, 0, 0, 0, 0), "ptrace": (101, 0, 0, 0, 0),
    "mount": (165, 0, 0, 0, 0, 0), "bpf": (321, 0, 0, 0), "keyctl": (250, 0, 0), "io_uring_setup": (425, 1, 0),
    "perf_event_open": (298, 0, 0, 0, 0, 0), "userfaultfd": (323, 0), "process_vm_readv": (310, 1, 0, 0, 0, 0),
}
for name, (number, *arguments) in calls.items():
    done = libc.syscall(number, *arguments)
    print(name, done, os.strerror(ctypes.get_errno()))
for family in ("AF_ALG", "AF_PACKET", "AF_VSOCK"):
    try:
        socket.socket(getattr(socket, family), socket.SOCK_SEQPACKET if family == "AF_ALG" else socket.SOCK_RAW)
        print(family, "opened")
    except OSError as error:
        print(family, -1, error.strerror)
"""


async def test_the_one_off_container_brings_an_empty_database_to_head(built: Image, nobodys_database: str) -> None:
    said = await migrated(built.name, nobodys_database)
    assert "applying" in said
    assert "The schema is at head." in said


async def test_it_is_ready_in_three_seconds(built: Image, nobodys_database: str) -> None:
    await migrated(built.name, nobodys_database)
    took, worked = [], []
    for _ in range(STARTS):
        container = await started(built.name, nobodys_database)
        container.discard()
        took.append(container.ready_after)
        worked.append(container.worked)
        if min(took) <= READY:
            break
    print(
        f"\nready after {', '.join(f'{seconds:.2f}' for seconds in took)} s; at best {min(worked):.2f} s of a processor"
    )
    assert min(took) <= READY, f"{os.getloadavg()[0]:.0f} programs want this machine's {os.cpu_count()} processors"


def status_of(container: Container) -> dict[str, list[str]]:
    """What the kernel says about its first process."""
    lines = Path(f"/proc/{container.pid}/status").read_text().splitlines()
    return {key: text.split() for key, _, text in (line.partition(":") for line in lines)}


async def test_its_process_has_no_right_at_all(container: Container) -> None:
    status = status_of(container)
    held = {key: int(status[key][0], 16) for key in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")}
    print(f"\n{held}, NoNewPrivs {status['NoNewPrivs']}, Seccomp {status['Seccomp']}, Uid {status['Uid']}")
    assert set(held.values()) == {0}
    assert status["NoNewPrivs"] == ["1"]
    assert status["Seccomp"] == ["2"]
    assert status["Uid"] == ["10001"] * 4
    assert status["Gid"] == ["10001"] * 4


async def test_nothing_but_the_volume_can_be_written_to(container: Container) -> None:
    found = await asyncio.to_thread(container.python, WRITABLE)
    outside = [path for path in found.splitlines() if path != VOLUME and not path.startswith(f"{VOLUME}/")]
    assert VOLUME in found.splitlines()
    assert outside == []


@pytest.mark.skipif(platform.machine() != "x86_64", reason="NOT PROVEN: calls have other numbers on this machine")
async def test_the_profile_refuses_what_breaks_out_of_containers(container: Container) -> None:
    said = (await asyncio.to_thread(container.python, FORBIDDEN)).splitlines()
    assert len(said) == 13
    assert [line for line in said if not line.endswith("-1 Operation not permitted")] == []


async def test_it_is_one_process_of_python_and_never_becomes_another(container: Container) -> None:
    listed = containers.said("podman", "top", container.name, "comm")
    assert len(listed.splitlines()) == 2, listed
    assert os.path.realpath(f"/proc/{container.pid}/exe").rpartition("/")[2].startswith("python3")  # noqa: ASYNC240  the kernel answers at once


async def test_what_it_writes_to_its_log_is_json(container: Container) -> None:
    lines = (await asyncio.to_thread(container.logs)).splitlines()
    assert lines
    assert all("message" in json.loads(line) for line in lines), lines
    assert any("ready at" in line for line in lines)


async def test_a_large_file_waits_and_stays_in_the_volume(container: Container) -> None:
    content = os.urandom(6_000_000)
    headers = {"Origin": container.address}
    async with httpx.AsyncClient(base_url=container.address, headers=headers, timeout=30) as ana:
        password = "correct horse battery staple"
        person = {"workspace": "Acme", "name": "Ana", "email": "ana@example.org", "password": password}
        (await ana.post(f"{API}/setup", json=person)).raise_for_status()
        (await ana.post(f"{API}/projects", json={"key": "WEB", "name": "Web"})).raise_for_status()
        (await ana.post(f"{API}/projects/WEB/tasks", json={"title": "Look at it"})).raise_for_status()
        sent = await ana.post(f"{API}/tasks/WEB-1/attachments", files={"file": ("large.bin", content)})
        assert sent.status_code == httpx.codes.CREATED, sent.text
        back = await ana.get(f"{sent.headers['Location']}/content")
    assert back.content == content
    kept = await asyncio.to_thread(container.python, f"import os\nfor at in os.walk('{VOLUME}'): print(at)")
    assert "attachments" in kept


async def test_its_own_check_says_whether_it_is_ready(container: Container) -> None:
    checked = await asyncio.to_thread(containers.run, "podman", "healthcheck", "run", container.name)
    assert checked.returncode == 0
    nobody = "import os; os.environ['TASKTRACKER_PORT'] = '9'; os.execv({0!r}, [{0!r}, '-I', {1!r}])"
    script = nobody.format(PYTHON, "/opt/tasktracker/bin/healthy.py")
    asked = await asyncio.to_thread(
        containers.run, "podman", "exec", container.name, PYTHON, "-c", script, capture_output=True
    )
    assert asked.returncode == 1
    assert "no answer on port 9" in asked.stdout


async def test_it_ends_in_order_when_it_is_told_to(container: Container) -> None:
    assert await asyncio.to_thread(container.stop) == 0


async def test_told_to_end_while_it_starts_it_does_not_have_to_be_killed(built: Image) -> None:
    """The first process of a container ignores signals that it has not asked for."""
    silent = socket.create_server(("127.0.0.1", 0))
    port = silent.getsockname()[1]
    container = await asyncio.to_thread(launched, built.name, f"postgres://nobody:x@127.0.0.1:{port}/nothing")
    silent.settimeout(30)
    asking, _ = await asyncio.to_thread(silent.accept)
    code = await asyncio.to_thread(container.stop)
    container.discard()
    asking.close()
    silent.close()
    assert code == 128 + signal.SIGTERM


async def test_somebody_sets_up_a_workspace_and_gets_a_first_task_done(built: Image, nobodys_database: str) -> None:
    """The journey of a first start, with a browser."""
    assert "1 passed" in await journeys(built, nobodys_database, "e2e/journeys/test_first_start.py", "-k", "newcomer")


async def test_every_page_finds_its_scripts_and_styles_in_the_image(built: Image, nobodys_database: str) -> None:
    """Of what NiceGUI brings, much is left out."""
    said = await journeys(built, nobodys_database, "e2e/journeys/test_accessibility.py", "e2e/journeys/test_reports.py")
    assert re.search(r"\n[1-9]\d* passed", said), said


async def journeys(built: Image, database_url: str, *arguments: str) -> str:
    """What pytest says of journeys through a new container; a fault in a browser's console fails them."""
    await migrated(built.name, database_url)
    container = await started(built.name, database_url)
    command = [sys.executable, "-m", "pytest", "-q", *arguments]
    program = f"podman exec --env TASKTRACKER_PASSWORD {container.name} tasktracker"
    environment = {**containers.environment(), "TASKTRACKER_E2E_ADDRESS": container.address,
                   "TASKTRACKER_E2E_COMMAND": program}  # fmt: skip
    done = await asyncio.to_thread(
        subprocess.run, command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True
    )
    said = container.logs()
    container.discard()
    assert done.returncode == 0, done.stdout + said
    return done.stdout
