"""A task at a glance, beside the list that it was found in."""

from typing import Any

from tasktracker.domain.actor import Actor
from tasktracker.domain.references import TaskRef
from tasktracker.services.queries.expansion import ExpandedTaskView
from tasktracker.services.queries.names import get_names
from tasktracker.services.queries.tasks import get_task
from tasktracker.services.rendering import render
from tasktracker.services.views import CommentView, TaskView
from tasktracker.ui.language import t

COMMENTS = 5
"""Of them, the last ones."""


async def preview(actor: Actor, ref: TaskRef) -> dict[str, Any]:
    """A task and what was said last, as the browser draws it. Raises NotFound."""
    task = await get_task(actor, ref, expand=["comments"])
    said = _said(task)
    people = {*task.assignee_ids, *(comment.author_id for comment in said)}
    names = await get_names(actor, {str(each) for each in (*people, *task.label_ids, task.column_id)})
    html, *comments = await render(actor, [task.description, *(comment.body for comment in said)])
    unknown = t("Somebody who left")
    return {
        "ref": task.ref,
        "title": task.title,
        "state": task.state,
        "column": names.get(str(task.column_id), ""),
        "priority": task.priority,
        "due": task.due.isoformat() if task.due else None,
        "labels": [names[str(each)] for each in task.label_ids if str(each) in names],
        "people": [{"id": str(each), "name": names.get(str(each), unknown)} for each in task.assignee_ids],
        "html": html if task.description else "",
        "comments": [
            {
                "id": str(comment.id),
                "author": names.get(str(comment.author_id), unknown),
                "at": comment.created_at.isoformat(),
                "html": text,
            }
            for comment, text in zip(said, comments, strict=True)
        ],
    }


def _said(task: TaskView) -> list[CommentView]:
    comments = task.expanded.get("comments", []) if isinstance(task, ExpandedTaskView) else []
    return [comment for comment in comments if not comment.deleted_at][-COMMENTS:]
