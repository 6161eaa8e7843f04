"""What reads answer: frozen, complete, and safe to hand to any face. Times are aware; `due` is a day or None."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, Self, TypeVar
from uuid import UUID

from tasktracker.domain.mentions import mentioned
from tasktracker.domain.task_fields import PRIORITIES

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Progress:
    """The subtasks of a task, all the way down: how many there are, cancelled ones left out, and how many are done."""

    total: int
    done: int


@dataclass(frozen=True, slots=True)
class RelationView:
    """Another task that the asker may see, and how a task stands to it (`kind`, as in "blocks WEB-3")."""

    kind: str
    ref: str
    title: str
    state: str


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task in full. `version` grows by one with every change and is the task's ETag.

    `state` is the group of its column: backlog, unstarted, started, done or cancelled. `start` and `due` are each a day
    or a moment. `custom` holds the values of custom fields by their keys.
    """

    ref: str
    project: str
    number: int
    title: str
    description: str
    column_id: UUID
    state: str
    position: str
    priority: str
    assignee_ids: list[UUID]
    label_ids: list[UUID]
    start: date | datetime | None
    due: date | datetime | None
    estimate: float | None
    parent: str | None
    subtasks: Progress
    relations: list[RelationView]
    watcher_ids: list[UUID]
    custom: dict[str, Any]
    recurrence: dict[str, Any] | None
    external_source: str | None
    external_id: str | None
    comment_count: int
    attachment_count: int
    created_by: UUID
    created_at: datetime
    updated_at: datetime
    completed_at: datetime | None
    archived_at: datetime | None
    trashed_at: datetime | None
    version: int

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """From the JSON that `queries.task_json` makes, typed by `rows_of`."""
        fields = dict(row)
        for name in ("start", "due"):
            day, moment = fields.pop(f"{name}_on"), fields.pop(f"{name}_at")
            fields[name] = moment or day
        fields["priority"] = PRIORITIES[fields["priority"]]
        fields["estimate"] = None if fields["estimate"] is None else float(fields["estimate"])  # JSON's 3 is an int
        fields["subtasks"] = Progress(**fields["subtasks"])
        fields["relations"] = [RelationView(**each) for each in fields["relations"]]
        return cls(created_by=fields.pop("created_by_id"), **fields)


@dataclass(frozen=True, slots=True)
class ProjectView:
    """A project as lists show it. `role` is the asker's; `open_tasks` counts what is neither done nor cancelled."""

    key: str
    name: str
    description: str
    color: str
    is_private: bool
    requires_version: bool
    role: str
    open_tasks: int
    created_at: datetime
    archived_at: datetime | None
    version: int


@dataclass(frozen=True, slots=True)
class ColumnView:
    """A column of the board, in its place."""

    id: UUID
    name: str
    category: str
    wip_limit: int | None
    position: str
    version: int


@dataclass(frozen=True, slots=True)
class LabelView:
    """A label of a project."""

    id: UUID
    name: str
    color: str
    version: int


@dataclass(frozen=True, slots=True)
class TemplateView:
    """What new tasks can start from: `content` holds fields of a task."""

    id: UUID
    name: str
    content: dict[str, Any]
    version: int


@dataclass(frozen=True, slots=True)
class CustomFieldView:
    """A field that a project gives its tasks, in its place. `key` is what a task's `custom` calls it."""

    id: UUID
    key: str
    name: str
    kind: str
    options: list[str]
    position: str
    version: int


@dataclass(frozen=True, slots=True)
class CommentView:
    """A comment; a deleted one has an empty `body` and a `deleted_at`.

    `reactions` are the accounts that gave each, by emoji; `mentions` the accounts that the text names.
    """

    id: UUID
    author_id: UUID
    body: str
    created_at: datetime
    edited_at: datetime | None
    deleted_at: datetime | None
    reactions: dict[str, list[UUID]]
    mentions: list[UUID]
    version: int

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """From the JSON that `queries.comment_json` makes, typed by `rows_of`."""
        fields = dict(row)
        fields["mentions"] = [UUID(each) for each in mentioned(fields["body"], fields.pop("named"))]
        reactions = fields.pop("reactions").items()
        return cls(reactions={emoji: [UUID(each) for each in ids] for emoji, ids in reactions}, **fields)


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """A file at a task. `size` is in bytes, `sha256` in hexadecimal digits.

    `width` and `height` are those of a picture, in pixels; only what has them has a thumbnail.
    """

    id: UUID
    uploader_id: UUID
    name: str
    media_type: str
    size: int
    sha256: str
    width: int | None
    height: int | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ReminderView:
    """One's own reminder: at a moment, or so many minutes before the task is due.

    `fire_at` is when it fires, None while the task has no due time; `fired_at` is when it did.
    """

    id: UUID
    at: datetime | None
    minutes_before: int | None
    fire_at: datetime | None
    fired_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule of a project, which acts as its owner. `error` says why it could not the last time, or is None."""

    id: UUID
    name: str
    is_enabled: bool
    events: list[str]
    condition: str
    actions: list[dict[str, Any]]
    owner_id: UUID
    error: str | None
    version: int


@dataclass(frozen=True, slots=True)
class RuleRunView:
    """What a rule did to one task at one time: `command` is what undo calls it, `changes` what it changed.

    `task` and `title` are None where the task is in another project by now.
    """

    command: int
    at: datetime
    task: str | None
    title: str | None
    changes: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class EventView:
    """One entry of a log.

    `command` is the revision of the first event of the same command, `request` the id of the request that caused it;
    `task` is `KEY-12` where there is one. `project` is the key of the project whose log it is in, None for one that the
    asker may not see: a task keeps its history when it changes projects.
    """

    revision: int
    command: int
    kind: str
    subject_id: UUID
    task: str | None
    actor_id: UUID | None
    at: datetime
    changes: list[dict[str, Any]]
    request: str
    project: str | None


@dataclass(frozen=True, slots=True)
class AccountView:
    """A person, as others in the workspace see them. `role` is their workspace role."""

    id: UUID
    handle: str
    name: str
    email: str
    role: str


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Part of a list; `cursor` fetches the next part, and is None at the end."""

    items: list[Item]
    cursor: str | None
