"""The properties of a task, as one element. What they do in the browser stands in task_properties.js."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from nicegui.element import Element

from tasktracker.domain.task_fields import CUSTOM
from tasktracker.ui.components.intents import Handler, answer, read_uuid
from tasktracker.ui.components.live_view import ACTS, MAX_NUMBER, read_number
from tasktracker.ui.components.modules import register_modules

register_modules("tasktracker-properties", Path(__file__).parent / "parts")

FIELDS = frozenset(
    {
        *("column_id", "priority", "assignee_ids", "label_ids", "start", "due", "estimate"),
        *("parent", "recurrence", "watcher_ids"),
    }
)
LONGEST = 60
"""Characters of a field's name."""


@dataclass(frozen=True, slots=True)
class SaveIntent:
    """Somebody wants the field to have that value; they saw the task's `version` when they began to enter it.

    `token` names the attempt in the answer.
    """

    field: str
    value: Any
    version: int
    token: int


@dataclass(frozen=True, slots=True)
class Answers:
    """Who is told what people want. A reminder is named by fields of the API, or by its id."""

    save: Handler[SaveIntent]
    remind: Handler[Mapping[str, Any]]
    forget: Handler[UUID]
    act: Handler[str]


class TaskProperties(Element, component="task_properties.js"):
    """Shows what it is given; what somebody has entered stays on the screen until `settle` says that it is saved."""

    def __init__(self, answers: Answers, *, can_edit: bool, is_page: bool) -> None:
        super().__init__()
        self.props.update({"can-edit": can_edit, "is-page": is_page})
        answer(self, "save", read_save, answers.save)
        answer(self, "remind", read_reminder, answers.remind)
        answer(self, "forget", read_uuid, answers.forget)
        answer(self, "act", read_act, answers.act)

    def show(self, task: dict[str, Any], frame: dict[str, Any]) -> None:
        """Show the task within what its project knows."""
        if (self.props.get("task"), self.props.get("frame")) != (task, frame):
            self.props["task"], self.props["frame"] = task, frame
            self.update()

    def settle(self, token: int, problem: str | None, version: int) -> None:
        """Tell what has become of an attempt: why it was refused, if it was, and the task's version now."""
        if not self.is_deleted:  # drawn anew meanwhile, with what is saved
            self.run_method("settle", token, problem, version)

    def reminded(self, problem: str | None) -> None:
        """Tell what has become of a new reminder: why it was refused, if it was."""
        if not self.is_deleted:
            self.run_method("reminded", problem)


def read_save(raw: Any) -> SaveIntent | None:
    """What `save` carries, if it is well formed. The value is the service's to judge."""
    match raw:
        case {"field": str(field), "value": value, "version": version, "token": token} if _is_field(field):
            if read_number(version) and read_number(token):
                return SaveIntent(field, value, version, token)
    return None


def read_reminder(raw: Any) -> Mapping[str, Any] | None:
    """What `remind` carries: a moment, or minutes."""
    match raw:
        case {"at": str(at)} if len(raw) == 1:
            return {"at": at}
        case {"minutes_before": int(minutes)} if len(raw) == 1 and 0 <= minutes <= MAX_NUMBER:
            return {"minutes_before": minutes}
    return None


def read_act(raw: Any) -> str | None:
    """What the keyboard does with a task on its own page."""
    return raw if isinstance(raw, str) and raw in ACTS else None


def _is_field(name: str) -> bool:
    return name in FIELDS or (name.startswith(CUSTOM) and len(name) <= LONGEST)
