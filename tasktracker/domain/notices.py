"""Of what people are told, and why."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from tasktracker.domain.events import EventKind
from tasktracker.domain.mentions import mentioned

REASONS = ("changed", "commented", "due", "reminder", "assigned", "mentioned")
"""From the weakest: who could be told of one event for several reasons is told the strongest."""

_QUIET = frozenset({"position", "watcher_ids", "label_ids", "recurrence", "external_source", "external_id"})
"""Fields whose changes nobody has to be told of."""
_CHANGES = frozenset(
    {
        EventKind.TASK_EDITED,
        EventKind.TASK_MOVED,
        EventKind.TASK_ARCHIVED,
        EventKind.TASK_UNARCHIVED,
        EventKind.TASK_TRASHED,
        EventKind.TASK_RESTORED,
    }
)
_TEXTS: dict[str, str] = {
    EventKind.TASK_CREATED: "description",
    EventKind.TASK_EDITED: "description",
    EventKind.TASK_MOVED: "description",
    EventKind.COMMENT_ADDED: "body",
    EventKind.COMMENT_EDITED: "body",
}
"""Where each kind of event may speak to somebody. Kinds that this release does not know concern nobody."""
_ASSIGNS = frozenset({EventKind.TASK_CREATED, EventKind.TASK_EDITED, EventKind.TASK_MOVED})

Notice = tuple[str, UUID | None]
"""A reason, and the account that it concerns; None: all who watch the task or are assigned to it."""


def notices_of(kind: str, changes: Sequence[Mapping[str, Any]], people: Mapping[str, UUID]) -> Iterator[Notice]:
    """Whom an event concerns. `people` holds the accounts of those whom its texts may mention, by handle."""
    for change in changes:
        field, old, new = change["field"], change.get("old"), change.get("new")
        if field == _TEXTS.get(kind):
            before = mentioned(old or "", people)
            yield from (("mentioned", each) for each in mentioned(new or "", people) if each not in before)
        if field == "assignee_ids" and kind in _ASSIGNS:
            yield from (("assigned", UUID(each)) for each in new or () if each not in (old or ()))
    if kind == EventKind.COMMENT_ADDED:
        yield "commented", None
    if kind in _CHANGES and any(change["field"] not in _QUIET for change in changes):
        yield "changed", None


def texts_of(kind: str, changes: Sequence[Mapping[str, Any]]) -> list[str]:
    """The texts in which the event may mention somebody."""
    field = _TEXTS.get(kind)
    return [change["new"] for change in changes if change["field"] == field and change.get("new")]
