"""The log is the truth: replaying it gives the rows, and a patch leads from any board to the present one."""

import asyncio
from typing import Any

import orjson
from hypothesis import given
from hypothesis import strategies as st

from tasktracker.domain.events import EventKind
from tasktracker.models import Event, Task
from tasktracker.services.queries.boards import board_json, project_patch
from tests.factories import Team
from tests.patience import sequences
from tests.services.play import COMMANDS, Args, Play
from tests.services.replay import replayed, state_of


@sequences(8)
@given(st.lists(COMMANDS, min_size=5, max_size=25))
async def test_replaying_a_tasks_events_gives_its_row(commands: list[Args]) -> None:
    play = await Play.begin()
    for command in commands:
        await play.do(command)
    for task in await Task.filter(project__workspace_id=play.team.workspace.id):
        events = await Event.filter(task_id=task.id).order_by("at", "revision")
        own = [event for event in events if event.subject_id == task.id]
        assert replayed(own) == state_of(task)
        assert [event.version for event in own] == list(range(1, task.version + 1))
        assert task.comment_count == sum(_COUNTED.get(EventKind(event.kind), 0) for event in events)
        assert task.updated_at == own[-1].at


@sequences(8)
@given(st.lists(COMMANDS, max_size=12), st.lists(COMMANDS, min_size=1, max_size=12))
async def test_a_patch_leads_from_any_board_to_the_present_one(before: list[Args], after: list[Args]) -> None:
    play = await Play.begin()
    for command in before:
        await play.do(command)
    seen = await _board(play.team)
    for command in after:
        await play.do(command)
    patch: dict[str, Any] = orjson.loads(orjson.dumps(await project_patch(play.team.project.id, seen["revision"])))
    now = await _board(play.team)
    assert patch["since"] == seen["revision"]
    assert _patched(seen, patch) == now


@sequences(3)
@given(st.lists(COMMANDS, min_size=10, max_size=40))
async def test_revisions_have_no_gap_when_the_commands_come_at_once(commands: list[Args]) -> None:
    play = await Play.begin()
    await asyncio.gather(*map(play.do, commands))
    revisions = [event.revision for event in await Event.filter(log_id=play.team.project.id).order_by("revision")]
    assert revisions == list(range(1, len(revisions) + 1))
    assert (await _board(play.team))["revision"] == len(revisions)


_COUNTED = {EventKind.COMMENT_ADDED: 1, EventKind.COMMENT_DELETED: -1}


async def _board(team: Team) -> dict[str, Any]:
    board: dict[str, Any] = orjson.loads(await board_json(team.owner, team.key))
    return {**board, "cards": {card["number"]: card for card in board["cards"]}}


def _patched(board: dict[str, Any], patch: dict[str, Any]) -> dict[str, Any]:
    """What a page does with a patch."""
    cards = board["cards"] | {card["number"]: card for card in patch["cards"]}
    return {
        "revision": patch["revision"],
        "project": patch["project"] or board["project"],
        "cards": {number: card for number, card in cards.items() if number not in patch["gone"]},
    }
