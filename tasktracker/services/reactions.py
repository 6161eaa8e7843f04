"""What people answer a comment with, when an emoji says it all."""

from typing import Any
from uuid import UUID

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Clash
from tasktracker.domain.events import EventKind, changes_between
from tasktracker.domain.permissions import Permission
from tasktracker.domain.reactions import KINDS_LIMIT, clean_emoji
from tasktracker.domain.references import TaskRef
from tasktracker.models import Comment
from tasktracker.services.command import ProjectCommand, project_command
from tasktracker.services.comments import comment_view, find_comment
from tasktracker.services.views import CommentView


async def react(actor: Actor, ref: TaskRef, comment_id: UUID, emoji: Any) -> CommentView:
    """Answer a comment with an emoji, once. Raises NotFound, Forbidden, Invalid, Clash for a 21st kind."""
    wanted = clean_emoji(emoji, "/path/emoji")
    async with project_command(actor, ref.key, Permission.COMMENT) as command:
        comment = await find_comment(command, ref, comment_id)
        given = comment.reactions.get(wanted, [])
        if not given and len(comment.reactions) >= KINDS_LIMIT:
            raise Clash(f"This comment has {KINDS_LIMIT} different reactions, and no more fit. Join one of them.")
        if str(actor.account_id) not in given:
            await save_reactions(command, comment, {**comment.reactions, wanted: [*given, str(actor.account_id)]})
        return await comment_view(command, comment)


async def take_back(actor: Actor, ref: TaskRef, comment_id: UUID, emoji: Any) -> CommentView:
    """Take one's own emoji off a comment; where there is none, nothing changes. Raises NotFound, Forbidden, Invalid."""
    wanted = clean_emoji(emoji, "/path/emoji")
    async with project_command(actor, ref.key, Permission.COMMENT) as command:
        comment = await find_comment(command, ref, comment_id)
        left = [each for each in comment.reactions.get(wanted, []) if each != str(actor.account_id)]
        others = {kind: given for kind, given in comment.reactions.items() if kind != wanted}
        await save_reactions(command, comment, {**others, wanted: left} if left else others)
        return await comment_view(command, comment)


async def save_reactions(command: ProjectCommand, comment: Comment, reactions: dict[str, list[str]]) -> None:
    """Keep what was given by whom, and say so if that is a change.

    No version step: a reaction is no change of what the comment says, and must not refuse its author's edit.
    """
    changes = changes_between({"reactions": comment.reactions}, {"reactions": reactions})
    if changes:
        comment.reactions = reactions
        await command.comments.save(comment)
        command.record(EventKind.COMMENT_REACTED, comment.id, changes, task_id=comment.task_id, version=comment.version)
