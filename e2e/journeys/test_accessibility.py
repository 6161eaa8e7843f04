"""Every page and dialog can be used by everybody; the page of the first start is looked at in its own journey."""

import pytest
from playwright.sync_api import expect

from e2e.accessibility import require_accessible
from e2e.browsers import Visitors
from e2e.pages.activity import ActivityPage
from e2e.pages.board import BoardPage
from e2e.pages.inbox import InboxPage
from e2e.pages.my_work import MyWorkPage
from e2e.pages.palette import summon
from e2e.pages.projects import ProjectsPage
from e2e.pages.put_away import PutAwayPage
from e2e.pages.reports import REPORTS, ReportsPage
from e2e.pages.search import SearchPage
from e2e.pages.settings import SettingsPage
from e2e.pages.table import TablePage
from e2e.pages.task import TaskPage
from e2e.pages.task_list import ListPage
from e2e.pages.tools import ViewTools
from e2e.pages.welcome import SignInPage
from e2e.people import Project, Team

pytestmark = pytest.mark.thorough


@pytest.fixture(scope="module")
def busy(team: Team) -> Project:
    """A project with at least one of everything that is drawn."""
    project = team.new_project("A project with a name that is rather long for the place it has")
    api, columns = project.api, project.api.columns(project.key)
    api.edit_column(project.key, columns["In progress"], wip_limit=1)
    label = api.add_label(project.key, "Accessibility", "#b88a00")
    for number, column in enumerate(columns):
        project.add(
            f"Task in {column}",
            column,
            priority=("urgent", "high", "medium", "low", "none")[number],
            due=("2020-02-01", None, "2099-12-31", None, "2020-02-01")[number],
            label_ids=[label],
            assignee_ids=[team.ana.id, team.ben.id],
        )
    api.edit_task(project.ref(1), description=DESCRIPTION, title="Read me first")
    api.comment(project.ref(1), "It does, *mostly*: see `README.md`.")
    return project


DESCRIPTION = """# Heading

A paragraph with `code`, a [link](https://example.org/) and **weight**.

- [x] done
- [ ] open

> quoted

| a | b |
|---|---|
| 1 | 2 |
"""


def test_everybody_can_sign_in(team: Team, visitors: Visitors) -> None:
    sign_in = SignInPage(visitors.come(team.server)).visit()
    require_accessible(sign_in.page, "sign-in")
    sign_in.submit()
    expect(sign_in.problem_of_all).to_be_visible()
    require_accessible(sign_in.page, "sign-in, refused")


def test_everybody_can_use_the_pages_of_a_project(busy: Project, team: Team, visitors: Visitors) -> None:
    page = visitors.come(team.server, team.ana)
    projects = ProjectsPage(page).visit()
    require_accessible(page, "projects")
    projects.new_project()
    require_accessible(page, "new project")

    board = BoardPage(page, busy.key).visit()
    require_accessible(page, "board")
    new = board.press_c()
    page.keyboard.insert_text("Fix the login !high tomorrow\nCall Ana")
    expect(new.chips).to_have_count(2)
    require_accessible(page, "new tasks")
    page.keyboard.press("Escape")
    board.shows_no_dialog()
    board.open(1)
    require_accessible(page, "task")

    TablePage(page, busy.key).visit()
    require_accessible(page, "table")
    ActivityPage(page, busy.key).visit()
    require_accessible(page, "activity")
    busy.api.trash_task(busy.ref(5))
    trash = PutAwayPage(page, busy.key).visit()
    expect(trash.row(5)).to_be_visible()
    require_accessible(page, "trash")
    search = SearchPage(page).visit("task")
    expect(search.results.first).to_be_visible()
    require_accessible(page, "search")


def test_everybody_can_use_the_tools_of_a_project(busy: Project, team: Team, visitors: Visitors) -> None:
    page = visitors.come(team.server, team.ana)
    rows = ListPage(page, busy.key).visit()
    require_accessible(page, "list")
    rows.task(1).locator(".tt-row__labels").click()
    require_accessible(page, "list, choosing labels")
    page.keyboard.press("Escape")
    tools = ViewTools(page)
    tools.filter.fill("is:open is:overdu")
    page.keyboard.press("Enter")
    expect(tools.problem).to_be_visible()
    tools.filter.fill("is:")
    expect(tools.option("overdue")).to_be_visible()
    require_accessible(page, "filter")
    tools.filter.fill("is:open")
    page.keyboard.press("Enter")
    tools.save_as("Open ones")
    tools.views()
    require_accessible(page, "saved views")
    page.keyboard.press("Escape")
    BoardPage(page, busy.key).visit()
    tools.choose("Lanes", "Label")
    require_accessible(page, "board, lanes")
    rows.visit()
    for key, name in {"Control+k": "Commands", "l": f"Set labels of {busy.ref(1)}", "?": "Keyboard shortcuts"}.items():
        expect(summon(rows.task(1), key)).to_have_accessible_name(name)
        require_accessible(page, name)


def test_everybody_can_use_the_page_of_a_task(busy: Project, team: Team, visitors: Visitors) -> None:
    page = visitors.come(team.server, team.ana)
    task = TaskPage.visit(page, busy.ref(1))
    require_accessible(page, "task page")
    for name, panel in {"Assignees": ".tt-property-panel", "Due date": ".tt-when"}.items():
        task.property(name).click()
        expect(page.locator(panel)).to_be_visible()
        require_accessible(page, f"task page, {name}")
        page.keyboard.press("Escape")
    task.add("Repeats")
    expect(page.locator(".tt-repeat")).to_be_visible()
    require_accessible(page, "task page, Repeats")
    page.keyboard.press("Escape")
    task.add("Reminder")
    expect(page.locator(".tt-when")).to_be_visible()
    require_accessible(page, "task page, new reminder")
    page.keyboard.press("Escape")
    task.button("More").click()
    expect(page.locator(".tt-task-menu .tt-menu")).to_be_visible()
    require_accessible(page, "task page, menu")
    page.keyboard.press("Escape")
    task.do("Move to another project…")
    expect(page.get_by_role("dialog")).to_be_visible()
    require_accessible(page, "task page, move")


def test_everybody_can_use_the_reports(busy: Project, team: Team, visitors: Visitors) -> None:
    finished, columns = busy.ref(busy.add("Finish one thing")), busy.api.columns(busy.key)
    for column in ("In review", "Done"):
        busy.api.move_task(finished, columns[column])
    page = visitors.come(team.server, team.ana)
    for report in REPORTS:
        ReportsPage(page, busy.key).visit(report)
        require_accessible(page, f"reports, {report}")


def test_everybody_can_write(busy: Project, team: Team, visitors: Visitors) -> None:
    page = visitors.come(team.server, team.ana)
    task = BoardPage(page, busy.key).visit().open(1)
    task.edit_description()
    expect(task.offered(" @").first).to_be_visible()
    require_accessible(page, "task, editing")
    page.keyboard.press("Enter")
    task.root.get_by_role("button", name="Preview").first.click()
    expect(task.root.get_by_role("region", name="Preview").get_by_role("checkbox")).to_have_count(2)
    task.comments.first.get_by_role("button", name="Add a reaction").click()
    require_accessible(page, "task, preview and reactions")


def test_everybody_can_use_the_pages_of_their_own(busy: Project, team: Team, visitors: Visitors) -> None:
    page = visitors.come(team.server, team.ben)
    inbox = InboxPage(page).visit()
    expect(inbox.row(busy.ref(1))).to_be_visible()
    page.keyboard.press("j")
    expect(inbox.beside.get_by_role("article")).to_be_visible()
    require_accessible(page, "inbox")
    work = MyWorkPage(page).visit()
    expect(work.row(busy.ref(1))).to_be_visible()
    require_accessible(page, "my work")
    ActivityPage(page).visit()
    require_accessible(page, "activity of all projects")
    page.goto("/NOPE/board", referer=page.url)
    expect(page.get_by_role("link", name="Back to where you were")).to_be_visible()
    require_accessible(page, "where nothing is")


def test_everybody_can_use_views_that_draw_nothing(team: Team, visitors: Visitors) -> None:
    empty = team.new_project("Fresh start")
    page = visitors.come(team.server, team.ana)
    for view in ("board", "list", "table", "calendar", "timeline"):
        page.goto(f"/{empty.key}/{view}")
        expect(page.locator(".tt-lesson")).to_be_visible()
        require_accessible(page, f"{view}, empty")
    PutAwayPage(page, empty.key, "archive").visit()
    require_accessible(page, "archive")
    empty.add("Fix the login", due="2026-11-30")
    page.goto(f"/{empty.key}/calendar?filter=is:blocked")
    expect(page.get_by_text("Nothing fits this filter")).to_be_visible()
    require_accessible(page, "calendar that nothing fits")


def test_everybody_can_use_the_pages_of_settings(busy: Project, team: Team, visitors: Visitors) -> None:
    page = visitors.come(team.server, team.ana)
    settings = SettingsPage(page, f"/{busy.key}/settings")
    for section in ("general", "columns", "members", "fields", "templates", "rules", "transfer", "danger"):
        settings.visit(section)
        require_accessible(page, f"settings, {section}")
    settings.visit("labels").ask("Delete", "Accessibility")
    require_accessible(page, "settings, a question")
    settings.visit("rules").main.get_by_role("button", name="New rule…").click()
    settings.control("Name").fill("Hurry")
    require_accessible(page, "settings, a new rule")
    for section in ("you", "security", "tokens"):
        SettingsPage(page, "/profile").visit(section)
        require_accessible(page, f"profile, {section}")
    SettingsPage(page, "/settings").visit("general")
    require_accessible(page, "workspace")
    SettingsPage(page, "/settings").visit("people")
    require_accessible(page, "people")
    page.get_by_role("button", name="Add a person…").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    require_accessible(page, "add a person")
    read = SettingsPage(visitors.come(team.server, team.ben), f"/{busy.key}/settings").visit("columns")
    require_accessible(read.page, "settings, only to be read")
