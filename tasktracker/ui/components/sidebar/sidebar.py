"""Both ends of the sidebar. They stay as they are while the page is open, so each is one element on the server."""

from nicegui.element import Element

import tasktracker.ui.components.modules
import tasktracker.ui.components.palette.palette  # noqa: F401  the scripts import from both
from tasktracker.services.queries.shell import ShellView
from tasktracker.ui.presenters.people import hue, initials


class SidebarHead(Element, component="sidebar_head.js"):
    """The workspace, and the way to the palette."""

    def __init__(self, shell: ShellView) -> None:
        super().__init__()
        self.props["workspace"] = shell.workspace


class SidebarFoot(Element, component="sidebar_foot.js"):
    """Who is signed in, the theme, and the way out."""

    def __init__(self, shell: ShellView) -> None:
        super().__init__()
        name = shell.name
        self.props.update({"name": name, "mail": shell.email, "initials": initials(name), "hue": hue(name)})
