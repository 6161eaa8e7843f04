"""A project's reports follow what happens in it, and tell of the tasks and days that somebody chooses."""

import re

import pytest
from playwright.sync_api import expect

from e2e.browsers import Come
from e2e.pages.board import BoardPage
from e2e.pages.reports import ReportsPage
from e2e.pages.tools import ViewTools
from e2e.people import Project, Team

pytestmark = pytest.mark.thorough


def test_reports_follow_the_project_and_what_is_asked(team: Team, come: Come, project: Project) -> None:
    login = project.add("Fix the login", estimate=3)
    project.add("Fix the logout", priority="high", estimate=5)
    project.add("Write it down", estimate=2)
    page = come(team.ben)
    BoardPage(page, project.key).visit()
    for key in "gr":
        page.keyboard.press(key)
    reports = ReportsPage(page, project.key).ready()
    expect(reports.figure("Unstarted")).to_have_text("3")

    for column in ("In progress", "Done"):
        project.api.edit_task(project.ref(login), column_id=project.api.columns(project.key)[column])
    expect(reports.figure("Done")).to_have_text("1")
    expect(reports.picture("At the end: Unstarted: 2, Done: 1.")).to_be_visible()

    reports.show("Cycle and lead time")
    expect(page.get_by_role("link", name=project.ref(login))).to_be_visible()
    reports.show("Throughput")
    expect(reports.figure("In the latest week")).to_have_text("1")
    reports.show("Burndown")
    reports.show("Estimate")
    expect(reports.figure("Open at the end")).to_have_text("7")

    page.keyboard.press("f")
    page.keyboard.type("priority:low")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Nothing fits this filter")).to_be_visible()
    ViewTools(page).filter.fill("priority:high")
    page.keyboard.press("Enter")
    expect(reports.figure("Open at the end")).to_have_text("5")
    reports.show("30 days")
    expect(page).to_have_url(re.compile(r"report=burndown&days=30"))
    page.reload()
    expect(reports.ready().figure("Open at the end")).to_have_text("1")
    expect(page).to_have_url(re.compile("filter=priority%3Ahigh"))
