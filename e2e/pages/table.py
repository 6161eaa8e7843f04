"""The table of a project."""

from playwright.sync_api import Locator

from e2e.pages.project import ProjectPage


class TablePage(ProjectPage):
    view = "table"
    drawn = ".tt-table"

    def sort_by(self, column: str) -> None:
        self.page.get_by_role("columnheader", name=column).get_by_role("button").click()

    def cell(self, number: int, column: str) -> Locator:
        """The cell of a task: `column` as a saved view names it."""
        return self.task(number).locator(f".tt-cell--{column}")

    def order(self) -> list[int]:
        """The numbers of the tasks that are drawn, from top to bottom."""
        rows: list[int] = self.page.evaluate(
            "() => [...document.querySelectorAll('.tt-table [data-number]')].map((row) => Number(row.dataset.number))"
        )
        return rows
