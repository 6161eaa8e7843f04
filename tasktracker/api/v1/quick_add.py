"""Tasks from lines of text."""

from typing import Annotated, Any, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from tasktracker.api import examples
from tasktracker.api.deps import Key, SignedIn
from tasktracker.api.describe import answers, example_body
from tasktracker.api.problems import CLASH, COLUMN_FULL, NOT_FOUND
from tasktracker.api.routing import api_router
from tasktracker.api.schemas import strict
from tasktracker.domain.quick_add import LINES_LIMIT
from tasktracker.domain.text import BODY_LIMIT
from tasktracker.services.quick_add import QuickAddResult, quick_add

router = api_router("Tasks")


@strict
class QuickTasks(TypedDict):
    """Lines that are to become tasks."""

    body: Annotated[
        str,
        Field(
            description=f"One line to a task, at most {LINES_LIMIT}, in the language of quick add.",
            json_schema_extra={"minLength": 1, "maxLength": BODY_LIMIT},
        ),
    ]
    dry_run: NotRequired[Annotated[bool, Field(description="True: see what is understood; nothing changes.")]]


_LINES: dict[str, Any] = {"body": "- Fix the login !high *bug\n- Write the manual", "dry_run": False}
_CHANGES = [
    {"field": "title", "old": None, "new": "Fix the login"},
    {"field": "priority", "old": "none", "new": "high"},
    {"field": "label_ids", "old": [], "new": [examples.LABEL["id"]]},
]
_CHIPS = [
    {"kind": "priority", "text": "!high", "start": 14, "end": 19, "value": "high", "rivals": []},
    {"kind": "label", "text": "*bug", "start": 20, "end": 24, "value": "bug", "rivals": []},
]
_MANUAL = [{"field": "title", "old": None, "new": "Write the manual"}]
_RESULT: dict[str, Any] = {
    "command": 42,
    "dry_run": False,
    "tasks": [
        {"ref": "WEB-15", "version": 1, "changes": _CHANGES, "text": "Fix the login !high *bug", "chips": _CHIPS},
        {"ref": "WEB-16", "version": 1, "changes": _MANUAL, "text": "Write the manual", "chips": []},
    ],
}


@router.post(
    "/projects/{key:segment}/tasks:quick",
    summary="Create tasks from lines",
    responses=answers(_RESULT, NOT_FOUND, CLASH, COLUMN_FULL),
)
async def quick_add_tasks(
    key: Key, body: Annotated[QuickTasks, example_body(_LINES)], actor: SignedIn
) -> QuickAddResult:
    """Makes a task of each line, all or none, as one command: `Fix login !high @ana *bug tomorrow 17:00 every 2 weeks`.

    Days and times are those of your time zone, and numeric dates are read as your language writes them. What is
    understood of a line are its `chips`: characters from `start` up to `end`, counted from 0, and their value; the rest
    is the title. The whole language is in the documentation, under Quick add.
    """
    return await quick_add(actor, key, body["body"], dry_run=body.get("dry_run", False))
