"""The tables: columns and constraints, no rules.

Times are `timestamptz` in UTC. Ids are UUID version 7, made by the program. Arrays of ids on a task (assignees,
labels) are kept whole by the commands that write them, under the project's lock: a task's state is one row.
"""

from tasktracker.models.log import ConsumerCursor, Event, IdempotencyRecord
from tasktracker.models.people import Account, Membership, Session, Workspace
from tasktracker.models.personal import Notification, SavedView
from tasktracker.models.projects import (
    BoardColumn,
    CustomField,
    Label,
    Project,
    ProjectMembership,
    Rule,
    Template,
)
from tasktracker.models.tasks import Attachment, Comment, DueNotice, LooseFile, Reminder, Task, TaskAlias

__all__ = [
    "Account",
    "Attachment",
    "BoardColumn",
    "Comment",
    "ConsumerCursor",
    "CustomField",
    "DueNotice",
    "Event",
    "IdempotencyRecord",
    "Label",
    "LooseFile",
    "Membership",
    "Notification",
    "Project",
    "ProjectMembership",
    "Reminder",
    "Rule",
    "SavedView",
    "Session",
    "Task",
    "TaskAlias",
    "Template",
    "Workspace",
]
