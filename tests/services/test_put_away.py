"""The trash and the archive of a project."""

from datetime import timedelta

from tasktracker.domain.errors import NotFound
from tasktracker.services import projects, tasks
from tasktracker.services.purge import KEPT
from tasktracker.services.queries.put_away import PutAwayView, list_put_away
from tests.factories import Team, make_team
from tests.services.outcomes import outcome_of, pointers_of


async def read(team: Team, place: str = "trash", search: str = "") -> list[PutAwayView]:
    return (await list_put_away(team.owner, team.key, place, search=search)).items


async def throw_away(team: Team, *titles: str) -> None:
    for title in titles:
        await tasks.trash_task(team.owner, team.ref((await team.task(title)).number))


async def test_what_was_thrown_away_says_when_by_whom_and_until_when_it_is_kept() -> None:
    team = await make_team()
    person = await team.person(name="Ben Okafor")
    ref = team.ref((await team.task("Old idea", column="Done")).number)
    await tasks.trash_task(team.owner, ref)
    await tasks.restore_task(team.owner, ref)
    await tasks.trash_task(person, ref)
    (found,) = await read(team)
    assert (found.ref, found.title, found.state, found.who) == (str(ref), "Old idea", "done", "Ben Okafor")
    assert found.purged_at is not None
    assert found.purged_at - found.at == KEPT == timedelta(days=30)


async def test_the_archive_and_the_trash_do_not_share_a_task() -> None:
    team = await make_team()
    both, archived = team.ref((await team.task("Both")).number), team.ref((await team.task("Archived")).number)
    for ref in (both, archived):
        await tasks.archive_task(team.owner, ref)
    await tasks.trash_task(team.owner, both)
    assert [each.title for each in await read(team)] == ["Both"]
    assert [(each.title, each.purged_at) for each in await read(team, "archive")] == [("Archived", None)]


async def test_it_is_searched_by_title_number_and_reference() -> None:
    team = await make_team()
    await throw_away(team, "Fix 100 % of it", "Café", "Other")
    for search, titles in {
        "fix": ["Fix 100 % of it"],
        "%": ["Fix 100 % of it"],
        "CAFÉ": ["Café"],
        "3": ["Other"],
        f"{team.key}-3".lower(): ["Other"],
        "\0 other ": ["Other"],
        "nothing": [],
    }.items():
        assert [each.title for each in await read(team, search=search)] == titles, search


async def test_it_is_read_part_by_part_the_latest_first() -> None:
    team = await make_team()
    await throw_away(team, *"12345")
    seen, cursor = [], None
    while True:
        page = await list_put_away(team.owner, team.key, "trash", limit=2, cursor=cursor)
        seen += [each.title for each in page.items]
        cursor = page.cursor
        if cursor is None:
            break
    assert seen == [*"54321"]
    assert await pointers_of(list_put_away(team.owner, team.key, "cellar")) == ["/place"]


async def test_a_stranger_learns_nothing() -> None:
    team = await make_team()
    stranger = await team.person()
    await throw_away(team, "Secret")
    await projects.edit_project(team.owner, team.key, {"is_private": True})
    assert isinstance(await outcome_of(list_put_away(stranger, team.key, "trash")), NotFound)
