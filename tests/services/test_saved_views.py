"""Saved views: who sees them, who may change them, and what they may hold."""

from typing import Any
from uuid import UUID

import pytest

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Clash, Conflict, FilterProblem, Forbidden, Invalid, NotFound
from tasktracker.domain.ids import new_id
from tasktracker.domain.permissions import ProjectRole
from tasktracker.models import Event, SavedView
from tasktracker.services import projects
from tasktracker.services.queries.saved_views import SavedViewView, get_view, list_views
from tasktracker.services.queries.shell import get_shell
from tasktracker.services.saved_views import VIEW_LIMIT, create_view, delete_view, edit_view, star_view
from tests.factories import Team, make_team
from tests.services.outcomes import outcome_of, outcomes_of, pointers_of

USUAL: dict[str, Any] = {"view": "board", "group": None, "sort": "position", "columns": [], "compact": False}


@pytest.fixture
async def team(database: None) -> Team:
    return await make_team()


async def save(actor: Actor, name: str = "Mine", **fields: Any) -> SavedViewView:
    return await create_view(actor, {"name": name, **fields})


async def names_for(actor: Actor, key: str | None = None) -> list[str]:
    return [view.name for view in await list_views(actor, key)]


async def kinds_of(view_id: UUID) -> list[str]:
    return [event.kind for event in await Event.filter(subject_id=view_id).order_by("revision")]


async def test_a_view_is_private_and_shows_a_board_of_everything_unless_told(team: Team) -> None:
    view = await save(team.owner)
    assert (view.project, view.owner_id, view.query) == (None, team.owner.account_id, "")
    assert (view.layout, view.is_shared, view.version) == (USUAL, False, 1)
    assert await get_view(team.owner, view.id) == view


async def test_a_view_keeps_what_it_is_given(team: Team) -> None:
    layout: dict[str, Any] = {
        "view": "table",
        "group": "label",
        "sort": "-priority",
        "columns": ["ref", "due", "custom.severity"],
    }
    layout = {**layout, "compact": True}
    view = await save(team.owner, project=team.key, query="is:open label:bug", layout=layout, is_shared=True)
    assert (view.project, view.query, view.layout, view.is_shared) == (team.key, "is:open label:bug", layout, True)
    assert await list_views(team.owner) == [view]


async def test_somebody_has_a_view_at_hand_and_nobody_else_is_told(team: Team) -> None:
    member = await team.person()
    view = await save(team.owner, project=team.key, is_shared=True)
    for _ in range(2):
        await star_view(member, view.id)
    assert (await get_view(member, view.id)).is_starred
    assert [each.name for each in (await get_shell(member)).views] == ["Mine"]
    assert (await get_view(team.owner, view.id)).is_starred is False
    assert (await get_view(team.owner, view.id)).version == view.version
    await star_view(member, view.id, is_starred=False)
    assert (await get_shell(member)).views == []


async def test_a_view_that_somebody_does_not_see_cannot_be_starred(team: Team) -> None:
    view = await save(team.owner)
    assert isinstance(await outcome_of(star_view(await team.person(), view.id)), NotFound)


async def test_views_are_listed_by_name(team: Team) -> None:
    for name in ("beta", "Alpha", "Gamma"):
        await save(team.owner, name)
    assert await names_for(team.owner) == ["Alpha", "beta", "Gamma"]


async def test_a_private_view_exists_for_its_owner_only(team: Team) -> None:
    member = await team.person()
    for project in (None, team.key):
        view = await save(member, project=project)
        assert await names_for(member) == ["Mine"]
        assert await names_for(team.owner) == []
        for call in (
            get_view(team.owner, view.id),
            edit_view(team.owner, view.id, {}),
            delete_view(team.owner, view.id),
        ):
            assert isinstance(await outcome_of(call), NotFound)
        await delete_view(member, view.id)


async def test_a_shared_view_of_a_project_is_there_for_whoever_sees_the_project(team: Team) -> None:
    colleague, guest, invited = await team.person(), await team.person("guest"), await team.person("guest")
    await projects.set_project_member(team.owner, team.key, invited.account_id, "viewer")
    view = await save(team.owner, "Ours", project=team.key, is_shared=True)
    assert await names_for(colleague) == await names_for(invited) == await names_for(invited, team.key) == ["Ours"]
    assert await get_view(invited, view.id) == view
    assert await names_for(guest) == []
    assert isinstance(await outcome_of(get_view(guest, view.id)), NotFound)


async def test_a_shared_view_of_a_private_project_is_there_for_its_members_only(team: Team) -> None:
    colleague, viewer = await team.person("admin"), await team.person()
    await projects.edit_project(team.owner, team.key, {"is_private": True})
    await projects.set_project_member(team.owner, team.key, viewer.account_id, "viewer")
    view = await save(team.owner, "Ours", project=team.key, is_shared=True)
    assert await names_for(viewer) == ["Ours"]
    assert await names_for(colleague) == []
    assert isinstance(await outcome_of(list_views(colleague, team.key)), NotFound)
    for call in (get_view(colleague, view.id), edit_view(colleague, view.id, {}), delete_view(colleague, view.id)):
        assert isinstance(await outcome_of(call), NotFound)


async def test_a_shared_view_of_the_workspace_is_there_for_all_but_guests(team: Team) -> None:
    colleague, guest = await team.person(), await team.person("guest")
    view = await save(team.owner, "Ours", is_shared=True)
    assert await names_for(colleague) == ["Ours"]
    assert await names_for(guest) == []
    assert isinstance(await outcome_of(get_view(guest, view.id)), NotFound)


async def test_nothing_of_another_workspace_is_seen(team: Team) -> None:
    stranger = (await make_team()).owner
    view = await save(team.owner, is_shared=True)
    assert await names_for(stranger) == []
    assert isinstance(await outcome_of(get_view(stranger, view.id)), NotFound)
    assert await pointers_of(save(stranger, project=team.key)) == ["/project"]


async def test_a_view_goes_with_the_sight_of_its_project_and_comes_back_with_it(team: Team) -> None:
    guest = await team.person("guest")
    await projects.set_project_member(team.owner, team.key, guest.account_id, "viewer")
    view = await save(guest, project=team.key)
    await projects.remove_project_member(team.owner, team.key, guest.account_id)
    assert await names_for(guest) == []
    await projects.set_project_member(team.owner, team.key, guest.account_id, "viewer")
    assert await list_views(guest) == [view]


async def test_a_list_of_a_project_has_only_its_views(team: Team) -> None:
    await save(team.owner, "Everywhere")
    await save(team.owner, "Here", project=team.key)
    member = await team.person()
    await save(member, "Theirs", project=team.key)
    assert await names_for(team.owner) == ["Everywhere", "Here"]
    assert await names_for(team.owner, team.key) == ["Here"]
    assert isinstance(await outcome_of(list_views(team.owner, "NOSUCH")), NotFound)


async def test_a_guest_has_private_views_of_all_projects_but_shares_none(team: Team) -> None:
    guest = await team.person("guest")
    view = await save(guest)
    for call in (save(guest, is_shared=True), edit_view(guest, view.id, {"is_shared": True})):
        assert isinstance(await outcome_of(call), Forbidden)
    assert await list_views(guest) == [view]


@pytest.mark.parametrize("role", ProjectRole)
async def test_a_shared_view_of_a_project_is_changed_by_its_owner_and_by_managers(
    team: Team, role: ProjectRole
) -> None:
    owner, other = await team.person(), await team.person("admin")
    await projects.set_project_member(team.owner, team.key, other.account_id, role)
    view = await save(owner, project=team.key, is_shared=True)
    calls = (edit_view(other, view.id, {"name": "Ours"}), delete_view(other, view.id))
    refused = [isinstance(await outcome_of(call), Forbidden) for call in calls]
    assert refused == [role is not ProjectRole.MANAGER] * 2
    kept = await SavedView.filter(id=view.id).exists()
    assert kept == (role is not ProjectRole.MANAGER)


@pytest.mark.parametrize(("role", "may"), [("owner", True), ("admin", True), ("member", False)])
async def test_a_shared_view_of_the_workspace_is_changed_by_whoever_manages_people(
    team: Team, role: str, *, may: bool
) -> None:
    owner, other = await team.person(), await team.person(role)
    view = await save(owner, is_shared=True)
    calls = (edit_view(other, view.id, {"name": "Ours"}), delete_view(other, view.id))
    assert [not isinstance(await outcome_of(call), Forbidden) for call in calls] == [may] * 2
    assert await names_for(owner) == ([] if may else ["Mine"])


async def test_every_change_is_in_the_log_of_the_workspace(team: Team) -> None:
    view = await save(team.owner, project=team.key, query="is:open")
    edited = await edit_view(team.owner, view.id, {"query": "is:closed"})
    assert (edited.query, edited.version, edited.name) == ("is:closed", 2, "Mine")
    assert edited == await get_view(team.owner, view.id)
    await delete_view(team.owner, view.id)
    assert await kinds_of(view.id) == ["ViewAdded", "ViewEdited", "ViewDeleted"]
    added, changed, _ = await Event.filter(subject_id=view.id).order_by("revision")
    assert {event.log_id for event in (added, changed)} == {team.workspace.id}
    assert {change["field"]: change["new"] for change in added.changes} == {
        "name": "Mine", "query": "is:open", "layout": USUAL, "is_shared": False, "project_id": str(team.project.id),
    }  # fmt: skip
    assert changed.changes == [{"field": "query", "old": "is:open", "new": "is:closed"}]


async def test_an_edit_that_changes_nothing_is_not_logged(team: Team) -> None:
    view = await save(team.owner)
    assert (await edit_view(team.owner, view.id, {"name": "Mine", "layout": USUAL})).version == 1
    assert await kinds_of(view.id) == ["ViewAdded"]


async def test_fields_that_nobody_else_changed_merge(team: Team) -> None:
    view = await save(team.owner)
    await edit_view(team.owner, view.id, {"query": "is:open"})
    merged = await edit_view(team.owner, view.id, {"name": "Ours"}, version=1)
    assert (merged.name, merged.query, merged.version) == ("Ours", "is:open", 3)


async def test_a_field_that_both_changed_is_a_conflict(team: Team) -> None:
    view = await save(team.owner)
    await edit_view(team.owner, view.id, {"name": "Theirs"})
    refused = await outcome_of(edit_view(team.owner, view.id, {"name": "Yours", "query": "is:open"}, version=1))
    assert isinstance(refused, Conflict)
    assert (refused.version, refused.fields) == (
        2,
        {"name": {"base": "Mine", "yours": "Yours", "theirs": "Theirs"}},
    )
    assert (await edit_view(team.owner, view.id, {"name": "Theirs"}, version=1)).version == 2
    assert (await edit_view(team.owner, view.id, {"name": "Yours"}, version="*")).name == "Yours"
    assert await pointers_of(edit_view(team.owner, view.id, {"name": "A"}, version=9)) == ["/version"]


async def test_nobody_has_more_than_200_views(team: Team) -> None:
    one = await save(team.owner)
    others = [
        SavedView(workspace_id=team.workspace.id, owner_id=team.owner.account_id, name="Filled")
        for _ in range(VIEW_LIMIT - 2)
    ]
    await SavedView.bulk_create(others)
    outcomes = await outcomes_of(save(team.owner, f"Last {number}") for number in range(3))
    assert sum(isinstance(outcome, SavedViewView) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, Clash) for outcome in outcomes) == 2
    await save(await team.person(), "Somebody else's")
    await delete_view(team.owner, one.id)
    await save(team.owner, "In its place")


@pytest.mark.parametrize(
    ("fields", "pointers"),
    [
        ({"name": " "}, ["/name"]),
        ({"name": "x" * 101}, ["/name"]),
        ({"name": None}, ["/name"]),
        ({"query": "asignee:me"}, ["/query"]),
        ({"query": "(is:open"}, ["/query"]),
        ({"query": "x" * 1_001}, ["/query"]),
        ({"query": "a\0b"}, ["/query"]),
        ({"query": None}, ["/query"]),
        ({"is_shared": 1}, ["/is_shared"]),
        ({"color": "red"}, ["/color"]),
        ({"layout": None}, ["/layout"]),
        ({"layout": []}, ["/layout"]),
        ({"layout": {"view": "grid"}}, ["/layout/view"]),
        ({"layout": {"view": None}}, ["/layout/view"]),
        ({"layout": {"group": "title"}}, ["/layout/group"]),
        ({"layout": {"group": []}}, ["/layout/group"]),
        ({"layout": {"sort": "--due"}}, ["/layout/sort"]),
        ({"layout": {"columns": "ref"}}, ["/layout/columns"]),
        ({"layout": {"columns": ["ref", "nonsense", 7, "custom.", "custom.A", "ref"]}},
         [f"/layout/columns/{index}" for index in range(1, 6)]),
        ({"layout": {"columns": [f"custom.f{number}" for number in range(31)]}}, ["/layout/columns"]),
        ({"layout": {"a/b": 1, "sort": {}}}, ["/layout/a~1b", "/layout/sort"]),
        ({"name": "", "query": ")", "layout": {"view": 1}}, ["/name", "/query", "/layout/view"]),
    ],
)  # fmt: skip
async def test_what_a_view_cannot_hold_is_pointed_at(team: Team, fields: dict[str, Any], pointers: list[str]) -> None:
    view = await save(team.owner)
    assert await pointers_of(create_view(team.owner, {"name": "New", **fields})) == pointers
    assert await pointers_of(edit_view(team.owner, view.id, fields)) == pointers
    assert await list_views(team.owner) == [view]


async def test_the_limits_themselves_are_kept(team: Team) -> None:
    layout = {"columns": [f"custom.f{number}" for number in range(30)]}
    view = await save(team.owner, "x" * 100, query="x" * 1_000, layout=layout)
    assert (len(view.name), len(view.query), len(view.layout["columns"])) == (100, 1_000, 30)


async def test_a_view_needs_a_name(team: Team) -> None:
    assert await pointers_of(create_view(team.owner, {})) == ["/name"]


async def test_a_view_stays_in_its_project(team: Team) -> None:
    view = await save(team.owner)
    assert await pointers_of(edit_view(team.owner, view.id, {"project": team.key})) == ["/project"]
    assert await pointers_of(save(team.owner, project="no key")) == ["/project"]
    assert await pointers_of(save(team.owner, project="NOSUCH")) == ["/project"]


async def test_a_view_that_is_gone_is_not_found(team: Team) -> None:
    unknown = new_id()
    calls = (get_view(team.owner, unknown), edit_view(team.owner, unknown, {}), delete_view(team.owner, unknown))
    for call in calls:
        assert isinstance(await outcome_of(call), NotFound)


async def test_who_only_reads_saves_nothing(team: Team) -> None:
    reader = Actor(team.owner.account_id, team.workspace.id, may_write=False)
    assert isinstance(await outcome_of(save(reader)), Forbidden)
    assert await names_for(team.owner) == []


def test_a_filter_problem_keeps_its_characters_where_it_is_pointed_at_anew() -> None:
    problem = FilterProblem("There is no such field.", 3, 9, suggestion="assignee").at_pointer("/query")
    assert isinstance(problem, Invalid)
    assert (problem.start, problem.end, problem.suggestion) == (3, 9, "assignee")
    assert [(each.pointer, each.detail) for each in problem.problems] == [
        ("/query", "There is no such field. Did you mean “assignee”?")
    ]
