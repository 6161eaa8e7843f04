"""What reads answer: frozen, complete, and safe to hand to any face. Times are aware; `due` is a day or None."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, Self, TypeVar
from uuid import UUID

from tasktracker.domain.task_fields import PRIORITIES

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task in full. `version` grows by one with every change and is the task's ETag."""

    ref: str
    project: str
    number: int
    title: str
    description: str
    column_id: UUID
    position: str
    priority: str
    assignee_ids: list[UUID]
    label_ids: list[UUID]
    due: date | None
    comment_count: int
    created_by: UUID
    created_at: datetime
    updated_at: datetime
    completed_at: datetime | None
    archived_at: datetime | None
    trashed_at: datetime | None
    version: int

    @classmethod
    def of(cls, key: str, row: Mapping[str, Any]) -> Self:
        """From a row of the table `task`."""
        return cls(
            ref=f"{key}-{row['number']}",
            project=key,
            number=row["number"],
            title=row["title"],
            description=row["description"],
            column_id=row["column_id"],
            position=row["position"],
            priority=PRIORITIES[row["priority"]],
            assignee_ids=list(row["assignee_ids"]),
            label_ids=list(row["label_ids"]),
            due=row["due_on"],
            comment_count=row["comment_count"],
            created_by=row["created_by_id"],
            created_at=row["created_at"],
            updated_at=row["updated_at"],
            completed_at=row["completed_at"],
            archived_at=row["archived_at"],
            trashed_at=row["trashed_at"],
            version=row["version"],
        )


@dataclass(frozen=True, slots=True)
class ProjectView:
    """A project as lists show it. `role` is the asker's; `open_tasks` counts what is neither done nor cancelled."""

    key: str
    name: str
    description: str
    color: str
    is_private: bool
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
class CommentView:
    """A comment; a deleted one has an empty `body` and a `deleted_at`."""

    id: UUID
    author_id: UUID
    body: str
    created_at: datetime
    edited_at: datetime | None
    deleted_at: datetime | None
    version: int


@dataclass(frozen=True, slots=True)
class EventView:
    """One entry of a log. `request` is the id of the request that caused it; `task` is `KEY-12` where there is one."""

    revision: int
    kind: str
    subject_id: UUID
    task: str | None
    actor_id: UUID | None
    at: datetime
    changes: list[dict[str, Any]]
    request: str


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
