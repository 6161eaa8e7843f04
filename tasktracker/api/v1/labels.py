"""The labels of a project."""

from typing import Annotated
from uuid import UUID

from tasktracker.api import examples
from tasktracker.api.deps import Key, SignedIn
from tasktracker.api.describe import answers, example_body
from tasktracker.api.problems import CLASH, NOT_FOUND
from tasktracker.api.routing import api_router
from tasktracker.api.schemas import LabelEdit, NewLabel
from tasktracker.services import labels
from tasktracker.services.queries import projects as queries
from tasktracker.services.views import LabelView

router = api_router("Labels")
_LABELS = "/projects/{key:segment}/labels"
_LABEL = _LABELS + "/{label_id:segment}"


@router.get(_LABELS, summary="List a project's labels", responses=answers([examples.LABEL], NOT_FOUND))
async def list_labels(key: Key, actor: SignedIn) -> list[LabelView]:
    """The labels, by name."""
    return await queries.list_labels(actor, key)


@router.post(
    _LABELS, status_code=201, summary="Add a label", responses=answers(examples.LABEL, NOT_FOUND, CLASH, status=201)
)
async def add_label(
    key: Key, body: Annotated[NewLabel, example_body(examples.NEW_LABEL)], actor: SignedIn
) -> LabelView:
    """Adds a label; it is grey unless told."""
    return await labels.add_label(actor, key, body)


@router.patch(_LABEL, summary="Edit a label", responses=answers(examples.LABEL, NOT_FOUND, CLASH))
async def edit_label(
    key: Key, label_id: UUID, body: Annotated[LabelEdit, example_body(examples.LABEL_EDIT)], actor: SignedIn
) -> LabelView:
    """Sets the given fields."""
    return await labels.edit_label(actor, key, label_id, body)


@router.delete(_LABEL, status_code=204, summary="Delete a label", responses=answers(None, NOT_FOUND, CLASH, status=204))
async def delete_label(key: Key, label_id: UUID, actor: SignedIn) -> None:
    """Deletes a label and takes it off every task; each task's history says so."""
    await labels.delete_label(actor, key, label_id)
