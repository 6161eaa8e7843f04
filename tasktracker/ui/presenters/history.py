"""The log in words."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from tasktracker.domain.checklists import steps_between
from tasktracker.domain.events import EventKind
from tasktracker.domain.recurrence import Recurrence
from tasktracker.domain.task_fields import CUSTOM
from tasktracker.services.views import EventView
from tasktracker.ui.formats import day_text, list_text
from tasktracker.ui.language import number_text, t, tn
from tasktracker.ui.presenters.recurrence import recurrence_text
from tasktracker.ui.presenters.words import priority_name

Names = Mapping[str, str]
"""What ids stand for: columns, labels and people alike."""
Phrase = Callable[[], str]

_QUIET = {
    EventKind.COMMENT_ADDED,  # shown as the comment itself
    EventKind.COMMENT_EDITED,
    EventKind.TASK_FELL_DUE,  # nobody did it
    EventKind.REMINDER_ADDED,  # their owner's alone
    EventKind.REMINDER_DELETED,
    EventKind.REMINDER_FIRED,
}

PLAIN: dict[EventKind, Phrase] = {
    EventKind.TASK_CREATED: lambda: t("created this task"),
    EventKind.TASK_ARCHIVED: lambda: t("archived this task"),
    EventKind.TASK_UNARCHIVED: lambda: t("took this task out of the archive"),
    EventKind.TASK_TRASHED: lambda: t("moved this task to the trash"),
    EventKind.TASK_RESTORED: lambda: t("restored this task"),
    EventKind.TASK_PURGED: lambda: t("removed this task for good"),
    EventKind.EVENT_REDACTED: lambda: t("took what was said here out of the log"),
    EventKind.TASK_LEFT: lambda: t("took this out of its project"),
    EventKind.TASK_ARRIVED: lambda: t("brought this here"),
    EventKind.COMMENT_DELETED: lambda: t("deleted a comment"),
    EventKind.ATTACHMENT_DELETED: lambda: t("deleted an attachment"),
    EventKind.ATTACHMENT_RESTORED: lambda: t("restored an attachment"),
}
"""What is said of kinds of events whatever has changed."""


def sentence(event: EventView, names: Names) -> str | None:
    """What somebody did, without their name: "moved this from To do to Done". None for what needs no line."""
    deeds = _deeds(event, names)
    return t("{deeds}", deeds=t(", ").join(deeds)) if deeds else None  # a language may need a sign behind the name


def _deeds(event: EventView, names: Names) -> list[str]:
    kind = EventKind(event.kind)
    if kind in _QUIET:
        return []
    if kind in PLAIN:
        return [PLAIN[kind]()]
    if kind is EventKind.ATTACHMENT_ADDED:
        name = next(change["new"] for change in event.changes if change["field"] == "name")
        return [t("attached {file}", file=name)]
    phrases = (_phrase(change, names, str(event.actor_id)) for change in event.changes if "new" in change)
    return [phrase for phrase in phrases if phrase]


def _phrase(change: Mapping[str, Any], names: Names, actor_id: str) -> str | None:
    field, old, new = change["field"], change["old"], change["new"]
    if field == "watcher_ids":  # for oneself it needs no line: whoever comments watches
        old, new = ([each for each in side or [] if each != actor_id] for side in (old, new))
    if field == "reactions":
        return _reaction_phrase(old or {}, new or {})
    if field in _RELATIONS:
        return _relation_phrase(field, has_come=len(new or []) > len(old or []))
    if field in _LISTS:
        return _list_phrase(field, old or [], new or [], names)
    if field.startswith(CUSTOM):
        return _custom_phrase(names.get(field) or field.removeprefix(CUSTOM).replace("_", " "), new, names)
    phrase = _PHRASES.get(field)
    return phrase and phrase(old, new, names)


_PHRASES: dict[str, Callable[[Any, Any, Names], str]] = {
    "column_id": lambda old, new, names: t(
        "moved this from {old} to {new}", old=_column(old, names), new=_column(new, names)
    ),
    "title": lambda _old, new, _names: t("renamed this to “{title}”", title=new),
    "description": lambda old, new, _names: _description(old or "", new or ""),
    "priority": lambda _old, new, _names: t("set the priority to {priority}", priority=priority_name(new)),
    "recurrence": lambda _old, new, _names: _recurrence(new),
    "due": lambda _old, new, _names: _due(new),
}


def _description(old: str, new: str) -> str:
    match steps_between(old, new):
        case (n, 0) if n:
            return tn("ticked {n} item of the checklist", "ticked {n} items of the checklist", n)
        case (0, n) if n:
            return tn("unticked {n} item of the checklist", "unticked {n} items of the checklist", n)
    return t("edited the description")


def _recurrence(value: Mapping[str, Any] | None) -> str:
    if value is None:
        return t("ended its repetition")
    return t("set this to repeat {how}", how=recurrence_text(Recurrence.from_json(value)))


def _due(value: str | None) -> str:
    if value is None:
        return t("removed the due date")
    return t("set the due date to {day}", day=day_text(date.fromisoformat(value[:10]), "long"))


def _column(column_id: str, names: Names) -> str:
    return names.get(column_id, t("a deleted column"))


_LISTS: dict[str, tuple[Callable[[str], str], Callable[[str], str]]] = {
    "assignee_ids": (lambda who: t("assigned {people}", people=who), lambda who: t("unassigned {people}", people=who)),
    "label_ids": (
        lambda which: t("added the label {labels}", labels=which),
        lambda which: t("removed the label {labels}", labels=which),
    ),
    "watcher_ids": (
        lambda who: t("added the watcher {people}", people=who),
        lambda who: t("removed the watcher {people}", people=who),
    ),
}
"""What is told of those who came, and of those who went."""


def _list_phrase(field: str, old: list[str], new: list[str], names: Names) -> str | None:
    unknown = t("a deleted label") if field == "label_ids" else t("somebody who left")
    found = ([each for each in new if each not in old], [each for each in old if each not in new])
    parts = [
        told(list_text([names.get(each, unknown) for each in ids]))
        for told, ids in zip(_LISTS[field], found, strict=True)
        if ids
    ]
    return list_text(parts) or None


_RELATIONS: dict[str, tuple[Phrase, Phrase]] = {
    "blocks_ids": (
        lambda: t("noted that this blocks another task"),
        lambda: t("took back that this blocks another task"),
    ),
    "blocked_by_ids": (
        lambda: t("noted that this is blocked by another task"),
        lambda: t("took back that this is blocked by another task"),
    ),
    "relates_to_ids": (
        lambda: t("noted that this has to do with another task"),
        lambda: t("took back that this has to do with another task"),
    ),
    "duplicates_ids": (
        lambda: t("noted that this is a duplicate of another task"),
        lambda: t("took back that this is a duplicate of another task"),
    ),
    "duplicated_by_ids": (
        lambda: t("noted that this is duplicated by another task"),
        lambda: t("took back that this is duplicated by another task"),
    ),
}
"""What is told when a relation comes, and when it goes."""


def _relation_phrase(field: str, *, has_come: bool) -> str:
    comes, goes = _RELATIONS[field]
    return comes() if has_come else goes()


def _reaction_phrase(old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    emoji = next(each for each in {**old, **new} if old.get(each) != new.get(each))
    if len(new.get(emoji, ())) > len(old.get(emoji, ())):
        return t("answered a comment with {emoji}", emoji=emoji)
    return t("took {emoji} back from a comment", emoji=emoji)


def _custom_phrase(name: str, value: Any, names: Names) -> str:
    if value is None:
        return t("cleared {field}", field=name)
    if isinstance(value, bool):
        return t("ticked {field}", field=name) if value else t("unticked {field}", field=name)
    return t("set {field} to {value}", field=name, value=_custom_text(value, names))


def _custom_text(value: Any, names: Names) -> str:
    if isinstance(value, list):
        return t(", ").join(value)
    if isinstance(value, int | float):
        return number_text(value)
    return str(names.get(value, value))
