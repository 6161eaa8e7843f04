import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import NotFound, NotSignedIn
from tasktracker.domain.ids import new_id
from tasktracker.models import Account, Event, Session
from tasktracker.services import accounts, comments, sessions, tasks
from tasktracker.services.queries.boards import board_json
from tasktracker.services.queries.projects import list_people
from tests.factories import PASSWORD, make_person, make_session, make_team, make_workspace
from tests.services.outcomes import outcome_of, pointers_of


async def make_account() -> tuple[Actor, str]:
    """Somebody with a password, and their address."""
    workspace = await make_workspace()
    owner, email = await make_person(workspace, "owner"), f"{new_id().hex}@example.org"
    account_id = (await accounts.add_person(owner, "Ada", email, PASSWORD)).account_id
    return Actor(account_id, workspace.id), email


async def test_the_right_password_opens_a_session_and_the_log_says_so() -> None:
    person, email = await make_account()
    secret = await sessions.sign_in(f"  {email.upper()} ", PASSWORD, days=1, device="Firefox")
    actor = await sessions.authenticate(secret)
    assert (actor.account_id, actor.workspace_id, actor.may_write) == (person.account_id, person.workspace_id, True)
    event = await Event.filter(log_id=person.workspace_id).order_by("-revision").first()
    assert event is not None
    assert (event.kind, event.subject_id) == ("SessionOpened", actor.session_id)
    assert secret not in str(vars(event))


async def test_a_wrong_password_an_unknown_address_and_nonsense_all_look_the_same() -> None:
    person, email = await make_account()
    locked, locked_email = await make_account()
    await Account.filter(id=locked.account_id).update(is_active=False)
    attempts = [
        (email, "not the password"),
        ("nobody@example.org", PASSWORD),
        (locked_email, PASSWORD),
        (None, None),
        ({"$ne": ""}, ["x"]),
        ("a\0b\ud800@example.org", "\ud800" * 12),
        ("x" * 100_000, "x" * 100_000),
    ]
    texts = {str(await outcome_of(sessions.sign_in(address, given, days=1))) for address, given in attempts}
    assert len(texts) == 1
    assert isinstance(await outcome_of(sessions.sign_in(email, "no", days=1)), NotSignedIn)
    assert await Session.filter(account_id=person.account_id).count() == 0


async def test_time_does_not_tell_who_has_an_account() -> None:
    _, email = await make_account()
    known = await _seconds_to_refuse(email)
    unknown = await _seconds_to_refuse("nobody@example.org")
    assert unknown > known / 3


async def test_an_address_with_an_account_that_has_no_password_opens_nothing() -> None:
    workspace = await make_workspace()
    person = await make_person(workspace)
    email = (await Account.get(id=person.account_id)).email
    assert isinstance(await outcome_of(sessions.sign_in(email, "", days=1)), NotSignedIn)


@pytest.mark.parametrize("secret", ["", "x", "tt_x", "x" * 10_000, "\0", "é"])
async def test_a_secret_that_nobody_was_given_opens_nothing(secret: str) -> None:
    assert isinstance(await outcome_of(sessions.authenticate(secret)), NotSignedIn)


async def test_the_database_keeps_no_secret() -> None:
    secret, session = await make_session((await make_team()).owner)
    assert secret.encode() not in session.secret_hash
    assert len(session.secret_hash) == 32


async def test_a_session_ends_when_its_time_is_over() -> None:
    team = await make_team()
    secret, session = await make_session(team.owner)
    actor = await sessions.authenticate(secret)
    await Session.filter(id=session.id).update(expires_at=datetime.now(UTC) - timedelta(seconds=1))
    assert isinstance(await outcome_of(sessions.authenticate(secret)), NotSignedIn)
    assert isinstance(await outcome_of(board_json(actor, team.key)), NotFound)


async def test_a_revoked_session_does_nothing_more_even_where_it_is_in_hand() -> None:
    team = await make_team()
    ref = team.ref((await team.task()).number)
    secret, session = await make_session(team.owner)
    actor = await sessions.authenticate(secret)
    await tasks.edit_task(actor, ref, {"title": "Still allowed"})
    await sessions.revoke_session(actor, session.id)
    for call in (
        tasks.edit_task(actor, ref, {"title": "Too late"}),
        comments.add_comment(actor, ref, "Too late"),
        board_json(actor, team.key),
        list_people(actor),
        sessions.authenticate(secret),
        sessions.create_token(actor, "Too late"),
    ):
        assert isinstance(await outcome_of(call), NotFound | NotSignedIn)


async def test_ones_own_sessions_are_revoked_and_nobody_elses() -> None:
    team, other = await make_team(), await make_team()
    _, session = await make_session(other.owner)
    assert isinstance(await outcome_of(sessions.revoke_session(team.owner, session.id)), NotFound)
    for _ in range(2):
        await sessions.revoke_session(other.owner, session.id)
    events = await Event.filter(subject_id=session.id).order_by("revision")
    assert [event.kind for event in events] == ["SessionOpened", "SessionRevoked"]


async def test_whoever_left_the_workspace_is_signed_out() -> None:
    team = await make_team()
    person = await team.person()
    secret, _ = await make_session(person)
    await accounts.remove_member(team.owner, person.account_id)
    assert isinstance(await outcome_of(sessions.authenticate(secret)), NotSignedIn)


async def test_a_token_works_for_its_maker_until_it_expires() -> None:
    team = await make_team()
    secret = await sessions.create_token(team.owner, "Reports", days=7)
    actor = await sessions.authenticate(secret)
    assert secret.startswith("tt_")
    assert (await tasks.create_task(actor, team.key, {"title": "x"})).created_by == team.owner.account_id
    row = await Session.get(id=actor.session_id)
    assert abs(row.expires_at - datetime.now(UTC) - timedelta(days=7)) < timedelta(minutes=1)


async def test_a_wrong_token_is_pointed_at() -> None:
    team = await make_team()
    assert await pointers_of(sessions.create_token(team.owner, " ")) == ["/name"]
    for days in (0, 3651):
        assert await pointers_of(sessions.create_token(team.owner, "x", days=days)) == ["/days"]


async def test_the_last_use_is_noted_at_most_every_five_minutes() -> None:
    secret, session = await make_session((await make_team()).owner)
    await sessions.authenticate(secret)
    assert (await Session.get(id=session.id)).last_used_at == session.last_used_at
    long_ago = datetime.now(UTC) - timedelta(minutes=6)
    await Session.filter(id=session.id).update(last_used_at=long_ago)
    await asyncio.gather(*(sessions.authenticate(secret) for _ in range(5)))
    assert (await Session.get(id=session.id)).last_used_at > long_ago + timedelta(minutes=5)


async def _seconds_to_refuse(email: str) -> float:
    loop = asyncio.get_running_loop()
    began = loop.time()
    await outcome_of(sessions.sign_in(email, "not the password", days=1))
    return loop.time() - began


async def test_a_new_password_counts_from_now_on_and_ends_the_other_sign_ins_but_no_token() -> None:
    person, email = await make_account()
    secret = await sessions.sign_in(email, PASSWORD, days=1)
    here = await sessions.authenticate(secret)
    elsewhere = await sessions.sign_in(email, PASSWORD, days=1)
    token = await sessions.create_token(person, "a script")
    await sessions.change_password(here, PASSWORD, "another one that is long enough")
    assert isinstance(await outcome_of(sessions.sign_in(email, PASSWORD, days=1)), NotSignedIn)
    assert await sessions.sign_in(email, "another one that is long enough", days=1)
    assert isinstance(await outcome_of(sessions.authenticate(elsewhere)), NotSignedIn)
    assert (await sessions.authenticate(secret)).session_id == here.session_id
    assert (await sessions.authenticate(token)).account_id == person.account_id


async def test_a_new_password_needs_the_old_one_and_must_be_long_enough() -> None:
    person, email = await make_account()
    assert await pointers_of(sessions.change_password(person, "wrong", PASSWORD)) == ["/current_password"]
    assert await pointers_of(sessions.change_password(person, None, PASSWORD)) == ["/current_password"]
    assert await pointers_of(sessions.change_password(person, PASSWORD, "short")) == ["/new_password"]
    assert await sessions.sign_in(email, PASSWORD, days=1)
