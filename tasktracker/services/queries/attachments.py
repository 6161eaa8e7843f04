"""Reading what is attached to tasks."""

from uuid import UUID

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import NotFound
from tasktracker.domain.references import TaskRef
from tasktracker.services.access import read_in_project
from tasktracker.services.queries.rows import rows_of
from tasktracker.services.views import AttachmentView

_TASK = "SELECT t.id FROM task t WHERE t.project_id = access.id AND t.number = $5"
_ATTACHMENTS = f"""EXISTS ({_TASK}) AS found, (SELECT coalesce(json_agg(a ORDER BY a.created_at, a.id), '[]') FROM (
    SELECT id, uploader_id, name, media_type, size, sha256, width, height, created_at FROM attachment
    WHERE task_id = ({_TASK}) AND deleted_at IS NULL AND ($6::uuid IS NULL OR id = $6)) a)::text AS items"""


async def list_attachments(actor: Actor, ref: TaskRef) -> list[AttachmentView]:
    """The files at a task, oldest first. Raises NotFound."""
    return await _read(actor, ref, None)


async def get_attachment(actor: Actor, ref: TaskRef, attachment_id: UUID) -> AttachmentView:
    """One of the files at a task. Raises NotFound."""
    for attachment in await _read(actor, ref, attachment_id):
        return attachment
    raise NotFound("attachment", attachment_id)


async def _read(actor: Actor, ref: TaskRef, attachment_id: UUID | None) -> list[AttachmentView]:
    row = await read_in_project(actor, ref.key, _ATTACHMENTS, ref.number, attachment_id)
    if not row["found"]:
        raise NotFound("task", ref)
    return [AttachmentView(**each) for each in rows_of(row["items"])]
