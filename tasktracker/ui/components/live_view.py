"""What the views of one project's tasks have in common: they load their data themselves and follow it by patches."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NotRequired, TypedDict, Unpack

import orjson
from nicegui.element import Element

from tasktracker.ui.components.intents import Handler, Intent, answer
from tasktracker.ui.components.modules import register_modules

register_modules("tasktracker-live-project", Path(__file__).parent / "live_project")

MAX_NUMBER = 2**31 - 1
MAX_ID = 64
MANY = 1000
"""Tasks that one intent may be about."""
ACTS = frozenset({"archive", "unarchive", "trash", "restore"})


@dataclass(frozen=True, slots=True)
class CreateIntent:
    """Somebody wants a new task: in a column, or due on a day."""

    column_id: str | None = None
    due: str | None = None


@dataclass(frozen=True, slots=True)
class EditIntent:
    """Somebody wants to give tasks new fields, named as in the API: `edits` by the tasks' numbers.

    `versions` holds the versions that the browser knows: what somebody else has changed since is not overwritten.
    """

    edits: Mapping[int, Mapping[str, Any]]
    versions: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ActIntent:
    """Somebody wants to archive, unarchive, trash or restore the tasks of these numbers."""

    numbers: tuple[int, ...]
    act: str


class PatchTexts:
    """The text of the patch that was asked for last: all the pages that follow a project are handed the same one."""

    def __init__(self) -> None:
        self._patch: Mapping[str, Any] | None = None
        self._text = ""

    def of(self, patch: Mapping[str, Any]) -> str:
        """The patch as JSON."""
        if self._patch is not patch:
            self._patch, self._text = patch, orjson.dumps(patch).decode()
        return self._text


_TEXTS = PatchTexts()


class Common(TypedDict):
    """What every view of a project takes.

    Without `on_create` there is no button for it; `selected` is the number of a task to mark.
    """

    project_key: str
    on_open: Handler[int]
    on_create: NotRequired[Handler[CreateIntent] | None]
    on_edit: NotRequired[Handler[EditIntent] | None]
    on_act: NotRequired[Handler[ActIntent] | None]
    can_edit: NotRequired[bool]
    selected: NotRequired[int | None]


class LiveView(Element):
    """One project's tasks, drawn in the browser. One element on the server, however many tasks there are."""

    shows_present = False
    """Whether the view's script takes `present`."""

    def __init__(self, **common: Unpack[Common]) -> None:
        super().__init__()
        can_edit, on_create = common.get("can_edit", False), common.get("on_create")
        key = common["project_key"]
        self.props["project-key"] = key
        self.props["can-edit"] = can_edit
        self.props["can-create"] = can_edit and on_create is not None
        self.props["url"] = f"/api/v1/projects/{key}/board"
        self.props["selected"] = common.get("selected")
        self.answer("open", read_number, common["on_open"])
        if on_create is not None:
            self.answer("create", read_create, on_create)
        if on_edit := common.get("on_edit"):
            self.answer("edit", read_edit, on_edit)
        if on_act := common.get("on_act"):
            self.answer("act", read_act, on_act)

    def patch(self, patch: Mapping[str, Any]) -> None:
        """Hand over what changed: `{since, revision, cards, gone, project}`. The browser puts it in order."""
        code = f'runMethod({self.id}, "patch", [{_TEXTS.of(patch)}])'
        # What `run_method` does in the end, without a task for each page and a text for each.
        self.client.outbox.enqueue_message("run_javascript", {"code": code}, self.client.id)

    def reload(self) -> None:
        """Let the browser load everything again."""
        self.run_method("reload")

    def select(self, number: int | None) -> None:
        """Mark the task of that number, or none."""
        self.props["selected"] = number

    def show_present(self, by_task: Mapping[int, Sequence[str]]) -> None:
        """Show who has tasks open: the ids of people by the tasks' numbers. Not every view has a place for it."""
        if self.shows_present:
            self.props["present"] = {str(number): list(ids) for number, ids in by_task.items()}
            self.update()

    def answer(self, event: str, read: Callable[[Any], Intent | None], handler: Handler[Intent]) -> None:
        """Pass what the browser emits to the handler."""
        answer(self, event, read, handler)


def read_number(raw: Any) -> int | None:
    """The number of a task, if it is one."""
    return raw if isinstance(raw, int) and not isinstance(raw, bool) and 0 < raw <= MAX_NUMBER else None


def read_id(raw: Any) -> str | None:
    """Text as long as an id may be, if it is that."""
    return raw if isinstance(raw, str) and 0 < len(raw) <= MAX_ID else None


def read_create(raw: Any) -> CreateIntent | None:
    """What `create` carries, if it is well formed."""
    if not isinstance(raw, dict):
        return None
    column_id, due = (read_id(raw.get(name)) for name in ("column_id", "due"))
    return CreateIntent(column_id, due) if column_id or due else None


def read_edit(raw: Any) -> EditIntent | None:
    """What `edit` carries, if it is well formed. Its fields are the service's to judge."""
    edits, versions = (_by_number(raw, name) for name in ("edits", "versions"))
    if not edits or versions is None:
        return None
    if not all(isinstance(fields, dict) and fields for fields in edits.values()):
        return None
    return None if any(read_number(each) is None for each in versions.values()) else EditIntent(edits, versions)


def read_act(raw: Any) -> ActIntent | None:
    """What `act` carries, if it is well formed."""
    numbers = raw.get("numbers") if isinstance(raw, dict) else None
    if not isinstance(numbers, list) or not 0 < len(numbers) <= MANY or raw.get("act") not in ACTS:
        return None
    return None if any(read_number(each) is None for each in numbers) else ActIntent(tuple(numbers), raw["act"])


def _by_number(raw: Any, name: str) -> dict[int, Any] | None:
    """What stands there by the numbers of tasks, as JSON has them: as texts."""
    found = raw.get(name, {}) if isinstance(raw, dict) else None
    if not isinstance(found, dict) or len(found) > MANY or not all(isinstance(key, str) for key in found):
        return None
    if not all(key.isascii() and key.isdigit() and len(key) < MAX_ID and read_number(int(key)) for key in found):
        return None
    return {int(key): value for key, value in found.items()}
