"""My work in the browser, over an API whose answers stand here."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.async_api import Route, expect

from tests.ui.components.axe import require_accessible
from tests.ui.components.conftest import Stage

Task = dict[str, Any]
GROUPS = """() => Object.fromEntries([...document.querySelectorAll('.tt-group')].map((group) => [
    group.querySelector('.tt-group__title').textContent,
    [...group.querySelectorAll('.tt-row')].map((row) => row.dataset.ref),
]))"""


def task(ref: str, days: int | None = None, **fields: object) -> Task:
    """A task that is due in so many days."""
    key, number = ref.split("-")
    due = None if days is None else (date.today() + timedelta(days=days)).isoformat()  # noqa: DTZ011  the browser's day
    known = {"ref": ref, "project": key, "number": int(number), "title": f"Title of {ref}", "state": "unstarted"}
    return {**known, "priority": "none", "due": due, "comment_count": 0, **fields}


class Answers:
    """What the API answers: what is assigned, and what mentions somebody."""

    def __init__(self, *assigned: Task, mentioned: tuple[Task, ...] = (), status: int = 200) -> None:
        self.assigned, self.mentioned, self.status = list(assigned), mentioned, status
        self.asked: list[str] = []

    async def give(self, route: Route) -> None:
        url = route.request.url
        self.asked.append(url)
        if "/notifications" in url:
            found: list[Task] = [{"task": each["ref"]} for each in self.mentioned]
        else:
            found = [*self.mentioned, *self.assigned] if "filter=ref" in url else self.assigned
        await route.fulfill(status=self.status, json=found if self.status == 200 else {"detail": "Not now."})


Show = Callable[[Answers], Any]


@pytest.fixture
async def show(stage: Stage) -> Any:
    """Open the page on such answers."""

    async def shown(answers: Answers, **query: object) -> Answers:
        await stage.page.route("**/api/v1/tasks?*", answers.give)
        await stage.page.route("**/api/v1/notifications?*", answers.give)
        await stage.page.goto(stage.address("work", **query))
        await stage.page.wait_for_selector(".tt-work[aria-busy=false]")
        return answers

    yield shown
    await stage.page.evaluate("localStorage.clear()")
    await stage.page.unroute_all()


async def test_tasks_stand_in_groups_by_when_they_are_due_the_most_urgent_first(stage: Stage, show: Show) -> None:
    await show(
        Answers(
            *[task("WEB-1", 400), task("WEB-2"), task("APP-3", -2), task("WEB-4", 0), task("WEB-5", -9)],
            task("APP-6", 0, priority="urgent"),
            mentioned=(task("APP-7", 3), task("WEB-4", 0)),
        )
    )
    assert await stage.page.evaluate(GROUPS) == {
        "Overdue": ["WEB-5", "APP-3"],
        "Today": ["APP-6", "WEB-4"],
        "Later": ["WEB-1"],
        "No due date": ["WEB-2"],
        "Mentioned": ["APP-7"],
    }
    link = stage.page.locator("[data-ref='APP-6']")
    await expect(link).to_have_attribute("href", "/APP/board?task=6")
    await expect(link).to_contain_text("App")


@pytest.mark.thorough
async def test_they_can_be_grouped_by_project_and_by_priority_and_stay_so(stage: Stage, show: Show) -> None:
    await show(Answers(task("WEB-1", 1), task("APP-2", priority="high"), task("WEB-3", 0, priority="high")))
    await stage.page.get_by_role("button", name="Project", exact=True).click()
    assert await stage.page.evaluate(GROUPS) == {"App": ["APP-2"], "Website": ["WEB-3", "WEB-1"]}
    await stage.page.get_by_role("button", name="Priority", exact=True).click()
    await stage.page.get_by_role("button", name="No priority, 1 task").click()
    await stage.page.reload()
    await expect(stage.page.get_by_role("button", name="Priority", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    assert await stage.page.evaluate(GROUPS) == {"High": ["WEB-3", "APP-2"], "No priority": []}


@pytest.mark.thorough
async def test_a_hint_makes_it_look_again_if_it_is_about_what_is_shown(stage: Stage, show: Show) -> None:
    answers = await show(Answers(task("WEB-1"), task("WEB-2")))
    await stage.page.locator("[data-ref='WEB-1']").focus()
    before = len(answers.asked)
    await hint(stage, "WEB", [9])
    await hint(stage, "APP", [1])
    await stage.page.wait_for_timeout(500)
    assert len(answers.asked) == before, "tasks of others are none of its business"

    answers.assigned = [task("WEB-2"), task("WEB-3")]
    await hint(stage, "WEB", [1, 3], is_mine=True)
    await expect(stage.page.locator("[data-ref='WEB-3']")).to_be_visible()
    await expect(stage.page.locator("[data-ref='WEB-1']")).to_have_count(0)
    await stage.says("1 more task is yours")
    await expect(stage.page.locator("[data-ref='WEB-2']")).to_be_focused()


async def hint(stage: Stage, key: str, numbers: list[int], *, is_mine: bool = False) -> None:
    call = {"method": "hint", "arguments": [key, numbers], "named": {"is_mine": is_mine}}
    await stage.harness.post(f"/projects/{stage.key}/call", json=call)


async def test_keys_walk_over_all_groups(stage: Stage, show: Show) -> None:
    await show(Answers(task("WEB-1", 0), task("WEB-2"), task("WEB-3")))
    for key, ref in (("j", "WEB-1"), ("j", "WEB-2"), ("End", "WEB-3"), ("k", "WEB-2"), ("Home", "WEB-1")):
        await stage.page.keyboard.press(key)
        await expect(stage.page.locator(f"[data-ref='{ref}']")).to_be_focused()


@pytest.mark.thorough
async def test_who_has_nothing_to_do_is_told_what_would_be_here(stage: Stage, show: Show) -> None:
    await show(Answers())
    await expect(stage.page.get_by_role("heading", name="Nothing is yours to do")).to_be_visible()


@pytest.mark.thorough
async def test_what_cannot_be_loaded_can_be_tried_again(stage: Stage, show: Show) -> None:
    answers = await show(Answers(task("WEB-1"), status=503))
    await expect(stage.page.get_by_role("alert")).to_contain_text("Not now.")
    answers.status = 200
    await stage.page.get_by_role("button", name="Try again").click()
    await expect(stage.page.locator("[data-ref='WEB-1']")).to_be_visible()


@pytest.mark.thorough
@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_axe_finds_nothing_in_my_work(stage: Stage, show: Any, theme: str) -> None:
    tasks = [task(f"WEB-{n}", n - 3, priority="high", comment_count=n) for n in range(1, 9)]
    await show(Answers(*tasks, mentioned=(task("APP-1"),)), theme=theme)
    await require_accessible(stage.page)
