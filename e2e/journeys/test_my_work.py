"""What is one's own comes together from all projects, and goes when it is done."""

import pytest
from playwright.sync_api import expect

from e2e.browsers import Come
from e2e.pages.board import BoardPage
from e2e.pages.my_work import MyWorkPage
from e2e.people import Project, Team

pytestmark = pytest.mark.thorough


def test_tasks_of_all_projects_come_and_go_without_a_reload(team: Team, come: Come, project: Project) -> None:
    cleo = team.join("Cleo Park")
    page = come(cleo)
    work = MyWorkPage(page).visit()
    expect(page.get_by_role("heading", name="Nothing is yours to do")).to_be_visible()

    other = team.new_project("Shop")  # the page follows it, too, as soon as it is there
    login = project.ref(project.add("Fix the login", due="2020-02-01", assignee_ids=[cleo.id]))
    shop = other.ref(other.add("Ship the shop", priority="high"))
    expect(work.group("Overdue").get_by_role("link", name=f"{login} Fix the login")).to_be_visible()
    other.api.edit_task(shop, assignee_ids=[cleo.id])
    expect(work.group("No due date").get_by_role("link", name=f"{shop} Ship the shop, priority high")).to_be_visible()
    expect(work.row(shop)).to_contain_text("Shop")
    other.api.edit_task(shop, due="2020-02-02")
    expect(work.group("Overdue").get_by_role("link", name=f"{shop} Ship the shop")).to_be_visible()
    spoken = project.ref(project.add("Talk"))
    project.api.comment(spoken, f"What do you say, @{cleo.handle}?")
    expect(work.group("Mentioned").get_by_role("link", name=f"{spoken} Talk")).to_be_visible()
    project.api.move_task(login, project.api.columns(project.key)["Done"])
    expect(work.row(login)).to_have_count(0)

    page.keyboard.press("j")
    expect(work.row(shop)).to_be_focused()
    page.keyboard.press("Enter")
    BoardPage(page, other.key).opened(1)
