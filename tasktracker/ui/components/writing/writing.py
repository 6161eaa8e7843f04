"""Where people write Markdown: buttons, completion and a preview around a text field, in the browser."""

from pathlib import Path

from nicegui import ui
from nicegui.dependencies import register_esm
from nicegui.element import Element

from tasktracker.ui.elements import named

_PARTS = Path(__file__).parent / "parts"
# By hand, since `esm=` looks at the folder's age and not at its files': see live_view.py.
register_esm("tasktracker-writing", _PARTS, max_time=max(file.stat().st_mtime for file in _PARTS.iterdir()))


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
