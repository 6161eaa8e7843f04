"""What a field offers while somebody types in it."""

from nicegui.element import Element


class Suggestions(Element, component="suggestions.js"):
    """The words for one field, hundreds if need be: the tuple is shared by all pages, and each keeps one element."""

    def __init__(self, field: Element, words: tuple[str, ...]) -> None:
        super().__init__()
        self.props["words"] = words
        self.props["id"] = f"{self.html_id}-words"
        field.props["list"] = self.props["id"]
