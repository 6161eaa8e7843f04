"""The question before something is gone: it says what will happen, and the button says it too."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from tasktracker.ui.components.dialog import dialog_card
from tasktracker.ui.elements import box, button, named, text
from tasktracker.ui.feedback import refusals_shown
from tasktracker.ui.language import t


def confirm(
    title: str,
    words: str,
    label: str,
    do: Callable[[str | None], Awaitable[None]],
    *,
    choice: tuple[str, dict[str, str]] | None = None,
) -> None:
    """Ask; `label` is what the button does. A refusal leaves the question open.

    `choice` is a label and the options of something that has to be chosen for it, which `do` is given.
    """

    async def agreed() -> None:
        with refusals_shown():
            await do(select.value if select else None)
            dialog.close()

    with dialog_card(title, size="small") as dialog:
        dialog.on("hide", dialog.delete)
        text(words, "tt-confirm-text", tag="p")
        select = None
        if choice:
            select = named(ui.select(choice[1], value=next(iter(choice[1]))), choice[0])
            select.props("outlined dense options-dense stack-label").props["label"] = choice[0]
            select.classes("tt-select")
        with box("tt-dialog-foot"):
            button(t("Cancel"), dialog.close, kind="quiet")
            button(label, agreed, kind="danger").props("autofocus")
    dialog.open()
