"""A dialog with a name, a title and a way out; focus goes back to where it was when it closes."""

from collections.abc import Iterator
from contextlib import contextmanager

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

from tasktracker.ui.elements import box, icon_button, text
from tasktracker.ui.language import t


@contextmanager
def dialog_card(title: str, *, size: str = "medium") -> Iterator[ui.dialog]:
    """A titled dialog; the block draws what is in it. `size` is small or medium."""
    with ui.dialog() as dialog:
        dialog.props["aria-label"] = title
        dialog.props("no-shake transition-duration=120")
        with box(f"tt-dialog tt-dialog-{size}"):
            with box("tt-dialog-head"):
                text(title, "tt-dialog-title", tag="h2")
                icon_button("close", t("Close"), dialog.close)
            yield dialog


def retitle(dialog: ui.dialog, title: str) -> None:
    """Give a dialog of `dialog_card` another title."""
    dialog.props["aria-label"] = title
    for element in dialog.descendants():
        if isinstance(element, TextElement) and "tt-dialog-title" in element.classes:
            element.text = title
