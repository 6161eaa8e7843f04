"""What the reference shows: one team, one project, one task, the same throughout."""

import json
from typing import Any

_ANA = "019a5c1e-7b1a-7c3e-9d55-0c2f4be8a101"
_TEAM = "019a5c1e-7b00-7d20-8a11-3f6f0e7cd902"
_DOING = "019a5c20-1f4b-7a90-b7c1-52d1f0a3e203"
_BUG = "019a5c20-2a11-7e55-8b0f-91d2c7b4f304"
_TEMPLATE = "019a5c20-3b22-7d66-9c10-a2e3d8c5f406"
_VIEW = "019a5c20-4c33-7e77-8d21-b3f4e9d60507"
_FIELD = "019a5c24-7fa1-7234-9e5f-8071829304b8"
_TASK = "019a5c21-40aa-7b6c-a3a2-6ee5b1d0c405"
_COMMENT = "019a5c22-5d3c-7f18-9c47-1a2b3c4d5e06"
_SESSION = "019a5c23-6e90-7123-8d4e-7f60718293a7"
_AT = "2026-11-23T09:15:00Z"

PERSON: dict[str, Any] = {
    "id": _ANA, "handle": "ana", "name": "Ana Lima", "email": "ana@example.com", "role": "owner",
}  # fmt: skip
ME: dict[str, Any] = {
    "person": PERSON, "workspace": {"id": _TEAM, "name": "Web team"}, "role": "owner", "may_write": True,
    "time_zone": "Europe/Lisbon", "locale": "pt",
}  # fmt: skip
SIGN_IN: dict[str, Any] = {"email": "ana@example.com", "password": "correct horse battery"}
SET_UP: dict[str, Any] = {"workspace": "Web team", "name": "Ana Lima", **SIGN_IN}
SESSION: dict[str, Any] = {
    "id": _SESSION, "kind": "token", "name": "nightly export", "may_write": False, "created_at": _AT,
    "last_used_at": _AT, "expires_at": "2027-02-21T09:15:00Z", "is_current": False,
}  # fmt: skip
NEW_TOKEN: dict[str, Any] = {"name": "nightly export", "days": 90, "may_write": False}
TOKEN: dict[str, Any] = {
    "id": _SESSION, "name": "nightly export", "may_write": False, "expires_at": "2027-02-21T09:15:00Z",
    "secret": "tt_4kXo2Yh8c1Qm0ZrW9uTe5sVb7nLd3jFp6aGi-example",
}  # fmt: skip

NEW_PROJECT: dict[str, Any] = {"key": "WEB", "name": "Web site", "color": "#5e6ad2", "is_private": False}
PROJECT_EDIT: dict[str, Any] = {"name": "Web site and shop"}
PROJECT: dict[str, Any] = {
    "key": "WEB", "name": "Web site", "description": "", "color": "#5e6ad2", "is_private": False,
    "requires_version": False, "role": "manager",
    "open_tasks": 12, "created_at": _AT, "archived_at": None, "version": 1,
}  # fmt: skip
PROJECT_COPY: dict[str, Any] = {"key": "SHOP", "name": "Shop", "with_tasks": False}
MEMBER_ROLE: dict[str, Any] = {"role": "editor"}
MEMBER: dict[str, Any] = {"account_id": _ANA, "name": "Ana Lima", "handle": "ana", "role": "editor"}

NEW_COLUMN: dict[str, Any] = {"name": "In progress", "category": "started", "wip_limit": 3}
COLUMN_EDIT: dict[str, Any] = {"wip_limit": None}
COLUMN_MOVE: dict[str, Any] = {"after": _DOING}
COLUMN: dict[str, Any] = {"id": _DOING, **NEW_COLUMN, "position": "a2", "version": 1}
NEW_LABEL: dict[str, Any] = {"name": "bug", "color": "#e5484d"}
LABEL_EDIT: dict[str, Any] = {"color": "#f76b15"}
LABEL: dict[str, Any] = {"id": _BUG, **NEW_LABEL, "version": 1}

NEW_TEMPLATE: dict[str, Any] = {
    "name": "Bug report", "content": {"description": "What happens, and what should happen?", "label_ids": [_BUG]},
}  # fmt: skip
TEMPLATE_EDIT: dict[str, Any] = {"name": "Report of a bug"}
TEMPLATE: dict[str, Any] = {"id": _TEMPLATE, **NEW_TEMPLATE, "version": 1}

NEW_CUSTOM_FIELD: dict[str, Any] = {"name": "Severity", "kind": "select", "options": ["low", "medium", "high"]}
CUSTOM_FIELD_EDIT: dict[str, Any] = {"options": ["low", "high", "critical"], "rename": {"medium": "high"}}
CUSTOM_FIELD: dict[str, Any] = {"id": _FIELD, "key": "severity", **NEW_CUSTOM_FIELD, "position": "a0", "version": 1}

NEW_VIEW: dict[str, Any] = {
    "name": "Urgent bugs", "query": "label:bug priority:>=high", "project": "WEB", "is_shared": True,
    "layout": {"view": "table", "group": "assignee", "sort": "-priority", "columns": ["ref", "title", "due"]},
}  # fmt: skip
VIEW_EDIT: dict[str, Any] = {"name": "Bugs to fix now"}
VIEW: dict[str, Any] = {"id": _VIEW, **NEW_VIEW, "owner_id": _ANA, "is_starred": False, "created_at": _AT, "version": 1}

NEW_TASK: dict[str, Any] = {
    "title": "Fix the login", "priority": "high", "assignee_ids": [_ANA], "label_ids": [_BUG], "due": "2026-11-30",
}  # fmt: skip
TASK_EDIT: dict[str, Any] = {"priority": "urgent", "due": None}
TASK_COPY: dict[str, Any] = {"with_subtasks": True}
TASK_MOVE: dict[str, Any] = {"column_id": _DOING, "after": 7}
TASK: dict[str, Any] = {
    "ref": "WEB-12", "project": "WEB", "number": 12, **NEW_TASK, "description": "Fails with a *trailing space*.",
    "column_id": _DOING, "state": "started", "position": "a1", "start": None, "estimate": 3.0, "parent": "WEB-3",
    "subtasks": {"total": 0, "done": 0}, "watcher_ids": [_ANA], "custom": {"severity": "high"}, "recurrence": None,
    "relations": [{"kind": "blocks", "ref": "WEB-14", "title": "Ship the shop", "state": "unstarted"}],
    "external_source": None, "external_id": None, "comment_count": 1, "attachment_count": 0, "created_by": _ANA,
    "created_at": _AT, "updated_at": _AT, "completed_at": None, "archived_at": None, "trashed_at": None, "version": 7,
}  # fmt: skip
NEW_COMMENT: dict[str, Any] = {"body": "It is the trailing space. Patch follows."}
COMMENT: dict[str, Any] = {
    "id": _COMMENT, "author_id": _ANA, **NEW_COMMENT, "created_at": _AT, "edited_at": None, "deleted_at": None,
    "reactions": {"👍": [_ANA]}, "mentions": [], "version": 1,
}  # fmt: skip
EVENT: dict[str, Any] = {
    "revision": 41, "command": 41, "kind": "TaskEdited", "subject_id": _TASK, "task": "WEB-12", "actor_id": _ANA,
    "at": _AT, "changes": [{"field": "priority", "old": "none", "new": "high"}], "request": "5f0c1d9e2b7a4836",
    "project": "WEB",
}  # fmt: skip
EVENT_STREAM = f"id: 41\nevent: TaskEdited\ndata: {json.dumps(EVENT)}\n\n"
COMMENT_EDITED: dict[str, Any] = {
    **EVENT, "kind": "CommentEdited", "subject_id": _COMMENT,
    "changes": [{"field": "body", "old": "It is a space.", "new": NEW_COMMENT["body"]}],
}  # fmt: skip
NOTIFICATION: dict[str, Any] = {
    "id": "019a5c24-7fa1-7a34-9b5f-8091a2b3c4d8", "reason": "mentioned", "task": "WEB-12", "title": NEW_TASK["title"],
    "kind": "CommentAdded", "subject_id": _COMMENT, "actor_id": _ANA, "at": _AT, "read_at": None, "snoozed_until": None,
    "changes": [{"field": "body", "old": None, "new": "@ben, can you look?"}],
}  # fmt: skip
BOARD: dict[str, Any] = {
    "revision": 41,
    "project": {
        "key": "WEB", "name": "Web site", "color": "#5e6ad2", "archived": False,
        "columns": [{"id": _DOING, **NEW_COLUMN}], "labels": [{"id": _BUG, **NEW_LABEL}],
        "people": [{"id": _ANA, "name": "Ana Lima", "handle": "ana"}],
    },
    "cards": [{
        "number": 12, "title": "Fix the login", "column_id": _DOING, "position": "a1", "priority": "high",
        "assignee_ids": [_ANA], "label_ids": [_BUG], "start": None, "due": "2026-11-30",
        "estimate": 3.0, "parent": 4, "blocked_by": [9], "comment_count": 1, "version": 7,
    }],
}  # fmt: skip
