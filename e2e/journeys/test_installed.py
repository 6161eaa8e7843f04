"""The shortcuts of the installed app, and what its window is called."""

import re

import pytest
from playwright.sync_api import expect

from e2e.browsers import Come
from e2e.pages.board import BoardPage
from e2e.pages.task_list import ListPage
from e2e.people import Project, Team

pytestmark = pytest.mark.thorough


def test_the_shortcut_to_a_new_task_begins_one_where_somebody_was_last(
    team: Team, come: Come, project: Project
) -> None:
    number = project.add("Fix the login")
    page = come(team.ana)
    ListPage(page, project.key).visit()
    page.goto("/?do=new-task")
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page).to_have_url(re.compile(f"/{project.key}/board$"))
    board = BoardPage(page, project.key).visit()
    board.called(f"Board · {project.name}")
    board.open(number)
    board.called(f"{project.ref(number)} Fix the login")
