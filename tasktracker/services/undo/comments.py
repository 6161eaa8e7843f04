"""Taking back what was said."""

from collections.abc import Sequence

from tasktracker.domain.errors import Forbidden
from tasktracker.domain.events import EventKind
from tasktracker.domain.permissions import PROJECT_ROLE_MAY, Permission
from tasktracker.models import Comment
from tasktracker.services.command import ProjectCommand
from tasktracker.services.comments import rewrite
from tasktracker.services.reactions import save_reactions
from tasktracker.services.undo.taken import Logged, TakeBack


async def _take_back_added(command: ProjectCommand, event: Logged) -> Sequence[str] | None:
    comment = await _comment(command, event)
    if comment is None or comment.deleted_at or comment.body != event.new["body"]:
        return []
    await rewrite(command, comment, "", EventKind.COMMENT_DELETED, deleted_at=command.at)
    return None


async def _take_back_edited(command: ProjectCommand, event: Logged) -> Sequence[str] | None:
    comment = await _comment(command, event)
    if comment is None or comment.deleted_at or comment.body != event.new["body"]:
        return ["body"]
    await rewrite(command, comment, event.old["body"], EventKind.COMMENT_EDITED, edited_at=command.at)
    return None


async def _take_back_deleted(command: ProjectCommand, event: Logged) -> Sequence[str] | None:
    comment = await _comment(command, event)
    if comment is None or not comment.deleted_at:
        return []
    await rewrite(command, comment, event.old["body"], EventKind.COMMENT_RESTORED, deleted_at=None)
    return None


async def _take_back_reaction(command: ProjectCommand, event: Logged) -> Sequence[str] | None:
    comment = await Comment.filter(id=event.subject_id).using_db(command.db).first()
    if comment is None or comment.reactions != event.new["reactions"]:
        return ["reactions"]
    await save_reactions(command, comment, event.old["reactions"])
    return None


async def _comment(command: ProjectCommand, event: Logged) -> Comment | None:
    found = Comment.filter(id=event.subject_id, task__project_id=command.project.id)
    comment = await found.using_db(command.db).first()
    may_moderate = Permission.MANAGE_PROJECT in PROJECT_ROLE_MAY[command.role]
    if comment is not None and comment.author_id != command.actor.account_id and not may_moderate:
        raise Forbidden("take back what somebody else wrote", command.role)
    return comment


STEPS: dict[EventKind, TakeBack] = {
    EventKind.COMMENT_ADDED: _take_back_added,
    EventKind.COMMENT_RESTORED: _take_back_added,
    EventKind.COMMENT_EDITED: _take_back_edited,
    EventKind.COMMENT_DELETED: _take_back_deleted,
    EventKind.COMMENT_REACTED: _take_back_reaction,
}
