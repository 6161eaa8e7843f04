"""A task with what belongs to it: subtasks, relations, files, dates and who watches it."""

import re

import pytest
from playwright.sync_api import Route, expect

from e2e.browsers import Come
from e2e.pages.board import BoardPage
from e2e.pages.task import TaskPage
from e2e.people import Project, Team


def test_a_task_is_filled_with_all_that_belongs_to_it(team: Team, come: Come, project: Project) -> None:
    project.api.add_custom_field(project.key, "Severity", "select", options=["low", "high"])
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

    task.set_day("Start", "2030-11-04")
    task.set_day("Due date", "2030-11-30", "17:30")
    task.type("Estimate", "5")
    task.add("Reminder")
    page.get_by_label("When to remind").select_option("1 hour before it is due")
    page.get_by_role("button", name="Remind me").click()
    task.choose("Severity", "high")
    task.button("Stop watching").click()
    expect(task.button("Watch")).to_be_visible()
    task.close()
    board.open(number)
    expect(task.property("Estimate")).to_have_value("5")
    expect(task.property("Start")).to_have_text("4 Nov 2030")
    expect(task.property("Due date")).to_have_text("30 Nov 2030, 17:30")
    expect(task.property("Severity")).to_have_text("high")
    expect(task.row("Reminders")).to_contain_text("1 hour before it is due")
    expect(task.row("Reminders")).to_contain_text("30 November 2030 at 16:30")
    task.section("Relations").get_by_role("link").click()
    board.opened(other)
    assert project.api.task(project.ref(number))["subtasks"] == {"total": 2, "done": 0}


@pytest.mark.thorough
def test_a_file_that_the_page_hears_of_before_it_is_answered_stands_there_once(
    team: Team, come: Come, project: Project
) -> None:
    number = project.add("Relaunch")
    page = come(team.ana)
    task = BoardPage(page, project.key).visit().open(number)
    files, answers = task.section("Files"), []

    def hold_back(route: Route) -> None:
        if route.request.method == "POST":
            answers.append((route, route.fetch()))
        else:
            route.continue_()

    page.route("**/attachments", hold_back)
    task.attach("plan.txt", b"First this, then that.")
    expect(files.get_by_role("link", name="plan.txt")).to_be_visible()
    expect(files.get_by_role("progressbar")).to_be_visible()
    [(route, response)] = answers
    route.fulfill(response=response)
    expect(files.get_by_role("progressbar")).to_have_count(0)
    expect(files.get_by_role("listitem")).to_have_count(1)


def test_what_is_refused_stays_to_be_mended(team: Team, come: Come, project: Project) -> None:
    number = project.add("Relaunch")
    board = BoardPage(come(team.ana), project.key).visit()
    task = board.open(number)
    task.type("Parent", f"{project.key}-99")
    expect(task.property("Parent")).to_have_accessible_description(re.compile(f"{project.key}-99"))
    expect(task.property("Parent")).to_have_value(f"{project.key}-99")


def test_what_is_typed_while_another_field_is_being_saved_stays(team: Team, come: Come, project: Project) -> None:
    number = project.add("Relaunch")
    board = BoardPage(come(team.ana), project.key).visit()
    task = board.open(number)
    for estimate, day in ((5, "2030-11-04"), (8, "2030-11-05"), (13, "2030-11-06")):
        task.type("Estimate", str(estimate))
        task.set_day("Start", day)
        task.set_day("Due date", day)
        expect(task.root).to_contain_text(f"set the due date to {int(day[-2:])} November 2030")
        expect(task.property("Estimate")).to_have_value(str(estimate))
        for name in ("Start", "Due date"):
            expect(task.property(name)).to_have_text(f"{int(day[-2:])} Nov 2030")
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
    board.called(f"{project.ref(number)} Fix the login")
    expect(task.crumbs.get_by_role("link")).to_have_text(["Web site", "Relaunch"])

    task.title.fill("Fix the login in Safari")
    task.title.press("Enter")
    board.called(f"{project.ref(number)} Fix the login in Safari")
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


def test_a_task_is_copied_and_carried_to_another_project_from_its_menu(
    team: Team, come: Come, project: Project
) -> None:
    other = team.new_project("Shop")
    number = project.add("Fix the login")
    page = come(team.ana)
    board = BoardPage(page, project.key).visit()
    board.open(number).do("Duplicate")
    copy = board.opened(number + 1)
    expect(copy.title).to_have_value("Fix the login (copy)")

    menu = copy.button("More")
    menu.focus()
    for key in ("Enter", "ArrowDown", "Escape"):
        page.keyboard.press(key)
    expect(menu).to_be_focused()
    copy.do("Move to another project…")
    question = page.get_by_role("dialog", name=f"Move {copy.ref} to another project")
    question.get_by_role("combobox", name="Project").click()
    page.get_by_role("option", name="Shop", exact=True).click()
    question.get_by_role("button", name="Move task").click()
    expect(board.toast(f"{copy.ref} is {other.ref(1)} now")).to_be_visible()
    copy.is_gone()
    assert other.api.task(other.ref(1))["title"] == "Fix the login (copy)"
    page.goto(f"/t/{copy.ref}")
    expect(page).to_have_url(re.compile(f"/t/{other.ref(1)}$"))
    expect(TaskPage(page, other.ref(1)).title).to_have_value("Fix the login (copy)")


def test_from_a_tasks_page_one_goes_on_to_its_copy_or_where_it_was_moved_and_reads_what_happened(
    team: Team, come: Come, project: Project
) -> None:
    other = team.new_project("Garden")
    project.api.add_custom_field(project.key, "Severity", "select", options=["low", "high"])
    number = project.add("Fix the login", custom={"severity": "high"})
    ref, copied = project.ref(number), project.ref(number + 1)
    page = come(team.ana)
    board = BoardPage(page, project.key).visit()
    board.open(number)
    project.api.edit_task(ref, title="Fix the login for good")
    board.called(f"{ref} Fix the login for good")

    TaskPage.visit(page, ref).do("Duplicate")
    expect(page).to_have_url(re.compile(f"/t/{copied}$"))
    expect(board.toast(f"{copied} is a copy of {ref}")).to_be_visible()
    copy = TaskPage(page, copied)
    expect(copy.title).to_have_value("Fix the login for good (copy)")

    copy.do("Move to another project…")
    question = page.get_by_role("dialog", name=f"Move {copied} to another project")
    question.get_by_role("combobox", name="Project").click()
    page.get_by_role("option", name="Garden", exact=True).click()
    question.get_by_role("button", name="Move task").click()
    expect(question).to_be_hidden()
    left = page.get_by_role("dialog", name=f"Moved to {other.ref(1)}, but for this")
    expect(left).to_contain_text("Severity")
    left.get_by_text("Close", exact=True).click()
    expect(page).to_have_url(re.compile(f"/t/{other.ref(1)}$"))

    TaskPage(page, other.ref(1)).do("Duplicate")
    page.get_by_role("button", name="Undo").click()
    expect(board.toast("Undone")).to_be_visible()
