"""The workspace itself."""

from collections.abc import Mapping
from typing import Any

from tasktracker.domain.actor import Actor
from tasktracker.domain.events import EventKind, changes_between
from tasktracker.domain.permissions import Permission
from tasktracker.domain.text import Cleaner, clean_fields, line_of
from tasktracker.services.command import workspace_command

_CLEANERS: dict[str, Cleaner] = {"name": line_of(100)}


async def edit_workspace(actor: Actor, raw: Mapping[str, Any]) -> None:
    """Set the workspace's `name`. Raises NotSignedIn, Forbidden, Invalid."""
    fields = clean_fields("workspace", raw, _CLEANERS)
    async with workspace_command(actor, Permission.MANAGE_WORKSPACE) as command:
        changes = changes_between({field: getattr(command.workspace, field) for field in fields}, fields)
        if changes:
            await command.workspace.update_from_dict(fields).save(using_db=command.db, update_fields=list(fields))
            command.record(EventKind.WORKSPACE_EDITED, command.workspace.id, changes)
