"""Files at a task over the API: what comes in, and what goes out so that it can do nothing."""

import asyncio
from collections.abc import MutableMapping
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Response

from tasktracker.api import Compression
from tasktracker.services import projects, tasks
from tests.api.conftest import BODY_LIMIT, Sign
from tests.conftest import ATTACHMENT_LIMIT
from tests.factories import Team, make_team
from tests.shelf import Shelf, png

API = "/api/v1"
TEXT = b"0123456789" * 200
HTML = b"<!doctype html><script>alert(document.domain)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
BOUNDARY = "frontier"


@pytest.fixture
async def files(team: Team) -> str:
    """The address of a task's attachments."""
    return f"{API}/tasks/{(await team.task()).ref}/attachments"


async def attach(client: AsyncClient, files: str, data: bytes, name: str = "note.txt", **headers: str) -> Response:
    return await client.post(files, files={"file": (name, data, "image/png")}, headers=headers)


async def attached(client: AsyncClient, files: str, data: bytes, name: str = "note.txt") -> str:
    """The address of a new attachment."""
    return f"{files}/{(await attach(client, files, data, name)).json()['id']}"


def form(*parts: bytes, end: bytes = b"--frontier--\r\n") -> dict[str, Any]:
    """A form as somebody wrote it by hand."""
    body = b"".join(b"--frontier\r\n" + part + b"\r\n" for part in parts) + end
    return {"content": body, "headers": {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}}


def part(name: bytes, data: bytes = TEXT, field: bytes = b"file") -> bytes:
    disposition = b'form-data; name="' + field + b'"; filename="' + name + b'"'
    return b"Content-Disposition: " + disposition + b"\r\n\r\n" + data


async def test_a_picture_is_attached_shown_and_deleted(owner: AsyncClient, files: str) -> None:
    picture = png(1000, 500)
    made = await attach(owner, files, picture, "login.png")
    assert made.status_code == 201
    known = made.json()
    assert (known["name"], known["media_type"], known["size"]) == ("login.png", "image/png", len(picture))
    assert (known["width"], known["height"]) == (1000, 500)
    address = made.headers["Location"]
    assert address == f"{files}/{known['id']}"
    assert (await owner.get(address)).json() == known
    assert (await owner.get(files)).json() == [known]
    content = await owner.get(f"{address}/content")
    assert (content.content, content.headers["Content-Type"]) == (picture, "image/png")
    assert content.headers["Content-Disposition"].startswith("inline;")
    thumbnail = await owner.get(f"{address}/thumbnail")
    assert (thumbnail.content[8:12], thumbnail.headers["Content-Type"]) == (b"WEBP", "image/webp")
    assert (await owner.get(f"{API}/tasks/{files.split('/')[4]}")).json()["attachment_count"] == 1
    assert (await owner.delete(address)).status_code == 204
    assert (await owner.get(files)).json() == []
    for gone in (address, f"{address}/content", f"{address}/thumbnail"):
        assert (await owner.get(gone)).status_code == 404


@pytest.mark.parametrize(
    ("name", "data", "media_type"), [("photo.png", HTML, "text/html"), ("logo.png", SVG, "image/svg+xml")]
)
async def test_a_page_that_is_called_a_picture_is_saved_and_never_shown(
    owner: AsyncClient, files: str, name: str, data: bytes, media_type: str
) -> None:
    address = await attached(owner, files, data, name)
    assert (await owner.get(address)).json()["media_type"] == media_type
    content = await owner.get(f"{address}/content")
    assert content.content == data
    assert content.headers["Content-Type"] == "application/octet-stream"
    assert content.headers["Content-Disposition"].startswith("attachment;")
    assert content.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in content.headers["Content-Security-Policy"]
    assert (await owner.get(f"{address}/thumbnail")).status_code == 404


async def test_an_empty_file_is_a_file_too(owner: AsyncClient, files: str) -> None:
    address = await attached(owner, files, b"")
    assert (await owner.get(address)).json()["size"] == 0
    content = await owner.get(f"{address}/content", headers={"Range": "bytes=0-9"})
    assert (content.status_code, content.content) == (200, b"")


async def test_a_file_may_be_larger_than_any_other_body(owner: AsyncClient, files: str) -> None:
    assert BODY_LIMIT < ATTACHMENT_LIMIT
    assert (await attach(owner, files, bytes(ATTACHMENT_LIMIT))).status_code == 201


@pytest.mark.parametrize("size", [ATTACHMENT_LIMIT + 1, ATTACHMENT_LIMIT + 100_000])
@pytest.mark.parametrize("is_announced", [True, False])
async def test_a_file_that_is_too_large_is_refused_and_nothing_of_it_kept(
    owner: AsyncClient, files: str, shelf: Shelf, size: int, *, is_announced: bool
) -> None:
    before = shelf.files
    sent = form(part(b"a.bin", bytes(size)))
    if not is_announced:
        sent["content"] = _in_pieces(sent["content"])
    refused = await owner.post(files, **sent)
    assert (refused.status_code, refused.json()["type"]) == (413, "/problems/too-large")
    assert refused.json()["limit"] == ATTACHMENT_LIMIT
    assert "1.431 MiB" in refused.json()["detail"]
    assert shelf.files == before
    assert (await owner.get(files)).json() == []


async def test_a_json_body_at_another_address_is_no_larger_than_ever(owner: AsyncClient, files: str) -> None:
    refused = await owner.post(files.replace("attachments", "comments"), content=bytes(BODY_LIMIT + 1))
    assert (refused.status_code, refused.json()["limit"]) == (413, BODY_LIMIT)


@pytest.mark.parametrize(
    ("sent", "status", "pointer"),
    [
        ({"json": {"file": "x"}}, 415, None),
        ({"content": TEXT, "headers": {"Content-Type": "multipart/form-data"}}, 415, None),
        ({"content": b"", "headers": {}}, 415, None),
        (form(), 422, "/file"),
        (form(part(b"a.txt", field=b"upload")), 422, "/file"),
        (form(b'Content-Disposition: form-data; name="file"\r\n\r\ntext'), 422, "/file"),
        (form(b"Content-Type: text/plain\r\n\r\ntext"), 422, "/file"),
        (form(part(b"a.txt"), part(b"b.txt")), 422, "/file"),
        (form(part(b"")), 422, "/file"),
        (form(part(b"a.txt"), end=b""), 400, None),
        (form(part(b"a.txt"), end=b"--front"), 400, None),
        (form(end=b"nothing like a form"), 400, None),
        (form(b"X" * 9000 + b": y\r\n\r\n"), 400, None),
    ],
)
async def test_what_is_no_form_of_one_file_is_refused_and_nothing_of_it_kept(
    owner: AsyncClient, files: str, shelf: Shelf, sent: dict[str, Any], status: int, pointer: str | None
) -> None:
    before = shelf.files
    refused = await owner.post(files, **sent)
    assert refused.status_code == status
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert refused.json().get("errors", [{"pointer": None}])[0]["pointer"] == pointer
    assert shelf.files == before
    assert (await owner.get(files)).json() == []


async def test_a_form_that_comes_byte_by_byte_is_the_same_form(owner: AsyncClient, files: str) -> None:
    data = b"\r\n--front\r\n--frontie\r\n" * 20  # much like the end of a form
    sent = form(part(b"a.bin", data))
    made = await owner.post(files, content=_in_pieces(sent["content"], 1), headers=sent["headers"])
    assert (await owner.get(f"{made.headers['Location']}/content")).content == data


async def test_a_caller_who_hangs_up_leaves_nothing_behind(
    app: FastAPI, owner: AsyncClient, files: str, shelf: Shelf
) -> None:
    before, answers = shelf.files, []
    messages = [
        {"type": "http.request", "body": form(part(b"a.bin"), end=b"")["content"][:-100], "more_body": True},
        {"type": "http.disconnect"},
    ]

    async def receive() -> MutableMapping[str, Any]:
        return messages.pop(0)

    async def send(message: MutableMapping[str, Any]) -> None:
        answers.append(message.get("status"))

    headers = {**owner.headers, "content-type": f"multipart/form-data; boundary={BOUNDARY}"}
    scope = {
        "type": "http", "method": "POST", "path": files, "raw_path": files.encode(), "query_string": b"",
        "scheme": "http", "server": ("tasks.test", 80), "client": ("127.0.0.1", 1), "root_path": "",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
    }  # fmt: skip
    await app(scope, receive, send)
    assert answers[0] == 400
    assert shelf.files == before


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (b"../../etc/passwd", "passwd"),
        ("Übersicht “neu”.txt".encode(), "Übersicht “neu”.txt"),
        (b"say %22hi%22.txt", 'say "hi".txt'),
        (b"a%0D%0ASet-Cookie: x=y.txt", "a%0D%0ASet-Cookie: x=y.txt"),
        (b"\xff.txt", "\ufffd.txt"),
        (b"a; filename*=UTF-8''evil.html", "a; filename*=UTF-8''evil.html"),
    ],
)
async def test_no_name_leaves_its_header(owner: AsyncClient, files: str, sent: bytes, kept: str) -> None:
    made = await owner.post(files, **form(part(sent)))
    assert made.json()["name"] == kept
    headers = (await owner.get(f"{made.headers['Location']}/content")).headers
    assert "set-cookie" not in headers
    assert headers.get_list("content-disposition") == [headers["content-disposition"]]
    assert headers["content-disposition"].count('"') == 2


@pytest.mark.parametrize("name", [b"a\rb.txt", b"a\x00b.txt", b"a\x1bb.txt"])
async def test_a_name_with_control_characters_is_refused(owner: AsyncClient, files: str, name: bytes) -> None:
    assert (await owner.post(files, **form(part(name)))).status_code in {400, 422}
    assert (await owner.get(files)).json() == []


@pytest.mark.parametrize(
    ("asked", "status", "answered", "place"),
    [
        ("bytes=0-9", 206, TEXT[:10], "bytes 0-9/2000"),
        ("bytes=1990-", 206, TEXT[-10:], "bytes 1990-1999/2000"),
        ("bytes=-5", 206, TEXT[-5:], "bytes 1995-1999/2000"),
        ("bytes=-9999", 206, TEXT, "bytes 0-1999/2000"),
        ("bytes=1999-99999", 206, TEXT[-1:], "bytes 1999-1999/2000"),
        ("bytes=0-0,5-6", 200, TEXT, None),
        ("bytes=9-3", 200, TEXT, None),
        ("bytes=-", 200, TEXT, None),
        ("lines=0-9", 200, TEXT, None),
        ("bytes=" + "9" * 40 + "-", 200, TEXT, None),
    ],
)
async def test_a_part_of_a_file_can_be_had(
    owner: AsyncClient, files: str, asked: str, status: int, answered: bytes, place: str | None
) -> None:
    address = await attached(owner, files, TEXT)
    got = await owner.get(f"{address}/content", headers={"Range": asked})
    assert (got.status_code, got.content, got.headers.get("Content-Range")) == (status, answered, place)
    assert got.headers["Content-Length"] == str(len(answered))
    assert got.headers["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize("asked", ["bytes=2000-", "bytes=2000-2001", "bytes=-0"])
async def test_a_part_behind_the_end_is_refused(owner: AsyncClient, files: str, asked: str) -> None:
    refused = await owner.get(f"{await attached(owner, files, TEXT)}/content", headers={"Range": asked})
    assert (refused.status_code, refused.json()["type"]) == (416, "/problems/no-such-range")
    assert refused.headers["Content-Range"] == "bytes */2000"


async def test_a_part_is_sent_of_the_file_that_the_caller_has_begun_only(owner: AsyncClient, files: str) -> None:
    content = f"{await attached(owner, files, TEXT)}/content"
    tag = (await owner.get(content)).headers["ETag"]
    for begun, status in ((tag, 206), ('"another"', 200), ("Sat, 29 Oct 2025 19:43:31 GMT", 200)):
        assert (await owner.get(content, headers={"Range": "bytes=0-9", "If-Range": begun})).status_code == status


@pytest.mark.parametrize("what", ["content", "thumbnail"])
async def test_what_the_caller_has_is_not_sent_again(owner: AsyncClient, files: str, what: str) -> None:
    address = f"{await attached(owner, files, png(), 'a.png')}/{what}"
    got = await owner.get(address)
    assert got.headers["Cache-Control"] == "private, no-cache", "who may see it is asked every time"
    again = await owner.get(address, headers={"If-None-Match": got.headers["ETag"]})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", got.headers["ETag"])


async def test_text_is_shown_and_can_be_saved(owner: AsyncClient, files: str) -> None:
    content = f"{await attached(owner, files, TEXT)}/content"
    shown, saved = await owner.get(content), await owner.get(content, params={"download": "true"})
    assert shown.headers["Content-Disposition"].startswith("inline;")
    assert saved.headers["Content-Disposition"].startswith("attachment;")


async def test_an_attachment_of_another_project_is_not_there(
    owner: AsyncClient, files: str, sign: Sign, shelf: Shelf
) -> None:
    other = await make_team(is_private=True)
    theirs = f"{API}/tasks/{(await other.task()).ref}/attachments"
    their_owner = await sign(other.owner)
    made = (await attach(their_owner, theirs, TEXT)).json()["id"]
    before = shelf.files
    for address in (f"{files}/{made}", f"{theirs}/{made}"):
        for refused in (
            await owner.get(address),
            await owner.get(f"{address}/content"),
            await owner.get(f"{address}/thumbnail"),
            await owner.delete(address),
        ):
            assert (refused.status_code, refused.json()["type"]) == (404, "/problems/not-found")
    assert (await attach(owner, theirs, TEXT)).status_code == 404
    assert shelf.files == before
    assert (await their_owner.get(f"{theirs}/{made}/content")).content == TEXT


async def test_a_task_in_the_trash_takes_no_file(owner: AsyncClient, team: Team, files: str, shelf: Shelf) -> None:
    await tasks.trash_task(team.owner, team.ref(1))
    before = shelf.files
    refused = await attach(owner, files, TEXT)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/clash")
    assert shelf.files == before


async def test_a_viewer_sees_files_and_a_commenter_brings_them(team: Team, files: str, sign: Sign) -> None:
    clients = {}
    for role in ("viewer", "commenter"):
        person = await team.person()
        await projects.set_project_member(team.owner, team.key, person.account_id, role)
        clients[role] = await sign(person)
    assert (await attach(clients["viewer"], files, TEXT)).status_code == 403
    address = await attached(clients["commenter"], files, TEXT)
    assert (await clients["viewer"].get(f"{address}/content")).content == TEXT
    assert (await clients["viewer"].delete(address)).status_code == 403
    reader = await sign(team.owner, may_write=False)
    assert (await attach(reader, files, TEXT)).status_code == 403


async def test_a_retry_attaches_nothing_twice(owner: AsyncClient, files: str, shelf: Shelf) -> None:
    before = len(shelf.files)
    first = await attach(owner, files, TEXT, **{"Idempotency-Key": "a"})
    again = await attach(owner, files, TEXT, **{"Idempotency-Key": "a"})
    assert (first.status_code, again.status_code) == (201, 201)
    assert (again.content, again.headers["Location"]) == (first.content, first.headers["Location"])
    assert again.headers["Idempotent-Replayed"] == "true"
    assert (await owner.get(files)).json() == [first.json()]
    assert len(shelf.files) == before + 1


async def test_many_tries_at_once_with_one_key_attach_one_file(owner: AsyncClient, files: str, shelf: Shelf) -> None:
    before = len(shelf.files)
    tries = await asyncio.gather(*(attach(owner, files, TEXT, **{"Idempotency-Key": "b"}) for _ in range(10)))
    assert {(each.status_code, each.content) for each in tries} == {(201, tries[0].content)}
    assert len((await owner.get(files)).json()) == 1
    assert len(shelf.files) == before + 1


async def test_another_file_with_a_used_key_is_refused(owner: AsyncClient, files: str) -> None:
    key = {"Idempotency-Key": "c"}
    await attach(owner, files, TEXT, **key)
    for data, name in ((TEXT + b"!", "note.txt"), (TEXT, "other.txt")):
        refused = await attach(owner, files, data, name, **key)
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/headers/Idempotency-Key")
    assert len((await owner.get(files)).json()) == 1


async def test_a_file_is_never_compressed_on_its_way_and_other_answers_are(
    app: FastAPI, owner: AsyncClient, files: str
) -> None:
    content = f"{await attached(owner, files, TEXT)}/content"
    compressing = ASGITransport(Compression(app, minimum_size=1))
    async with AsyncClient(transport=compressing, base_url="http://tasks.test", headers=owner.headers) as client:
        got = await client.get(content)
        assert (got.content, got.headers["Content-Length"]) == (TEXT, str(len(TEXT)))
        assert "Content-Encoding" not in got.headers
        assert (await client.get(files)).headers["Content-Encoding"] == "gzip"


async def test_undo_brings_a_deleted_attachment_back(owner: AsyncClient, team: Team, files: str) -> None:
    address = await attached(owner, files, TEXT)
    await owner.delete(address)
    assert (await owner.post(f"{API}/projects/{team.key}:undo")).status_code == 200
    assert (await owner.get(f"{address}/content")).content == TEXT


async def _in_pieces(data: bytes, size: int = 65_536) -> Any:
    for start in range(0, len(data), size):
        yield data[start : start + size]
