"""A page says where its person is only while they are there, and shows the others as far as they are of the project."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tasktracker.domain.actor import Actor
from tasktracker.services.projects import edit_project
from tasktracker.ui.components.task_presence.task_presence import Doing, read_doing
from tasktracker.ui.presenters.presence import PresencePresenter
from tasktracker.ui.presenters.project import ProjectPresenter
from tests.factories import Team, make_team
from tests.realtime.ears import eventually

LEAVES: tuple[Callable[[PresencePresenter], None], ...] = (
    lambda page: page.say("", is_away=True),
    lambda page: page.connect(is_connected=False),
    lambda page: page.open(2),
    lambda page: page.open(None),
    lambda page: page.close(),
)
"""How somebody goes from a task."""


@dataclass
class Pages:
    """A team, and the pages that its people have open."""

    team: Team

    async def open(self, person: Actor, number: int | None = None) -> PresencePresenter:
        """A page with its socket, which shows the task of that number."""
        page = ProjectPresenter(person, self.team.key)
        await page.open(lambda _patch: None)
        page.presence.connect(is_connected=True)
        page.presence.open(number)
        return page.presence


@pytest.fixture
async def pages(database: None) -> Pages:
    return Pages(await make_team())


def seen(page: PresencePresenter) -> list[tuple[str, str]]:
    return [(person["name"], person["field"]) for person in page.at_task()]


async def test_others_at_a_task_are_shown_once_each_and_who_writes_comes_first(pages: Pages) -> None:
    ana, ben = await pages.team.person(name="Ana"), await pages.team.person(name="Ben")
    own = await pages.open(pages.team.owner, 1)
    await pages.open(pages.team.owner, 1)
    for person, number, field in ((ana, 1, ""), (ben, 1, ""), (ben, 1, "title"), (ben, 2, "")):
        (await pages.open(person, number)).say(field, is_away=False)
    await eventually(lambda: seen(own) == [("Ben", "title"), ("Ana", "")], within=2)
    assert own.by_task() == {1: sorted(str(each.account_id) for each in (ana, ben)), 2: [str(ben.account_id)]}


async def test_nobody_is_shown_who_is_away_offline_elsewhere_or_gone(pages: Pages) -> None:
    ana = await pages.team.person(name="Ana")
    own, other = await pages.open(pages.team.owner, 1), await pages.open(ana, 1)
    came = [("Ana", "")]

    async def is_back() -> None:
        other.connect(is_connected=True)
        other.open(1)
        await eventually(lambda: seen(own) == came, within=2)

    for leave in LEAVES:
        await is_back()
        leave(other)
        await eventually(lambda: seen(own) == [], within=2)


async def test_who_is_not_of_the_project_any_more_is_not_shown_there(pages: Pages) -> None:
    team = pages.team
    stranger, own = await pages.open(await team.person(name="Ana"), 1), await pages.open(team.owner, 1)
    await eventually(lambda: seen(own) == [("Ana", "")], within=2)
    await edit_project(team.owner, team.key, {"is_private": True})
    later = await pages.open(team.owner, 1)
    stranger.say("title", is_away=False)
    await eventually(lambda: seen(own) == [("Ana", "title")], within=2)  # its frame is not told anew in this test
    assert (seen(later), later.by_task()) == ([], {})


@pytest.mark.parametrize(
    "raw", [None, [], {}, {"field": "title"}, {"field": "a:b", "away": False}, {"field": "title", "away": 1}]
)
def test_nonsense_about_what_somebody_does_is_not_read(raw: object) -> None:
    assert read_doing(raw) is None
    assert read_doing({"field": "title", "away": True}) == Doing("title", is_away=True)
