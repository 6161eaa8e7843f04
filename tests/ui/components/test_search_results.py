"""What a search finds, in the browser, over an API whose answers stand here."""

from typing import Any

from playwright.async_api import Route, expect

from tests.ui.components.conftest import Stage


def hit(number: int) -> dict[str, Any]:
    """A task that was found by its title."""
    known = {"ref": f"WEB-{number}", "title_html": f"The <mark>login</mark> {number}", "snippet_html": ""}
    return {**known, "state": "started", "where": "title", "archived": False, "updated_at": "2026-11-20T10:00:00Z"}


async def test_what_is_found_comes_part_by_part_and_leads_to_its_task(stage: Stage) -> None:
    async def give(route: Route) -> None:
        is_first = "cursor" not in route.request.url
        link = f'<{stage.harness.base_url}/api/v1/search?q=login&cursor=x>; rel="next"'
        await route.fulfill(json=[hit(1 if is_first else 2)], headers={"Link": link} if is_first else {})

    await stage.page.route("**/api/v1/search?*", give)
    await stage.page.goto(stage.address("search", q="login"))
    await expect(stage.page.get_by_role("status")).to_have_text("The first 1 task")
    await stage.page.get_by_role("button", name="Show more").click()
    links = stage.page.get_by_role("list", name="Results").get_by_role("link")
    await expect(links).to_have_count(2)
    assert await links.nth(1).get_attribute("href") == "/t/WEB-2"
    await expect(links.nth(1).locator("mark")).to_have_text("login")
    await stage.page.unroute("**/api/v1/search?*")


async def test_a_search_says_why_it_failed(stage: Stage) -> None:
    answers = [{"detail": "Not now."}, None]

    async def give(route: Route) -> None:
        answer = answers.pop(0)
        await (route.fulfill(status=503, json=answer) if answer else route.abort())

    await stage.page.route("**/api/v1/search?*", give)
    await stage.page.goto(stage.address("search", q="login"))
    await expect(stage.page.get_by_role("status")).to_have_text("Not now.")
    await stage.page.get_by_role("searchbox", name="Search tasks").press("Enter")
    await expect(stage.page.get_by_role("status")).to_have_text("The server cannot be reached.")
    await stage.page.unroute("**/api/v1/search?*")
