"""What somebody may not do, and what they are told."""

import re

from playwright.sync_api import Page, expect

from e2e.browsers import WIDE, Come
from e2e.pages.board import BoardPage
from e2e.pages.frame import Frame
from e2e.pages.task import TaskPage
from e2e.pages.welcome import SignInPage
from e2e.people import PASSWORD, Project, Team


def test_a_card_for_a_full_column_goes_back_and_a_message_says_why(team: Team, come: Come, project: Project) -> None:
    project.api.edit_column(project.key, project.api.columns(project.key)["In progress"], wip_limit=1)
    here, waiting = project.add("Being done", "In progress"), project.add("Waiting")
    board = BoardPage(come(team.ana, size=WIDE), project.key).visit()

    board.drag(waiting, "In progress")
    toast = board.toast("In progress")
    expect(toast).to_contain_text(re.compile("full|limit", re.IGNORECASE))
    board.shows(waiting, "To do")
    board.carry(waiting, "ArrowRight")
    expect(board.said).to_contain_text(f"{project.ref(waiting)} moved back to To do, position 1 of 1.")
    assert board.order() == project.order() == {**board.order(), "To do": [waiting], "In progress": [here]}


def test_a_viewer_reads_everything_and_is_offered_no_change(team: Team, come: Come, project: Project) -> None:
    number = project.add("Fix the login", description="In *Safari*.")
    project.api.comment(project.ref(number), "I can see it too.")
    project.api.set_role(project.key, team.ben.id, "viewer")
    board = BoardPage(come(team.ben, size=WIDE), project.key).visit()
    expect(board.page.get_by_role("button", name=re.compile("New task"))).to_have_count(0)
    board.drag(number, "Done")
    board.shows(number, "To do")
    board.page.keyboard.press("c")
    board.shows_no_dialog()

    task = board.open(number)
    expect(task.description).to_have_text("In Safari.")
    expect(task.comments).to_contain_text("I can see it too.")
    expect(task.title).to_be_disabled()
    expect(task.root).to_contain_text("To do")
    expect(task.root.get_by_role("combobox")).to_have_count(0)
    for name in ("Edit description", "Comment"):
        expect(task.button(name)).to_have_count(0)
    expect(task.comment_field).to_have_count(0)


def test_a_project_that_is_not_there_and_one_that_is_not_for_you_look_the_same(team: Team, come: Come) -> None:
    private = team.new_project("Salaries", is_private=True)
    number = private.add("Raise them")
    page = come(team.ben)
    _is_friendly(page, "/NOPE/board", "NOPE")
    words = page.get_by_role("main").inner_text()
    for path in (f"/{private.key}/board", f"/{private.key}/board?task={number}", f"/{private.key}/list"):
        _is_friendly(page, path, private.key)
        assert page.get_by_role("main").inner_text() == words.replace("NOPE", private.key)
    expect(page.get_by_text("Salaries")).to_have_count(0)
    page.get_by_role("link", name="Back to your projects").click()
    expect(page).to_have_url("/")


def test_a_task_that_is_not_there_is_named_over_the_board(team: Team, come: Come, project: Project) -> None:
    page = come(team.ana)
    page.goto(f"/{project.key}/board?task=99")
    board = BoardPage(page, project.key).ready()
    expect(Frame(page).toast(f"{project.key}-99")).to_be_visible()
    board.shows_no_dialog()


def test_somebody_who_is_not_signed_in_comes_back_to_where_they_wanted_to_go(
    team: Team, come: Come, project: Project
) -> None:
    number = project.add("Fix the login")
    page = come()
    page.goto(f"/t/{project.ref(number)}")
    expect(page).to_have_url(re.compile("/sign-in"))
    SignInPage(page).fill(email=team.ben.email, password=PASSWORD).submit()
    expect(TaskPage(page, project.ref(number)).title).to_have_value("Fix the login")


def _is_friendly(page: Page, path: str, what: str) -> None:
    answer = page.goto(path)
    assert answer
    assert answer.status == 404
    expect(page.get_by_role("heading", name="Not here")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text(what)
