"""Ticking items of checklists: one step in the text, on whatever it has become meanwhile.

An item goes by its words (`domain.markdown.Box.item`), so what somebody else does to the rest of the text is neither in
the way nor lost, and no version is needed.
"""

from uuid import UUID

from tasktracker.domain.actor import Actor
from tasktracker.domain.checklists import ticked
from tasktracker.domain.errors import Forbidden
from tasktracker.domain.events import EventKind
from tasktracker.domain.permissions import Permission
from tasktracker.domain.references import TaskRef
from tasktracker.services.command import project_command
from tasktracker.services.comments import comment_view, find_comment, rewrite
from tasktracker.services.task_changes import change_task, find_task, task_view
from tasktracker.services.views import CommentView, TaskView


async def tick_item(actor: Actor, ref: TaskRef, item: str, *, done: bool) -> TaskView:
    """Tick an item of a task's description, or empty its box. Raises NotFound, Forbidden, Clash if it is not there."""
    async with project_command(actor, ref.key, Permission.EDIT_TASKS) as command:
        task = await find_task(command, ref)
        await change_task(command, task, {"description": ticked(task.description, item, done=done)})
        return await task_view(command, task)


async def tick_comment_item(actor: Actor, ref: TaskRef, comment_id: UUID, item: str, *, done: bool) -> CommentView:
    """The same in one's own comment."""
    async with project_command(actor, ref.key, Permission.COMMENT) as command:
        comment = await find_comment(command, ref, comment_id)
        if comment.author_id != actor.account_id:
            raise Forbidden("edit what somebody else wrote", command.role)
        text = ticked(comment.body, item, done=done)
        if text != comment.body:
            await rewrite(command, comment, text, EventKind.COMMENT_EDITED, edited_at=command.at)
        return await comment_view(command, comment)
