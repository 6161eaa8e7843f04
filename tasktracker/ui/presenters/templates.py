"""The templates of a project: what new tasks can start from."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tasktracker.services import templates
from tasktracker.services.queries.shell import get_frame
from tasktracker.services.queries.templates import list_templates
from tasktracker.services.views import TemplateView
from tasktracker.ui.formats import list_text
from tasktracker.ui.language import t
from tasktracker.ui.presenters.project_settings import ProjectSettings
from tasktracker.ui.presenters.task_fields import field_names

SHOWN = ("title", "description", "column_id", "priority", "assignee_ids", "label_ids", "estimate")
"""The fields that the form has; what else a template holds stays as it is."""


class Templates:
    items: list[dict[str, Any]]

    def __init__(self, settings: ProjectSettings) -> None:
        self._settings = settings
        self._actor, self._key = settings.actor, settings.key
        self._templates: dict[str, TemplateView] = {}

    async def load(self) -> None:
        found = await list_templates(self._actor, self._key)
        self._settings.frame = await get_frame(self._actor, self._key)
        self._templates = {str(each.id): each for each in found}
        self.items = [{"id": str(each.id), "name": each.name, "summary": _summary(each)} for each in found]

    def name_of(self, template_id: str) -> str:
        return self._templates[template_id].name if template_id in self._templates else ""

    def content_of(self, template_id: str | None) -> dict[str, Any]:
        """The fields that a task starts from; what is gone since (a label, a column) is left out."""
        content = dict(self._templates[template_id].content) if template_id in self._templates else {}
        for field, known in (
            ("assignee_ids", self._settings.people()),
            ("label_ids", self._settings.labels()),
        ):
            content[field] = [each for each in content.get(field, []) if each in known]
        if content.get("column_id") not in self._settings.columns():
            content.pop("column_id", None)
        return content

    async def save(self, template_id: str | None, name: str, fields: Mapping[str, Any]) -> None:
        """Make a template, or replace what one holds; what the form leaves empty is not in it."""
        kept = {} if template_id is None else self._templates[template_id].content
        others = {field: value for field, value in kept.items() if field not in SHOWN}
        given = {field: value for field, value in fields.items() if value not in ("", None, [], "none")}
        raw = {"name": name, "content": {**others, **given}}
        if template_id is None:
            await templates.add_template(self._actor, self._key, raw)
        else:
            await templates.edit_template(self._actor, self._key, UUID(template_id), raw)

    async def rename(self, template_id: str, name: str) -> None:
        await templates.edit_template(self._actor, self._key, UUID(template_id), {"name": name})

    async def delete(self, template_id: str) -> None:
        await templates.delete_template(self._actor, self._key, UUID(template_id))


def _summary(template: TemplateView) -> str:
    names = {**field_names(), "custom": t("Custom fields")}
    held = [name for field, name in names.items() if field in template.content]
    return t("Gives: {fields}", fields=list_text(held)) if held else t("Gives nothing yet")
