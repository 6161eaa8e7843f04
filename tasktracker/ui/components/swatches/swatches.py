"""A colour out of a few, as a row of dots."""

from collections.abc import Mapping
from typing import Any

from nicegui.element import Element

from tasktracker.ui.components.intents import Handler, answer
from tasktracker.ui.elements import named, unwatched


class Swatches(Element, component="swatches.js"):
    """`on_choose` is told a colour of the palette (names by colours); which one is chosen, `show` says."""

    def __init__(
        self, label: str, palette: Mapping[str, str], color: str, on_choose: Handler[str], *, enabled: bool = True
    ) -> None:
        super().__init__()
        self.props["colors"] = unwatched({"value": value, "name": name} for value, name in palette.items())
        self.props["shut"] = not enabled
        named(self, label)
        self.show(color)

        def read(raw: Any) -> str | None:
            return raw if raw in palette and enabled else None

        answer(self, "choose", read, on_choose)

    def show(self, color: str) -> None:
        """Which one is chosen now."""
        self.props["chosen"] = color
        self.update()
