"""Files in and out."""

from nicegui import ui

from tasktracker.ui.components.project_settings.section import Section
from tasktracker.ui.components.settings.import_wizard import ImportWizard
from tasktracker.ui.components.settings.rows import group, row
from tasktracker.ui.elements import text
from tasktracker.ui.language import t
from tasktracker.ui.presenters.import_fields import import_field_names
from tasktracker.ui.presenters.project_settings import ProjectSettings


class Transfer(Section):
    def __init__(self, settings: ProjectSettings) -> None:
        super().__init__(settings)
        with group(t("Export")):
            with row(t("Tasks as a table"), t("CSV, for a spreadsheet. Without comments and histories.")):
                self._link("csv", t("Download CSV"))
            with row(t("The whole project"), t("JSON, to be imported again. Without the trash, histories and files.")):
                self._link("json", t("Download JSON"))
        with group(
            t("Import"), t("Nothing is changed before you have seen what would come of it, and one undo takes it back.")
        ):
            if settings.can_edit:
                ImportWizard(settings.key, can_manage=settings.can_manage, field_names=import_field_names())
            else:
                text(t("You may not change tasks here, so you cannot import any."), "tt-items-empty", tag="p")

    def _link(self, file_format: str, label: str) -> None:
        link = ui.link(label, f"/api/v1/projects/{self.settings.key}/export?format={file_format}")
        link.classes("tt-button").props["download"] = True
