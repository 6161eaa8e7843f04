"""Name, description and colour of a project, and how it behaves."""

from collections.abc import Awaitable, Callable
from typing import Any

from tasktracker.ui.components.project_settings.section import Section
from tasktracker.ui.components.settings.color_control import ColorControl
from tasktracker.ui.components.settings.rows import TextControl, group, row, switch_control
from tasktracker.ui.elements import text
from tasktracker.ui.language import t
from tasktracker.ui.presenters.palette import palette
from tasktracker.ui.presenters.project_settings import ProjectSettings


class General(Section):
    def __init__(self, settings: ProjectSettings) -> None:
        super().__init__(settings)
        self._enabled = settings.can_manage
        with group():
            self._words()
            label, project = t("Colour"), settings.project
            with row(label):
                self._color = ColorControl(label, palette(), project.color, self._save("color"), enabled=self._enabled)
            with row(t("Key"), t("Every task carries it: {ref}. It stays for good.", ref=f"{project.key}-12")):
                text(project.key, "tt-setting-value")
        self._rules()

    def _words(self) -> None:
        key, project = self.settings.key, self.settings.project
        name, description = t("Name"), t("Description")
        with row(name):
            self._name = TextControl(
                name, project.name, self._save("name"), enabled=self._enabled, limit=100, kept=f"{key}:settings:name"
            )
        with row(description, t("What is it about? It stands on the tile of the project."), wide=True):
            self._description = TextControl(
                description,
                project.description,
                self._save("description"),
                enabled=self._enabled,
                limit=10_000,
                kept=f"{key}:settings:description",
                lines=3,
            )

    def _rules(self) -> None:
        project = self.settings.project
        private, careful = t("Private"), t("Ask for versions")
        with group(t("Access and safety")):
            with row(private, t("It exists only for those who have a role of their own below “Members”.")):
                self._private = switch_control(
                    private, self._save("is_private"), value=project.is_private, enabled=self._enabled
                )
            meaning = t(
                "Programs have to say which version of a task a change is based on, so that none overwrites another."
            )
            with row(careful, meaning):
                self._careful = switch_control(
                    careful, self._save("requires_version"), value=project.requires_version, enabled=self._enabled
                )

    async def load(self) -> None:
        project = self.settings.project
        self._name.refresh(project.name)
        self._description.refresh(project.description)
        self._color.refresh(project.color)
        self._private.refresh(project.is_private)
        self._careful.refresh(project.requires_version)

    def _save(self, field: str) -> Callable[[Any], Awaitable[None]]:
        async def save(value: Any) -> None:
            await self.settings.edit_project({field: value})

        return save
