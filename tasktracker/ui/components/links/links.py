"""Links that stay as they are while the page is open: one element on the server, however many they are."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from nicegui.element import Element

import tasktracker.ui.components.modules  # noqa: F401  the script imports from there
from tasktracker.ui.elements import unwatched


@dataclass(frozen=True, slots=True)
class Link:
    """Where it leads, what it is called, and what stands before that: an icon, or the dot of a project's colour."""

    href: str
    name: str
    icon: str = ""
    color: str = ""
    here: bool = False
    """Whether it leads to the page that it is on."""


class Links(Element, component="links.js"):
    """`kind` is the class of each link, `words` that of its name. Where not all fit, the one of the page is seen."""

    def __init__(self, links: Iterable[Link], *, kind: str, words: str = "", tag: str = "div") -> None:
        super().__init__()
        self.props["items"] = unwatched(asdict(link) for link in links)
        self.props.update({"kind": kind, "words": words, "tag": tag})


def sidebar_links(links: Iterable[Link]) -> Links:
    """Lines of the sidebar."""
    return Links(links, kind="tt-sidebar-link", words="tt-sidebar-name").classes("tt-sidebar-links")
