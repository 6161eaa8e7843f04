"""What others do shows in every open view, without a reload."""

from playwright.sync_api import expect

from e2e.browsers import Come
from e2e.pages.board import BoardPage
from e2e.pages.task_list import ListPage
from e2e.people import Project, Team


def test_tasks_come_change_and_go_on_an_open_board_and_list(team: Team, come: Come, project: Project) -> None:
    board = BoardPage(come(team.ben), project.key).visit()
    rows = ListPage(come(team.ben), project.key).visit()
    columns = project.api.columns(project.key)

    number = project.add("Fix the login", priority="high")
    ref = project.ref(number)
    board.shows(number, "To do")
    expect(rows.group("To do").get_by_role("button", name=f"{ref} Fix the login, priority high")).to_be_visible()

    project.api.edit_task(ref, title="Fix the login in Safari")
    project.api.comment(ref, "Seen it.")
    for view in (board, rows):
        expect(view.task(number)).to_contain_text("Fix the login in Safari")
        expect(view.task(number)).to_have_accessible_name(f"{ref} Fix the login in Safari, priority high, 1 comment")

    project.api.move_task(ref, columns["In review"])
    board.shows(number, "In review")
    expect(rows.group("In review").get_by_role("button")).to_have_count(1)

    other = project.add("Short-lived")
    expect(board.task(other)).to_be_visible()
    project.api.archive_task(ref)
    project.api.trash_task(project.ref(other))
    for view in (board, rows):
        expect(view.task(number)).to_have_count(0)
        expect(view.task(other)).to_have_count(0)


def test_a_column_that_is_renamed_has_its_new_name_on_an_open_board_and_list(
    team: Team, come: Come, project: Project
) -> None:
    number = project.add("Fix the login")
    board = BoardPage(come(team.ben), project.key).visit()
    rows = ListPage(come(team.ben), project.key).visit()
    project.api.edit_column(project.key, project.api.columns(project.key)["To do"], name="Up next", wip_limit=3)
    board.shows(number, "Up next")
    expect(board.column("Up next")).to_contain_text("1 / 3")
    expect(rows.group("Up next").get_by_role("button")).to_have_count(1)
    expect(rows.group("To do")).to_have_count(0)


def test_an_open_task_follows_what_others_do_to_it(team: Team, come: Come, project: Project) -> None:
    number = project.add("Fix the login")
    ref = project.ref(number)
    board = BoardPage(come(team.ben), project.key).visit()
    task = board.open(number)
    task.comment_field.fill("I am still writing")

    project.api.edit_task(ref, title="Fix the login in Safari", description="It **fails**.", priority="urgent")
    project.api.comment(ref, "Since *Monday*.")
    project.api.move_task(ref, project.api.columns(project.key)["Done"])
    expect(task.title).to_have_value("Fix the login in Safari")
    expect(task.description.locator("strong")).to_have_text("fails")
    expect(task.property("Priority")).to_have_text("Urgent")
    expect(task.property("State")).to_have_text("Done")
    expect(task.comments.locator("em")).to_have_text("Monday")
    expect(task.root).to_contain_text("Ana Torres moved this from To do to Done")
    expect(task.comment_field).to_have_value("I am still writing")

    project.api.archive_task(ref)
    expect(task.root).to_contain_text("Archived")
    project.api.trash_task(ref)
    expect(task.root).to_contain_text("In the trash")
