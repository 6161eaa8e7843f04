"""The page of a project's settings: one section of it at a time."""

from collections.abc import Callable

from nicegui import background_tasks, ui

from tasktracker.domain.errors import NotFound
from tasktracker.realtime.hub import Patch
from tasktracker.ui.components.project_deeds import ProjectDeeds
from tasktracker.ui.components.project_frame import project_frame
from tasktracker.ui.components.project_settings.columns import ColumnsSection
from tasktracker.ui.components.project_settings.custom_fields import CustomFieldsSection
from tasktracker.ui.components.project_settings.danger import Danger
from tasktracker.ui.components.project_settings.general import General
from tasktracker.ui.components.project_settings.labels import LabelsSection
from tasktracker.ui.components.project_settings.members import MembersSection
from tasktracker.ui.components.project_settings.rules import RulesSection
from tasktracker.ui.components.project_settings.section import Section
from tasktracker.ui.components.project_settings.templates import TemplatesSection
from tasktracker.ui.components.project_settings.transfer import Transfer
from tasktracker.ui.components.settings.page import SectionLink, settings_layout
from tasktracker.ui.feedback import refusals_shown
from tasktracker.ui.language import t
from tasktracker.ui.presenters.project_settings import ProjectSettings
from tasktracker.ui.sockets import follow_from_page

_SECTIONS: tuple[tuple[SectionLink, Callable[[ProjectSettings], Section]], ...] = (
    (SectionLink("general", lambda: t("General"), "tune"), General),
    (SectionLink("columns", lambda: t("Columns"), "view_week"), ColumnsSection),
    (SectionLink("labels", lambda: t("Labels"), "sell"), LabelsSection),
    (SectionLink("members", lambda: t("Members"), "group"), MembersSection),
    (SectionLink("fields", lambda: t("Custom fields"), "list_alt"), CustomFieldsSection),
    (SectionLink("templates", lambda: t("Templates"), "content_paste"), TemplatesSection),
    (SectionLink("rules", lambda: t("Rules"), "bolt"), RulesSection),
    (SectionLink("transfer", lambda: t("Import and export"), "import_export"), Transfer),
    (SectionLink("danger", lambda: t("Danger zone"), "warning_amber"), Danger),
)


class ProjectSettingsPage:
    """Follows the project before anything is read, so that the section shows what others change too."""

    def __init__(self, settings: ProjectSettings, path: str) -> None:
        self._settings = settings
        self._path = path
        self._section: Section | None = None

    async def open(self) -> None:
        """Draw the section of that path. Raises NotFound."""
        self._client = ui.context.client
        section = {link.path: section for link, section in _SECTIONS}.get(self._path)
        if section is None:
            raise NotFound("section", self._path)
        settings = self._settings
        project_id, leave = await settings.open(self._on_patch)
        follow_from_page(project_id, leave)
        base, links = f"/{settings.key}/settings", [link for link, _ in _SECTIONS]
        with project_frame(settings, "settings"):
            ProjectDeeds(settings)
            with settings_layout(base, links, self._path, why_not=settings.why_not):
                self._section = section(settings)
        await self._section.load()

    def _on_patch(self, patch: Patch) -> None:
        if patch["project"] is not None and self._section is not None:
            background_tasks.create(self._follow(self._section), context=self._client)

    async def _follow(self, section: Section) -> None:
        with self._client, refusals_shown():
            await self._settings.reload()
            await section.load()
