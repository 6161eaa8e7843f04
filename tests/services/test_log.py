"""The log is the truth: replaying it gives the rows, and a patch leads from any board to the present one."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any
from uuid import UUID

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

from tasktracker.domain.errors import Refusal
from tasktracker.domain.events import EventKind
from tasktracker.domain.task_fields import PRIORITIES
from tasktracker.models import Comment, Event, Task
from tasktracker.services import columns, comments, labels, projects, tasks
from tasktracker.services.queries.boards import board_json, project_patch
from tasktracker.services.task_changes import Spot
from tests.factories import Team, make_team
from tests.services.replay import replayed, state_of

NUMBERS = st.integers(1, 4)
DAYS = st.none() | st.dates(date(1900, 1, 1), date(2999, 12, 31)).map(str)
COLUMNS = st.sampled_from(["Backlog", "To do", "In progress", "Done"])
LABELS = st.lists(st.integers(0, 2), max_size=3, unique=True)
TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=10)
COMMANDS = st.one_of(
    st.tuples(st.just("create"), TEXT, COLUMNS),
    st.tuples(st.just("edit"), NUMBERS, st.sampled_from(["title", "description"]), TEXT),
    st.tuples(st.just("edit"), NUMBERS, st.just("priority"), st.sampled_from(PRIORITIES)),
    st.tuples(st.just("edit"), NUMBERS, st.just("due"), DAYS),
    st.tuples(st.just("mark"), NUMBERS, LABELS),
    st.tuples(st.just("move"), NUMBERS, COLUMNS, st.none() | NUMBERS, st.none() | NUMBERS),
    st.tuples(st.sampled_from(["archive", "unarchive", "trash", "restore", "comment", "uncomment"]), NUMBERS),
    st.tuples(st.sampled_from(["limit", "rename column"]), COLUMNS, st.integers(1, 3)),
    st.tuples(st.just("delete label"), st.integers(0, 2)),
    st.tuples(st.just("rename project"), TEXT),
)
Args = tuple[Any, ...]


class Play:
    """A team with three labels, and random commands for it; what is refused is a command too."""

    def __init__(self, team: Team, marks: list[UUID]) -> None:
        self.team = team
        self.marks = marks
        self.does: dict[str, Callable[..., Awaitable[object]]] = {
            "create": lambda title, column: team.task(title, column=column),
            "edit": lambda number, field, value: self._edit(number, {field: value}),
            "mark": lambda number, which: self._edit(number, {"label_ids": [str(marks[each]) for each in which]}),
            "move": self._move,
            "comment": lambda number: comments.add_comment(team.owner, team.ref(number), "Hello"),
            "uncomment": self._uncomment,
            "limit": lambda name, limit: self._column(name, {"wip_limit": limit}),
            "rename column": lambda name, to: self._column(name, {"name": f"Column {to}"}),
            "delete label": lambda which: labels.delete_label(team.owner, team.key, marks[which]),
            "rename project": lambda name: projects.edit_project(team.owner, team.key, {"name": name}),
        }
        for name in ("archive", "unarchive", "trash", "restore"):
            self.does[name] = self._step(getattr(tasks, f"{name}_task"))

    @classmethod
    async def begin(cls) -> "Play":
        team = await make_team()
        made = [await labels.add_label(team.owner, team.key, {"name": name}) for name in ("bug", "idea", "docs")]
        for number in (1, 2):
            await team.task(f"Task {number}")
        return cls(team, [label.id for label in made])

    async def do(self, command: Args) -> None:
        name, *args = command
        try:
            await self.does[name](*args)
        except Refusal:
            return

    def _edit(self, number: int, raw: dict[str, Any]) -> Awaitable[object]:
        return tasks.edit_task(self.team.owner, self.team.ref(number), raw)

    def _move(self, number: int, column: str, after: int | None, before: int | None) -> Awaitable[object]:
        spot = Spot(str(self.team.columns[column].id), after, before)
        return tasks.move_task(self.team.owner, self.team.ref(number), spot)

    def _step(self, step: Callable[..., Awaitable[object]]) -> Callable[[int], Awaitable[object]]:
        return lambda number: step(self.team.owner, self.team.ref(number))

    async def _uncomment(self, number: int) -> None:
        task = await Task.get_or_none(project=self.team.project, number=number)
        for comment in await Comment.filter(task=task, deleted_at=None).limit(1):
            await comments.delete_comment(self.team.owner, self.team.ref(number), comment.id)

    def _column(self, name: str, raw: dict[str, Any]) -> Awaitable[object]:
        return columns.edit_column(self.team.owner, self.team.key, self.team.columns[name].id, raw)


@settings(max_examples=30)
@given(st.lists(COMMANDS, min_size=5, max_size=25))
async def test_replaying_a_tasks_events_gives_its_row(commands: list[Args]) -> None:
    play = await Play.begin()
    for command in commands:
        await play.do(command)
    for task in await Task.filter(project=play.team.project):
        events = await Event.filter(task_id=task.id).order_by("revision")
        own = [event for event in events if event.subject_id == task.id]
        assert replayed(own) == state_of(task)
        assert [event.version for event in own] == list(range(1, task.version + 1))
        assert task.comment_count == sum(_COUNTED.get(EventKind(event.kind), 0) for event in events)
        assert task.updated_at == own[-1].at


@settings(max_examples=30)
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


@settings(max_examples=8)
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
