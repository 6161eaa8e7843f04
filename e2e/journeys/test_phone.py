"""On a phone."""

from playwright.sync_api import Page, expect

from e2e.browsers import PHONE, Come
from e2e.pages.board import BoardPage
from e2e.pages.palette import Palette
from e2e.pages.projects import ProjectsPage
from e2e.people import Project, Team


def test_the_menu_opens_closes_and_leads_to_a_project(team: Team, come: Come, project: Project) -> None:
    page = come(team.ana, size=PHONE)
    projects = ProjectsPage(page).visit()
    expect(projects.sidebar).to_be_hidden()
    projects.open_menu()
    expect(projects.sidebar).to_be_visible()
    page.mouse.click(PHONE["width"] - 10, PHONE["height"] / 2)
    expect(projects.sidebar).to_be_hidden()

    projects.open_menu()
    projects.sidebar.locator(f"a[href='/{project.key}/board']").click()
    board = BoardPage(page, project.key).ready()
    expect(board.sidebar).to_be_hidden()
    _fits(page)


def test_a_task_is_made_opened_and_moved_on_a_phone(team: Team, come: Come, project: Project) -> None:
    page = come(team.ana, size=PHONE)
    board = BoardPage(page, project.key).visit()
    page.get_by_role("banner").get_by_role("button", name="New task", exact=True).click()
    board.creating().type("Buy film for the camera").create()
    expect(board.task(1)).to_be_attached()

    board.task(1).scroll_into_view_if_needed()
    task = board.open(1)
    _fits(page)
    expect(task.title).to_have_value("Buy film for the camera")
    task.choose("State", "In progress")
    task.say("Two rolls.")
    task.close()
    board.shows(1, "In progress")
    _fits(page)
    assert project.order()["In progress"] == [1]


def test_a_task_is_found_on_a_phone(team: Team, come: Come, project: Project) -> None:
    number = project.add("Buy film for the camera")
    page = come(team.ana, size=PHONE)
    board = BoardPage(page, project.key).visit()
    page.get_by_role("button", name="Search and commands").click()
    palette = Palette(page)
    _fits(page)
    palette.field.fill(project.ref(number))
    palette.options.filter(has_text="Buy film").click()
    expect(board.opened(number).title).to_have_value("Buy film for the camera")


def _fits(page: Page) -> None:
    """Nothing makes the page wider than the screen."""
    assert page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]
