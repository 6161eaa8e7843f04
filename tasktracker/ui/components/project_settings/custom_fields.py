"""The fields that a project gives its tasks by itself."""

from typing import Any

from nicegui import ui

from tasktracker.ui.components.dialog import dialog_card
from tasktracker.ui.components.project_settings.section import Section, confirm
from tasktracker.ui.components.settings.item_list import Action, Field, ItemList
from tasktracker.ui.components.settings.rows import group
from tasktracker.ui.elements import box, button, text
from tasktracker.ui.feedback import refusals_shown
from tasktracker.ui.language import t, tc, tn
from tasktracker.ui.presenters.project_settings import ProjectSettings
from tasktracker.ui.presenters.project_things import CustomFields, kind_names


class CustomFieldsSection(Section):
    def __init__(self, settings: ProjectSettings) -> None:
        super().__init__(settings)
        self._fields = CustomFields(settings)
        lead = t(
            "What every task here can be given besides the usual. Filters and the API call a field by its "
            "key, which stays."
        )
        with group(lead=lead):
            fields = (
                Field("name", "text", t("Name"), limit=50, adds=True),
                Field("key", "words", tc("custom field", "Key")),
                Field("kind", "select", t("Kind"), tuple(kind_names().items()), adds=True),
            )
            self._list = ItemList(
                t("Custom fields"),
                fields,
                can_edit=settings.can_manage,
                empty=t("No field of its own yet. “Severity” or “Customer” would be usual ones."),
                actions=(Action("options", t("Options")),),
            )
        self._list.on_change(self._change)
        self._list.on_move(self._move)
        self._list.on_remove(self._ask, t("Delete"))
        self._list.on_act(self._open_options)
        self._list.on_add(self._add, t("New field"), draft=f"{settings.key}:settings:field")

    async def load(self) -> None:
        await self._fields.load()
        self._list.allow(can_edit=self.settings.can_manage)
        self._list.show(self._fields.items)

    async def _add(self, fields: dict[str, Any]) -> None:
        if fields.get("kind") in ("select", "multi_select"):
            FirstOptions(self, fields)
        else:
            await self.add(fields)

    async def add(self, fields: dict[str, Any]) -> bool:
        """Add a field; says whether that was granted."""
        granted = await self.do(self._fields.add(fields))
        if granted:
            self._list.added()
        return granted

    async def _change(self, field_id: str, field: str, value: Any) -> None:
        await self.do(self._fields.change(field_id, field, value))

    async def _move(self, field_id: str, after: str | None) -> None:
        await self.do(self._fields.move(field_id, after))

    async def _open_options(self, field_id: str, _action: str) -> None:
        OptionsDialog(self, self._fields, field_id)

    async def _ask(self, field_id: str) -> None:
        name, used = self._fields.name_of(field_id), self._fields.used(field_id)

        async def delete(_choice: str | None) -> None:
            await self._fields.delete(field_id)
            await self.load()
            await self.tell(t("“{name}” is deleted", name=name))

        words = t("No task has a value in it, so nothing else changes.")
        if used:
            words = tn(
                "{n} task loses its value; its history tells of it.",
                "{n} tasks lose their values; their histories tell of it.",
                used,
            )
        confirm(t("Delete the field “{name}”?", name=name), words, t("Delete field"), delete)


class FirstOptions:
    """A list to choose from needs something in it: asked for before the field is made."""

    def __init__(self, section: CustomFieldsSection, fields: dict[str, Any]) -> None:
        self._section, self._values = section, fields
        with dialog_card(t("Options of “{name}”", name=str(fields.get("name", ""))), size="small") as self._dialog:
            self._dialog.on("hide", self._dialog.delete)
            text(t("What can be chosen, separated by commas. More can be added later."), "tt-confirm-text", tag="p")
            self._options = ui.input(t("Options"), placeholder=t("low, medium, high")).props(
                "outlined dense stack-label autofocus"
            )
            self._options.classes("tt-select").on("keydown.enter", self._add)
            with box("tt-dialog-foot"):
                button(t("Cancel"), self._dialog.close, kind="quiet")
                button(t("Add field"), self._add, kind="primary")
        self._dialog.open()

    async def _add(self) -> None:
        if await self._section.add({**self._values, "options": self._options.value or ""}):
            self._dialog.close()


class OptionsDialog:
    """The options of a select, saved one by one; tasks follow a rename, and go to another option when one goes."""

    def __init__(self, section: CustomFieldsSection, fields: CustomFields, field_id: str) -> None:
        self._section, self._fields, self._id = section, fields, field_id
        title = t("Options of “{name}”", name=fields.name_of(field_id))
        with dialog_card(title) as self._dialog:
            self._dialog.on("hide", self._dialog.delete)
            part = Field("name", "text", t("Option"), limit=100, adds=True)
            self._list = ItemList(title, (part,), can_edit=section.settings.can_manage)
        self._list.on_change(self._rename)
        self._list.on_move(self._move)
        self._list.on_remove(self._ask, t("Delete"))
        self._list.on_add(self._add, t("New option"))
        self._show()
        self._dialog.open()

    def _show(self) -> None:
        self._list.show(self._fields.options(self._id))

    @property
    def _options(self) -> list[str]:
        return [item["id"] for item in self._fields.options(self._id)]

    async def _set(self, options: list[str], rename: dict[str, str] | None = None) -> bool:
        granted = False
        with refusals_shown():
            await self._fields.set_options(self._id, options, rename)
            granted = True
        await self._section.load()
        self._show()
        return granted

    async def _add(self, values: dict[str, Any]) -> None:
        if await self._set([*self._options, str(values.get("name", ""))]):
            self._list.added()

    async def _rename(self, option: str, _field: str, name: Any) -> None:
        await self._set([str(name) if each == option else each for each in self._options], {option: str(name)})

    async def _move(self, option: str, after: str | None) -> None:
        others = [each for each in self._options if each != option]
        index = others.index(after) + 1 if after in others else 0
        await self._set([*others[:index], option, *others[index:]])

    async def _ask(self, option: str) -> None:
        others = {each: each for each in self._options if each != option}

        async def delete(target: str | None) -> None:
            await self._fields.set_options(self._id, [*others], {option: target} if target else None)
            await self._section.load()
            self._show()

        words = t("Tasks that have it are given another one.")
        choice = (t("Tasks get instead"), others) if others else None
        confirm(t("Delete the option “{name}”?", name=option), words, t("Delete option"), delete, choice=choice)
