"""The tables: columns and constraints, no rules.

Times are `timestamptz` in UTC. Ids are UUID version 7, made by the program. Arrays of ids on a task (assignees,
labels) are kept whole by the commands that write them, under the project's lock: a task's state is one row.
"""

from tasktracker.models.log import ConsumerCursor, Event, IdempotencyRecord
from tasktracker.models.people import Account, Membership, Session, Workspace
from tasktracker.models.projects import BoardColumn, Label, Project, ProjectMembership
from tasktracker.models.tasks import Comment, Task

__all__ = [
    "Account",
    "BoardColumn",
    "Comment",
    "ConsumerCursor",
    "Event",
    "IdempotencyRecord",
    "Label",
    "Membership",
    "Project",
    "ProjectMembership",
    "Session",
    "Task",
    "Workspace",
]
