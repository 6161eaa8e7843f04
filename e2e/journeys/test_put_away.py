"""What was taken off the board is found again, brought back, or removed for good."""

import pytest
from playwright.sync_api import expect

from e2e.browsers import Come
from e2e.pages.put_away import PutAwayPage
from e2e.people import Project, Team

pytestmark = pytest.mark.thorough


def test_tasks_come_out_of_the_trash_and_the_archive_or_go_for_good(team: Team, come: Come, project: Project) -> None:
    numbers = [project.add(title) for title in ("One", "Two", "Three", "Four")]
    page = come(team.ana)
    trash = PutAwayPage(page, project.key).visit()
    expect(page.get_by_role("heading", name="The trash is empty")).to_be_visible()
    for number in numbers:
        project.api.trash_task(project.ref(number))
    expect(trash.row(4)).to_contain_text("Ana Torres")
    expect(trash.row(4)).to_contain_text("29 days left")

    trash.search("tw")
    expect(trash.row(4)).to_have_count(0)
    expect(trash.row(2)).to_be_visible()
    trash.search("")
    trash.choose(1, 2)
    trash.press("Restore")
    expect(trash.toast("2 tasks are back")).to_be_visible()
    expect(trash.row(1)).to_have_count(0)
    assert project.order()["To do"] == [1, 2]
    page.keyboard.press("ControlOrMeta+Z")
    expect(trash.row(1)).to_be_visible()

    trash.row(3).get_by_role("button", name="Delete for good").click()
    dialog = page.get_by_role("dialog", name="Delete 1 task for good?")
    dialog.get_by_role("button", name="Delete for good").click()
    expect(trash.toast("1 task is deleted for good")).to_be_visible()
    expect(trash.row(3)).to_have_count(0)

    trash.row(4).get_by_role("button", name="Restore").click()
    expect(trash.row(4)).to_have_count(0)
    project.api.archive_task(project.ref(4))
    page.get_by_role("link", name="Archive", exact=True).click()
    archive = PutAwayPage(page, project.key, "archive")
    archive.live()
    archive.row(4).get_by_role("button", name="Put back on the board").click()
    expect(page.get_by_role("heading", name="The archive is empty")).to_be_visible()
    assert project.order()["To do"] == [4]
