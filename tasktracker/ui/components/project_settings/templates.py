"""What new tasks can start from."""

from typing import Any

from nicegui import ui

from tasktracker.ui.components.dialog import dialog_card
from tasktracker.ui.components.project_settings.section import Section, confirm
from tasktracker.ui.components.settings.item_list import Action, Field, ItemList
from tasktracker.ui.components.settings.rows import group
from tasktracker.ui.drafts import draft, draft_saved, forget_draft
from tasktracker.ui.elements import box, button
from tasktracker.ui.feedback import refusals_shown
from tasktracker.ui.language import t
from tasktracker.ui.presenters.project_settings import ProjectSettings
from tasktracker.ui.presenters.templates import Templates
from tasktracker.ui.presenters.words import priority_choices

_PROPS = "outlined dense options-dense stack-label"


class TemplatesSection(Section):
    def __init__(self, settings: ProjectSettings) -> None:
        super().__init__(settings)
        self.templates = Templates(settings)
        with group(lead=t("What a new task can start from, so that nobody writes the same twice.")):
            fields = (
                Field("name", "text", t("Name"), limit=100),
                Field("summary", "words", t("What it gives"), width="wide"),
            )
            empty = t("No template yet. “Bug report” with its questions would be one.")
            actions = (Action("edit", t("Edit")),)
            self._list = ItemList(t("Templates"), fields, can_edit=settings.can_manage, empty=empty, actions=actions)
            if settings.can_manage:
                with box("tt-settings-foot"):
                    button(t("New template…"), self._new, kind="primary")
        self._list.on_change(self._rename)
        self._list.on_remove(self._ask, t("Delete"))
        self._list.on_act(self._edit)

    async def load(self) -> None:
        await self.templates.load()
        self._list.allow(can_edit=self.settings.can_manage)
        self._list.show(self.templates.items)

    def _new(self) -> None:
        TemplateDialog(self, None)

    async def _edit(self, template_id: str, _action: str) -> None:
        TemplateDialog(self, template_id)

    async def _rename(self, template_id: str, _field: str, name: Any) -> None:
        await self.do(self.templates.rename(template_id, name))

    async def _ask(self, template_id: str) -> None:
        name = self.templates.name_of(template_id)

        async def delete(_choice: str | None) -> None:
            await self.templates.delete(template_id)
            await self.load()
            await self.tell(t("“{name}” is deleted", name=name))

        words = t("Tasks that were made from it stay as they are.")
        confirm(t("Delete the template “{name}”?", name=name), words, t("Delete template"), delete)


class TemplateDialog:
    """The fields that a task starts from; what is left empty is left to whoever makes the task."""

    def __init__(self, section: TemplatesSection, template_id: str | None) -> None:
        self._section, self._id = section, template_id
        name = section.templates.name_of(template_id or "")
        self._draft = f"{section.settings.key}:template:{template_id or 'new'}"
        with dialog_card(name or t("New template")) as self._dialog:
            self._dialog.on("hide", self._dialog.delete)
            self._name = ui.input(t("Name of the template"), value=name).props("outlined dense stack-label autofocus")
            self._name.classes("tt-select")
            self._fields = self._form(section.templates.content_of(template_id))
            with box("tt-dialog-foot"):
                button(t("Cancel"), self._cancel, kind="quiet")
                button(t("Save template"), self._save, kind="primary")
        draft(self._name, f"{self._draft}:name")
        draft(self._fields["description"], f"{self._draft}:description")
        self._dialog.open()

    def _form(self, content: dict[str, Any]) -> dict[str, Any]:
        settings = self._section.settings
        with box("tt-form-grid"):
            fields: dict[str, Any] = {
                "title": ui.input(t("Title"), value=content.get("title", "")).props("maxlength=300").classes("tt-wide"),
                "description": ui.textarea(t("Description"), value=content.get("description", "")).classes("tt-wide"),
                "column_id": self._choice(t("State"), settings.columns(), content.get("column_id")),
                "priority": self._choice(t("Priority"), priority_choices(), content.get("priority", "none")),
                "assignee_ids": self._choices(t("Assignees"), settings.people(), content["assignee_ids"]),
                "label_ids": self._choices(t("Labels"), settings.labels(), content["label_ids"]),
                "estimate": ui.number(t("Estimate"), value=content.get("estimate"), min=0),
            }
        for field in fields.values():
            field.props(_PROPS).classes("tt-select")
        fields["description"].props("autogrow rows=4")
        return fields

    def _choice(self, label: str, options: dict[str, str], value: str | None) -> ui.select:
        return ui.select(options, value=value, label=label, clearable=value is not None)

    def _choices(self, label: str, options: dict[str, str], value: list[str]) -> ui.select:
        return ui.select(options, value=value, label=label, multiple=True).props("use-chips")

    def _cancel(self) -> None:
        forget_draft(f"{self._draft}:name", f"{self._draft}:description")
        self._dialog.close()

    async def _save(self) -> None:
        with refusals_shown():
            values = {name: field.value for name, field in self._fields.items()}
            name = self._name.value or ""
            await self._section.templates.save(self._id, name, values)
            draft_saved(f"{self._draft}:name", name)
            draft_saved(f"{self._draft}:description", values["description"] or "")
            self._dialog.close()
            await self._section.load()
