"""Writing the drafts of an import: new tasks and changed ones, each after its parent, and what was said about them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from tasktracker.domain.errors import Invalid, NotFound, Refusal
from tasktracker.domain.events import EventKind, changes_between
from tasktracker.domain.references import TaskRef
from tasktracker.models import Comment, Task
from tasktracker.services.command import ProjectCommand
from tasktracker.services.task_changes import Given, add_task, change_task, find_task, stamp_task, unstamp_task
from tasktracker.services.transfer.drafts import Draft, Said
from tasktracker.services.transfer.names import Names
from tasktracker.services.tree import Tree

_ONLY_FOR_NEW = frozenset({"completed_at", "watcher_ids"})
"""What is told of a new task, and is not put back later."""
_SAID = "SELECT task_id, created_at FROM comment WHERE task_id = ANY($1::uuid[])"


class Writer:
    """Writes into the project of an open command, whose rows are gathered.

    `is_own`: the file comes from this project, so that its references are the project's.
    """

    def __init__(self, command: ProjectCommand, names: Names, tree: Tree, *, is_own: bool) -> None:
        self._command = command
        self._is_own = is_own
        self._names = names
        self._tree = tree
        self._comments: list[Comment] = []
        self.added_labels: list[str] = []

    async def write(self, drafts: Sequence[Draft]) -> None:
        """Write those that nothing is wrong with; what the project refuses is noted on the line."""
        for draft in drafts:
            if not draft.is_wrong:
                await self._attempt(draft)
        known = await self._known_comments([draft for draft in drafts if draft.number])
        for draft in drafts:
            await self._say(draft, known)
        await Comment.bulk_create(self._comments, using_db=self._command.db)

    async def _attempt(self, draft: Draft) -> None:
        try:
            await self._write(draft)
        except Refusal as refusal:
            draft.line.refuse(refusal, "/column")

    async def _write(self, draft: Draft) -> None:
        task = None
        if draft.number is not None:
            task = await find_task(self._command, TaskRef(self._command.project.key, draft.number))
        fields = dict(draft.fields)
        if draft.parent is not None or "parent" in draft.line.raw:
            fields["parent_id"] = await self._parent_id(draft, task)
        self.added_labels += await self._names.add_labels(fields.get("label_ids", []))
        draft.task = await self._create(draft, fields) if task is None else await self._change(draft, task, fields)
        draft.line.ref = str(TaskRef(self._command.project.key, draft.task.number))

    async def _create(self, draft: Draft, fields: Mapping[str, Any]) -> Task:
        if "title" not in fields:
            raise Invalid.at("/title", "A task needs a title.")
        given = Given(position=draft.position, created_at=draft.created_at, created_by=draft.created_by)
        task = await add_task(self._command, {"watcher_ids": [], **fields}, given)
        self._tree.put(task.id, task.parent_id)
        draft.line.outcome = "create"
        if draft.archived:
            await stamp_task(self._command, task, "archived_at")
        return task

    async def _change(self, draft: Draft, task: Task, fields: Mapping[str, Any]) -> Task:
        version = task.version
        wanted = {field: value for field, value in fields.items() if field not in _ONLY_FOR_NEW}
        await change_task(self._command, task, wanted)
        if draft.archived is not None:
            stamp = stamp_task if draft.archived else unstamp_task
            await stamp(self._command, task, "archived_at")
        draft.line.outcome = "unchanged" if task.version == version else "update"
        return task

    async def _parent_id(self, draft: Draft, task: Task | None) -> str | None:
        parent = draft.parent
        if isinstance(parent, Draft):
            if parent.task is None:
                raise Invalid.at("/parent", f"Its parent in line {parent.line.number} is not imported.")
            parent_id: UUID | None = parent.task.id
        else:
            parent_id = await self._named(parent) if parent else None
        self._tree.put(task.id if task else None, parent_id)
        return str(parent_id) if parent_id else None

    async def _named(self, name: str) -> UUID:
        """The id of a task of the project that is not in the file."""
        unknown = Invalid.at("/parent", f"There is no task “{name}” in the file or in the project.")
        try:
            ref = TaskRef.parse(name)
        except NotFound:
            raise unknown from None
        is_here = self._is_own and ref.key == self._command.project.key
        task = await self._command.rows.find(ref.number) if is_here else None
        if task is None or task.trashed_at:
            raise unknown
        return task.id

    async def _known_comments(self, drafts: Iterable[Draft]) -> set[tuple[UUID, Any]]:
        ids = [draft.task.id for draft in drafts if draft.task and draft.comments]
        rows = await self._command.db.execute_query_dict(_SAID, [ids]) if ids else []
        return {(row["task_id"], row["created_at"]) for row in rows}

    async def _say(self, draft: Draft, known: set[tuple[UUID, Any]]) -> None:
        """Add the comments that are not there yet; one is known by its moment."""
        task = draft.task
        new = [said for said in draft.comments if task and (task.id, said.created_at) not in known]
        if task is None or not new:
            return
        self._comments += [self._comment(task, said) for said in new]
        task.comment_count += len(new)
        await self._command.rows.save(task, ["comment_count"])
        if draft.line.outcome == "unchanged":
            draft.line.outcome = "update"

    def _comment(self, task: Task, said: Said) -> Comment:
        command = self._command
        comment = Comment(
            task_id=task.id,
            author_id=said.author_id or command.actor.account_id,
            body=said.body,
            created_at=said.created_at,
            reactions=dict(said.reactions),
        )
        command.record(EventKind.COMMENT_ADDED, comment.id, changes_between({}, {"body": said.body}), task_id=task.id)
        if said.reactions:
            reactions = changes_between({"reactions": {}}, {"reactions": comment.reactions})
            command.record(EventKind.COMMENT_REACTED, comment.id, reactions, task_id=task.id)
        return comment
