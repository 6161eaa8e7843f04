"""What was done is taken back, by the button that tells of it and by Ctrl Z."""

from playwright.sync_api import expect

from e2e.browsers import Come
from e2e.pages.task_list import ListPage
from e2e.people import Project, Team


def test_a_task_in_the_trash_comes_back_and_goes_again(team: Team, come: Come, project: Project) -> None:
    number = project.add("Fix the login")
    page = come(team.ana)
    rows = ListPage(page, project.key).visit()
    rows.open(number).trash()
    expect(rows.task(number)).to_have_count(0)
    rows.toast("1 task moved to the trash").get_by_role("button", name="Undo").click()
    expect(rows.task(number)).to_be_visible()
    rows.toast("Undone").get_by_role("button", name="Redo").click()
    expect(rows.task(number)).to_have_count(0)
    rows.toast("Done again").wait_for()
    page.keyboard.press("ControlOrMeta+z")
    expect(rows.task(number)).to_be_visible()
    page.keyboard.press("ControlOrMeta+Shift+z")
    expect(rows.task(number)).to_have_count(0)


def test_several_tasks_are_selected_by_keyboard_and_by_mouse(team: Team, come: Come, project: Project) -> None:
    numbers = [project.add(title) for title in ("One", "Two", "Three", "Four")]
    rows = ListPage(come(team.ana), project.key).visit()
    rows.task(numbers[0]).focus()
    for key in ("x", "Shift+ArrowDown"):
        rows.page.keyboard.press(key)
    expect(rows.said).to_have_text("2 tasks selected")
    rows.task(numbers[3]).click(modifiers=["ControlOrMeta"])
    expect(rows.selected).to_have_text("3 selected")
    rows.task(numbers[3]).focus()
    rows.page.keyboard.press("Escape")
    expect(rows.selected).to_have_count(0)
