"""A text is written with help, and its checklist is ticked by whoever reads it."""

from playwright.sync_api import expect

from e2e.browsers import Come
from e2e.pages.board import BoardPage
from e2e.people import Project, Team


def test_a_checklist_is_written_with_help_and_ticked_in_another_tab(team: Team, come: Come, project: Project) -> None:
    number, other = project.add("Relaunch"), project.add("Choose the fonts")
    page, bens_page = come(team.ana), come(team.ben)
    board = BoardPage(page, project.key).visit()
    bens = BoardPage(bens_page, project.key).visit().open(number)
    task = board.open(number)

    field = task.edit_description()
    task.complete("Ask @be", team.ben.name)
    task.complete("about #choose", "Choose the fonts")
    page.keyboard.press("Control+Shift+9")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.type("take the pictures")
    written = f"- [ ] Ask @{team.ben.handle} about {project.ref(other)} \n- [ ] take the pictures"
    expect(field).to_have_value(written)
    board.reload()
    task = board.ready().opened(number)
    expect(task.description_field).to_have_value(written)
    task.root.get_by_role("button", name="Preview").first.click()
    expect(task.root.get_by_role("region", name="Preview").get_by_role("checkbox")).to_have_count(2)
    task.button("Save").click()
    expect(task.button("Edit description")).to_be_focused()

    expect(bens.reference(project.ref(other))).to_have_attribute("title", "Choose the fonts (To do)")
    bens.item("take the pictures").focus()
    bens_page.keyboard.press("Space")
    expect(task.item("take the pictures")).to_be_checked()
    expect(task.progress).to_have_accessible_name("1 of 2 done")
    expect(bens.item("take the pictures")).to_be_focused()
    assert "- [x] take the pictures" in project.api.task(project.ref(number))["description"]
    bens_page.keyboard.press("Control+z")
    expect(task.item("take the pictures")).not_to_be_checked()

    project.api.edit_task(project.ref(other), title="Choose one font")
    expect(bens.reference(project.ref(other))).to_have_attribute("title", "Choose one font (To do)")

    bens.say("- [ ] ask again")
    answered = task.comments.first
    answered.get_by_role("button", name="Add a reaction").click()
    answered.get_by_role("button", name="Thumbs up", exact=True).click()
    expect(bens.comments.first.get_by_role("button", name=f"from 1 person: {team.ana.name}")).to_be_visible()
    expect(answered.get_by_role("checkbox", name="ask again")).to_be_disabled()
    bens.comments.first.get_by_role("checkbox", name="ask again").check()
    expect(answered.get_by_role("checkbox", name="ask again")).to_be_checked()
