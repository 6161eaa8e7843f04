"""The files at tasks. Their bytes are the business of `services.files`."""

from collections.abc import AsyncIterator
from uuid import UUID

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Clash, Forbidden, NotFound
from tasktracker.domain.events import EventKind
from tasktracker.domain.permissions import PROJECT_ROLE_MAY, Permission
from tasktracker.domain.references import TaskRef
from tasktracker.models import Attachment, Task
from tasktracker.services.command import ProjectCommand, project_command
from tasktracker.services.entities import Entity, Kinds
from tasktracker.services.files import Upload, take_over, uploaded
from tasktracker.services.task_changes import find_task
from tasktracker.services.views import AttachmentView

ATTACHMENT_LIMIT = 100
"""Attachments at one task."""

ATTACHMENT = Entity(
    "attachment",
    Attachment,
    ("name", "media_type", "size", "sha256", "deleted_at"),
    Kinds(EventKind.ATTACHMENT_ADDED, None, EventKind.ATTACHMENT_DELETED),
    permission=Permission.COMMENT,
    of_task=True,
)
"""A deleted one keeps its row and its bytes, so that it can be restored."""


async def add_attachment(actor: Actor, ref: TaskRef, name: str, chunks: AsyncIterator[bytes]) -> AttachmentView:
    """Attach a file to a task. Raises NotFound, Forbidden, Invalid, Clash, TooLarge, StorageUnavailable."""
    async with uploaded(actor, ref, name, chunks) as upload:
        return await attach_upload(actor, ref, upload)


async def attach_upload(actor: Actor, ref: TaskRef, upload: Upload) -> AttachmentView:
    """Attach a file that has been stored already. Raises NotFound, Forbidden, Clash."""
    async with project_command(actor, ref.key, Permission.COMMENT) as command:
        task = await find_task(command, ref)
        await _require_room(command, task)
        await take_over(command, upload)
        attachment = await ATTACHMENT.add(
            command,
            {"name": upload.name, "media_type": upload.media_type, "size": upload.size, "sha256": upload.sha256},
            id=upload.id,
            task_id=task.id,
            uploader_id=actor.account_id,
            width=upload.width,
            height=upload.height,
            created_at=command.at,
        )
        await _count(command, task, 1)
    return _view(attachment)


async def delete_attachment(actor: Actor, ref: TaskRef, attachment_id: UUID) -> None:
    """Delete one's own attachment, or anybody's with the right to change tasks. Raises NotFound, Forbidden, Clash."""
    async with project_command(actor, ref.key, Permission.COMMENT) as command:
        task = await find_task(command, ref)
        attachment = await Attachment.filter(id=attachment_id, task_id=task.id).using_db(command.db).first()
        if attachment is None or attachment.deleted_at:
            raise NotFound("attachment", attachment_id)
        require_may_change(command, attachment)
        await detach(command, task, attachment)


def require_may_change(command: ProjectCommand, attachment: Attachment) -> None:
    """Raise `Forbidden` unless it is the actor's own, or they may change tasks."""
    may_edit = Permission.EDIT_TASKS in PROJECT_ROLE_MAY[command.role]
    if attachment.uploader_id != command.actor.account_id and not may_edit:
        raise Forbidden("delete or restore what somebody else attached", command.role)


async def detach(command: ProjectCommand, task: Task, attachment: Attachment) -> None:
    """Delete the attachment, which can be restored."""
    gone = {"deleted_at": command.at.isoformat()}
    await ATTACHMENT.edit(command, attachment, gone, EventKind.ATTACHMENT_DELETED)
    await _count(command, task, -1)


async def reattach(command: ProjectCommand, task: Task, attachment: Attachment) -> None:
    """Restore an attachment that was deleted. Raises Clash when the task has no room for it."""
    await _require_room(command, task)
    await ATTACHMENT.edit(command, attachment, {"deleted_at": None}, EventKind.ATTACHMENT_RESTORED)
    await _count(command, task, 1)


async def _require_room(command: ProjectCommand, task: Task) -> None:
    if task.attachment_count >= ATTACHMENT_LIMIT:
        ref = TaskRef(command.project.key, task.number)
        raise Clash(f"{ref} has {ATTACHMENT_LIMIT} attachments, and no more fit. Delete one first.")


async def _count(command: ProjectCommand, task: Task, step: int) -> None:
    """Keep the task's count of attachments. No version step: one is no change to the task's own fields."""
    task.attachment_count += step
    await task.save(using_db=command.db, update_fields=["attachment_count"])


def _view(attachment: Attachment) -> AttachmentView:
    return AttachmentView(
        id=attachment.id,
        uploader_id=attachment.uploader_id,
        name=attachment.name,
        media_type=attachment.media_type,
        size=attachment.size,
        sha256=attachment.sha256,
        width=attachment.width,
        height=attachment.height,
        created_at=attachment.created_at,
    )
