"""What every page has around what it is about: toasts, the sidebar, the way out."""

import re
from typing import TYPE_CHECKING

from playwright.sync_api import Locator, Page, expect

if TYPE_CHECKING:
    from e2e.pages.welcome import SignInPage

SOCKET_IS_OPEN = "() => window.did_handshake === true"


class Frame:
    """A page as somebody sees it. What leads to another page returns that page's object."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def live(self) -> None:
        """Wait until the page is connected to the server."""
        self.page.wait_for_function(SOCKET_IS_OPEN)

    def reload(self) -> None:
        self.page.reload()
        self.live()

    def called(self, name: str) -> None:
        """Wait until the page has that title, behind the number of what is unread."""
        expect(self.page).to_have_title(re.compile(rf"^(\(\d+\) )?{re.escape(name)} · tasktracker$"))

    def toast(self, text: str | re.Pattern[str]) -> Locator:
        """A message at the edge of the page."""
        return self.page.locator(".q-notification").filter(has_text=text)

    @property
    def offline(self) -> Locator:
        """What is said while the server cannot be reached."""
        return self.page.get_by_role("status").filter(has_text="Connection lost")

    @property
    def sidebar(self) -> Locator:
        return self.page.get_by_role("navigation", name="Workspace")

    def open_menu(self) -> None:
        """On a phone the sidebar comes when it is asked for."""
        self.page.get_by_role("button", name="Open the menu").click()

    def sign_out(self) -> "SignInPage":
        from e2e.pages.welcome import SignInPage  # noqa: PLC0415  the two pages lead to each other

        self.page.get_by_role("button", name="Sign out").click()
        expect(self.page).to_have_url(re.compile(r"/sign-in$"))
        return SignInPage(self.page)

    def focused(self) -> Locator:
        """Where the keyboard is."""
        return self.page.locator(":focus")
