"""Import and export over the API."""

from typing import Any, get_args

import pytest
from httpx import AsyncClient

from tasktracker.api.v1 import transfer
from tasktracker.services.projects import set_project_member
from tasktracker.services.transfer.csv_text import DELIMITERS
from tasktracker.services.transfer.csv_values import DATE_FORMATS
from tests.api.conftest import Sign
from tests.factories import Team

API = "/api/v1/projects"


async def test_a_table_is_imported_and_reported_line_by_line(owner: AsyncClient, team: Team) -> None:
    body: dict[str, Any] = {
        "format": "csv",
        "content": "Summary,Status\nFirst,Done\nSecond,Nowhere\n",
        "mapping": {"Summary": "title", "Status": "column"},
        "dry_run": True,
    }
    trial = await owner.post(f"{API}/{team.key}/import", json=body)
    assert trial.status_code == 200
    report = trial.json()
    assert (report["imported"], report["counts"]) == (False, {"create": 1, "update": 0, "unchanged": 0, "error": 1})
    assert [(line["line"], line["outcome"]) for line in report["lines"]] == [(2, "create"), (3, "error")]
    assert report["lines"][1]["problems"][0]["pointer"] == "/Status"
    assert (await owner.get(f"{API}/{team.key}/tasks")).json() == []
    real = await owner.post(f"{API}/{team.key}/import", json={**body, "dry_run": False, "skip_errors": True})
    assert (real.json()["imported"], real.json()["command"] > 0) == (True, True)
    assert [task["title"] for task in (await owner.get(f"{API}/{team.key}/tasks")).json()] == ["First"]
    undone = await owner.post(f"{API}/{team.key}/events/{real.json()['command']}:undo")
    assert undone.status_code == 200
    assert (await owner.get(f"{API}/{team.key}/tasks")).json() == []


async def test_a_file_is_imported_as_it_is(owner: AsyncClient, team: Team) -> None:
    content = "Titel;Fällig\nDéjà vu;31.12.2030\n".encode("utf-16")
    query = {"column": ["Titel=title", "Fällig=due"], "source": "excel"}
    answer = await owner.post(f"{API}/{team.key}/import/csv", params=query, content=content)
    report = answer.json()
    assert (report["imported"], report["table"]["encoding"], report["table"]["date_format"]) == (
        True,
        "utf-16-le",
        "DD.MM.YYYY",
    )
    (task,) = (await owner.get(f"{API}/{team.key}/tasks")).json()
    assert (task["title"], task["due"]) == ("Déjà vu", "2030-12-31")


async def test_an_export_is_imported_into_another_project(owner: AsyncClient, team: Team) -> None:
    first = await team.task("First", description="Words")
    await owner.post(f"/api/v1/tasks/{first.ref}/comments", json={"body": "Hello"})
    exported = await owner.get(f"{API}/{team.key}/export")
    assert exported.headers["content-type"] == "application/json"
    assert exported.headers["content-disposition"] == f'attachment; filename="{team.key}.json"'
    document = exported.json()
    assert (document["format"], document["tasks"][0]["comments"][0]["body"]) == ("tasktracker-project", "Hello")
    await owner.post(API, json={"key": f"{team.key}B", "name": "Copy"})
    raw = await owner.post(f"{API}/{team.key}B/import/json", content=exported.content)
    assert (raw.json()["imported"], raw.json()["counts"]["create"]) == (True, 1)
    body = {"format": "json", "content": document}
    again = await owner.post(f"{API}/{team.key}B/import", json=body)
    assert (again.json()["command"], again.json()["counts"]["unchanged"]) == (None, 1)
    assert (await owner.get(f"/api/v1/tasks/{team.key}B-1")).json()["comment_count"] == 1


async def test_tasks_are_exported_as_a_table(owner: AsyncClient, team: Team) -> None:
    await team.task("=1+1", column="Done")
    exported = await owner.get(f"{API}/{team.key}/export", params={"format": "csv"})
    assert exported.headers["content-type"].startswith("text/csv; charset=utf-8")
    header, line, _ = exported.text.split("\r\n")
    assert header.startswith("ref,title,description,column,state")
    assert line.startswith(f"{team.key}-1,'=1+1,,Done,done,none")


async def test_readers_export_and_import_nothing(sign: Sign, team: Team) -> None:
    person = await team.person()
    await set_project_member(team.owner, team.key, person.account_id, "viewer")
    reader = await sign(person)
    assert (await reader.get(f"{API}/{team.key}/export")).status_code == 200
    assert (await reader.post(f"{API}/{team.key}/import/csv", content=b"title\nA\n")).status_code == 403
    assert (await reader.get(f"{API}/NOTHERE/export")).status_code == 404


@pytest.mark.parametrize(
    ("path", "query", "content", "pointer"),
    [
        ("/import/csv", {"column": "title"}, "", "/query/column/0"),
        ("/import/csv", {"column": ["A=title", "B=colour"]}, "A,B\n1,2\n", "/query/column/1"),
        ("/import/csv", {"column": "A=due"}, "A\n2026-11-30\n", "/query/column"),
        ("/import/csv", {"delimiter": "-"}, "", "/query/delimiter"),
        ("/import/csv", {"date_format": "D.M.Y"}, "", "/query/date_format"),
        ("/import/csv", {}, "title,due\nA,01/02/2026\n", "/query/date_format"),
        ("/import/csv", {}, "", ""),
        ("/import/json", {}, "", ""),
        ("/import/json", {}, '{"format": "other"}', "/format"),
    ],
)
async def test_a_file_that_cannot_be_read_is_refused(
    owner: AsyncClient, team: Team, path: str, query: dict[str, str], content: str, pointer: str
) -> None:
    refused = await owner.post(f"{API}/{team.key}{path}", params=query, content=content.encode())
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, pointer)


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"format": "json", "content": "{"}, "/content"),
        ({"format": "json", "content": {"format": "other"}}, "/content/format"),
        ({"format": "csv", "content": ""}, "/content"),
        ({"format": "csv", "content": {"A": 1}}, "/content"),
        ({"format": "json", "content": 5}, "/content"),
        ({"format": "csv", "content": "A", "mapping": {"B": "title"}}, "/mapping/B"),
    ],
)
async def test_what_is_wrong_with_a_file_in_a_body_is_pointed_at_in_the_body(
    owner: AsyncClient, team: Team, body: dict[str, Any], pointer: str
) -> None:
    refused = await owner.post(f"{API}/{team.key}/import", json=body)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, pointer)


async def test_a_file_to_import_may_be_larger_than_other_bodies(owner: AsyncClient, team: Team) -> None:
    large = "title,description\n" + "Task,".ljust(99_000, "x") + "\n"
    many = large + "".join(f"Task {number}," + "y" * 90_000 + "\n" for number in range(15))
    answer = await owner.post(f"{API}/{team.key}/import/csv", content=many.encode())
    assert (answer.status_code, answer.json()["counts"]["create"]) == (200, 16)
    too_large = await owner.post(f"{API}/{team.key}/import/csv", content=b"x" * (21 * 2**20))
    assert (too_large.status_code, too_large.json()["limit"]) == (413, 20 * 2**20)
    other = await owner.post(f"{API}/{team.key}/tasks", content=b'{"title": "' + b"x" * 2_000_000 + b'"}')
    assert other.status_code in (413, 415)


async def test_a_retry_with_the_same_key_imports_once(owner: AsyncClient, team: Team) -> None:
    for _ in range(2):
        answer = await owner.post(
            f"{API}/{team.key}/import/csv", content=b"title\nA\n", headers={"Idempotency-Key": "once"}
        )
        assert answer.json()["imported"] is True
    assert len((await owner.get(f"{API}/{team.key}/tasks")).json()) == 1


def test_the_document_names_every_way_that_days_are_written() -> None:
    assert get_args(transfer.Dates) == tuple(DATE_FORMATS)
    assert get_args(transfer.Delimiter) == DELIMITERS


async def test_a_table_is_looked_at_before_it_is_imported(owner: AsyncClient, team: Team) -> None:
    field = {"name": "Severity", "kind": "text"}
    await owner.post(f"{API}/{team.key}/custom-fields", json=field)
    content = "Anything;Severity;Due\nFirst;bad;31.12.2030\nSecond;;\n".encode("utf-16")
    seen = (await owner.post(f"{API}/{team.key}/import/csv:preview", content=content)).json()
    assert (seen["encoding"], seen["delimiter"], seen["has_header"], seen["lines"]) == ("utf-16-le", ";", True, 2)
    assert seen["columns"] == [
        {"name": "Anything", "field": None, "samples": ["First", "Second"]},
        {"name": "Severity", "field": "custom.severity", "samples": ["bad", ""]},
        {"name": "Due", "field": "due", "samples": ["31.12.2030", ""]},
    ]
    assert {"field": "title", "name": None} in seen["fields"]
    assert {"field": "custom.severity", "name": "Severity"} in seen["fields"]
    query = {"has_header": "false", "delimiter": "|"}
    bare = (await owner.post(f"{API}/{team.key}/import/csv:preview", params=query, content="a|b")).json()
    assert [column["name"] for column in bare["columns"]] == ["1", "2"]
    assert (await owner.get(f"{API}/{team.key}/tasks")).json() == []
    empty = await owner.post(f"{API}/{team.key}/import/csv:preview", content="")
    assert empty.json()["errors"][0]["pointer"] == "/content"
