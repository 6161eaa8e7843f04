"""What bad requests get: a problem document that says what is wrong and where, and never a page or a fault."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Response

from tasktracker.api.errors import install_error_handlers
from tasktracker.domain.ids import new_id
from tasktracker.models import Project
from tasktracker.settings import Settings
from tasktracker.storage import object_key, open_storage
from tasktracker.telemetry.metrics import COMMAND_REFUSALS
from tests.factories import Team

API = "/api/v1"
JSON = {"Content-Type": "application/json"}


def _check(answer: Response, status: int, slug: str) -> None:
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert (problem["type"], problem["status"]) == (f"/problems/{slug}", status)
    assert problem["title"]
    assert problem["detail"]
    assert problem["instance"] == answer.headers["X-Request-Id"]


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/v1", "/api/v1/", "/api/v2/me", "/api/v1/me/", "/api/v1/%00"])
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "OPTIONS", "PROPFIND"])
async def test_an_unknown_address_is_a_problem_document(nobody: AsyncClient, method: str, path: str) -> None:
    _check(await nobody.request(method, path), 404, "no-such-address")


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("POST", "/api/v1/me", "GET, HEAD, PATCH"),
        ("PROPFIND", "/api/v1/me", "GET, HEAD, PATCH"),
        ("GET", "/api/v1/session", "DELETE, POST"),
        ("PUT", "/api/v1/tasks/WEB-1", "DELETE, GET, HEAD, PATCH"),
        ("GET", "/api/v1/tasks/WEB-1:move", "POST"),
        ("DELETE", "/api/v1/projects/WEB", "GET, HEAD, PATCH"),
        ("POST", "/api/v1/openapi.json", "GET, HEAD"),
    ],
)
async def test_a_wrong_method_says_which_ones_there_are(owner: AsyncClient, method: str, path: str, allow: str) -> None:
    refused = await owner.request(method, path)
    _check(refused, 405, "wrong-method")
    assert refused.headers["Allow"] == allow


@pytest.mark.parametrize(
    "body",
    [b"{", b"\xff\xfe", b"{'title': 'x'}", b"[" * 200_000, b'{"title": ' + b"9" * 5_000 + b"}", b'{"title": "\xed"}'],
)
async def test_what_is_no_json_is_refused(owner: AsyncClient, team: Team, body: bytes) -> None:
    refused = await owner.post(f"{API}/projects/{team.key}/tasks", content=body, headers=JSON)
    _check(refused, 400, "malformed")


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("{", "The body is no valid JSON: Expecting property name enclosed in double quotes at character 1."),
        ("[" * 200_000, "The body holds objects or lists more than 32 deep. Send it flatter."),
        ('{"title": "x", "title": "y"}', "The body names “title” twice in one object. Send each field once."),
        ('{"title": NaN}', "The body is no valid JSON: NaN is no number there."),
        ('{"title": 1e999}', "The number 1e999 is too large."),
    ],
)
async def test_a_body_that_cannot_be_read_is_refused_with_a_reason(
    owner: AsyncClient, team: Team, body: str, sentence: str
) -> None:
    refused = await owner.post(f"{API}/projects/{team.key}/tasks", content=body, headers=JSON)
    _check(refused, 400, "malformed")
    assert refused.json()["detail"] == sentence


async def test_the_same_body_is_refused_with_an_idempotency_key(owner: AsyncClient, team: Team) -> None:
    headers = {**JSON, "Idempotency-Key": "twice"}
    refused = await owner.post(f"{API}/projects/{team.key}/tasks", content='{"a": 1, "a": 1}', headers=headers)
    _check(refused, 400, "malformed")


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
async def test_a_body_of_another_kind_is_refused(owner: AsyncClient, team: Team, media_type: str) -> None:
    headers = {"Content-Type": media_type} if media_type else {}
    refused = await owner.post(f"{API}/projects/{team.key}/tasks", content=b'{"title": "x"}', headers=headers)
    _check(refused, 415, "wrong-media-type")


async def test_json_with_a_character_set_is_json(owner: AsyncClient, team: Team) -> None:
    headers = {"Content-Type": "Application/JSON; charset=utf-8"}
    made = await owner.post(
        f"{API}/projects/{team.key}/tasks", content='{"title": "Grüße 🎉"}'.encode(), headers=headers
    )
    assert (made.status_code, made.json()["title"]) == (201, "Grüße 🎉")


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ("", ""),
        ("null", ""),
        ("[]", ""),
        ('"x"', ""),
        ("{}", "/title"),
        ('{"title": 5}', "/title"),
        ('{"title": null}', "/title"),
        ('{"title": "a\\u0000b"}', "/title"),
        ('{"title": "\\ud800"}', "/title"),
        ('{"title": "x", "description": "a\\udfffb"}', "/description"),
        ('{"title": "x", "assignee_ids": "y"}', "/assignee_ids"),
        ('{"title": "x", "assignee_ids": [1]}', "/assignee_ids/0"),
        ('{"title": "x", "assignee_ids": ["1"]}', "/assignee_ids/0"),
        ('{"title": "x", "label_ids": ["019a5c1e-7b1a-7c3e-9d55-0c2f4be8a101"]}', "/label_ids/0"),
        ('{"title": "x", "due": 20261130}', "/due"),
        ('{"title": "x", "due": "0000-00-00"}', "/due"),
        ('{"title": "x", "status": "done"}', "/status"),
        ('{"title": "x", "a/b~c": 1}', "/a~1b~0c"),
        ('{"title": "x", "id\\u0000": 1}', "/id\0"),
        (f'{{"title": "{"x" * 301}"}}', "/title"),
    ],
)
async def test_a_pointer_leads_to_what_is_wrong(owner: AsyncClient, team: Team, body: str, pointer: str) -> None:
    refused = await owner.post(f"{API}/projects/{team.key}/tasks", content=body, headers=JSON)
    _check(refused, 422, "invalid")
    assert pointer in [error["pointer"] for error in refused.json()["errors"]]


async def test_a_field_whose_name_is_no_text_is_refused(owner: AsyncClient, team: Team) -> None:
    refused = await owner.post(f"{API}/projects/{team.key}/tasks", content='{"title": "x", "\\ud800": 1}', headers=JSON)
    _check(refused, 422, "invalid")


@pytest.mark.parametrize("after", [0, -1, 2**31, 2**63, "7", 7.5, True])
async def test_a_neighbour_is_the_number_of_a_task(owner: AsyncClient, team: Team, after: object) -> None:
    ref, column = (await team.task()).ref, str(team.columns["Done"].id)
    refused = await owner.post(f"{API}/tasks/{ref}:move", json={"column_id": column, "after": after})
    _check(refused, 422, "invalid")
    assert refused.json()["errors"][0]["pointer"] == "/after"


@pytest.mark.parametrize("column", ["019a5c1e-7b1a-7c3e-9d55-0c2f4be8a101", "x", "", "\0"])
async def test_a_column_of_no_board_is_refused(owner: AsyncClient, team: Team, column: str) -> None:
    refused = await owner.post(f"{API}/tasks/{(await team.task()).ref}:move", json={"column_id": column})
    _check(refused, 422, "invalid")


@pytest.mark.parametrize("cursor", ["x", "!!!", "W10", "WzFd" * 20, "WyJhIl0", "W3RydWVd", "é", "%00", "W" * 500])
async def test_a_cursor_that_no_answer_gave_is_refused(owner: AsyncClient, team: Team, cursor: str) -> None:
    ref = (await team.task()).ref
    for path in (f"projects/{team.key}/tasks", f"tasks/{ref}/comments", f"tasks/{ref}/history"):
        refused = await owner.get(f"{API}/{path}", params={"cursor": cursor})
        _check(refused, 422, "invalid")
        assert refused.json()["errors"][0]["pointer"] == "/query/cursor"


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=x", "limit=1e3", f"limit={10**30}", "state=lost"])
async def test_a_list_that_cannot_be_is_refused(owner: AsyncClient, team: Team, query: str) -> None:
    refused = await owner.get(f"{API}/projects/{team.key}/tasks?{query}")
    _check(refused, 422, "invalid")
    assert refused.json()["errors"][0]["pointer"] == f"/query/{query.partition('=')[0]}"


@pytest.mark.parametrize(
    "ref", ["1", "WEB", "WEB-0", "WEB-x", "WEB-99999999999", "W-1", "WEB-1-1", "%00", "-", "WEB-٣"]
)
async def test_what_is_no_reference_names_no_task(owner: AsyncClient, ref: str) -> None:
    _check(await owner.get(f"{API}/tasks/{ref}"), 404, "not-found")


@pytest.mark.parametrize("at", ["", "yesterday", "2026-11-23", "2026-11-23T25:00:00Z"])
async def test_a_moment_is_asked_for_where_a_moment_is_meant(owner: AsyncClient, team: Team, at: str) -> None:
    refused = await owner.get(f"{API}/tasks/{(await team.task()).ref}", params={"at": at})
    _check(refused, 422, "invalid")
    assert refused.json()["detail"] == "Write a moment with its time zone, such as 2026-11-30T17:00:00+01:00."


async def test_a_change_without_a_version_is_refused_where_the_project_wants_one(
    owner: AsyncClient, team: Team
) -> None:
    await Project.filter(id=team.project.id).update(requires_version=True)
    address = f"{API}/tasks/{(await team.task()).ref}"
    refused = await owner.patch(address, json={"priority": "high"})
    _check(refused, 428, "version-needed")
    assert "If-Match" in refused.json()["detail"]
    tag = (await owner.get(address)).headers["ETag"]
    assert (await owner.patch(address, json={"priority": "high"}, headers={"If-Match": tag})).status_code == 200


async def test_files_that_cannot_be_reached_are_a_matter_of_time_and_not_of_addresses(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("Dear Ana")
    storage = open_storage(Settings(storage_url=f"file://{tmp_path}/letter", attachment_limit_bytes=10))
    refused = await _asked_of(lambda: storage.get(object_key("attachments", new_id())))
    assert (refused.status_code, refused.json()["type"]) == (503, "/problems/unavailable")
    assert int(refused.headers["Retry-After"]) > 0
    assert "Files can neither be stored nor opened" in refused.json()["detail"]
    assert "letter" not in refused.text


async def test_a_file_that_is_too_large_is_told_how_large_one_may_be(tmp_path: Path) -> None:
    storage = open_storage(Settings(storage_url=f"file://{tmp_path}", attachment_limit_bytes=3 * 2**19))
    key = object_key("attachments", new_id())
    refused = await _asked_of(lambda: storage.put(key, bytes(2**21), media_type="image/png"))
    assert (refused.status_code, refused.json()["type"]) == (413, "/problems/too-large")
    assert "at most 1.5 MiB are kept" in refused.json()["detail"]
    assert refused.json()["limit"] == 3 * 2**19


async def _asked_of(use: Callable[[], Awaitable[object]]) -> Response:
    """The answer of an endpoint that uses the storage so."""
    app = FastAPI()
    install_error_handlers(app)

    @app.get("/api/v1/files")
    async def files() -> None:
        await use()

    async with AsyncClient(transport=ASGITransport(app), base_url="http://test") as caller:
        return await caller.get("/api/v1/files")


async def test_refusals_are_counted_by_their_name(owner: AsyncClient) -> None:
    counter = COMMAND_REFUSALS.labels("NotFound")
    before = counter._value.get()  # noqa: SLF001  the library's own tests read it so
    await owner.get(f"{API}/tasks/WEB-1")
    assert counter._value.get() == before + 1  # noqa: SLF001
