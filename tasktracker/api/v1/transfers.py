"""Carrying tasks from project to project."""

from typing import Annotated, Any, NotRequired

from fastapi import Response
from pydantic import Field
from typing_extensions import TypedDict

from tasktracker.api import examples
from tasktracker.api.deps import Ref, SignedIn
from tasktracker.api.describe import answers, example_body
from tasktracker.api.problems import CLASH, COLUMN_FULL, NOT_FOUND
from tasktracker.api.routing import PREFIX, api_router
from tasktracker.api.schemas import Id, strict
from tasktracker.services.relocation import TransferView, transfer_task

router = api_router("Tasks")


@strict
class TaskTransfer(TypedDict):
    """Where a task is to go."""

    project: Annotated[str, Field(description="The key of the other project.", examples=["SHOP"])]
    column_id: NotRequired[Annotated[Id, Field(description="A column there; else one that means the same.")]]


_TRANSFER: dict[str, Any] = {"project": "SHOP"}
_TRANSFERRED: dict[str, Any] = {
    "task": {**examples.TASK, "ref": "SHOP-7", "project": "SHOP", "number": 7, "parent": None, "version": 9},
    "relocated": [{"ref": "SHOP-7", "was": "WEB-12"}],
    "left_out": [
        {
            "ref": "SHOP-7",
            "field": "label_ids",
            "value": "bug",
            "reason": "SHOP has no such label, and you may not add one.",
        }
    ],
}


@router.post(
    "/tasks/{ref:segment}:transfer",
    summary="Carry a task to another project",
    responses=answers(_TRANSFERRED, NOT_FOUND, CLASH, COLUMN_FULL, headers=("Content-Location",)),
)
async def transfer(
    ref: Ref, body: Annotated[TaskTransfer, example_body(_TRANSFER)], actor: SignedIn, answer: Response
) -> TransferView:
    """Carries a task and its subtasks to another project, where you may change tasks too.

    Comments, files, history, version and relations go along, and the old reference goes on leading to the task; the
    parent stays behind. Labels are found by name, and made if you manage the project; custom fields by key and kind.
    `left_out` tells what the project did not take. An undo in either project takes the tasks back, with all of that.
    """
    carried = await transfer_task(actor, ref, body["project"].upper(), column_id=body.get("column_id"))
    answer.headers["Content-Location"] = f"{PREFIX}/tasks/{carried.task.ref}"
    return carried
