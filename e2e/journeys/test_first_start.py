"""The first minutes with a new server."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from e2e.accessibility import require_accessible
from e2e.browsers import Visitors
from e2e.pages.projects import ProjectsPage
from e2e.pages.welcome import SetupPage, SignInPage
from e2e.people import PASSWORD, Team
from e2e.servers import Server, elsewhere, up


@pytest.fixture
def empty_server() -> Iterator[Server]:
    """A server of its own; or the one that is named, which has to be as empty."""
    with elsewhere() or up() as server:
        yield server


def test_a_newcomer_sets_up_a_workspace_and_gets_a_first_task_done(empty_server: Server, visitors: Visitors) -> None:
    page = visitors.come(empty_server)
    page.goto("/")
    expect(page).to_have_url(re.compile("/setup$"))

    require_accessible(page, "setup")
    setup = SetupPage(page).fill(workspace="Acme", name="Ana Torres", email="ana at example", password="short")
    setup.submit()
    expect(setup.problem("E-mail address")).to_have_text("Write an e-mail address.")
    expect(setup.problem("Password")).to_have_text("Choose a password of 10 to 200 characters.")
    expect(setup.field("E-mail address")).to_be_focused()
    for label, text in {
        "Name of your workspace": "Acme",
        "Your name": "Ana Torres",
        "E-mail address": "ana at example",
        "Password": "short",
    }.items():
        expect(setup.field(label)).to_have_value(text)

    require_accessible(page, "setup, refused")

    projects = setup.fill(email="ana@example.org", password=PASSWORD).set_up()
    region = page.evaluate("""async () => {
        const { locale, time_zone } = await (await fetch('/api/v1/me')).json();
        return [locale, time_zone === Intl.DateTimeFormat().resolvedOptions().timeZone];
    }""")
    assert region == ["en-GB", True], "as the browser says"
    dialog = projects.new_project()
    dialog.field("Name").press_sequentially("Web site")
    expect(dialog.field("Key")).to_have_value("WS")
    board = dialog.create()

    board.press_c().type("Fix the login").create()
    board.shows(1, "To do")
    task = board.open(1)
    board.has_address("?task=1")
    task.choose("State", "In progress")
    board.shows(1, "In progress")
    task.say("Safari forgets the **cookie**.")
    expect(task.comments.locator("strong")).to_have_text("cookie")
    task.choose("State", "Done")
    task.close()
    board.shows(1, "Done")
    board.has_address()

    stranger = visitors.come(empty_server)
    stranger.goto("/setup")
    expect(stranger).to_have_url(re.compile("/sign-in$"))


def test_somebody_who_types_a_wrong_password_is_told_so_and_gets_in_with_the_right_one(
    team: Team, visitors: Visitors
) -> None:
    page = visitors.come(team.server)
    page.goto("/")
    expect(page).to_have_url(re.compile("/sign-in"))
    sign_in = SignInPage(page).fill(email=team.ben.email, password="correct horse, wrong stable")
    sign_in.submit()
    expect(sign_in.problem_of_all).to_contain_text("password")
    expect(sign_in.field("E-mail address")).to_have_value(team.ben.email)

    projects = sign_in.fill(password=PASSWORD).sign_in()
    signed_out = projects.sign_out()
    signed_out.page.goto("/")
    expect(page).to_have_url(re.compile("/sign-in"))
    assert isinstance(signed_out.fill(email=team.ben.email, password=PASSWORD).sign_in(), ProjectsPage)
