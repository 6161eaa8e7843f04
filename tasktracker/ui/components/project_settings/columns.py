"""The columns of a project's board."""

from typing import Any

from tasktracker.ui.components.project_settings.section import Section, confirm
from tasktracker.ui.components.settings.item_list import Field, ItemList
from tasktracker.ui.components.settings.rows import group
from tasktracker.ui.language import t, tn
from tasktracker.ui.presenters.project_settings import ProjectSettings
from tasktracker.ui.presenters.project_things import Columns, category_names


class ColumnsSection(Section):
    def __init__(self, settings: ProjectSettings) -> None:
        super().__init__(settings)
        self._columns = Columns(settings)
        lead = t(
            "From left to right. What a column means decides when a task counts as begun or done; a limit "
            "holds for everybody."
        )
        with group(lead=lead):
            fields = (
                Field("name", "text", t("Name"), limit=50, adds=True),
                Field("category", "select", t("Meaning"), tuple(category_names().items()), adds=True),
                Field("wip_limit", "number", t("Limit"), empty=t("No limit"), width="small"),
            )
            self._list = ItemList(t("Columns"), fields, can_edit=settings.can_manage)
        self._list.on_change(self._change)
        self._list.on_move(self._move)
        self._list.on_remove(self._ask, t("Delete"))
        self._list.on_add(self._add, t("New column"), draft=f"{settings.key}:settings:column")

    async def load(self) -> None:
        await self._columns.load()
        self._list.allow(can_edit=self.settings.can_manage)
        self._list.show(self._columns.items)

    async def _add(self, fields: dict[str, Any]) -> None:
        if await self.do(self._columns.add(fields)):
            self._list.added()

    async def _change(self, column_id: str, field: str, value: Any) -> None:
        await self.do(self._columns.change(column_id, field, value))

    async def _move(self, column_id: str, after: str | None) -> None:
        await self.do(self._columns.move(column_id, after))

    async def _ask(self, column_id: str) -> None:
        name, used = self._columns.name_of(column_id), self._columns.used(column_id)

        async def delete(move_to: str | None) -> None:
            await self._columns.delete(column_id, move_to)
            await self.load()
            await self.tell(t("“{name}” is deleted", name=name))

        words = t("It holds no task, so nothing else changes.")
        if used:
            words = tn(
                "{n} task is in it, those in the archive and the trash included. It goes to the end of another column.",
                "{n} tasks are in it, those in the archive and the trash included. They go to the end of "
                "another column.",
                used,
            )
        choice = (t("Move the tasks to"), self._columns.others(column_id)) if used else None
        confirm(t("Delete the column “{name}”?", name=name), words, t("Delete column"), delete, choice=choice)
