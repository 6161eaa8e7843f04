"""My work in the browser: it fetches one's tasks itself. What it draws stands in my_work.js."""

from nicegui.element import Element

import tasktracker.ui.components.modules  # noqa: F401  the script imports from there


class MyWork(Element, component="my_work.js"):
    """One's open tasks of all projects, in groups."""

    def __init__(self, projects: dict[str, dict[str, str]]) -> None:
        """`projects` are their names and colours by key."""
        super().__init__()
        self.props["projects"] = projects

    def knows(self, projects: dict[str, dict[str, str]]) -> None:
        """Show these projects from now on, and look again."""
        self.props["projects"] = projects
        self.update()
        self.reload()

    def hint(self, key: str, numbers: list[int], *, is_mine: bool) -> None:
        """Tasks of a project have changed: it looks again if it shows one of them, or one is the person's by now."""
        self.run_method("hint", {"key": key, "numbers": numbers, "mine": is_mine})

    def reload(self) -> None:
        """Look again."""
        self.run_method("reload")
