"""What is said about a task."""

from datetime import datetime
from typing import Any
from uuid import UUID

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Clash, Forbidden, Invalid, NotFound
from tasktracker.domain.events import EventKind, changes_between
from tasktracker.domain.permissions import PROJECT_ROLE_MAY, Permission
from tasktracker.domain.references import TaskRef
from tasktracker.domain.task_operations import Version
from tasktracker.domain.text import clean_body
from tasktracker.models import Comment, Task
from tasktracker.services.command import ProjectCommand, project_command
from tasktracker.services.merge import refuse_conflict
from tasktracker.services.queries.comment_json import COMMENT
from tasktracker.services.queries.rows import rows_of
from tasktracker.services.task_changes import find_task
from tasktracker.services.views import CommentView
from tasktracker.services.watchers import add_watcher

_CHANGED = (
    f"SELECT json_build_array({COMMENT})::text AS comments FROM comment c, project cp WHERE c.id = $1 AND cp.id = $2"
)


async def add_comment(actor: Actor, ref: TaskRef, body: Any) -> CommentView:
    """Say something about a task, and watch it from now on. Raises NotFound, Forbidden, Invalid."""
    text = _clean(body)
    async with project_command(actor, ref.key, Permission.COMMENT) as command:
        comment = await say(command, await find_task(command, ref), text)
        return await comment_view(command, comment)


async def say(command: ProjectCommand, task: Task, text: str) -> Comment:
    """Say it about the task as the command's actor, who watches the task from now on."""
    author_id = command.actor.account_id
    comment = await Comment.create(
        task_id=task.id, author_id=author_id, body=text, created_at=command.at, using_db=command.db
    )
    await command.comments.count(task.id, 1)
    command.record(EventKind.COMMENT_ADDED, comment.id, changes_between({}, {"body": text}), task_id=task.id)
    await add_watcher(command, task, author_id)
    return comment


async def edit_comment(
    actor: Actor, ref: TaskRef, comment_id: UUID, body: Any, *, version: Version = None
) -> CommentView:
    """Change one's own comment. Raises NotFound, Forbidden, Invalid, Conflict."""
    text = _clean(body)
    async with project_command(actor, ref.key, Permission.COMMENT) as command:
        comment = await find_comment(command, ref, comment_id)
        if comment.author_id != actor.account_id:
            raise Forbidden("edit what somebody else wrote", command.role)
        state, wanted = _state(comment), {"body": text}
        await refuse_conflict(command, comment.id, comment.version, state, wanted, version, task_id=comment.task_id)
        if comment.body != text:
            await rewrite(command, comment, text, EventKind.COMMENT_EDITED, edited_at=command.at)
        return await comment_view(command, comment)


async def delete_comment(actor: Actor, ref: TaskRef, comment_id: UUID) -> None:
    """Delete one's own comment, or anybody's as a manager. Raises NotFound, Forbidden."""
    async with project_command(actor, ref.key, Permission.COMMENT) as command:
        comment = await find_comment(command, ref, comment_id)
        may_moderate = Permission.MANAGE_PROJECT in PROJECT_ROLE_MAY[command.role]
        if comment.author_id != actor.account_id and not may_moderate:
            raise Forbidden("delete what somebody else wrote", command.role)
        await rewrite(command, comment, "", EventKind.COMMENT_DELETED, deleted_at=command.at)


async def rewrite(
    command: ProjectCommand, comment: Comment, text: str, kind: EventKind, **stamps: datetime | None
) -> None:
    """Give a comment another text, and say so; `deleted_at` takes it out of its task's count, or puts it back."""
    before = _state(comment)
    comment.body = text
    for stamp, at in stamps.items():
        setattr(comment, stamp, at)
    comment.version += 1
    await command.comments.save(comment)
    if step := bool(before["deleted_at"]) - bool(comment.deleted_at):
        await command.comments.count(comment.task_id, step)
    changes = changes_between(before, _state(comment))
    command.record(kind, comment.id, changes, task_id=comment.task_id, version=comment.version)


def _state(comment: Comment) -> dict[str, Any]:
    return {"body": comment.body, "deleted_at": comment.deleted_at and comment.deleted_at.isoformat()}


async def find_comment(command: ProjectCommand, ref: TaskRef, comment_id: UUID) -> Comment:
    """What was said about the task, to be changed by the command. Raises NotFound, Clash if it was deleted."""
    task = await find_task(command, ref)
    comment = await Comment.filter(id=comment_id, task_id=task.id).using_db(command.db).first()
    if comment is None:
        raise NotFound("comment", comment_id)
    if comment.deleted_at:
        raise Clash("This comment was deleted.")
    return comment


async def comment_view(command: ProjectCommand, comment: Comment) -> CommentView:
    """A comment as the command leaves it."""
    rows = await command.db.execute_query_dict(_CHANGED, [comment.id, command.project.id])
    return CommentView.of(rows_of(rows[0]["comments"])[0])


def _clean(body: Any) -> str:
    text = clean_body(body, "/body")
    if not text.strip():
        raise Invalid.at("/body", "Write something before you send it.")
    return text
