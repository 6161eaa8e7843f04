"""What was done in a project is told at once, and taken back from there."""

import pytest
from playwright.sync_api import expect

from e2e.browsers import Come
from e2e.pages.activity import ActivityPage
from e2e.people import Project, Team

pytestmark = pytest.mark.thorough


def test_what_others_do_is_told_narrowed_and_taken_back(team: Team, come: Come, project: Project) -> None:
    ref = project.ref(project.add("Fix the login"))
    page = ActivityPage(come(team.ben), project.key).visit()
    project.api.edit_task(ref, priority="high")
    told = page.entry("set the priority to High")
    expect(told).to_contain_text("Ana Torres")
    expect(told.get_by_role("link")).to_have_text(f"{ref}Fix the login")
    team.ben.api.comment(ref, "I have **seen** it.")
    expect(page.entry("commented: I have seen it.")).to_be_visible()

    page.narrow("What", "Comments")
    expect(told).to_have_count(0)
    expect(page.entry("commented")).to_be_visible()
    page.narrow("What", "Everything")
    told.get_by_role("button", name="Undo").focus()
    page.page.keyboard.press("Enter")
    expect(page.toast("Undone")).to_be_visible()
    expect(told).to_contain_text("Undone")
    expect(page.entry("set the priority to No priority")).to_contain_text("Ben Okafor")
    assert project.api.task(ref)["priority"] == "none"

    page.narrow("Who", "Ben Okafor")
    expect(told).to_have_count(0)
    expect(page.entry("set the priority to No priority")).to_be_visible()


def test_what_happens_in_all_projects_is_told_and_taken_back(team: Team, come: Come, project: Project) -> None:
    project.add("Fix the login")
    page = ActivityPage(come(team.ana)).visit()
    ref = project.ref(project.add("Fix the till"))
    told = page.entry("Fix the till")
    expect(told.get_by_role("link", name=project.name)).to_have_attribute("href", f"/{project.key}/activity")
    page.narrow("Project", project.key)
    told.hover()
    told.get_by_role("button", name="Undo").click()
    expect(told.filter(has_text="created this task")).to_contain_text("Undone")
    page.toast("Undone").get_by_role("button", name="Redo").click()
    expect(page.toast("Done again")).to_be_visible()
    assert project.api.task(ref)["trashed_at"] is None
