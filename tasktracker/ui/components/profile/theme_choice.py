"""Light, dark, or as the system has it: the browser keeps it, and the server knows nothing of it."""

from nicegui.element import Element


class ThemeChoice(Element, component="theme_choice.js"):
    """Three choices in a row, taken at once."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self.props["label"] = label
