"""The settings of a project."""

from tasktracker.ui.components.project_settings.page import ProjectSettingsPage
from tasktracker.ui.paging import page
from tasktracker.ui.presenters.project_settings import ProjectSettings
from tasktracker.ui.session import signed_in


@page("/{key}/settings")
async def project_settings_page(key: str) -> None:
    actor = await signed_in()
    await ProjectSettingsPage(ProjectSettings(actor, key.upper()), "general").open()


@page("/{key}/settings/{section}")
async def section_page(key: str, section: str) -> None:
    actor = await signed_in()
    await ProjectSettingsPage(ProjectSettings(actor, key.upper()), section).open()
