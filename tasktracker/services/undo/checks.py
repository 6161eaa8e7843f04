"""Whether a task may have again what it had: others have gone on meanwhile."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tasktracker.domain.errors import Clash
from tasktracker.models import Task
from tasktracker.services.command import ProjectCommand
from tasktracker.services.custom_values import require_custom
from tasktracker.services.relations import require_relatable
from tasktracker.services.task_checks import require_free_source, require_known, require_parent


async def require_possible(command: ProjectCommand, task: Task, old: Mapping[str, Any]) -> None:
    """What the old fields name must still be there, and values still fit; relations and the outside id what came since.

    Raises Invalid, Clash.
    """
    await require_known(command, old)
    await require_custom(command, old)
    await require_relatable(command, task, old)
    await require_free_source(command, old, task)
    if old.get("parent_id"):
        await require_parent_again(command, old["parent_id"], task)


async def require_parent_again(command: ProjectCommand, parent_id: str, task: Task) -> None:
    """The old parent must still be in the project, and not thrown away, nor below the task. Raises Invalid, Clash."""
    parent = await command.rows.with_id(UUID(parent_id))
    if parent is None:
        raise Clash(f"The task above it is not in {command.project.key} any more.")
    await require_parent(command, parent.number, task)
