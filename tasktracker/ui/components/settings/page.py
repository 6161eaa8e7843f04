"""A page of settings: the quiet list of its sections beside the one that is open."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from tasktracker.ui.components.links.links import Link, Links
from tasktracker.ui.elements import box, icon, named, text
from tasktracker.ui.language import t


@dataclass(frozen=True, slots=True)
class SectionLink:
    """A section: the last part of its address, its name, and the picture before it."""

    path: str
    name: Callable[[], str]
    icon: str


@contextmanager
def settings_layout(base: str, links: Sequence[SectionLink], here: str, *, why_not: str = "") -> Iterator[None]:
    """The block draws the section `here`. `base` is the address before the sections'.

    `why_not` says why this person can change nothing here, if so.
    """
    link = next(each for each in links if each.path == here)
    with box("tt-settings"):
        sections = [Link(f"{base}/{each.path}", each.name(), each.icon, here=each is link) for each in links]
        named(Links(sections, kind="tt-settings-link", tag="nav"), t("Sections")).classes("tt-settings-nav")
        with box("tt-settings-main"):
            text(link.name(), "tt-settings-title", tag="h2")
            if why_not:
                with box("tt-settings-note").props("role=note"):
                    icon("lock")
                    text(why_not, tag="p")
            yield
