"""How tasks stand to each other."""

from typing import Annotated

from fastapi import Depends, Path, Response

from tasktracker.api import examples
from tasktracker.api.deps import Ref, SignedIn, tagged
from tasktracker.api.describe import answers
from tasktracker.api.problems import CLASH, NOT_FOUND
from tasktracker.api.routing import api_router
from tasktracker.domain.references import TaskRef
from tasktracker.domain.task_fields import RELATIONS
from tasktracker.services import relations
from tasktracker.services.views import TaskView

router = api_router("Relations")
_RELATION = "/tasks/{ref:segment}/relations/{kind:segment}/{other:segment}"
_ANSWERS = answers(examples.TASK, NOT_FOUND, CLASH, headers=("ETag",))


async def _other_ref(
    other: Annotated[str, Path(description="The other task's reference.", examples=["WEB-14"])],
) -> TaskRef:
    return TaskRef.parse(other)


Kind = Annotated[
    str,
    Path(
        description="How the task stands to the other; the other then stands to it the opposite way.",
        json_schema_extra={"enum": list(RELATIONS)},
        examples=["blocks"],
    ),
]
Other = Annotated[TaskRef, Depends(_other_ref)]


@router.put(_RELATION, summary="Relate two tasks", responses=_ANSWERS)
async def relate_tasks(ref: Ref, kind: Kind, other: Other, actor: SignedIn, answer: Response) -> TaskView:
    """Joins two tasks, of two projects too. A circle of tasks that block or duplicate each other is refused."""
    return tagged(answer, await relations.relate(actor, ref, kind, other))


@router.delete(_RELATION, summary="Take a relation back", responses=_ANSWERS)
async def unrelate_tasks(ref: Ref, kind: Kind, other: Other, actor: SignedIn, answer: Response) -> TaskView:
    """Parts two tasks again; where there is no such relation, nothing changes."""
    return tagged(answer, await relations.unrelate(actor, ref, kind, other))
