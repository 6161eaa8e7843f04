"""A page of settings: the quiet list of its sections beside the one that is open."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from nicegui import ui

from tasktracker.ui.elements import box, bring_into_sight, icon, text
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
        with box("tt-settings-nav", tag="nav") as nav:
            nav.props["aria-label"] = t("Sections")
            for each in links:
                _link(base, each, is_here=each is link)
        with box("tt-settings-main"):
            text(link.name(), "tt-settings-title", tag="h2")
            if why_not:
                with box("tt-settings-note").props("role=note"):
                    icon("lock")
                    text(why_not, tag="p")
            yield


def _link(base: str, link: SectionLink, *, is_here: bool) -> None:
    with ui.link(target=f"{base}/{link.path}").classes("tt-settings-link") as element:
        if is_here:
            element.props("aria-current=page")
            bring_into_sight(element)
        icon(link.icon)
        text(link.name())
