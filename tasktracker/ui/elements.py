"""The few plain elements that everything is made of. Looks live in static/*.css; nothing is styled where it is used."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from nicegui import ui
from nicegui.element import Element
from nicegui.elements.mixins.text_element import TextElement

Handler = Callable[..., Any]
_ALONG_THE_LINE = {"logout", "arrow_back", "arrow_forward", "chevron_left", "chevron_right", "undo", "redo"}
"""Pictures that point where a line begins or ends: mirrored where lines run from right to left."""
AnyElement = TypeVar("AnyElement", bound=Element)


def box(classes: str, *, tag: str = "div") -> ui.element:
    """A container."""
    return ui.element(tag).classes(classes)


def text(content: str, classes: str = "", *, tag: str = "span") -> TextElement:
    """A piece of text in an element of its own (NiceGUI's labels are always a `div`)."""
    return TextElement(tag=tag, text=content).classes(classes)


def written(content: str, classes: str = "", *, tag: str = "span") -> TextElement:
    """As `text`, for what somebody wrote: it reads in its own direction, whatever that of the page is."""
    return text(content, classes, tag=tag).props("dir=auto")


def button(label: str, on_click: Handler | None = None, *, kind: str = "plain", icon: str | None = None) -> ui.button:
    """A button with words on it. `kind` is primary, plain, quiet or danger."""
    return (
        ui.button(label, on_click=on_click, icon=icon, color=None)
        .props("unelevated no-caps")
        .classes(f"tt-button tt-button-{kind}")
    )


def icon_button(icon: str, name: str, on_click: Handler | None = None) -> ui.button:
    """A button with a picture only: `name` is what a screen reader says and the tooltip shows."""
    element = ui.button(icon=icon, on_click=on_click, color=None).props("flat dense no-caps").classes("tt-icon-button")
    if icon in _ALONG_THE_LINE:
        element.classes("tt-mirrored")
    element.props["aria-label"] = name
    element.props["title"] = name
    return element


def unwatched(items: Iterable[Any]) -> tuple[Any, ...]:
    """A list for a prop. NiceGUI watches each list and dict in a prop for changes, for 1 to 2 KB; not what a tuple has.

    Such a prop is replaced as a whole.
    """
    return tuple(items)


def named(element: AnyElement, name: str) -> AnyElement:
    """Give an element the name that a screen reader says."""
    element.props["aria-label"] = name
    return element


def if_empty(select: AnyElement, words: str) -> AnyElement:
    """What a select for many says while nothing is chosen (Quasar has no placeholder for it)."""
    select.style(f"--tt-empty: '{words}'")
    return select


def icon(name: str) -> ui.icon:
    """A Material symbol, for the eye only."""
    return ui.icon(name).classes("tt-icon").props("aria-hidden=true")
