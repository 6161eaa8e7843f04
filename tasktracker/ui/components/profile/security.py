"""The password, and the browsers that one is signed in with."""

from tasktracker.ui.components.plain_form import FormField, plain_form
from tasktracker.ui.components.settings.confirm import confirm
from tasktracker.ui.components.settings.item_list import Field, ItemList
from tasktracker.ui.components.settings.rows import group
from tasktracker.ui.elements import box, button, text
from tasktracker.ui.feedback import toast
from tasktracker.ui.language import t
from tasktracker.ui.presenters.profile import Profile
from tasktracker.ui.session import page_request

_DONE = "changed"


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
    fields = (
        FormField("current_password", t("Current password"), "password", "current-password"),
        FormField("new_password", t("New password"), "password", "new-password", t("At least 10 characters.")),
    )
    with plain_form(fields, action="/api/v1/me/password", target=f"/profile/security?{_DONE}") as form:
        form.classes("tt-settings-form")
        with box("tt-form-foot"):
            text(t("Change password"), "tt-button tt-button-primary", tag="button").props("type=submit")


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
