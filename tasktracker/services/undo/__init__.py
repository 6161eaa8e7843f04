"""Undo: a command that takes another one back, whatever it was and however many things it changed.

Its events are walked backwards, and each field is put back to what it was, if it still is what the command made it.
Where somebody has changed it since, nothing at all is taken back, and the refusal names what stands in the way. An
undo is a command like any other, so it can be undone too.
"""

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import CannotUndo
from tasktracker.domain.events import EventKind
from tasktracker.domain.permissions import Permission
from tasktracker.services.command import project_command
from tasktracker.services.two_projects import two_projects_command
from tasktracker.services.undo.blockers import own_last
from tasktracker.services.undo.other_side import other_side
from tasktracker.services.undo.steps import STEPS
from tasktracker.services.undo.transfers import WayBack
from tasktracker.services.undo.walk import Half, UndoView

__all__ = ["UndoView", "undo_command", "undo_last"]


async def undo_command(actor: Actor, key: str, revision: int) -> UndoView:
    """Take back the whole command that the event of that revision belongs to, in both logs if it was in two.

    Raises NotFound, Forbidden, CannotUndo, ColumnFull, Clash.
    """
    other = await other_side(actor, key, revision)
    if other is None:
        async with project_command(actor, key, Permission.VIEW, archived=True) as command:
            return await (await Half.of(command, revision)).take_back(STEPS)
    async with two_projects_command(actor, key, other.key, Permission.EDIT_TASKS) as (command, elsewhere):
        here, there = await Half.of(command, revision), await Half.of(elsewhere, other.revision)
        # Tasks that were carried go back first: then nobody there uses any more what they had got there.
        first, second = sorted((here, there), key=_was_there)
        steps = STEPS | WayBack(there=second, home=first).steps() if first.of_kind(EventKind.TASK_LEFT) else STEPS
        views = {half.command.project.id: await half.take_back(steps) for half in (first, second)}
        return views[command.project.id]


async def undo_last(actor: Actor, key: str) -> UndoView:
    """Take back the asker's own latest command in the project that is not undone yet. Raises as `undo_command`."""
    revision = await own_last(actor, key)
    if revision is None:
        raise CannotUndo("You have changed nothing in this project that could be undone.")
    return await undo_command(actor, key, revision)


def _was_there(half: Half) -> bool:
    return not half.of_kind(EventKind.TASK_LEFT)
