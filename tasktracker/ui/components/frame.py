"""The frame of every page: sidebar, header, and the place for what the page is about."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager

from nicegui import ui

from tasktracker.domain.permissions import Permission
from tasktracker.services.queries.shell import ProjectLink, ShellView
from tasktracker.ui.components.inbox_link import personal_links
from tasktracker.ui.components.links.links import Link, sidebar_links
from tasktracker.ui.components.palette.palette import Palette
from tasktracker.ui.components.sidebar.sidebar import SidebarFoot, SidebarHead
from tasktracker.ui.components.starred_views.starred_views import StarredViews
from tasktracker.ui.elements import box, icon_button, named, text, written
from tasktracker.ui.language import t
from tasktracker.ui.page_title import PageTitle

_TOGGLE = "() => document.documentElement.classList.toggle('tt-sidebar-open')"


@contextmanager
def frame(
    shell: ShellView,
    *,
    title: str,
    view: str = "",
    here: str = "",
    color: str = "",
    may: Collection[Permission] = (),
    bar: Callable[[], None] | None = None,
    crumbs: Callable[[], None] | None = None,
) -> Iterator[ui.element]:
    """Draw the frame; the block draws the page. Yields the header's row for the page's own buttons.

    `view` is the part of `title` that the page shows, for the browser's tab. `here` is the key of the project that the
    page belongs to, or the page's path; `may` is what the person may do in that project; `bar` draws a row of its own
    below the header, and `crumbs` the way to the page before its title.
    """
    ui.context.client.content.classes("tt-app")
    ui.link(t("Skip to content"), "#content").classes("tt-skip")
    with box("tt-offline-bar").props("role=status"):
        text(t("Connection lost. What you type is kept; reconnecting…"))
        text("", "tt-offline-unsent").props("data-unsent-changes")
    tab = PageTitle(title, view)
    _sidebar(shell, tab, here)
    with box("tt-main"):
        with box("tt-header", tag="header"):
            menu = icon_button("menu", t("Open the menu")).classes("tt-menu-button")
            menu.on("click", js_handler=_TOGGLE)
            if color:
                box("tt-project-dot").style(f"--tt-project: {color}")
            if crumbs is not None:
                with named(box("tt-crumbs", tag="nav"), t("Way to this page")):
                    crumbs()
            tab.renamed = written(title, "tt-title", tag="h1").set_text
            find = icon_button("search", t("Search and commands")).classes("tt-search-button")
            find.props("data-command=palette")
            actions = box("tt-header-actions")
        if bar is not None:
            with box("tt-viewbar"):
                bar()
        with box("tt-content", tag="main").props("id=content tabindex=-1"):
            yield actions
    Palette(shell, here="" if here.startswith("/") else here, may=may)


def _sidebar(shell: ShellView, title: PageTitle, here: str) -> None:
    scrim = box("tt-scrim")
    scrim.on("click", js_handler=_TOGGLE)
    with named(box("tt-sidebar", tag="nav"), t("Workspace")):
        SidebarHead(shell)
        personal_links(shell, title, here)
        StarredViews(shell.views, here)
        text(t("Projects"), "tt-sidebar-heading", tag="h2")
        sidebar_links(_project_link(project, here) for project in shell.projects).classes("tt-sidebar-list")
        sidebar_links([Link("/settings", t("Workspace settings"), "settings", here=here == "settings")])
        SidebarFoot(shell)


def _project_link(project: ProjectLink, here: str) -> Link:
    return Link(f"/{project.key}/board", project.name, color=project.color, here=project.key == here)
