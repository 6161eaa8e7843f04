"""A task with what belongs to it: subtasks, relations, files, dates and who watches it."""

from playwright.sync_api import expect

from e2e.browsers import Come
from e2e.pages.board import BoardPage
from e2e.pages.task import TaskPage
from e2e.people import Project, Team


def test_a_task_is_filled_with_all_that_belongs_to_it(team: Team, come: Come, project: Project) -> None:
    number, other = project.add("Relaunch"), project.add("Choose the fonts")
    page = come(team.ana)
    board = BoardPage(page, project.key).visit()
    task = board.open(number)

    for title in ("Write the texts", "Take the pictures"):
        task.add_subtask(title)
        expect(task.section("Subtasks").get_by_role("link", name=title)).to_be_visible()
    expect(task.section("Subtasks")).to_contain_text("0/2")

    task.relate("Blocked by", "choose the fonts", project.ref(other))
    expect(task.section("Relations").get_by_role("link", name="Choose the fonts")).to_be_visible()

    task.attach("plan.txt", b"First this, then that.")
    expect(task.section("Files").get_by_role("link", name="plan.txt")).to_be_visible()
    task.section("Files").get_by_role("button", name="Remove plan.txt").click()
    expect(task.section("Files").get_by_role("link")).to_have_count(0)
    board.toast("File removed").get_by_role("button", name="Undo").click()
    expect(task.section("Files").get_by_role("link", name="plan.txt")).to_be_visible()

    task.type("Start", "2030-11-04")
    task.type("Estimate", "5")
    task.button("Stop watching").click()
    expect(task.button("Watch")).to_be_visible()
    task.close()
    board.open(number)
    assert (task.property("Estimate").input_value(), task.property("Start").input_value()) == ("5", "2030-11-04")
    task.section("Relations").get_by_role("link").click()
    board.opened(other)
    assert project.api.task(project.ref(number))["subtasks"] == {"total": 2, "done": 0}


def test_what_is_refused_stays_to_be_mended(team: Team, come: Come, project: Project) -> None:
    number = project.add("Relaunch")
    board = BoardPage(come(team.ana), project.key).visit()
    task = board.open(number)
    task.type("Parent", f"{project.key}-99")
    expect(board.toast(f"{project.key}-99")).to_be_visible()
    assert task.property("Parent").input_value() == f"{project.key}-99"


def test_what_is_typed_while_another_field_is_being_saved_stays(team: Team, come: Come, project: Project) -> None:
    number = project.add("Relaunch")
    board = BoardPage(come(team.ana), project.key).visit()
    task = board.open(number)
    for estimate, day in ((5, "2030-11-04"), (8, "2030-11-05"), (13, "2030-11-06")):
        task.type("Estimate", str(estimate))
        task.type("Start", day)
        task.type("Due date", day)
        expect(task.root).to_contain_text(f"set the due date to {int(day[-2:])} November 2030")
        shown = [task.property(name).input_value() for name in ("Estimate", "Start", "Due date")]
        assert shown == [str(estimate), day, day]
        saved = project.api.task(project.ref(number))
        assert [saved["estimate"], saved["start"], saved["due"]] == [estimate, day, day]


def test_a_task_opens_on_a_page_of_its_own(team: Team, come: Come, project: Project) -> None:
    above, number = project.add("Relaunch"), project.add("Fix the login")
    project.api.edit_task(project.ref(number), parent=project.ref(above))
    page = come(team.ana)
    board = BoardPage(page, project.key).visit()
    board.open(number)
    page.keyboard.press("Shift+O")
    task = TaskPage(page, project.ref(number))
    expect(page).to_have_title(f"{project.ref(number)} Fix the login · tasktracker")
    expect(task.crumbs.get_by_role("link")).to_have_text(["Web site", "Relaunch"])

    task.title.fill("Fix the login in Safari")
    task.title.press("Enter")
    expect(page).to_have_title(f"{project.ref(number)} Fix the login in Safari · tasktracker")
    task.save_description("As it is now.")
    expect(task.description).to_have_text("As it is now.")
    project.api.edit_task(project.ref(number), title="Fix the login for good")
    expect(task.title).to_have_value("Fix the login for good")

    page.goto(f"/{project.ref(above).lower()}")
    relaunch = TaskPage(page, project.ref(above))
    relaunch.section("Subtasks").get_by_role("link", name="Fix the login for good").click()
    expect(TaskPage(page, project.ref(number)).title).to_have_value("Fix the login for good")
    page.goto(f"/t/{project.key}-99")
    expect(page.get_by_role("heading", name="Not here")).to_be_visible()
