"""`tasktracker export` and `tasktracker import`, as real processes."""

import asyncio
import json
import sys
from pathlib import Path

import pytest

from tests.cli.test_command_line import run

CSV = "Summary,Status,Due\nFix the login,Done,31.12.2030\nWrite the manual,Nowhere,\n"


PROJECT = """
import asyncio, sys
from tasktracker.domain.actor import Actor
from tasktracker.models import Membership
from tasktracker.models.database import close_database, open_database
from tasktracker.services.projects import create_project

async def main():
    await open_database(sys.argv[1], pool_min=1, pool_max=2)
    member = await Membership.filter(role="owner").first()
    await create_project(Actor(member.account_id, member.workspace_id), {"key": "WEB", "name": "Web"})
    await close_database()

asyncio.run(main())
"""
"""In a process of its own, since the pool of this one is open on another database."""


async def prepare(url: str) -> dict[str, str]:
    """An owner and an empty project."""
    here = {"TASKTRACKER_DATABASE_URL": url, "TASKTRACKER_PASSWORD": "long enough"}
    code, said = await run("user", "create", "--email", "ana@example.org", "--name", "Ana", **here)
    assert code == 0, said
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", PROJECT, url)
    assert await process.wait() == 0
    return here


@pytest.mark.drill
async def test_a_file_goes_in_and_comes_out(empty_database_url: str, tmp_path: Path) -> None:
    here = await prepare(empty_database_url)
    table = tmp_path / "tasks.csv"
    table.write_text(CSV, "utf-8")
    code, said = await run("import", "WEB", str(table), **here)
    assert code == 1
    assert "line 3, /Status: There is no column “Nowhere”" in said
    assert "Nothing was imported" in said
    code, said = await run("import", "WEB", str(table), "--dry-run", "--skip-errors", **here)
    assert code == 0
    assert "This was a dry run" in said
    code, said = await run("import", "WEB", str(table), "--skip-errors", **here)
    assert code == 0, said
    assert "1 new" in said
    assert "tasktracker undo WEB --as ana@example.org --revision" in said
    out = tmp_path / "web.json"
    code, said = await run("export", "WEB", "--output", str(out), **here)
    assert code == 0, said
    document = json.loads(out.read_text("utf-8"))
    assert [(task["title"], task["due"]) for task in document["tasks"]] == [("Fix the login", "2030-12-31")]
    code, said = await run("import", "WEB", str(out), **here)
    assert code == 0
    assert "had all of it already" in said
    code, said = await run("export", "WEB", "--format", "csv", **here)
    assert said.startswith("ref,title,description")


@pytest.mark.drill
async def test_what_cannot_be_done_is_said(empty_database_url: str, tmp_path: Path) -> None:
    here = await prepare(empty_database_url)
    code, said = await run("import", "WEB", str(tmp_path / "missing.csv"), **here)
    assert code == 1
    assert "missing.csv cannot be read: No such file" in said
    assert "Traceback" not in said
    (tmp_path / "tasks.txt").write_text("title\nA\n", "utf-8")
    code, said = await run("import", "WEB", str(tmp_path / "tasks.txt"), **here)
    assert code == 1
    assert "--format csv or --format json" in said
    code, said = await run("export", "NOTHERE", **here)
    assert code == 1
    assert "There is no project NOTHERE" in said
    assert "Traceback" not in said
