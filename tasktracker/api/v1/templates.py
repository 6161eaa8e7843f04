"""What new tasks of a project can start from."""

from typing import Annotated, Any, NotRequired
from uuid import UUID

from pydantic import Field
from typing_extensions import TypedDict

from tasktracker.api import examples
from tasktracker.api.deps import Key, SignedIn
from tasktracker.api.describe import answers, example_body
from tasktracker.api.problems import CLASH, NOT_FOUND
from tasktracker.api.routing import api_router
from tasktracker.api.schemas import Name, strict
from tasktracker.services import templates
from tasktracker.services.queries import templates as queries
from tasktracker.services.views import TemplateView

router = api_router("Templates")
_TEMPLATES = "/projects/{key:segment}/templates"
_TEMPLATE = _TEMPLATES + "/{template_id:segment}"
_Content = Annotated[
    dict[str, Any],
    Field(description="Fields as in creating a task, any of them but `parent`, `external_source` and `external_id`."),
]


@strict
class NewTemplate(TypedDict):
    """A template to add."""

    name: Name
    content: NotRequired[_Content]


@strict
class TemplateEdit(TypedDict, total=False):
    """The fields of a template to set; a `content` replaces all of the old one."""

    name: Name
    content: _Content


@router.get(_TEMPLATES, summary="List a project's templates", responses=answers([examples.TEMPLATE], NOT_FOUND))
async def list_templates(key: Key, actor: SignedIn) -> list[TemplateView]:
    """The templates, by name."""
    return await queries.list_templates(actor, key)


@router.post(
    _TEMPLATES,
    status_code=201,
    summary="Add a template",
    responses=answers(examples.TEMPLATE, NOT_FOUND, CLASH, status=201),
)
async def add_template(
    key: Key, body: Annotated[NewTemplate, example_body(examples.NEW_TEMPLATE)], actor: SignedIn
) -> TemplateView:
    """Adds a template. Its content is checked now, and again whenever a task is made from it."""
    return await templates.add_template(actor, key, body)


@router.patch(_TEMPLATE, summary="Edit a template", responses=answers(examples.TEMPLATE, NOT_FOUND, CLASH))
async def edit_template(
    key: Key, template_id: UUID, body: Annotated[TemplateEdit, example_body(examples.TEMPLATE_EDIT)], actor: SignedIn
) -> TemplateView:
    """Sets the given fields."""
    return await templates.edit_template(actor, key, template_id, body)


@router.delete(
    _TEMPLATE, status_code=204, summary="Delete a template", responses=answers(None, NOT_FOUND, CLASH, status=204)
)
async def delete_template(key: Key, template_id: UUID, actor: SignedIn) -> None:
    """Deletes a template. Tasks that were made from it stay as they are."""
    await templates.delete_template(actor, key, template_id)
