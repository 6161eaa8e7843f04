"""Taking tasks back to the project from which a command carried them: both logs tell of it, and both are locked."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tasktracker.domain.events import Change, EventKind
from tasktracker.domain.permissions import Permission
from tasktracker.domain.task_fields import CUSTOM
from tasktracker.models import BoardColumn, Task, TaskAlias
from tasktracker.services.command import ProjectCommand
from tasktracker.services.crossing import NOT_IN_STATE, cross, keep_time, room_in
from tasktracker.services.custom_values import require_custom
from tasktracker.services.gathering import gathered
from tasktracker.services.placing import first_column, place_again
from tasktracker.services.task_checks import require_free_source, require_known
from tasktracker.services.task_state import task_state
from tasktracker.services.undo.blockers import refuse_blocked
from tasktracker.services.undo.checks import require_parent_again
from tasktracker.services.undo.entries import back
from tasktracker.services.undo.taken import Logged, Step, nothing
from tasktracker.services.undo.walk import Half

_OF_ITS_PROJECT = frozenset({"column_id", "position", "parent_id", "label_ids", "trashed_at"})
"""What nobody may have changed since, besides custom fields and whatever the command itself has changed: a task cannot
take it along, or (from the trash) would come back by it."""
_ADDED_TO = frozenset({"watcher_ids", *NOT_IN_STATE})
_NEW_BELOW = "SELECT id FROM task WHERE parent_id = ANY($1::uuid[]) AND id <> ALL($1::uuid[]) LIMIT 1"
_MEANT = """
    SELECT change ->> 'old' AS category FROM event e, jsonb_array_elements(e.changes) change
    WHERE e.log_id = $1 AND e.revision > $2 AND e.subject_id = $3 AND e.kind = 'ColumnDeleted'
      AND change ->> 'field' = 'category'
    ORDER BY e.revision DESC LIMIT 1
"""


class WayBack:
    """Tasks that are in one project (`there`), and were in another one (`home`) before the command."""

    def __init__(self, there: Half, home: Half) -> None:
        self._there, self._there_events = there.command, there.events
        self._home = home.command
        self._left = home.of_kind(EventKind.TASK_LEFT)
        self._arrived = {event.subject_id: event for event in there.of_kind(EventKind.TASK_ARRIVED)}
        self._is_done = False
        keep_time(self._there, self._home)

    def steps(self) -> dict[EventKind, Step]:
        """How the two kinds of events are taken back, those at home first."""
        return {
            EventKind.TASK_LEFT: Step(self._take_back, Permission.EDIT_TASKS),
            EventKind.TASK_ARRIVED: Step(nothing, Permission.EDIT_TASKS),
        }

    async def _take_back(self, _command: ProjectCommand, _event: Logged) -> None:
        """All of them, each after its parent, as soon as one is asked for."""
        if self._is_done:
            return
        self._is_done = True
        await self._refuse_new_below()
        numbers = [event.new["number"] for event in self._arrived.values()]
        async with gathered(self._there, numbers), gathered(self._home):
            aliases = [await self._carry_back(left, self._arrived[left.subject_id]) for left in self._left]
        await self._rename(aliases)

    async def _rename(self, aliases: list[TaskAlias]) -> None:
        """The tasks have their old names again, and those of the other project lead to them."""
        numbers = [left.old["number"] for left in self._left]
        again = TaskAlias.filter(project_id=self._home.project.id, number__in=numbers)
        await again.using_db(self._home.db).delete()
        await TaskAlias.bulk_create(aliases, using_db=self._home.db)

    async def _refuse_new_below(self) -> None:
        """A subtask that they got since would stay behind."""
        rows = await self._there.db.execute_query_dict(_NEW_BELOW, [[*self._arrived]])
        for row in rows:
            await refuse_blocked(self._there, self._there_events, row["id"], ["parent_id"])

    async def _carry_back(self, left: Logged, arrived: Logged) -> TaskAlias:
        task = await self._there.rows.find(arrived.new["number"])
        if task is None:
            return await refuse_blocked(self._there, self._there_events, left.subject_id, ["number"])
        state = task_state(task)
        ours = _ours(left, arrived, state)
        if differing := [field for field in ours if state.get(field) != arrived.new.get(field)]:
            await refuse_blocked(self._there, self._there_events, task.id, differing)
        fields = {field: left.old.get(field) for field in ours}
        watchers = Change("watcher_ids", left.old["watcher_ids"], arrived.new["watcher_ids"])
        fields["watcher_ids"] = back(watchers, state["watcher_ids"])
        await self._require_possible(task, state | fields)
        column, is_another = await self._column(left)
        fields["column_id"] = str(column.id)
        number: int = left.old["number"]
        fields["position"] = await room_in(self._home, column, task, number)
        if not is_another:
            fields["position"] = await place_again(self._home, column, left.old["position"], number)
        return await cross(self._there, self._home, task, number, fields, column if is_another else None)

    async def _require_possible(self, task: Task, state: Mapping[str, Any]) -> None:
        """What the task names must be known at home; its parent there, unless that comes along."""
        await require_known(self._home, {field: state[field] for field in ("assignee_ids", "label_ids")})
        await require_custom(self._home, state)
        outside = {field: state[field] for field in ("external_source", "external_id")}
        await require_free_source(self._home, outside, task)
        if state["parent_id"] and UUID(state["parent_id"]) not in self._arrived:
            await require_parent_again(self._home, state["parent_id"], task)

    async def _column(self, left: Logged) -> tuple[BoardColumn, bool]:
        """The old column; or, if that is gone, the first that means the same, or the one for new tasks, and True."""
        columns = await self._home.rows.columns()
        for column in columns:
            if str(column.id) == left.old["column_id"]:
                return column, False
        values = [self._home.project.id, left.revision, left.old["column_id"]]
        rows = await self._home.db.execute_query_dict(_MEANT, values)
        meant = [column for column in columns if rows and column.category == rows[0]["category"]]
        return (meant[0] if meant else await first_column(self._home)), True


def _ours(left: Logged, arrived: Logged, state: Mapping[str, Any]) -> set[str]:
    """The fields that get their old values: those that the command changed, and those that only mean something here."""
    told = left.old.keys() | arrived.new.keys()
    changed = {field for field in told if left.old.get(field) != arrived.new.get(field)}
    custom = {field for field in {*told, *state} if field.startswith(CUSTOM)}
    return (changed | custom | _OF_ITS_PROJECT) - _ADDED_TO
