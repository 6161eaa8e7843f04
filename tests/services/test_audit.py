"""The audit finds whatever was done to a log behind the program's back, and names the first event of it."""

import asyncio
import json
from datetime import timedelta
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tortoise.backends.base.client import BaseDBAsyncClient

from tasktracker.domain.events import Change, EventKind, Link, digest_of
from tasktracker.domain.ids import new_id
from tasktracker.domain.permissions import Permission
from tasktracker.models import Event, Project
from tasktracker.services import audit, comments, tasks
from tasktracker.services.audit import AuditReport, audit_logs
from tasktracker.services.command import project_command
from tasktracker.services.task_changes import Spot
from tests.factories import Team, make_team
from tests.services.tampering import tampering

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(-(10**40), 10**40)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
HASH = st.binary(min_size=32, max_size=32)
FORGED: dict[str, st.SearchStrategy[Any]] = {
    "log_id": st.uuids(),
    "revision": st.integers(100, 2**62) | st.integers(-5, 0),
    "kind": TEXT,
    "subject_id": st.uuids(),
    "task_id": st.none() | st.uuids(),
    "version": st.integers(100, 2**31 - 1),
    "at": st.timedeltas(timedelta(microseconds=1), timedelta(days=1000)),
    "request_id": TEXT,
    "changes": JSON | st.lists(st.fixed_dictionaries({"field": TEXT, "old": JSON, "new": JSON}), max_size=2),
    "digest": HASH | st.just(b""),
    "prev_hash": HASH | st.just(b""),
    "hash": HASH | st.just(b""),
}


_RENUMBER = "UPDATE event SET revision = $3 WHERE log_id = $1 AND revision = $2"


@pytest.fixture(scope="module")
async def team() -> Team:
    """Twelve events: seven for the project and its columns, then five about two tasks."""
    team = await make_team()
    for title in ("Fix the login", "Write the manual"):
        await team.task(title, priority="high")
    await tasks.edit_task(team.owner, team.ref(1), {"title": "Repair the login", "due": "2026-11-30"})
    await comments.add_comment(team.owner, team.ref(2), "My password is hunter2 — 日本語")
    await tasks.move_task(team.owner, team.ref(1), Spot(str(team.columns["Done"].id)))
    assert (await audit_logs(team.workspace.id)).is_whole
    return team


def broken_in(report: AuditReport, team: Team) -> int:
    """The revision that is named as the first broken link of the project's log."""
    (link,) = [link for link in report.broken if link.log_id == team.project.id]
    assert link.log == f"project {team.key}"
    assert link.what
    return link.revision


async def head_of(team: Team) -> int:
    return int((await Project.get(id=team.project.id)).revision)


async def test_a_log_as_the_program_wrote_it_is_whole(team: Team) -> None:
    report = await audit_logs(team.workspace.id)
    assert (report.logs, report.events, report.redacted, report.broken) == (2, await head_of(team) + 1, 0, ())
    assert report.is_whole
    assert report.seconds > 0


@settings(max_examples=15)
@given(data=st.data())
@pytest.mark.parametrize("column", FORGED)
async def test_a_changed_column_of_any_event_is_found(team: Team, column: str, data: st.DataObject) -> None:
    events = await Event.filter(log_id=team.project.id).order_by("revision")
    event = data.draw(st.sampled_from(events))
    forged = data.draw(FORGED[column].filter(lambda value: value != getattr(event, column)))
    async with tampering() as db:
        await _overwrite(db, event, column, forged)
        report = await audit_logs(team.workspace.id)
    was_put_before_all = column == "revision" and forged < 1
    assert broken_in(report, team) in {event.revision, forged if was_put_before_all else event.revision}


async def test_an_event_of_another_person_or_workspace_is_found(team: Team) -> None:
    other = await make_team()
    for column, value in (
        ("actor_id", other.owner.account_id),
        ("actor_id", None),
        ("workspace_id", other.workspace.id),
    ):
        async with tampering() as db:
            statement = f"UPDATE event SET {column} = $1 WHERE log_id = $2 AND revision = 3"  # noqa: S608
            await db.execute_query(statement, [value, team.project.id])
            report = await audit_logs(team.workspace.id)
        assert broken_in(report, team) == 3


async def test_a_deleted_event_is_missed_wherever_it_stood(team: Team) -> None:
    for revision in range(1, await head_of(team) + 1):
        async with tampering() as db:
            await db.execute_query("DELETE FROM event WHERE log_id = $1 AND revision = $2", [team.project.id, revision])
            report = await audit_logs(team.workspace.id)
        assert broken_in(report, team) == revision


async def test_a_whole_log_deleted_is_missed(team: Team) -> None:
    async with tampering() as db:
        await db.execute_query("DELETE FROM event WHERE log_id = $1", [team.project.id])
        report = await audit_logs(team.workspace.id)
    assert broken_in(report, team) == 1


async def test_two_events_that_changed_places_are_found(team: Team) -> None:
    for one, other in combinations(range(1, await head_of(team) + 1), 2):
        async with tampering() as db:
            for old, new in ((one, -other), (other, one), (-other, other)):
                await db.execute_query(_RENUMBER, [team.project.id, old, new])
            report = await audit_logs(team.workspace.id)
        assert broken_in(report, team) == one


async def test_an_event_pushed_in_is_found_behind_itself_even_if_its_own_hash_is_right(team: Team) -> None:
    for revision in (1, 5, await head_of(team)):
        async with tampering() as db:
            await _make_room(db, team, revision)
            await _forge(team, revision)
            report = await audit_logs(team.workspace.id)
        assert broken_in(report, team) == revision + 1


async def test_an_event_hung_on_behind_the_head_is_found(team: Team) -> None:
    revision = await head_of(team) + 1
    async with tampering():
        await _forge(team, revision)
        report = await audit_logs(team.workspace.id)
    assert broken_in(report, team) == revision


@pytest.mark.parametrize(("column", "value"), [("revision", 5), ("revision", 50), ("head_hash", bytes(32))])
async def test_a_changed_head_is_found(team: Team, column: str, value: object) -> None:
    head = await head_of(team)
    async with tampering() as db:
        await db.execute_query(f"UPDATE project SET {column} = $1 WHERE id = $2", [value, team.project.id])  # noqa: S608
        report = await audit_logs(team.workspace.id)
    expected = {5: 5, 50: head + 1}.get(value, head) if isinstance(value, int) else head
    assert broken_in(report, team) == expected


async def test_each_log_is_judged_by_itself_and_named(team: Team) -> None:
    other = await make_team()
    async with tampering() as db:
        await db.execute_query("UPDATE event SET version = 77 WHERE log_id = $1 AND revision = 2", [team.project.id])
        await db.execute_query("UPDATE event SET kind = 'x' WHERE log_id = $1", [other.workspace.id])
        both = [*(await audit_logs(team.workspace.id)).broken, *(await audit_logs(other.workspace.id)).broken]
        everything = await audit_logs()
    assert {link.log_id for link in both} == {team.project.id, other.workspace.id}
    assert set(everything.broken) == set(both)
    assert str(both[0]).startswith(f"project {team.key} ({team.project.id}), revision 2: ")


async def test_events_of_a_log_that_does_not_exist_are_found(team: Team) -> None:
    stray = new_id()
    async with tampering() as db:
        statement = "UPDATE event SET log_id = $1 WHERE log_id = $2 AND revision > 9"
        await db.execute_query(statement, [stray, team.project.id])
        report = await audit_logs(team.workspace.id)
    assert {link.log_id: link.revision for link in report.broken} == {team.project.id: 10, stray: 10}


@settings(max_examples=60)
@given(old=JSON, new=JSON)
async def test_any_json_is_the_same_after_the_database_kept_it(team: Team, old: Any, new: Any) -> None:
    async with tampering():
        async with project_command(team.owner, team.key, Permission.EDIT_TASKS) as command:
            command.record(EventKind.TASK_EDITED, new_id(), [Change("anything", old, new)])
        report = await audit_logs(team.workspace.id)
    assert report.broken == ()


async def test_long_logs_are_read_in_parts(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "PAGE", 2)
    report = await audit_logs(team.workspace.id)
    assert (report.is_whole, report.events) == (True, await head_of(team) + 1)
    everything = await audit_logs()
    assert everything.events == await Event.all().count()


async def test_people_go_on_writing_while_it_runs() -> None:
    team = await make_team()
    writers = asyncio.gather(*(team.task(f"Task {n}") for n in range(60)))
    while not writers.done():
        assert (await audit_logs(team.workspace.id)).broken == ()
        await asyncio.sleep(0)
    await writers


async def _overwrite(db: BaseDBAsyncClient, event: Event, column: str, value: Any) -> None:
    cast = {"changes": "::text::jsonb", "at": "::interval + at"}.get(column, "")
    given = json.dumps(value) if column == "changes" else value
    await db.execute_query(f"UPDATE event SET {column} = $1{cast} WHERE id = $2", [given, event.id])  # noqa: S608


async def _make_room(db: BaseDBAsyncClient, team: Team, revision: int) -> None:
    for step in ("-revision - 1", "-revision"):
        await db.execute_query(
            f"UPDATE event SET revision = {step} WHERE log_id = $1 AND (revision >= $2 OR revision < 0)",  # noqa: S608
            [team.project.id, revision],
        )
    await db.execute_query("UPDATE project SET revision = revision + 1 WHERE id = $1", [team.project.id])


async def _forge(team: Team, revision: int) -> None:
    """Write an event just as the program would, with a hash that fits the event before it."""
    before = await Event.filter(log_id=team.project.id, revision=revision - 1).first()
    prev_hash = before.hash if before else bytes(32)
    link = Link(
        team.project.id, revision, "TaskEdited", new_id(), None, 2, team.owner.account_id, team.project.changed_at,
        "0" * 16, digest_of([]),
    )  # fmt: skip
    fields = {name: getattr(link, name) for name in Link.__slots__}
    forged = Event(workspace=team.workspace, changes=[], prev_hash=prev_hash, hash=link.hash_after(prev_hash), **fields)
    await forged.save()
