"""Every way to compare a field, with values that mean something in `filter_world`. `{…}` are filled in by the world."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from tasktracker.domain.filter_language.dates import WORDS as DATE_WORDS
from tasktracker.domain.filter_language.fields import HAS, IS, STATES
from tasktracker.domain.task_fields import PRIORITIES

DATES = (
    *DATE_WORDS, "+7d", "-1w", "+1m", "-1y", "-6h", "+12h", "2026", "2026-11", "2026-11-25", "2026-11-25T12:30",
    "2026-11-26T00:00Z", "2026-11-24T23:59:00+05:30",
)  # fmt: skip
NUMBERS = ("-1", "0", "0.5", "1", "2", "2.5", "13", "1000")
COUNTS = ("0", "1", "2", "3", "13")
PEOPLE = ("me", "@{ana}", "{ben}", "{cy}", "me,{cy}")
TASKS = ("{key}-1", "{key}-2", "{key}-7", "{key}-31", "{other}-3", "{key}-4,{key}-5,{key}-6")
TEXTS = ("login", "LOG", "Über", '"log in"', '"5%"', '"a_b"', "og", '"%"', '"_"', "=login", "=LOGIN,page", "crash,über")
WORDS = ("login", "Crash", '"log in again"', '"in page"', "%", "über", "a_b", '"fast fast"')
OPTIONS = ("s", "MEDIUM", '"über l"', "s,medium")
EMPTY = ("none", "any")
SIGNS = ("", "<", "<=", ">", ">=")

CHOSEN: dict[str, Sequence[str]] = {
    "title": TEXTS,
    **dict.fromkeys(("description", "field.team", "field.link"), (*TEXTS, *EMPTY, "login,none")),
    "state": (*STATES, "open,done"),
    "column": ("done", '"in progress"', "Backlog", "dropped,done"),
    "creator": PEOPLE,
    **dict.fromkeys(("assignee", "watcher", "commenter", "field.lead"), (*PEOPLE, *EMPTY, "me,none")),
    "label": ("bug", '"needs review"', "DOCS", '"none"', "none", "any", "bug,docs", "bug,none"),
    "source": ("github", "JIRA", "x", "none", "any"),
    "external": ("x3", "X4", "y", "none", "any", "x3,x4"),
    "project": ("{key}", "{other}", "{key},{other}"),
    "ref": TASKS,
    **dict.fromkeys(("parent", "blocks", "blocked-by", "relates", "duplicates"), (*TASKS, *EMPTY)),
    **dict.fromkeys(("field.tags", "field.size"), (*OPTIONS, *EMPTY)),
    "field.ok": ("yes", "no", "none", "any", "yes,none"),
    "has": (*HAS, "due,start"),
    "is": (*IS, "blocked,archived"),
}
ORDERED: dict[str, Sequence[str]] = {
    "priority": PRIORITIES,
    **dict.fromkeys(("due", "start", "created", "updated", "completed", "archived", "trashed", "field.day"), DATES),
    **dict.fromkeys(("estimate", "field.cost"), NUMBERS),
    **dict.fromkeys(("comments", "subtasks", "number"), COUNTS),
}
NEVER_EMPTY = {"priority", "created", "updated", "comments", "subtasks", "number"}
IN_ONE_PROJECT = {"field.cost"}
"""In the other project it is a text, and knows no order."""


def comparisons(field: str) -> Iterator[str]:
    """Every comparison of the field."""
    if field in CHOSEN:
        yield from (f"{field}:{value}" for value in CHOSEN[field])
        return
    values = ORDERED[field]
    yield from (f"{field}:{sign}{value}" for value in values for sign in SIGNS)
    yield from (f"{field}:..{value}" for value in values)
    yield from (f"{field}:{low}..{high}" for low, high in pairwise(values))
    yield f"{field}:{values[0]},{values[2]}..{values[3]},{values[-1]}.."
    if field not in NEVER_EMPTY:
        yield from (f"{field}:none", f"{field}:any", f"{field}:{values[1]},none")
