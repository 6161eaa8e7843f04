"""What was done in a project in words, also what was done to the project itself."""

from collections.abc import Callable, Mapping
from typing import Any

from tasktracker.domain.events import EventKind
from tasktracker.domain.markdown import excerpt
from tasktracker.services.views import EventView
from tasktracker.ui.language import t
from tasktracker.ui.presenters.history import PLAIN, Names, sentence

EXCERPT = 200
"""Characters of a comment that are told."""

Told = Callable[[str], str]

_NAMED: dict[EventKind, Told] = {
    EventKind.COLUMN_ADDED: lambda name: t("added the column “{name}”", name=name),
    EventKind.COLUMN_EDITED: lambda name: t("changed the column “{name}”", name=name),
    EventKind.COLUMN_DELETED: lambda name: t("deleted the column “{name}”", name=name),
    EventKind.LABEL_ADDED: lambda name: t("added the label “{name}” to the project", name=name),
    EventKind.LABEL_EDITED: lambda name: t("changed the label “{name}”", name=name),
    EventKind.LABEL_DELETED: lambda name: t("deleted the label “{name}”", name=name),
    EventKind.CUSTOM_FIELD_ADDED: lambda name: t("added the field “{name}”", name=name),
    EventKind.CUSTOM_FIELD_EDITED: lambda name: t("changed the field “{name}”", name=name),
    EventKind.CUSTOM_FIELD_DELETED: lambda name: t("deleted the field “{name}”", name=name),
    EventKind.TEMPLATE_ADDED: lambda name: t("added the template “{name}”", name=name),
    EventKind.TEMPLATE_EDITED: lambda name: t("changed the template “{name}”", name=name),
    EventKind.TEMPLATE_DELETED: lambda name: t("deleted the template “{name}”", name=name),
    EventKind.RULE_ADDED: lambda name: t("added the rule “{name}”", name=name),
    EventKind.RULE_EDITED: lambda name: t("changed the rule “{name}”", name=name),
    EventKind.RULE_DELETED: lambda name: t("deleted the rule “{name}”", name=name),
}
_UNNAMED: dict[EventKind, Callable[[], str]] = {
    EventKind.COLUMN_EDITED: lambda: t("changed a column"),
    EventKind.LABEL_EDITED: lambda: t("changed a label"),
    EventKind.CUSTOM_FIELD_EDITED: lambda: t("changed a field"),
    EventKind.TEMPLATE_EDITED: lambda: t("changed a template"),
    EventKind.RULE_EDITED: lambda: t("changed a rule"),
}
"""Of what is not there any more to have a name."""
_PLAIN: dict[EventKind, Callable[[], str]] = {
    EventKind.PROJECT_CREATED: lambda: t("created the project"),
    EventKind.PROJECT_EDITED: lambda: t("changed the settings of the project"),
    EventKind.PROJECT_ARCHIVED: lambda: t("archived the project"),
    EventKind.PROJECT_UNARCHIVED: lambda: t("took the project out of the archive"),
    EventKind.COMMENT_EDITED: lambda: t("edited a comment"),
    EventKind.COMMENT_RESTORED: lambda: t("restored a comment"),
    EventKind.COMMAND_UNDONE: lambda: t("took something back"),
}
SAME = frozenset({*_PLAIN, *PLAIN})
"""Kinds of events whose words are the same whatever has changed."""


def deed_in_words(event: EventView, names: Names) -> str | None:
    """What somebody did, without their name. None for what needs no line."""
    kind = EventKind(event.kind)
    if kind in _PLAIN:
        return _PLAIN[kind]()
    if kind in _NAMED:
        name = _name(event) or names.get(str(event.subject_id))
        return _NAMED[kind](name) if name else _UNNAMED[kind]()
    if kind is EventKind.COMMENT_ADDED:
        said = excerpt(str(_side(event.changes, "body", "new") or ""), EXCERPT)
        return t("commented: {text}", text=said) if said else t("commented")
    if kind in (EventKind.PROJECT_MEMBER_SET, EventKind.PROJECT_MEMBER_REMOVED):
        return _membership(event, names)
    return sentence(event, names)


def _membership(event: EventView, names: Names) -> str:
    person = names.get(str(event.subject_id), t("somebody who left"))
    if event.kind == EventKind.PROJECT_MEMBER_REMOVED:
        return t("took {person} out of the project", person=person)
    return t("gave {person} the role {role}", person=person, role=_role(_side(event.changes, "role", "new")))


def _role(role: Any) -> str:
    names = {"manager": t("Manager"), "editor": t("Editor"), "commenter": t("Commenter"), "viewer": t("Viewer")}
    return names.get(str(role), str(role))


def _name(event: EventView) -> str | None:
    found = _side(event.changes, "name", "new") or _side(event.changes, "name", "old")
    return str(found) if found else None


def _side(changes: list[dict[str, Any]], field: str, side: str) -> Any:
    change: Mapping[str, Any] = next((each for each in changes if each["field"] == field), {})
    return change.get(side)
