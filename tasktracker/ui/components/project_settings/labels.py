"""The labels of a project."""

from typing import Any

from tasktracker.ui.components.project_settings.section import Section, confirm
from tasktracker.ui.components.settings.item_list import Field, ItemList
from tasktracker.ui.components.settings.rows import group
from tasktracker.ui.language import t, tn
from tasktracker.ui.presenters.palette import palette
from tasktracker.ui.presenters.project_settings import ProjectSettings
from tasktracker.ui.presenters.project_things import Labels


class LabelsSection(Section):
    def __init__(self, settings: ProjectSettings) -> None:
        super().__init__(settings)
        self._labels = Labels(settings)
        with group(lead=t("What tasks have in common, across all columns.")):
            fields = (
                Field("color", "color", t("Colour"), tuple(palette().items()), adds=True),
                Field("name", "text", t("Name"), limit=50, adds=True),
            )
            empty = t("No label yet. Begin with “bug”, perhaps.")
            self._list = ItemList(t("Labels"), fields, can_edit=settings.can_manage, empty=empty)
        self._list.on_change(self._change)
        self._list.on_remove(self._ask, t("Delete"))
        self._list.on_add(self._add, t("New label"), draft=f"{settings.key}:settings:label")

    async def load(self) -> None:
        await self._labels.load()
        self._list.allow(can_edit=self.settings.can_manage)
        self._list.show(self._labels.items)

    async def _add(self, fields: dict[str, Any]) -> None:
        if await self.do(self._labels.add(fields)):
            self._list.added()

    async def _change(self, label_id: str, field: str, value: Any) -> None:
        await self.do(self._labels.change(label_id, field, value))

    async def _ask(self, label_id: str) -> None:
        name, used = self._labels.name_of(label_id), self._labels.used(label_id)

        async def delete(_choice: str | None) -> None:
            await self._labels.delete(label_id)
            await self.load()
            await self.tell(t("“{name}” is deleted", name=name))

        words = t("No task has it, so nothing else changes.")
        if used:
            words = tn(
                "It is taken off {n} task. The task stays, and its history tells of it.",
                "It is taken off {n} tasks. The tasks stay, and their histories tell of it.",
                used,
            )
        confirm(t("Delete the label “{name}”?", name=name), words, t("Delete label"), delete)
