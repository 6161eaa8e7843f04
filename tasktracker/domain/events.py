"""What the log is made of: events, the changes in them, and the chain that makes tampering show.

`hash = sha256(prev_hash ‖ digest ‖ canonical(head))`, where `digest = sha256(canonical(changes))`. The chain covers
the digest of the changes and not the changes, so that text can be redacted (a password in a comment) and every
later hash still holds.

A redaction replaces all changes of an event by `redacted(changes)`, and is an event itself: `EventRedacted`, later in
the same log, whose one change is `{"field": "revision", "old": null, "new": <the redacted event's revision>}`. Changes
that are redacted without such an event were tampered with.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

GENESIS = bytes(32)
"""The `prev_hash` of the first event of every log."""


class EventKind(StrEnum):
    """Past tense: what happened."""

    PROJECT_CREATED = "ProjectCreated"
    PROJECT_EDITED = "ProjectEdited"
    PROJECT_ARCHIVED = "ProjectArchived"
    PROJECT_UNARCHIVED = "ProjectUnarchived"
    PROJECT_MEMBER_SET = "ProjectMemberSet"
    PROJECT_MEMBER_REMOVED = "ProjectMemberRemoved"
    COLUMN_ADDED = "ColumnAdded"
    COLUMN_EDITED = "ColumnEdited"
    COLUMN_DELETED = "ColumnDeleted"
    LABEL_ADDED = "LabelAdded"
    LABEL_EDITED = "LabelEdited"
    LABEL_DELETED = "LabelDeleted"
    TASK_CREATED = "TaskCreated"
    TASK_EDITED = "TaskEdited"
    TASK_MOVED = "TaskMoved"
    TASK_ARCHIVED = "TaskArchived"
    TASK_UNARCHIVED = "TaskUnarchived"
    TASK_TRASHED = "TaskTrashed"
    TASK_RESTORED = "TaskRestored"
    TASK_FELL_DUE = "TaskFellDue"
    TASK_PURGED = "TaskPurged"
    TASK_LEFT = "TaskLeft"
    TASK_ARRIVED = "TaskArrived"
    COMMENT_ADDED = "CommentAdded"
    COMMENT_EDITED = "CommentEdited"
    COMMENT_DELETED = "CommentDeleted"
    COMMENT_RESTORED = "CommentRestored"
    COMMENT_REACTED = "CommentReacted"
    ATTACHMENT_ADDED = "AttachmentAdded"
    ATTACHMENT_DELETED = "AttachmentDeleted"
    ATTACHMENT_RESTORED = "AttachmentRestored"
    REMINDER_ADDED = "ReminderAdded"
    REMINDER_DELETED = "ReminderDeleted"
    REMINDER_FIRED = "ReminderFired"
    CUSTOM_FIELD_ADDED = "CustomFieldAdded"
    CUSTOM_FIELD_EDITED = "CustomFieldEdited"
    CUSTOM_FIELD_DELETED = "CustomFieldDeleted"
    TEMPLATE_ADDED = "TemplateAdded"
    TEMPLATE_EDITED = "TemplateEdited"
    TEMPLATE_DELETED = "TemplateDeleted"
    RULE_ADDED = "RuleAdded"
    RULE_EDITED = "RuleEdited"
    RULE_DELETED = "RuleDeleted"
    COMMAND_UNDONE = "CommandUndone"
    WORKSPACE_CREATED = "WorkspaceCreated"
    WORKSPACE_EDITED = "WorkspaceEdited"
    ACCOUNT_CREATED = "AccountCreated"
    ACCOUNT_EDITED = "AccountEdited"
    PASSWORD_CHANGED = "PasswordChanged"  # noqa: S105  an event's name, no secret
    MEMBER_SET = "MemberSet"
    MEMBER_REMOVED = "MemberRemoved"
    SESSION_OPENED = "SessionOpened"
    SESSION_REVOKED = "SessionRevoked"
    VIEW_ADDED = "ViewAdded"
    VIEW_EDITED = "ViewEdited"
    VIEW_DELETED = "ViewDeleted"
    TOKEN_CREATED = "TokenCreated"  # noqa: S105  an event's name, no secret
    EVENT_REDACTED = "EventRedacted"


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one row, before and after. Values are JSON values."""

    field: str
    old: Any
    new: Any

    def as_json(self) -> dict[str, Any]:
        return {"field": self.field, "old": self.old, "new": self.new}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, not yet numbered.

    `task_id` groups what belongs to one task's history (its comments too). `version` is the subject's version after
    the change, by which a later writer finds out what was changed since the version they had seen.
    """

    kind: EventKind
    subject_id: UUID
    changes: Sequence[Change] = ()
    task_id: UUID | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class Link:
    """One event as the chain sees it. `revision` counts from 1 without a gap within a log."""

    log_id: UUID
    revision: int
    kind: str
    subject_id: UUID
    task_id: UUID | None
    version: int
    actor_id: UUID | None
    at: datetime
    request_id: str
    digest: bytes

    def hash_after(self, prev_hash: bytes) -> bytes:
        """SHA-256 over the previous hash, the digest of the changes, and everything else that identifies the event."""
        head = [
            str(self.log_id),
            self.revision,
            self.kind,
            str(self.subject_id),
            _text(self.task_id),
            self.version,
            _text(self.actor_id),
            self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            self.request_id,
        ]
        return hashlib.sha256(prev_hash + self.digest + _canonical(head)).digest()


def digest_of(changes: Iterable[dict[str, Any]]) -> bytes:
    """SHA-256 of the changes in canonical JSON (sorted keys, no spaces, UTF-8)."""
    return hashlib.sha256(_canonical(list(changes))).digest()


def redacted(changes: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """What takes the place of changes whose values must go: which fields changed, and nothing of what they held."""
    return [{"field": change["field"], "redacted": True} for change in changes]


def is_redacted(changes: Sequence[Any]) -> bool:
    """Whether every change is redacted. One value left over would be a value that no digest vouches for."""
    return bool(changes) and all(_is_redacted(change) for change in changes)


def changes_between(before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    """The fields of `after` whose value differs from `before`; a missing one counts as None."""
    return [Change(field, before.get(field), new) for field, new in after.items() if before.get(field) != new]


def _is_redacted(change: Any) -> bool:
    return isinstance(change, dict) and change.keys() == {"field", "redacted"} and change["redacted"] is True


def _canonical(value: Any) -> bytes:
    return json.dumps(_exact(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _exact(value: Any) -> Any:
    """The value with whole floats as the integers that they are written as: JSONB turns 1e22 into its 23 digits."""
    if isinstance(value, float) and value.is_integer():
        return int(Decimal(repr(value)))
    if isinstance(value, dict):
        return {name: _exact(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_exact(each) for each in value]
    return value


def _text(value: UUID | None) -> str | None:
    return None if value is None else str(value)
