"""Tasks."""

from typing import Annotated, Any

from fastapi import Response

from tasktracker.api import examples
from tasktracker.api.deps import IfMatch, Key, Ref, SignedIn, Then, based_on, tagged
from tasktracker.api.describe import answers, example_body
from tasktracker.api.fields import sparse
from tasktracker.api.listing import AnyTask, Expand
from tasktracker.api.problems import CLASH, COLUMN_FULL, CONFLICT, NOT_FOUND, VERSION_NEEDED
from tasktracker.api.routing import PREFIX, api_router
from tasktracker.api.schemas import NewTask, TaskCopy, TaskEdit, TaskMove
from tasktracker.domain.errors import Invalid, NotFound
from tasktracker.services import duplicates, purge, tasks
from tasktracker.services.queries import tasks as queries
from tasktracker.services.queries.past_tasks import task_at
from tasktracker.services.task_changes import Spot
from tasktracker.services.views import TaskView

router = api_router("Tasks")
_TASKS = "/projects/{key:segment}/tasks"
_TASK = "/tasks/{ref:segment}"
_TAGGED = ("ETag",)


@router.post(
    _TASKS,
    status_code=201,
    summary="Create a task",
    responses=answers(examples.TASK, NOT_FOUND, CLASH, COLUMN_FULL, status=201, headers=("ETag", "Location")),
)
async def create_task(
    key: Key, body: Annotated[NewTask, example_body(examples.NEW_TASK)], actor: SignedIn, answer: Response
) -> TaskView:
    """Creates a task. Without a column it goes to the first one for work that is not started.

    From a template it takes what is not given here; what is gone since (a label, a person, a column) is left out.
    """
    fields: dict[str, Any] = {**body}
    template_id = fields.pop("template", None)
    task = await tasks.create_task(actor, key, fields, template_id=template_id)
    answer.headers["Location"] = f"{PREFIX}/tasks/{task.ref}"
    return tagged(answer, task)


@router.get(
    _TASK,
    summary="Read a task",
    responses=answers(examples.TASK, NOT_FOUND, headers=_TAGGED),
    dependencies=[sparse(TaskView)],
)
async def get_task(ref: Ref, at: Then, expand: Expand, actor: SignedIn, answer: Response) -> AnyTask:
    """One task, archived and trashed ones too; with `at`, as it was then (it has no ETag: nothing can be based on it).

    Of the past, what the parent and the relations are called, and the progress of subtasks, are those of today.
    """
    if at is not None and expand:
        raise Invalid.at("/query/expand", "Nothing comes along with a task of the past. Ask without one of the two.")
    task = await (queries.get_task(actor, ref, expand=expand) if at is None else task_at(actor, ref, at))
    if task.ref != str(ref):
        raise NotFound("task", ref)  # which answers where it is
    return tagged(answer, task) if at is None else task


@router.patch(
    _TASK,
    summary="Edit a task",
    responses=answers(examples.TASK, NOT_FOUND, CLASH, COLUMN_FULL, CONFLICT, VERSION_NEEDED, headers=_TAGGED),
)
async def edit_task(
    ref: Ref,
    body: Annotated[TaskEdit, example_body(examples.TASK_EDIT)],
    if_match: IfMatch,
    actor: SignedIn,
    answer: Response,
) -> TaskView:
    """Sets the given fields. Based on an older version, fields that nobody else changed since then merge."""
    fields: dict[str, Any] = {**body}
    version = based_on(if_match, fields)
    return tagged(answer, await tasks.edit_task(actor, ref, fields, version=version))


@router.delete(_TASK, summary="Throw a task away", responses=answers(examples.TASK, NOT_FOUND, CLASH, headers=_TAGGED))
async def trash_task(ref: Ref, actor: SignedIn, answer: Response) -> TaskView:
    """Moves a task to the trash. It can be restored."""
    return tagged(answer, await tasks.trash_task(actor, ref))


@router.post(
    _TASK + ":move",
    summary="Move a task",
    responses=answers(examples.TASK, NOT_FOUND, CLASH, COLUMN_FULL, CONFLICT, VERSION_NEEDED, headers=_TAGGED),
)
async def move_task(
    ref: Ref,
    body: Annotated[TaskMove, example_body(examples.TASK_MOVE)],
    if_match: IfMatch,
    actor: SignedIn,
    answer: Response,
) -> TaskView:
    """Puts a task somewhere on the board. A neighbour that has gone meanwhile is passed over."""
    fields: dict[str, Any] = {**body}
    version = based_on(if_match, fields)
    return tagged(answer, await tasks.move_task(actor, ref, Spot(**fields), version=version))


@router.post(
    _TASK + ":archive",
    summary="Archive a task",
    responses=answers(examples.TASK, NOT_FOUND, CLASH, headers=_TAGGED),
)
async def archive_task(ref: Ref, actor: SignedIn, answer: Response) -> TaskView:
    """Takes a task off the board for good; it stays findable."""
    return tagged(answer, await tasks.archive_task(actor, ref))


@router.post(
    _TASK + ":unarchive",
    summary="Put an archived task back",
    responses=answers(examples.TASK, NOT_FOUND, CLASH, COLUMN_FULL, headers=_TAGGED),
)
async def unarchive_task(ref: Ref, actor: SignedIn, answer: Response) -> TaskView:
    """Puts an archived task back where it was."""
    return tagged(answer, await tasks.unarchive_task(actor, ref))


@router.post(
    _TASK + ":restore",
    summary="Restore a task",
    responses=answers(examples.TASK, NOT_FOUND, CLASH, COLUMN_FULL, headers=_TAGGED),
)
async def restore_task(ref: Ref, actor: SignedIn, answer: Response) -> TaskView:
    """Takes a task out of the trash."""
    return tagged(answer, await tasks.restore_task(actor, ref))


@router.post(
    _TASK + ":purge",
    status_code=204,
    summary="Remove a task for good",
    responses=answers(None, NOT_FOUND, CLASH, status=204),
)
async def purge_task(ref: Ref, actor: SignedIn) -> None:
    """Removes a task that is in the trash, with everything that hangs on it, for managers. There is no way back.

    Its subtasks stay, without a parent. The log keeps that something happened, and nothing of what it was. What is in
    the trash for 30 days is removed by itself.
    """
    await purge.purge_task(actor, ref)


@router.post(
    _TASK + ":duplicate",
    status_code=201,
    summary="Duplicate a task",
    responses=answers(examples.TASK, NOT_FOUND, CLASH, COLUMN_FULL, status=201, headers=("ETag", "Location")),
)
async def duplicate_task(
    ref: Ref,
    body: Annotated[TaskCopy, example_body(examples.TASK_COPY, is_needed=False)],
    actor: SignedIn,
    answer: Response,
) -> TaskView:
    """Makes a task with the same fields, next to it in the tree. It begins anew: without comments and relations."""
    task = await duplicates.duplicate_task(actor, ref, with_subtasks=body.get("with_subtasks", False))
    answer.headers["Location"] = f"{PREFIX}/tasks/{task.ref}"
    return tagged(answer, task)
