"""One OpenBao for all tests here, bootstrapped by the program that people run, beside the PostgreSQL of all tests."""

import asyncio
import os
import shutil
import signal
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tasktracker.embedded.postgres import EmbeddedPostgres
from tasktracker.models.schema import upgrade_schema
from tests.vault.bao import OpenBao, fresh_bao
from tests.vault.jobs import AUDIENCE, PROJECT, URL, GitLab
from tests.vault.programs import Place
from vault.bootstrap import Bootstrap
from vault.site import Site


@pytest.fixture(scope="session")
def bare_bao() -> Iterator[OpenBao]:
    """A server that has just been unsealed for the first time."""
    with fresh_bao() as server:
        yield server


@pytest.fixture(scope="session")
def gitlab() -> GitLab:
    return GitLab()


@pytest.fixture(scope="session")
async def vault_database_url() -> AsyncIterator[str]:
    """A database of its own at head: of a server that lets in more than one user, by somebody who may make roles."""
    folder = Path(tempfile.mkdtemp(prefix="tasktracker-vault-test-"))
    os.chmod(folder, 0o755)  # noqa: PTH101, S103  PostgreSQL runs as another user when the tests run as root
    async with EmbeddedPostgres(folder / "postgres") as url:
        _let_everybody_in(folder / "postgres")
        await upgrade_schema(url)
        yield url
    shutil.rmtree(folder, ignore_errors=True)


def _let_everybody_in(postgres: Path) -> None:
    """Who has a password. As a rule the server that ships with the program takes its one user alone."""
    (postgres / "access.conf").write_text("host all all 127.0.0.1/32 scram-sha-256\n")
    os.kill(int((postgres / "cluster" / "postmaster.pid").read_text().split()[0]), signal.SIGHUP)


@pytest.fixture(scope="session")
def site(vault_database_url: str, gitlab: GitLab) -> Site:
    where = urlsplit(vault_database_url)
    return Site(
        database=f"{where.hostname}:{where.port}{where.path}?sslmode=disable",
        database_admin_url=vault_database_url,
        gitlab_url=URL,
        gitlab_project=PROJECT,
        gitlab_branches="main, develop",
        gitlab_audience=AUDIENCE,
        gitlab_keys=gitlab.public_key,
        aws_region="eu-central-1",
        aws_server_id="vault.example.com",
        aws_app_arn="arn:aws:iam::123456789012:role/app",
    )


@pytest.fixture(scope="session")
async def bao(bare_bao: OpenBao, site: Site) -> OpenBao:
    """The server after `make vault-bootstrap`."""
    await asyncio.to_thread(Bootstrap(bare_bao.client, site, say=lambda _line: None).run)
    return bare_bao


@pytest.fixture
async def place(bao: OpenBao, vault_database_url: str, tmp_path: Path) -> Place:
    """What a process needs to start with Vault: its first secret, delivered."""
    place = Place(bao, vault_database_url, tmp_path)
    return await asyncio.to_thread(place.delivered)
