"""The first start, and signing in. Plain forms that post to the JSON API: password managers know them."""

from fastapi.responses import RedirectResponse, Response
from nicegui import ui

from tasktracker.domain.errors import NotSignedIn
from tasktracker.services.accounts import is_set_up
from tasktracker.settings import settings
from tasktracker.ui.components.plain_form import FormField, plain_form
from tasktracker.ui.elements import box, text
from tasktracker.ui.language import t
from tasktracker.ui.paging import local_path, page
from tasktracker.ui.session import actor_of, page_request


def _setup_fields() -> tuple[FormField, ...]:
    return (
        FormField(
            "workspace",
            t("Name of your workspace"),
            "text",
            "organization",
            t("Your team or company. You can change it."),
        ),
        FormField("name", t("Your name"), "text", "name"),
        _email(),
        FormField("password", t("Password"), "password", "new-password", t("At least 10 characters.")),
    )


def _sign_in_fields() -> tuple[FormField, ...]:
    return (_email(), FormField("password", t("Password"), "password", "current-password"))


def _email() -> FormField:
    return FormField("email", t("E-mail address"), "email", "username")


@page("/setup")
async def setup_page() -> Response | None:
    if await is_set_up():
        return RedirectResponse("/sign-in", status_code=303)
    ui.page_title(t("Welcome to tasktracker"))
    _form(
        title=t("Welcome to tasktracker"),
        lead=t("Create the administrator’s account. It takes a minute, and then your board is ready."),
        action="/api/v1/setup",
        fields=_setup_fields(),
        submit=t("Create workspace"),
        target="/",
    ).props["data-introduces"] = True
    return None


@page("/sign-in")
async def sign_in_page(next: str = "/") -> Response | None:  # noqa: A002  the word that people see in the address
    if not await is_set_up():
        return RedirectResponse("/setup", status_code=303)
    target = local_path(next)
    try:
        await actor_of(page_request())
    except NotSignedIn:
        title = t("Sign in")
        ui.page_title(f"{title} · tasktracker")
        _form(
            title=title,
            lead=_why_again(target),
            action="/api/v1/session",
            fields=_sign_in_fields(),
            submit=title,
            target=target,
        )
        return None
    return RedirectResponse(target, status_code=303)


def _why_again(target: str) -> str:
    """What to tell somebody whose session ended while they were somewhere."""
    had_one = settings().session_cookie in page_request().cookies
    if not had_one or target == "/":
        return ""
    return t("Your session has ended. Sign in, and go on where you were.")


def _form(*, title: str, lead: str, action: str, fields: tuple[FormField, ...], submit: str, target: str) -> ui.element:
    with box("tt-welcome", tag="main"), box("tt-welcome-card"):
        box("tt-logo").props("aria-hidden=true")
        text(title, "tt-welcome-title", tag="h1")
        if lead:
            text(lead, "tt-welcome-lead", tag="p")
        with plain_form(fields, action=action, target=target) as form:
            text(submit, "tt-button tt-button-primary tt-form-submit", tag="button").props("type=submit")
    return form
