"""People who read German, or from right to left."""

import pytest
from playwright.sync_api import Page, expect

from e2e.accessibility import require_accessible
from e2e.browsers import PHONE, Come
from e2e.pages.board import BoardPage
from e2e.people import PASSWORD, Project, Team

pytestmark = pytest.mark.thorough


def test_a_day_in_german(team: Team, come: Come, project: Project) -> None:
    first, full = project.add("Anmeldung reparieren"), project.add("Film kaufen", "In progress")
    project.api.edit_column(project.key, project.api.columns(project.key)["In progress"], wip_limit=1)
    clara = team.join("Clara Baum")
    page = come(locale="de-AT")
    _sign_in(page, clara.email)

    # The browser told the sign-in page; the account speaks English until she says otherwise.
    page.goto("/profile")
    page.get_by_role("combobox", name="Language").click()
    page.get_by_role("option", name="Deutsch").click()
    expect(page.get_by_role("heading", name="Profil").first).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "de")

    board = BoardPage(page, project.key).visit()
    page.keyboard.press("c")
    page.get_by_role("textbox", name="Titel").fill("Rechnung schreiben")
    page.keyboard.press("Enter")
    expect(board.toast(f"{project.ref(3)} angelegt")).to_be_visible()

    board.carry(first, "ArrowRight")
    expect(board.toast("„In progress“ ist voll: Das Limit ist 1.")).to_be_visible()
    board.carry(full, "ArrowRight")
    expect(board.said).to_have_text(f"{project.ref(full)} in In review abgelegt, Position 1 von 1.")
    board.task(full).press("x")
    board.task(first).press("x")
    expect(board.said).to_have_text("2 Aufgaben ausgewählt")
    page.keyboard.press("Escape")

    board.task(full).click()
    dialog = page.get_by_role("dialog", name=project.ref(full))
    expect(dialog.get_by_text("hat dies von In progress nach In review verschoben")).to_be_visible()
    require_accessible(page, "a task in German")


def _sign_in(page: Page, email: str) -> None:
    """In German, and not at the first go."""
    page.goto("/sign-in")
    page.get_by_label("E-Mail-Adresse").fill(email)
    page.get_by_label("Passwort").fill("falsch geraten")
    page.get_by_role("button", name="Anmelden").click()
    expect(page.get_by_role("alert")).to_have_text(
        "E-Mail-Adresse und Passwort passen nicht zusammen. Bitte beides prüfen und noch einmal versuchen."
    )
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("button", name="Anmelden").click()
    expect(page).to_have_url("/")


def test_a_board_that_runs_from_right_to_left(team: Team, come: Come, project: Project) -> None:
    number = project.add("Fix the login", due="2099-12-31")
    zahra = team.join("زهراء")
    zahra.api.edit_me(locale="ar")
    page = come(zahra)
    board = BoardPage(page, project.key).visit()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(board.task(number)).to_contain_text("31 ديسمبر 2099")

    first, second = (board.column(name).bounding_box() for name in ("To do", "In progress"))
    assert first
    assert second
    assert second["x"] < first["x"], "the next column is on the left"
    anas = BoardPage(come(team.ana), project.key).visit()
    board.carry(number, "ArrowLeft")
    anas.shows(number, "In progress")
    board.drag(number, "In review")
    anas.shows(number, "In review")

    require_accessible(page, "board in Arabic")
    page.set_viewport_size(PHONE)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]
