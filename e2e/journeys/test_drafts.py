"""What somebody is typing survives whatever happens, until it is saved or they sign out."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from e2e.browsers import Come, Visitors
from e2e.pages.board import BoardPage
from e2e.pages.create_task import CreateTaskDialog
from e2e.pages.projects import ProjectsPage
from e2e.pages.task import TaskDialog
from e2e.pages.welcome import SignInPage
from e2e.people import PASSWORD, Api, Person, Project, Team
from e2e.servers import Server, up
from tests.ui.held_back import HOLD, LET_GO

TITLE, DESCRIPTION = "Write the release notes", "For people who\n\n- upgrade\n- start anew"
GO_ON = """(field, typed) => {
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true, cancelable: true }));
    field.value += ` ${typed}`;
    field.dispatchEvent(new Event("input", { bubbles: true }));
}"""  # in one go: before anybody can answer
GO_ON_UNHEARD = f"""(field, typed) => {{
    field.addEventListener("input", {HOLD}, {{ capture: true, once: true }});
    ({GO_ON})(field, typed);
}}"""  # what is typed is on its way to the server for as long as it takes to save, and until `LET_GO`
ANSWERED = 500
"""Milliseconds within which all that the server says of a text that it has saved is usually heard."""
HAS_NO_DRAFT = "(of) => !Object.keys(localStorage).some((key) => key.startsWith(of))"
COMMENT, EDIT = "Half a thought, and", "The description as it is going to be"


@pytest.fixture
def fragile_server() -> Iterator[Server]:
    """One that may crash."""
    with up() as server:
        yield server


@pytest.mark.thorough
def test_texts_that_are_being_typed_are_there_again_after_a_reload_and_a_crash_of_the_server(
    fragile_server: Server, visitors: Visitors
) -> None:
    page = visitors.come(fragile_server)
    api = Api(fragile_server.address)
    api.set_up("Ana Torres", "ana@example.org")
    api.create_project("WEB", "Web site")
    api.create_task("WEB", "Fix the login")
    api.close()
    page.goto("/sign-in")
    SignInPage(page).fill(email="ana@example.org", password=PASSWORD).sign_in()

    board = BoardPage(page, "WEB").visit()
    _type_everything(board)
    board.page.goto(f"{board.path}?task=1")
    board.ready()
    _expect_everything(board)

    _type_everything(board)
    fragile_server.kill()
    expect(board.offline).to_be_visible()
    fragile_server.start()
    expect(board.offline).to_be_hidden(timeout=30_000)
    board.ready()
    _expect_everything(board)


@pytest.mark.thorough
def test_changes_that_are_made_while_the_server_is_away_are_sent_when_it_is_back(
    fragile_server: Server, visitors: Visitors
) -> None:
    """They stay drawn for longer than an answer may take."""
    ana = Person("Ana Torres", "ana@example.org", Api(fragile_server.address))
    ana.api.set_up(ana.name, ana.email)
    ana.api.create_project("WEB", "Web site")
    for title in ("Fix the login", "Fix the till"):
        ana.api.create_task("WEB", title)
    board = BoardPage(visitors.come(fragile_server, ana), "WEB").visit()
    fragile_server.kill()
    for number in (1, 2):
        board.carry(number, "ArrowRight")
    expect(board.offline).to_contain_text("2 changes wait to be sent.")
    board.page.wait_for_timeout(11_000)
    for number in (1, 2):
        board.shows(number, "In progress")
    fragile_server.start()
    expect(board.toast("2 changes that waited were sent")).to_be_visible(timeout=30_000)
    board.ready()
    for number in (1, 2):
        board.shows(number, "In progress")
    assert {ana.api.task(f"WEB-{number}")["state"] for number in (1, 2)} == {"started"}
    ana.api.close()


def _type_everything(board: BoardPage) -> None:
    """Leaves the task's dialog open, with a comment and an edit of the description on their way."""
    if board.page.get_by_role("dialog").count():
        board.opened(1).close()
    new = board.press_c()
    new.title.fill(TITLE)
    new.description.fill(DESCRIPTION)
    board.page.keyboard.press("Escape")
    board.shows_no_dialog()
    task = board.open(1)
    task.comment_field.fill(COMMENT)
    if not task.description_field.count():
        task.edit_description()
    task.description_field.fill(EDIT)


def _expect_everything(board: BoardPage) -> None:
    task = board.opened(1)
    expect(task.comment_field).to_have_value(COMMENT)
    expect(task.description_field).to_have_value(EDIT)
    task.close()
    _expect_new_task(board.press_c(), TITLE, DESCRIPTION)
    board.page.keyboard.press("Escape")
    board.shows_no_dialog()


def _expect_new_task(dialog: CreateTaskDialog, title: str, description: str) -> None:
    expect(dialog.title).to_have_value(title)
    expect(dialog.description).to_have_value(description)


def test_a_text_that_is_saved_is_no_draft_any_more(team: Team, come: Come, project: Project) -> None:
    number = project.add("Fix the login")
    board = BoardPage(come(team.ana), project.key).visit()
    dialog = board.press_c().type(TITLE, DESCRIPTION)
    board.reload()
    dialog = board.ready().press_c()
    _expect_new_task(dialog, TITLE, DESCRIPTION)
    dialog.create()
    board.shows(number + 1, "To do")
    assert project.api.task(project.ref(number + 1))["description"] == DESCRIPTION

    task = board.open(number)
    task.say(COMMENT)
    task.save_description(EDIT)
    expect(task.description).to_have_text(EDIT)
    board.reload()
    task = board.ready().opened(number)
    expect(task.comments).to_have_count(1)
    expect(task.comment_field).to_have_value("")
    expect(task.description_field).to_have_count(0)
    task.close()
    _expect_new_task(board.press_c(), "", "")


def test_what_is_typed_while_a_task_is_made_is_a_draft_again(team: Team, come: Come, project: Project) -> None:
    board = BoardPage(come(team.ana), project.key).visit()
    new = board.press_c().type("Fix the till")
    new.title.evaluate(GO_ON, "Call Ana")
    expect(board.toast("created")).to_be_visible()
    expect(new.title).to_have_value("Call Ana")
    board.reload()
    expect(board.ready().press_c().title).to_have_value("Call Ana")
    assert project.api.task(project.ref(1))["title"] == "Fix the till"


def test_what_is_typed_into_the_description_while_the_answer_is_on_its_way_is_that_of_the_next_task(
    team: Team, come: Come, project: Project
) -> None:
    board = BoardPage(come(team.ana), project.key).visit()
    new = board.press_c().type("Fix the till", "At once")
    new.description.evaluate(GO_ON_UNHEARD, "and call Ana")
    expect(board.toast("created")).to_be_visible()
    board.page.evaluate(LET_GO)
    _expect_new_task(new, "", "and call Ana")
    assert project.api.task(project.ref(1))["description"] == "At once"
    board.reload()
    _expect_new_task(board.ready().press_c(), "", "and call Ana")


def _before_and_after_a_reload(task: TaskDialog, board: BoardPage, number: int) -> Iterator[TaskDialog]:
    yield task
    board.reload()
    yield board.ready().opened(number)


def test_who_writes_on_while_a_text_is_saved_loses_nothing(team: Team, come: Come, project: Project) -> None:
    number = project.add("Fix the till")
    board = BoardPage(come(team.ana), project.key).visit()
    task = board.open(number)
    fields = {"and more": task.edit_description(), "and so on": task.comment_field}
    for text, field in zip(("Once", "Done"), fields.values(), strict=True):
        field.fill(text)
    for typed, field in fields.items():
        field.evaluate(GO_ON, typed)
    expect(task.comments).to_have_count(1)
    expect(task.description).to_have_text("Once")
    for shown in _before_and_after_a_reload(task, board, number):
        expect(shown.description_field).to_have_value("Once and more")
        expect(shown.comment_field).to_have_value("and so on")
    assert project.api.comments(project.ref(number)) == ["Done"]


def test_what_is_typed_while_the_answer_is_on_its_way_is_not_lost_either(
    team: Team, come: Come, project: Project
) -> None:
    """The server closes and empties fields, and has not heard yet that somebody types on."""
    number = project.add("Fix the till")
    board = BoardPage(come(team.ana), project.key).visit()
    task = board.open(number)
    for field in (task.edit_description(), task.comment_field, task.title):
        field.fill("Once ")
        field.evaluate(GO_ON_UNHEARD, "and more")
        board.page.wait_for_timeout(ANSWERED)
        board.page.evaluate(LET_GO)
    for shown in _before_and_after_a_reload(task, board, number):
        expect(shown.description_field).to_have_value("Once  and more")
        expect(shown.comment_field).to_have_value("and more")
        expect(shown.title).to_have_value("Once  and more")
    saved = project.api.task(project.ref(number))
    assert [saved["title"], saved["description"], *project.api.comments(saved["ref"])] == ["Once"] * 3
    shown.button("Save").click()
    for field in (shown.comment_field, shown.title):
        field.press("Control+Enter")
    expect(shown.comments).to_have_count(2)
    expect(shown.description_field).to_have_count(0)
    board.page.wait_for_function(HAS_NO_DRAFT, arg=f"tasktracker:draft:{saved['ref']}:")


def test_signing_out_leaves_no_draft_to_whoever_comes_next(team: Team, come: Come, project: Project) -> None:
    page = come()
    SignInPage(page).visit().fill(email=team.ben.email, password=PASSWORD).sign_in()
    board = BoardPage(page, project.key).visit()
    board.press_c().type(TITLE, DESCRIPTION)
    page.keyboard.press("Escape")
    board.shows_no_dialog()
    signed_out = ProjectsPage(page).sign_out()
    signed_out.fill(email=team.ben.email, password=PASSWORD).sign_in()
    _expect_new_task(board.visit().press_c(), "", "")
