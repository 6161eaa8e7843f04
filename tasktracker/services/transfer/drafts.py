"""From what a line says to the fields that its task is to have."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from tasktracker.domain.errors import Invalid, Problem, pointer_to
from tasktracker.domain.task_fields import clean_day_or_moment, clean_task_fields
from tasktracker.domain.text import clean_body, inside
from tasktracker.models import Task
from tasktracker.services.transfer.lines import Line
from tasktracker.services.transfer.names import Names

_SAME = (
    *("title", "description", "priority", "start", "due", "estimate", "recurrence"),
    *("external_source", "external_id"),
)


@dataclass(frozen=True, slots=True)
class Said:
    """A comment to bring in. `reactions` holds ids of people by emoji."""

    body: str
    author_id: UUID | None
    created_at: datetime
    reactions: Mapping[str, list[str]]


@dataclass(eq=False)
class Draft:
    """A task to be written. `fields` are clean, and those of the log but for `custom`; `number` is of one that exists.

    `archived` is None where the file does not say.
    """

    line: Line
    fields: dict[str, Any] = field(default_factory=dict)
    comments: list[Said] = field(default_factory=list)
    archived: bool | None = None
    created_at: datetime | None = None
    created_by: UUID | None = None
    number: int | None = None
    parent: "Draft | str | None" = None
    position: str | None = None
    task: Task | None = None

    @property
    def is_wrong(self) -> bool:
        return bool(self.line.problems)


def draft_of(line: Line, names: Names) -> Draft:
    """Check everything that can be checked without looking at a task; what is wrong is noted on the line."""
    draft = Draft(line)
    raw = line.raw
    parts: list[Callable[[], Mapping[str, Any]]] = [
        lambda: clean_task_fields({name: raw[name] for name in _SAME if name in raw}),
        lambda: _one("column_id", names.column_id(raw)),
        lambda: {"label_ids": names.label_ids(raw["labels"])} if "labels" in raw else {},
        lambda: {"assignee_ids": names.person_ids(raw["assignees"], "/assignees")} if "assignees" in raw else {},
        lambda: {"watcher_ids": names.person_ids(raw["watchers"], "/watchers")} if "watchers" in raw else {},
        lambda: _one("custom", _custom(raw.get("custom") or {}, names)),
        lambda: _one("completed_at", _moment_text(raw.get("completed_at"), "/completed_at")),
    ]
    for part in parts:
        _noting(line, lambda part=part: draft.fields.update(part()))  # type: ignore[misc]  # bound now, not later
    _noting(line, lambda: _facts(draft, raw, names))
    _noting(line, lambda: draft.comments.extend(_comments(raw.get("comments") or [], names)))
    return draft


def _noting(line: Line, step: Callable[[], object]) -> None:
    try:
        step()
    except Invalid as refusal:
        line.refuse(refusal)


def _one(name: str, value: Any) -> dict[str, Any]:
    return {} if value in (None, {}) else {name: value}


def _facts(draft: Draft, raw: Mapping[str, Any], names: Names) -> None:
    draft.created_at = _moment(raw.get("created_at"), "/created_at")
    author = raw.get("created_by") and names.known_person(raw["created_by"])
    draft.created_by = UUID(author) if author else None
    if "archived_at" in raw:
        draft.archived = raw["archived_at"] not in (None, False)


def _custom(raw: Any, names: Names) -> dict[str, Any]:
    """The values, with people's ids; whether the project takes them, its custom fields know."""
    if not isinstance(raw, Mapping):
        raise Invalid.at("/custom", "This must be an object: the values of custom fields by their keys.")
    return {key: _custom_value(key, value, names) for key, value in raw.items()}


def _custom_value(key: str, value: Any, names: Names) -> Any:
    known = names.custom.get(key)
    if value is None or known is None or known.kind != "person":
        return value
    return names.person_id(value, pointer_to("custom", key))


def _comments(raw: Any, names: Names) -> list[Said]:
    if not isinstance(raw, list):
        raise Invalid.at("/comments", "This must be a list of comments.")
    said = []
    for index, each in enumerate(raw):
        with inside(pointer_to("comments", index)):
            said.append(_comment(each, names))
    return said


def _comment(raw: Any, names: Names) -> Said:
    if not isinstance(raw, Mapping):
        raise Invalid.at("", "This must be an object: a comment.")
    body = clean_body(raw.get("body"), "/body")
    created_at = _moment(raw.get("created_at"), "/created_at")
    problems = [Problem("/body", "A comment says something.")] if not body.strip() else []
    problems += [Problem("/created_at", "A comment needs its time: it is known by it.")] if created_at is None else []
    if problems or created_at is None:
        raise Invalid(problems)
    author = names.known_person(raw.get("author"))
    return Said(body, UUID(author) if author else None, created_at, _reactions(raw.get("reactions") or {}, names))


def _reactions(raw: Any, names: Names) -> dict[str, list[str]]:
    """Those of people who are here."""
    if not isinstance(raw, Mapping) or not all(isinstance(each, list) for each in raw.values()):
        raise Invalid.at("/reactions", "This must be an object: lists of people by emoji.")
    found = {emoji: [person for name in given if (person := names.known_person(name))] for emoji, given in raw.items()}
    return {emoji: given for emoji, given in found.items() if given}


def _moment_text(value: Any, pointer: str) -> str | None:
    moment = _moment(value, pointer)
    return moment.isoformat() if moment else None


def _moment(value: Any, pointer: str) -> datetime | None:
    """A moment; a day is its beginning in UTC. A moment that has not come yet is none that anything happened at."""
    text = clean_day_or_moment(value, pointer)
    if text is None:
        return None
    exact = datetime.fromisoformat(value) if "T" in text else datetime.fromisoformat(text)
    moment = exact.astimezone(UTC) if exact.tzinfo else exact.replace(tzinfo=UTC)
    if moment > datetime.now(UTC):
        raise Invalid.at(pointer, "This is in the future, and so it has not happened.")
    return moment
