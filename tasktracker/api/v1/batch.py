"""Many changes of tasks in one call."""

from typing import Annotated, Any, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from tasktracker.api import examples
from tasktracker.api.deps import Key, SignedIn
from tasktracker.api.describe import answers, example_body
from tasktracker.api.problems import CLASH, COLUMN_FULL, CONFLICT, NOT_FOUND
from tasktracker.api.routing import api_router
from tasktracker.api.schemas import Id, Number, strict
from tasktracker.domain.task_operations import OPERATIONS
from tasktracker.services.batch import BatchResult, run_batch

router = api_router("Tasks")


_VERSIONS: Any = [{"type": "integer", "minimum": 1, "maximum": 2**31 - 1}, {"const": "*"}, {"type": "null"}]


@strict
class TaskOperation(TypedDict):
    """One change: `create` needs `fields`, `edit` `ref` and `fields`, `move` `ref` and `column_id`, the others `ref`.

    `edit` and `move` may say the `version` that they are based on, or `*` to overwrite whatever is there.
    """

    op: Annotated[str, Field(json_schema_extra={"enum": list(OPERATIONS)})]
    ref: NotRequired[Annotated[str, Field(examples=["WEB-12"])]]
    fields: NotRequired[
        Annotated[dict[str, Any], Field(description="As in creating a task, without `template`, or in editing one.")]
    ]
    version: NotRequired[Annotated[Any, Field(json_schema_extra={"anyOf": _VERSIONS}, examples=[7])]]
    column_id: NotRequired[Id]
    after: NotRequired[Number | None]
    before: NotRequired[Number | None]


@strict
class TaskBatch(TypedDict):
    """Changes to make in their order, all or none."""

    operations: Annotated[
        list[TaskOperation],
        Field(
            description="1 to 1,000; each sees what those before it did.",
            json_schema_extra={"minItems": 1, "maxItems": 1000},
        ),
    ]
    dry_run: NotRequired[Annotated[bool, Field(description="True: see what would come of it; nothing changes.")]]


_AT = "2026-11-23T09:15:00Z"
_OPERATIONS: dict[str, Any] = {
    "operations": [
        {"op": "create", "fields": examples.NEW_TASK},
        {"op": "edit", "ref": "WEB-12", "fields": {"priority": "urgent"}, "version": 7},
        {"op": "archive", "ref": "WEB-9"},
    ],
    "dry_run": False,
}
_RESULT: dict[str, Any] = {
    "command": 42,
    "dry_run": False,
    "results": [
        {"ref": "WEB-15", "version": 1, "changes": [{"field": "title", "old": None, "new": "Fix the login"}]},
        {"ref": "WEB-12", "version": 8, "changes": [{"field": "priority", "old": "high", "new": "urgent"}]},
        {
            "ref": "WEB-9",
            "version": 3,
            "changes": [{"field": "archived_at", "old": None, "new": "2026-11-23T09:15:00Z"}],
        },
    ],
}


@router.post(
    "/projects/{key:segment}/tasks:batch",
    summary="Change many tasks",
    responses=answers(_RESULT, NOT_FOUND, CLASH, COLUMN_FULL, CONFLICT),
)
async def change_many_tasks(
    key: Key, body: Annotated[TaskBatch, example_body(_OPERATIONS)], actor: SignedIn
) -> BatchResult:
    """Does all of the operations, or none: one entry of the log follows another, and one undo takes all of them back.

    What is refused is refused as by the single calls; `errors` points at the operation. `command` is the revision of
    the first event.
    """
    return await run_batch(actor, key, body["operations"], dry_run=body.get("dry_run", False))
