"""Tasks from lines that say everything about them."""

from playwright.sync_api import expect

from e2e.browsers import Come
from e2e.pages.board import BoardPage
from e2e.people import Project, Team

PASTED = "- Buy the beans !low\n- [ ] Roast them\n- Grind them"


def test_a_line_is_a_task_with_its_subtasks_and_pasted_lines_are_many(team: Team, come: Come, project: Project) -> None:
    page = come(team.ana)
    board, keys = BoardPage(page, project.key).visit(), page.keyboard
    new = board.press_c()
    keys.type("Fix login !high @be")
    keys.press("Enter")
    expect(new.title).to_have_value(f"Fix login !high @{team.ben.handle} ")
    keys.type("tomorrow")
    expect(new.chips).to_have_text(["High", team.ben.name, "Tomorrow"])
    new.button("Take “tomorrow” as text").click()
    expect(new.chips).to_have_text(["High", team.ben.name])
    new.create()
    board.toast("created").get_by_role("button", name="Open task").click()
    board.opened(1)
    task = project.api.task(project.ref(1))
    assert (task["title"], task["priority"], task["due"]) == ("Fix login tomorrow", "high", None)
    assert task["assignee_ids"] == [team.ben.id]

    new = board.press_c()
    expect(new.button(f"Subtask of {project.ref(1)}")).to_be_visible()
    new.type("Find out why !urgent")
    keys.press("ControlOrMeta+Enter")
    expect(new.title).to_have_value("")
    new.type("Mend it").create()
    expect(board.opened(1).section("Subtasks").get_by_role("listitem")).to_have_count(2)
    assert project.api.task(project.ref(2))["priority"] == "urgent"
    board.opened(1).close()

    new = board.press_c()
    keys.insert_text(PASTED)
    expect(new.lines).to_have_text(["Buy the beans", "Roast them", "Grind them"])
    keys.press("Enter")
    expect(new.lines).to_have_count(3)
    new.button("Create 3 tasks").click()
    board.shows_no_dialog()
    for number in (4, 5, 6):
        board.shows(number, "To do")
    board.toast("3 tasks created").get_by_role("button", name="Undo").click()
    for number in (4, 5, 6):
        expect(board.task(number)).to_have_count(0)
