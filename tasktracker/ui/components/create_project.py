"""The dialog that creates a project."""

import re

from nicegui import ui

from tasktracker.domain.actor import Actor
from tasktracker.services.projects import create_project
from tasktracker.ui.components.dialog import dialog_card
from tasktracker.ui.components.swatches.swatches import Swatches
from tasktracker.ui.elements import box, button, text
from tasktracker.ui.feedback import refusals_shown
from tasktracker.ui.language import t
from tasktracker.ui.presenters.palette import palette


class CreateProjectDialog:
    """Name, key (suggested from the name) and colour; goes to the new board."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._color = next(iter(palette()))
        with dialog_card(t("New project"), size="small") as self._dialog:
            self._name = _field(t("Name"), t("Web site")).on_value_change(self._suggest_key)
            self._key = _field(t("Key"), t("WEB")).props("maxlength=10").on("keydown.enter", self._create)
            text(t("Tasks are numbered with it: WEB-1, WEB-2. It cannot be changed later."), "tt-field-hint", tag="p")
            text(t("Colour"), "tt-field-label")
            self._swatches = Swatches(t("Colour"), palette(), self._color, self._choose)
            with box("tt-dialog-foot"):
                button(t("Cancel"), self._dialog.close, kind="quiet")
                button(t("Create project"), self._create, kind="primary")

    def open(self) -> None:
        self._dialog.open()

    def _choose(self, color: str) -> None:
        self._color = color
        self._swatches.show(color)

    def _suggest_key(self) -> None:
        self._key.value = suggested_key(self._name.value or "")

    async def _create(self) -> None:
        fields = {"name": self._name.value, "key": (self._key.value or "").upper(), "color": self._color}
        with refusals_shown():
            key = await create_project(self._actor, fields)
            ui.navigate.to(f"/{key}/board")


def suggested_key(name: str) -> str:
    """`Web site` → `WS`; `Marketing` → `MARK`."""
    words = re.findall(r"[A-Z0-9]+", name.upper())
    letters = "".join(word[0] for word in words) if len(words) > 1 else "".join(words)[:4]
    return letters.lstrip("0123456789")[:10]


def _field(label: str, placeholder: str) -> ui.input:
    return ui.input(label, placeholder=placeholder).props("outlined dense stack-label").classes("tt-select")
