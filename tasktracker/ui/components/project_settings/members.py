"""Who has a role of their own in a project."""

from typing import Any
from uuid import UUID

from nicegui import ui

from tasktracker.ui.components.project_settings.section import Section, confirm
from tasktracker.ui.components.settings.item_list import Field, ItemList
from tasktracker.ui.components.settings.rows import group
from tasktracker.ui.elements import box, button, named, text
from tasktracker.ui.language import t
from tasktracker.ui.presenters.members import Members, role_meanings
from tasktracker.ui.presenters.project_settings import ProjectSettings, role_name


class MembersSection(Section):
    def __init__(self, settings: ProjectSettings) -> None:
        super().__init__(settings)
        self._members = Members(settings)
        roles = tuple((role, role_name(role)) for role in role_meanings())
        with group(lead=self._lead()):
            fields = (
                Field("name", "words", t("Name"), width="large"),
                Field("handle", "words", t("Handle")),
                Field("role", "select", t("Role"), roles),
            )
            self._list = ItemList(
                t("Members"), fields, can_edit=settings.can_manage, empty=t("Nobody has a role of their own.")
            )
            if settings.can_manage:
                self._adding()
        with group(t("What roles may")):
            for role, meaning in role_meanings().items():
                with box("tt-setting tt-setting-meant"):
                    text(role_name(role), "tt-setting-label")
                    text(meaning, "tt-setting-meaning")
        self._list.on_change(self._change)
        self._list.on_remove(self._ask, t("Remove"), icon="person_remove")

    def _lead(self) -> str:
        if self.settings.project.is_private:
            return t("The project is private: it exists for these people, and for nobody else.")
        return t(
            "Everybody in the workspace may change tasks here, but guests. A role of one’s own counts before that."
        )

    def _adding(self) -> None:
        with box("tt-item tt-item-new"):
            self._who = named(ui.select({}, with_input=True), t("Person to add"))
            self._who.props("outlined dense options-dense hide-bottom-space").props["placeholder"] = t("Add somebody…")
            self._who.classes("tt-select tt-item-large")
            self._role = named(
                ui.select({role: role_name(role) for role in role_meanings()}, value="editor"), t("Role")
            )
            self._role.props("outlined dense options-dense hide-bottom-space").classes("tt-select tt-item-medium")
            button(t("Add"), self._add)

    async def load(self) -> None:
        await self._members.load()
        self._list.allow(can_edit=self.settings.can_manage)
        self._list.show(self._members.items)
        if self.settings.can_manage:
            self._who.set_options(self._members.others)

    async def _add(self) -> None:
        if self._who.value and await self.do(self._members.set_role(self._who.value, self._role.value)):
            self._who.value = None

    async def _change(self, account_id: str, _field: str, role: Any) -> None:
        await self.do(self._members.set_role(account_id, role))

    async def _ask(self, account_id: str) -> None:
        name = self._members.name_of(account_id)

        async def remove(_choice: str | None) -> None:
            await self._members.remove(UUID(account_id))
            await self.load()
            await self.tell(t("{name} is no longer a member", name=name))

        words = t(
            "Their role in the workspace counts again: members go on changing tasks here, and guests see it no longer."
        )
        if self.settings.project.is_private:
            words = t("The project is private, so it exists no longer for them. What they wrote stays.")
        confirm(t("Remove {name}?", name=name), words, t("Remove"), remove)
