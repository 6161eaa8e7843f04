"""What was said can be taken out of the log for good, in the open; what is only made to look so is found."""

import json
from typing import Any

import pytest

from tasktracker.domain.events import Change, EventKind, redacted
from tasktracker.domain.permissions import Permission
from tasktracker.models import Event
from tasktracker.services import comments
from tasktracker.services.audit import audit_logs
from tasktracker.services.command import project_command
from tests.factories import Team, make_team
from tests.services.tampering import tampering

_REPLACE = "UPDATE event SET changes = $1::text::jsonb WHERE log_id = $2 AND revision = $3"


async def team_with_a_secret() -> tuple[Team, Event]:
    """A team, and the event that holds what nobody should have written."""
    team = await make_team()
    await team.task()
    await comments.add_comment(team.owner, team.ref(1), "My password is hunter2")
    await team.task()
    return team, await Event.filter(log_id=team.project.id, kind="CommentAdded").get()


async def redact(team: Team, event: Event, changes: list[dict[str, Any]], told: int) -> None:
    """Put `changes` in the place of the event's, and write that revision `told` was redacted."""
    async with project_command(team.owner, team.key, Permission.MANAGE_PROJECT) as command:
        await command.db.execute_query(_REPLACE, [json.dumps(changes), team.project.id, event.revision])
        change = Change("revision", None, told)
        command.record(EventKind.EVENT_REDACTED, event.subject_id, [change], task_id=event.task_id)


async def test_a_redacted_event_counts_as_such_and_the_chain_behind_it_holds() -> None:
    team, event = await team_with_a_secret()
    await redact(team, event, redacted(event.changes), told=event.revision)
    report = await audit_logs(team.workspace.id)
    assert (report.redacted, report.broken) == (1, ())
    assert "hunter2" not in str([each.changes for each in await Event.filter(log_id=team.project.id)])


async def test_a_redaction_that_no_event_tells_of_is_tampering() -> None:
    team, event = await team_with_a_secret()
    async with tampering():
        await redact(team, event, redacted(event.changes), told=event.revision - 1)
        (link,) = (await audit_logs(team.workspace.id)).broken
    assert (link.log_id, link.revision) == (team.project.id, event.revision)
    assert link.what == "its changes were redacted, and no later event says so"


@pytest.mark.parametrize(
    "changes",
    [
        [],
        [{"field": "body", "redacted": True}, {"field": "title", "old": "a", "new": "forged"}],
        [{"field": "body", "redacted": True, "new": "forged"}],
        [{"field": "body", "redacted": "forged"}],
    ],
)
async def test_nothing_forged_hides_behind_a_redaction(changes: list[dict[str, Any]]) -> None:
    team, event = await team_with_a_secret()
    async with tampering():
        await redact(team, event, changes, told=event.revision)
        (link,) = (await audit_logs(team.workspace.id)).broken
    assert (link.log_id, link.revision) == (team.project.id, event.revision)
    assert link.what == "its changes are not those that were recorded"
