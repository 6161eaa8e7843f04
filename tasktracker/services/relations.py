"""How tasks stand to each other: one blocks another, is its duplicate, or has to do with it.

A relation is kept on both tasks, and both tell of it in their history.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Clash, Invalid
from tasktracker.domain.permissions import Permission
from tasktracker.domain.references import TaskRef
from tasktracker.domain.task_fields import LIST_LIMIT, RELATIONS
from tasktracker.domain.text import one_of
from tasktracker.models import Task
from tasktracker.services.command import ProjectCommand
from tasktracker.services.task_changes import change_task, find_task, task_view
from tasktracker.services.two_projects import two_projects_command
from tasktracker.services.views import TaskView

_RELATIONS_LOCK = 0x72656C
"""Advisory lock, one for each workspace: two commands in different projects could each close half of a circle. It is
the last lock that a command takes, so that whoever holds it waits for nobody."""
_LOCK = "SELECT pg_advisory_xact_lock($1::int, hashtext($2::text))"
_REACHES = """
    WITH RECURSIVE reached AS (
        SELECT $1::uuid AS id
        UNION SELECT next.id FROM reached JOIN task t ON t.id = reached.id CROSS JOIN unnest(t.{field}) AS next(id))
    SELECT EXISTS (SELECT FROM reached WHERE id = $2) AS found
"""
_WITHOUT_CIRCLES = ("blocks", "duplicates")


@dataclass(frozen=True)
class _End:
    """One of the two tasks, and how it stands to the other."""

    command: ProjectCommand
    ref: TaskRef
    task: Task
    kind: str

    @property
    def field(self) -> str:
        return f"{self.kind}_ids"

    @property
    def ids(self) -> list[str]:
        return [str(each) for each in getattr(self.task, self.field)]

    async def set(self, ids: list[str]) -> None:
        await change_task(self.command, self.task, {self.field: ids})


async def relate(actor: Actor, ref: TaskRef, kind: Any, other: TaskRef) -> TaskView:
    """Let the task stand to the other as `kind` says (a key of RELATIONS); once it does, nothing changes.

    Tasks of two projects of the workspace too, if the actor may change tasks in both. Raises NotFound, Forbidden,
    Invalid for a task and itself, Clash for a circle or one relation too many.
    """
    kind = _clean(ref, kind, other)
    async with two_projects_command(actor, ref.key, other.key, Permission.EDIT_TASKS) as commands:
        one, two = await _ends(commands, ref, kind, other)
        await _join(one, two)
        return await task_view(one.command, one.task)


async def relate_in(command: ProjectCommand, task: Task, kind: str, other: Task) -> None:
    """The same inside a command, for two tasks of its project. Raises Invalid, Clash."""
    refs = [TaskRef(command.project.key, each.number) for each in (task, other)]
    kind = _clean(refs[0], kind, refs[1])
    await _join(_End(command, refs[0], task, kind), _End(command, refs[1], other, RELATIONS[kind]))


async def unrelate(actor: Actor, ref: TaskRef, kind: Any, other: TaskRef) -> TaskView:
    """Take the relation back; where there is none, nothing changes. Raises NotFound, Forbidden, Invalid."""
    kind = _clean(ref, kind, other)
    async with two_projects_command(actor, ref.key, other.key, Permission.EDIT_TASKS) as commands:
        one, two = await _ends(commands, ref, kind, other)
        for end, far in ((one, two), (two, one)):
            await end.set([each for each in end.ids if each != str(far.task.id)])
        return await task_view(one.command, one.task)


async def require_relatable(command: ProjectCommand, task: Task, fields: Mapping[str, Any]) -> None:
    """Raise Clash for relations (fields of the log) that would close a circle, or are too many, by now."""
    for kind in RELATIONS:
        ids = fields.get(f"{kind}_ids", [])
        if len(ids) > LIST_LIMIT:
            raise Clash(f"No more than {LIST_LIMIT} relations of a kind fit on one task.")
        for other in {UUID(each) for each in ids} - {*getattr(task, f"{kind}_ids")}:
            if await _closes_circle(command, kind, task.id, other):
                raise Clash("The relation would close a circle by now.")


def _clean(ref: TaskRef, kind: Any, other: TaskRef) -> str:
    if ref == other:
        raise Invalid.at("/path/other", f"{ref} cannot be related to itself. Name another task.")
    return one_of(kind, "/path/kind", tuple(RELATIONS))


async def _ends(
    commands: tuple[ProjectCommand, ProjectCommand], ref: TaskRef, kind: str, other: TaskRef
) -> tuple[_End, _End]:
    here, there = commands
    one = _End(here, ref, await find_task(here, ref), kind)
    return one, _End(there, other, await find_task(there, other), RELATIONS[kind])


async def _join(one: _End, two: _End) -> None:
    if str(two.task.id) in one.ids:
        return
    await _require_no_circle(one, two)
    for end, far in ((one, two), (two, one)):
        _require_room(end)
        await end.set([*end.ids, str(far.task.id)])


async def _require_no_circle(one: _End, two: _End) -> None:
    """Refuse a task that would come, step by step, to block itself or to be its own duplicate."""
    if await _closes_circle(one.command, one.kind, one.task.id, two.task.id):
        start, end = (one, two) if one.kind in _WITHOUT_CIRCLES else (two, one)
        verb = {"blocks": "blocks", "duplicates": "is a duplicate of"}[start.kind]
        raise Clash(f"{end.ref} {verb} {start.ref} already, directly or through others; it would be a circle.")


async def _closes_circle(command: ProjectCommand, kind: str, task_id: UUID, other_id: UUID) -> bool:
    """Whether there is a way back already from the other task, if `kind` may not lead in circles."""
    if kind not in _WITHOUT_CIRCLES:
        kind, task_id, other_id = RELATIONS[kind], other_id, task_id
    if kind not in _WITHOUT_CIRCLES:
        return False
    await command.db.execute_query_dict(_LOCK, [_RELATIONS_LOCK, str(command.actor.workspace_id)])
    rows = await command.db.execute_query_dict(_REACHES.format(field=f"{kind}_ids"), [other_id, task_id])
    return bool(rows[0]["found"])


def _require_room(end: _End) -> None:
    if len(end.ids) >= LIST_LIMIT:
        kind = end.kind.replace("_", " ")
        raise Clash(f"{end.ref} has {LIST_LIMIT} relations “{kind}” already, and no more fit. Take one away first.")
