"""Rows of a page of settings: what it is called, what it means, and the control, saved as one goes."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from nicegui import ui
from nicegui.elements.mixins.value_element import ValueElement

from tasktracker.ui.drafts import draft, draft_saved
from tasktracker.ui.elements import box, named, text
from tasktracker.ui.feedback import refusals_shown, toast
from tasktracker.ui.language import t

Save = Callable[[Any], Awaitable[None]]


@contextmanager
def group(title: str = "", lead: str = "") -> Iterator[None]:
    """Rows that belong together, under a title."""
    with box("tt-settings-group", tag="section"):
        if title:
            text(title, "tt-settings-heading", tag="h3")
        if lead:
            text(lead, "tt-settings-lead", tag="p")
        yield


@contextmanager
def row(label: str, meaning: str = "", *, wide: bool = False) -> Iterator[None]:
    """One setting; the block draws its control. A `wide` control stands below its words."""
    with box("tt-setting tt-setting-wide" if wide else "tt-setting"):
        with box("tt-setting-words"):
            text(label, "tt-setting-label")
            if meaning:
                text(meaning, "tt-setting-meaning")
        with box("tt-setting-control"):
            yield


class Control:
    """A control that saves what it is given, and shows again what is true when that is refused."""

    def __init__(self, element: ValueElement[Any], label: str, save: Save, *, enabled: bool) -> None:
        self.element = named(element, label)
        self._save, self._seen = save, element.value
        element.set_enabled(enabled)  # type: ignore[attr-defined]

    def refresh(self, value: Any) -> None:
        """Show what is saved, unless somebody is typing something else."""
        is_as_saved = self.element.value in (self._seen, None)
        self._seen = value  # first: to set the value tells the control of a change
        if is_as_saved:
            self.element.value = value

    async def save(self) -> None:
        value = self.element.value
        if value == self._seen:
            return
        saved = False
        with refusals_shown():
            await self._save(value)
            saved = True
        if saved:
            self._seen = value
            toast(t("Saved"), kind="success")
        else:
            self.element.value = self._seen


class TextControl(Control):
    """Text, saved when the field is left or Enter is pressed; what is refused stays, to be mended."""

    def __init__(
        self, label: str, value: str, save: Save, *, enabled: bool, limit: int, kept: str, lines: int = 1
    ) -> None:
        """`kept` is the name of its draft."""
        field = ui.textarea(value=value) if lines > 1 else ui.input(value=value)
        field.props(f"outlined dense hide-bottom-space maxlength={limit}").classes("tt-select")
        super().__init__(field, label, save, enabled=enabled)
        self._draft = kept
        if lines > 1:
            field.props(f"autogrow rows={lines}")
        else:
            field.on("keydown.enter", self.save)
        field.on("blur", self.save)
        if enabled:
            draft(field, kept)

    async def save(self) -> None:
        typed = self.element.value or ""
        value = typed.strip()
        if value == self._seen:
            draft_saved(self._draft, typed)
            return
        with refusals_shown():
            await self._save(value)
            self._seen = value
            draft_saved(self._draft, typed, shown=value)
            toast(t("Saved"), kind="success")


def select_control(label: str, options: Mapping[str, str], value: str, save: Save, *, enabled: bool) -> Control:
    """A choice, saved as it is made."""
    element = ui.select(dict(options), value=value)
    element.props("outlined dense options-dense hide-bottom-space").classes("tt-select")
    control = Control(element, label, save, enabled=enabled)
    element.on_value_change(control.save)
    return control


def switch_control(label: str, save: Save, *, value: bool, enabled: bool) -> Control:
    """On or off, saved as it is switched."""
    element = ui.switch(value=value).props("dense")
    control = Control(element, label, save, enabled=enabled)
    element.on_value_change(control.save)
    return control


def checkbox(label: str) -> ui.checkbox:
    """A box to tick in a form (Quasar's has no name of its own for screen readers)."""
    return named(ui.checkbox(label), label).props("dense size=sm").classes("tt-checkbox")
