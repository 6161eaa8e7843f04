import asyncio
import zoneinfo
from collections.abc import Awaitable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from importlib import resources
from pathlib import Path

import asyncpg
import pytest
from tortoise.context import TortoiseContext

from tasktracker.domain import regional
from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Clash, Forbidden, Invalid, NotFound, NotSignedIn
from tasktracker.domain.ids import new_id
from tasktracker.models import Account, Event, Membership, Workspace
from tasktracker.models.database import connection, orm_config
from tasktracker.services import accounts, sessions, tasks
from tasktracker.services.audit import audit_logs
from tasktracker.services.queries.me import get_me
from tasktracker.services.queries.projects import list_people
from tasktracker.services.time_zones import unusable_zones
from tests.factories import PASSWORD, Team, make_person, make_team, make_workspace
from tests.services.outcomes import outcome_of, outcomes_of, pointers_of

Calls = Sequence[Awaitable[object]]


async def test_of_ten_who_set_the_server_up_at_once_one_becomes_its_owner(empty_database_url: str) -> None:
    async with TortoiseContext() as context:
        await context.init(config=orm_config(empty_database_url, pool_max=10))
        assert not await accounts.is_set_up()
        outcomes = await outcomes_of(
            accounts.set_up("Acme", f"Person {n}", f"p{n}@example.org", PASSWORD) for n in range(10)
        )
        (owner,) = [outcome for outcome in outcomes if isinstance(outcome, Actor)]
        assert sum(isinstance(outcome, Clash) for outcome in outcomes) == 9
        assert (await Account.all().count(), await Workspace.all().count(), await Membership.all().count()) == (1, 1, 1)
        assert await accounts.is_set_up()
        assert [person.role for person in await list_people(owner)] == ["owner"]
        events = await Event.filter(log_id=owner.workspace_id).order_by("revision")
        assert [event.kind for event in events] == ["WorkspaceCreated", "AccountCreated", "MemberSet"]
        assert (await audit_logs()).is_whole


async def test_no_costly_hash_is_made_for_who_sets_up_a_server_again(monkeypatch: pytest.MonkeyPatch) -> None:
    await make_person(await make_workspace())
    monkeypatch.setattr(accounts, "hash_password", None)
    with pytest.raises(Clash):
        await accounts.set_up("Acme", "Ada", "a@b.org", PASSWORD)


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        (("", "Ada", "a@b.org", PASSWORD), "/workspace"),
        (("Acme", "", "a@b.org", PASSWORD), "/name"),
        (("Acme", "Ada", "ada", PASSWORD), "/email"),
        (("Acme", "Ada", "a@b.org", "short"), "/password"),
        (("Acme", "Ada", "a@b.org", "x" * 201), "/password"),
        (("Acme", "Ada", "a@b.org", "\ud800" * 20), "/password"),
        (("Acme", "Ada", "a@b.org", None), "/password"),
    ],
)
async def test_a_wrong_first_start_is_pointed_at(fields: tuple[str, str, str, str], pointer: str) -> None:
    assert await pointers_of(accounts.set_up(*fields)) == [pointer]


async def test_a_new_person_is_in_the_list_and_can_sign_in() -> None:
    workspace = await make_workspace()
    owner, email = await make_person(workspace, "owner"), f"{new_id().hex}@Example.org"
    account_id = (await accounts.add_person(owner, " Ada  Lovelace", email, PASSWORD, "guest")).account_id
    ada = next(person for person in await list_people(owner) if person.id == account_id)
    assert (ada.name, ada.email, ada.role) == ("Ada Lovelace", email.lower(), "guest")
    secret = await sessions.sign_in(email.upper(), PASSWORD, days=1)
    assert (await sessions.authenticate(secret)).account_id == account_id


async def test_a_new_person_reads_as_whoever_added_them() -> None:
    workspace = await make_workspace()
    owner = await make_person(workspace, "owner")
    await accounts.edit_me(owner, {"locale": "de-AT", "time_zone": "Europe/Vienna"})
    account_id = (await accounts.add_person(owner, "Ada", f"{new_id().hex}@example.org", PASSWORD)).account_id
    ada = await get_me(Actor(account_id, owner.workspace_id))
    assert (ada.locale, ada.time_zone) == ("de-AT", "Europe/Vienna")


async def test_an_address_is_one_persons_on_the_whole_server(database_url: str) -> None:
    teams = [await make_team() for _ in range(6)]
    email = f"{new_id().hex}@example.org"
    calls = [accounts.add_person(team.owner, "Ada", email, PASSWORD) for team in teams]
    outcomes = await _outcomes_at_the_same_moment(calls, teams, database_url)
    assert sum(isinstance(outcome, Clash) for outcome in outcomes) == 5


async def test_people_of_one_name_get_handles_of_their_own_when_they_come_at_once(database_url: str) -> None:
    teams, name = [await make_team() for _ in range(6)], new_id().hex[-20:]
    calls = [
        accounts.add_person(team.owner, "Ada", f"{name}@{n}.example.org", PASSWORD) for n, team in enumerate(teams)
    ]
    outcomes = await _outcomes_at_the_same_moment(calls, teams, database_url)
    made = [outcome.account_id for outcome in outcomes if isinstance(outcome, accounts.Added)]
    handles = [account.handle for account in await Account.filter(id__in=made)]
    assert sorted(handles) == sorted([name, *(f"{name}{n}" for n in range(2, 7))])


@pytest.mark.parametrize(
    ("local", "handle"), [("Ada.L+work", "ada.lwork"), ("+++", "user"), ("_.x", "x"), ("ä", "user")]
)
async def test_a_handle_is_made_of_what_stands_before_the_at(local: str, handle: str) -> None:
    team = await make_team()
    account_id = (await accounts.add_person(team.owner, "Ada", f"{local}@{new_id().hex}.org", PASSWORD)).account_id
    made = (await Account.get(id=account_id)).handle
    assert made.rstrip("0123456789") == handle


@pytest.mark.parametrize("role", ["admin", "member", "guest"])
async def test_only_owners_make_owners(role: str) -> None:
    team = await make_team()
    person, other = await team.person(role), await team.person()
    create = accounts.add_person(person, "Eve", f"{new_id().hex}@example.org", PASSWORD, "owner")
    for call in (create, accounts.set_workspace_role(person, other.account_id, "owner")):
        assert isinstance(await outcome_of(call), Forbidden)
    assert len(await list_people(team.owner)) == 3


@pytest.mark.parametrize("role", ["member", "guest"])
async def test_only_owners_and_admins_manage_people(role: str) -> None:
    team = await make_team()
    person, other = await team.person(role), await team.person()
    for call in (
        accounts.add_person(person, "Eve", f"{new_id().hex}@example.org", PASSWORD),
        accounts.set_workspace_role(person, other.account_id, "guest"),
        accounts.remove_member(person, other.account_id),
    ):
        assert isinstance(await outcome_of(call), Forbidden)


async def test_an_admin_appoints_admins_and_touches_no_owner() -> None:
    team = await make_team()
    admin, other, owner = await team.person("admin"), await team.person(), await team.person("owner")
    await accounts.set_workspace_role(admin, other.account_id, "admin")
    for call in (
        accounts.set_workspace_role(admin, owner.account_id, "member"),
        accounts.remove_member(admin, owner.account_id),
    ):
        assert isinstance(await outcome_of(call), Forbidden)
    roles = {person.id: person.role for person in await list_people(admin)}
    assert (roles[other.account_id], roles[owner.account_id]) == ("admin", "owner")


async def test_one_owner_always_stays_even_when_two_leave_at_once() -> None:
    team = await make_team()
    second = await team.person("owner")
    outcomes = await outcomes_of(
        [
            accounts.remove_member(team.owner, team.owner.account_id),
            accounts.set_workspace_role(second, second.account_id, "member"),
        ]
    )
    assert [type(outcome) for outcome in outcomes].count(Clash) == 1
    assert await Membership.filter(workspace=team.workspace, role="owner").count() == 1


async def test_somebody_removed_is_out_at_once_and_what_they_did_stays() -> None:
    team = await make_team()
    person = await team.person()
    actor = await sessions.authenticate(await sessions.open_session(person, days=1))
    task = await tasks.create_task(actor, team.key, {"title": "Mine"})
    await accounts.remove_member(team.owner, person.account_id)
    assert isinstance(await outcome_of(tasks.create_task(actor, team.key, {"title": "Another"})), NotFound)
    assert task.created_by == person.account_id
    assert person.account_id not in {each.id for each in await list_people(team.owner)}
    assert isinstance(await outcome_of(accounts.remove_member(team.owner, person.account_id)), NotFound)


async def test_somebody_removed_comes_back_as_who_they_were_and_signs_in_as_before() -> None:
    team, email = await make_team(), f"{new_id().hex}@example.org"
    ben = await accounts.add_person(team.owner, "Ben", email, PASSWORD)
    ben_here = Actor(ben.account_id, team.workspace.id)
    task = await tasks.create_task(ben_here, team.key, {"title": "Mine"})
    token = await sessions.create_token(ben_here, "script")
    secret = await sessions.sign_in(email, PASSWORD, days=1)
    await accounts.remove_member(team.owner, ben.account_id)
    back = await accounts.add_person(team.owner, "Benjamin", email.upper(), f"{PASSWORD} of somebody else", "guest")
    assert (back.account_id, back.is_back, ben.is_back) == (ben.account_id, True, False)
    person = next(each for each in await list_people(team.owner) if each.id == ben.account_id)
    assert (person.name, person.role, task.created_by) == ("Ben", "guest", person.id)
    for ended in (token, secret):
        assert isinstance(await outcome_of(sessions.authenticate(ended)), NotSignedIn)
    assert isinstance(await outcome_of(sessions.sign_in(email, f"{PASSWORD} of somebody else", days=1)), NotSignedIn)
    assert (await sessions.authenticate(await sessions.sign_in(email, PASSWORD, days=1))).account_id == person.id
    events = await Event.filter(log_id=team.workspace.id, subject_id=person.id).order_by("revision")
    assert [event.kind for event in events] == ["AccountCreated", "MemberSet", "MemberRemoved", "MemberSet"]
    assert (await audit_logs(team.workspace.id)).is_whole


async def test_an_address_is_taken_by_who_is_here_elsewhere_or_switched_off() -> None:
    team, other, email = await make_team(), await make_team(), f"{new_id().hex}@example.org"
    add = partial(accounts.add_person, name="Eve", email=email, password=PASSWORD)
    ben = (await add(team.owner)).account_id
    assert isinstance(await outcome_of(add(team.owner)), Clash)
    await accounts.remove_member(team.owner, ben)
    assert isinstance(await outcome_of(add(other.owner)), Clash)
    await Account.filter(id=ben).update(is_active=False)
    assert isinstance(await outcome_of(add(team.owner)), Clash)
    await Account.filter(id=ben).update(is_active=True)
    await Membership.create(workspace=other.workspace, account_id=ben, role="member")
    assert isinstance(await outcome_of(add(team.owner)), Clash)


async def test_a_role_that_is_none_is_pointed_at() -> None:
    team = await make_team()
    call = accounts.set_workspace_role(team.owner, team.owner.account_id, "king")
    assert isinstance(await outcome_of(call), Invalid)


async def _outcomes_at_the_same_moment(calls: Calls, teams: list[Team], database_url: str) -> list[object]:
    """Passwords are hashed two at a time, so that calls come apart: hold them all before their workspaces."""
    holder = await asyncpg.connect(database_url)
    async with holder.transaction(), asyncio.timeout(20):
        await holder.execute(_HOLD, [team.workspace.id for team in teams])
        running = [asyncio.create_task(outcome_of(call)) for call in calls]
        while (await connection().execute_query_dict(_WAITING))[0]["waiting"] < len(calls):
            await asyncio.sleep(0.02)
    await holder.close()
    return [await task for task in running]


_HOLD = "SELECT FROM workspace WHERE id = ANY($1::uuid[]) FOR UPDATE"
_WAITING = """
    SELECT count(*) AS waiting FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%FROM workspace w%'
"""


async def test_people_say_what_they_are_called_and_where_they_are() -> None:
    team = await make_team()
    ana = await team.person("guest", name="Ana")
    await accounts.edit_me(ana, {"name": " Ana  Lima ", "time_zone": "Europe/Lisbon", "locale": "pt"})
    me = await get_me(ana)
    assert (me.person.name, me.time_zone, me.locale) == ("Ana Lima", "Europe/Lisbon", "pt")
    event = await Event.get(workspace_id=team.workspace.id, kind="AccountEdited")
    assert (event.log_id, event.subject_id, event.actor_id) == (team.workspace.id, ana.account_id, ana.account_id)  # type: ignore[attr-defined]
    assert event.changes == [
        {"field": "name", "old": "Ana", "new": "Ana Lima"},
        {"field": "time_zone", "old": "UTC", "new": "Europe/Lisbon"},
        {"field": "locale", "old": "en", "new": "pt"},
    ]
    assert (await audit_logs(team.workspace.id)).is_whole


async def test_a_profile_that_stays_as_it_is_leaves_no_trace() -> None:
    team = await make_team()
    await accounts.edit_me(team.owner, {})
    await accounts.edit_me(team.owner, {"time_zone": "UTC"})
    assert not await Event.exists(workspace_id=team.workspace.id, kind="AccountEdited")


async def test_a_wrong_profile_is_pointed_at() -> None:
    owner = (await make_team()).owner
    call = accounts.edit_me(owner, {"name": "", "time_zone": "Lisbon", "locale": "x", "email": "a@b.c"})
    assert await pointers_of(call) == ["/name", "/time_zone", "/locale", "/email"]
    assert isinstance(await outcome_of(accounts.edit_me(replace(owner, may_write=False), {"name": "x"})), Forbidden)


@pytest.fixture
def moon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A time zone that this machine has, and PostgreSQL has not."""
    zone = "Moon/Tranquility"
    file = tmp_path / zone
    file.parent.mkdir()
    file.write_bytes((resources.files("tzdata.zoneinfo") / "UTC").read_bytes())
    zoneinfo.reset_tzpath([tmp_path, *zoneinfo.TZPATH])
    regional._zones.cache_clear()  # noqa: SLF001  it is read from the disk once
    yield zone
    zoneinfo.reset_tzpath()
    regional._zones.cache_clear()  # noqa: SLF001


async def test_a_zone_that_only_the_program_knows_is_refused(moon: str) -> None:
    owner = (await make_team()).owner
    refusal = await outcome_of(accounts.edit_me(owner, {"time_zone": moon, "name": "Ana"}))
    assert isinstance(refusal, Invalid)
    assert [problem.pointer for problem in refusal.problems] == ["/time_zone"]
    assert str(refusal) == "The database does not know this time zone. Choose one nearby."
    assert ((await get_me(owner)).time_zone, (await get_me(owner)).person.name != "Ana") == ("UTC", True)


@pytest.mark.parametrize("zone", ["CET", "EET", "MET", "WET"])
async def test_a_zone_that_is_winter_time_all_the_year_for_the_database_is_refused(zone: str) -> None:
    assert await pointers_of(accounts.edit_me((await make_team()).owner, {"time_zone": zone})) == ["/time_zone"]


@pytest.mark.parametrize("zone", ["UTC", "GB", "NZ", "EST", "EST5EDT", "Etc/GMT+3", "Europe/Kyiv", "America/Sao_Paulo"])
async def test_a_zone_of_which_both_tell_the_time_is_kept(zone: str) -> None:
    owner = (await make_team()).owner
    await accounts.edit_me(owner, {"time_zone": zone})
    assert (await get_me(owner)).time_zone == zone
    assert zone not in await unusable_zones()


async def test_zones_that_were_chosen_where_the_database_knew_them_are_told() -> None:
    team = await make_team()
    people = [await team.person(time_zone=zone) for zone in ("Moon/Crisium", "MET", "Asia/Tokyo")]
    assert {"Moon/Crisium", "MET"} <= set(await unusable_zones())
    await Account.filter(id__in=[each.account_id for each in people]).update(time_zone="UTC")
