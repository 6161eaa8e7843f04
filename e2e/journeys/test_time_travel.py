"""A task and a board as they were: by a slider, read-only, with a way to take a value back, and in the address."""

import re

import pytest
from playwright.sync_api import expect

from e2e.accessibility import require_accessible
from e2e.browsers import Come
from e2e.pages.board import BoardPage
from e2e.pages.time_travel import Past
from e2e.people import Project, Team

pytestmark = pytest.mark.thorough


def test_a_task_is_seen_as_it_was_and_a_value_of_then_comes_back(team: Team, come: Come, project: Project) -> None:
    number = project.add("Fix it", priority="high")
    ref = project.ref(number)
    project.api.edit_task(ref, title="Fix the login")
    project.api.edit_task(ref, priority="low", description="It fails")
    board = BoardPage(come(team.ana), project.key).visit()
    task = board.open(number)
    task.button("As it was…").click()
    past = Past(board.page)
    expect(past.told).to_have_text("Ana Torres renamed this to “Fix the login”")
    expect(past.banner).to_contain_text("As it was on")
    expect(task.title).to_be_hidden()
    past.press("Home", "created this task")
    expect(past.slider).to_have_attribute("aria-valuetext", re.compile("Ana Torres created this task$"))
    expect(past.root.get_by_role("heading", name="Fix it", exact=True)).to_be_visible()
    expect(past.changed("Priority")).to_contain_text("now Low")
    require_accessible(board.page, "a task of then")
    past.press("End", "edited the description")
    past.press("ArrowLeft", "renamed this")
    past.press("ArrowLeft", "created this task")
    board.reload()
    board.ready().opened(number)
    past = Past(board.page)
    expect(past.told).to_contain_text("created this task")

    past.restore("Priority")
    expect(board.toast("1 task changed")).to_be_visible()
    expect(past.changed("Priority")).to_have_count(0)
    assert project.api.task(ref)["priority"] == "high"
    board.toast("1 task changed").get_by_role("button", name="Undo").click()
    expect(past.changed("Priority")).to_contain_text("now Low")
    past.restore("Title")
    past.leave()
    expect(task.button("As it was…")).to_be_focused()
    expect(task.title).to_have_value("Fix it")
    board.has_address(f"?task={number}")


def test_a_board_is_seen_as_it_was_and_cannot_be_changed_meanwhile(team: Team, come: Come, project: Project) -> None:
    first, gone = project.add("Fix the login"), project.add("Short-lived")
    ref, columns = project.ref(first), project.api.columns(project.key)
    project.api.trash_task(project.ref(gone))
    project.api.move_task(ref, columns["Done"])
    board = BoardPage(come(team.ana), project.key).visit()
    board.page.get_by_role("button", name="As it was…").click()
    past = Past(board.page)
    past.press("ArrowLeft", f"moved this task to the trash ({project.ref(gone)})")
    board.shows(first, "To do")
    past.press("ArrowLeft", "created this task")
    board.shows(gone, "To do")
    project.api.edit_task(ref, title="Fix the login in Safari")
    board.drag(first, "In progress")
    board.shows(first, "To do")
    assert project.order()["Done"] == [first]
    expect(board.task(first)).to_contain_text("Fix the login")
    expect(board.page.get_by_role("button", name="New task in To do")).to_have_count(0)
    require_accessible(board.page, "a board of then")
    address = board.page.url

    board.open(gone)
    expect(board.page.get_by_role("dialog").locator(".tt-past__title")).to_have_text("Short-lived")
    board.page.keyboard.press("Escape")
    board.shows_no_dialog()
    ben = BoardPage(come(team.ben), project.key)
    ben.page.goto(address)
    ben.ready().shows(gone, "To do")
    board.page.get_by_role("button", name="Back to now").click()
    board.shows(first, "Done")
    expect(board.task(first)).to_contain_text("in Safari")
    expect(board.task(gone)).to_have_count(0)
    board.has_address()
