"""The reports of a project."""

from typing import Self

from playwright.sync_api import Locator, Page, expect

from e2e.pages.frame import Frame

REPORTS = ("flow", "cycle-time", "burndown", "throughput")


class ReportsPage(Frame):
    def __init__(self, page: Page, key: str) -> None:
        super().__init__(page)
        self.key = key

    def visit(self, report: str = "flow") -> Self:
        self.page.goto(f"/{self.key}/reports?report={report}")
        return self.ready()

    def ready(self) -> Self:
        """Wait until a report is drawn."""
        self.live()
        expect(self.page.locator(".tt-reports[aria-busy=false]")).to_be_visible()
        expect(self.page.locator(".tt-chart svg").first).to_be_visible()
        return self

    def show(self, name: str) -> None:
        """Choose a report, days, or what is measured."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def figure(self, name: str) -> Locator:
        """A number above the picture."""
        return self.page.locator(".tt-figure").filter(has_text=name).locator("dd")

    def picture(self, told: str) -> Locator:
        """A picture, by a part of the sentence that stands for it."""
        return self.page.get_by_role("img", name=told)
