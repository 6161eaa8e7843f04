"""The frame of every page of a project: its name, its views, and where else one can go from there."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from nicegui import ui

from tasktracker.services.queries.shell import ShellView
from tasktracker.services.views import ProjectView
from tasktracker.ui.components.frame import frame
from tasktracker.ui.elements import box, icon
from tasktracker.ui.language import t


@dataclass(frozen=True, slots=True)
class ViewLink:
    """A view of a project: the last part of its address, its name, and the keys that lead to it."""

    view: str
    name: Callable[[], str]
    keys: str


VIEWS = (
    ViewLink("board", lambda: t("Board"), "g b"),
    ViewLink("list", lambda: t("List"), "g l"),
    ViewLink("calendar", lambda: t("Calendar"), "g c"),
    ViewLink("timeline", lambda: t("Timeline"), "g n"),
    ViewLink("activity", lambda: t("Activity"), "g a"),
)


_PLACES = (
    (ViewLink("trash", lambda: t("Trash and archive"), "g x"), "delete_outline"),
    (ViewLink("settings", lambda: t("Settings of this project"), "g s"), "settings"),
)
"""Where else one can go from a project, each with its picture."""


@contextmanager
def project_frame(
    shell: ShellView, project: ProjectView, view: str, *, tools: Callable[[], None] | None = None
) -> Iterator[ui.element]:
    """Draw the frame of the project's page `view`; the block draws the page. Yields the header's row.

    `tools` draws what the view has to itself at the end of the row of views: its filter, its options.
    """

    def bar() -> None:
        _tabs(project.key, view)
        if tools is not None:
            with box("tt-viewbar-tools"):
                tools()

    with frame(shell, title=project.name, here=project.key, color=project.color, bar=bar) as actions:
        with actions:
            for link, picture in _PLACES:
                _icon_link(project.key, view, link, picture)
        yield actions


def _icon_link(key: str, here: str, to: ViewLink, picture: str) -> None:
    with ui.link(target=f"/{key}/{to.view}").classes("tt-icon-link") as link:
        link.props["aria-label"] = link.props["title"] = to.name()
        link.props["data-shortcut"] = to.keys
        if to.view == here:
            link.props("aria-current=page")
        icon(picture)


def _tabs(key: str, here: str) -> None:
    with box("tt-tabs", tag="nav") as tabs:
        tabs.props["aria-label"] = t("Views")
        for link in VIEWS:
            tab = ui.link(link.name(), f"/{key}/{link.view}").classes("tt-tab")
            tab.props["data-shortcut"] = link.keys
            if link.view == here:
                tab.props("aria-current=page")
