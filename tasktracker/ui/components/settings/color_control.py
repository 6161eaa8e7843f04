"""The colour of something, saved as it is chosen."""

from collections.abc import Mapping

from tasktracker.ui.components.settings.rows import Save
from tasktracker.ui.components.swatches.swatches import Swatches
from tasktracker.ui.feedback import refusals_shown


class ColorControl:
    """Saves the colour as it is chosen. One that is not in the palette is shown first."""

    def __init__(self, label: str, palette: Mapping[str, str], color: str, save: Save, *, enabled: bool) -> None:
        self._save = save
        shown = dict(palette) if color in palette else {color: color, **palette}
        self._swatches = Swatches(label, shown, color, self._choose, enabled=enabled)

    def refresh(self, color: str) -> None:
        """Show which one is saved."""
        self._swatches.show(color)

    async def _choose(self, color: str) -> None:
        with refusals_shown():
            await self._save(color)
            self.refresh(color)
