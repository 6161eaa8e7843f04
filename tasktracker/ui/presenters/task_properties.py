"""The properties of a task as the browser draws them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from tasktracker.domain.events import EventKind
from tasktracker.domain.recurrence import Recurrence
from tasktracker.domain.task_fields import CUSTOM, moment_text
from tasktracker.services.views import CustomFieldView, ReminderView, TaskView
from tasktracker.ui.language import t
from tasktracker.ui.presenters.recurrence import recurrence_text
from tasktracker.ui.presenters.task import TaskPresenter

_CHANGES = frozenset(
    {
        *(EventKind.TASK_EDITED, EventKind.TASK_MOVED, EventKind.TASK_ARCHIVED, EventKind.TASK_UNARCHIVED),
        *(EventKind.TASK_TRASHED, EventKind.TASK_RESTORED, EventKind.TASK_ARRIVED),
    }
)


def properties(presenter: TaskPresenter, people: Mapping[str, str], *, can_edit: bool) -> dict[str, Any]:
    """What `task_properties.js` shows of a task; `people` are the names of who sees the project."""
    task = presenter.task
    return {
        "ref": task.ref,
        "number": task.number,
        "title": task.title,
        "version": task.version,
        "trashed": task.trashed_at is not None,
        "can_watch": can_edit,
        "values": {**values(task), **{CUSTOM + key: value for key, value in task.custom.items()}},
        "recurrence_text": recurrence_text(Recurrence.from_json(task.recurrence)) if task.recurrence else "",
        "outside": {"source": task.external_source or "", "id": task.external_id} if task.external_id else None,
        "reminders": [_reminder(each) for each in presenter.reminders],
        "created": {"by": _name(task.created_by, people), "at": task.created_at.isoformat()},
        "changed": _changed(presenter, people),
    }


def surroundings(frame: Mapping[str, Any], fields: Sequence[CustomFieldView]) -> dict[str, Any]:
    """What there is to choose from in the task's project."""
    custom = [{"key": each.key, "name": each.name, "kind": each.kind, "options": each.options} for each in fields]
    return {**{name: frame[name] for name in ("key", "columns", "labels", "people")}, "custom": custom}


def values(task: TaskView) -> dict[str, Any]:
    """The task's own fields as JSON values, by their names in the API."""
    return {
        "column_id": str(task.column_id),
        "priority": task.priority,
        "start": when_text(task.start),
        "due": when_text(task.due),
        "estimate": task.estimate,
        "parent": task.parent,
        "recurrence": task.recurrence,
        **{name: [str(each) for each in getattr(task, name)] for name in ("assignee_ids", "label_ids", "watcher_ids")},
    }


def when_text(when: date | datetime | None) -> str | None:
    """A day or a moment as the API writes it."""
    if when is None:
        return None
    return moment_text(when) if isinstance(when, datetime) else when.isoformat()


def _reminder(reminder: ReminderView) -> dict[str, Any]:
    return {
        "id": str(reminder.id),
        "minutes_before": reminder.minutes_before,
        **{name: at and at.isoformat() for name in ("at", "fire_at", "fired_at") for at in [getattr(reminder, name)]},
    }


def _changed(presenter: TaskPresenter, people: Mapping[str, str]) -> dict[str, str] | None:
    """Who changed the task last, if anybody has since it was made."""
    for event in presenter.history:  # latest first
        if event.kind in _CHANGES:
            return {"by": _name(event.actor_id, people), "at": event.at.isoformat()}
    return None


def _name(account_id: object, people: Mapping[str, str]) -> str:
    return people.get(str(account_id), t("somebody who left"))
