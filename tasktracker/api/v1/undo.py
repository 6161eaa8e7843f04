"""Taking back what was done."""

from typing import Annotated

from fastapi import Path

from tasktracker.api.deps import Key, SignedIn
from tasktracker.api.describe import answers
from tasktracker.api.problems import CANNOT_UNDO, CLASH, COLUMN_FULL, NOT_FOUND
from tasktracker.api.routing import api_router
from tasktracker.services import undo
from tasktracker.services.undo import UndoView

router = api_router("Undo")
_EXAMPLE = {"undone": 41, "command": 44}


@router.post(
    "/projects/{key:segment}/events/{revision:segment}:undo",
    summary="Undo a command",
    responses=answers(_EXAMPLE, NOT_FOUND, CLASH, CANNOT_UNDO, COLUMN_FULL),
)
async def undo_command(
    key: Key,
    revision: Annotated[int, Path(ge=1, le=2**63 - 1, description="Of any event of the command.", examples=[41])],
    actor: SignedIn,
) -> UndoView:
    """Takes back everything that one command did: one edit, or a bulk call, an import, a rule with all their changes.

    What it did in two projects, such as carrying a task from one to the other, is taken back in both, from either of
    them. It is refused where later changes would be lost, and names them. Undo the undo to have it again.
    """
    return await undo.undo_command(actor, key, revision)


@router.post(
    "/projects/{key:segment}:undo",
    summary="Undo your latest command",
    responses=answers(_EXAMPLE, NOT_FOUND, CLASH, CANNOT_UNDO, COLUMN_FULL),
)
async def undo_last(key: Key, actor: SignedIn) -> UndoView:
    """Takes back your own latest command in the project that is not undone yet."""
    return await undo.undo_last(actor, key)
