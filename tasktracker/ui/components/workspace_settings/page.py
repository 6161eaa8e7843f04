"""The page of the workspace's settings: one section of it at a time."""

from collections.abc import Awaitable, Callable
from typing import Any

from tasktracker.domain.errors import NotFound
from tasktracker.ui.components.frame import frame
from tasktracker.ui.components.settings.page import SectionLink, settings_layout
from tasktracker.ui.components.settings.rows import TextControl, group, row
from tasktracker.ui.components.workspace_settings.people import draw_people
from tasktracker.ui.language import t
from tasktracker.ui.presenters.workspace_settings import WorkspaceSettings


async def draw_general(settings: WorkspaceSettings) -> None:
    """What the workspace is called."""
    name, can_manage = t("Name"), settings.can_manage

    async def save(value: Any) -> None:
        await settings.rename(value)

    with group(), row(name, t("Your team or company. It stands above everybody’s projects.")):
        TextControl(name, settings.shell.workspace, save, enabled=can_manage, limit=100, kept="workspace:name")


_SECTIONS: tuple[tuple[SectionLink, Callable[[WorkspaceSettings], Awaitable[None]]], ...] = (
    (SectionLink("general", lambda: t("General"), "tune"), draw_general),
    (SectionLink("people", lambda: t("People"), "group"), draw_people),
)


async def open_workspace_settings(settings: WorkspaceSettings, path: str) -> None:
    """Draw the section of that path. Raises NotFound."""
    draw = {link.path: draw for link, draw in _SECTIONS}.get(path)
    if draw is None:
        raise NotFound("section", path)
    await settings.open()
    links = [link for link, _ in _SECTIONS]
    here = next(link.name() for link in links if link.path == path)
    with (
        frame(settings.shell, title=t("Workspace settings"), view=here, here="settings"),
        settings_layout("/settings", links, path, why_not=settings.why_not),
    ):
        await draw(settings)
