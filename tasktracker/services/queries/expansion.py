"""What may come along with a task, in the same round trip: its parent, its subtasks, its comments and the like."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from typing_extensions import TypedDict

from tasktracker.domain.errors import Invalid
from tasktracker.domain.task_fields import RELATIONS
from tasktracker.services.access import VISIBLE
from tasktracker.services.queries.comment_json import COMMENT
from tasktracker.services.queries.rows import typed
from tasktracker.services.queries.task_json import TASK
from tasktracker.services.views import AttachmentView, CommentView, TaskView

COMMENTS = 20
"""Of them, the last ones."""
TASKS = 100
"""Subtasks or related tasks, at most."""

# In each of these, `wanted` is read from the task outside; the task inside has the same name.
_PARENT = f"""(SELECT {TASK} FROM (SELECT t.parent_id AS id) wanted, task t, project tp
    WHERE t.id = wanted.id AND tp.id = t.project_id)"""
_SUBTASKS = f"""(SELECT coalesce(json_agg({TASK} ORDER BY t.number), '[]')
    FROM (SELECT t.id) wanted, LATERAL (SELECT x.* FROM task x WHERE x.parent_id = wanted.id AND x.trashed_at IS NULL
        ORDER BY x.number LIMIT {TASKS}) t, project tp WHERE tp.id = t.project_id)"""
_RELATED = " || ".join(f"t.{kind}_ids" for kind in RELATIONS)
_RELATIONS = f"""(SELECT coalesce(json_agg({TASK} ORDER BY tp.key, t.number), '[]')
    FROM (SELECT {_RELATED} AS ids) wanted, LATERAL (SELECT x.* FROM task x
        WHERE x.id = ANY(wanted.ids) AND x.trashed_at IS NULL LIMIT {TASKS}) t, ({VISIBLE}) tp
    WHERE tp.id = t.project_id)"""
_COMMENTS = f"""(SELECT coalesce(json_agg({COMMENT} ORDER BY c.created_at, c.id), '[]') FROM (
    SELECT said.* FROM comment said WHERE said.task_id = t.id
    ORDER BY said.created_at DESC, said.id DESC LIMIT {COMMENTS}) c, project cp WHERE cp.id = t.project_id)"""
_ATTACHMENTS = """(SELECT coalesce(json_agg(json_build_object(
    'id', a.id, 'uploader_id', a.uploader_id, 'name', a.name, 'media_type', a.media_type, 'size', a.size,
    'sha256', a.sha256, 'width', a.width, 'height', a.height, 'created_at', a.created_at)
    ORDER BY a.created_at, a.id), '[]')
    FROM attachment a WHERE a.task_id = t.id AND a.deleted_at IS NULL)"""


class Expanded(TypedDict, total=False):
    """What was asked for: the last 20 comments, subtasks right below it, tasks that it is related to, at most 100."""

    parent: TaskView | None
    subtasks: list[TaskView]
    relations: list[TaskView]
    comments: list[CommentView]
    attachments: list[AttachmentView]


@dataclass(frozen=True, slots=True)
class ExpandedTaskView(TaskView):
    """A task, and what was asked for along with it."""

    expanded: Expanded


def clean_expand(names: Sequence[str]) -> tuple[str, ...]:
    """The names of what is to come along. Raises Invalid for one that there is not."""
    if unknown := [name for name in names if name not in EXPANSIONS]:
        detail = f"“{unknown[0][:40]}” cannot be expanded. Choose from: {', '.join(EXPANSIONS)}."
        raise Invalid.at("/query/expand", detail)
    return tuple(dict.fromkeys(names))


def with_expansion(task: str, names: Sequence[str]) -> str:
    """JSON of task `t`, and of what is to come along with it."""
    listed = ", ".join(f"'{name}', {EXPANSIONS[name][0]}" for name in names)
    return f"json_build_object('task', {task}, 'expanded', json_build_object({listed}))"


def expanded_view(made: Mapping[str, Any]) -> TaskView:
    """From what `with_expansion` makes."""
    if not made["expanded"]:
        return TaskView.of(typed(made["task"]))
    expanded = {name: EXPANSIONS[name][1](each) for name, each in made["expanded"].items()}
    return ExpandedTaskView.of({**typed(made["task"]), "expanded": expanded})


def _task(made: Mapping[str, Any] | None) -> TaskView | None:
    return None if made is None else TaskView.of(typed(made))


def _list(view: Callable[[dict[str, Any]], Any]) -> Callable[[list[Mapping[str, Any]]], list[Any]]:
    return lambda made: [view(typed(each)) for each in made]


EXPANSIONS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "parent": (_PARENT, _task),
    "subtasks": (_SUBTASKS, _list(TaskView.of)),
    "relations": (_RELATIONS, _list(TaskView.of)),
    "comments": (_COMMENTS, _list(CommentView.of)),
    "attachments": (_ATTACHMENTS, _list(lambda row: AttachmentView(**row))),
}
"""What may be asked for: SQL that makes JSON of it, about task `t`, and what it is read as."""
