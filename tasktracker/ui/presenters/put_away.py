"""The trash and the archive of a project: what the page shows and does."""

from collections.abc import Sequence
from typing import Any

from tasktracker.domain.references import TaskRef
from tasktracker.services.batch import BatchResult
from tasktracker.services.clock import now
from tasktracker.services.purge import purge_task
from tasktracker.services.queries.put_away import PutAwayView, list_put_away
from tasktracker.ui.language import t
from tasktracker.ui.presenters.project import ProjectPresenter

PART = 50
"""Tasks read at a time."""


class PutAwayPresenter:
    """One open page. `place` is trash or archive."""

    def __init__(self, project: ProjectPresenter, place: str) -> None:
        self.project = project
        self.place = place
        self.search = ""
        self.has_more = False
        self._parts = 1

    def look_for(self, search: str) -> None:
        """Show what has this in its title."""
        self.search, self._parts = search, 1

    def older(self) -> None:
        """Show one part more."""
        self._parts += 1

    async def load(self) -> list[dict[str, Any]]:
        """Everything that is shown, as JSON items, latest first. Raises NotFound."""
        found: list[PutAwayView] = []
        cursor = None
        for _ in range(self._parts):
            page = await list_put_away(
                self.project.actor, self.project.key, self.place, search=self.search, limit=PART, cursor=cursor
            )
            found, cursor = found + page.items, page.cursor
            if cursor is None:
                break
        self.has_more = cursor is not None
        return [_item(task) for task in found]

    async def bring_back(self, numbers: Sequence[int]) -> BatchResult:
        """Restore or unarchive tasks, in one command."""
        return await self.project.act(numbers, "restore" if self.place == "trash" else "unarchive")

    async def purge(self, numbers: Sequence[int]) -> None:
        """Remove tasks for good, one after the other. Raises Forbidden, Clash."""
        for number in numbers:
            await purge_task(self.project.actor, TaskRef(self.project.key, number))


def _item(task: PutAwayView) -> dict[str, Any]:
    days = None if task.purged_at is None else max(0, (task.purged_at - now()).days)
    return {
        "number": task.number,
        "ref": task.ref,
        "title": task.title,
        "state": task.state,
        "at": task.at.isoformat(),
        "who": task.who or t("Somebody who left"),
        "days": days,
    }
