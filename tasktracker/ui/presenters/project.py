"""A project's page: what it shows and what it does."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from tasktracker.domain.actor import Actor
from tasktracker.domain.permissions import PROJECT_ROLE_MAY, Permission, ProjectRole
from tasktracker.domain.references import TaskRef
from tasktracker.realtime.hub import Patch
from tasktracker.services import tasks
from tasktracker.services.batch import BatchResult, run_batch
from tasktracker.services.following import follow_project
from tasktracker.services.queries.projects import get_project
from tasktracker.services.queries.shell import ShellView, get_frame, get_shell
from tasktracker.services.task_changes import Spot
from tasktracker.services.undo import UndoView, undo_command, undo_last
from tasktracker.services.views import ProjectView
from tasktracker.ui.presenters.presence import PresencePresenter


class ProjectPresenter:
    """One open page of one project, for one person. `renamed` is told when the project gets another name."""

    shell: ShellView
    project: ProjectView
    presence: PresencePresenter

    def __init__(self, actor: Actor, key: str) -> None:
        self.actor = actor
        self.key = key
        self.frame: dict[str, Any] = {}
        self.renamed: Callable[[str], object] = _nothing

    async def open(self, on_patch: Callable[[Patch], None]) -> tuple[UUID, Callable[[], None]]:
        """Follow the project, then read what the page needs. Returns its id and how to stop. Raises NotFound."""
        self.project = await get_project(self.actor, self.key)

        def noted(patch: Patch) -> None:
            if patch["project"]:
                self.frame = patch["project"]
                self.renamed(self.frame["name"])
            on_patch(patch)

        project_id, unfollow = await follow_project(self.actor, self.key, noted)
        try:
            frame = await get_frame(self.actor, self.key)
            self.frame = self.frame or frame  # what a patch has brought meanwhile is newer
            self.shell = await get_shell(self.actor)
        except BaseException:
            unfollow()
            raise
        self.presence = PresencePresenter(self.actor, project_id, self.people)

        def leave() -> None:
            unfollow()
            self.presence.close()

        return project_id, leave

    @property
    def can_edit(self) -> bool:
        """Whether to offer what changes tasks; the commands ask again."""
        return Permission.EDIT_TASKS in self.permissions

    @property
    def can_comment(self) -> bool:
        return Permission.COMMENT in self.permissions

    @property
    def can_manage(self) -> bool:
        return Permission.MANAGE_PROJECT in self.permissions

    @property
    def permissions(self) -> frozenset[Permission]:
        """What the person may do here; in a project that is archived, look."""
        role = ProjectRole.VIEWER if self.frame["archived"] else ProjectRole(self.project.role)
        return PROJECT_ROLE_MAY[role]

    async def move(self, number: int, spot: Spot, version: int, fields: Mapping[str, Any]) -> int:
        """What a drop on the board asks for: a new place, and in one command what another lane gives the task.

        Returns the version that the task has then.
        """
        ref = TaskRef(self.key, number)
        if not fields:
            return (await tasks.move_task(self.actor, ref, spot, version=version)).version
        move = {"op": "move", "column_id": spot.column_id, "after": spot.after, "before": spot.before}
        edit = {"op": "edit", "version": version, "fields": fields}
        result = await run_batch(self.actor, self.key, [{"ref": str(ref), **each} for each in (edit, move)])
        return max(each.version for each in result.results)

    async def edit(self, edits: Mapping[int, Mapping[str, Any]], versions: Mapping[int, int]) -> BatchResult:
        """Give tasks new fields, by their numbers, in one command."""
        operations = [
            {"ref": str(TaskRef(self.key, number)), "version": versions.get(number), **operation}
            for number, fields in edits.items()
            for operation in _operations(fields)
        ]
        return await run_batch(self.actor, self.key, operations)

    async def act(self, numbers: Sequence[int], act: str) -> BatchResult:
        """Archive, unarchive, trash or restore tasks, in one command."""
        operations = [{"op": act, "ref": str(TaskRef(self.key, number))} for number in numbers]
        return await run_batch(self.actor, self.key, operations)

    async def undo(self, command: int | None = None) -> UndoView:
        """Take back the command of that revision, or the person's own latest one. Raises CannotUndo."""
        if command is None:
            return await undo_last(self.actor, self.key)
        return await undo_command(self.actor, self.key, command)

    def columns(self) -> dict[str, str]:
        """Column names by id, in board order."""
        return {column["id"]: column["name"] for column in self.frame["columns"]}

    def labels(self) -> dict[str, str]:
        return {label["id"]: label["name"] for label in self.frame["labels"]}

    def people(self) -> dict[str, str]:
        return {person["id"]: person["name"] for person in self.frame["people"]}

    def names(self) -> dict[str, str]:
        """What ids stand for: columns, labels and people alike."""
        return {**self.columns(), **self.labels(), **self.people()}


def _nothing(_name: str) -> None:
    """What there is to rename on a page that shows no name."""


def _operations(fields: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """A column is where a task is, not what it is: it has an operation of its own."""
    others = {name: value for name, value in fields.items() if name != "column_id"}
    if others:
        yield {"op": "edit", "fields": others}
    if "column_id" in fields:
        yield {"op": "move", "column_id": fields["column_id"], "after": None, "before": None}
