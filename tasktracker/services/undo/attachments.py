"""Taking back what was done to the files at a task."""

from collections.abc import Sequence

from tasktracker.domain.errors import Clash
from tasktracker.domain.events import EventKind
from tasktracker.models import Attachment
from tasktracker.services.attachments import detach, reattach, require_may_change
from tasktracker.services.command import ProjectCommand
from tasktracker.services.undo.taken import Logged, TakeBack


async def _take_back_added(command: ProjectCommand, event: Logged) -> Sequence[str] | None:
    attachment = await _attachment(command, event)
    if attachment is None or attachment.deleted_at:
        return []
    await detach(command, attachment.task, attachment)
    return None


async def _take_back_deleted(command: ProjectCommand, event: Logged) -> Sequence[str] | None:
    attachment = await _attachment(command, event)
    if attachment is None or not attachment.deleted_at:
        return []
    await reattach(command, attachment.task, attachment)
    return None


async def _attachment(command: ProjectCommand, event: Logged) -> Attachment | None:
    """With its task. Raises Clash for one in the trash, Forbidden."""
    found = Attachment.filter(id=event.subject_id, task__project_id=command.project.id)
    attachment = await found.using_db(command.db).select_related("task").first()
    if attachment is None:
        return None
    require_may_change(command, attachment)
    if attachment.task.trashed_at:
        raise Clash(f"{command.project.key}-{attachment.task.number} is in the trash. Restore it first.")
    return attachment


STEPS: dict[EventKind, TakeBack] = {
    EventKind.ATTACHMENT_ADDED: _take_back_added,
    EventKind.ATTACHMENT_RESTORED: _take_back_added,
    EventKind.ATTACHMENT_DELETED: _take_back_deleted,
}
