"""What belongs to a task: its subtasks, its relations, its files."""

from collections.abc import Callable
from uuid import UUID

from tasktracker.domain.references import TaskRef
from tasktracker.ui.components.task_files.task_files import TaskFiles
from tasktracker.ui.components.task_links.task_links import RelationIntent, TaskLinks
from tasktracker.ui.drafts import draft_saved
from tasktracker.ui.feedback import done_toast, refusals_shown
from tasktracker.ui.language import t
from tasktracker.ui.presenters.project import ProjectPresenter
from tasktracker.ui.presenters.task import TaskPresenter


class TaskBelongings:
    """Draws the sections, and does what people want with them. What changes comes back as everybody's change does."""

    def __init__(
        self,
        project: ProjectPresenter,
        task: TaskPresenter,
        *,
        can_edit: bool,
        on_describe_subtask: Callable[[TaskRef], None],
    ) -> None:
        self._task = task
        self._links = TaskLinks(
            can_edit=can_edit,
            on_add=self._add_subtask,
            on_describe=lambda: on_describe_subtask(task.ref),
            on_relate=self._relate,
            on_unrelate=self._unrelate,
        )
        self._files = TaskFiles(
            me=str(project.actor.account_id),
            can_attach=project.can_comment and task.task.trashed_at is None,
            can_edit=can_edit,
            on_remove=self._remove_file,
        )

    def refresh(self) -> None:
        """Show what the presenter knows."""
        self._links.show(self._task.task, self._task.subtasks)
        self._files.show(self._task.task, self._task.history[0].revision if self._task.history else 0)

    async def _add_subtask(self, title: str) -> None:
        with refusals_shown():
            await self._task.add_subtask(title)
            draft_saved(f"{self._task.ref}:subtask", title)

    async def _relate(self, intent: RelationIntent) -> None:
        with refusals_shown():
            await self._task.relate(intent.kind, intent.ref)

    async def _unrelate(self, intent: RelationIntent) -> None:
        with refusals_shown():
            await self._task.unrelate(intent.kind, intent.ref)
            done_toast(t("Relation taken back"))

    async def _remove_file(self, attachment_id: UUID) -> None:
        with refusals_shown():
            await self._task.remove_file(attachment_id)
            done_toast(t("File removed"))
