"""The password, and the browsers that one is signed in with."""

from dataclasses import dataclass

from nicegui import ui

from tasktracker.ui.components.settings.confirm import confirm
from tasktracker.ui.components.settings.item_list import Field, ItemList
from tasktracker.ui.components.settings.rows import group
from tasktracker.ui.elements import box, button, text
from tasktracker.ui.feedback import toast
from tasktracker.ui.language import t
from tasktracker.ui.presenters.profile import Profile
from tasktracker.ui.session import page_request

_DONE = "changed"


@dataclass(frozen=True)
class _Secret:
    name: str
    label: str
    autocomplete: str
    hint: str = ""


async def draw_security(profile: Profile) -> None:
    """A plain form for the password, which posts to the JSON API: password managers know it."""
    if _DONE in page_request().query_params:
        toast(t("Your password is changed. Other browsers are signed out."), kind="success")
    with group(t("Password"), t("When it changes, you are signed out everywhere else. Tokens stay.")):
        _password_form()
    with group(
        t("Signed in"),
        t("Each browser that is signed in as you. One that you sign out loses its open pages within seconds."),
    ):
        browsers = Browsers(profile)
    await browsers.load()


def _password_form() -> None:
    ui.add_body_html('<script defer src="/static/forms.js"></script>')
    with box("tt-form tt-settings-form", tag="form") as form:
        form.props["data-action"] = "/api/v1/me/password"
        form.props["data-target"] = f"/profile/security?{_DONE}"
        form.props["novalidate"] = True
        _input(_Secret("current_password", t("Current password"), "current-password"))
        _input(_Secret("new_password", t("New password"), "new-password", t("At least 10 characters.")))
        text("", "tt-form-problem", tag="p").props("role=alert data-problem=/")
        with box("tt-form-foot"):
            text(t("Change password"), "tt-button tt-button-primary", tag="button").props("type=submit")


def _input(field: _Secret) -> None:
    with box("tt-field"):
        label = text(field.label, "tt-field-label", tag="label")
        label.props["for"] = f"field-{field.name}"
        element = box("tt-input", tag="input")
        element.props.update(
            {"id": f"field-{field.name}", "name": field.name, "type": "password", "autocomplete": field.autocomplete}
        )
        element.props["aria-describedby"] = f"hint-{field.name}"
        text(field.hint, "tt-field-hint", tag="p").props(f"id=hint-{field.name} data-problem=/{field.name}")


class Browsers:
    """The list of sign-ins; this one stays."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        parts = (Field("name", "words", t("Browser"), width="large"),)
        self._list = ItemList(t("Signed in"), parts, can_edit=profile.me.may_write)
        self._list.on_remove(self._ask, t("Sign out"), icon="logout")
        self._all = button(t("Sign out everywhere else"), self._ask_all)

    async def load(self) -> None:
        await self._profile.load_sessions()
        rows = self._profile.browsers()
        self._list.show(rows)
        self._all.visible = len(rows) > 1 and self._profile.me.may_write

    async def _ask(self, session_id: str) -> None:
        name = self._profile.name_of(session_id)

        async def revoke(_choice: str | None) -> None:
            await self._profile.revoke(session_id)
            await self.load()
            toast(t("{name} is signed out", name=name), kind="success")

        words = t("Its open pages go away. Who sits there has to sign in again.")
        confirm(t("Sign out {name}?", name=name), words, t("Sign out"), revoke)

    def _ask_all(self) -> None:
        async def revoke(_choice: str | None) -> None:
            await self._profile.revoke_others()
            await self.load()
            toast(t("You are signed in here only"), kind="success")

        words = t("All other browsers have to sign in again. Tokens stay.")
        confirm(t("Sign out everywhere else?"), words, t("Sign out everywhere else"), revoke)
