"""Where people write Markdown: buttons, completion and a preview around a text field, in the browser."""

from pathlib import Path

from nicegui import ui
from nicegui.element import Element

from tasktracker.ui.components.modules import register_modules
from tasktracker.ui.elements import named

register_modules("tasktracker-writing", Path(__file__).parent / "parts")


class Writing(Element, component="writing.js"):
    """Goes around the one textarea that is in it. It speaks with the API by itself."""

    def __init__(self, project_key: str) -> None:
        super().__init__()
        self.props["project-key"] = project_key


def markdown_field(project_key: str, name: str, *, value: str = "", placeholder: str = "") -> ui.textarea:
    """A text field for Markdown, with all that belongs to it; tasks of that project are offered first."""
    with Writing(project_key):
        field = named(ui.textarea(value=value, placeholder=placeholder), name)
    return field.props("borderless autogrow")
