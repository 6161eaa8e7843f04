"""The settings of the workspace."""

from tasktracker.ui.components.workspace_settings.page import open_workspace_settings
from tasktracker.ui.paging import page
from tasktracker.ui.presenters.workspace_settings import WorkspaceSettings
from tasktracker.ui.session import signed_in


@page("/settings")
async def workspace_settings_page() -> None:
    await open_workspace_settings(WorkspaceSettings(await signed_in()), "general")


@page("/settings/{section}")
async def section_page(section: str) -> None:
    await open_workspace_settings(WorkspaceSettings(await signed_in()), section)
