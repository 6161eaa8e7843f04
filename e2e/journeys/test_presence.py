"""Who else has a task open, and what they write in, shows at everybody else's, on every process, while it is so."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from e2e.browsers import Come, Visitors
from e2e.pages.board import BoardPage
from e2e.people import Project, Team
from e2e.servers import Server, serve_beside

pytestmark = pytest.mark.thorough

GONE_WITHIN = 8_000
"""Milliseconds until people of a process that was killed are gone."""


@pytest.fixture
def bens_server(team: Team) -> Iterator[Server]:
    """A second process, which may crash."""
    server = serve_beside(team.server)
    yield server
    server.stop()


def test_people_see_who_is_at_a_task_and_what_they_write_until_they_leave_or_fall_idle(
    team: Team, come: Come, project: Project
) -> None:
    number, other = project.add("Fix the login", description="It fails"), project.add("Write it down")
    ana = BoardPage(come(team.ana), project.key).visit()
    ben = BoardPage(come(team.ben), project.key).visit()
    ben.page.clock.install()
    open_at_ben, open_at_ana = ben.open(number), ana.open(number)
    expect(open_at_ana.present).to_have_text(["BOBen Okafor"])
    expect(open_at_ben.present).to_have_text(["ATAna Torres"])

    open_at_ben.edit_description().press_sequentially(" in Safari")
    expect(open_at_ana.present).to_have_text(["BOBen Okafor editing the description"])
    expect(open_at_ana.present_status).to_have_text("")
    open_at_ana.edit_description()
    expect(open_at_ana.present_status).to_have_text("Ben Okafor is here, too: editing the description")
    expect(open_at_ben.present).to_have_text(["ATAna Torres"])  # who only looks at a field does not write in it
    ben.page.clock.fast_forward(11_000)
    expect(open_at_ana.present).to_have_text(["BOBen Okafor"])
    ben.page.clock.fast_forward(60_000)
    expect(open_at_ana.present).to_have_count(0)
    ben.page.mouse.move(300, 300)
    expect(open_at_ana.present).to_have_text(["BOBen Okafor"])

    open_at_ana.close()
    expect(ana.task(number)).to_have_accessible_name(f"{project.ref(number)} Fix the login, open at Ben Okafor")
    expect(ana.task(number).locator(".tt-here .tt-avatar")).to_have_text(["BO"])
    expect(ana.task(other).locator(".tt-here")).to_have_count(0)
    expect(open_at_ben.present).to_have_count(0)
    ben.page.close()
    expect(ana.task(number).locator(".tt-here")).to_have_count(0)


def test_people_of_a_process_that_was_killed_are_gone_within_seconds(
    team: Team, bens_server: Server, visitors: Visitors, project: Project
) -> None:
    number = project.add("Fix the login")
    ana = BoardPage(visitors.come(team.server, team.ana), project.key).visit().open(number)
    ben = BoardPage(visitors.come(bens_server, team.ben), project.key).visit().open(number)
    ben.comment_field.press_sequentially("Half a thought")
    expect(ana.present).to_have_text(["BOBen Okafor writing a comment"])
    bens_server.kill()
    expect(ana.present).to_have_count(0, timeout=GONE_WITHIN)
    bens_server.start()
    expect(ana.present).to_have_text(["BOBen Okafor"], timeout=30_000)
