"""compose.yaml: one command up, a person's first task through the balancer, one command down."""

import itertools
import json
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import httpx
import pytest

from tests.container.podman_service import podman_service
from tests.container.stand_ins import stand_ins
from tests.servers import free_port
from tools import containers
from tools.image import Image

pytestmark = pytest.mark.compose

ROOT = Path(__file__).resolve().parents[2]
PROJECT = "tasktracker-test"
UP = 60.0
"""Seconds until all of it is healthy, once its images are there."""
SERVICES = {"app-a", "app-b", "balancer", "postgres", "vault"}
FILES = 65_536
ONCE = {"folders", "migrate", "vault-setup"}


@dataclass(frozen=True)
class Composition:
    """What `make compose-up` has started, in this environment."""

    environment: dict[str, str]
    secrets: Path
    seconds: float

    @property
    def address(self) -> str:
        return f"http://{self.environment['TASKTRACKER_LISTEN']}"

    def make(self, verb: str, *options: str) -> "subprocess.CompletedProcess[str]":
        """`make compose-up` or `compose-down`, as far as the target goes."""
        return make(self.environment, verb, *options)


def make(environment: dict[str, str], verb: str, *options: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "tools.compose", verb, *options]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)


def few_files(folder: Path) -> list[str]:
    """A file over compose.yaml, for a machine that lets nobody open as many files as the balancer would like to."""
    allowed = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if allowed >= FILES:
        return []
    print(f"==> this machine allows {allowed} open files, so the balancer takes fewer connections here", flush=True)
    file = folder / "few-files.yaml"
    file.write_text("services: { balancer: { ulimits: !reset null, command: [haproxy, -W, -db, -n, '4000', -f, "
                    "/usr/local/etc/haproxy/haproxy.cfg] } }\n")  # fmt: skip
    return [str(file)]


@pytest.fixture(scope="module")
def environment(built: Image, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    folder = tmp_path_factory.mktemp("compose")
    with podman_service(folder) as address:
        yield {
            **containers.environment(),
            **stand_ins(),
            "DOCKER_HOST": address,
            "COMPOSE_PROJECT_NAME": PROJECT,
            "COMPOSE_FILE": os.pathsep.join(["compose.yaml", "deploy/compose/podman.yaml", *few_files(folder)]),
            "TASKTRACKER_IMAGE": built.name,
            "TASKTRACKER_SECRETS": str(folder / "secrets"),
            "TASKTRACKER_LISTEN": f"127.0.0.1:{free_port()}",
            "TASKTRACKER_LOG_DRIVER": "k8s-file",
        }


@pytest.fixture(scope="module")
def composition(environment: dict[str, str]) -> Iterator[Composition]:
    started = time.monotonic()
    up = make(environment, "up")
    took = time.monotonic() - started
    try:
        assert up.returncode == 0, f"{up.stdout}{up.stderr}\n{logs()}"
        print(up.stdout[up.stdout.rindex("==>") :])
        yield Composition(environment, Path(environment["TASKTRACKER_SECRETS"]), took)
    finally:
        make(environment, "down", "--volumes", "--timeout", "5")


def logs() -> str:
    """The last of what each container says, for a report."""
    return "\n".join(f"--- {name}\n{_log(each['Id'])}" for name, each in running().items())


def _log(container: str) -> str:
    done = containers.run("podman", "logs", "--tail", "20", container, capture_output=True)
    return done.stdout + done.stderr


def running() -> dict[str, dict[str, Any]]:
    """What podman knows of each container, by the service's name."""
    ours = f"label=com.docker.compose.project={PROJECT}"
    listed = containers.said("podman", "ps", "--all", "--quiet", "--filter", ours)
    found = json.loads(containers.said("podman", "inspect", *listed.split())) if listed else []
    return {each["Config"]["Labels"]["com.docker.compose.service"]: each for each in found}


def test_one_command_starts_all_of_it_in_a_minute(composition: Composition) -> None:
    print(f"\ncompose-up: healthy after {composition.seconds:.1f} s")
    assert composition.seconds < UP
    found = running()
    assert found.keys() == SERVICES | ONCE, "mail comes with its profile alone"
    assert {name: found[name]["State"]["Health"]["Status"] for name in SERVICES} == dict.fromkeys(SERVICES, "healthy")
    assert {name: found[name]["State"]["ExitCode"] for name in ONCE} == dict.fromkeys(ONCE, 0)


def test_no_variable_of_any_container_holds_a_secret(composition: Composition) -> None:
    password = (composition.secrets / "postgres-password").read_text()
    spoken = {name: _told(each["Config"]) for name, each in running().items()}
    assert len(password) > 30
    assert [name for name, text in spoken.items() if password in text or "PRIVATE KEY" in text] == []
    assert composition.secrets.stat().st_mode & 0o077 == 0


def _told(config: dict[str, Any]) -> str:
    """Variables and arguments."""
    return " ".join([*config["Env"], *(config["Cmd"] or []), *(config["Entrypoint"] or [])])


def test_each_container_has_no_more_rights_than_it_needs(composition: Composition) -> None:
    found = running()
    for name in SERVICES:
        lines = Path(f"/proc/{found[name]['State']['Pid']}/status").read_text().splitlines()
        status = {key: text.split() for key, _, text in (line.partition(":") for line in lines)}
        assert (int(status["CapEff"][0], 16), status["NoNewPrivs"], status["Seccomp"]) == (0, ["1"], ["2"]), name
        assert status["Uid"][0] != "0", name
        assert found[name]["HostConfig"]["ReadonlyRootfs"], name


def test_replicas_use_users_of_the_database_that_vault_lends(composition: Composition) -> None:
    assert len(lent_users()) == 2, "one for each replica"


def lent_users() -> list[str]:
    """Those that have sessions now."""
    statement = "SELECT DISTINCT usename FROM pg_stat_activity WHERE usename LIKE 'v-approle-app-%'"
    psql = "psql -tA -h 127.0.0.1 -U tasktracker_admin -d tasktracker"
    script = f'PGPASSWORD=$(cat /run/secrets/postgres-password) {psql} -c "{statement}"'
    return containers.said("podman", "exec", running()["postgres"]["Id"], "sh", "-c", script).split()


def test_the_balancer_shows_both_replicas_to_newcomers_and_keeps_who_has_come(composition: Composition) -> None:
    cookies = set()
    for _ in range(8):
        with httpx.Client(base_url=composition.address) as visitor:
            cookies.add(visitor.get("/livez").cookies["tasktracker_replica"])
    assert cookies == {"a", "b"}


def test_somebody_sets_up_a_workspace_and_gets_a_first_task_done(composition: Composition) -> None:
    """The journey of a first start, with a browser, through the balancer."""
    journey = [sys.executable, "-m", "pytest", "e2e/journeys/test_first_start.py", "-q", "-k", "newcomer"]
    environment = {**os.environ, "TASKTRACKER_E2E_ADDRESS": composition.address}
    done = subprocess.run(journey, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + logs()
    assert "1 passed" in done.stdout


@dataclass
class Visits:
    """Somebody of each replica, and a newcomer, ask for a page again and again, and try nothing twice."""

    address: str
    answered: int = 0
    failed: list[str] = field(default_factory=list)
    _is_over: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        self._visiting = threading.Thread(target=self._visit)
        self._visiting.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._visiting.join()

    def _visit(self) -> None:
        for replica in itertools.cycle(["a", "b", ""]):
            if self._is_over.wait(0.1):
                return
            try:
                cookies = {"tasktracker_replica": replica}
                answer = httpx.get(f"{self.address}/sign-in", cookies=cookies, timeout=10, follow_redirects=True)
                answer.raise_for_status()
                self.answered += 1
            except httpx.HTTPError as error:
                self.failed.append(f"{replica}: {error!r}")


def test_up_again_replaces_one_replica_after_another_while_people_work(composition: Composition) -> None:
    before = {name: each["Id"] for name, each in running().items()}
    with Visits(composition.address) as visits:
        up = make({**composition.environment, "TASKTRACKER_PUBLIC_URL": composition.address}, "up")
    assert up.returncode == 0, f"{up.stdout}{up.stderr}\n{logs()}"
    after = {name: each["Id"] for name, each in running().items()}
    assert {name for name in SERVICES if before[name] != after[name]} == {"app-a", "app-b"}
    print(f"\ncompose-up over two replicas that serve: {visits.answered} pages, {len(visits.failed)} failed")
    assert visits.failed == []
    assert visits.answered > 100


NOWHERE = "{ environment: { TASKTRACKER_DATABASE_URL: 'postgres://10.97.61.99:5432/tasktracker' } }"


def over(composition: Composition, folder: Path, services: str) -> dict[str, str]:
    """The environment in which these services are others."""
    (file := folder / "over.yaml").write_text(f"services: {{ {services} }}\n")
    files = os.pathsep.join([composition.environment["COMPOSE_FILE"], str(file)])
    return {**composition.environment, "COMPOSE_FILE": files}


def test_a_migration_that_fails_leaves_both_replicas_alone(composition: Composition, tmp_path: Path) -> None:
    before = {name: each["Id"] for name, each in running().items() if name in SERVICES}
    up = make(over(composition, tmp_path, f"migrate: {NOWHERE}"), "up")
    assert up.returncode == 1
    assert "no replica was replaced" in up.stderr
    assert {name: each["Id"] for name, each in running().items() if name in SERVICES} == before


def test_a_replica_that_does_not_come_up_leaves_the_other_one_alone(composition: Composition, tmp_path: Path) -> None:
    with Visits(composition.address) as visits:
        up = make(over(composition, tmp_path, f"app-a: {NOWHERE}, app-b: {NOWHERE}"), "up")
        mended = composition.make("up")
    assert up.returncode == 1
    assert "the other replica serves" in up.stderr
    assert mended.returncode == 0, f"{mended.stdout}{mended.stderr}\n{logs()}"
    assert visits.failed == []
    assert visits.answered > 100


def test_down_and_up_again_keeps_what_people_entered(composition: Composition) -> None:
    """Vault is sealed after the start, and its setup opens it; logins that were opened are used again."""
    down = composition.make("down", "--timeout", "30")
    assert down.returncode == 0, down.stderr
    assert running() == {}
    up = composition.make("up")
    assert up.returncode == 0, f"{up.stdout}{up.stderr}\n{logs()}"
    setup = httpx.get(f"{composition.address}/setup")
    assert (setup.status_code, setup.headers.get("location")) == (303, "/sign-in"), "somebody has an account"
    assert "a login as" not in _log(running()["vault-setup"]["Id"]), "those that were opened still open Vault"
