"""What happens to one's tasks comes into the inbox at once, is read there, and put off."""

import re

import pytest
from playwright.sync_api import expect

from e2e.browsers import PHONE, Come
from e2e.pages.board import BoardPage
from e2e.pages.inbox import InboxPage
from e2e.pages.task import TaskPage
from e2e.people import Project, Team

pytestmark = pytest.mark.thorough


def test_news_comes_in_is_read_and_put_off_by_keyboard(team: Team, come: Come, project: Project) -> None:
    cleo = team.join("Cleo Marsh")
    page, elsewhere = come(cleo), BoardPage(come(cleo), project.key).visit()
    inbox, keys = InboxPage(page).visit(), page.keyboard
    expect(page.get_by_role("heading", name="Nothing has come in yet")).to_be_visible()
    inbox.counts(0)

    login = project.ref(project.add("Fix the login", description="It **fails**.", assignee_ids=[cleo.id]))
    expect(inbox.row(login)).to_have_accessible_name(
        re.compile(f"^{login} Fix the login, unread, Ana Torres assigned you")
    )
    project.api.comment(login, f"Since Monday, @{cleo.handle}")
    expect(inbox.row(login)).to_contain_text("mentioned you in a comment: Since Monday")
    inbox.counts(2)
    InboxPage(elsewhere.page).counts(2)
    shop = project.ref(project.add("Ship the shop", assignee_ids=[cleo.id]))
    expect(inbox.row(shop)).to_be_visible()

    keys.press("j")
    keys.press("j")
    expect(inbox.row(login)).to_be_focused()
    expect(inbox.beside.get_by_role("heading", name="Fix the login")).to_be_visible()
    expect(inbox.beside.locator("strong")).to_have_text("fails")
    keys.press("u")
    inbox.counts(1)
    InboxPage(elsewhere.page).counts(1)
    keys.press("k")
    keys.press("h")
    keys.press("ArrowDown")
    keys.press("Enter")
    inbox.counts(0)
    expect(inbox.row(shop)).to_have_count(0)
    inbox.show("Snoozed")
    expect(inbox.row(shop)).to_contain_text("until")
    inbox.show("All")
    expect(inbox.row(login)).to_be_visible()
    keys.press("j")
    keys.press("o")
    TaskPage(page, login)


def test_the_inbox_on_a_phone_leads_to_the_task(team: Team, come: Come, project: Project) -> None:
    cleo = team.join("Cleo Hart")
    inbox = InboxPage(come(cleo, size=PHONE)).visit()
    ref = project.ref(project.add("Buy film for the camera", assignee_ids=[cleo.id]))
    inbox.counts(1)
    assert inbox.page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]
    inbox.row(ref).click()
    TaskPage(inbox.page, ref)
    InboxPage(inbox.page).counts(0)
