"""What a project shows is filtered, arranged, and kept as a view."""

import re

from playwright.sync_api import expect

from e2e.browsers import Come
from e2e.pages.board import BoardPage
from e2e.pages.task import TaskPage
from e2e.pages.task_list import ListPage
from e2e.pages.tools import ViewTools
from e2e.people import Project, Team


def test_a_filter_is_written_by_keyboard_followed_live_and_sent_to_somebody(
    team: Team, come: Come, project: Project
) -> None:
    login, logout = project.add("Fix the login", priority="high"), project.add("Fix the logout")
    page = come(team.ana)
    board, tools, keys = BoardPage(page, project.key).visit(), ViewTools(page), page.keyboard
    keys.press("f")
    expect(tools.filter).to_be_focused()
    keys.type("prio")
    expect(tools.option("priority")).to_be_visible()
    keys.press("ArrowDown")
    expect(tools.option("priority")).to_have_attribute("aria-selected", "true")
    keys.press("Enter")
    expect(tools.filter).to_have_value("priority:")
    expect(tools.option("high")).to_be_visible()
    keys.type("hi")
    expect(tools.option("low")).to_have_count(0)
    for key in ("ArrowDown", "Enter", "Enter"):
        keys.press(key)
    expect(board.task(logout)).to_have_count(0)
    expect(board.column("To do")).to_contain_text("1 of 2")
    expect(page).to_have_url(re.compile(r"\?filter=priority%3Ahigh$"))

    project.api.edit_task(project.ref(logout), priority="high")
    expect(board.task(logout)).to_be_visible()
    project.api.edit_task(project.ref(login), priority="low")
    expect(board.task(login)).to_have_count(0)

    other = come(team.ben)
    other.goto(page.url)
    theirs = BoardPage(other, project.key).ready()
    expect(theirs.task(logout)).to_be_visible()
    expect(theirs.task(login)).to_have_count(0)
    other.get_by_role("link", name="List").click()
    rows = ListPage(other, project.key).ready()
    expect(rows.task(logout)).to_be_visible()
    expect(rows.task(login)).to_have_count(0)

    tools.filter.focus()
    for _ in range(2):
        keys.press("Escape")
    expect(board.task(login)).to_be_visible()
    expect(page).to_have_url(re.compile(r"/board$"))


def test_a_wrong_word_is_marked_and_one_click_mends_it(team: Team, come: Come, project: Project) -> None:
    number = project.add("Fix the login")
    page = come(team.ana)
    board, tools = BoardPage(page, project.key).visit(), ViewTools(page)
    tools.filter.fill("is:open is:overdu")
    page.keyboard.press("Enter")
    expect(tools.problem).to_contain_text("overdue")
    expect(page.locator(".tt-filter__wrong")).to_have_text("overdu")
    page.get_by_role("button", name="Use “overdue”").click()
    expect(tools.filter).to_have_value("is:open is:overdue")
    expect(page.locator(".tt-unfit")).to_contain_text("Nothing fits this filter")
    tools.quick("Overdue")
    expect(tools.filter).to_have_value("is:open")
    expect(board.task(number)).to_be_visible()


def test_a_view_keeps_a_filter_and_lanes_for_everybody(team: Team, come: Come, project: Project) -> None:
    number = project.add("Fix the login", assignee_ids=[team.ana.id])
    project.add("Fix the logout")
    page = come(team.ana)
    board, tools = BoardPage(page, project.key).visit(), ViewTools(page)
    tools.choose("Lanes", "Assignee")
    tools.filter.fill("assignee:any")
    expect(board.column("To do")).to_contain_text("1 of 2")
    tools.save_as("Somebody's", shared=True)

    other = come(team.ben)
    BoardPage(other, project.key).visit()
    ViewTools(other).views().get_by_role("link", name="Somebody's").click()
    theirs = BoardPage(other, project.key).ready()
    expect(theirs.page.locator(".tt-lane")).to_have_count(1)
    expect(theirs.page.get_by_role("region", name="Ana Torres, 1 task")).to_contain_text("Fix the login")
    expect(ViewTools(other).filter).to_have_value("assignee:any")
    menu = ViewTools(other).views()
    menu.get_by_role("button", name="Delete “Somebody's”").click()
    menu.get_by_role("button", name="Delete", exact=True).click()
    expect(menu.get_by_role("alert")).to_contain_text("may not")

    tools.views().get_by_role("button", name="Put “Somebody's” into the sidebar").click()
    expect(board.sidebar.get_by_role("link", name="Somebody's")).to_be_visible()
    page.keyboard.press("Escape")

    rows = ListPage(page, project.key).visit()
    expect(rows.sidebar.get_by_role("link", name="Somebody's")).to_be_visible()
    rows.task(number).locator(".tt-row__priority").click()
    page.keyboard.type("urg")
    page.keyboard.press("Enter")
    rows.toast("1 task changed").wait_for()
    assert project.api.task(project.ref(number))["priority"] == "urgent"


def test_a_view_of_all_projects_is_a_table_of_what_it_finds(team: Team, come: Come, project: Project) -> None:
    number = project.add("Fix the login", priority="urgent", assignee_ids=[team.ben.id])
    other = team.new_project("Another one")
    elsewhere = other.add("Fix the logout", priority="urgent", assignee_ids=[team.ben.id])
    page = come(team.ben)
    BoardPage(page, project.key).visit()
    tools = ViewTools(page)
    tools.filter.fill("assignee:me priority:urgent")
    menu = tools.views()
    menu.get_by_role("textbox", name="Name of the new view").fill("Burning")
    menu.get_by_role("checkbox", name="Show tasks of all projects").check()
    menu.get_by_role("button", name="Save", exact=True).click()
    menu.get_by_role("link", name="Burning").click()
    for ref in (project.ref(number), other.ref(elsewhere)):
        expect(page.get_by_role("row", name=ref)).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("Space")
    expect(page.get_by_role("region", name="Preview").get_by_role("heading")).to_have_text(re.compile("Fix the log"))
    page.get_by_role("row", name=other.ref(elsewhere)).locator(".tt-cell--ref").click()
    expect(TaskPage(page, other.ref(elsewhere)).title).to_have_value("Fix the logout")
