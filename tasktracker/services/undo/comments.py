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


async def _take_back_reacted(command: ProjectCommand, event: Logged) -> Sequence[str] | None:
    comment = await command.comments.find(event.subject_id)
    if comment is None or comment.deleted_at:
        return []
    if str(comment.id) in event.going:
        return None  # it goes with the comment, whoever gave it
    old, new = event.old["reactions"], event.new["reactions"]
    back = dict(comment.reactions)
    for emoji in {**old, **new}:
        for who in {*old.get(emoji, [])} ^ {*new.get(emoji, [])}:
            if who != str(command.actor.account_id):
                raise Forbidden("take back how somebody else reacted", command.role)
            given = back.pop(emoji, [])
            if (who in given) != (who in new.get(emoji, [])):
                return ["reactions"]
            if left := [each for each in given if each != who] + [who] * (who not in given):
                back[emoji] = left
    await save_reactions(command, comment, old if comment.reactions == new else back)
    return None


async def _comment(command: ProjectCommand, event: Logged) -> Comment | None:
    comment = await command.comments.find(event.subject_id)
    may_moderate = Permission.MANAGE_PROJECT in PROJECT_ROLE_MAY[command.role]
    if comment is not None and comment.author_id != command.actor.account_id and not may_moderate:
        raise Forbidden("take back what somebody else wrote", command.role)
    return comment


STEPS: dict[EventKind, TakeBack] = {
    EventKind.COMMENT_ADDED: _take_back_added,
    EventKind.COMMENT_RESTORED: _take_back_added,
    EventKind.COMMENT_EDITED: _take_back_edited,
    EventKind.COMMENT_DELETED: _take_back_deleted,
    EventKind.COMMENT_REACTED: _take_back_reacted,
}
