"""Who watches a task."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path, Response

from tasktracker.api import examples
from tasktracker.api.deps import Ref, SignedIn, tagged
from tasktracker.api.describe import answers
from tasktracker.api.problems import CLASH, NOT_FOUND
from tasktracker.api.routing import api_router
from tasktracker.domain.errors import Invalid
from tasktracker.domain.task_fields import clean_id
from tasktracker.services import watchers
from tasktracker.services.views import TaskView

router = api_router("Watchers")
_WATCHER = "/tasks/{ref:segment}/watchers/{account:segment}"
_ANSWERS = answers(examples.TASK, NOT_FOUND, CLASH, headers=("ETag",))


async def _account_id(
    account: Annotated[
        str,
        Path(
            description="The id of an account, or `me`.",
            examples=["me"],
            json_schema_extra={"anyOf": [{"format": "uuid"}, {"const": "me"}]},
        ),
    ],
    actor: SignedIn,
) -> UUID:
    if account == "me":
        return actor.account_id
    try:
        return UUID(clean_id(account, "/path/account"))
    except Invalid:
        raise Invalid.at("/path/account", "This must be the id of an account (a UUID), or “me”.") from None


Account = Annotated[UUID, Depends(_account_id)]


@router.put(_WATCHER, summary="Watch a task", responses=_ANSWERS)
async def watch_task(ref: Ref, account: Account, actor: SignedIn, answer: Response) -> TaskView:
    """Lets somebody be told what happens to a task: you, if you can see it, or others, if you may change tasks."""
    return tagged(answer, await watchers.watch(actor, ref, account))


@router.delete(_WATCHER, summary="Stop watching a task", responses=_ANSWERS)
async def unwatch_task(ref: Ref, account: Account, actor: SignedIn, answer: Response) -> TaskView:
    """Takes somebody off the task's watchers. They watch it again once they comment on it."""
    return tagged(answer, await watchers.unwatch(actor, ref, account))
