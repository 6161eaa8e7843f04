"""The columns of a project's board."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from tasktracker.api import examples
from tasktracker.api.deps import Key, SignedIn
from tasktracker.api.describe import answers, example_body
from tasktracker.api.problems import CLASH, COLUMN_FULL, NOT_FOUND
from tasktracker.api.routing import api_router
from tasktracker.api.schemas import ColumnEdit, ColumnMove, NewColumn
from tasktracker.services import columns
from tasktracker.services.queries import projects as queries
from tasktracker.services.views import ColumnView

router = api_router("Columns")
_COLUMNS = "/projects/{key:segment}/columns"
_COLUMN = _COLUMNS + "/{column_id:segment}"


@router.get(_COLUMNS, summary="List a project's columns", responses=answers([examples.COLUMN], NOT_FOUND))
async def list_columns(key: Key, actor: SignedIn) -> list[ColumnView]:
    """The columns of the board, from left to right."""
    return await queries.list_columns(actor, key)


@router.post(
    _COLUMNS, status_code=201, summary="Add a column", responses=answers(examples.COLUMN, NOT_FOUND, CLASH, status=201)
)
async def add_column(
    key: Key, body: Annotated[NewColumn, example_body(examples.NEW_COLUMN)], actor: SignedIn
) -> ColumnView:
    """Adds a column at the end of the board."""
    return await columns.add_column(actor, key, body)


@router.patch(_COLUMN, summary="Edit a column", responses=answers(examples.COLUMN, NOT_FOUND, CLASH))
async def edit_column(
    key: Key, column_id: UUID, body: Annotated[ColumnEdit, example_body(examples.COLUMN_EDIT)], actor: SignedIn
) -> ColumnView:
    """Sets the given fields. A limit below what is in the column only stops more from coming in."""
    return await columns.edit_column(actor, key, column_id, body)


@router.delete(
    _COLUMN,
    status_code=204,
    summary="Delete a column",
    responses=answers(None, NOT_FOUND, CLASH, COLUMN_FULL, status=204),
)
async def delete_column(
    key: Key,
    column_id: UUID,
    actor: SignedIn,
    move_to: Annotated[UUID | None, Query(description="The column that its tasks go to.")] = None,
) -> None:
    """Deletes a column. Its tasks go to the end of the column `move_to`; without that it must hold none.

    Archived and trashed tasks count too.
    """
    await columns.delete_column(actor, key, column_id, move_to=move_to)


@router.post(_COLUMN + ":move", summary="Move a column", responses=answers(examples.COLUMN, NOT_FOUND, CLASH))
async def move_column(
    key: Key, column_id: UUID, body: Annotated[ColumnMove, example_body(examples.COLUMN_MOVE)], actor: SignedIn
) -> ColumnView:
    """Puts a column right after another one, or first."""
    return await columns.move_column(actor, key, column_id, after=body["after"])
