"""The reference page reads without anything from another server."""

import re
from html.parser import HTMLParser

import pytest
from httpx import AsyncClient

from tasktracker.api.openapi import document
from tasktracker.api.problems import KINDS


class Page(HTMLParser):
    """The ids, links and loaded files of a page, and whether its tags close."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.files: list[str] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.ids += [named["id"] or ""] if "id" in named else []
        self.links += [named["href"] or ""] if tag == "a" else []
        self.files += [named.get("src") or named.get("href") or ""] if tag in {"script", "link", "img"} else []
        if tag not in {"meta", "link", "input", "br", "hr", "img"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture
async def page(nobody: AsyncClient) -> Page:
    """The reference, read."""
    return Page((await nobody.get("/api/docs")).text)


async def test_every_call_and_every_problem_is_on_the_page(page: Page) -> None:
    calls = {operation["operationId"] for path in document()["paths"].values() for operation in path.values()}
    assert calls | set(KINDS) <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    assert page.open == []


async def test_links_within_the_page_lead_somewhere(page: Page) -> None:
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)


async def test_nothing_comes_from_another_server(nobody: AsyncClient, page: Page) -> None:
    assert page.files
    for file in page.files:
        assert file.startswith("/api/docs/")
        assert (await nobody.get(file)).status_code == 200
    answer = await nobody.get("/api/docs")
    assert not re.search(r"(?:src|href)=\"?(?:https?:)?//", answer.text)
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("slug", KINDS)
async def test_the_type_of_a_problem_is_an_address_that_explains_it(nobody: AsyncClient, slug: str) -> None:
    answer = await nobody.get(KINDS[slug].type)
    assert (answer.status_code, answer.headers["Location"]) == (307, f"/api/docs#{slug}")


async def test_an_unknown_problem_is_not_explained(nobody: AsyncClient) -> None:
    assert (await nobody.get("/problems/none")).status_code == 404
