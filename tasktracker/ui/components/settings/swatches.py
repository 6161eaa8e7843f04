"""A colour out of a few, as a row of dots."""

from collections.abc import Mapping

from nicegui import ui

from tasktracker.ui.components.settings.rows import Save
from tasktracker.ui.elements import box, named
from tasktracker.ui.feedback import refusals_shown


class Swatches:
    """Saves the colour as it is chosen. One that is not in the palette is shown first."""

    def __init__(self, label: str, palette: Mapping[str, str], color: str, save: Save, *, enabled: bool) -> None:
        self._save = save
        shown = dict(palette) if color in palette else {color: color, **palette}
        with named(box("tt-swatches"), label).props("role=radiogroup"):
            self._dots = {each: self._dot(each, name, enabled=enabled) for each, name in shown.items()}
        self.refresh(color)

    def refresh(self, color: str) -> None:
        """Show which one is saved."""
        for each, dot in self._dots.items():
            dot.props(f"aria-checked={str(each == color).lower()}")

    def _dot(self, color: str, name: str, *, enabled: bool) -> ui.button:
        dot = named(ui.button(on_click=lambda: self._choose(color), color=None), name).classes("tt-swatch")
        dot.props["title"] = name
        dot.set_enabled(enabled)
        return dot.props("unelevated role=radio").style(f"--tt-project: {color}")

    async def _choose(self, color: str) -> None:
        with refusals_shown():
            await self._save(color)
            self.refresh(color)
