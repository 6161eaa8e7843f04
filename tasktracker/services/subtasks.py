"""A task and everything below it."""

from tasktracker.models import Task
from tasktracker.services.command import ProjectCommand

_TREE = """
    WITH RECURSIVE tree AS (
        SELECT t.id, t.number, 1 AS level FROM task t WHERE t.id = $1
        UNION ALL SELECT t.id, t.number, tree.level + 1 FROM task t JOIN tree ON t.parent_id = tree.id
            WHERE $2 OR (t.archived_at IS NULL AND t.trashed_at IS NULL))
    SELECT number FROM tree ORDER BY level, number
"""


async def numbers_below(command: ProjectCommand, task: Task, *, put_away: bool) -> list[int]:
    """The numbers of the task itself and of its subtasks all the way down, each after its parent.

    Those in the archive or the trash count only if `put_away`; without it, what hangs on them is left out too.
    """
    rows = await command.db.execute_query_dict(_TREE, [task.id, put_away])
    return [row["number"] for row in rows]
