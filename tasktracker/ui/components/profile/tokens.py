"""Tokens, by which programs speak for somebody."""

import json

from nicegui import ui

from tasktracker.ui.components.dialog import dialog_card
from tasktracker.ui.components.settings.confirm import confirm
from tasktracker.ui.components.settings.item_list import Field, ItemList
from tasktracker.ui.components.settings.rows import checkbox, group
from tasktracker.ui.drafts import draft, draft_saved
from tasktracker.ui.elements import box, button, named, text
from tasktracker.ui.feedback import refusals_shown, toast
from tasktracker.ui.language import t, tn
from tasktracker.ui.presenters.profile import EXPIRIES, Profile

_DRAFT = "profile:token"


async def draw_tokens(profile: Profile) -> None:
    """The list, and the button that makes one."""
    lead = t("A program that sends a token acts as you, as far as the token goes.")
    with group(lead=lead):
        tokens = Tokens(profile)
    await tokens.load()


class Tokens:
    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        parts = (
            Field("name", "words", t("Token"), width="large"),
            Field("until", "until", t("Expiry")),
        )
        self._list = ItemList(t("API tokens"), parts, can_edit=profile.me.may_write, empty=t("No token yet."))
        self._list.on_remove(self._ask, t("Revoke"))
        with box("tt-settings-foot"):
            if profile.me.may_write:
                button(t("New token…"), self._create, kind="primary")
            ui.link(t("Reference of the API"), "/api/docs", new_tab=True).classes("tt-settings-more")

    async def load(self) -> None:
        await self._profile.load_sessions()
        self._list.show(self._profile.tokens())

    def _create(self) -> None:
        NewTokenDialog(self._profile, self)

    async def _ask(self, session_id: str) -> None:
        name = self._profile.name_of(session_id)

        async def revoke(_choice: str | None) -> None:
            await self._profile.revoke(session_id)
            await self.load()
            toast(t("“{name}” is revoked", name=name), kind="success")

        words = t("Programs that use it are refused from now on. It cannot be brought back.")
        confirm(t("Revoke the token “{name}”?", name=name), words, t("Revoke token"), revoke)


class NewTokenDialog:
    """Asks what the token is for; then shows it, this once."""

    def __init__(self, profile: Profile, tokens: Tokens) -> None:
        self._profile, self._tokens = profile, tokens
        with dialog_card(t("New token"), size="small") as self._dialog:
            self._dialog.props("persistent").on("hide", self._dialog.delete)
            self._body = box("tt-dialog-body")
            with self._body:
                self._fields()
        self._dialog.open()

    def _fields(self) -> None:
        self._name = ui.input(t("What is it for?"), placeholder=t("Nightly export")).props(
            "outlined dense stack-label autofocus"
        )
        self._name.classes("tt-select").on("keydown.enter", self._make)
        draft(self._name, _DRAFT)
        days = {each: tn("{n} day", "{n} days", each) for each in EXPIRIES}
        self._days = ui.select(days, value=90, label=t("It lasts")).props("outlined dense options-dense stack-label")
        self._days.classes("tt-select")
        self._reads = checkbox(t("It may only read"))
        with box("tt-dialog-foot"):
            button(t("Cancel"), self._dialog.close, kind="quiet")
            button(t("Create token"), self._make, kind="primary")

    async def _make(self) -> None:
        with refusals_shown():
            name = self._name.value or ""
            secret = await self._profile.create_token(name, days=self._days.value, may_write=not self._reads.value)
            draft_saved(_DRAFT, name)
            await self._tokens.load()
            self._body.clear()
            with self._body:
                self._show(secret)

    def _show(self, secret: str) -> None:
        text(t("Copy it now: it is not shown again, and nobody can look it up."), "tt-confirm-text", tag="p").props(
            "role=status"
        )
        with box("tt-secret"):
            field = named(box("tt-input", tag="input"), t("Token"))
            field.props.update({"value": secret, "readonly": True, "spellcheck": "false"})
            field.on("focus", js_handler="(event) => event.target.select()")
            copy = button(t("Copy"), kind="primary", icon="content_copy").props("autofocus")
            done = json.dumps(t("Copied"))
            copy.on("click", js_handler=f"() => window.tasktracker.copy({json.dumps(secret)}, {done})")
        with box("tt-dialog-foot"):
            button(t("Done"), self._dialog.close)
