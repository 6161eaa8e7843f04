"""What is not done every day: archiving a project, and making another one like it."""

from typing import Any

from nicegui import ui

from tasktracker.ui.components.create_project import suggested_key
from tasktracker.ui.components.dialog import dialog_card
from tasktracker.ui.components.project_settings.section import Section, confirm
from tasktracker.ui.components.settings.rows import checkbox, group, row
from tasktracker.ui.elements import box, button, text
from tasktracker.ui.feedback import refusals_shown
from tasktracker.ui.language import t
from tasktracker.ui.presenters.project_settings import ProjectSettings


class Danger(Section):
    def __init__(self, settings: ProjectSettings) -> None:
        super().__init__(settings)
        with group():
            meaning = t(
                "Another project with the same settings, columns, labels, fields, templates, rules and members."
            )
            with row(t("Duplicate"), meaning):
                button(t("Duplicate…"), self._duplicate)
            if settings.project.archived_at:
                with row(t("Archived"), t("Everything can be read, and nothing changes.")):
                    button(t("Take out of the archive"), self._unarchive).set_enabled(settings.is_manager)
            else:
                with row(
                    t("Archive"),
                    t("The project is closed: it can be read, and nothing in it changes until it is opened again."),
                ):
                    button(t("Archive…"), self._ask, kind="danger").set_enabled(settings.is_manager)

    async def _unarchive(self) -> None:
        with refusals_shown():
            await self.settings.archive(is_wanted=False)
            ui.navigate.reload()

    def _ask(self) -> None:
        async def archive(_choice: str | None) -> None:
            await self.settings.archive(is_wanted=True)
            ui.navigate.reload()

        title = t("Archive “{name}”?", name=self.settings.project.name)
        words = t(
            "It leaves everybody’s sidebar. Its tasks can still be read and found, and nothing in it changes, "
            "rules and reminders included, until somebody takes it out of the archive."
        )
        confirm(title, words, t("Archive project"), archive)

    def _duplicate(self) -> None:
        DuplicateDialog(self.settings)


class DuplicateDialog:
    """Name and key of the new project; goes there."""

    def __init__(self, settings: ProjectSettings) -> None:
        self._settings = settings
        with dialog_card(t("Duplicate “{name}”", name=settings.project.name), size="small") as dialog:
            dialog.on("hide", dialog.delete)
            self._name = self._field(t("Name")).on_value_change(self._suggest_key)
            self._key = self._field(t("Key")).props("maxlength=10")
            self._with_tasks = checkbox(t("With the tasks on its board"))
            text(t("Comments, files and histories stay here."), "tt-field-hint", tag="p")
            with box("tt-dialog-foot"):
                button(t("Cancel"), dialog.close, kind="quiet")
                button(t("Duplicate"), self._do, kind="primary")
        dialog.open()

    def _field(self, label: str) -> Any:
        return ui.input(label).props("outlined dense stack-label").classes("tt-select").on("keydown.enter", self._do)

    def _suggest_key(self) -> None:
        self._key.value = suggested_key(self._name.value or "")

    async def _do(self) -> None:
        fields = {"name": self._name.value or "", "key": (self._key.value or "").upper()}
        with refusals_shown():
            key = await self._settings.duplicate(fields, with_tasks=bool(self._with_tasks.value))
            ui.navigate.to(f"/{key}/settings")
