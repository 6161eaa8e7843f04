"""People arrange a project, themselves and the workspace."""

from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from e2e.browsers import WIDE, Come
from e2e.pages.board import BoardPage
from e2e.pages.settings import SettingsPage
from e2e.people import Project, Team

pytestmark = pytest.mark.thorough


def test_a_manager_arranges_the_columns_by_mouse_and_by_keyboard(team: Team, come: Come, project: Project) -> None:
    number = project.add("Look at it", "In review")
    page = come(team.ana, size=WIDE)
    board = BoardPage(page, project.key).visit()
    page.get_by_role("link", name="Settings of this project").click()
    settings = SettingsPage(page, f"/{project.key}/settings").go("Columns")
    settings.has_rows("Backlog", "To do", "In progress", "In review", "Done")

    settings.rename("To do", "Next")
    settings.add("New column", "Blocked")
    settings.has_rows("Backlog", "Next", "In progress", "In review", "Done", "Blocked")
    handle = settings.handle("Blocked")
    handle.press("ArrowUp")
    expect(handle).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="Blocked is number 5 of 6 now.")).to_be_attached()
    box, target = handle.bounding_box(), settings.handle("In progress").bounding_box()
    assert box
    assert target
    page.mouse.move(box["x"] + 8, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + 8, target["y"] + 4, steps=8)
    page.mouse.up()
    settings.has_rows("Backlog", "Next", "Blocked", "In progress", "In review", "Done")
    limit = settings.control("Limit of In progress")
    limit.fill("0")
    limit.press("Enter")
    expect(settings.toast("whole number")).to_be_visible()
    expect(limit).to_have_value("")

    question = settings.ask("Delete", "In review")
    expect(question).to_contain_text("1 task is in it")
    settings.agree("Delete column")
    expect(settings.handle("Done")).to_be_focused()
    settings.has_rows("Backlog", "Next", "Blocked", "In progress", "Done")
    board.visit().shows(number, "In progress")
    settings.visit("columns")
    page.keyboard.press("Control+z")
    settings.has_rows("Backlog", "Next", "Blocked", "In progress", "In review", "Done")
    assert project.order()["In review"] == [number]


def test_a_manager_names_colours_and_deletes_labels_while_a_colleague_watches(
    team: Team, come: Come, project: Project
) -> None:
    label = project.api.add_label(project.key, "bug", "#cf4560")
    project.add("Fix the login", label_ids=[label])
    here = SettingsPage(come(team.ana), f"/{project.key}/settings").visit("labels")
    there = SettingsPage(come(team.ben), f"/{project.key}/settings").visit("labels")
    expect(there.why_not).to_contain_text("Only managers change these settings: ask Ana Torres.")
    expect(there.row("bug")).to_contain_text("1 task")
    for role in ("textbox", "combobox"):
        expect(there.main.get_by_role(role)).to_have_count(0)
    expect(there.main.get_by_role("button")).to_have_count(0)

    here.rename("bug", "defect")
    here.main.get_by_role("button", name="Colour of defect").press("Enter")
    here.page.keyboard.press("ArrowRight")
    here.page.keyboard.press("Enter")
    here.add("New label", "idea")
    here.add("New label", "chore")
    expect(here.main.get_by_label("New label")).to_be_focused()
    expect(there.rows()).to_have_count(3)
    expect(there.row("defect")).to_be_visible()
    question = here.ask("Delete", "defect")
    expect(question).to_contain_text("It is taken off 1 task.")
    here.agree("Delete label")
    expect(there.rows()).to_have_count(2)
    here.toast("is deleted").get_by_role("button", name="Undo").click()
    expect(there.row("defect")).to_contain_text("1 task")


def test_a_name_that_is_being_typed_stays_while_somebody_else_changes_the_list(
    team: Team, come: Come, project: Project
) -> None:
    project.api.add_label(project.key, "bug", "#cf4560")
    settings = SettingsPage(come(team.ana), f"/{project.key}/settings").visit("labels")
    name = settings.control("Name of bug")
    name.fill("defect")
    project.api.add_label(project.key, "idea", "#2f80d0")
    settings.has_rows("defect", "idea")
    name.press("Enter")
    expect(settings.control("Name of defect")).to_have_value("defect")

    settings.control("Name of idea").fill("thought")
    settings.page.keyboard.press("Escape")
    settings.has_rows("defect", "idea")


def test_a_manager_gives_tasks_a_field_and_somebody_a_role(team: Team, come: Come, project: Project) -> None:
    settings = SettingsPage(come(team.ana), f"/{project.key}/settings").visit("fields")
    settings.control("Kind").select_option("select")
    settings.main.get_by_label("New field").fill("Severity")
    settings.page.keyboard.press("Enter")
    options = settings.page.get_by_role("dialog", name="Options of “Severity”")
    options.get_by_label("Options").fill("low, high")
    options.get_by_role("button", name="Add field").click()
    settings.has_rows("Severity")
    number = project.add("It burns", custom={"severity": "high"})
    settings.main.get_by_role("button", name="Options: Severity").click()
    options.get_by_label("Name of high").or_(options.get_by_label("Option of high")).fill("urgent")
    settings.page.keyboard.press("Enter")
    expect(options.get_by_label("Option of urgent")).to_have_value("urgent")
    assert project.api.task(project.ref(number))["custom"] == {"severity": "urgent"}
    settings.page.keyboard.press("Escape")

    settings.go("Members")
    settings.choose("Person to add", "Ben Okafor · @ben", typed="ben")
    settings.main.get_by_role("button", name="Add", exact=True).click()
    expect(settings.row("Ben Okafor")).to_be_visible()
    settings.control("Role of Ben Okafor").select_option("viewer")
    settings.until(lambda: team.ben.api.role_in(project.key) == "viewer")
    ben = SettingsPage(come(team.ben), f"/{project.key}/settings").visit("general")
    expect(ben.why_not).to_contain_text("You are Viewer here.")
    expect(ben.control("Name")).to_be_disabled()
    settings.ask("Remove", "Ben Okafor")
    settings.agree("Remove")
    expect(settings.rows()).to_have_count(1)


def test_a_manager_writes_a_template_that_survives_a_reload(team: Team, come: Come, project: Project) -> None:
    project.api.add_label(project.key, "bug", "#b88a00")
    settings = SettingsPage(come(team.ana), f"/{project.key}/settings").visit("templates")
    page = settings.page
    settings.main.get_by_role("button", name="New template…").click()
    dialog = page.get_by_role("dialog", name="New template")
    dialog.get_by_label("Name of the template").fill("Bug report")
    dialog.get_by_label("Description").fill("What happens, and what should happen?")
    page.reload()
    settings.live()
    settings.main.get_by_role("button", name="New template…").click()
    expect(dialog.get_by_label("Description")).to_have_value("What happens, and what should happen?")
    settings.choose("Priority", "High")
    settings.choose("Labels", "bug")
    page.keyboard.press("Escape")
    dialog.get_by_role("button", name="Save template").click()
    expect(settings.rows()).to_contain_text("Gives: Description, Priority and Labels")
    settings.rename("Bug report", "Defect")
    settings.ask("Delete", "Defect")
    settings.agree("Delete template")
    settings.toast("is deleted").get_by_role("button", name="Undo").click()
    settings.has_rows("Defect")


def test_a_table_is_imported_after_a_look_at_every_line_and_taken_back(
    team: Team, come: Come, project: Project, tmp_path: Path
) -> None:
    table = tmp_path / "tasks.csv"
    table.write_text("What;Status;Due\nFix the login;Done;31.12.2030\nWrite the manual;Nowhere;\n", "utf-16")
    settings = SettingsPage(come(team.ana), f"/{project.key}/settings").visit("transfer")
    page, main = settings.page, settings.main
    main.locator("input[type=file]").set_input_files(table)
    expect(main.get_by_role("row").filter(has_text="What")).to_contain_text("Fix the login · Write the manual")
    expect(settings.control("What “Status” becomes")).to_have_value("column")
    main.get_by_role("button", name="Check").click()
    expect(main.get_by_role("alert")).to_contain_text("No column is known to hold the titles.")
    settings.control("What “What” becomes").select_option("title")
    main.get_by_role("button", name="Check").click()
    expect(main.get_by_role("listitem").filter(has_text="Line 3")).to_contain_text(
        "Status: There is no column “Nowhere”"
    )
    main.get_by_role("button", name="1 new").click()
    expect(main.get_by_role("listitem").filter(has_text="Line 2")).to_contain_text(project.ref(1))
    expect(main.get_by_role("button", name="Import 1 task")).to_be_disabled()
    assert project.order()["Done"] == []
    settings.control("Leave the wrong lines out, and import the others").check()
    main.get_by_role("button", name="Import 1 task").click()
    expect(main.get_by_role("status").filter(has_text="1 task added")).to_contain_text("1 line left out")
    assert project.order()["Done"] == [1]
    settings.toast("1 task added").get_by_role("button", name="Undo").click()
    expect(settings.toast("Undone")).to_be_visible()
    assert project.order()["Done"] == []
    with page.expect_download() as download:
        main.get_by_role("link", name="Download CSV").click()
    assert download.value.suggested_filename == f"{project.key}.csv"


def test_somebody_says_who_they_are_and_lets_a_program_in_for_a_while(team: Team, come: Come) -> None:
    page = come(team.ben)
    profile = SettingsPage(page, "/profile").visit("you")
    profile.type("Time zone", "Europe/Lisbon")
    expect(profile.toast("Saved")).to_be_visible()
    assert team.ben.api.me()["time_zone"] == "Europe/Lisbon"
    page.get_by_label("Dark", exact=True).check()
    expect(page.locator("html[data-theme=dark]")).to_be_attached()
    page.reload()
    expect(page.get_by_label("Dark", exact=True)).to_be_checked()

    profile.go("API tokens")
    profile.main.get_by_role("button", name="New token…").click()
    dialog = page.get_by_role("dialog", name="New token")
    dialog.get_by_label("What is it for?").fill("Nightly export")
    reads = dialog.get_by_role("checkbox", name="It may only read")
    reads.click()
    expect(reads).to_be_checked()
    dialog.get_by_role("button", name="Create token").click()
    secret = dialog.get_by_label("Token", exact=True).input_value()
    bearer = {"Authorization": f"Bearer {secret}"}
    address = f"{team.server.address}/api/v1"
    assert httpx.get(f"{address}/me", headers=bearer).json()["may_write"] is False
    dialog.get_by_role("button", name="Done").click()
    expect(profile.row("Nightly export")).to_contain_text("Reads only")
    profile.visit("tokens")
    expect(page.get_by_text(secret)).to_have_count(0)
    profile.ask("Revoke", "Nightly export")
    profile.agree("Revoke token")
    expect(profile.main).to_contain_text("No token yet.")
    assert httpx.get(f"{address}/me", headers=bearer).status_code == 401


def test_an_owner_adds_a_person_who_signs_in_elsewhere_and_changes_their_password(team: Team, come: Come) -> None:
    people = SettingsPage(come(team.ana), "/settings").visit("people")
    people.main.get_by_role("button", name="Add a person…").click()
    dialog = people.page.get_by_role("dialog", name="Add a person")
    dialog.get_by_label("Name", exact=True).fill("Dora Quist")
    dialog.get_by_label("E-mail address").fill("dora@example.org")
    dialog.get_by_label("First password").fill("short")
    dialog.get_by_role("button", name="Add").click()
    expect(people.toast("10 to 200 characters")).to_be_visible()
    dialog.get_by_label("First password").fill("a first password")
    dialog.get_by_role("button", name="Add").click()
    expect(people.row("Dora Quist")).to_contain_text("dora@example.org")

    first, second = (_sign_in(come, "a first password") for _ in range(2))
    first.visit("security")
    first.main.get_by_label("Current password").fill("a wrong password")
    first.main.get_by_label("New password").fill("a second password")
    first.page.keyboard.press("Enter")
    expect(first.main).to_contain_text("This is not your password.")
    first.main.get_by_label("Current password").fill("a first password")
    first.page.keyboard.press("Enter")
    expect(first.toast("Your password is changed.")).to_be_visible()
    expect(second.page).to_have_url(f"{team.server.address}/sign-in?next=/profile/you")

    people.ask("Remove", "Dora Quist")
    people.agree("Remove")
    expect(people.rows().filter(has_text="Dora Quist")).to_have_count(0)


def _sign_in(come: Come, password: str) -> SettingsPage:
    page = come()
    page.goto("/sign-in?next=/profile/you")
    page.get_by_label("E-mail address").fill("dora@example.org")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/profile/you")
    profile = SettingsPage(page, "/profile")
    profile.live()
    return profile
