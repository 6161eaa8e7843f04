"""What a single word stands for: states, `has:` and `is:`."""

from tasktracker.domain.filter_language.fields import FIELDS
from tasktracker.domain.filter_language.nodes import Comparison, Date, Operator
from tasktracker.domain.task_fields import CATEGORIES, RELATIONS
from tasktracker.services.queries.filters.condition import ME, Build, any_of
from tasktracker.services.queries.filters.dates import has_day_or_moment
from tasktracker.services.queries.filters.values import texts
from tasktracker.services.queries.task_json import SUBTASKS

CLOSED = ("done", "cancelled")
OPEN = tuple(category for category in CATEGORIES if category not in CLOSED)
_GROUPS = {"open": OPEN, "closed": CLOSED}
_IN_CATEGORY = """t.column_id = ANY(ARRAY(SELECT x.id FROM board_column x
    WHERE x.project_id IN (SELECT id FROM scope) AND x.category = ANY({categories})))"""
_RELATED = """(t.{kind}_ids <> '{{}}' AND EXISTS (SELECT FROM task x JOIN seen ON seen.id = x.project_id
    WHERE x.id = ANY(t.{kind}_ids) AND x.trashed_at IS NULL))"""
_OPEN_OTHER = """(t.{kind}_ids <> '{{}}' AND EXISTS (SELECT FROM task x JOIN seen ON seen.id = x.project_id
    JOIN board_column xc ON xc.id = x.column_id
    WHERE x.id = ANY(t.{kind}_ids) AND x.trashed_at IS NULL AND xc.category NOT IN ('done', 'cancelled')))"""
SUBTASK_COUNT = f"""(CASE WHEN EXISTS (SELECT FROM task child WHERE child.parent_id = t.id)
    THEN ({SUBTASKS} ->> 'total')::int ELSE 0 END)"""
"""As a task shows it: all the way down, without those that are cancelled or in the trash."""


def related(kind: str) -> str:
    """Whether there is a task, not in the trash, to which this one stands in that relation, for whoever asks."""
    return _RELATED.format(kind=kind)


HAS = {
    "description": "t.description <> ''",
    "due": "t.due_key IS NOT NULL",
    "start": "t.start_key IS NOT NULL",
    "estimate": "t.estimate IS NOT NULL",
    "labels": "t.label_ids <> '{}'",
    "assignee": "t.assignee_ids <> '{}'",
    "subtasks": f"{SUBTASK_COUNT} > 0",
    "parent": "t.parent_id IS NOT NULL",
    "comments": "t.comment_count > 0",
    "attachments": "t.attachment_count > 0",
    "relations": any_of([related(kind) for kind in RELATIONS]),
    "recurrence": "t.recurrence IS NOT NULL",
}
_IS = {
    "blocked": _OPEN_OTHER.format(kind="blocked_by"),
    "blocking": _OPEN_OTHER.format(kind="blocks"),
    "archived": "t.archived_at IS NOT NULL",
    "trashed": "t.trashed_at IS NOT NULL",
    "recurring": "t.recurrence IS NOT NULL",
    "subtask": "t.parent_id IS NOT NULL",
    "watched": f"t.watcher_ids && ARRAY[{ME}]",
}


def state(comparison: Comparison, build: Build) -> str:
    """By what the column of a task stands for."""
    return _in_state(build, *texts(comparison.values))


def has(comparison: Comparison, _build: Build) -> str:
    return any_of([HAS[word] for word in texts(comparison.values)])


def is_(comparison: Comparison, build: Build) -> str:
    return any_of([_is(build, word, comparison) for word in texts(comparison.values)])


def _is(build: Build, word: str, comparison: Comparison) -> str:
    if word in _GROUPS:
        return _in_state(build, word)
    if word == "overdue":
        past = Comparison(FIELDS["due"], Operator.BELOW, (Date("now", comparison.span),), comparison.span)
        return f"({has_day_or_moment(past, build)} AND {_in_state(build, 'open')})"
    return _IS[word]


def _in_state(build: Build, *words: str) -> str:
    categories = [category for word in words for category in _GROUPS.get(word, (word,))]
    return _IN_CATEGORY.format(categories=build.param(categories, "text[]"))
