"""What the sections of a project's settings have in common."""

from collections.abc import Awaitable

from tasktracker.ui.components.settings.confirm import confirm
from tasktracker.ui.feedback import done_toast, refusals_shown
from tasktracker.ui.presenters.project_settings import ProjectSettings

__all__ = ["Section", "confirm"]


class Section:
    """Draws itself where it is made; `load` reads what it shows, at first and whenever the project has changed."""

    def __init__(self, settings: ProjectSettings) -> None:
        self.settings = settings

    async def load(self) -> None:
        """Read and show; a section that the page's own reading is enough for has nothing to add."""

    async def do(self, deed: Awaitable[None]) -> bool:
        """Do what somebody wants, and show what is true then, granted or not; says whether it was."""
        granted = False
        with refusals_shown():
            await deed
            granted = True
        with refusals_shown():
            await self.load()
        return granted

    async def tell(self, message: str) -> None:
        """Say what was done, with a button that takes it back."""
        command = await self.settings.latest_command()
        if command is not None:
            done_toast(message, command)
