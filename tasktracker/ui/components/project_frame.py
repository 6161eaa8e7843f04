"""The frame of every page of a project: its name, its views, and where else one can go from there."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from nicegui import ui

from tasktracker.ui.components.frame import frame
from tasktracker.ui.components.links.links import Link, Links
from tasktracker.ui.elements import box, icon, named
from tasktracker.ui.language import t, tc
from tasktracker.ui.page_title import page_title
from tasktracker.ui.presenters.project import ProjectPresenter


@dataclass(frozen=True, slots=True)
class ViewLink:
    """A view of a project: the last part of its address, and its name. Its keys stand in ui/commands.py."""

    view: str
    name: Callable[[], str]


VIEWS = (
    ViewLink("board", lambda: t("Board")),
    ViewLink("list", lambda: t("List")),
    ViewLink("table", lambda: t("Table")),
    ViewLink("calendar", lambda: t("Calendar")),
    ViewLink("timeline", lambda: t("Timeline")),
    ViewLink("reports", lambda: t("Reports")),
    ViewLink("activity", lambda: t("Activity")),
)


_PLACES = (
    (ViewLink("trash", lambda: t("Trash and archive")), "delete_outline"),
    (ViewLink("settings", lambda: t("Settings of this project")), "settings"),
)
"""Where else one can go from a project, each with its picture."""


@contextmanager
def project_frame(
    project: ProjectPresenter, view: str, *, tools: Callable[[], None] | None = None
) -> Iterator[ui.element]:
    """Draw the frame of the project's page `view`; the block draws the page. Yields the header's row.

    `tools` draws what the view has to itself at the end of the row of views: its filter, its options. The page's
    name follows the project's.
    """

    def bar() -> None:
        _tabs(project.key, view)
        if tools is not None:
            with box("tt-viewbar-tools"):
                tools()

    name, key, color, may = _name_of(view), project.key, project.frame["color"], project.permissions
    with frame(
        project.shell, title=project.frame["name"], view=name, here=key, color=color, may=may, bar=bar
    ) as actions:
        project.renamed = page_title().rename
        with actions:
            for link, picture in _PLACES:
                _icon_link(project.key, view, link, picture)
        yield actions


def _name_of(view: str) -> str:
    links = *VIEWS, *(link for link, _ in _PLACES), ViewLink("archive", lambda: tc("place", "Archive"))
    return next((link.name() for link in links if link.view == view), "")


def _icon_link(key: str, here: str, to: ViewLink, picture: str) -> None:
    with ui.link(target=f"/{key}/{to.view}").classes("tt-icon-link") as link:
        link.props["aria-label"] = link.props["title"] = to.name()
        if to.view == here:
            link.props("aria-current=page")
        icon(picture)


def _tabs(key: str, here: str) -> None:
    views = [Link(f"/{key}/{link.view}", link.name(), here=link.view == here) for link in VIEWS]
    tabs = named(Links(views, kind="tt-segment tt-tab", tag="nav"), t("Views"))
    tabs.classes("tt-segments tt-segments--sunken tt-tabs")
