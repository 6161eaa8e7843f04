"""A body that is too large never sits in memory."""

import asyncio
import json
from collections.abc import Callable, MutableMapping
from time import perf_counter
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from tasktracker.api import body_limit
from tests.api.conftest import BODY_LIMIT
from tests.factories import Team

API = "/api/v1"
CHUNK = 65_536
FIFTY_MEGABYTES = 50_000_000
Message = MutableMapping[str, Any]


class Upload:
    """A caller who sends a body in pieces, and notes how much they had sent when each part of the answer came."""

    def __init__(self, client: AsyncClient, path: str, **headers: str) -> None:
        headers = {**client.headers, "Content-Type": "application/json", **headers}
        self.scope: dict[str, Any] = {
            "type": "http", "method": "POST", "path": path, "raw_path": path.encode(), "query_string": b"",
            "scheme": "http", "server": ("tasks.test", 80), "client": ("127.0.0.1", 1), "root_path": "",
            "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        }  # fmt: skip
        self.sent = 0
        self.answer: list[tuple[int, Message]] = []

    async def run(self, app: FastAPI, is_over: Callable[[int], bool]) -> None:
        """Send until `is_over` says that so many bytes were all."""

        async def receive() -> Message:
            await asyncio.sleep(0 if self.sent < FIFTY_MEGABYTES else 0.01)
            self.sent += CHUNK
            return {"type": "http.request", "body": b" " * CHUNK, "more_body": not is_over(self.sent)}

        async def send(message: Message) -> None:
            self.answer.append((self.sent, message))

        await app(self.scope, receive, send)

    @property
    def document(self) -> dict[str, Any]:
        body = b"".join(message.get("body", b"") for _, message in self.answer)
        document: dict[str, Any] = json.loads(body)
        return document


@pytest.mark.parametrize("path", [f"{API}/projects", f"{API}/session", "/api/nothing"])
@pytest.mark.parametrize("media_type", ["application/json", "text/plain"])
async def test_fifty_megabytes_are_refused_after_the_first(
    app: FastAPI, owner: AsyncClient, path: str, media_type: str
) -> None:
    upload = Upload(owner, path, **{"Content-Type": media_type})
    await upload.run(app, lambda sent: sent >= FIFTY_MEGABYTES)
    if path == "/api/nothing":  # nobody reads that body
        assert (upload.answer[0][1]["status"], upload.sent) == (404, 0)
        return
    sent, start = upload.answer[0]
    assert start["status"] == 413
    assert sent <= BODY_LIMIT + CHUNK
    headers = dict(start["headers"])
    assert headers[b"connection"] == b"close"
    assert (upload.document["type"], upload.document["limit"]) == ("/problems/too-large", BODY_LIMIT)
    assert upload.document["instance"] == headers[b"x-request-id"].decode()


@pytest.mark.parametrize("length", [str(FIFTY_MEGABYTES), str(BODY_LIMIT + 1), "9" * 5000])
async def test_an_announced_size_is_refused_before_anything_is_read(
    app: FastAPI, owner: AsyncClient, length: str
) -> None:
    upload = Upload(owner, f"{API}/projects", **{"Content-Length": length})
    await upload.run(app, lambda sent: sent >= FIFTY_MEGABYTES)
    assert [(sent, message.get("status")) for sent, message in upload.answer[:2]] == [(0, 413), (0, None)]
    assert upload.answer[1][1]["body"]


async def test_a_body_without_an_end_is_not_listened_to_for_long(
    app: FastAPI, owner: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(body_limit, "LINGER", 0.5)
    upload, started = Upload(owner, f"{API}/projects"), perf_counter()
    await upload.run(app, lambda _sent: False)
    assert upload.answer[0][1]["status"] == 413
    assert 0.5 <= perf_counter() - started < 5


async def test_a_body_at_the_limit_is_read(owner: AsyncClient, team: Team) -> None:
    body = b'{"title": "x"}'.ljust(BODY_LIMIT)
    made = await owner.post(
        f"{API}/projects/{team.key}/tasks", content=body, headers={"Content-Type": "application/json"}
    )
    assert made.status_code == 201


async def test_a_body_one_byte_over_the_limit_is_refused_at_once(owner: AsyncClient, team: Team) -> None:
    started = perf_counter()
    refused = await owner.post(f"{API}/projects/{team.key}/tasks", content=b" " * (BODY_LIMIT + 1))
    assert (refused.status_code, refused.headers["Content-Type"]) == (413, "application/problem+json")
    assert perf_counter() - started < body_limit.LINGER
