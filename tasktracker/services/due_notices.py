"""Telling the people of a task that it is due."""

from uuid import UUID

from tasktracker.domain.events import EventKind
from tasktracker.services.command import ProjectCommand
from tasktracker.services.due_times import DUE_MOMENT, IS_OPEN, IS_SEEN, PEOPLE_OF
from tasktracker.services.duty import Duty, later_than
from tasktracker.services.inboxes import tell_at_once

_DUE = """
    SELECT t.id, t.project_id, p.workspace_id, t.created_by_id AS account_id FROM due_notice n
    JOIN task t ON t.id = n.task_id JOIN project p ON p.id = t.project_id AND p.archived_at IS NULL
    WHERE n.tell_at <= $1 ORDER BY n.tell_at LIMIT $2
"""
_LOOK = f"""
    WITH of_one AS (
        SELECT a.id, {DUE_MOMENT} AS moment, a.id = ANY({PEOPLE_OF}) AND {IS_SEEN} AS is_told
        FROM task t JOIN account a ON a.id = ANY({PEOPLE_OF} || t.created_by_id)
        WHERE t.id = $1),
    come AS (SELECT of_one.id, of_one.is_told FROM of_one JOIN due_notice n ON n.task_id = $1
        WHERE of_one.moment > n.told_at AND of_one.moment <= $2)
    SELECT n.revision, t.version, {IS_OPEN} AS is_open, (SELECT min(moment) FROM of_one WHERE moment > $2) AS tell_at,
        EXISTS (SELECT FROM come) AS has_come, ARRAY(SELECT come.id FROM come WHERE come.is_told) AS people
    FROM due_notice n JOIN task t ON t.id = n.task_id JOIN board_column c ON c.id = t.column_id
    WHERE n.task_id = $1 AND n.tell_at <= $2 AND t.project_id = $3
"""
_MARK = "UPDATE due_notice SET tell_at = $2, told_at = $3, revision = $4 WHERE task_id = $1"
_PUT_OFF = f"""
    UPDATE due_notice SET tell_at = {later_than("coalesce(t.due_at, (t.due_on + time '09:00') AT TIME ZONE 'UTC')")}
    FROM task t WHERE t.id = $1 AND due_notice.task_id = t.id
"""


async def tell_due(command: ProjectCommand, task_id: UUID) -> None:
    """Tell everybody of the task whose moment has come, and note when the next of them is to be told.

    The first time for a due time, the log says that the task fell due. The moment of a task that is done, cancelled,
    archived or in the trash passes in silence.
    """
    rows = await command.db.execute_query_dict(_LOOK, [task_id, command.at, command.project.id])
    if not rows:
        return
    found = rows[0]
    revision = found["revision"]
    if found["is_open"] and found["has_come"]:
        if revision is None:
            revision = command.next_revision
            command.record(EventKind.TASK_FELL_DUE, task_id, task_id=task_id, version=found["version"])
        await tell_at_once(command, found["people"], task_id, revision, "due")
    await command.db.execute_query(_MARK, [task_id, found["tell_at"], command.at, revision])


DUE_NOTICES = Duty("due notices", _DUE, tell_due, _PUT_OFF)
