"""A task's dialog: what it shows and what it does."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Conflict
from tasktracker.domain.events import EventKind
from tasktracker.domain.linking import names_in
from tasktracker.domain.references import TaskRef
from tasktracker.domain.task_fields import CUSTOM, clean_ids
from tasktracker.realtime.hub import Patch
from tasktracker.services import attachments, checklists, comments, reactions, relations, reminders, tasks, watchers
from tasktracker.services.duplicates import duplicate_task
from tasktracker.services.queries.custom_fields import list_custom_fields
from tasktracker.services.queries.expansion import ExpandedTaskView
from tasktracker.services.queries.history import list_comments, list_history
from tasktracker.services.queries.reminders import list_reminders
from tasktracker.services.queries.tasks import get_task
from tasktracker.services.relocation import TransferView, transfer_task
from tasktracker.services.rendering import render
from tasktracker.services.views import CommentView, CustomFieldView, EventView, ReminderView, TaskView
from tasktracker.ui.formats import list_text
from tasktracker.ui.language import t
from tasktracker.ui.presenters.conflict import Names as ConflictNames
from tasktracker.ui.presenters.history import Names, sentence

THREAD = 100
"""Events shown, and comments read at a time."""


class TaskPresenter:
    """One task, open before one person. Edits are based on the version that they saw."""

    task: TaskView
    comments: list[CommentView]
    history: list[EventView]
    description_html: str
    subtasks: list[TaskView]
    parent: TaskView | None
    reminders: list[ReminderView]
    custom_fields: list[CustomFieldView]

    def __init__(self, actor: Actor, ref: TaskRef) -> None:
        self.actor = actor
        self.ref = ref
        self.is_leaving = False  # for another project, by this person's own doing
        self._begun = self._shown = 0

    async def load(self) -> None:
        """Read the task and what was said and done, wherever it has gone. Raises NotFound.

        What was begun to be read later counts, also if it comes earlier.
        """
        self._begun = turn = self._begun + 1
        task = await get_task(self.actor, self.ref, expand=("subtasks", "parent"))
        assert isinstance(task, ExpandedTaskView)  # noqa: S101  it was asked for
        ref = TaskRef.parse(task.ref)
        reminders = await list_reminders(self.actor, ref)
        custom_fields = await list_custom_fields(self.actor, ref.key)
        comments = await self._all_comments(ref)
        history = (await list_history(self.actor, ref, limit=THREAD)).items
        html, *comment_html = await render(self.actor, [task.description, *(comment.body for comment in comments)])
        if turn < self._shown:
            return
        self._shown = turn
        self._take(task)
        self.ref, self.subtasks, self.parent = ref, task.expanded["subtasks"], task.expanded["parent"]
        self.reminders, self.custom_fields, self.comments, self.history = reminders, custom_fields, comments, history
        self._comment_html = {comment.id: text for comment, text in zip(comments, comment_html, strict=True)}
        self._show_description(task.description, html)

    def _show_description(self, text: str, html: str) -> None:
        """Show what was rendered, unless there is another text by now."""
        if text == self.task.description:
            self.description_html = html
        texts = [self.task.description, *(comment.body for comment in self.comments)]
        self._named = {ref.number for ref in names_in(texts)[0] if ref.key == self.ref.key}

    async def _render(self) -> None:
        text = self.task.description
        (html,) = await render(self.actor, [text])
        self._show_description(text, html)

    async def _all_comments(self, ref: TaskRef) -> list[CommentView]:
        page = await list_comments(self.actor, ref, limit=THREAD)
        found = page.items
        while page.cursor:
            page = await list_comments(self.actor, ref, limit=THREAD, cursor=page.cursor)
            found += page.items
        return found

    def _take(self, task: TaskView) -> None:
        """Know the task as it is now. What was read before something else may arrive after it."""
        if not hasattr(self, "task") or task.version >= self.task.version:
            self.task = task

    async def edit(
        self, fields: Mapping[str, Any], *, based_on: int | None = None, anyway: Conflict | None = None
    ) -> None:
        """Save fields. Raises Conflict.

        `based_on` is the version that a text was begun on, if that is not the newest the page has read; `anyway` is
        the conflict that the person has seen and decided about.
        """
        version = anyway.version if anyway else based_on or self.task.version
        self._take(await tasks.edit_task(self.actor, self.ref, fields, version=version))
        if "description" in fields:
            await self._render()

    async def comment(self, body: str) -> None:
        await comments.add_comment(self.actor, self.ref, body)

    async def edit_comment(self, comment_id: str, body: str) -> None:
        found = self._comment(comment_id)
        await comments.edit_comment(self.actor, self.ref, found.id, body, version=found.version)

    async def delete_comment(self, comment_id: str) -> None:
        await comments.delete_comment(self.actor, self.ref, self._comment(comment_id).id)

    async def tick(self, item: str, *, done: bool) -> None:
        """Tick an item of the description's checklist, or empty its box. Raises Clash."""
        self._take(await checklists.tick_item(self.actor, self.ref, item, done=done))
        await self._render()

    async def tick_comment(self, comment_id: str, item: str, *, done: bool) -> None:
        await checklists.tick_comment_item(self.actor, self.ref, self._comment(comment_id).id, item, done=done)

    async def react(self, comment_id: str, emoji: str, *, wanted: bool) -> None:
        do = reactions.react if wanted else reactions.take_back
        await do(self.actor, self.ref, self._comment(comment_id).id, emoji)

    async def duplicate(self, *, with_subtasks: bool) -> TaskView:
        """Make another task like it. Raises Forbidden, Clash, ColumnFull."""
        return await duplicate_task(self.actor, self.ref, with_subtasks=with_subtasks)

    async def transfer(self, key: str) -> TransferView:
        """Carry it to that project. Raises NotFound, Forbidden, Invalid, ColumnFull, Clash."""
        self.is_leaving = True
        try:
            return await transfer_task(self.actor, self.ref, key)
        except BaseException:
            self.is_leaving = False
            raise

    def names_for(self, conflict: Conflict, wanted: Mapping[str, Any], things: Mapping[str, str]) -> ConflictNames:
        """What a conflict about the task is told with: `wanted` is what the person tried to save."""
        sides = conflict.fields.get("parent_id", {})
        refs = {
            str(sides.get("base")): t("another task"),  # which one is not read for this alone
            str(sides.get("yours")): str(wanted.get("parent")),
            str(sides.get("theirs")): self.parent.ref if self.parent else "",
        }
        return ConflictNames({**things, **refs}, {each.key: each for each in self.custom_fields})

    def is_touched_by(self, patch: Patch) -> bool:
        """Whether the change is about the task, one right below it, or one that the texts name."""
        number = self.ref.number
        below = {each.ref for each in self.subtasks}
        shown = {number, *self._named}
        gone = {f"{self.ref.key}-{each}" for each in patch["gone"]}
        touched = any(
            card["number"] in shown or card["parent"] == number or self._ref(card) in below for card in patch["cards"]
        )
        return touched or not shown.isdisjoint(patch["gone"]) or bool(below & gone)

    def _ref(self, card: Mapping[str, Any]) -> str:
        return f"{self.ref.key}-{card['number']}"

    @property
    def is_watched(self) -> bool:
        """Whether the person is told of what happens to the task."""
        return self.actor.account_id in self.task.watcher_ids

    async def watch(self, *, wanted: bool) -> None:
        do = watchers.watch if wanted else watchers.unwatch
        self._take(await do(self.actor, self.ref, self.actor.account_id))

    async def let_watch(self, account_ids: Any) -> None:
        """Let these people watch the task, and nobody else. Raises Invalid, Forbidden, NotFound, Clash."""
        wanted = {UUID(each) for each in clean_ids(account_ids, "/watcher_ids")}
        now = set(self.task.watcher_ids)
        for account_id in sorted(wanted - now):
            self._take(await watchers.watch(self.actor, self.ref, account_id))
        for account_id in sorted(now - wanted):
            self._take(await watchers.unwatch(self.actor, self.ref, account_id))

    async def remind(self, wanted: Mapping[str, Any]) -> None:
        """Want to be told: at a moment, or so long before it is due. Raises Invalid, Clash."""
        await reminders.add_reminder(self.actor, self.ref, wanted)
        self.reminders = await list_reminders(self.actor, self.ref)

    async def forget_reminder(self, reminder_id: UUID) -> None:
        await reminders.delete_reminder(self.actor, self.ref, reminder_id)
        self.reminders = await list_reminders(self.actor, self.ref)

    async def add_subtask(self, title: str) -> None:
        await tasks.create_task(self.actor, self.ref.key, {"title": title, "parent": str(self.ref)})

    async def relate(self, kind: str, other: str) -> None:
        await relations.relate(self.actor, self.ref, kind, TaskRef.parse(other))

    async def unrelate(self, kind: str, other: str) -> None:
        await relations.unrelate(self.actor, self.ref, kind, TaskRef.parse(other))

    async def remove_file(self, attachment_id: UUID) -> None:
        await attachments.delete_attachment(self.actor, self.ref, attachment_id)

    def thread(self, names: Names) -> list[dict[str, Any]]:
        """Comments and history as one list of JSON items, oldest first."""
        names = {**names, **{CUSTOM + each.key: each.name for each in self.custom_fields}}
        items = [self._comment_item(comment, names) for comment in self.comments if not comment.deleted_at]
        items += [item for event in self.history if (item := _event_item(event, names))]
        return sorted(items, key=lambda item: str(item["at"]))

    def _comment_item(self, comment: CommentView, names: Names) -> dict[str, Any]:
        return {
            "id": str(comment.id),
            "author": names.get(str(comment.author_id), t("Somebody who left")),
            "at": comment.created_at.isoformat(),
            "html": self._comment_html[comment.id],
            "body": comment.body,
            "edited": comment.edited_at is not None,
            "own": comment.author_id == self.actor.account_id,
            "reactions": [self._reaction_item(emoji, given, names) for emoji, given in comment.reactions.items()],
        }

    def _reaction_item(self, emoji: str, given: list[UUID], names: Names) -> dict[str, Any]:
        people = [names.get(str(each), t("Somebody who left")) for each in given]
        return {"emoji": emoji, "n": len(given), "own": self.actor.account_id in given, "names": list_text(people)}

    def _comment(self, comment_id: str) -> CommentView:
        return next(comment for comment in self.comments if str(comment.id) == comment_id)


def _event_item(event: EventView, names: Names) -> dict[str, Any] | None:
    text = sentence(event, names) if event.kind != EventKind.COMMENT_REACTED else None  # shown at the comment itself
    author = names.get(str(event.actor_id), t("Somebody who left"))
    return {"id": f"r{event.revision}", "author": author, "at": event.at.isoformat(), "text": text} if text else None
