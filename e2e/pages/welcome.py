"""The two pages for people who are not signed in."""

from typing import Self

from playwright.sync_api import Locator, Page, expect

from e2e.pages.projects import ProjectsPage

_LABELS = {
    "workspace": "Name of your workspace",
    "name": "Your name",
    "email": "E-mail address",
    "password": "Password",
}


class _Form:
    """A form that says beside each field what is wrong with it."""

    path = "/"
    submit_name = ""

    def __init__(self, page: Page) -> None:
        self.page = page

    def visit(self) -> Self:
        self.page.goto(self.path)
        return self

    def field(self, label: str) -> Locator:
        return self.page.get_by_label(label, exact=True)

    def fill(self, **texts: str) -> Self:
        """Fill the fields of those names."""
        for name, text in texts.items():
            self.field(_LABELS[name]).fill(text)
        return self

    def submit(self) -> None:
        self.page.get_by_role("button", name=self.submit_name).click()

    def problem(self, label: str) -> Locator:
        """What is said about the field, tied to it for screen readers."""
        described_by = self.field(label).get_attribute("aria-describedby")
        return self.page.locator(f"#{described_by}.tt-problem")

    @property
    def problem_of_all(self) -> Locator:
        """What is said about the whole form."""
        return self.page.get_by_role("alert")


class SetupPage(_Form):
    """The first start."""

    path = "/setup"
    submit_name = "Create workspace"

    def set_up(self) -> ProjectsPage:
        self.submit()
        expect(self.page).to_have_url("/")
        return ProjectsPage(self.page)


class SignInPage(_Form):
    path = "/sign-in"
    submit_name = "Sign in"

    def sign_in(self) -> ProjectsPage:
        self.submit()
        expect(self.page).to_have_url("/")
        return ProjectsPage(self.page)
