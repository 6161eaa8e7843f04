"""Reports in the browser, over an API whose answers stand here."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.async_api import Route, expect

from tests.ui.components.axe import require_accessible
from tests.ui.components.conftest import Stage

Json = dict[str, Any]
SPAN = {"first": "2026-03-01", "last": "2026-03-03", "time_zone": "UTC"}
NOTHING = {"backlog": 0, "unstarted": 0, "started": 0, "done": 0, "cancelled": 0}
DAYS = [{"day": f"2026-03-0{day}", **NOTHING, "started": 2, "done": day} for day in (1, 2, 3)]
BURNT = {"tasks": 3, "estimate": 5.5, "ideal_tasks": 1.5, "ideal_estimate": 2.75}
TASK = {"id": "1", "created_at": "2026-03-01T09:00:00Z", "completed_at": "2026-03-03T12:00:00Z"}
SAID = ".tt-reports > [role=status]"
STRANGE = '=1+1, "quoted"'
ANSWERS: dict[str, Json] = {
    "flow": {**SPAN, "days": DAYS},
    "burndown": {
        **SPAN,
        "start_tasks": 3,
        "start_estimate": 5.5,
        "days": [
            {"day": "2026-03-01", **BURNT},
            {"day": "2026-03-02", **BURNT, "tasks": None, "estimate": None, "ideal_tasks": 0, "ideal_estimate": 0},
        ],
    },
    "cycle-time": {
        **SPAN,
        "lead": {"tasks": 2, "p50": 2.13, "p85": 2.13, "p95": 2.13},
        "cycle": {"tasks": 1, "p50": 0.5, "p85": 0.5, "p95": 0.5},
        "distribution": [
            {"from_days": 0, "to_days": 1, "lead": 0, "cycle": 1},
            {"from_days": 1, "to_days": None, "lead": 2, "cycle": 0},
        ],
        "tasks": [
            {
                **TASK,
                "ref": "WEB-2",
                "title": STRANGE,
                "started_at": "2026-03-03T00:00:00Z",
                "lead": 2.13,
                "cycle": 0.5,
            },
            {**TASK, "ref": "WEB-1", "title": "Fix the login", "started_at": None, "lead": 2.13, "cycle": None},
        ],
    },
    "throughput": {
        **SPAN,
        "weeks": [{"week": "2026-02-23", "tasks": 4, "estimate": 0}, {"week": "2026-03-02", "tasks": 1, "estimate": 0}],
    },
}


class Api:
    """What is asked of it, and what it answers: what `answers` says, or else a refusal."""

    def __init__(self) -> None:
        self.answers = dict(ANSWERS)
        self.refusal: Json | None = None
        self.asked: list[tuple[str, dict[str, list[str]]]] = []

    async def give(self, route: Route) -> None:
        url = urlsplit(route.request.url)
        name = url.path.rpartition("/")[2]
        self.asked.append((name, parse_qs(url.query)))
        status = 422 if self.refusal else 200
        await route.fulfill(status=status, json=self.refusal or self.answers[name])


@pytest.fixture
async def api(stage: Stage) -> AsyncIterator[Api]:
    """Stands in for the API."""
    api = Api()
    await stage.set_up({})
    await stage.page.set_viewport_size({"width": 1280, "height": 900})
    await stage.page.route("**/reports/*", api.give)
    yield api
    await stage.page.unroute_all()


async def test_a_picture_comes_with_a_sentence_and_with_its_numbers(stage: Stage, api: Api) -> None:
    await stage.open("reports")
    sentence = "Cumulative flow from 1 March to 3 March. At the end: Started: 2, Done: 3."
    await expect(stage.page.get_by_role("img", name=sentence)).to_be_visible()
    await expect(stage.page.locator(SAID)).to_have_text(sentence)
    rows = stage.page.get_by_role("table").locator("tbody tr")
    assert await rows.all_inner_texts() == [f"{day} Mar\t0\t0\t2\t{day}\t0" for day in (3, 2, 1)]
    await stage.page.get_by_role("button", name="Burndown").click()
    await expect(stage.page.get_by_role("img", name="At the start 3 were open, by 1 March 3.")).to_be_visible()
    await stage.page.get_by_role("button", name="Estimate").click()
    await expect(stage.page.get_by_role("img", name="At the start 5.5 were open, by 1 March 5.5.")).to_be_visible()
    await stage.page.get_by_role("button", name="Throughput").click()
    await expect(stage.page.get_by_role("img", name="On average 4 a week, in the latest one 1.")).to_be_visible()
    assert stage.page.url.endswith("report=throughput&days=90")


@pytest.mark.thorough
async def test_a_picture_is_drawn_in_the_colours_of_the_theme_and_from_the_side_where_lines_begin(
    stage: Stage, api: Api
) -> None:
    await stage.open("reports")
    drawn = stage.page.locator(".tt-chart svg")
    for theme in ("light", "dark"):
        await stage.page.evaluate("(theme) => { document.documentElement.dataset.theme = theme }", theme)
        color = await stage.page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--tt-done')")
        await expect(drawn.locator(f"path[stroke='{color}']")).not_to_have_count(0)
    zero = drawn.locator("text").get_by_text("0", exact=True)
    assert (await _box(zero))["x"] < 200
    await stage.page.evaluate("document.documentElement.dir = 'rtl'")
    async with asyncio.timeout(5):
        while (await _box(zero))["x"] < 900:
            await asyncio.sleep(0.02)


@pytest.mark.thorough
async def test_many_changes_are_looked_at_together_and_the_numbers_follow(stage: Stage, api: Api) -> None:
    await stage.open("reports")
    api.answers["flow"] = {**SPAN, "days": [{**day, "done": 7} for day in DAYS]}
    async with stage.page.expect_request("**/reports/flow*"):
        for _ in range(5):
            await stage.call("hint")
    await expect(stage.page.locator(SAID)).to_contain_text("Done: 7.")
    assert len(api.asked) == 2


@pytest.mark.thorough
async def test_other_days_are_asked_for_and_what_is_wrong_with_them_is_told(stage: Stage, api: Api) -> None:
    await stage.open("reports", first="2026-03-01", last="2026-03-03", report="flow")
    assert api.asked == [("flow", {"first": ["2026-03-01"], "last": ["2026-03-03"]})]
    api.refusal = {
        "detail": "…",
        "errors": [{"pointer": "/query/last", "detail": "The last day is before the first one."}],
    }
    await stage.page.get_by_label("Last day").fill("2026-02-01")
    await expect(stage.page.get_by_role("alert")).to_have_text("The last day is before the first one.")
    await expect(stage.page.get_by_role("table")).to_be_visible()
    api.refusal = None
    await stage.page.get_by_role("button", name="30 days").click()
    await expect(stage.page.get_by_role("alert")).to_have_count(0)
    await expect(stage.page.get_by_label("Last day")).to_have_count(0)


@pytest.mark.thorough
async def test_a_wrong_filter_is_told_where_it_is_written_and_the_last_report_stays(stage: Stage, api: Api) -> None:
    await stage.open("reports")
    api.refusal = {"detail": "There is no “opn”.", "position": 3, "length": 3, "suggestion": "open"}
    await stage.page.get_by_role("combobox", name="Filter").fill("is:opn")
    await stage.page.keyboard.press("Enter")
    await expect(stage.page.locator(".tt-filter__wrong")).to_have_text("opn")
    await expect(stage.page.get_by_role("table")).to_be_visible()
    api.refusal = None
    await stage.page.get_by_role("button", name="Use “open”").click()
    await expect(stage.page.locator(".tt-filter__wrong")).to_have_count(0)
    assert api.asked[-1][1]["filter"] == ["is:open"]


@pytest.mark.thorough
async def test_a_measure_is_chosen_of_the_report_that_is_shown(stage: Stage, api: Api) -> None:
    await stage.open("reports", report="throughput")
    api.answers["throughput"]["weeks"][0]["estimate"] = 8
    await stage.open("reports", report="throughput")
    api.refusal = {"detail": "…", "errors": [{"pointer": "/query/first", "detail": "Not of these days."}]}
    await stage.page.get_by_role("button", name="Burndown").click()
    await expect(stage.page.get_by_role("alert")).to_have_text("Not of these days.")
    await stage.page.get_by_role("button", name="Estimate").click()
    await expect(stage.page.get_by_role("button", name="Estimate")).to_have_attribute("aria-pressed", "true")
    api.refusal = None
    await stage.page.get_by_role("button", name="Burndown").click()
    await expect(stage.page.get_by_role("button", name="Tasks")).to_have_attribute("aria-pressed", "true")


@pytest.mark.thorough
async def test_a_failure_is_told_to_who_has_asked_and_not_to_who_only_looks_on(stage: Stage, api: Api) -> None:
    await stage.open("reports")
    refusal = {"detail": "The server is busy."}
    await stage.page.route("**/reports/*", lambda route: route.fulfill(status=503, json=refusal))
    async with stage.page.expect_response("**/reports/flow*"):
        await stage.call("hint")
    await expect(stage.page.get_by_role("table")).to_be_visible()
    await stage.page.get_by_role("button", name="30 days").click()
    await expect(stage.page.get_by_role("alert")).to_contain_text("The server is busy.")
    await expect(stage.page.get_by_role("table")).to_have_count(0)
    await stage.page.unroute("**/reports/*")
    await stage.page.route("**/reports/*", api.give)
    await stage.page.get_by_role("button", name="Try again").click()
    await expect(stage.page.get_by_role("table")).to_be_visible()


@pytest.mark.thorough
async def test_numbers_are_taken_along_as_csv_without_formulas(stage: Stage, api: Api, tmp_path: Path) -> None:
    await stage.open("reports", report="cycle-time")
    await expect(stage.page.get_by_role("link", name="WEB-2")).to_have_attribute("href", "/t/WEB-2")
    async with stage.page.expect_download() as download:
        await stage.page.get_by_role("button", name="Download as CSV: Finished tasks, in days").click()
    file = await download.value
    assert file.suggested_filename == f"{stage.key}-finished-tasks.csv"
    await file.save_as(tmp_path / "tasks.csv")
    assert (tmp_path / "tasks.csv").read_text("utf-8-sig").splitlines() == [
        "Task,Title,Completed,Cycle time,Lead time",
        'WEB-2,"\'=1+1, ""quoted""",2026-03-03T12:00:00Z,0.5,2.13',
        "WEB-1,Fix the login,2026-03-03T12:00:00Z,,2.13",
    ]


@pytest.mark.thorough
async def test_where_nothing_is_to_be_drawn_it_says_how_that_comes_about(stage: Stage, api: Api) -> None:
    api.answers["flow"] = {**SPAN, "days": [{**day, **NOTHING} for day in DAYS]}
    await stage.open("reports")
    await expect(stage.page.get_by_role("heading", name="Nothing to draw yet")).to_be_visible()
    await expect(stage.page.get_by_role("link", name="Go to the board")).to_have_attribute(
        "href", f"/{stage.key}/board"
    )


@pytest.mark.thorough
@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_everybody_can_read_them(stage: Stage, api: Api, theme: str) -> None:
    for report in ANSWERS:
        await stage.open("reports", theme=theme, report=report)
        await stage.page.locator(".tt-chart svg").first.wait_for()
        await require_accessible(stage.page)


async def _box(element: Any) -> dict[str, float]:
    return dict(await element.bounding_box())
