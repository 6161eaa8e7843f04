"""What is said about a task."""

from typing import Any
from uuid import UUID

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Clash, Conflict, Forbidden, Invalid, NotFound
from tasktracker.domain.events import EventKind, changes_between
from tasktracker.domain.permissions import PROJECT_ROLE_MAY, Permission
from tasktracker.domain.references import TaskRef
from tasktracker.domain.text import clean_body
from tasktracker.models import Comment, Task
from tasktracker.services.command import ProjectCommand, project_command
from tasktracker.services.task_changes import find_task
from tasktracker.services.tasks import Version
from tasktracker.services.views import CommentView


async def add_comment(actor: Actor, ref: TaskRef, body: Any) -> CommentView:
    """Say something about a task. Raises NotFound, Forbidden, Invalid."""
    text = _clean(body)
    async with project_command(actor, ref.key, Permission.COMMENT) as command:
        task = await find_task(command, ref)
        comment = await Comment.create(
            task_id=task.id, author_id=actor.account_id, body=text, created_at=command.at, using_db=command.db
        )
        await _count(command, task, 1)
        command.record(EventKind.COMMENT_ADDED, comment.id, changes_between({}, {"body": text}), task_id=task.id)
    return _view(comment)


async def edit_comment(
    actor: Actor, ref: TaskRef, comment_id: UUID, body: Any, *, version: Version = None
) -> CommentView:
    """Change one's own comment. Raises NotFound, Forbidden, Invalid, Conflict."""
    text = _clean(body)
    async with project_command(actor, ref.key, Permission.COMMENT) as command:
        _, comment = await _comment_of(command, ref, comment_id)
        if comment.author_id != actor.account_id:
            raise Forbidden("edit what somebody else wrote", command.role)
        if version not in (None, "*", comment.version) and comment.body != text:
            raise Conflict(comment.version, {"body": {"yours": text, "theirs": comment.body}})
        if comment.body != text:
            await _rewrite(command, comment, text, EventKind.COMMENT_EDITED, "edited_at")
    return _view(comment)


async def delete_comment(actor: Actor, ref: TaskRef, comment_id: UUID) -> None:
    """Delete one's own comment, or anybody's as a manager. Raises NotFound, Forbidden."""
    async with project_command(actor, ref.key, Permission.COMMENT) as command:
        task, comment = await _comment_of(command, ref, comment_id)
        may_moderate = Permission.MANAGE_PROJECT in PROJECT_ROLE_MAY[command.role]
        if comment.author_id != actor.account_id and not may_moderate:
            raise Forbidden("delete what somebody else wrote", command.role)
        await _rewrite(command, comment, "", EventKind.COMMENT_DELETED, "deleted_at")
        await _count(command, task, -1)


async def _rewrite(command: ProjectCommand, comment: Comment, text: str, kind: EventKind, stamp: str) -> None:
    changes = changes_between({"body": comment.body}, {"body": text})
    comment.body = text
    comment.version += 1
    setattr(comment, stamp, command.at)
    await comment.save(using_db=command.db)
    command.record(kind, comment.id, changes, task_id=comment.task_id, version=comment.version)


async def _comment_of(command: ProjectCommand, ref: TaskRef, comment_id: UUID) -> tuple[Task, Comment]:
    task = await find_task(command, ref)
    comment = await Comment.filter(id=comment_id, task_id=task.id).using_db(command.db).first()
    if comment is None:
        raise NotFound("comment", comment_id)
    if comment.deleted_at:
        raise Clash("This comment was deleted.")
    return task, comment


async def _count(command: ProjectCommand, task: Task, step: int) -> None:
    """Keep the task's count of comments. No version step: a comment is no change to the task's own fields."""
    task.comment_count += step
    await task.save(using_db=command.db, update_fields=["comment_count"])


def _clean(body: Any) -> str:
    text = clean_body(body, "/body")
    if not text.strip():
        raise Invalid.at("/body", "Write something before you send it.")
    return text


def _view(comment: Comment) -> CommentView:
    return CommentView(
        id=comment.id,
        author_id=comment.author_id,
        body=comment.body,
        created_at=comment.created_at,
        edited_at=comment.edited_at,
        deleted_at=comment.deleted_at,
        version=comment.version,
    )
