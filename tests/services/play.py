"""Random commands for a team, as Hypothesis draws them: whatever is refused is a command too."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from tasktracker.domain.errors import Refusal
from tasktracker.domain.task_fields import PRIORITIES, RELATIONS
from tasktracker.models import Attachment, Comment, CustomField, Task
from tasktracker.services import (
    attachments,
    columns,
    comments,
    custom_fields,
    labels,
    projects,
    reactions,
    relations,
    tasks,
    watchers,
)
from tasktracker.services.batch import run_batch
from tasktracker.services.relocation import transfer_task
from tasktracker.services.task_changes import Spot
from tests.factories import Team, make_team, second_project
from tests.shelf import in_pieces

NUMBERS = st.integers(1, 4)
DAYS = st.none() | st.dates(date(1900, 1, 1), date(2999, 12, 31)).map(str)
MOMENTS = st.sampled_from(["2026-11-30T17:00:00Z", "2026-12-24T18:30:00+01:00"])
COLUMNS = st.sampled_from(["Backlog", "To do", "In progress", "Done"])
LABELS = st.lists(st.integers(0, 2), max_size=3, unique=True)
OPTIONS = st.sampled_from(["low", "medium", "high"])
FIELDS = st.sampled_from(["severity", "platforms"])
TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=10)
OPERATIONS = st.one_of(
    st.tuples(st.just("create"), TEXT, COLUMNS, st.none() | NUMBERS),
    st.tuples(st.just("edit"), NUMBERS, st.just("priority"), st.sampled_from(PRIORITIES)),
    st.tuples(st.just("edit"), NUMBERS, st.just("parent"), st.none() | NUMBERS),
    st.tuples(st.just("move"), NUMBERS, COLUMNS, st.none() | NUMBERS, st.none() | NUMBERS),
    st.tuples(st.sampled_from(["archive", "unarchive", "trash", "restore"]), NUMBERS),
)
COMMANDS = st.one_of(
    st.tuples(st.just("create"), TEXT, COLUMNS),
    st.tuples(st.just("edit"), NUMBERS, st.sampled_from(["title", "description"]), TEXT),
    st.tuples(st.just("edit"), NUMBERS, st.just("priority"), st.sampled_from(PRIORITIES)),
    st.tuples(st.just("edit"), NUMBERS, st.sampled_from(["start", "due"]), DAYS | MOMENTS),
    st.tuples(st.just("edit"), NUMBERS, st.just("estimate"), st.none() | st.integers(0, 99)),
    st.tuples(st.just("put under"), NUMBERS, st.none() | NUMBERS),
    st.tuples(st.just("mark"), NUMBERS, LABELS),
    st.tuples(st.just("move"), NUMBERS, COLUMNS, st.none() | NUMBERS, st.none() | NUMBERS),
    st.tuples(st.sampled_from(["archive", "unarchive", "trash", "restore", "comment", "uncomment"]), NUMBERS),
    st.tuples(st.sampled_from(["limit", "rename column"]), COLUMNS, st.integers(1, 3)),
    st.tuples(st.just("delete label"), st.integers(0, 2)),
    st.tuples(st.just("rename label"), st.integers(0, 2), TEXT),
    st.tuples(st.just("add column"), TEXT),
    st.tuples(st.just("delete column"), COLUMNS),
    st.tuples(st.just("move column"), COLUMNS),
    st.tuples(st.just("edit comment"), NUMBERS, TEXT),
    st.tuples(st.just("set"), NUMBERS, st.just("severity"), st.none() | OPTIONS),
    st.tuples(st.just("set"), NUMBERS, st.just("platforms"), st.lists(OPTIONS, max_size=3)),
    st.tuples(st.just("options"), FIELDS, st.lists(OPTIONS, min_size=1, max_size=4, unique=True)),
    st.tuples(st.just("rename option"), FIELDS, OPTIONS, OPTIONS | TEXT),
    st.tuples(st.just("rename field"), FIELDS, TEXT),
    st.tuples(st.sampled_from(["attach", "detach"]), NUMBERS),
    st.tuples(st.sampled_from(["move field", "delete field", "add field"]), FIELDS),
    st.tuples(st.just("rename project"), TEXT),
    st.tuples(st.sampled_from(["relate", "unrelate"]), NUMBERS, st.sampled_from(sorted(RELATIONS)), NUMBERS),
    st.tuples(st.sampled_from(["watch", "unwatch"]), NUMBERS),
    st.tuples(st.sampled_from(["react", "take back"]), NUMBERS, st.sampled_from(["👍", "🎉"])),
    st.tuples(st.sampled_from(["carry", "bring"]), NUMBERS, st.none() | COLUMNS),
    st.tuples(st.just("all of"), st.lists(OPERATIONS, min_size=2, max_size=5)),
)
Args = tuple[Any, ...]


class Play:
    """A team with three labels and two custom fields, and random commands for it; what is refused is a command too.

    `other` is a project to which tasks are carried, and from which they are brought back under new numbers.
    """

    def __init__(self, team: Team, other: Team, marks: list[UUID]) -> None:
        self.team = team
        self.other = other
        self.marks = marks
        self.does: dict[str, Callable[..., Awaitable[object]]] = {
            "create": lambda title, column: team.task(title, column=column),
            "edit": lambda number, field, value: self._edit(number, {field: value}),
            "put under": lambda number, parent: self._edit(number, {"parent": parent and f"{team.key}-{parent}"}),
            "mark": lambda number, which: self._edit(number, {"label_ids": [str(marks[each]) for each in which]}),
            "move": self._move,
            "comment": lambda number: comments.add_comment(team.owner, team.ref(number), "Hello"),
            "uncomment": self._uncomment,
            "limit": lambda name, limit: self._column(name, {"wip_limit": limit}),
            "rename column": lambda name, to: self._column(name, {"name": f"Column {to}"}),
            "delete label": lambda which: labels.delete_label(team.owner, team.key, marks[which]),
            "rename label": lambda which, name: labels.edit_label(team.owner, team.key, marks[which], {"name": name}),
            "add column": lambda name: columns.add_column(team.owner, team.key, {"name": name, "category": "started"}),
            "delete column": lambda name: columns.delete_column(team.owner, team.key, team.columns[name].id),
            "move column": lambda name: columns.move_column(team.owner, team.key, team.columns[name].id, after=None),
            "edit comment": self._edit_comment,
            "attach": self._attach,
            "detach": self._detach,
            "set": lambda number, key, value: self._edit(number, {"custom": {key: value}}),
            "options": lambda key, options: self._edit_field(key, {"options": options}),
            "rename option": lambda key, old, new: self._edit_field(key, {"rename": {old: new}}),
            "rename field": lambda key, name: self._edit_field(key, {"name": name}),
            "move field": self._move_field,
            "delete field": self._delete_field,
            "add field": lambda key: add_field(team, key),
            "rename project": lambda name: projects.edit_project(team.owner, team.key, {"name": name}),
            "all of": lambda operations: run_batch(team.owner, team.key, [*map(self._operation, operations)]),
            "carry": lambda number, column: self._transfer(team, number, other, column),
            "bring": lambda number, column: self._transfer(other, number, team, column),
        }
        for name, relates in (("relate", relations.relate), ("unrelate", relations.unrelate)):
            self.does[name] = self._relation(relates)
        for name, watches in (("watch", watchers.watch), ("unwatch", watchers.unwatch)):
            self.does[name] = self._watching(watches)
        for name, reacts in (("react", reactions.react), ("take back", reactions.take_back)):
            self.does[name] = self._reaction(reacts)
        for name in ("archive", "unarchive", "trash", "restore"):
            self.does[name] = self._step(getattr(tasks, f"{name}_task"))

    @classmethod
    async def begin(cls) -> "Play":
        team = await make_team()
        made = [await labels.add_label(team.owner, team.key, {"name": name}) for name in ("bug", "idea", "docs")]
        for key in ("severity", "platforms"):
            await add_field(team, key)
        for number in (1, 2):
            await team.task(f"Task {number}")
        return cls(team, await second_project(team), [label.id for label in made])

    async def do(self, command: Args) -> None:
        name, *args = command
        try:
            await self.does[name](*args)
        except Refusal:
            return

    def _operation(self, operation: Args) -> dict[str, Any]:
        """As a bulk call has it."""
        op, *args = operation
        if op == "create":
            title, column, parent = args
            fields = {"title": title, "column_id": self._column_id(column), "parent": self._ref(parent)}
            return {"op": op, "fields": fields}
        ref = {"op": op, "ref": self._ref(args[0])}
        if op == "edit":
            return {**ref, "fields": {args[1]: self._ref(args[2]) if args[1] == "parent" else args[2]}}
        if op == "move":
            return {**ref, "column_id": self._column_id(args[1]), "after": args[2], "before": args[3]}
        return ref

    def _ref(self, number: int | None) -> str | None:
        return None if number is None else f"{self.team.key}-{number}"

    def _column_id(self, name: str) -> str:
        return str(self.team.columns[name].id)

    def _edit(self, number: int, raw: dict[str, Any]) -> Awaitable[object]:
        return tasks.edit_task(self.team.owner, self.team.ref(number), raw)

    def _move(self, number: int, column: str, after: int | None, before: int | None) -> Awaitable[object]:
        spot = Spot(str(self.team.columns[column].id), after, before)
        return tasks.move_task(self.team.owner, self.team.ref(number), spot)

    def _step(self, step: Callable[..., Awaitable[object]]) -> Callable[[int], Awaitable[object]]:
        return lambda number: step(self.team.owner, self.team.ref(number))

    def _relation(self, step: Callable[..., Awaitable[object]]) -> Callable[..., Awaitable[object]]:
        return lambda one, kind, two: step(self.team.owner, self.team.ref(one), kind, self.team.ref(two))

    def _watching(self, step: Callable[..., Awaitable[object]]) -> Callable[[int], Awaitable[object]]:
        return lambda number: step(self.team.owner, self.team.ref(number), self.team.owner.account_id)

    def _reaction(self, step: Callable[..., Awaitable[object]]) -> Callable[[int, str], Awaitable[object]]:
        async def react(number: int, emoji: str) -> None:
            task = await Task.get_or_none(project=self.team.project, number=number)
            for comment in await Comment.filter(task=task, deleted_at=None).limit(1):
                await step(self.team.owner, self.team.ref(number), comment.id, emoji)

        return react

    async def _uncomment(self, number: int) -> None:
        task = await Task.get_or_none(project=self.team.project, number=number)
        for comment in await Comment.filter(task=task, deleted_at=None).limit(1):
            await comments.delete_comment(self.team.owner, self.team.ref(number), comment.id)

    async def _edit_comment(self, number: int, body: str) -> None:
        task = await Task.get_or_none(project=self.team.project, number=number)
        for comment in await Comment.filter(task=task, deleted_at=None).limit(1):
            await comments.edit_comment(self.team.owner, self.team.ref(number), comment.id, body)

    async def _attach(self, number: int) -> None:
        await attachments.add_attachment(self.team.owner, self.team.ref(number), "a.txt", in_pieces(b"Hello"))

    async def _detach(self, number: int) -> None:
        task = await Task.get_or_none(project=self.team.project, number=number)
        for file in await Attachment.filter(task=task, deleted_at=None).limit(1):
            await attachments.delete_attachment(self.team.owner, self.team.ref(number), file.id)

    async def _field(self, key: str) -> UUID:
        field = await CustomField.get_or_none(project=self.team.project, key=key)
        return field.id if field else self.team.project.id  # which is no field's

    async def _edit_field(self, key: str, raw: dict[str, Any]) -> None:
        await custom_fields.edit_custom_field(self.team.owner, self.team.key, await self._field(key), raw)

    async def _move_field(self, key: str) -> None:
        await custom_fields.move_custom_field(self.team.owner, self.team.key, await self._field(key), after=None)

    async def _delete_field(self, key: str) -> None:
        await custom_fields.delete_custom_field(self.team.owner, self.team.key, await self._field(key))

    def _transfer(self, source: Team, number: int, target: Team, column: str | None) -> Awaitable[object]:
        column_id = column and str(target.columns[column].id)
        return transfer_task(source.owner, source.ref(number), target.key, column_id=column_id)

    def _column(self, name: str, raw: dict[str, Any]) -> Awaitable[object]:
        return columns.edit_column(self.team.owner, self.team.key, self.team.columns[name].id, raw)


async def add_field(team: Team, key: str) -> None:
    """A choice of one, or of several."""
    kind = "multi_select" if key == "platforms" else "select"
    raw = {"name": key, "key": key, "kind": kind, "options": ["low", "medium", "high"]}
    await custom_fields.add_custom_field(team.owner, team.key, raw)
