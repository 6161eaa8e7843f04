"""The log in words."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from tasktracker.domain.events import EventKind
from tasktracker.domain.recurrence import Recurrence, describe
from tasktracker.domain.task_fields import CUSTOM
from tasktracker.services.views import EventView

Names = Mapping[str, str]
"""What ids stand for: columns, labels and people alike."""

_QUIET = {
    EventKind.COMMENT_ADDED,  # shown as the comment itself
    EventKind.COMMENT_EDITED,
    EventKind.TASK_FELL_DUE,  # nobody did it
    EventKind.REMINDER_ADDED,  # their owner's alone
    EventKind.REMINDER_DELETED,
    EventKind.REMINDER_FIRED,
}

_PLAIN = {
    EventKind.TASK_CREATED: "created this task",
    EventKind.TASK_ARCHIVED: "archived this task",
    EventKind.TASK_UNARCHIVED: "took this task out of the archive",
    EventKind.TASK_TRASHED: "moved this task to the trash",
    EventKind.TASK_RESTORED: "restored this task",
    EventKind.TASK_PURGED: "removed this task for good",
    EventKind.EVENT_REDACTED: "took what was said here out of the log",
    EventKind.TASK_LEFT: "took this out of its project",
    EventKind.TASK_ARRIVED: "brought this here",
    EventKind.COMMENT_DELETED: "deleted a comment",
    EventKind.ATTACHMENT_DELETED: "deleted an attachment",
    EventKind.ATTACHMENT_RESTORED: "restored an attachment",
}


def sentence(event: EventView, names: Names) -> str | None:
    """What somebody did, without their name: "moved this from To do to Done". None for what needs no line."""
    kind = EventKind(event.kind)
    if kind in _QUIET:
        return None
    if kind in _PLAIN:
        return _PLAIN[kind]
    if kind is EventKind.ATTACHMENT_ADDED:
        return f"attached {next(change['new'] for change in event.changes if change['field'] == 'name')}"
    phrases = [
        phrase
        for change in event.changes
        if "new" in change and (phrase := _phrase(change, names, str(event.actor_id)))
    ]
    return ", ".join(phrases) or None


def _phrase(change: Mapping[str, Any], names: Names, actor_id: str) -> str | None:
    field, old, new = change["field"], change["old"], change["new"]
    if field == "watcher_ids":  # for oneself it needs no line: whoever comments watches
        old, new = ([each for each in side or [] if each != actor_id] for side in (old, new))
    if field == "reactions":
        return _reaction_phrase(old or {}, new or {})
    if field in _RELATIONS:
        return _relation_phrase(_RELATIONS[field], len(old or []), len(new or []))
    if field in _LISTS:
        return _list_phrase(field, old or [], new or [], names)
    if field.startswith(CUSTOM):
        return _custom_phrase(names.get(field) or field.removeprefix(CUSTOM).replace("_", " "), new, names)
    phrase = _PHRASES.get(field)
    return phrase and phrase(old, new, names)


_PHRASES: dict[str, Callable[[Any, Any, Names], str]] = {
    "column_id": lambda old, new, names: f"moved this from {_column(old, names)} to {_column(new, names)}",
    "title": lambda _old, new, _names: f"renamed this to “{new}”",
    "description": lambda _old, _new, _names: "edited the description",
    "priority": lambda _old, new, _names: f"set the priority to {new}",
    "recurrence": lambda _old, new, _names: _recurrence(new),
    "due": lambda _old, new, _names: f"set the due date to {_day(new)}" if new else "removed the due date",
}


def _recurrence(value: Mapping[str, Any] | None) -> str:
    return f"set this to repeat {describe(Recurrence.from_json(value))}" if value else "ended its repetition"


def _column(column_id: str, names: Names) -> str:
    return names.get(column_id, "a deleted column")


_LISTS = {
    "assignee_ids": ("assigned", "unassigned"),
    "label_ids": ("added the label", "removed the label"),
    "watcher_ids": ("added the watcher", "removed the watcher"),
}


def _list_phrase(field: str, old: list[str], new: list[str], names: Names) -> str | None:
    unknown = "a deleted label" if field == "label_ids" else "somebody who left"
    found = ([each for each in new if each not in old], [each for each in old if each not in new])
    parts = [
        f"{verb} {', '.join(names.get(each, unknown) for each in ids)}"
        for verb, ids in zip(_LISTS[field], found, strict=True)
        if ids
    ]
    return " and ".join(parts) or None


_RELATIONS = {
    "blocks_ids": "blocks",
    "blocked_by_ids": "is blocked by",
    "relates_to_ids": "has to do with",
    "duplicates_ids": "is a duplicate of",
    "duplicated_by_ids": "is duplicated by",
}


def _relation_phrase(verb: str, before: int, after: int) -> str:
    return f"noted that this {verb} another task" if after > before else f"took back that this {verb} another task"


def _reaction_phrase(old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    emoji = next(each for each in {**old, **new} if old.get(each) != new.get(each))
    is_given = len(new.get(emoji, ())) > len(old.get(emoji, ()))
    return f"answered a comment with {emoji}" if is_given else f"took {emoji} back from a comment"


def _custom_phrase(name: str, value: Any, names: Names) -> str:
    if value is None:
        return f"cleared {name}"
    if isinstance(value, bool):
        return f"{'ticked' if value else 'unticked'} {name}"
    return f"set {name} to {_custom_text(value, names)}"


def _custom_text(value: Any, names: Names) -> str:
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, int | float):
        return f"{value:,.6f}".rstrip("0").rstrip(".")
    return names.get(value, value)


def _day(text: str) -> str:
    day = date.fromisoformat(text[:10])
    return f"{day:%B} {day.day}, {day.year}"
