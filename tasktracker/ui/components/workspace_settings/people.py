"""The people of the workspace."""

from typing import Any

from nicegui import ui

from tasktracker.ui.components.dialog import dialog_card
from tasktracker.ui.components.settings.confirm import confirm
from tasktracker.ui.components.settings.item_list import Field, ItemList
from tasktracker.ui.components.settings.rows import group
from tasktracker.ui.drafts import draft, draft_saved
from tasktracker.ui.elements import box, button, text
from tasktracker.ui.feedback import refusals_shown, toast
from tasktracker.ui.language import t
from tasktracker.ui.presenters.project_settings import role_name
from tasktracker.ui.presenters.workspace_settings import WorkspaceSettings, workspace_role_meanings

_DRAFTS = ("people:name", "people:email")


async def draw_people(settings: WorkspaceSettings) -> None:
    """The list with everybody’s role, and what the roles mean."""
    with group():
        people = People(settings)
    with group(t("What roles may")):
        for role, meaning in workspace_role_meanings().items():
            with box("tt-setting tt-setting-meant"):
                text(role_name(role), "tt-setting-label")
                text(meaning, "tt-setting-meaning")
    people.show()


class People:
    def __init__(self, settings: WorkspaceSettings) -> None:
        self._settings = settings
        parts = (
            Field("name", "words", t("Name"), width="large"),
            Field("email", "words", t("E-mail address"), width="large"),
            Field("role", "select", t("Role"), tuple(settings.roles().items())),
        )
        self._list = ItemList(t("People"), parts, can_edit=settings.can_manage)
        self._list.on_change(self._change)
        self._list.on_remove(self._ask, t("Remove"), icon="person_remove")
        if settings.can_manage:
            with box("tt-settings-foot"):
                button(t("Add a person…"), self._add, kind="primary")

    def show(self) -> None:
        self._list.show(self._settings.items())

    async def reload(self) -> None:
        await self._settings.load()
        self.show()

    async def _change(self, account_id: str, _field: str, role: Any) -> None:
        with refusals_shown():
            await self._settings.set_role(account_id, role)
        with refusals_shown():
            await self.reload()

    async def _ask(self, account_id: str) -> None:
        name = self._settings.name_of(account_id)

        async def remove(_choice: str | None) -> None:
            await self._settings.remove(account_id)
            await self.reload()
            toast(t("{name} is removed", name=name), kind="success")

        words = t(
            "They are signed out at once, and their tokens end. What they wrote stays, with their name. "
            "They can be added again."
        )
        confirm(t("Remove {name} from the workspace?", name=name), words, t("Remove"), remove)

    def _add(self) -> None:
        NewPersonDialog(self._settings, self)


class NewPersonDialog:
    """Name, address, a first password, and a role."""

    def __init__(self, settings: WorkspaceSettings, people: People) -> None:
        self._settings, self._people = settings, people
        with dialog_card(t("Add a person"), size="small") as self._dialog:
            self._dialog.on("hide", self._dialog.delete)
            self._name = self._field(t("Name")).props("autofocus")
            self._email = self._field(t("E-mail address")).props("type=email")
            self._password = self._field(t("First password")).props("type=password autocomplete=new-password")
            text(
                t("At least 10 characters. Tell it to them; they can change it in their profile."),
                "tt-field-hint",
                tag="p",
            )
            self._role = ui.select(settings.roles(), value="member", label=t("Role"))
            self._role.props("outlined dense options-dense stack-label").classes("tt-select")
            with box("tt-dialog-foot"):
                button(t("Cancel"), self._dialog.close, kind="quiet")
                button(t("Add"), self._do, kind="primary")
        for field, name in zip((self._name, self._email), _DRAFTS, strict=True):
            draft(field, name)
        self._dialog.open()

    def _field(self, label: str) -> ui.input:
        return ui.input(label).props("outlined dense stack-label").classes("tt-select").on("keydown.enter", self._do)

    async def _do(self) -> None:
        with refusals_shown():
            name, email, password = (field.value or "" for field in (self._name, self._email, self._password))
            told = await self._settings.add(name, email, password, self._role.value)
            for draft_name, typed in zip(_DRAFTS, (name, email), strict=True):
                draft_saved(draft_name, typed)
            self._dialog.close()
            self._people.show()
            toast(told, kind="success")
