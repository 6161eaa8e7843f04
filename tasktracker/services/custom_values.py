"""The values of custom fields that a task is to have, checked against what its project has defined."""

from collections.abc import Mapping
from typing import Any

from tasktracker.domain.errors import Problem, pointer_to
from tasktracker.domain.task_fields import CUSTOM
from tasktracker.domain.text import gather
from tasktracker.models import CustomField
from tasktracker.services.command import ProjectCommand


async def custom_changes(command: ProjectCommand, raw: Mapping[str, Any]) -> dict[str, Any]:
    """The values by the names that the log gives them (`custom.severity`). Raises Invalid, pointing at each."""
    rows = await CustomField.filter(project_id=command.project.id).using_db(command.db)
    known = {row.key for row in rows}
    gather(
        [
            Problem(pointer_to("custom", key), f"This project has no custom field “{key}”; it has {_names(known)}.")
            for key in raw
            if key not in known
        ]
    )
    return {CUSTOM + key: value for key, value in raw.items()}


def _names(known: set[str]) -> str:
    return ", ".join(sorted(known)) or "none"
