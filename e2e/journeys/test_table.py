"""The table: sorted, scrolled, edited and followed, however many rows it has."""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from e2e.browsers import Come, Visitors
from e2e.pages.table import TablePage
from e2e.pages.tools import ViewTools
from e2e.people import Project, Team

pytestmark = pytest.mark.thorough

ROWS = 10_000
FLUENT = 100
"""Milliseconds that the slowest of a hundred frames may take while somebody scrolls."""
SCROLL = """async () => {
    const table = document.querySelector('.tt-table');
    const times = [];
    let last = performance.now();
    for (let step = 0; step < 100; step += 1) {
        table.scrollTop += 120;
        await new Promise(requestAnimationFrame);
        times.push(performance.now() - last);
        last = performance.now();
    }
    return times.sort((one, other) => one - other);
}"""


def test_a_table_is_sorted_edited_and_follows_what_others_do(team: Team, come: Come, project: Project) -> None:
    project.api.create_tasks(project.key, [{"title": f"Task {n:03}"} for n in range(1, 251)])
    page = come(team.ana)
    table = TablePage(page, project.key).visit()
    expect(table.task(250)).to_be_visible()
    table.sort_by("Title")
    expect(table.task(1)).to_be_visible()
    expect(page.get_by_role("columnheader", name="Title")).to_have_attribute("aria-sort", "ascending")

    table.task(1).focus()
    page.keyboard.press("End")
    expect(table.task(250)).to_be_focused()
    expect(table.task(250)).to_be_in_viewport()
    page.keyboard.press("Home")
    expect(table.task(1)).to_be_focused()

    table.cell(2, "priority").click()
    page.keyboard.type("urg")
    page.keyboard.press("Enter")
    expect(table.cell(2, "priority")).to_contain_text("Urgent")
    expect(table.task(2)).to_be_focused()
    page.keyboard.press("F2")
    page.keyboard.type("Task 002, renamed")
    page.keyboard.press("Enter")
    expect(table.cell(2, "title")).to_have_text("Task 002, renamed")
    assert project.api.task(project.ref(2))["title"] == "Task 002, renamed"

    project.api.edit_task(project.ref(3), title="Task 003 of somebody else")
    expect(table.cell(3, "title")).to_have_text("Task 003 of somebody else")
    number = project.add("Task 000")
    expect(table.task(number)).to_be_visible()
    assert table.order()[0] == number
    project.api.trash_task(project.ref(1))
    expect(table.task(1)).to_have_count(0)

    ViewTools(page).filter.fill("priority:urgent")
    expect(page.get_by_role("grid")).to_have_attribute("aria-rowcount", "2")
    assert table.order() == [2]
    project.api.edit_task(project.ref(3), priority="urgent")
    expect(table.task(3)).to_be_visible()


def test_a_table_shows_the_columns_that_somebody_chooses(team: Team, come: Come, project: Project) -> None:
    number = project.add("Fix the login")
    project.api.add_custom_field(project.key, "Severity", "text")
    project.api.edit_task(project.ref(number), custom={"severity": "bad"}, estimate=3)
    page = come(team.ana)
    table = TablePage(page, project.key).visit()
    page.get_by_role("button", name="Display").click()
    for column in ("Estimate", "Severity"):
        page.get_by_role("checkbox", name=column, exact=True).check()
    page.get_by_role("button", name="Move Estimate forward").click()
    page.keyboard.press("Escape")
    expect(table.cell(number, "estimate")).to_have_text("3")
    expect(table.cell(number, "custom")).to_have_text("bad")
    heads = page.get_by_role("columnheader")
    expect(heads.nth(7)).to_contain_text("Estimate")
    table.reload()
    table.ready()
    expect(heads.nth(7)).to_contain_text("Estimate")
    expect(heads.last).to_contain_text("Severity")


@pytest.mark.measured
def test_a_table_of_ten_thousand_rows_is_fluent(team: Team, visitors: Visitors, figure: Callable[[str], None]) -> None:
    project = team.new_project("A long table")
    project.api.create_tasks(project.key, [{"title": f"Task {number} of many"} for number in range(ROWS)])
    page = visitors.come(team.server, team.ana)
    table = TablePage(page, project.key).visit()
    started = time.perf_counter()
    table.visit()
    expect(table.task(ROWS)).to_be_visible()
    opened = (time.perf_counter() - started) * 1000
    expect(page.get_by_role("grid")).to_have_attribute("aria-rowcount", f"{ROWS + 1}")
    frames = page.evaluate(SCROLL)
    figure(
        f"table of {ROWS:,} rows: {opened:.0f} ms; scrolling, frames of {frames[50]:.0f} ms, at most {frames[-1]:.0f}"
    )
    started = time.perf_counter()
    table.task(ROWS).focus()
    page.keyboard.press("End")
    expect(table.task(1)).to_be_focused(timeout=60_000)
    figure(f"  to its end {time.perf_counter() - started:.1f} s, {len(table.order())} rows drawn")
    assert frames[50] < FLUENT
    assert len(table.order()) < FLUENT
