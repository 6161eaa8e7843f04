"""Lines as people type them into quick add, on one Wednesday morning in Berlin."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tasktracker.domain.quick_add import Context, QuickAdd, parse

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 18, 10, 0, tzinfo=BERLIN)
CONTEXT = Context(
    now=NOW,
    zone=BERLIN,
    people={"ana": "id-ana", "ben.k": "id-ben", "cy": "id-cy", "li": "id-li", "max1": "id-max1", "max2": "id-max2"},
    names={"ben.k": "Benjamin Kraus", "cy": "José Cyr", "li": "Ana Li", "max1": "Max One", "max2": "Max Two"},
    projects=["WEB", "OPS", "A1"],
    labels=["bug", "Needs review", "good-first", "Ärger", "twin a", "twin-a", "p.1"],
    columns=["To do", "In progress", "Done"],
)


def typed(line: str, **context: Any) -> QuickAdd:
    """What the line says, with that much of the context changed."""
    return parse(line, Context(**(vars(CONTEXT) | context)))


def said(line: str, **context: Any) -> tuple[str, dict[str, Any]]:
    """The title, and the fields that the line sets, without the chips."""
    task = typed(line, **context)
    fields = {name: getattr(task, name) for name in QuickAdd.__dataclass_fields__ if name not in {"title", "chips"}}
    return task.title, {name: value for name, value in fields.items() if value not in (None, ())}
