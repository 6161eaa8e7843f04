"""Somebody's inbox."""

import re
from typing import Self

from playwright.sync_api import Locator, expect

from e2e.pages.frame import Frame


class InboxPage(Frame):
    def visit(self) -> Self:
        self.page.goto("/inbox")
        self.live()
        expect(self.page.locator(".tt-inbox")).to_be_visible()
        return self

    def row(self, ref: str) -> Locator:
        """What happened to a task."""
        return self.page.locator(f".tt-news__link[data-ref='{ref}']")

    def show(self, state: str) -> None:
        """All, Unread or Snoozed."""
        self.page.get_by_role("button", name=state, exact=True).click()

    @property
    def beside(self) -> Locator:
        """The task beside the list."""
        return self.page.get_by_role("complementary", name="Preview")

    def counts(self, unread: int) -> None:
        """The sidebar and the title of the page say how much there is to read."""
        name = f"Inbox, {unread} unread" if unread else "Inbox"
        expect(self.page.locator(".tt-sidebar a[href='/inbox']")).to_have_attribute("aria-label", name)
        expect(self.page).to_have_title(re.compile(rf"^\({unread}\) " if unread else r"^(?!\()"))
