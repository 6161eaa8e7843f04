"""Everything by keyboard: nobody touches a mouse here."""

from playwright.sync_api import Locator, expect

from e2e.browsers import Come
from e2e.pages.board import BoardPage
from e2e.pages.frame import Frame
from e2e.pages.palette import Palette
from e2e.pages.projects import ProjectsPage
from e2e.pages.welcome import SignInPage
from e2e.people import PASSWORD, Project, Team


def test_a_task_is_made_moved_and_renamed_by_keyboard_alone(team: Team, come: Come, project: Project) -> None:
    page = come()
    keys = page.keyboard
    _tab_to(SignInPage(page).visit().field("E-mail address"))
    keys.type(team.ben.email)
    keys.press("Tab")
    keys.type(PASSWORD)
    keys.press("Enter")
    expect(page).to_have_url("/")

    projects = ProjectsPage(page)
    projects.live()
    _skip_to_content(projects)
    _tab_to(projects.tile(project.key))
    keys.press("Enter")
    board = BoardPage(page, project.key).ready()
    board.press_c().type("Fix the login").create()
    board.shows(1, "To do")

    page.evaluate("() => document.activeElement.blur()")  # a reader who comes to the page anew
    _skip_to_content(board)
    _tab_to(board.task(1))
    for key, said in {
        "m": f"{project.key}-1 picked up. To do, position 1 of 1.",
        "ArrowRight": "In progress, position 1 of 1.",
        " ": f"{project.key}-1 put down in In progress, position 1 of 1.",
    }.items():
        keys.press(key)
        expect(board.said).to_have_text(said)
    board.shows(1, "In progress")
    expect(board.task(1)).to_be_focused()

    keys.press("Space")
    expect(page.get_by_role("region", name="Preview").get_by_role("heading")).to_have_text("Fix the login")
    keys.press("Escape")
    expect(page.get_by_role("region", name="Preview")).to_have_count(0)

    keys.press("Enter")
    task = board.opened(1)
    _tab_to(task.title)
    keys.press("ControlOrMeta+A")
    keys.type("Fix the login in Safari")
    keys.press("Escape")
    task.is_gone()
    expect(board.task(1)).to_contain_text("Fix the login in Safari")
    expect(board.task(1)).to_be_focused()
    assert project.order()["In progress"] == [1]


def test_several_tasks_are_changed_that_is_taken_back_and_one_is_found_by_keyboard_alone(
    team: Team, come: Come, project: Project
) -> None:
    first, second, third = (project.add(title) for title in ("Fix the login", "Fix the logout", "Write the guide"))
    board = BoardPage(come(team.ana), project.key).visit()
    keys, both = board.page.keyboard, {project.ref(first), project.ref(second)}
    _skip_to_content(board)
    _tab_to(board.task(first))
    for key in ("x", "Shift+ArrowDown", "p"):
        keys.press(key)
    Palette(board.page, "Set priority of 2 tasks").take("urg", "Urgent")
    board.toast("2 tasks changed").wait_for()
    assert {ref for ref in map(project.ref, (first, second, third)) if _is_urgent(project, ref)} == both
    keys.press("ControlOrMeta+z")
    board.toast("Undone").wait_for()
    assert not any(_is_urgent(project, ref) for ref in both)

    keys.press("/")
    Palette(board.page, "Search").take("guide", "Write the guide")
    expect(board.opened(third).title).to_have_value("Write the guide")


def _is_urgent(project: Project, ref: str) -> bool:
    return bool(project.api.task(ref)["priority"] == "urgent")


def test_escape_takes_a_card_back_to_where_it_was(team: Team, come: Come, project: Project) -> None:
    number = project.add("Fix the login")
    board = BoardPage(come(team.ana), project.key).visit()
    board.task(number).focus()
    for key in ("m", "ArrowRight", "Escape"):
        board.page.keyboard.press(key)
    expect(board.said).to_have_text(f"{project.ref(number)} stays in To do, position 1 of 1.")
    board.shows(number, "To do")


def test_a_move_by_somebody_else_is_told_to_whoever_is_at_the_card(team: Team, come: Come, project: Project) -> None:
    number = project.add("Fix the login")
    board = BoardPage(come(team.ben), project.key).visit()
    board.task(number).focus()
    project.api.move_task(project.ref(number), project.api.columns(project.key)["Done"])
    expect(board.said).to_have_text(f"{project.ref(number)} was moved to Done, position 1 of 1.")
    expect(board.task(number)).to_be_focused()


def _skip_to_content(frame: Frame) -> None:
    """Past the sidebar, which other journeys fill with projects."""
    frame.page.keyboard.press("Tab")
    expect(frame.focused()).to_have_text("Skip to content")
    frame.page.keyboard.press("Enter")


def _tab_to(goal: Locator) -> None:
    """Press Tab until the keyboard is there."""
    for _ in range(60):
        goal.page.keyboard.press("Tab")
        if goal.evaluate("(goal) => goal === document.activeElement"):
            return
    raise AssertionError(f"Tab does not lead to {goal}")
