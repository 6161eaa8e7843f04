import pytest

from tasktracker.domain.errors import Clash, Forbidden, NotFound
from tasktracker.domain.ids import new_id
from tasktracker.models import Account, Event, ProjectMembership
from tasktracker.services import accounts, projects
from tasktracker.services.queries.members import list_members
from tasktracker.services.queries.projects import get_project, list_projects
from tests.factories import PASSWORD, make_team
from tests.services.outcomes import outcome_of, pointers_of


async def test_a_new_project_belongs_to_whoever_made_it() -> None:
    team = await make_team()
    member = await team.person()
    raw = {"key": "APP", "name": "App", "description": "For phones.", "color": "#AA0000", "is_private": True}
    assert await projects.create_project(member, raw) == "APP"
    view = await get_project(member, "APP")
    assert (view.name, view.description, view.color, view.is_private) == ("App", "For phones.", "#aa0000", True)
    assert (view.role, view.open_tasks, view.version) == ("manager", 0, 1)


@pytest.mark.parametrize(
    ("raw", "pointer"),
    [
        ({"name": "App"}, "/key"),
        ({"key": "APP"}, "/name"),
        ({"key": "app", "name": "App"}, "/key"),
        ({"key": "APP", "name": " "}, "/name"),
        ({"key": "APP", "name": "App", "color": "red"}, "/color"),
        ({"key": "APP", "name": "App", "is_private": "yes"}, "/is_private"),
        ({"key": "APP", "name": "App", "description": "x" * 10_001}, "/description"),
        ({"key": "APP", "name": "App", "owner": "me"}, "/owner"),
    ],
)
async def test_a_wrong_project_is_pointed_at(raw: dict[str, object], pointer: str) -> None:
    team = await make_team()
    assert await pointers_of(projects.create_project(team.owner, raw)) == [pointer]
    assert [view.key for view in await list_projects(team.owner)] == [team.key]


async def test_everything_that_is_wrong_is_told_at_once() -> None:
    team = await make_team()
    raw = {"key": "web", "name": "", "is_private": 1, "owner": "me"}
    expected = ["/key", "/name", "/is_private", "/owner"]
    assert await pointers_of(projects.create_project(team.owner, raw)) == expected


async def test_a_key_is_taken_once_in_a_workspace_and_free_in_the_next() -> None:
    team, other = await make_team(), await make_team()
    raw = {"key": "WEB", "name": "Web"}
    await projects.create_project(team.owner, raw)
    assert isinstance(await outcome_of(projects.create_project(team.owner, raw)), Clash)
    assert await projects.create_project(other.owner, raw) == "WEB"


async def test_a_guest_makes_no_projects() -> None:
    team = await make_team()
    call = projects.create_project(await team.person("guest"), {"key": "WEB", "name": "Web"})
    assert isinstance(await outcome_of(call), Forbidden)


async def test_settings_change_and_the_key_stays() -> None:
    team = await make_team()
    await projects.edit_project(team.owner, team.key, {"name": "Shop", "color": "#00ff00"})
    assert await pointers_of(projects.edit_project(team.owner, team.key, {"key": "NEW"})) == ["/key"]
    view = await get_project(team.owner, team.key)
    assert (view.name, view.color, view.version) == ("Shop", "#00ff00", 2)
    editor = await team.person()
    assert isinstance(await outcome_of(projects.edit_project(editor, team.key, {"name": "x"})), Forbidden)


async def test_an_archived_project_is_out_of_the_way_and_comes_back() -> None:
    team = await make_team()
    for _ in range(2):
        await projects.archive_project(team.owner, team.key)
    assert await list_projects(team.owner) == []
    assert [view.key for view in await list_projects(team.owner, archived=True)] == [team.key]
    for _ in range(2):
        await projects.unarchive_project(team.owner, team.key)
    assert [view.key for view in await list_projects(team.owner)] == [team.key]
    events = await Event.filter(log_id=team.project.id).order_by("revision")
    assert [event.kind for event in events][-2:] == ["ProjectArchived", "ProjectUnarchived"]


async def test_a_role_of_ones_own_counts_until_it_is_taken_away() -> None:
    team = await make_team()
    person, guest = await team.person(), await team.person("guest")
    await projects.set_project_member(team.owner, team.key, person.account_id, "viewer")
    await projects.set_project_member(team.owner, team.key, guest.account_id, "manager")
    assert (await get_project(person, team.key)).role == "viewer"
    assert (await get_project(guest, team.key)).role == "manager"
    for each in (person, guest):
        await projects.remove_project_member(team.owner, team.key, each.account_id)
    assert (await get_project(person, team.key)).role == "editor"
    assert isinstance(await outcome_of(get_project(guest, team.key)), NotFound)


async def test_only_people_of_the_workspace_become_members() -> None:
    team, other = await make_team(), await make_team()
    switched_off = await team.person()
    await Account.filter(id=switched_off.account_id).update(is_active=False)
    for account_id in (other.owner.account_id, switched_off.account_id, new_id()):
        call = projects.set_project_member(team.owner, team.key, account_id, "viewer")
        assert isinstance(await outcome_of(call), NotFound)
    person = await team.person()
    call = projects.set_project_member(team.owner, team.key, person.account_id, "owner")
    assert await pointers_of(call) == ["/role"]
    assert isinstance(await outcome_of(projects.remove_project_member(team.owner, team.key, new_id())), NotFound)


async def test_a_private_project_keeps_its_last_manager() -> None:
    team = await make_team(is_private=True)
    person = await team.person()
    await projects.set_project_member(team.owner, team.key, person.account_id, "editor")
    me = team.owner.account_id
    for call in (
        projects.remove_project_member(team.owner, team.key, me),
        projects.set_project_member(team.owner, team.key, me, "viewer"),
    ):
        assert isinstance(await outcome_of(call), Clash)
    await projects.set_project_member(team.owner, team.key, person.account_id, "manager")
    await projects.remove_project_member(team.owner, team.key, me)
    assert isinstance(await outcome_of(get_project(team.owner, team.key)), NotFound)
    assert (await get_project(person, team.key)).role == "manager"


@pytest.mark.parametrize("gone", ["left", "switched off"])
async def test_a_manager_who_cannot_sign_in_is_none(gone: str) -> None:
    team = await make_team(is_private=True)
    other = await team.person()
    await projects.set_project_member(team.owner, team.key, other.account_id, "manager")
    if gone == "left":
        await accounts.remove_member(team.owner, other.account_id)
    else:
        await Account.filter(id=other.account_id).update(is_active=False)
    call = projects.remove_project_member(team.owner, team.key, team.owner.account_id)
    assert isinstance(await outcome_of(call), Clash)


async def test_whoever_has_left_is_no_member_until_they_come_back() -> None:
    team, email = await make_team(), f"{new_id().hex}@example.org"
    ben = (await accounts.add_person(team.owner, "Ben", email, PASSWORD)).account_id
    await projects.set_project_member(team.owner, team.key, ben, "editor")

    async def roles() -> list[str]:
        return [each.role for each in await list_members(team.owner, team.key) if each.account_id == ben]

    assert await roles() == ["editor"]
    await accounts.remove_member(team.owner, ben)
    assert await roles() == []
    await accounts.add_person(team.owner, "Ben", email, PASSWORD)
    assert await roles() == ["editor"]


async def test_an_open_project_without_a_manager_of_its_own_does_not_close_behind_everybody() -> None:
    team = await make_team()
    await projects.remove_project_member(team.owner, team.key, team.owner.account_id)
    assert await ProjectMembership.filter(project=team.project).count() == 0
    assert isinstance(await outcome_of(projects.edit_project(team.owner, team.key, {"is_private": True})), Clash)
    await projects.set_project_member(team.owner, team.key, team.owner.account_id, "manager")
    await projects.edit_project(team.owner, team.key, {"is_private": True})
    assert (await get_project(team.owner, team.key)).is_private


async def test_the_project_list_counts_what_is_still_to_do() -> None:
    team = await make_team()
    for column in ("Backlog", "To do", "In progress", "Done"):
        await team.task(column=column)
    assert [view.open_tasks for view in await list_projects(team.owner)] == [3]
    assert (await get_project(team.owner, team.key)).open_tasks == 3
