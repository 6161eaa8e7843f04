"""The fields that a project gives its tasks by itself."""

from typing import Annotated, Any, NotRequired
from uuid import UUID

from pydantic import Field
from typing_extensions import TypedDict

from tasktracker.api import examples
from tasktracker.api.deps import Key, SignedIn
from tasktracker.api.describe import answers, example_body
from tasktracker.api.problems import CLASH, NOT_FOUND
from tasktracker.api.routing import api_router
from tasktracker.api.schemas import ShortName, strict
from tasktracker.domain.custom_fields import KINDS, OPTION_LIMIT
from tasktracker.services import custom_fields
from tasktracker.services.queries import custom_fields as queries
from tasktracker.services.views import CustomFieldView

router = api_router("Custom fields")
_FIELDS = "/projects/{key:segment}/custom-fields"
_FIELD = _FIELDS + "/{field_id:segment}"

Kind = Annotated[str, Field(json_schema_extra={"enum": list(KINDS)})]
Options = Annotated[
    list[ShortName],
    Field(description="The choices of a select, in order.", json_schema_extra={"maxItems": OPTION_LIMIT}),
]


@strict
class NewCustomField(TypedDict):
    """A field to add. A select needs options; nothing else has them."""

    name: ShortName
    kind: Kind
    key: NotRequired[
        Annotated[
            str,
            Field(
                description="What the field is called in a task's `custom` and in filters: letters a–z, digits and "
                "underscores. Made of the name unless given. It stays for good.",
                examples=["severity"],
                json_schema_extra={"pattern": "^[a-z0-9_]{1,40}$", "maxLength": 40},
            ),
        ]
    ]
    options: NotRequired[Options]


@strict
class CustomFieldEdit(TypedDict, total=False):
    """The fields of a custom field to set."""

    name: ShortName
    options: Options
    rename: Annotated[
        dict[str, str],
        Field(description="New names of options by their old ones, on every task too. It may be one that there is."),
    ]


@strict
class CustomFieldMove(TypedDict):
    """A new place for a field: right after another one, or first (null)."""

    after: Annotated[UUID, Field(strict=False)] | None


_MOVE: dict[str, Any] = {"after": examples.CUSTOM_FIELD["id"]}


@router.get(_FIELDS, summary="List a project's custom fields", responses=answers([examples.CUSTOM_FIELD], NOT_FOUND))
async def list_custom_fields(key: Key, actor: SignedIn) -> list[CustomFieldView]:
    """The fields in their order. A task holds their values by `key`, in `custom`."""
    return await queries.list_custom_fields(actor, key)


@router.post(
    _FIELDS,
    status_code=201,
    summary="Add a custom field",
    responses=answers(examples.CUSTOM_FIELD, NOT_FOUND, CLASH, status=201),
)
async def add_custom_field(
    key: Key, body: Annotated[NewCustomField, example_body(examples.NEW_CUSTOM_FIELD)], actor: SignedIn
) -> CustomFieldView:
    """Adds a field after the others. Its kind stays for good."""
    return await custom_fields.add_custom_field(actor, key, body)


@router.patch(_FIELD, summary="Edit a custom field", responses=answers(examples.CUSTOM_FIELD, NOT_FOUND, CLASH))
async def edit_custom_field(
    key: Key,
    field_id: UUID,
    body: Annotated[CustomFieldEdit, example_body(examples.CUSTOM_FIELD_EDIT)],
    actor: SignedIn,
) -> CustomFieldView:
    """Sets the given fields. An option that tasks have can be renamed; it cannot be left out."""
    return await custom_fields.edit_custom_field(actor, key, field_id, body)


@router.delete(
    _FIELD, status_code=204, summary="Delete a custom field", responses=answers(None, NOT_FOUND, CLASH, status=204)
)
async def delete_custom_field(key: Key, field_id: UUID, actor: SignedIn) -> None:
    """Deletes a field and takes its values off every task; each task's history says so."""
    await custom_fields.delete_custom_field(actor, key, field_id)


@router.post(
    _FIELD + ":move", summary="Move a custom field", responses=answers(examples.CUSTOM_FIELD, NOT_FOUND, CLASH)
)
async def move_custom_field(
    key: Key, field_id: UUID, body: Annotated[CustomFieldMove, example_body(_MOVE)], actor: SignedIn
) -> CustomFieldView:
    """Puts a field right after another one, or first."""
    return await custom_fields.move_custom_field(actor, key, field_id, after=body["after"])
