"""Every field of the filter language, as SQL about task `t`: a table."""

from collections.abc import Callable

from tasktracker.domain.filter_language.nodes import Comparison, Number, Text, Word
from tasktracker.domain.task_fields import PRIORITIES
from tasktracker.services.queries.filters import names, words
from tasktracker.services.queries.filters.condition import Build
from tasktracker.services.queries.filters.custom import custom
from tasktracker.services.queries.filters.dates import has_day_or_moment, has_moment
from tasktracker.services.queries.filters.values import (
    compares,
    containing,
    holds_text,
    lower_texts,
    with_empty,
)

Leaf = Callable[[Comparison, Build], str]


def comparison(node: Comparison, build: Build) -> str:
    """Whether a task is as compared. Raises FilterProblem for a date that no calendar needs."""
    return custom(node, build) if node.field.custom_key else LEAVES[node.field.name](node, build)


def text(node: Text, build: Build) -> str:
    """Whether the title or description has these words; or these signs, which full-text search does not see."""
    if not any(sign.isalnum() for sign in node.words):
        pattern = build.param(containing(node.words), "text")
        return f"(t.title ILIKE {pattern} OR t.description ILIKE {pattern})"
    query = "phraseto_tsquery" if node.is_phrase else "plainto_tsquery"
    return f"t.search @@ {query}('simple', {build.param(node.words, 'text')})"


def _title(node: Comparison, build: Build) -> str:
    return holds_text(build, "t.title", node)


def _description(node: Comparison, build: Build) -> str:
    return with_empty(node, "(t.description = '')", lambda rest: holds_text(build, "t.description", rest))


def _column(node: Comparison, build: Build) -> str:
    return f"t.column_id = ANY({names.in_projects(build, 'board_column', 'column', node.values)})"


def _priority(node: Comparison, build: Build) -> str:
    return compares(build, "t.priority", "int", node, _rank)


def _rank(value: Word) -> int:
    return PRIORITIES.index(value.text)


def _people(column: str) -> Leaf:
    def leaf(node: Comparison, build: Build) -> str:
        return with_empty(
            node, f"(t.{column} = '{{}}')", lambda rest: f"t.{column} && {names.people(build, rest.values)}"
        )

    return leaf


def _creator(node: Comparison, build: Build) -> str:
    return f"ARRAY[t.created_by_id] && {names.people(build, node.values)}"


def _label(node: Comparison, build: Build) -> str:
    def has_any(rest: Comparison) -> str:
        return f"t.label_ids && {names.in_projects(build, 'label', 'label', rest.values)}"

    return with_empty(node, "(t.label_ids = '{}')", has_any)


def _estimate(node: Comparison, build: Build) -> str:
    def is_so(rest: Comparison) -> str:
        return f"(t.estimate IS NOT NULL AND {compares(build, 't.estimate', 'float8', rest, _float)})"

    return with_empty(node, "(t.estimate IS NULL)", is_so)


def _float(value: Number) -> float:
    return float(value.value)


def _int(value: Number) -> int:
    return int(value.value)


def _count(place: str) -> Leaf:
    return lambda node, build: compares(build, place, "int", node, _int)


def _project(node: Comparison, build: Build) -> str:
    return f"t.project_id = ANY({names.projects(build, node.values)})"


def _ref(node: Comparison, build: Build) -> str:
    return f"t.id = ANY({names.tasks(build, node.values)})"


def _parent(node: Comparison, build: Build) -> str:
    def is_below(rest: Comparison) -> str:
        return f"(t.parent_id IS NOT NULL AND t.parent_id = ANY({names.tasks(build, rest.values)}))"

    return with_empty(node, "(t.parent_id IS NULL)", is_below)


def _relation(kind: str) -> Leaf:
    """Tasks in the trash stand in no relation, as everywhere else."""

    def leaf(node: Comparison, build: Build) -> str:
        is_empty = f"(NOT {words.related(kind)})"
        return with_empty(
            node, is_empty, lambda rest: f"t.{kind}_ids && {names.tasks(build, rest.values, trashed=False)}"
        )

    return leaf


def _external(column: str) -> Leaf:
    def leaf(node: Comparison, build: Build) -> str:
        place = f"t.{column}"
        return with_empty(
            node,
            f"({place} IS NULL)",
            lambda rest: f"({place} IS NOT NULL AND lower({place}) = ANY({lower_texts(build, rest.values)}))",
        )

    return leaf


LEAVES: dict[str, Leaf] = {
    "title": _title,
    "description": _description,
    "state": words.state,
    "column": _column,
    "priority": _priority,
    "assignee": _people("assignee_ids"),
    "watcher": _people("watcher_ids"),
    "creator": _creator,
    "commenter": _people("commenter_ids"),
    "label": _label,
    "due": has_day_or_moment,
    "start": has_day_or_moment,
    **dict.fromkeys(("created", "updated", "completed", "archived", "trashed"), has_moment),
    "estimate": _estimate,
    "comments": _count("t.comment_count"),
    "subtasks": _count(words.SUBTASK_COUNT),
    "number": _count("t.number"),
    "project": _project,
    "ref": _ref,
    "parent": _parent,
    "blocks": _relation("blocks"),
    "blocked-by": _relation("blocked_by"),
    "relates": _relation("relates_to"),
    "duplicates": _relation("duplicates"),
    "source": _external("external_source"),
    "external": _external("external_id"),
    "has": words.has,
    "is": words.is_,
}
